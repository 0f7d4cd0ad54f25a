import {
  anyClash,
  balancerOf,
  type LockedShard,
  type LockedTarget,
  lockedForwarderPort,
  lockedSelectors,
  type RetiredPort,
  type Selector,
} from '../model';
import { ForwarderPorts, type OtherPorts } from './forwarder-ports';
import { lockedListenerKey, newListeners } from './listener-key';
import type { ShardRoom } from './open-shard';

/** A router's entry while it is merged. */
export interface Merged {
  readonly shards: Map<string, LockedShard>;
  /** Azure only. */
  readonly pools: Set<string> | undefined;
  /** Azure only: of the pools, those with accelerated networking. */
  readonly accelerated: Set<string>;
  readonly targets: Map<string, LockedTarget>;
  readonly retired: RetiredPort[];
  /** Whether the inventory goes on with a target, under this name or a new one. */
  readonly stays: (name: string) => boolean;
  /** The domains that the planner will see. */
  readonly domainsOf: (name: string, entry: LockedTarget) => readonly string[];
  /** The pin that the planner will see, of a target that stays. */
  readonly pinOf: (name: string) => string | undefined;
  /** Shards that the base does not have, with the domains of the targets that go there. */
  readonly started: Map<string, Set<string>>;
}

/** The name that a target was first made under. */
export function originOf(name: string, { bornAs }: LockedTarget): string {
  return bornAs ?? name;
}

function staying(merged: Merged): readonly (readonly [string, LockedTarget])[] {
  return [...merged.targets].filter(([name]) => merged.stays(name));
}

/** Whether a target of a side can stay on its shard: it is in use, of the target's pin, no other has the domain, and there is room. */
export function fitsShard(
  merged: Merged,
  room: ShardRoom,
  name: string,
  entry: LockedTarget,
  sideShard: LockedShard | undefined,
): boolean {
  const { shard } = entry;
  const known = merged.shards.get(shard);
  if ((known ?? sideShard)?.state !== undefined || (known ?? sideShard) === undefined) return false;
  if ((known ?? sideShard)?.pin !== merged.pinOf(name)) return false;
  if (known === undefined && !poolTakes(merged, room, sideShard?.pool)) return false;
  const wanted = merged.domainsOf(name, entry);
  const homes = wanted.map((domain) => homeOf(merged, domain));
  if (homes.some((home) => home !== undefined && home !== shard)) return false;
  const there = staying(merged).filter((one) => one[1].shard === shard);
  const kept = there.length === 0 ? (known?.domains ?? []) : [];
  const domains = new Set([...there.flatMap((one) => merged.domainsOf(...one)), ...kept, ...wanted]);
  for (const begun of merged.started.get(shard) ?? []) domains.add(begun);
  const balancer = balancerOf(shard, known ?? sideShard);
  const beside = staying(merged).filter(([, one]) => balancerOf(one.shard, merged.shards.get(one.shard)) === balancer);
  const keys = [...beside, [name, entry] as const].map(([, one]) => {
    const key = lockedListenerKey(one);
    return key && `${one.shard}:${key}`;
  });
  return domains.size <= room.domains && newListeners(keys, new Set()) <= room.listeners;
}

/** A pool of which every shard is gone is gone itself; one that only the side has is new. */
function poolTakes(merged: Merged, room: ShardRoom, pool: string | undefined): boolean {
  if (pool === undefined || merged.pools?.has(pool) !== true) return true;
  const open = [...merged.shards.values()].filter((shard) => shard.pool === pool && shard.state !== 'removed').length;
  return open > 0 && open < room.shards;
}

/** The shard that a domain stands on: that of its targets, else one whose rule keeps it. */
function homeOf(merged: Merged, domain: string): string | undefined {
  const target = staying(merged).find((one) => merged.domainsOf(...one).includes(domain));
  if (target !== undefined) return target[1].shard;
  const rules = [...merged.shards].filter(([, { state, domains }]) => state !== 'removed' && domains.includes(domain));
  return rules.find(([key]) => merged.started.has(key) || !staying(merged).some(([, { shard }]) => shard === key))?.[0];
}

/**
 * Whether nobody has or had the port, or on a shared one the target's names: on the shard, and anywhere in the router where
 * base-port gave it.
 */
export function fitsPort({ targets, retired }: Merged, entry: LockedTarget): boolean {
  const wanted = lockedSelectors(entry);
  const apart = (other: LockedTarget | RetiredPort, selectors: readonly Selector[]): boolean => {
    if (other.listenerPort !== entry.listenerPort) return true;
    if (entry.portFrom === undefined || other.portFrom === undefined) return false;
    return other.shard !== entry.shard || !anyClash(wanted, selectors);
  };
  return (
    [...targets.values()].every((other) => apart(other, lockedSelectors(other))) &&
    retired.every((other) => apart(other, [other]))
  );
}

/** Whether no other target was first made under the same name. */
export function fitsOrigin({ targets }: Merged, name: string, entry: LockedTarget): boolean {
  return ![...targets].some((other) => originOf(...other) === originOf(name, entry));
}

/**
 * What the forwarders listen on for a listener of a side, as the merged lock keeps it: what the side gave out, unless another
 * listener of the pool has or had that; undefined where no port is left. No client dials it, so that a target of a side keeps
 * its place all the same.
 */
export function forwarderIn(
  { shards, targets, retired }: Merged,
  range: OtherPorts | undefined,
  listener: Pick<RetiredPort, 'shard' | 'listenerPort' | 'forwarderPort'>,
): Pick<RetiredPort, 'forwarderPort'> | undefined {
  const poolOf = (key: string): string => balancerOf(key, shards.get(key));
  const forwarders = new ForwarderPorts(range, poolOf);
  const pool = poolOf(listener.shard);
  const others = [...targets.values(), ...retired].filter(({ shard }) => poolOf(shard) === pool);
  for (const other of others) forwarders.keep(other);
  const wanted = lockedForwarderPort(listener);
  // What shares the listener has its port already.
  return others.some((other) => lockedForwarderPort(other) === wanted || isListener(other, listener))
    ? forwarders.give(listener)
    : forwarders.keep(listener);
}

type Listener = Pick<RetiredPort, 'shard' | 'listenerPort'>;

function isListener(one: Listener, other: Listener): boolean {
  return one.shard === other.shard && one.listenerPort === other.listenerPort;
}
