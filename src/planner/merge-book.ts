import {
  anyClash,
  balancerOf,
  defined,
  domainsOf,
  type Finding,
  type LockedRouter,
  type LockedShard,
  type LockedTarget,
  lockedSelectors,
  type RetiredPort,
  type Router,
  type Selector,
  type Target,
} from '../model';
import { lockedOtherPorts, lockedRoom } from './cloud';
import { routerPath, warning } from './findings';
import { noForwarderPort, type OtherPorts } from './forwarder-ports';
import { fitsOrigin, fitsPort, fitsShard, forwarderIn, type Merged, originOf } from './merge-fit';
import type { ShardRoom } from './open-shard';
import { retiredPorts } from './release';

/** One router's entry while sides are merged into that of the base. */
export class MergeBook {
  public readonly findings: Finding[] = [];
  private readonly merged: Merged;
  private readonly room: ShardRoom;
  private readonly otherPorts: OtherPorts | undefined;
  /** What left the merge without a place of its own, with its port: it is retired where nobody has it. */
  private readonly leaving: RetiredPort[] = [];
  private readonly wanted: ReadonlyMap<string, Target>;

  public constructor(
    private readonly base: LockedRouter,
    private readonly router: Router,
    private readonly reference: string,
  ) {
    this.wanted = new Map(router.targets.map((target) => [target.name, target]));
    this.room = lockedRoom(base, router.limits);
    this.otherPorts = lockedOtherPorts(base);
    const goesOnAs = (name: string): Target | undefined =>
      this.wanted.get(name) ?? router.targets.find(({ renamedFrom }) => renamedFrom === name);
    this.merged = {
      shards: new Map(Object.entries(base.shards)),
      pools: base.pools === undefined ? undefined : new Set(base.pools),
      accelerated: new Set(base.acceleratedPools),
      targets: new Map(Object.entries(base.targets)),
      retired: [...base.retired],
      stays: (name) => this.wanted.has(name) || router.targets.some(({ renamedFrom }) => renamedFrom === name),
      domainsOf: (name, entry) => goesOnAs(name)?.domains ?? domainsOf(entry),
      pinOf: (name) => goesOnAs(name)?.pin,
      started: new Map(),
    };
  }

  /** Takes the targets that a side has beside the base, where they fit, and names that it gave to targets of the base. @param namesOnly only the latter */
  public takeTargets(side: LockedRouter, namesOnly: boolean): void {
    for (const name of Object.keys(side.targets).sort()) {
      const entry = side.targets[name];
      if (entry === undefined || this.merged.targets.has(name)) continue;
      const same = this.sameInBase(name, entry);
      if (same !== undefined) this.takeName(same, name);
      else if (!namesOnly && !this.goneFromBase(name, entry)) this.takeTarget(side, name, entry);
    }
  }

  /** Takes the shards and pools that only a side has, so that no number is given again. */
  public takeShards(side: LockedRouter): void {
    for (const [key, { state, pool }] of Object.entries(side.shards)) {
      const known = this.merged.shards.get(key);
      if (known === undefined) this.merged.shards.set(key, { ...poolOf(pool), state: 'removed', domains: [] });
      else if (known.state === 'prepare' && state === 'removed' && !this.isTaken(key)) {
        this.merged.shards.set(key, { ...poolOf(known.pool), state: 'removed', domains: [] });
      }
      if (pool !== undefined && this.merged.shards.get(key)?.pool === pool) this.merged.pools?.add(pool);
    }
    for (const pool of side.pools ?? []) this.merged.pools?.add(pool);
    for (const pool of side.acceleratedPools ?? []) this.merged.accelerated.add(pool);
  }

  /** Takes the retired ports of a side, where nothing of the merged lock has them. */
  public takeRetired(side: LockedRouter): void {
    const own = this.leaving.splice(0);
    for (const port of [...side.retired, ...own]) {
      if (!this.merged.shards.has(port.shard)) continue;
      const here = (
        { shard, listenerPort }: { readonly shard: string; readonly listenerPort: number },
        selectors: readonly Selector[],
      ): boolean => listenerPort === port.listenerPort && shard === port.shard && anyClash(selectors, [port]);
      if (this.merged.retired.some((one) => here(one, [one]))) continue;
      const holder = [...this.merged.targets].find(([, entry]) => here(entry, lockedSelectors(entry)));
      if (holder === undefined) this.retire(port);
      else if (!own.includes(port) && originOf(...holder) !== port.target && holder[0] !== port.target) {
        this.findings.push(this.retiredInUse(port, holder[0]));
      }
    }
  }

  /** The entry as it is merged; the planner sorts lists and the domains of rules. */
  public entry(): LockedRouter {
    const { shards, pools, accelerated, targets, retired } = this.merged;
    // A side that is no sound lock may name a pool that nobody has.
    const fast = [...accelerated].filter((pool) => pools?.has(pool) === true);
    return {
      ...this.base,
      ...(pools === undefined ? {} : { pools: [...pools] }),
      ...(fast.length === 0 ? {} : { acceleratedPools: fast }),
      shards: Object.fromEntries(shards),
      targets: Object.fromEntries(targets),
      retired,
    };
  }

  /**
   * Keeps a port from everybody on its shard. What the forwarders listened on for it may be another listener's by now: then it
   * claims a port that nobody has.
   */
  private retire(port: RetiredPort): void {
    const forwarder = forwarderIn(this.merged, this.otherPorts, port);
    const { shard, listenerPort, forwarderPort: _, ...rest } = port;
    if (forwarder !== undefined) {
      this.merged.retired.push({ shard, listenerPort, ...forwarder, ...rest });
    } else if (this.otherPorts !== undefined) {
      const poolOf = (shard: string): string => balancerOf(shard, this.merged.shards.get(shard));
      const pool = poolOf(port.shard);
      const full = { router: this.router.name, pool, poolOf, range: this.otherPorts, retired: this.merged.retired };
      this.findings.push(noForwarderPort(full, [port.target]));
    }
  }

  private isTaken(shard: string): boolean {
    return [...this.merged.targets.values()].some((entry) => entry.shard === shard);
  }

  /** The base's name of a target that a side has under another one: a rename changes neither origin nor place. */
  private sameInBase(name: string, entry: LockedTarget): string | undefined {
    return Object.entries(this.base.targets).find(
      ([old, one]) =>
        originOf(old, one) === originOf(name, entry) &&
        one.shard === entry.shard &&
        one.listenerPort === entry.listenerPort,
    )?.[0];
  }

  /** A rename of the other side, which the inventory no longer tells by `renamedFrom`. */
  private takeName(old: string, name: string): void {
    const entry = this.merged.targets.get(old);
    if (entry === undefined || this.merged.stays(old) || !this.wanted.has(name)) return;
    const { bornAs: _, ...rest } = entry;
    const origin = originOf(old, entry);
    this.merged.targets.delete(old);
    this.merged.targets.set(name, origin === name ? rest : { ...rest, bornAs: origin });
  }

  /** A target that a side still has from before the base removed or moved it. */
  private goneFromBase(name: string, { shard, listenerPort, bornAs }: LockedTarget): boolean {
    return this.base.retired.some(
      (port) =>
        port.shard === shard && port.listenerPort === listenerPort && (port.target === name || port.target === bornAs),
    );
  }

  private takeTarget(side: LockedRouter, name: string, entry: LockedTarget): void {
    const { shard } = entry;
    const sideShard = Object.hasOwn(side.shards, shard) ? side.shards[shard] : undefined;
    if (!this.merged.stays(name)) {
      this.leaving.push(...retiredPorts(name, entry));
      return;
    }
    if (!fitsShard(this.merged, this.room, name, entry, sideShard)) return;
    if (!this.merged.shards.has(shard)) this.start(shard, sideShard);
    const begun = this.merged.started.get(shard);
    for (const domain of this.merged.domainsOf(name, entry)) begun?.add(domain);
    if (begun !== undefined) this.merged.shards.set(shard, { ...this.shardOf(shard), domains: [...begun].sort() });
    if (!fitsPort(this.merged, entry) || !fitsOrigin(this.merged, name, entry)) return;
    const forwarder = forwarderIn(this.merged, this.otherPorts, entry);
    if (forwarder === undefined) return;
    const taken = [...this.merged.targets.values()].some(
      ({ targetGroupName }) => targetGroupName !== undefined && targetGroupName === entry.targetGroupName,
    );
    const { targetGroupName, forwarderPort: _, ...ours } = entry;
    this.merged.targets.set(name, { ...ours, ...forwarder, ...(taken ? {} : defined({ targetGroupName })) });
  }

  private shardOf(key: string): LockedShard {
    return this.merged.shards.get(key) ?? { domains: [] };
  }

  /** Opens a shard that only a side has; names that were taken over are given once. */
  private start(key: string, shard: LockedShard | undefined): void {
    const { loadBalancerName, securityGroupName, ...rest } = shard ?? { domains: [] };
    const others = [...this.merged.shards.values()];
    const balancerFree = !others.some((one) => one.loadBalancerName === loadBalancerName);
    const groupFree = !others.some((one) => one.securityGroupName === securityGroupName);
    this.merged.shards.set(key, {
      ...rest,
      ...(loadBalancerName !== undefined && balancerFree ? { loadBalancerName } : {}),
      ...(securityGroupName !== undefined && groupFree ? { securityGroupName } : {}),
      domains: [],
    });
    if (rest.pool !== undefined) this.merged.pools?.add(rest.pool);
    this.merged.started.set(key, new Set());
  }

  private retiredInUse({ shard, listenerPort, target }: RetiredPort, holder: string): Finding {
    return warning(
      'PLR2821',
      routerPath(this.router.name),
      `port ${listenerPort} of shard ${shard} of ${this.router.name} is retired in the lock that is merged (it last reached ${target}), but ${holder} has it and keeps it, as in that of ${this.reference}`,
      `Clients that still dial port ${listenerPort} for ${target} reach ${holder}: make sure that there are none.`,
    );
  }
}

function poolOf(pool: string | undefined): Pick<LockedShard, 'pool'> {
  return pool === undefined ? {} : { pool };
}
