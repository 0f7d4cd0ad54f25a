import type { Lock, LockedRouter } from '../model';

/** A router's entry in the lock. Own keys only: a router may be called `constructor`. */
export function lockedRouter(lock: Lock, router: string): LockedRouter | undefined {
  return Object.hasOwn(lock.routers, router) ? lock.routers[router] : undefined;
}
