import type { RetiredPort } from './lock';

/** By code units: the same on every machine, whatever its language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** The number of a shard's key, `s12` → 12. */
export function shardNumber(key: string): number {
  return Number(key.slice(1));
}

/** Shards by number: `s2` before `s10`. */
export function compareShards(a: string, b: string): number {
  return shardNumber(a) - shardNumber(b);
}

/** The number of a pool's key, `p12` → 12. */
export function poolNumber(key: string): number {
  return Number(key.slice(1));
}

/** Pools by number: `p2` before `p10`. */
export function comparePools(a: string, b: string): number {
  return poolNumber(a) - poolNumber(b);
}

/** Retired ports by shard, then by port. */
export function compareRetired(a: RetiredPort, b: RetiredPort): number {
  return compareShards(a.shard, b.shard) || a.listenerPort - b.listenerPort;
}
