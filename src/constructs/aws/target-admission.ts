import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { VpcSecurityGroupIngressRule } from '../../bindings';
import { compareText, type PlannedAwsBackend } from '../../model';
import { expression, forEach, mapExpression, numberExpression, pinned } from '../expression';
import { resourceTags } from '../tags';
import { asLocal, asTerm, asText, type ValueOrRef } from '../value-or-ref';
import type { AwsNetwork } from './network';

/** One rule that lets a subnet's load balancers in to a target. */
type Admission = {
  readonly security_group_id: string;
  readonly port: number;
  /** The position of the subnet among the router's. */
  readonly subnet: number;
};

/** The rules by `<security group>/<port>/<subnet>`. */
type Admissions = Readonly<Record<string, Admission>>;

export interface TargetAdmissionProps {
  readonly deployment: ValueOrRef<string>;
  readonly network: AwsNetwork;
  /** What `admissions` finds, or a reference to such a map. */
  readonly admissions: ValueOrRef<Admissions>;
  readonly tags: string;
}

/** Ingress rules in the targets' own security groups, for those whose ids the inventory gives. */
export class TargetAdmission extends Construct {
  public constructor(scope: Construct, id: string, props: TargetAdmissionProps) {
    super(scope, id);
    pinned(new TerraformLocal(this, 'rules', asLocal(props.admissions)), 'target_admission');
    forEach(
      pinned(
        new VpcSecurityGroupIngressRule(this, 'rule', {
          securityGroupId: expression('each.value.security_group_id'),
          description: `privatelink-router: ${asText(props.deployment)}`,
          ipProtocol: 'tcp',
          fromPort: numberExpression('each.value.port'),
          toPort: numberExpression('each.value.port'),
          cidrIpv4: expression(`${props.network.subnetCidrs}[each.value.subnet]`),
          tags: mapExpression(resourceTags(props.tags, asTerm(props.deployment))),
        }),
        'target_admission',
      ),
      'local.target_admission',
    );
  }
}

/**
 * The rules that targets need, sorted by key. Two targets behind one security group and port need a rule once; health
 * checks on another port need one too.
 *
 * @param backends those of all shards
 */
export function admissions(backends: readonly PlannedAwsBackend[], subnetIds: readonly string[]): Admissions {
  const rules = new Map<string, Admission>();
  for (const backend of backends) {
    for (const group of backend.securityGroupIds) {
      for (const port of [backend.port, backend.healthCheck.port ?? backend.port]) {
        for (const [subnet, id] of subnetIds.entries()) {
          rules.set(`${group}/${port}/${id}`, { security_group_id: group, port, subnet });
        }
      }
    }
  }
  return Object.fromEntries([...rules].sort(([a], [b]) => compareText(a, b)));
}
