import { compareText, type Lock, type LockedTarget, type PlanChange } from '../model';
import { sortedEntries } from './order';

/** A target with the generation of the load balancer that it is on. */
interface Entry extends LockedTarget {
  readonly generation: number;
}

/**
 * What a lock changes against another one, by router and target: `added`, `removed`, `moved` (another shard or listener
 * port), `changed` (the rest). `from` and `to` hold the values that differ; all of them where a target comes or goes. A
 * renamed target, which keeps its origin, shard and port, is one change with `name` in it; a target whose load balancer is
 * replaced, so that its open connections are cut, has one with `generation`.
 */
export function diffLocks(before: Lock, after: Lock): PlanChange[] {
  const routers = [...new Set([...Object.keys(before.routers), ...Object.keys(after.routers)])].sort(compareText);
  return routers.flatMap((router) => diffTargets(router, targetsOf(before, router), targetsOf(after, router)));
}

type Entries = readonly (readonly [string, Entry])[];

function targetsOf(lock: Lock, router: string): Entries {
  const locked = Object.hasOwn(lock.routers, router) ? lock.routers[router] : undefined;
  if (locked === undefined) return [];
  return sortedEntries(locked.targets).map(([name, target]) => [
    name,
    { ...target, generation: locked.shards[target.shard]?.generation ?? 0 },
  ]);
}

function diffTargets(router: string, before: Entries, after: Entries): readonly PlanChange[] {
  const left = new Map(before);
  const arrived: (readonly [string, Entry])[] = [];
  const changes: PlanChange[] = [];
  for (const [target, to] of after) {
    const from = left.get(target);
    if (from !== undefined && origin(target, from) === origin(target, to)) {
      left.delete(target);
      const change = compare(router, target, from, target, to);
      if (change !== undefined) changes.push(change);
    } else {
      arrived.push([target, to]);
    }
  }
  const renamed = new Map([...left].map(([name, locked]) => [identity(name, locked), name]));
  for (const [target, to] of arrived) {
    const old = renamed.get(identity(target, to));
    const from = old === undefined ? undefined : left.get(old);
    if (old === undefined || from === undefined) {
      changes.push({ router, target, change: 'added', from: {}, to: values(to) });
      continue;
    }
    left.delete(old);
    const change = compare(router, old, from, target, to);
    if (change !== undefined) changes.push(change);
  }
  for (const [target, from] of left) changes.push({ router, target, change: 'removed', from: values(from), to: {} });
  return changes.sort((a, b) => compareText(a.target, b.target) || compareText(a.change, b.change));
}

/** The name that a target was first made under. */
function origin(name: string, target: LockedTarget): string {
  return target.bornAs ?? name;
}

/** What a rename leaves as it is, and no other target shares. */
function identity(name: string, target: LockedTarget): string {
  return JSON.stringify([origin(name, target), target.shard, target.listenerPort]);
}

/** What a reader cares about; how a port was given and where names derive from is the program's own affair. */
function values(target: LockedTarget): Record<string, unknown> {
  const { shard, listenerPort, host, port, domain, addresses } = target;
  return { shard, listenerPort, host, port, domain, ...(addresses === undefined ? {} : { addresses }) };
}

function compare(router: string, oldName: string, before: Entry, target: string, after: Entry): PlanChange | undefined {
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
