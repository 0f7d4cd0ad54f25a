import { originOf } from '../lock';
import { domainsOf, hostsOf, type LockedTarget, lockedSelectors, nameAndPath, oneOrAll, type Selector } from '../model';
import type { RouterView } from './view';

/** Where something is dialled. */
interface Port {
  readonly shard: string;
  readonly listenerPort: number;
}

/** What is unique among the ports of a router: the port, or a name of a listener that targets share. */
export function placeOf({ shard, listenerPort, ...selector }: Port & Selector): string {
  const name = nameAndPath(selector);
  return `${shard}:${listenerPort}${name === '' ? '' : `:${name}`}`;
}

/** The places of a target, as `placeOf` writes them. */
export function placesOf(locked: LockedTarget): readonly string[] {
  return selectors(locked).map((selector) =>
    placeOf({ ...selector, shard: locked.shard, listenerPort: locked.listenerPort }),
  );
}

function selectors(locked: LockedTarget): readonly Selector[] {
  return lockedSelectors(locked);
}

/** What a port, or a name of it, led to. */
export interface Earlier {
  readonly target: string;
  /** Undefined: it is retired, and nobody knows whose it was first. */
  readonly origin?: string;
  readonly host?: unknown;
  readonly port?: number;
}

/** An earlier target, with what its clients dialled. */
interface Reached extends Earlier {
  readonly selectors: readonly Selector[];
  /** Undefined: retired, and no longer known. */
  readonly domains?: readonly string[];
}

/**
 * What the ports of a router led to.
 * @returns for a target, the one that its clients reached there before: one that was served, or the last one of what is retired
 */
export function earlierTargets(view: RouterView | undefined): (locked: LockedTarget) => Earlier | undefined {
  const reached = new Map<string, Reached[]>();
  const note = (at: Port, one: Reached): void => {
    const key = portOf(at);
    reached.set(key, [...(reached.get(key) ?? []), one]);
  };
  for (const [target, { served, locked }] of Object.entries(view?.targets ?? {})) {
    if (!served) continue;
    const { port } = locked;
    const host = oneOrAll(hostsOf(locked));
    note(locked, {
      target,
      origin: originOf(target, locked),
      host,
      port,
      selectors: selectors(locked),
      domains: domainsOf(locked),
    });
  }
  for (const { shard, listenerPort, target, ...selector } of view?.retired ?? []) {
    note({ shard, listenerPort }, { target, selectors: [selector] });
  }
  return (locked) => (reached.get(portOf(locked)) ?? []).find((one) => meets(one, locked));
}

function portOf({ shard, listenerPort }: Port): string {
  return `${shard}:${listenerPort}`;
}

/** Whether clients of an earlier target reach this one: by its names where this one shares its listener. */
function meets({ selectors: old, domains }: Reached, locked: LockedTarget): boolean {
  if (locked.route === undefined) return true;
  const names = domainsOf(locked);
  return old.some((one) =>
    one.route === undefined
      ? (domains?.some((domain) => names.includes(domain)) ?? true)
      : selectors(locked).some((own) => nameAndPath(own) === nameAndPath(one)),
  );
}
