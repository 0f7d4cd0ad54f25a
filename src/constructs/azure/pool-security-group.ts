import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { NetworkSecurityGroup } from '../../bindings';
import { FORWARDER_RULES } from '../../flows';
import { expression, mapExpression, pinned, poolLocal, shardResource } from '../expression';
import { asText, type ValueOrRef } from '../value-or-ref';
import { DENIED, IS_WHOLE } from './security-rule';
import { type RuleTerms, securityRules } from './security-rules';

export interface PoolSecurityGroupProps extends RuleTerms {
  readonly name: ValueOrRef<string>;
  readonly tags: string;
}

/**
 * Who may speak to the machines, and to whom they may speak: `FORWARDER_RULES`, and nothing else. The rules are the group's own
 * blocks, so that one added by hand is taken away again.
 */
export class PoolSecurityGroup extends Construct {
  public readonly group: NetworkSecurityGroup;

  public constructor(scope: Construct, id: string, props: PoolSecurityGroupProps) {
    super(scope, id);
    const { pool, network } = props;
    const name = poolLocal(pool, 'security_rules');
    pinned(new TerraformLocal(this, 'rules', [...securityRules(this, FORWARDER_RULES, props), ...DENIED]), name);
    this.group = pinned(
      new NetworkSecurityGroup(this, 'group', {
        name: asText(props.name),
        location: expression(network.location),
        resourceGroupName: expression(network.resourceGroupName),
        tags: mapExpression(props.tags),
      }),
      shardResource(pool),
    );
    this.group.addOverride('security_rule', expression(`[for r in local.${name} : r if ${IS_WHOLE}]`));
  }
}
