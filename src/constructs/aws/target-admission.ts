import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { VpcSecurityGroupIngressRule } from '../../bindings';
import type { PlannedAwsListener } from '../../model';
import { expression, forEach, mapExpression, numberExpression, pinned } from '../expression';
import { resourceTags } from '../tags';
import { terraformText, terraformValue } from '../terraform-text';
import type { AwsNetwork } from './network';

/** One rule that lets a subnet's load balancers in to a target. */
type Admission = {
  readonly security_group_id: string;
  readonly port: number;
  readonly subnet_id: string;
};

export interface TargetAdmissionProps {
  readonly deployment: string;
  readonly network: AwsNetwork;
  readonly subnetIds: readonly string[];
  /** The listeners of all shards: two targets behind one security group and port need the rule once. */
  readonly listeners: readonly PlannedAwsListener[];
  readonly tags: string;
}

/** Ingress rules in the targets' own security groups, for those whose ids the inventory gives. */
export class TargetAdmission extends Construct {
  public constructor(scope: Construct, id: string, props: TargetAdmissionProps) {
    super(scope, id);
    const rules = admissions(props.listeners, props.subnetIds);
    pinned(new TerraformLocal(this, 'rules', terraformValue(rules)), 'target_admission');
    forEach(
      pinned(
        new VpcSecurityGroupIngressRule(this, 'rule', {
          securityGroupId: expression('each.value.security_group_id'),
          description: `privatelink-router: ${terraformText(props.deployment)}`,
          ipProtocol: 'tcp',
          fromPort: numberExpression('each.value.port'),
          toPort: numberExpression('each.value.port'),
          cidrIpv4: expression(`${props.network.subnets}[each.value.subnet_id].cidr_block`),
          tags: mapExpression(resourceTags(props.tags, `"${terraformText(props.deployment)}"`)),
        }),
        'target_admission',
      ),
      'local.target_admission',
    );
  }
}

/** The rules by `<security group>/<port>/<subnet>`, sorted. Health checks on another port need a rule too. */
function admissions(listeners: readonly PlannedAwsListener[], subnetIds: readonly string[]): Record<string, Admission> {
  const rules = new Map<string, Admission>();
  for (const listener of listeners) {
    for (const group of listener.securityGroupIds) {
      for (const port of [listener.port, listener.healthCheck.port ?? listener.port]) {
        for (const subnet of subnetIds) {
          rules.set(`${group}/${port}/${subnet}`, { security_group_id: group, port, subnet_id: subnet });
        }
      }
    }
  }
  return Object.fromEntries([...rules].sort(([a], [b]) => (a < b ? -1 : 1)));
}
