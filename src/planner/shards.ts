import {
  balancerOf,
  compareShards,
  defined,
  type LockedRouter,
  type LockedShard,
  shardNumber,
  type Target,
} from '../model';
import { BalancerBook } from './balancers';
import { type ListenerKey, newListeners } from './listener-key';
import type { OpenBalancer, OpenShard, Seated, ShardRoom } from './open-shard';
import type { ShardState } from './teardown';

/** The key of the next new shard. Its number is higher than any that the router ever had. */
export function nextShard(locked: Pick<LockedRouter, 'shards'>): string {
  return `s${Math.max(0, ...Object.keys(locked.shards).map(shardNumber)) + 1}`;
}

/** The shards of one router while it is planned, and which of them each domain stands on. */
export class ShardBook<T extends Seated = Target> {
  public readonly open = new Map<string, OpenShard<T>>();
  public readonly balancers: BalancerBook<T>;
  private readonly homes = new Map<string, OpenShard<T>>();
  private readonly lastHomes = new Map<string, OpenShard<T>>();
  /** By pin. */
  private readonly filling = new Map<string | undefined, Filling<T>>();
  private next: number;

  /** @param pools the pools that the lock knows; undefined: each shard has a load balancer of its own */
  public constructor(
    private readonly locked: LockedRouter | undefined,
    states: ReadonlyMap<string, ShardState>,
    private readonly room: ShardRoom,
    pools: readonly string[] | undefined,
  ) {
    this.balancers = new BalancerBook(pools, room);
    const shards = locked?.shards ?? {};
    this.next = shardNumber(nextShard({ shards }));
    const keys = Object.keys(shards).sort(compareShards);
    for (const key of keys) {
      const state = states.get(key);
      if (state === 'removed') continue;
      this.add(key, state, shards[key] ?? { domains: [] }, this.balancers.known(key, shards[key]?.pool));
    }
  }

  /** Gives a target its place; the caller has looked whether there is room. */
  public seat(target: T, shard: OpenShard<T>, listener: ListenerKey): void {
    shard.targets.push(target);
    shard.balancer.listeners += newListeners([listener], shard.sharedListeners);
    if (listener !== undefined) shard.sharedListeners.add(listener);
    shard.enabled ||= target.enabled;
    for (const domain of target.domains) this.settle(domain, shard);
  }

  /** Says that a domain stands on a shard, before the targets that have it are seated there. */
  public settle(domain: string, shard: OpenShard<T>): void {
    shard.domains.add(domain);
    this.homes.set(domain, shard);
  }

  /**
   * The shard that a domain stands on: that of its targets, or one without an enabled target, whose rule keeps the
   * domains that it had last.
   */
  public homeOf(domain: string): OpenShard<T> | undefined {
    const last = this.lastHomes.get(domain);
    return this.homes.get(domain) ?? (last?.enabled === false ? last : undefined);
  }

  /** Whether there is room for the listeners of targets. @param listeners default one that a target has for itself */
  public hasListenerRoom(shard: OpenShard<T>, listeners: readonly ListenerKey[] = [undefined]): boolean {
    return this.balancers.hasListenerRoom(shard.balancer, newListeners(listeners, shard.sharedListeners));
  }

  /** Whether as many new domains fit. @param domains default one */
  public hasDomainRoom(shard: OpenShard<T>, domains = 1): boolean {
    return domains === 0 || standing(shard).size + domains <= this.room.domains;
  }

  /** How many of these domains a shard does not have yet. */
  public newDomains(shard: OpenShard<T>, domains: readonly string[]): number {
    const there = standing(shard);
    return domains.filter((domain) => !there.has(domain)).length;
  }

  /** The lowest-numbered shard in use, of those of a pin, with room for this many new domains, and for these listeners. */
  public withRoom(
    listeners: readonly ListenerKey[],
    domains: number,
    pin: string | undefined,
  ): OpenShard<T> | undefined {
    const filling = this.filling.get(pin);
    if (filling === undefined) return undefined;
    const { shards } = filling;
    for (; filling.firstWithRoom < shards.length; filling.firstWithRoom += 1) {
      const shard = shards[filling.firstWithRoom];
      if (shard !== undefined && this.hasListenerRoom(shard) && this.hasDomainRoom(shard)) break;
    }
    for (let index = filling.firstWithRoom; index < shards.length; index += 1) {
      const shard = shards[index];
      if (shard === undefined) continue;
      if (this.hasListenerRoom(shard, listeners) && this.hasDomainRoom(shard, domains)) return shard;
    }
    return undefined;
  }

  /** A new shard of a pin for this many listeners. */
  public grow(listeners: number, pin: string | undefined): OpenShard<T> {
    const key = `s${this.next}`;
    this.next += 1;
    const balancer = this.balancers.forNew(key, listeners);
    return this.add(key, undefined, { domains: [], ...defined({ pin }) }, balancer);
  }

  /** The key of the load balancer that a shard is or was on. */
  public balancerOf(shard: string): string {
    return this.open.get(shard)?.balancer.key ?? balancerOf(shard, this.locked?.shards[shard]);
  }

  private add(
    key: string,
    state: OpenShard['state'],
    { domains: lastDomains, pin }: Pick<LockedShard, 'domains' | 'pin'>,
    balancer: OpenBalancer<T>,
  ): OpenShard<T> {
    const shard: OpenShard<T> = {
      key,
      number: shardNumber(key),
      pin,
      balancer,
      state,
      lastDomains,
      targets: [],
      domains: new Set(),
      sharedListeners: new Set(),
      enabled: false,
    };
    this.open.set(key, shard);
    balancer.shards.push(shard);
    for (const domain of lastDomains) this.lastHomes.set(domain, shard);
    if (state === undefined) {
      const filling = this.filling.get(pin) ?? { shards: [], firstWithRoom: 0 };
      filling.shards.push(shard);
      this.filling.set(pin, filling);
    }
    return shard;
  }
}

/** The shards of a pin in the order in which new domains fill them. */
interface Filling<T extends Seated> {
  readonly shards: OpenShard<T>[];
  /** Those before it were full when a domain was placed. */
  firstWithRoom: number;
}

/** What counts against the domains of a shard: its targets', and while none of them is enabled those that its rule keeps. */
function standing(shard: OpenShard<Seated>): ReadonlySet<string> {
  return shard.enabled || shard.lastDomains.length === 0
    ? shard.domains
    : new Set([...shard.domains, ...shard.lastDomains]);
}

/** The domains of a shard's rule: the enabled targets', else those that it had last, else the disabled targets'. */
export function ruleDomains(shard: OpenShard): readonly string[] {
  const enabled = shard.targets.filter((target) => target.enabled).flatMap((target) => target.domains);
  if (enabled.length > 0) return [...new Set(enabled)].sort();
  return [...new Set(shard.lastDomains.length > 0 ? shard.lastDomains : shard.domains)].sort();
}
