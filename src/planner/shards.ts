import { compareShards, type LockedRouter, shardNumber, type Target } from '../model';
import { BalancerBook, type OpenBalancer, type ShardRoom } from './balancers';
import type { ShardState } from './teardown';

/** A shard of the router that is being planned; those that are gone are not among them. */
export interface OpenShard {
  readonly key: string;
  readonly number: number;
  /** What its listeners are on. */
  readonly balancer: OpenBalancer;
  /** `prepare`: it is being taken away and gets no target. */
  readonly state: Exclude<ShardState, 'removed'>;
  /** The domains that its rule had last, which an emptied shard's rule keeps. */
  readonly lastDomains: readonly string[];
  /** The targets that have a place on it, disabled ones included. */
  readonly targets: Target[];
  /** The domains of these targets. */
  readonly domains: Set<string>;
  /** True as soon as one of these targets is enabled. */
  enabled: boolean;
}

/** The shards of one router while it is planned, and which of them each domain stands on. */
export class ShardBook {
  public readonly open = new Map<string, OpenShard>();
  public readonly balancers: BalancerBook;
  private readonly homes = new Map<string, OpenShard>();
  private readonly lastHomes = new Map<string, OpenShard>();
  /** In the order in which new domains fill them; those before `firstWithRoom` were full when a domain was placed. */
  private readonly filling: OpenShard[] = [];
  private firstWithRoom = 0;
  private highest: number;

  /** @param pools the pools that the lock knows; undefined: each shard has a load balancer of its own */
  public constructor(
    locked: LockedRouter | undefined,
    states: ReadonlyMap<string, ShardState>,
    private readonly room: ShardRoom,
    pools: readonly string[] | undefined,
  ) {
    this.balancers = new BalancerBook(pools, room);
    const shards = locked?.shards ?? {};
    const keys = Object.keys(shards).sort(compareShards);
    this.highest = keys.reduce((highest, key) => Math.max(highest, shardNumber(key)), 0);
    for (const key of keys) {
      const state = states.get(key);
      if (state === 'removed') continue;
      this.add(key, state, shards[key]?.domains ?? [], this.balancers.known(key, shards[key]?.pool));
    }
  }

  /** Gives a target its place; the caller has looked whether there is room. */
  public seat(target: Target, shard: OpenShard): void {
    shard.targets.push(target);
    shard.balancer.listeners += 1;
    shard.domains.add(target.domain);
    shard.enabled ||= target.enabled;
    this.homes.set(target.domain, shard);
  }

  /**
   * The shard that a domain stands on: that of its targets, or one without an enabled target, whose rule keeps the
   * domains that it had last.
   */
  public homeOf(domain: string): OpenShard | undefined {
    const last = this.lastHomes.get(domain);
    return this.homes.get(domain) ?? (last?.enabled === false ? last : undefined);
  }

  /** @param listeners default one */
  public hasListenerRoom(shard: OpenShard, listeners = 1): boolean {
    return this.balancers.hasListenerRoom(shard.balancer, listeners);
  }

  /** Whether one domain more fits, or this one that is there already. @param domain default any new one */
  public hasDomainRoom(shard: OpenShard, domain?: string): boolean {
    const there = standing(shard);
    return (domain !== undefined && there.has(domain)) || there.size < this.room.domains;
  }

  /** The lowest-numbered shard in use with room for one more domain and this many listeners more. */
  public withRoom(listeners: number): OpenShard | undefined {
    for (; this.firstWithRoom < this.filling.length; this.firstWithRoom += 1) {
      const shard = this.filling[this.firstWithRoom];
      if (shard !== undefined && this.hasListenerRoom(shard) && this.hasDomainRoom(shard)) break;
    }
    for (let index = this.firstWithRoom; index < this.filling.length; index += 1) {
      const shard = this.filling[index];
      if (shard !== undefined && this.hasListenerRoom(shard, listeners) && this.hasDomainRoom(shard)) return shard;
    }
    return undefined;
  }

  /** A new shard for a domain with this many listeners. Its number is higher than any that the router ever had. */
  public grow(listeners: number): OpenShard {
    this.highest += 1;
    const key = `s${this.highest}`;
    return this.add(key, undefined, [], this.balancers.forNew(key, listeners));
  }

  private add(
    key: string,
    state: OpenShard['state'],
    lastDomains: readonly string[],
    balancer: OpenBalancer,
  ): OpenShard {
    const shard: OpenShard = {
      key,
      number: shardNumber(key),
      balancer,
      state,
      lastDomains,
      targets: [],
      domains: new Set(),
      enabled: false,
    };
    this.open.set(key, shard);
    balancer.shards.push(shard);
    for (const domain of lastDomains) this.lastHomes.set(domain, shard);
    if (state === undefined) this.filling.push(shard);
    return shard;
  }
}

/** What counts against the domains of a shard: its targets', and while none of them is enabled those that its rule keeps. */
function standing(shard: OpenShard): ReadonlySet<string> {
  return shard.enabled || shard.lastDomains.length === 0
    ? shard.domains
    : new Set([...shard.domains, ...shard.lastDomains]);
}

/** The domains of a shard's rule: the enabled targets', else those that it had last, else the disabled targets'. */
export function ruleDomains(shard: OpenShard): readonly string[] {
  const enabled = shard.targets.filter((target) => target.enabled).map((target) => target.domain);
  if (enabled.length > 0) return [...new Set(enabled)].sort();
  return [...new Set(shard.lastDomains.length > 0 ? shard.lastDomains : shard.domains)].sort();
}
