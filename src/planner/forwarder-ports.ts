import { type Finding, lockedForwarderPort, type RetiredPort } from '../model';
import { error, shortList, targetPath } from './findings';
import { releaseCommand } from './release';

/** Where forwarders listen when the port that clients dial is taken on the machines. */
export interface OtherPorts {
  readonly lowest: number;
  readonly highest: number;
  /** Ports that none of them may be, with the reason. */
  readonly refused: ReadonlyMap<number, string>;
}

/** What clients dial on a shard, and the forwarders' port for it as a lock keeps it: none where it is the same. */
type Listener = Pick<RetiredPort, 'shard' | 'listenerPort' | 'forwarderPort'>;

/**
 * The ports that forwarders listen on, while a router is planned. A load balancer takes a port of its machines once for all
 * its frontends, so each listener of a pool has one that no other listener of the pool has, or had before a release: its own
 * where that is free, else the lowest free one above those of outgoing connections. Where there is no pool, or one shard to a
 * pool, it is always the listener's own.
 */
export class ForwarderPorts {
  /** By pool. */
  private readonly taken = new Map<string, Set<number>>();
  /** By shard and listener port. */
  private readonly given = new Map<string, number>();

  /**
   * @param range undefined: forwarders listen on what clients dial, or there are none
   * @param poolOf the pool of a shard, of one that is gone too
   */
  public constructor(
    private readonly range: OtherPorts | undefined,
    private readonly poolOf: (shard: string) => string,
  ) {}

  /** Notes what forwarders listen on, or listened on, for a listener of the lock. @returns what the lock goes on to keep */
  public keep(listener: Listener): Pick<Listener, 'forwarderPort'> {
    return this.note(listener, lockedForwarderPort(listener));
  }

  /** What forwarders listen on for a listener that is new, as the lock keeps it; undefined where no port is left. */
  public give(listener: Omit<Listener, 'forwarderPort'>): Pick<Listener, 'forwarderPort'> | undefined {
    const taken = this.takenOn(listener.shard);
    const own = taken.has(listener.listenerPort) ? this.lowestFree(taken) : listener.listenerPort;
    const port = this.given.get(keyOf(listener)) ?? own;
    return port === undefined ? undefined : this.note(listener, port);
  }

  private note(listener: Omit<Listener, 'forwarderPort'>, forwarderPort: number): Pick<Listener, 'forwarderPort'> {
    if (this.range === undefined) return {};
    this.takenOn(listener.shard).add(forwarderPort);
    this.given.set(keyOf(listener), forwarderPort);
    return forwarderPort === listener.listenerPort ? {} : { forwarderPort };
  }

  private takenOn(shard: string): Set<number> {
    const pool = this.poolOf(shard);
    const taken = this.taken.get(pool) ?? new Set();
    this.taken.set(pool, taken);
    return taken;
  }

  private lowestFree(taken: ReadonlySet<number>): number | undefined {
    if (this.range === undefined) return undefined;
    const { lowest, highest, refused } = this.range;
    for (let port = lowest; port <= highest; port += 1) if (!taken.has(port) && !refused.has(port)) return port;
    return undefined;
  }
}

function keyOf({ shard, listenerPort }: Omit<Listener, 'forwarderPort'>): string {
  return `${shard}:${listenerPort}`;
}

/** A pool whose forwarders have no port left. */
interface FullPool {
  readonly router: string;
  /** Its key. */
  readonly pool: string;
  readonly poolOf: (shard: string) => string;
  readonly range: OtherPorts;
  /** Those of the router that the lock keeps now. */
  readonly retired: readonly RetiredPort[];
}

/** Says for which targets the forwarders of a pool have no port left (PLR2205). */
export function noForwarderPort(
  { router, pool, poolOf, range, retired }: FullPool,
  targets: readonly string[],
): Finding {
  const { lowest, highest } = range;
  const [first = ''] = targets;
  const message = `the forwarders of pool ${pool} of ${router} listen on the ports of ${shortList(targets)} for listeners of other shards, in use or retired, and none of the ports from ${lowest} to ${highest} is free instead`;
  const releasable = retired.find((one) => poolOf(one.shard) === pool && lockedForwarderPort(one) >= lowest);
  const release =
    releasable === undefined
      ? ''
      : ` Or release a retired port that no client dials any more: \`${releaseCommand(router, releasable, retired)}\`.`;
  const fix = `Choose a \`listenPort\` that no target of the pool has or had, or use a second router.${release}`;
  return error('PLR2205', targetPath(router, first), message, fix);
}
