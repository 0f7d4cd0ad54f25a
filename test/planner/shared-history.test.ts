import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import {
  groupBy,
  hasErrors,
  type Lock,
  type LockedRouter,
  lockedForwarderPort,
  lockedSelectors,
  nameAndPath,
  type Route,
  type Target,
} from '../../src/model';
import { moveTargets, planRouting, releasePort } from '../../src/planner';
import { runs } from '../support/runs';
import { azureRouter, azureTarget, inventory, NOTHING } from './support';

const ROUTES: readonly Route[] = ['sni', 'sni', 'http', 'tcp'];
const PORTS = [443, 443, 8080, 9094];
const PATHS = [undefined, '/a', '/a/b'];

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('add' as const), pick: fc.nat(30), from: fc.nat(), paths: fc.boolean() }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('remove' as const), pick: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('domain' as const), pick: fc.nat(30), from: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('route' as const), pick: fc.nat(30), from: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('path' as const), pick: fc.nat(30), from: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('listenPort' as const), pick: fc.nat(30), from: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('enable' as const), pick: fc.nat(30), on: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('release' as const), pick: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('move' as const), pick: fc.nat(30), shard: fc.nat(4) }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface World {
  readonly targets: readonly Target[];
  readonly lock: Lock;
}

function at<T>(list: readonly T[], index: number): T {
  return list[index % list.length] as T;
}

function domainsFrom(from: number): Target['domains'] {
  const [one, two] = [`d${from % 25}.example`, `d${(from >> 5) % 25}.example`].sort();
  return one === two || from % 4 !== 0 ? [one as string] : [one as string, two as string];
}

/** A path stays with `http` alone, as the inventory's checks see to it. */
function sound({ path, ...rest }: Target): Target {
  return rest.route !== 'http' || path === undefined ? rest : { ...rest, path };
}

function edited({ targets, lock }: World, one: Step): World {
  const chosen = targets.length === 0 ? undefined : at(targets, 'pick' in one ? one.pick : 0);
  const edit = (change: (target: Target) => Target): World => ({
    targets: targets.map((target) => (target === chosen ? sound(change(target)) : target)),
    lock,
  });
  switch (one.kind) {
    case 'add': {
      const name = `t${one.pick}`;
      if (targets.some((target) => target.name === name)) return { targets, lock };
      const route = at(ROUTES, one.from);
      const path = one.paths ? at(PATHS, one.from >> 3) : undefined;
      const made = azureTarget(name, { route, port: at(PORTS, one.from >> 2), domains: domainsFrom(one.from >> 4) });
      return { targets: [...targets, sound({ ...made, ...(path === undefined ? {} : { path }) })], lock };
    }
    case 'remove':
      return { targets: targets.filter((target) => target !== chosen), lock };
    case 'domain':
      return edit((target) => ({ ...target, domains: domainsFrom(one.from) }));
    case 'route':
      return edit((target) => ({ ...target, route: at(ROUTES, one.from) }));
    case 'path':
      return edit(({ path: _, ...target }) => {
        const path = at(PATHS, one.from);
        return path === undefined ? target : { ...target, path };
      });
    case 'listenPort':
      return edit((target) => ({ ...target, listenPort: at(PORTS, one.from) }));
    case 'enable':
      return edit((target) => ({ ...target, enabled: one.on }));
    case 'release': {
      const retired = entryOf(lock).retired;
      if (retired.length === 0) return { targets, lock };
      const { listenerPort, shard, ...selector } = at(retired, one.pick);
      const name = nameAndPath(selector);
      const freed = releasePort(lock, 'analytics', listenerPort, shard, name === '' ? undefined : name);
      return { targets, lock: 'lock' in freed ? freed.lock : lock };
    }
    case 'move': {
      if (chosen === undefined) return { targets, lock };
      const together = targets.filter((target) => target.domains.some((domain) => chosen.domains.includes(domain)));
      const names = together.map(({ name }) => name);
      const moved = moveTargets(lock, inventoryOf(targets), 'analytics', names, `s${one.shard + 1}`);
      return { targets, lock: 'lock' in moved ? moved.lock : lock };
    }
  }
}

function inventoryOf(targets: readonly Target[]) {
  return inventory([azureRouter({ targets })]);
}

function entryOf(lock: Lock): LockedRouter {
  return lock.routers.analytics ?? { cloud: 'azure', shards: {}, targets: {}, retired: [] };
}

/** What clients dial, and the target that it leads to: a port whole, or a name of it. */
function ways(entry: LockedRouter): readonly (readonly [way: string, target: string])[] {
  return Object.entries(entry.targets).flatMap(([name, locked]) =>
    lockedSelectors(locked).map((one): [string, string] => [
      `${locked.shard}:${locked.listenerPort}/${nameAndPath(one)}`,
      name,
    ]),
  );
}

function holdListeners(entry: LockedRouter): void {
  const targets = Object.values(entry.targets);
  const byPort = groupBy(targets, ({ shard, listenerPort }) => `${shard}:${listenerPort}`);
  for (const [port, sharing] of byPort) {
    expect(new Set(sharing.map(({ route }) => route)).size, `routes of ${port}`).toBe(1);
    if (sharing[0]?.route === undefined) expect(sharing.length, `targets of ${port}`).toBe(1);
  }
  const all = ways(entry).map(([way]) => way);
  expect(new Set(all).size, 'names of a port').toBe(all.length);
  const retired = entry.retired.map((one) => `${one.shard}:${one.listenerPort}/${nameAndPath(one)}`);
  expect(new Set([...all, ...retired]).size, 'names in use and retired').toBe(all.length + retired.length);
  const forwarders = new Map<string, string>();
  for (const one of [...targets, ...entry.retired]) {
    const key = `${entry.shards[one.shard]?.pool}:${lockedForwarderPort(one)}`;
    const listener = `${one.shard}:${one.listenerPort}`;
    expect(forwarders.get(key) ?? listener, `who has port ${key} of the forwarders`).toBe(listener);
    forwarders.set(key, listener);
  }
}

function holdPlaces(before: World, now: World, after: LockedRouter): void {
  const old = entryOf(now.lock).targets;
  for (const { name, listenPort } of now.targets) {
    const [was, is] = [old[name], after.targets[name]];
    if (was === undefined || is === undefined || !before.targets.some((one) => one.name === name)) continue;
    expect([is.shard, is.listenerPort], name).toEqual([was.shard, listenPort ?? was.listenerPort]);
  }
}

describe('histories of targets that share ports', () => {
  it('never lead a name or a port to another target before its release, and keep every place', () => {
    let shared = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(step, { minLength: 15, maxLength: 45, size: 'max' }), (steps) => {
        let world: World = { targets: [], lock: NOTHING };
        const led = new Map<string, string>();
        for (const one of steps) {
          const next = edited(world, one);
          const result = planRouting({ inventory: inventoryOf(next.targets), lock: next.lock });
          if (hasErrors(result.findings)) {
            refused += 1;
            continue;
          }
          const after = entryOf(result.lock);
          holdListeners(after);
          holdPlaces(world, next, after);
          if (one.kind === 'release') {
            const kept = new Set([
              ...ways(after).map(([way]) => way),
              ...after.retired.map((r) => `${r.shard}:${r.listenerPort}/${nameAndPath(r)}`),
            ]);
            for (const way of led.keys()) if (!kept.has(way)) led.delete(way);
          }
          for (const [way, target] of ways(after)) {
            expect(led.get(way) ?? target, `what ${way} leads to`).toBe(target);
            led.set(way, target);
          }
          const text = serializeLock(result.lock);
          expect(parseLock(text, 'lock.json').diagnostics).toEqual([]);
          const again = planRouting({ inventory: inventoryOf([...next.targets].reverse()), lock: result.lock });
          expect(hasErrors(again.findings)).toBe(false);
          expect(serializeLock(again.lock)).toBe(text);
          expect(JSON.stringify(again.plan)).toBe(JSON.stringify(result.plan));
          shared = Math.max(
            shared,
            ...result.plan.routers.flatMap(({ shards }) =>
              shards.flatMap(({ listeners }) => listeners.map(({ backends }) => backends.length)),
            ),
          );
          world = { targets: next.targets, lock: result.lock };
        }
      }),
      { numRuns: runs(40) },
    );
    // A history that shares nothing, or that nothing is refused in, would prove nothing.
    expect(shared).toBeGreaterThan(2);
    expect(refused).toBeGreaterThan(0);
  });
});
