import type { Finding, LockedRouter } from '../model';
import type { OtherPorts } from './forwarder-ports';
import type { OpenShard, ShardRoom } from './open-shard';
import type { ShardBook } from './shards';
import type { ShardState } from './teardown';

/** What the clouds decide each in its own way of one router before its lock is written; everything else is the same for all. */
export interface CloudRules {
  readonly room: ShardRoom;
  /** The pools that the lock knows; undefined: each shard has a load balancer of its own. */
  readonly pools: readonly string[] | undefined;
  /** Ports that no listener may have, with the reason. */
  readonly reservedPorts: ReadonlyMap<number, string>;
  /** Undefined: forwarders listen on what clients dial, or there are none. */
  readonly otherPorts: OtherPorts | undefined;
  /** What the router's place says of the shards that stay, and whether it may be as the inventory has it. */
  readonly place: (states: ReadonlyMap<string, ShardState>) => PlaceStep;
  /** What a router must not change of its place while it is taken away. */
  readonly removal: () => readonly Finding[];
  /** The parts of the lock's entry that only this cloud has. */
  readonly lockedPlace: (
    shards: ShardBook,
  ) => Pick<LockedRouter, 'network' | 'unprotected' | 'azure' | 'pools' | 'acceleratedPools'>;
  readonly words: CloudWords;
}

/** How things are called in messages. */
interface CloudWords {
  /** A shard whose load balancer has no room left: `shard s1`, `shard s1 of pool p1`. */
  readonly crowded: (shard: OpenShard) => string;
  /** What an emptied shard leaves standing: `its load balancer and its private endpoint stay`. */
  readonly remains: string;
}

/** What a router's place asks of its shards, and whether the lock allows it. */
interface PlaceStep {
  /** By shard, of those that the lock knows and that stay: how often a change of the network replaced its load balancer. */
  readonly generations: ReadonlyMap<string, number>;
  readonly findings: readonly Finding[];
}
