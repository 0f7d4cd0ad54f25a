import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { VpcSecurityGroupIngressRule } from '../../bindings';
import type { GroupAdmission } from '../../flows';
import { compareText } from '../../model';
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
  /** What `targetAdmissions` makes, or a reference to such a map. */
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

/** Rules as the map that the resources stand over: each admits the load balancers of every subnet. */
export function targetAdmissions(rules: readonly GroupAdmission[], subnetIds: readonly string[]): Admissions {
  const all = rules.flatMap(({ securityGroupId, port }) =>
    subnetIds.map((id, subnet): [string, Admission] => [
      `${securityGroupId}/${port}/${id}`,
      { security_group_id: securityGroupId, port, subnet },
    ]),
  );
  return Object.fromEntries(all.sort(([a], [b]) => compareText(a, b)));
}
