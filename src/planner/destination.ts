import { comparePools, type LockedRouter, type LockedTarget, poolNumber, shardNumber } from '../model';
import type { ShardRoom } from './balancers';

type Entry = readonly [string, LockedTarget];

/** Where targets move to. */
export interface Destination {
  readonly shard: string;
  /** The key of its load balancer, on which ports must differ: the shard's own key, or its pool's. */
  readonly balancer: string;
}

/** The load balancer that a shard of the lock is or was on, by the key that ports are unique on. */
export function balancerOf(locked: LockedRouter, shard: string): string {
  return (Object.hasOwn(locked.shards, shard) ? locked.shards[shard]?.pool : undefined) ?? shard;
}

/** The key of the next new shard. */
export function nextShard(locked: LockedRouter): string {
  return `s${Math.max(0, ...Object.keys(locked.shards).map(shardNumber)) + 1}`;
}

/** The targets of a load balancer that stay where they are. */
export function stayingOn(locked: LockedRouter, moving: readonly Entry[], balancer: string): readonly Entry[] {
  const names = new Set(moving.map(([name]) => name));
  return Object.entries(locked.targets).filter(
    ([name, { shard }]) => !names.has(name) && balancerOf(locked, shard) === balancer,
  );
}

/** The ports of a load balancer that targets cannot bring there, with the reason in words. */
export function heldPorts(
  locked: LockedRouter,
  moving: readonly Entry[],
  balancer: string,
): ReadonlyMap<number, string> {
  const held = new Map<number, string>();
  for (const [name, { listenerPort }] of stayingOn(locked, moving, balancer)) held.set(listenerPort, `${name} has it`);
  for (const { shard, listenerPort, target } of locked.retired) {
    if (balancerOf(locked, shard) === balancer) {
      held.set(listenerPort, `it is retired there and last reached ${target}`);
    }
  }
  return held;
}

/**
 * The load balancer of the shard that targets move to. A new shard of a pooled router goes to the lowest-numbered pool
 * that has room for it and for the targets with their ports, else to a new pool.
 */
export function destination(
  locked: LockedRouter,
  moving: readonly Entry[],
  shard: string,
  room: ShardRoom,
): Destination {
  const { pools } = locked;
  if (pools === undefined || Object.hasOwn(locked.shards, shard)) return { shard, balancer: balancerOf(locked, shard) };
  const fits = (pool: string): boolean => {
    const shards = openShards(locked, pool);
    const held = heldPorts(locked, moving, pool);
    return (
      shards > 0 &&
      shards < room.shards &&
      stayingOn(locked, moving, pool).length + moving.length <= room.listeners &&
      moving.every(([, { listenerPort }]) => !held.has(listenerPort))
    );
  };
  const found = [...pools].sort(comparePools).find(fits);
  return { shard, balancer: found ?? `p${Math.max(0, ...pools.map(poolNumber)) + 1}` };
}

/** How many shards of a pool are not gone. A pool of which every shard is gone is gone itself. */
function openShards(locked: LockedRouter, pool: string): number {
  return Object.values(locked.shards).filter((shard) => shard.pool === pool && shard.state !== 'removed').length;
}
