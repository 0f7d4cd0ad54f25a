import type { RetiredPort } from '../model';

/** Who has a port, and how it was given. */
export interface Holder {
  readonly target: string;
  readonly portFrom?: 'listenPort' | 'preserve';
}

/** Why a port is not to be had on a shard. */
export type Obstacle =
  | { readonly kind: 'retired'; readonly target: string; readonly shard: string }
  | { readonly kind: 'held'; readonly target: string; readonly shard: string }
  | { readonly kind: 'base-port'; readonly target: string; readonly retired: boolean };

const HIGHEST_PORT = 65_535;

/**
 * The listener ports of one router while it is planned. A port that base-port gave belongs to one target of the whole
 * router, in use or retired; any other one belongs to one target of its shard. Wrong ports are then refused by the
 * network rather than answered by another database.
 */
export class PortBook {
  private readonly held = new Map<string, Map<number, Holder>>();
  private readonly retiredPorts = new Map<string, Map<number, RetiredPort>>();
  private readonly fromBasePort = new Map<number, { readonly target: string; readonly retired: boolean }>();
  /** Every port that base-port must not give: held or retired, on any shard. */
  private readonly taken = new Set<number>();
  private next: number;

  /** @param basePort where base-port starts to look */
  public constructor(basePort: number) {
    this.next = basePort;
  }

  /** Notes who has a port. */
  public hold(shard: string, port: number, holder: Holder): void {
    submap(this.held, shard).set(port, holder);
    this.taken.add(port);
    if (holder.portFrom === undefined) this.fromBasePort.set(port, { target: holder.target, retired: false });
  }

  /** Notes a port that no target gets before it is released. */
  public retire(retired: RetiredPort): void {
    submap(this.retiredPorts, retired.shard).set(retired.listenerPort, retired);
    this.taken.add(retired.listenerPort);
    if (retired.portFrom === undefined && !this.fromBasePort.has(retired.listenerPort)) {
      this.fromBasePort.set(retired.listenerPort, { target: retired.target, retired: true });
    }
  }

  /** Why a target cannot have a port that it asks for; undefined where it can. */
  public obstacle(shard: string, port: number): Obstacle | undefined {
    const retired = this.retiredPorts.get(shard)?.get(port);
    if (retired !== undefined) return { kind: 'retired', target: retired.target, shard };
    const held = this.held.get(shard)?.get(port);
    if (held !== undefined) return { kind: 'held', target: held.target, shard };
    const given = this.fromBasePort.get(port);
    return given === undefined ? undefined : { kind: 'base-port', ...given };
  }

  /** The lowest port from `basePort` that nothing in the router has or had; undefined where none is left. */
  public lowestFree(): number | undefined {
    while (this.next <= HIGHEST_PORT && this.taken.has(this.next)) this.next += 1;
    return this.next <= HIGHEST_PORT ? this.next : undefined;
  }
}

function submap<T>(maps: Map<string, Map<number, T>>, key: string): Map<number, T> {
  const found = maps.get(key) ?? new Map<number, T>();
  maps.set(key, found);
  return found;
}
