import { comparePools, poolNumber, type Target } from '../model';
import type { OpenBalancer, Seated, ShardRoom } from './open-shard';

/** The load balancers of one router while it is planned. */
export class BalancerBook<T extends Seated = Target> {
  /** Every pool that the router ever had, by number; empty where each shard has a load balancer of its own. */
  public readonly pools: string[];
  /** True where shards share load balancers. */
  public readonly pooled: boolean;
  private readonly open = new Map<string, OpenBalancer<T>>();

  /** @param pools the pools that the lock knows; undefined: each shard has a load balancer of its own */
  public constructor(
    pools: readonly string[] | undefined,
    private readonly room: ShardRoom,
  ) {
    this.pooled = pools !== undefined;
    this.pools = [...(pools ?? [])].sort(comparePools);
  }

  /** The load balancer of a shard that the lock knows. */
  public known(shard: string, pool: string | undefined): OpenBalancer<T> {
    const key = pool ?? shard;
    return this.open.get(key) ?? this.add(key);
  }

  /** The load balancer for a new shard: the lowest-numbered pool with room for it, whatever its ports, else a new one. */
  public forNew(shard: string, listeners: number): OpenBalancer<T> {
    return this.withRoom(listeners) ?? this.add(this.pooled ? this.nextPool() : shard);
  }

  public hasListenerRoom(balancer: OpenBalancer<T>, listeners: number): boolean {
    return balancer.listeners + listeners <= this.room.listeners;
  }

  private withRoom(listeners: number): OpenBalancer<T> | undefined {
    if (!this.pooled) return undefined;
    // A pool of which every shard is gone is gone itself, and so is not open.
    const open = this.pools.map((key) => this.open.get(key)).filter((balancer) => balancer !== undefined);
    return open.find(
      (balancer) => balancer.shards.length < this.room.shards && this.hasListenerRoom(balancer, listeners),
    );
  }

  private nextPool(): string {
    const last = this.pools.at(-1);
    const key = `p${last === undefined ? 1 : poolNumber(last) + 1}`;
    this.pools.push(key);
    return key;
  }

  private add(key: string): OpenBalancer<T> {
    const balancer: OpenBalancer<T> = { key, shards: [], listeners: 0 };
    this.open.set(key, balancer);
    return balancer;
  }
}
