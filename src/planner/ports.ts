import {
  clash,
  defined,
  HIGHEST_PORT,
  nameAndPath,
  type RetiredPort,
  type Selector,
  type SharedRoute,
  shortList,
} from '../model';

/** Who has a port, or names of it, and how it was given. */
export interface Holder {
  readonly target: string;
  readonly portFrom?: 'listenPort' | 'preserve';
  readonly selectors: readonly Selector[];
}

/** Why a port is not to be had on a shard, or a name of it. `shard` and `on` say where it is taken. */
export type Obstacle =
  | { readonly kind: 'reserved'; readonly why: string }
  | {
      readonly kind: 'retired';
      readonly target: string;
      readonly shard: string;
      readonly selector: Selector;
      readonly same: boolean;
    }
  | {
      readonly kind: 'held';
      readonly target: string;
      readonly on: string;
      readonly route?: SharedRoute;
      readonly names: readonly string[];
    }
  | { readonly kind: 'base-port'; readonly target: string; readonly retired: false }
  | { readonly kind: 'base-port'; readonly target: string; readonly retired: true; readonly shard: string };

/** Who has a port that base-port gave, or had it, and on which shard. */
type GivenByBasePort =
  | { readonly target: string; readonly retired: false }
  | { readonly target: string; readonly retired: true; readonly shard: string };

/** What of ports the cloud decides. */
interface PortRules {
  /** The load balancer of a shard, of one that is gone too. */
  readonly balancerOf: (shard: string) => string;
  /** Ports that no listener may have, with the reason. */
  readonly reserved: ReadonlyMap<number, string>;
}

/**
 * The listener ports of one router while it is planned. A port that base-port gave belongs to one target of the whole
 * router, in use or retired; any other one belongs to one target of its shard, or to those that share it, each with names of its
 * own. Wrong ports are then refused by the network rather than answered by another database.
 */
export class PortBook {
  private readonly held = new Map<string, Map<number, Holder[]>>();
  private readonly retiredPorts = new Map<string, Map<number, RetiredPort[]>>();
  /** By load balancer and port: a shard that has the port, or had it. */
  private readonly nearby = new Map<string, Map<number, string>>();
  private readonly fromBasePort = new Map<number, GivenByBasePort>();
  /** Every port that base-port must not give: reserved, held or retired, on any shard. */
  private readonly taken: Set<number>;
  private next: number;

  /** @param basePort where base-port starts to look */
  public constructor(
    basePort: number,
    private readonly rules: PortRules,
  ) {
    this.next = basePort;
    this.taken = new Set(rules.reserved.keys());
  }

  /** Notes who has a port of a shard, or names of it. */
  public hold(shard: string, port: number, holder: Holder): void {
    add(submap(this.held, shard), port, holder);
    this.noteNearby(shard, port);
    this.taken.add(port);
    if (holder.portFrom === undefined) this.fromBasePort.set(port, { target: holder.target, retired: false });
  }

  /** Notes a port, or a name of it, that no target of its shard gets before it is released. */
  public retire(retired: RetiredPort): void {
    add(submap(this.retiredPorts, retired.shard), retired.listenerPort, retired);
    this.noteNearby(retired.shard, retired.listenerPort);
    this.taken.add(retired.listenerPort);
    if (retired.portFrom === undefined && !this.fromBasePort.has(retired.listenerPort)) {
      this.fromBasePort.set(retired.listenerPort, {
        target: retired.target,
        retired: true,
        shard: retired.shard,
      });
    }
  }

  /** Why a target cannot have a port of a shard that it asks for, or names of it; undefined where it can. */
  public obstacle(shard: string, port: number, selectors: readonly Selector[]): Obstacle | undefined {
    const there = this.inUse(shard, port, selectors);
    if (there !== undefined) return there;
    const given = this.fromBasePort.get(port);
    return given === undefined ? undefined : { kind: 'base-port', ...given };
  }

  /** The same for a target that did not ask: on Azure it leaves what another shard of the pool has, or had, alone too. */
  public obstacleUnasked(shard: string, port: number, selectors: readonly Selector[]): Obstacle | undefined {
    const there = this.nearby.get(this.rules.balancerOf(shard))?.get(port);
    return this.obstacle(there ?? shard, port, selectors);
  }

  /** The same for a target that has the port already: it brings it along from another shard, or changes its route. */
  public inUse(shard: string, port: number, selectors: readonly Selector[]): Obstacle | undefined {
    const why = this.rules.reserved.get(port);
    if (why !== undefined) return { kind: 'reserved', why };
    const meets = (other: Selector): boolean => selectors.some((one) => clash(one, other));
    const retired = this.retiredPorts.get(shard)?.get(port)?.find(meets);
    if (retired !== undefined) {
      const { target, route, name, path } = retired;
      const same = selectors.some((one) => one.route === route && nameAndPath(one) === nameAndPath(retired));
      return { kind: 'retired', target, shard, selector: defined({ route, name, path }), same };
    }
    const held = this.held
      .get(shard)
      ?.get(port)
      ?.find((one) => one.selectors.some(meets));
    return held === undefined ? undefined : heldBy(held, shard, selectors);
  }

  /** The lowest port from `basePort` that nothing in the router has or had; undefined where none is left. */
  public lowestFree(): number | undefined {
    while (this.next <= HIGHEST_PORT && this.taken.has(this.next)) this.next += 1;
    return this.next <= HIGHEST_PORT ? this.next : undefined;
  }

  private noteNearby(shard: string, port: number): void {
    const ports = submap(this.nearby, this.rules.balancerOf(shard));
    if (!ports.has(port)) ports.set(port, shard);
  }
}

function heldBy({ target, selectors: theirs }: Holder, on: string, ours: readonly Selector[]): Obstacle {
  const [route] = theirs.map((one) => one.route);
  const alike = ours.every((one) => one.route === route);
  const names = alike ? theirs.filter((one) => ours.some((own) => clash(own, one))).map(nameAndPath) : [];
  return { kind: 'held', target, on, ...defined({ route }), names: names.filter((name) => name !== '') };
}

/** An obstacle as the second half of a sentence about a port. */
export function obstacleWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'reserved':
      return obstacle.why;
    case 'retired':
      return `on shard ${obstacle.shard} ${retiredWords(obstacle)}`;
    case 'held':
      return `on shard ${obstacle.on} ${obstacle.target} has ${heldWords(obstacle)}`;
    case 'base-port':
      return `base-port gave it to ${obstacle.target}${obstacle.retired ? ', which is gone' : ''}, and such a port belongs to one target of the router`;
  }
}

function retiredWords({ target, selector, same }: Extract<Obstacle, { readonly kind: 'retired' }>): string {
  const name = nameAndPath(selector);
  if (name === '') return `it is retired and last reached ${target}`;
  return same
    ? `the name ${name} is retired there and last reached ${target}`
    : `names of it are retired (${name}, last reached ${target})`;
}

function heldWords({ route, names }: Extract<Obstacle, { readonly kind: 'held' }>): string {
  if (names.length > 0) return `the ${names.length > 1 ? 'names' : 'name'} ${shortList(names)} there`;
  return route === undefined ? 'it' : `it with route ${route}`;
}

function add<T>(map: Map<number, T[]>, key: number, value: T): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

function submap<T>(maps: Map<string, Map<number, T>>, key: string): Map<number, T> {
  const found = maps.get(key) ?? new Map<number, T>();
  maps.set(key, found);
  return found;
}
