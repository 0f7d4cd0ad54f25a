import { compareShards, type LockedRouter, type Router } from '../model';
import { moveInRouter } from './move';
import { moveCommand } from './move-checks';
import { nextShard } from './shards';

/** A move that `lock move` takes with this inventory, or why it takes none. */
export type MoveAdvice =
  | {
      readonly command: string;
      readonly shard: string;
      /** Shards that it leaves without a target. */
      readonly empties: readonly string[];
    }
  | { readonly refusal: string };

/**
 * What `lock move` makes of targets that should go to a shard: it is tried, so that no advice is given that fails.
 * @param targets names as the inventory has them
 */
export function moveAdvice(
  router: Router,
  locked: LockedRouter,
  targets: readonly string[],
  shard: string,
): MoveAdvice {
  const names = targets.map((name) => nameInLock(router, locked, name));
  const move = moveInRouter(locked, router, names, shard);
  if (!('locked' in move)) return { refusal: move.findings.map(({ message }) => message).join('; ') };
  const { locked: after } = move;
  const taken = new Set(Object.values(after.targets).map((entry) => entry.shard));
  const left = new Set(names.map((name) => locked.targets[name]?.shard ?? shard));
  const empties = [...left].filter((key) => !taken.has(key)).sort(compareShards);
  return { command: moveCommand(router.name, names, shard), shard, empties };
}

/** The first shard that takes these targets: those in use by number, then a new one; undefined where none does. */
export function moveAnywhere(router: Router, locked: LockedRouter, targets: readonly string[]): MoveAdvice | undefined {
  const open = Object.keys(locked.shards).filter((key) => locked.shards[key]?.state === undefined);
  const shards = [...open.sort(compareShards), nextShard(locked)];
  return shards.map((shard) => moveAdvice(router, locked, targets, shard)).find((advice) => 'command' in advice);
}

/** `lock move` takes the names of the lock: of a target that this run renames, the old one. */
function nameInLock(router: Router, locked: LockedRouter, name: string): string {
  const renamedFrom = router.targets.find((target) => target.name === name)?.renamedFrom;
  return renamedFrom === undefined || Object.hasOwn(locked.targets, name) ? name : renamedFrom;
}
