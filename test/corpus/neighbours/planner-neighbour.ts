import type { Lock, Router } from '../../../src/model';
import { accept, NOTHING, router, target, targets } from '../../planner/support';

/** Routers and a lock that the planner takes without a word, as near as can be to what a code refuses. */
export interface PlannerNeighbour {
  readonly code: string;
  readonly name: string;
  readonly routers: readonly Router[];
  /** Default: an empty one. */
  readonly lock?: Lock;
  /** The codes of what is said all the same. Default: nothing. */
  readonly warnings?: readonly string[];
  /** `shard:port` of targets of the first router afterwards. */
  readonly places?: Readonly<Record<string, string>>;
}

/** A neighbour of one router, or of several. */
export function legal(
  code: string,
  name: string,
  routers: Router | readonly Router[],
  more: Partial<PlannerNeighbour> = {},
): PlannerNeighbour {
  const all = 'name' in routers ? [routers] : routers;
  return { code, name, routers: all, ...more };
}

/** The lock after each of these was planned in turn. */
export function after(...steps: readonly Router[]): Lock {
  return steps.reduce((lock, one) => accept(one, lock).lock, NOTHING);
}

export const A = target('a');
export const B = target('b');
export const ONE = router({ targets: [A] });
export const TWO = router({ targets: [A, B] });
const ELEVEN_TARGETS = targets('t', 11);
/** Eleven domains: s1 is full, s2 has one. */
export const ELEVEN = router({ targets: ELEVEN_TARGETS });
/** The targets of s1. */
export const TEN = ELEVEN_TARGETS.slice(0, 10);
export const FULL = router({ targets: TEN });
/** The lock of a router that was taken down. */
export const REMOVED = after(ONE, { ...ONE, teardown: 'prepare' }, { ...ONE, teardown: 'destroy' });
