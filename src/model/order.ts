import type { Diagnostic } from './diagnostic';
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

/** Retired ports by shard, then by port, by name and by path. */
export function compareRetired(a: RetiredPort, b: RetiredPort): number {
  return (
    compareShards(a.shard, b.shard) ||
    a.listenerPort - b.listenerPort ||
    compareText(a.name ?? '', b.name ?? '') ||
    compareText(a.path ?? '', b.path ?? '')
  );
}

/** The entries of a map by key. */
export function sortedEntries<T>(
  map: Readonly<Record<string, T>>,
  compare: (a: string, b: string) => number = compareText,
): readonly (readonly [string, T])[] {
  return Object.entries(map).sort(([a], [b]) => compare(a, b));
}

/** IPv4 addresses without duplicates, by number: .9 before .10 before .100. */
export function sortAddresses(addresses: readonly string[]): string[] {
  return [...new Set(addresses)].sort((a, b) => addressNumber(a) - addressNumber(b));
}

function addressNumber(address: string): number {
  return address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

/** In the order in which a person corrects them: by file, line and column, then by code. What has no place comes first. */
export function compareDiagnostics(a: Diagnostic, b: Diagnostic): number {
  return (
    compareText(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.code, b.code) ||
    compareText(a.path, b.path)
  );
}
