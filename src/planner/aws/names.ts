import { limit } from '../../limits';
import { physicalName } from '../names';

/** What the names of a shard's own resources derive from. */
export interface ShardNames {
  readonly router: string;
  readonly env: string | undefined;
  readonly deployment: string;
  readonly shard: string;
  readonly number: number;
  readonly vpcId: string;
  /** How often a change of the network has replaced the shard's load balancer; 0: never, and no name shows it. */
  readonly generation: number;
}

/** What the generation adds to a seed: nothing as long as the first load balancer stands. */
function generationSeed({ generation }: ShardNames): readonly number[] {
  return generation === 0 ? [] : [generation];
}

function shardName(kind: string, names: ShardNames, max: number, more: readonly number[] = []): string {
  const { router, env, deployment, shard, number, vpcId } = names;
  return physicalName({
    readable: `plr-${deployment}`,
    suffix: String(number),
    seed: [kind, router, env ?? null, shard, vpcId, ...more],
    max,
  });
}

/** `plr-<deployment>-<number>-<hash>`, another one where the shard, its generation or the VPC is another one. */
export function loadBalancerName(names: ShardNames): string {
  return shardName('load balancer', names, limit('aws.nameLength').value, generationSeed(names));
}

/** The same form as the load balancer's, with more room. It outlives a generation: no change of subnets replaces it. */
export function securityGroupName(names: ShardNames): string {
  return shardName('security group', names, limit('aws.securityGroupNameLength').value);
}

/**
 * `<origin>-<hash>`. The hash covers what replaces a target group: port, protocol, target type, VPC, and the load
 * balancer's generation, since a group can be on one load balancer only; so the new group can be made before the old one
 * goes. A rename keeps the origin and so the name.
 */
export function targetGroupName(names: ShardNames, origin: string, port: number): string {
  const { router, env, shard, vpcId } = names;
  return physicalName({
    readable: origin,
    seed: ['target group', router, env ?? null, shard, origin, port, 'TCP', 'ip', vpcId, ...generationSeed(names)],
    max: limit('aws.nameLength').value,
  });
}
