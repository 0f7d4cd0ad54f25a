import { machineSize } from '../../limits';
import { type AzureRouter, comparePools, type Finding, type LockedRouter } from '../../model';
import { error, routerPath, shortList } from '../findings';
import type { ShardState } from '../teardown';

/**
 * The pools whose machines have accelerated networking: those that were made with it, and of new pools every one whose
 * size is known to have it. A pool that exists is never switched, since Azure does that only once all its machines are
 * deallocated.
 *
 * @param size that new machines get; undefined: not known, and so without
 * @param pools all pools of the router, new ones included
 */
export function acceleratedPools(
  size: string | undefined,
  pools: readonly string[],
  locked: LockedRouter | undefined,
): readonly string[] {
  const made = new Set(locked?.acceleratedPools);
  const known = new Set(locked?.pools);
  const fresh = size !== undefined && machineSize(size)?.acceleratedNetworking === true;
  return pools.filter((pool) => made.has(pool) || (fresh && !known.has(pool))).sort(comparePools);
}

/** Refuses a size without accelerated networking for machines that have it (PLR2524), as Azure does. */
export function accelerationFindings(
  router: AzureRouter,
  locked: LockedRouter | undefined,
  states: ReadonlyMap<string, ShardState>,
): readonly Finding[] {
  const { size } = router.azure.forwarder;
  if (locked === undefined || locked.teardown === 'destroy') return [];
  if (machineSize(size)?.acceleratedNetworking !== false) return [];
  const standing = new Set(
    [...states].flatMap(([key, state]) => (state === 'removed' ? [] : (locked.shards[key]?.pool ?? []))),
  );
  const pools = (locked.acceleratedPools ?? []).filter((pool) => standing.has(pool));
  if (pools.length === 0) return [];
  return [
    error(
      'PLR2524',
      routerPath(router.name, 'azure', 'forwarder', 'size'),
      `the machines of ${shortList(pools)} of ${router.name} have accelerated networking, and the size ${size} has none: Azure refuses the change`,
      'Use a size that has it. To go without, switch it off first, with all machines of the pool deallocated: docs/accelerated-networking.md.',
    ),
  ];
}
