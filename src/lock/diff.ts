import {
  compareText,
  defined,
  domainsOf,
  hostsOf,
  type Lock,
  type LockChange,
  type LockedTarget,
  oneOrAll,
  sortedEntries,
} from '../model';

/** A target with the generation of the load balancer that it is on. */
type Entry = LockedTarget & { readonly generation: number };

/**
 * What a lock changes against another one, by router and target: `added`, `removed`, `moved` (another shard or listener
 * port), `changed` (the rest). `from` and `to` hold the values that differ; all of them where a target comes or goes. A
 * renamed target, which keeps its origin, shard and port, is one change with `name` in it; a target whose load balancer is
 * replaced, so that its open connections are cut, has one with `generation`.
 */
export function diffLocks(before: Lock, after: Lock): LockChange[] {
  const routers = [...new Set([...Object.keys(before.routers), ...Object.keys(after.routers)])].sort(compareText);
  return routers.flatMap((router) => diffTargets(router, targetsOf(before, router), targetsOf(after, router)));
}

type Entries = readonly NamedTarget<Entry>[];

function targetsOf(lock: Lock, router: string): Entries {
  const locked = Object.hasOwn(lock.routers, router) ? lock.routers[router] : undefined;
  if (locked === undefined) return [];
  return sortedEntries(locked.targets).map(([name, target]) => [
    name,
    { ...target, generation: locked.shards[target.shard]?.generation ?? 0 },
  ]);
}

function diffTargets(router: string, before: Entries, after: Entries): readonly LockChange[] {
  const { kept, added, removed } = pairTargets(before, after);
  const changes = [
    ...kept.flatMap(([[old, from], [target, to]]) => compare(router, old, from, target, to) ?? []),
    ...added.map(([target, to]): LockChange => ({ router, target, change: 'added', from: {}, to: values(to) })),
    ...removed.map(([target, from]): LockChange => ({ router, target, change: 'removed', from: values(from), to: {} })),
  ];
  return changes.sort((a, b) => compareText(a.target, b.target) || compareText(a.change, b.change));
}

/** A target's name and its entry in a lock. */
export type NamedTarget<T extends LockedTarget = LockedTarget> = readonly [string, T];

/** The targets of two locks: which of the one is which of the other. */
export interface TargetPairs<T extends LockedTarget> {
  /** Under their own names or under new ones. */
  readonly kept: readonly (readonly [NamedTarget<T>, NamedTarget<T>])[];
  readonly added: readonly NamedTarget<T>[];
  readonly removed: readonly NamedTarget<T>[];
}

/**
 * Tells renamed targets from those that came or went. A target is the same one where it has the same name and was first
 * made under the same one; a renamed one keeps its origin, shard and port.
 */
export function pairTargets<T extends LockedTarget>(
  before: readonly NamedTarget<T>[],
  after: readonly NamedTarget<T>[],
): TargetPairs<T> {
  const left = new Map(before);
  const kept: (readonly [NamedTarget<T>, NamedTarget<T>])[] = [];
  const arrived: NamedTarget<T>[] = [];
  for (const [target, to] of after) {
    const from = left.get(target);
    if (from !== undefined && originOf(target, from) === originOf(target, to)) {
      left.delete(target);
      kept.push([
        [target, from],
        [target, to],
      ]);
    } else {
      arrived.push([target, to]);
    }
  }
  const renamed = new Map([...left].map(([name, locked]) => [identity(name, locked), name]));
  const added: NamedTarget<T>[] = [];
  for (const [target, to] of arrived) {
    const old = renamed.get(identity(target, to));
    const from = old === undefined ? undefined : left.get(old);
    if (old === undefined || from === undefined) {
      added.push([target, to]);
      continue;
    }
    left.delete(old);
    kept.push([
      [old, from],
      [target, to],
    ]);
  }
  return { kept, added, removed: [...left] };
}

/** The name that a target was first made under. */
export function originOf(name: string, target: LockedTarget): string {
  return target.bornAs ?? name;
}

/** What a rename leaves as it is, and no other target shares. */
function identity(name: string, target: LockedTarget): string {
  return JSON.stringify([originOf(name, target), target.shard, target.listenerPort]);
}

/** What a reader cares about; how a port was given and where names derive from is the program's own affair. */
function values(target: LockedTarget): Record<string, unknown> {
  const { shard, listenerPort, forwarderPort, port, route, path, addresses } = target;
  const host = oneOrAll(hostsOf(target));
  const domain = oneOrAll(domainsOf(target));
  return {
    shard,
    listenerPort,
    ...defined({ forwarderPort }),
    host,
    port,
    domain,
    ...defined({ route, path, addresses }),
  };
}

function compare(router: string, oldName: string, before: Entry, target: string, after: Entry): LockChange | undefined {
  const renamed = oldName !== target;
  // Of a target that goes to another shard it says nothing how often that one's load balancer was replaced.
  const stays = before.shard === after.shard;
  const all = (name: string, entry: Entry): Record<string, unknown> => {
    return { ...(renamed ? { name } : {}), ...values(entry), ...(stays ? { generation: entry.generation } : {}) };
  };
  const old = all(oldName, before);
  const now = all(target, after);
  const keys = Object.keys({ ...old, ...now }).filter((key) => JSON.stringify(old[key]) !== JSON.stringify(now[key]));
  if (keys.length === 0) return undefined;
  const change = keys.includes('shard') || keys.includes('listenerPort') ? 'moved' : 'changed';
  return { router, target, change, from: pick(old, keys), to: pick(now, keys) };
}

function pick(map: Record<string, unknown>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => key in map).map((key) => [key, map[key]]));
}
