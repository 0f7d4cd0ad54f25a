import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import type { VpcSecurityGroupEgressRule } from '../../bindings';
import { LbListener, LbTargetGroup, LbTargetGroupAttachment } from '../../bindings';
import { expression, forEach, mapExpression, numberExpression, pinned, shardResource } from '../expression';
import { resourceTags } from '../tags';
import type { AwsNetwork } from './network';
import type { ShardAddresses } from './shard-addresses';

export interface ShardListenersProps {
  readonly shard?: string;
  readonly network: AwsNetwork;
  readonly addresses: ShardAddresses;
  /** The reference of the load balancer's ARN. */
  readonly loadBalancerArn: string;
  readonly egress: VpcSecurityGroupEgressRule;
  /** The reference of the map of targets. */
  readonly targets: string;
  readonly tags: string;
  /** True where the targets have `tags` of their own. @default false */
  readonly tagged?: boolean;
}

/** One listener, one target group and an attachment for every address, per target of the shard. */
export class ShardListeners extends Construct {
  public readonly listeners: LbListener;

  public constructor(scope: Construct, id: string, props: ShardListenersProps) {
    super(scope, id);
    const name = (part: string): string => shardResource(props.shard, part);
    const tagged = resourceTags(
      props.tags,
      't.target_group_name',
      { target: 'name' },
      props.tagged === true ? 't.tags' : undefined,
    );
    pinned(
      new TerraformLocal(this, 'tags', expression(`{ for name, t in ${props.targets} : name => ${tagged} }`)),
      name('target_tags'),
    );
    const tags = mapExpression(`local.${name('target_tags')}[each.key]`);
    const groups = forEach(pinned(this.targetGroups(props, tags), name('target')), props.targets);
    // A local is evaluated once; an instance that refers to a resource makes Terraform decode all of its instances.
    const arns = pinned(
      new TerraformLocal(
        this,
        'arns',
        expression(`{ for name, group in ${groups.terraformResourceType}.${name('target')} : name => group.arn }`),
      ),
      name('target_group_arns'),
    );
    const arn = (key: string): string => expression(`local.${arns.friendlyUniqueId}[${key}]`);
    const attachments = forEach(
      pinned(
        new LbTargetGroupAttachment(this, 'address', {
          targetGroupArn: arn('each.value.target'),
          targetId: expression('each.value.address'),
          port: numberExpression('each.value.port'),
          // Outside the VPC's networks AWS asks for it, inside it refuses it.
          availabilityZone: expression('each.value.network == null ? "all" : null'),
          // Registered as it was, an address stays so: to replace it for another zone would take it out of the group, and while
          // the VPC is not known yet every one would look like another.
          lifecycle: { createBeforeDestroy: true, ignoreChanges: ['availability_zone'] },
        }),
        name('address'),
      ),
      props.addresses.attachments,
    );
    this.listeners = forEach(
      pinned(
        new LbListener(this, 'listener', {
          loadBalancerArn: expression(props.loadBalancerArn),
          port: numberExpression('each.value.listener_port'),
          protocol: 'TCP',
          tcpIdleTimeoutSeconds: numberExpression('each.value.idle_timeout'),
          defaultAction: [{ type: 'forward', targetGroupArn: arn('each.key') }],
          tags,
          // A listener whose target group is empty, or may not be reached, would answer clients with a reset.
          dependsOn: [attachments, props.egress],
          lifecycle: { createBeforeDestroy: true },
        }),
        name('listener'),
      ),
      props.targets,
    );
  }

  private targetGroups(props: ShardListenersProps, tags: { [key: string]: string }): LbTargetGroup {
    const check = 'each.value.health_check';
    return new LbTargetGroup(this, 'target', {
      name: expression('each.value.target_group_name'),
      port: numberExpression('each.value.port'),
      protocol: 'TCP',
      targetType: 'ip',
      vpcId: expression(props.network.vpcId),
      // PrivateLink hides the client's address from targets in any case, and across a Transit Gateway it must be off.
      preserveClientIp: 'false',
      deregistrationDelay: expression('each.value.deregistration_delay'),
      // After a failover open sessions would otherwise stay with the old address.
      connectionTermination: true,
      healthCheck: {
        enabled: true,
        protocol: expression(`${check}.protocol`),
        port: expression(`${check}.port`),
        path: expression(`${check}.path`),
        matcher: expression(`${check}.matcher`),
        interval: numberExpression(`${check}.interval`),
        timeout: numberExpression(`${check}.timeout`),
        healthyThreshold: numberExpression(`${check}.healthy_threshold`),
        unhealthyThreshold: numberExpression(`${check}.unhealthy_threshold`),
      },
      tags,
      lifecycle: { createBeforeDestroy: true },
    });
  }
}
