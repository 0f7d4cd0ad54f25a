import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import type { LbListener, VpcEndpointService } from '../../bindings';
import { defined } from '../../model';
import type { TerraformCondition } from '../condition';
import { expression, pinned, shardResource } from '../expression';
import { RESERVED_TAG_PREFIX } from '../tags';
import { asTerm, type ValueOrRef } from '../value-or-ref';
import type { Vocabulary } from '../vocabulary';
import type { AwsNetwork } from './network';
import { ShardAddresses } from './shard-addresses';
import { ShardListeners } from './shard-listeners';
import { type ShardLimits, ShardLoadBalancer, shardEndpointService } from './shard-load-balancer';

export interface AwsShardProps {
  /** The key that Terraform addresses carry, `s1`. @default none: the shard stands alone in a module */
  readonly shard?: string;
  /** The shard's name for people, `analytics-use2-1`. */
  readonly name: ValueOrRef<string>;
  readonly network: AwsNetwork;
  /** The reference of a map of `ShardTarget` by name: a local of a stack, or a variable of a module. */
  readonly targets: string;
  /** True where at least one target's `resolution` is `plan`. */
  readonly resolves: boolean;
  /** True where a target's `resolution` may be `positions`. @default false */
  readonly positions?: boolean;
  /** True where the targets have `hosts`, since one of them has several. @default false */
  readonly several?: boolean;
  /** True where the targets have `tags` of their own. @default false */
  readonly tagged?: boolean;
  readonly loadBalancerName: ValueOrRef<string>;
  readonly securityGroupName: ValueOrRef<string>;
  readonly deletionProtection: ValueOrRef<boolean>;
  /** The ARN of the role that may connect to the endpoint service. */
  readonly principal: ValueOrRef<string>;
  readonly limits: ShardLimits;
  /** What the load balancer asks for before it is planned. @default nothing beside the limits */
  readonly preconditions?: readonly TerraformCondition[];
  /** The reference of the tags that all resources share. */
  readonly tags: string;
  /** In whose words messages name what the user wrote. */
  readonly words: Vocabulary;
}

/**
 * One shard on AWS, complete in itself: load balancer, security group, target groups, listeners, endpoint service. Its
 * resources are one set that stands over the map of targets; no target has a block of its own.
 */
export class AwsShard extends Construct {
  public readonly addresses: ShardAddresses;
  public readonly loadBalancer: ShardLoadBalancer;
  public readonly listeners: LbListener;
  public readonly endpointService: VpcEndpointService;

  public constructor(scope: Construct, id: string, props: AwsShardProps) {
    super(scope, id);
    const { network, targets } = props;
    const shard = props.shard === undefined ? {} : { shard: props.shard };
    const tags = this.shardTags(props);
    this.addresses = new ShardAddresses(this, 'addresses', {
      ...shard,
      network,
      targets,
      resolves: props.resolves,
      ...defined({ positions: props.positions, several: props.several }),
      words: props.words,
    });
    this.loadBalancer = new ShardLoadBalancer(this, 'load-balancer', {
      ...shard,
      network,
      addresses: this.addresses,
      loadBalancerName: props.loadBalancerName,
      securityGroupName: props.securityGroupName,
      deletionProtection: props.deletionProtection,
      limits: props.limits,
      ...defined({ preconditions: props.preconditions }),
      tags,
      words: props.words,
    });
    this.listeners = new ShardListeners(this, 'listeners', {
      ...shard,
      network,
      addresses: this.addresses,
      loadBalancerArn: this.loadBalancer.arn,
      egress: this.loadBalancer.egress,
      targets,
      tags,
      ...defined({ tagged: props.tagged }),
    }).listeners;
    this.endpointService = shardEndpointService(this, 'endpoint-service', {
      ...shard,
      loadBalancer: this.loadBalancer.loadBalancer,
      listeners: this.listeners,
      principal: props.principal,
      name: asTerm(props.name),
      tags,
    });
  }

  private shardTags(props: AwsShardProps): string {
    const name = props.shard === undefined ? 'shard_tags' : shardResource(props.shard, 'tags');
    const own = `{ "${RESERVED_TAG_PREFIX}shard" = ${asTerm(props.name)} }`;
    pinned(new TerraformLocal(this, 'tags', expression(`merge(${props.tags}, ${own})`)), name);
    return `local.${name}`;
  }
}
