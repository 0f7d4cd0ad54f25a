import { describe, expect, it } from 'vitest';
import type { Finding, Lock, Router, Target } from '../../src/model';
import { hasErrors } from '../../src/model';
import { moveTargets, planRouting } from '../../src/planner';
import { accept, azureRouter, azureTargets, inventory, places, router, target, targets } from './support';

const SHARED = 'data.corp.example';

function plan(one: Router, lock: Lock): ReturnType<typeof planRouting> {
  return planRouting({ inventory: inventory([one]), lock });
}

/** The command of a fix, as its words; undefined where it recommends none. */
function commandOf({ fix }: Finding): readonly string[] | undefined {
  return /`privatelink-router lock move ([^`]+)`/.exec(fix)?.[1]?.split(' ');
}

/** Runs what the fixes recommend until nothing is an error: what was run, and what came of it. */
function follow(one: Router, start: Lock): { readonly commands: readonly string[]; readonly lock: Lock } {
  let lock = start;
  const commands: string[] = [];
  for (let turn = 0; turn < 10; turn += 1) {
    const planned = plan(one, lock);
    const errors = planned.findings.filter(({ severity }) => severity === 'error');
    if (errors.length === 0) return { commands, lock: planned.lock };
    const words = errors.map(commandOf).find((command) => command !== undefined);
    if (words === undefined) throw new Error(errors.map(({ message, fix }) => `${message}\n${fix}`).join('\n'));
    const [name = '', ...rest] = words;
    const edit = moveTargets(lock, inventory([one]), name, rest.slice(0, -2), rest.at(-1) ?? '');
    if (!('lock' in edit)) throw new Error(`${words.join(' ')}: ${edit.findings.map(({ message }) => message)}`);
    commands.push(words.join(' '));
    lock = edit.lock;
  }
  throw new Error(`no end: ${commands.join('; ')}`);
}

const withDomain = (list: readonly Target[], names: readonly string[], domain: string): Target[] =>
  list.map((one) => (names.includes(one.name) ? { ...one, domains: [domain] as const } : one));

describe('a domain that lives on another shard: the move that the fix recommends works', () => {
  it.each([12, 25])('where %s targets of AWS get a shared domain', (number) => {
    const all = targets('t', number);
    const { lock } = accept(router({ targets: all }));
    const now = all.map((one) => ({ ...one, domains: [SHARED] as const }));
    const { commands, lock: after } = follow(router({ targets: now }), lock);
    expect(commands).toHaveLength(1);
    const ports = all.map(({ name }, index) => [name, `s1:${10_000 + index}`]);
    expect(places(after)).toEqual(Object.fromEntries(ports));
    expect(after.routers.analytics?.shards.s2?.domains).not.toContain(SHARED);
    expect(after.routers.analytics?.shards.s2?.domains.length).toBeGreaterThan(0);
  });

  it('where targets of Azure get a shared domain within a pool', () => {
    const all = azureTargets('t', 12);
    const { lock } = accept(azureRouter({ targets: all }));
    const now = all.map((one) => ({ ...one, domains: [SHARED] as const }));
    const { commands, lock: after } = follow(azureRouter({ targets: now }), lock);
    expect(commands).toEqual(['analytics t-10 t-11 --shard s1']);
    expect(places(after)).toMatchObject({ 't-11': 's1:10011' });
    expect(after.routers.analytics?.retired.map(({ shard, listenerPort }) => `${shard}:${listenerPort}`)).toEqual([
      's2:10010',
      's2:10011',
    ]);
  });

  it('where one target takes the domain of another one, with mates or alone on its shard', () => {
    const all = targets('t', 12);
    const { lock } = accept(router({ targets: all }));
    for (const names of [['t-10'], ['t-10', 't-11']]) {
      const { commands, lock: after } = follow(router({ targets: withDomain(all, names, 't-3.corp.example') }), lock);
      expect(commands).toEqual([`analytics ${names.join(' ')} --shard s1`]);
      expect(places(after)).toMatchObject({ 't-3': 's1:10003', 't-10': 's1:10010' });
    }
  });

  it('where the target is renamed in the same run', () => {
    const all = targets('t', 12);
    const { lock } = accept(router({ targets: all }));
    const now = all.map((one) =>
      one.name === 't-11' ? { ...one, name: 'new', renamedFrom: 't-11', domains: ['t-3.corp.example'] as const } : one,
    );
    const { commands, lock: after } = follow(router({ targets: now }), lock);
    expect(commands).toEqual(['analytics t-11 --shard s1']);
    expect(places(after)).toMatchObject({ new: 's1:10011' });
  });

  it('and the old domain of an emptied shard is no home for anybody', () => {
    const all = targets('t', 12);
    const { lock } = accept(router({ targets: all }));
    const now = withDomain(withDomain(all, ['t-10', 't-11'], 't-3.corp.example'), ['t-4'], 't-10.corp.example');
    const { lock: after } = follow(router({ targets: now }), lock);
    expect(places(after)).toMatchObject({ 't-4': 's1:10004', 't-10': 's1:10010', 't-11': 's1:10011' });
    expect(after.routers.analytics?.shards.s2?.domains).toEqual(['t-11.corp.example']);
  });
});

describe('a domain that lives on another shard: no move is recommended that fails', () => {
  const refused = (one: Router, lock: Lock): readonly Finding[] => {
    const { findings } = plan(one, lock);
    const wrong = findings.filter(({ code }) => code === 'PLR2302');
    expect(wrong.length).toBeGreaterThan(0);
    for (const finding of wrong) expect(commandOf(finding), finding.fix).toBeUndefined();
    return wrong;
  };

  it('where the shard has no listener left', () => {
    const all = [...targets('a', 50, { domains: ['a.example'] }), target('b')];
    const { lock } = accept(router({ targets: all }));
    const [finding] = refused(router({ targets: withDomain(all, ['b'], 'a.example') }), lock);
    expect(finding?.fix).toBe(
      '`lock move` cannot take it to shard s1: shard s1 of analytics would have 51 listeners, allowed are 50. Otherwise keep `domain: b.corp.example`, or give it another one that no other shard has.',
    );
  });

  it('where the pool has no listener left', () => {
    const all = [...azureTargets('a', 299, { domains: ['a.example'] }), ...azureTargets('b', 2)];
    const { lock } = accept(azureRouter({ targets: all }));
    const [finding] = refused(azureRouter({ targets: withDomain(all, ['b-0'], 'a.example') }), lock);
    expect(finding?.fix).toContain('pool p1 of analytics would have 300 listeners');
  });

  it('where a port is taken there', () => {
    const all = targets('t', 11);
    const { lock } = accept(router({ targets: all, portStrategy: 'preserve' }));
    const now = router({ targets: withDomain(all, ['t-10'], 't-0.corp.example'), portStrategy: 'preserve' });
    expect(refused(now, lock)[0]?.fix).toContain('t-10 keeps its port 5432');
  });

  it('where the shard is being taken away', () => {
    const all = targets('t', 11);
    const first = accept(router({ targets: all }));
    const left = all.slice(0, 10);
    const going = { shardTeardown: { s2: 'prepare' as const } };
    const { lock } = accept(router({ targets: left, ...going }), first.lock);
    const now = router({ targets: withDomain(left, ['t-0'], 't-10.corp.example'), ...going });
    expect(refused(now, lock)[0]?.fix).toContain('shard s2 of analytics is being taken away');
  });
});

describe('a shard without room for a domain: the move that the fix recommends works', () => {
  const all = [...targets('t', 10), target('mate', { domains: ['t-3.corp.example'] })];
  const now = withDomain(all, ['mate'], 'eleventh.example');

  it('to a shard in use that has room, else to a new one', () => {
    const { lock } = accept(router({ targets: all }));
    expect(follow(router({ targets: now }), lock).commands).toEqual(['analytics mate --shard s2']);
    const more = [...all, target('other')];
    const { lock: two } = accept(router({ targets: more }), lock);
    expect(places(two)).toMatchObject({ other: 's2:10011' });
    const { lock: after } = follow(router({ targets: withDomain(more, ['mate'], 'eleventh.example') }), two);
    expect(places(after)).toMatchObject({ mate: 's2:10010', other: 's2:10011' });
  });
});

describe('a lock that holds more than the limits: the move that the fix recommends works', () => {
  it('where a stated number of domains came down', () => {
    const all = azureTargets('t', 13);
    const limits = { domainsPerRuleAzure: 100 };
    const { lock } = accept(azureRouter({ targets: all, limits }));
    expect(new Set(Object.values(places(lock)).map((place) => place.slice(0, 2)))).toEqual(new Set(['s1']));
    const { commands, lock: after } = follow(azureRouter({ targets: all }), lock);
    expect(commands).toEqual(['analytics t-7 t-8 t-9 --shard s2']);
    expect(hasErrors(plan(azureRouter({ targets: all }), after).findings)).toBe(false);
  });

  it('where a load balancer has too many listeners', () => {
    const all = targets('t', 10, {}).flatMap((one) =>
      [0, 1, 2, 3, 4, 5].map((number) => ({ ...one, name: `${one.name}-${number}` })),
    );
    const { lock } = accept(router({ targets: all.slice(0, 48) }));
    const entry = lock.routers.analytics;
    if (entry === undefined) throw new Error('no router');
    const more = all.slice(48, 54).map((one, index) => {
      const { hosts, port, domains } = one;
      return [
        one.name,
        { shard: 's1', listenerPort: 10_048 + index, host: hosts[0].name, port, domain: domains[0] },
      ] as const;
    });
    const crowded = { ...entry, targets: { ...entry.targets, ...Object.fromEntries(more) } };
    const edited: Lock = { version: 1, routers: { analytics: crowded } };
    const { commands } = follow(router({ targets: all.slice(0, 54) }), edited);
    expect(commands).toEqual(['analytics t-8-0 t-8-1 t-8-2 t-8-3 t-8-4 t-8-5 --shard s2']);
  });

  it('and none is recommended where all of it is one domain', () => {
    const all = targets('t', 51, { domains: [SHARED] });
    const { lock } = accept(router({ targets: all.slice(0, 50) }));
    const entry = lock.routers.analytics;
    if (entry === undefined) throw new Error('no router');
    const last = { shard: 's1', listenerPort: 11_000, host: 'x.example', port: 1, domain: SHARED };
    const edited: Lock = {
      version: 1,
      routers: { analytics: { ...entry, targets: { ...entry.targets, 't-50': last } } },
    };
    const [finding] = plan(router({ targets: all }), edited).findings;
    expect(finding).toMatchObject({ code: 'PLR2301' });
    expect(finding?.fix).toBe(
      'Remove targets of it; where they are still wanted, add them under new names with a `domain:` of their own.',
    );
  });
});
