import {
  domainsOf,
  type LockedTarget,
  nameAndPath,
  type RetiredPort,
  type Selector,
  selectorsOf,
  sharedRoute,
  type Target,
} from '../model';
import { retiredPorts } from './release';

/** Whether a target that keeps its place chooses, or is chosen, in another way than the lock has it. */
export function otherRoute(target: Target, locked: LockedTarget): boolean {
  return sharedRoute(target.route) !== locked.route;
}

/**
 * The names of a shared port that a target leaves which keeps its place: it has other domains now, or another path. Where it had
 * the whole port before, they are those that led to it.
 */
export function namesGivenUp(target: Target, locked: LockedTarget): readonly RetiredPort[] {
  const route = sharedRoute(target.route);
  if (route === undefined) return [];
  const domains = domainsOf(locked);
  const had: readonly Selector[] = selectorsOf({ ...locked, route, domains });
  const has = new Set(selectorsOf(target).map(nameAndPath));
  const left = new Set(had.map(nameAndPath).filter((name) => !has.has(name)));
  if (left.size === 0) return [];
  return retiredPorts(target.name, { ...locked, route }).filter((one) => left.has(nameAndPath(one)));
}
