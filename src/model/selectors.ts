import { type Route, type SharedRoute, sharedRoute } from './inventory';
import { domainsOf, type LockedDomains, type LockedTarget } from './lock';

/** What on a listener leads to one target: with `tcp` the whole port, else a name, and with `http` perhaps a path below it. */
export interface Selector {
  /** Absent: `tcp`. */
  readonly route?: SharedRoute;
  /** Present with a route. */
  readonly name?: string;
  /** `http` only. */
  readonly path?: string;
}

const WHOLE_PORT: Selector = {};

/** What leads to a target on its listener: one selector for each of its names where it shares the listener. */
export function selectorsOf({
  route = 'tcp',
  path,
  domains,
}: {
  readonly route?: Route;
  readonly path?: string;
  readonly domains: readonly string[];
}): readonly Selector[] {
  const shared = sharedRoute(route);
  if (shared === undefined) return [WHOLE_PORT];
  return domains.map((name) => ({ route: shared, name, ...(path === undefined ? {} : { path }) }));
}

/** What leads to a target of a lock. */
export function lockedSelectors(locked: Pick<LockedTarget, 'route' | 'path'> & LockedDomains): readonly Selector[] {
  return selectorsOf({ ...locked, domains: domainsOf(locked) });
}

/** A name with its path, as people write them after each other; empty for a whole port. */
export function nameAndPath({ name = '', path = '' }: Selector): string {
  return `${name}${path}`;
}

/** Whether two selectors cannot be on one listener: they are the same, or the listener would have to choose in two ways. */
export function clash(one: Selector, other: Selector): boolean {
  if (one.route === undefined || one.route !== other.route) return true;
  return nameAndPath(one) === nameAndPath(other);
}

/** The same of two things that are dialled on one listener: whether a selector of the one and one of the other cannot be. */
export function anyClash(ones: readonly Selector[], others: readonly Selector[]): boolean {
  return ones.some((one) => others.some((other) => clash(one, other)));
}
