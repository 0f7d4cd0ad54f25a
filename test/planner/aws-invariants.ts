import { expect } from 'vitest';
import { limit, limitValue } from '../../src/limits';
import {
  type AwsRouter,
  backendsOf,
  type LockedRouter,
  type PlannedAwsRouter,
  type PlannedRouter,
  servedBackends,
} from '../../src/model';
import { type Accepted, entryOf, plannedOf } from './invariants';

function awsOf(planned: PlannedRouter): PlannedAwsRouter {
  if (planned.cloud !== 'aws') throw new Error('a router of another cloud');
  return planned;
}

/** What must hold of every accepted plan of a router of AWS. */
export function holdAwsInvariants(
  router: AwsRouter,
  before: LockedRouter,
  after: LockedRouter,
  planned: PlannedRouter,
): void {
  listenersFit(router, after);
  namesAreSound(awsOf(planned));
  generationsFollowTheNetwork(router, before, after);
}

function listenersFit({ limits }: AwsRouter, after: LockedRouter): void {
  const perShard = new Map<string, number>();
  for (const { shard } of Object.values(after.targets)) perShard.set(shard, (perShard.get(shard) ?? 0) + 1);
  for (const [shard, number] of perShard) {
    expect(number, `listeners of ${shard}`).toBeLessThanOrEqual(limitValue('aws.listenersPerLoadBalancer', limits));
  }
}

/**
 * A load balancer is replaced exactly where a subnet goes or the VPC changes, and then each of the router's is, once and
 * with its protection off before and now; otherwise none is.
 */
function generationsFollowTheNetwork(
  { aws, deletionProtection }: AwsRouter,
  before: LockedRouter,
  after: LockedRouter,
): void {
  const { network } = before;
  const { vpcId, subnetIds } = aws;
  const stay = (network?.subnetIds ?? []).every((id) => subnetIds.includes(id));
  const replaces = network !== undefined && (network.vpcId !== vpcId || !stay);
  const staying = Object.entries(before.shards).filter(([key]) => after.shards[key]?.state !== 'removed');
  for (const [key, { generation = 0 }] of staying) {
    expect(after.shards[key]?.generation ?? 0, `generation of ${key}`).toBe(generation + (replaces ? 1 : 0));
  }
  if (replaces && staying.length > 0) {
    expect([before.unprotected, deletionProtection]).toEqual([true, false]);
  }
  for (const [key, { generation }] of Object.entries(after.shards)) {
    if (before.shards[key] === undefined) expect(generation, `generation of ${key}, which is new`).toBeUndefined();
  }
  expect(after.network).toEqual({
    accountId: aws.accountId,
    region: aws.region,
    vpcId,
    subnetIds: [...subnetIds].sort(),
  });
  expect(after.unprotected ?? false).toBe(!deletionProtection);
}

function namesAreSound(planned: PlannedAwsRouter): void {
  const groups = planned.shards.flatMap((shard) => backendsOf(shard).map(({ targetGroupName }) => targetGroupName));
  const balancers = planned.shards.map(({ loadBalancerName }) => loadBalancerName);
  for (const names of [groups, balancers]) {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(name.length).toBeLessThanOrEqual(limit('aws.nameLength').value);
    }
  }
}

/** Names that no later load balancer or target group of a history may take again. */
export class NamesGone {
  private readonly gone = new Set<string>();
  private balancers = new Map<string, string>();
  private groups: ReadonlySet<string> = new Set();

  /** Where a load balancer is replaced, none of its names and those of its groups ever comes back. */
  public hold({ result }: Accepted): void {
    const { shards } = awsOf(plannedOf(result));
    const groups = new Set(shards.flatMap((shard) => backendsOf(shard).map(({ targetGroupName }) => targetGroupName)));
    for (const shard of shards) {
      const { key, loadBalancerName } = shard;
      const old = this.balancers.get(key);
      if (old !== undefined && old !== loadBalancerName) {
        this.gone.add(old);
        for (const { targetGroupName } of backendsOf(shard)) expect(this.groups).not.toContain(targetGroupName);
      }
      expect(this.gone, `the load balancer's name of ${key}`).not.toContain(loadBalancerName);
      this.balancers.set(key, loadBalancerName);
    }
    this.groups = groups;
  }
}

/** Load balancers and target groups keep their names as long as nothing changes that replaces them; a rename does not. */
export function namesAreStable(before: Accepted | undefined, now: Accepted): void {
  if (before === undefined) return;
  const shardOf = ({ world, result }: Accepted, key: string): string =>
    `${key}/${entryOf(result, world.router.name).shards[key]?.generation ?? 0}`;
  const groupOf = (accepted: Accepted): Map<string, string> =>
    new Map(
      awsOf(plannedOf(accepted.result)).shards.flatMap((shard) =>
        servedBackends(shard).map(({ listener, backend: { port, targetGroupName } }) => {
          return [JSON.stringify([shardOf(accepted, shard.key), listener.port, port]), targetGroupName] as const;
        }),
      ),
    );
  const then = groupOf(before);
  for (const [identity, name] of groupOf(now)) {
    const old = then.get(identity);
    if (old !== undefined) expect(name, identity).toBe(old);
  }
  const balancers = new Map(
    awsOf(plannedOf(before.result)).shards.map((shard) => [shardOf(before, shard.key), shard.loadBalancerName]),
  );
  for (const { key, loadBalancerName } of awsOf(plannedOf(now.result)).shards) {
    expect(loadBalancerName).toBe(balancers.get(shardOf(now, key)) ?? loadBalancerName);
  }
}
