import { type LockedRouter, type LockedTarget, sortedEntries, type ValuePath } from '../model';

/** One entry of a map whose keys must be unique; the first to come keeps it. */
export interface Owner {
  readonly name: string;
  readonly path: ValuePath;
}

/** The targets of a router by name, with their places in the lock. */
export function targetsOf(router: LockedRouter, path: ValuePath): readonly (readonly [LockedTarget, Owner])[] {
  return sortedEntries(router.targets).map(([name, target]) => [target, { name, path: [...path, 'targets', name] }]);
}
