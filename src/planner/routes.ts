import {
  defined,
  type LockedTarget,
  lockedSelectors,
  nameAndPath,
  type RetiredPort,
  selectorsOf,
  sharedRoute,
  type Target,
} from '../model';
import { retiredPorts } from './release';

/** Whether a target that keeps its port has another route than the lock says, or names that it did not have there. */
export function dialledAnew(target: Target, locked: LockedTarget): boolean {
  if (sharedRoute(target.route) !== locked.route) return true;
  const had = new Set(lockedSelectors(locked).map(nameAndPath));
  return selectorsOf(target).some((one) => !had.has(nameAndPath(one)));
}

/**
 * The names of a shared port that a target leaves which keeps its place: it has other domains now, or another path. Where it had
 * the whole port before, they are those that led to it.
 */
export function namesGivenUp(target: Target, locked: LockedTarget): readonly RetiredPort[] {
  const route = sharedRoute(target.route);
  if (route === undefined) return [];
  const { path, ...rest } = locked;
  // A path chooses among the targets of a name with `http` alone.
  const had: LockedTarget = { ...rest, route, ...(route === 'http' ? defined({ path }) : {}) };
  const has = new Set(selectorsOf(target).map(nameAndPath));
  const left = new Set(
    lockedSelectors(had)
      .map(nameAndPath)
      .filter((name) => !has.has(name)),
  );
  if (left.size === 0) return [];
  return retiredPorts(target.name, had).filter((one) => left.has(nameAndPath(one)));
}
