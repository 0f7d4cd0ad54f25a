import { byCloud, type CloudTable, type LockedShard, type LockedTarget, type Router, type Target } from '../model';
import type { Draft } from './draft';
import type { OpenShard } from './open-shard';

/**
 * The names of a shard's load balancer and security group that were taken over, for as long as both are the ones that
 * were found: a new generation is another load balancer, and another VPC another security group too.
 */
export function keptShardNames(
  draft: Draft,
  { key }: OpenShard,
): Pick<LockedShard, 'loadBalancerName' | 'securityGroupName'> {
  const { loadBalancerName, securityGroupName } = draft.locked?.shards[key] ?? {};
  return {
    ...(loadBalancerName === undefined || replacesBalancer(draft, key) ? {} : { loadBalancerName }),
    ...(securityGroupName === undefined || changesVpc(draft) ? {} : { securityGroupName }),
  };
}

/** The name of a target's group that was taken over, for as long as nothing replaces the group. */
export function keptGroupName(
  draft: Draft,
  { name, port }: Target,
  { key }: OpenShard,
): Pick<LockedTarget, 'targetGroupName'> {
  const before = draft.matches.existing.get(name);
  if (before?.targetGroupName === undefined) return {};
  const stays = before.port === port && before.shard === key && !replacesBalancer(draft, key);
  return stays ? { targetGroupName: before.targetGroupName } : {};
}

function replacesBalancer({ locked, generations }: Draft, shard: string): boolean {
  return (generations.get(shard) ?? 0) !== (locked?.shards[shard]?.generation ?? 0);
}

/** The network without which a security group that was taken over is none of the router's, where a cloud has such. */
const VPC: CloudTable<Router, [], string | undefined> = { aws: ({ aws }) => aws.vpcId, azure: () => undefined };

function changesVpc({ router, locked }: Draft): boolean {
  const [before, now] = [locked?.network?.vpcId, byCloud(VPC, router)];
  return before !== undefined && now !== undefined && before !== now;
}
