import { describe, expect, it } from 'vitest';
import type { Lock, Router } from '../../src/model';
import { planRouting } from '../../src/planner';
import { accept, codes, inventory, NOTHING, places, router, target, targets } from './support';

const ELEVEN = targets('t', 11);
const TEN = ELEVEN.slice(0, 10);
const full = accept(router({ targets: ELEVEN }));
const emptied = accept(router({ targets: TEN }), full.lock);
const steps = (step: 'prepare' | 'destroy'): Pick<Router, 'shardTeardown'> => ({
  shardTeardown: { s2: step },
});

function shardOf(lock: Lock, key: string): unknown {
  return lock.routers.analytics?.shards[key];
}

describe('an emptied shard', () => {
  it('stays with its last domain, and says how it goes', () => {
    expect(emptied.findings).toMatchObject([{ code: 'PLR2501', severity: 'warning', path: ['routers', 'analytics'] }]);
    expect(emptied.findings[0]?.fix).toContain('shards: { s2: { teardown: prepare } }');
    expect(emptied.plan.routers[0]?.shards[1]).toMatchObject({
      key: 's2',
      listeners: [],
      domains: ['t-10.corp.example'],
    });
  });

  it('goes in two steps, and its number is never used again', () => {
    const prepared = accept(router({ targets: TEN, ...steps('prepare') }), emptied.lock);
    expect(prepared.findings).toEqual([]);
    expect(shardOf(prepared.lock, 's2')).toEqual({ state: 'prepare', domains: ['t-10.corp.example'] });
    expect(prepared.plan.routers[0]?.shards.map(({ deletionProtection }) => deletionProtection)).toEqual([true, false]);

    const gone = accept(router({ targets: TEN, ...steps('destroy') }), prepared.lock);
    expect(shardOf(gone.lock, 's2')).toEqual({ state: 'removed', domains: [] });
    expect(gone.plan.routers[0]?.shards.map(({ key }) => key)).toEqual(['s1']);

    const later = accept(router({ targets: TEN, ...steps('destroy') }), gone.lock);
    expect(later.lock).toEqual(gone.lock);
    const grown = accept(router({ targets: [...TEN, target('new')] }), later.lock);
    expect(places(grown.lock).new).toBe('s3:10011');
    expect(grown.findings).toEqual([]);
  });

  it('takes targets again where the step is dropped, none while it goes', () => {
    const prepared = accept(router({ targets: TEN, ...steps('prepare') }), emptied.lock);
    const during = accept(router({ targets: [...TEN, target('new')], ...steps('prepare') }), prepared.lock);
    expect(places(during.lock).new).toBe('s3:10011');
    const back = accept(router({ targets: [...TEN, target('new')] }), prepared.lock);
    expect(places(back.lock).new).toBe('s2:10011');
    expect(back.plan.routers[0]?.shards[1]).toMatchObject({ deletionProtection: true, domains: ['new.corp.example'] });
  });

  it('keeps its last domain from other shards', () => {
    const again = target('again', { domains: ['t-10.corp.example'] });
    expect(places(accept(router({ targets: [...TEN, again] }), emptied.lock).lock).again).toBe('s2:10011');
    const prepared = accept(router({ targets: TEN, ...steps('prepare') }), emptied.lock);
    expect(codes(router({ targets: [...TEN, again], ...steps('prepare') }), prepared.lock)).toEqual(['PLR2304']);
    const changed = TEN.map((one) => (one.name === 't-0' ? { ...one, domains: ['t-10.corp.example'] as const } : one));
    expect(codes(router({ targets: changed }), emptied.lock)).toEqual(['PLR2302', 'PLR2501']);
  });

  it.each([
    ['an unknown shard', { shardTeardown: { s7: 'prepare' as const } }, 'PLR2502', full.lock],
    ['a shard with targets', steps('prepare'), 'PLR2503', full.lock],
    ['destroy before prepare', steps('destroy'), 'PLR2504', full.lock],
  ])('refuses %s', (_, over, code, lock) => {
    expect(codes(router({ targets: ELEVEN, ...over }), lock)).toEqual([code]);
  });

  it('says that a step for a shard that is gone does nothing', () => {
    const prepared = accept(router({ targets: TEN, ...steps('prepare') }), emptied.lock);
    const gone = accept(router({ targets: TEN, ...steps('destroy') }), prepared.lock);
    expect(codes(router({ targets: TEN, ...steps('prepare') }), gone.lock)).toEqual(['PLR2505']);
  });
});

describe('a router that is taken down', () => {
  const one = router({ targets: [target('a')] });
  const { lock } = accept(one);
  const prepared = accept({ ...one, teardown: 'prepare' }, lock);

  it('loses its protection first and keeps everything', () => {
    const [planned] = prepared.plan.routers;
    expect(planned).toMatchObject({ teardown: 'prepare', deletionProtection: false });
    expect(planned?.shards).toMatchObject([
      { deletionProtection: false, listeners: [{ backends: [{ target: 'a' }] }] },
    ]);
    expect(prepared.lock.routers.analytics?.teardown).toBe('prepare');
  });

  it('then holds nothing, while the lock remembers its ports', () => {
    const gone = accept({ ...one, teardown: 'destroy' }, prepared.lock);
    expect(gone.plan.routers[0]).toMatchObject({ teardown: 'destroy', shards: [] });
    expect(places(gone.lock)).toEqual({ a: 's1:10000' });
    expect(accept({ ...one, teardown: 'destroy' }, gone.lock).lock).toEqual(gone.lock);
    const absent = planRouting({ inventory: inventory([]), lock: gone.lock });
    expect(absent).toMatchObject({ lock: NOTHING, findings: [] });
    const back = accept(one, gone.lock);
    expect(back.findings).toMatchObject([{ code: 'PLR2003', severity: 'warning' }]);
    expect(places(back.lock)).toEqual({ a: 's1:10000' });
  });

  it('is refused where the first step is missing', () => {
    expect(codes({ ...one, teardown: 'destroy' }, lock)).toEqual(['PLR2002']);
    expect(codes({ ...one, teardown: 'destroy' })).toEqual(['PLR2002']);
  });

  it('goes back where the step is dropped', () => {
    expect(accept(one, prepared.lock).lock).toEqual(lock);
  });

  it('is missed where it only leaves the file, but not where its own errors hide it', () => {
    const without = { inventory: inventory([]), lock };
    expect(planRouting(without).findings).toMatchObject([{ code: 'PLR2001', severity: 'error' }]);
    const broken = planRouting({ ...without, brokenRouters: new Set(['analytics']) });
    expect(broken).toMatchObject({ findings: [], lock });
    expect(planRouting({ inventory: inventory([]), lock: prepared.lock }).findings).toMatchObject([
      { code: 'PLR2001' },
    ]);
  });
});
