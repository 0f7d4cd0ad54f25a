import { domainsOf, type LockedRouter, type LockedTarget, lockedSelectors } from '../model';
import { lockedOtherPorts } from './cloud';
import { ForwarderPorts } from './forwarder-ports';
import { lockedListenerKey, newListeners } from './listener-key';
import type { OpenShard, Seated, ShardRoom } from './open-shard';
import { PortBook } from './ports';
import { ShardBook } from './shards';

/** A target that is to move, by its name in the lock. */
export type MovingTarget = readonly [string, LockedTarget];

/** Where targets move to, and the books of what stays. */
export interface Destination {
  readonly shard: OpenShard<Seated>;
  readonly shards: ShardBook<Seated>;
  readonly ports: PortBook;
  /** With the ports of all listeners, those that are to move too: their old places stay retired. */
  readonly forwarders: ForwarderPorts;
}

/**
 * The shard that targets move to, with only those on it that stay where they are. A new shard of a pooled router goes to
 * the lowest-numbered pool that has room for it and for the targets, else to a new pool.
 * @param key that of an open shard, or of the next new one
 * @param pin of a new one
 */
export function destination(
  locked: LockedRouter,
  moving: readonly MovingTarget[],
  key: string,
  pin: string | undefined,
  room: ShardRoom,
): Destination {
  const states = new Map(Object.entries(locked.shards).map(([shard, { state }]) => [shard, state]));
  const shards = new ShardBook<Seated>(locked, states, room, locked.pools);
  const balancerOf = (one: string): string => shards.balancerOf(one);
  // Where base-port would begin does not matter: a move gives no listener port.
  const ports = new PortBook(1, { balancerOf, reserved: new Map() });
  const forwarders = new ForwarderPorts(lockedOtherPorts(locked), balancerOf);
  const names = new Set(moving.map(([name]) => name));
  for (const [name, target] of Object.entries(locked.targets)) {
    const { shard, listenerPort } = target;
    const open = shards.open.get(shard);
    forwarders.keep(target);
    if (names.has(name) || open === undefined) continue;
    shards.seat({ name, domains: domainsOf(target), enabled: true }, open, lockedListenerKey(target));
    const selectors = lockedSelectors(target);
    ports.hold(open.key, listenerPort, { target: name, selectors });
  }
  for (const retired of locked.retired) {
    ports.retire(retired);
    forwarders.keep(retired);
  }
  const coming = moving.map(([, target]) => lockedListenerKey(target));
  const shard = shards.open.get(key) ?? shards.grow(newListeners(coming, new Set()), pin);
  return { shard, shards, ports, forwarders };
}
