import { describe, expect, it } from 'vitest';
import type { Lock, Target } from '../../src/model';
import { moveTargets, planRouting } from '../../src/planner';
import { accept, codes, inventory, places, router, target, targets } from './support';

const proxy = (name: string, ...domains: [string, ...string[]]): Target => target(name, { domains });
const names = (prefix: string, number: number): [string, ...string[]] => {
  const [first = '', ...rest] = Array.from({ length: number }, (_, index) => `${prefix}${index}.example`);
  return [first, ...rest];
};
const rules = (lock: Lock): Record<string, number> =>
  Object.fromEntries(
    Object.entries(lock.routers.analytics?.shards ?? {}).map(([key, one]) => [key, one.domains.length]),
  );

describe('a target with several domains', () => {
  it('has them on one shard, each a domain of its rule, and in the lock', () => {
    const { lock, plan } = accept(router({ targets: [...targets('t', 7), proxy('p', ...names('p', 4))] }));
    expect(rules(lock)).toEqual({ s1: 7, s2: 4 });
    expect(lock.routers.analytics?.targets.p).toMatchObject({ shard: 's2', domains: names('p', 4) });
    expect(lock.routers.analytics?.targets['t-0']).toMatchObject({ domain: 't-0.corp.example' });
    expect(plan.routers[0]?.shards[1]?.listeners[0]?.backends[0]?.domains).toEqual(names('p', 4));
    expect(codes(router({ targets: [...targets('t', 7), proxy('p', ...names('p', 4))] }), lock)).toEqual([]);
  });

  it('draws targets that share a name to one shard, whatever ties them together', () => {
    const all = [
      ...targets('t', 8),
      proxy('a', 'a.example'),
      proxy('b', 'b.example'),
      proxy('c', 'a.example', 'b.example'),
    ];
    const { lock } = accept(router({ targets: all }));
    expect(places(lock)).toMatchObject({ a: 's1:10008', b: 's1:10009', c: 's1:10010' });
    const one = accept(router({ targets: [...targets('t', 9), ...all.slice(8)] })).lock;
    expect(places(one)).toMatchObject({ a: 's2:10009', b: 's2:10010', c: 's2:10011' });
  });

  it('is refused where its names stand on two shards, or with more than a rule takes', () => {
    const { lock } = accept(router({ targets: targets('t', 11) }));
    const torn = proxy('p', 't-0.corp.example', 't-10.corp.example');
    const { findings } = planRouting({
      inventory: inventory([router({ targets: [...targets('t', 11), torn] })]),
      lock,
    });
    expect(findings).toMatchObject([{ code: 'PLR2305', path: ['routers', 'analytics', 'targets', 'p', 'domains'] }]);
    expect(findings[0]?.message).toContain('they stand on s1, s2 already');
    const full = proxy('p', 't-0.corp.example', 'new.example');
    expect(codes(router({ targets: [...targets('t', 11), full] }), lock)).toEqual(['PLR2305']);
    const tied = [proxy('a', ...names('x', 6)), proxy('b', ...names('y', 5), 'x0.example')];
    expect(codes(router({ targets: tied }))).toEqual(['PLR2305']);
  });
});

describe('a list of domains that changes', () => {
  const all = [...targets('t', 7), proxy('p', 'a.example', 'b.example')];
  const { lock } = accept(router({ targets: all }));
  const change = (...domains: [string, ...string[]]): readonly string[] =>
    codes(router({ targets: [...targets('t', 7), proxy('p', ...domains)] }), lock);

  it('keeps its place, with a name more or less', () => {
    const more = accept(
      router({ targets: [...targets('t', 7), proxy('p', 'a.example', 'b.example', 'c.example')] }),
      lock,
    );
    expect(places(more.lock)).toEqual(places(lock));
    expect(rules(more.lock)).toEqual({ s1: 10 });
    const less = accept(router({ targets: [...targets('t', 7), proxy('p', 'b.example')] }), more.lock);
    expect(less.lock.routers.analytics?.targets.p).toMatchObject({ domain: 'b.example' });
    expect(less.lock.routers.analytics?.targets.p).not.toHaveProperty('domains');
    expect(rules(less.lock)).toEqual({ s1: 8 });
  });

  it('is refused where the rule has no room, or another shard has the name', () => {
    expect(change(...names('x', 3))).toEqual([]);
    expect(change(...names('x', 4))).toEqual(['PLR2303']);
    const two = accept(router({ targets: [...all, ...targets('u', 4)] }), lock);
    const changed = [...targets('t', 7), proxy('p', 'a.example', 'u-3.corp.example'), ...targets('u', 4)];
    const { findings } = planRouting({ inventory: inventory([router({ targets: changed })]), lock: two.lock });
    expect(findings).toMatchObject([{ code: 'PLR2302', path: ['routers', 'analytics', 'targets', 'p', 'domains'] }]);
    expect(findings[0]?.fix).toContain('keep `domains: [a.example, b.example]`');
  });

  it('moves whole, and only with those that share a name', () => {
    const shared = [...all, proxy('q', 'b.example', 'c.example')];
    const now = accept(router({ targets: shared }), lock).lock;
    const move = (...moving: readonly string[]) =>
      moveTargets(now, inventory([router({ targets: shared })]), 'analytics', moving, 's2');
    expect(move('p').findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'PLR2813 targets of one domain live on one shard; left behind would be q (b.example)',
    ]);
    const both = move('p', 'q');
    if (!('lock' in both)) throw new Error(both.findings.map(({ message }) => message).join());
    expect(rules(both.lock)).toEqual({ s1: 7, s2: 3 });
    expect(codes(router({ targets: shared }), both.lock)).toEqual([]);
  });

  it('does not depend on the order of targets', () => {
    const turned = accept(router({ targets: [...all].reverse() }), lock);
    expect(turned.lock).toEqual(lock);
  });
});
