import { HIGHEST_PORT, type RetiredPort } from '../model';

/** Who has a port, and how it was given. */
export interface Holder {
  readonly target: string;
  readonly portFrom?: 'listenPort' | 'preserve';
}

/** Why a port is not to be had on a load balancer, which `on` names. */
export type Obstacle =
  | { readonly kind: 'reserved'; readonly why: string }
  | { readonly kind: 'retired'; readonly target: string; readonly on: string; readonly shard: string }
  | { readonly kind: 'held'; readonly target: string; readonly on: string }
  | { readonly kind: 'base-port'; readonly target: string; readonly retired: false }
  | { readonly kind: 'base-port'; readonly target: string; readonly retired: true; readonly shard: string };

/** Who has a port that base-port gave, or had it, and on which shard. */
type GivenByBasePort =
  | { readonly target: string; readonly retired: false }
  | { readonly target: string; readonly retired: true; readonly shard: string };

/** What of ports the cloud decides. */
interface PortRules {
  /** A load balancer in words, by its key. */
  readonly balancerWords: (key: string) => string;
  /** Ports that no listener may have, with the reason. */
  readonly reserved: ReadonlyMap<number, string>;
}

/**
 * The listener ports of one router while it is planned. A port that base-port gave belongs to one target of the whole
 * router, in use or retired; any other one belongs to one target of its load balancer. Wrong ports are then refused by
 * the network rather than answered by another database.
 */
export class PortBook {
  private readonly held = new Map<string, Map<number, Holder>>();
  private readonly retiredPorts = new Map<string, Map<number, RetiredPort>>();
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

  /** Notes who has a port of a load balancer. */
  public hold(balancer: string, port: number, holder: Holder): void {
    submap(this.held, balancer).set(port, holder);
    this.taken.add(port);
    if (holder.portFrom === undefined) this.fromBasePort.set(port, { target: holder.target, retired: false });
  }

  /** Notes a port of a load balancer that no target gets before it is released. */
  public retire(balancer: string, retired: RetiredPort): void {
    submap(this.retiredPorts, balancer).set(retired.listenerPort, retired);
    this.taken.add(retired.listenerPort);
    if (retired.portFrom === undefined && !this.fromBasePort.has(retired.listenerPort)) {
      this.fromBasePort.set(retired.listenerPort, {
        target: retired.target,
        retired: true,
        shard: retired.shard,
      });
    }
  }

  /** Why a target cannot have a port of a load balancer that it asks for; undefined where it can. */
  public obstacle(balancer: string, port: number): Obstacle | undefined {
    const there = this.inUse(balancer, port);
    if (there !== undefined) return there;
    const given = this.fromBasePort.get(port);
    return given === undefined ? undefined : { kind: 'base-port', ...given };
  }

  /** The same for a target that has the port already and brings it along from another load balancer. */
  public inUse(balancer: string, port: number): Obstacle | undefined {
    const why = this.rules.reserved.get(port);
    if (why !== undefined) return { kind: 'reserved', why };
    const on = this.rules.balancerWords(balancer);
    const retired = this.retiredPorts.get(balancer)?.get(port);
    if (retired !== undefined) return { kind: 'retired', target: retired.target, on, shard: retired.shard };
    const held = this.held.get(balancer)?.get(port);
    return held === undefined ? undefined : { kind: 'held', target: held.target, on };
  }

  /** The lowest port from `basePort` that nothing in the router has or had; undefined where none is left. */
  public lowestFree(): number | undefined {
    while (this.next <= HIGHEST_PORT && this.taken.has(this.next)) this.next += 1;
    return this.next <= HIGHEST_PORT ? this.next : undefined;
  }
}

/** An obstacle as the second half of a sentence about a port. */
export function obstacleWords(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'reserved':
      return obstacle.why;
    case 'retired':
      return `on ${obstacle.on} it is retired and last reached ${obstacle.target}`;
    case 'held':
      return `on ${obstacle.on} ${obstacle.target} has it`;
    case 'base-port':
      return `base-port gave it to ${obstacle.target}${obstacle.retired ? ', which is gone' : ''}, and such a port belongs to one target of the router`;
  }
}

function submap<T>(maps: Map<string, Map<number, T>>, key: string): Map<number, T> {
  const found = maps.get(key) ?? new Map<number, T>();
  maps.set(key, found);
  return found;
}
