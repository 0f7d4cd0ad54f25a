import type { LockedTarget, Target } from '../model';

/** What tells the listeners of a shard apart while it is planned; undefined: a listener that a target has for itself. */
export type ListenerKey = string | undefined;

/**
 * The listener that a target wants on its shard: two with the same key share it.
 * @param locked what the lock has of a target that stays
 */
export function listenerKey(
  { route, listenPort, port }: Pick<Target, 'route' | 'listenPort' | 'port'>,
  locked?: Pick<LockedTarget, 'listenerPort'>,
): ListenerKey {
  return route === 'tcp' ? undefined : `${route}:${listenPort ?? locked?.listenerPort ?? port}`;
}

/** The same of a target that goes where the lock is edited. */
export function lockedListenerKey({ route, listenerPort }: Pick<LockedTarget, 'route' | 'listenerPort'>): ListenerKey {
  return route === undefined ? undefined : `${route}:${listenerPort}`;
}

/** How many listeners targets need beside those that are there. */
export function newListeners(keys: readonly ListenerKey[], there: ReadonlySet<string>): number {
  const own = keys.filter((key) => key === undefined).length;
  return own + new Set(keys.filter((key) => key !== undefined && !there.has(key))).size;
}
