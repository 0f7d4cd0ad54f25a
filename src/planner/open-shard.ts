import type { Target } from '../model';
import type { ShardState } from './teardown';

/** What a place needs to know of a target. */
export type Seated = Pick<Target, 'name' | 'domains' | 'enabled'>;

/** A shard of the router that is being planned; those that are gone are not among them. */
export interface OpenShard<T extends Seated = Target> {
  readonly key: string;
  readonly number: number;
  /** Only targets with this pin get a place on it; undefined: those without one. */
  readonly pin: string | undefined;
  /** What its listeners are on. */
  readonly balancer: OpenBalancer<T>;
  /** `prepare`: it is being taken away and gets no target. */
  readonly state: Exclude<ShardState, 'removed'>;
  /** The domains that its rule had last, which an emptied shard's rule keeps. */
  readonly lastDomains: readonly string[];
  /** The targets that have a place on it, disabled ones included. */
  readonly targets: T[];
  /** The domains of these targets. */
  readonly domains: Set<string>;
  /** The listeners that targets share on it, or would. */
  readonly sharedListeners: Set<string>;
  /** True as soon as one of these targets is enabled. */
  enabled: boolean;
}

/** What the listeners of shards are on: on AWS the load balancer of one shard, on Azure a pool's. */
export interface OpenBalancer<T extends Seated = Target> {
  /** The shard's key where each shard has its own, else the pool's. */
  readonly key: string;
  /** Its shards that are open, by number. */
  readonly shards: OpenShard<T>[];
  /** How many listeners its shards have, those of disabled targets included. */
  listeners: number;
}

/** How much fits on a load balancer and on a shard. */
export interface ShardRoom {
  /** Of one load balancer; `Infinity` where one rule carries all ports. */
  readonly listeners: number;
  /** Of one load balancer. */
  readonly shards: number;
  /** Of one shard's rule. */
  readonly domains: number;
}
