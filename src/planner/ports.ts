import { HIGHEST_PORT, type RetiredPort } from '../model';

/** Who has a port, and how it was given. */
export interface Holder {
  readonly target: string;
  readonly portFrom?: 'listenPort' | 'preserve';
}

/** Why a port is not to be had on a shard. `shard` and `on` say where it is taken. */
export type Obstacle =
  | { readonly kind: 'reserved'; readonly why: string }
  | { readonly kind: 'retired'; readonly target: string; readonly shard: string }
  | { readonly kind: 'held'; readonly target: string; readonly on: string }
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
 * router, in use or retired; any other one belongs to one target of its shard. Wrong ports are then refused by the network
 * rather than answered by another database.
 */
export class PortBook {
  private readonly held = new Map<string, Map<number, Holder>>();
  private readonly retiredPorts = new Map<string, Map<number, RetiredPort>>();
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

  /** Notes who has a port of a shard. */
  public hold(shard: string, port: number, holder: Holder): void {
    submap(this.held, shard).set(port, holder);
    this.noteNearby(shard, port);
    this.taken.add(port);
    if (holder.portFrom === undefined) this.fromBasePort.set(port, { target: holder.target, retired: false });
  }

  /** Notes a port that no target of its shard gets before it is released. */
  public retire(retired: RetiredPort): void {
    submap(this.retiredPorts, retired.shard).set(retired.listenerPort, retired);
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

  /** Why a target cannot have a port of a shard that it asks for; undefined where it can. */
  public obstacle(shard: string, port: number): Obstacle | undefined {
    const there = this.inUse(shard, port);
    if (there !== undefined) return there;
    const given = this.fromBasePort.get(port);
    return given === undefined ? undefined : { kind: 'base-port', ...given };
  }

  /** The same for a target that did not ask: on Azure it leaves what another shard of the pool has, or had, alone too. */
  public obstacleUnasked(shard: string, port: number): Obstacle | undefined {
    const there = this.nearby.get(this.rules.balancerOf(shard))?.get(port);
    return this.obstacle(there ?? shard, port);
  }

  /** The same for a target that has the port already and brings it along from another shard. */
  public inUse(shard: string, port: number): Obstacle | undefined {
    const why = this.rules.reserved.get(port);
    if (why !== undefined) return { kind: 'reserved', why };
    const retired = this.retiredPorts.get(shard)?.get(port);
    if (retired !== undefined) return { kind: 'retired', target: retired.target, shard };
    const held = this.held.get(shard)?.get(port);
    return held === undefined ? undefined : { kind: 'held', target: held.target, on: shard };
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

/** An obstacle as the second half of a sentence about a port. */
export function obstacleWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'reserved':
      return obstacle.why;
    case 'retired':
      return `on shard ${obstacle.shard} it is retired and last reached ${obstacle.target}`;
    case 'held':
      return `on shard ${obstacle.on} ${obstacle.target} has it`;
    case 'base-port':
      return `base-port gave it to ${obstacle.target}${obstacle.retired ? ', which is gone' : ''}, and such a port belongs to one target of the router`;
  }
}

function submap<T>(maps: Map<string, Map<number, T>>, key: string): Map<number, T> {
  const found = maps.get(key) ?? new Map<number, T>();
  maps.set(key, found);
  return found;
}
