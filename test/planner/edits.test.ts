import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import type { Lock } from '../../src/model';
import { moveTargets, releasePort } from '../../src/planner';
import { accept, inventory, NOTHING, places, router, target, targets } from './support';

const ALL = [...targets('t', 11), target('mate', { domains: ['t-0.corp.example'] })];
const ONE = router({ targets: ALL });
const { lock } = accept(ONE);

function codesOf(edit: ReturnType<typeof releasePort>): readonly string[] {
  expect('lock' in edit).toBe(false);
  return edit.findings.map(({ code }) => code);
}

function lockOf(edit: ReturnType<typeof releasePort>): Lock {
  if (!('lock' in edit)) throw new Error(JSON.stringify(edit.findings));
  expect(parseLock(serializeLock(edit.lock), 'x').diagnostics).toEqual([]);
  return edit.lock;
}

const move = (names: string[], shard: string, from = lock, one = ONE): ReturnType<typeof moveTargets> =>
  moveTargets(from, inventory([one]), 'analytics', names, shard);

describe('lock move', () => {
  it('takes targets to another shard with their ports, and retires the old places', () => {
    const moved = lockOf(move(['t-0', 'mate'], 's2'));
    const result = accept(ONE, moved);
    expect(places(result.lock)).toMatchObject({ 't-0': 's2:10000', mate: 's2:10011', 't-1': 's1:10001' });
    expect(result.lock.routers.analytics?.retired).toEqual([
      { shard: 's1', listenerPort: 10000, target: 't-0' },
      { shard: 's1', listenerPort: 10011, target: 'mate' },
    ]);
    const rules = result.plan.routers[0]?.shards.map(({ domains }) => domains) ?? [];
    expect(rules[0]).not.toContain('t-0.corp.example');
    expect(rules[1]).toEqual(['t-0.corp.example', 't-10.corp.example']);
    expect(result.findings).toEqual([]);
  });

  it('opens the next new shard', () => {
    expect(places(accept(ONE, lockOf(move(['t-5'], 's3'))).lock)['t-5']).toBe('s3:10005');
  });

  it.each([
    ['an unknown target', ['t-0', 'nobody'], 's2', ['PLR2811']],
    ['half of a domain', ['t-0'], 's2', ['PLR2813']],
    ['a shard that is not there', ['t-1'], 's9', ['PLR2812']],
    ['the shard where it is', ['t-1'], 's1', ['PLR2812']],
    ['everything of a shard', ['t-10'], 's3', ['PLR2816']],
  ])('refuses %s', (_, names, shard, expected) => {
    expect(codesOf(move(names, shard))).toEqual(expected);
  });

  it('refuses a shard without room', () => {
    expect(codesOf(move(['t-10'], 's1'))).toEqual(['PLR2814', 'PLR2816']);
    const crowd = [
      ...targets('a', 49, { domains: ['a.example'] }),
      target('b'),
      ...targets('c', 2, { domains: ['c.example'] }),
    ];
    const one = router({ targets: [...crowd, target('d', { domains: ['d.example'] })] });
    const full = accept(one);
    expect(places(full.lock)).toMatchObject({ 'a-48': 's1:10048', b: 's1:10049', 'c-1': 's2:10051', d: 's2:10052' });
    expect(codesOf(move(['d'], 's1', full.lock, one))).toEqual(['PLR2814']);
  });

  it('refuses a port that is taken or retired there', () => {
    const preserving = router({ targets: ALL, portStrategy: 'preserve' });
    const { lock: preserved } = accept(preserving);
    expect(places(preserved)).toMatchObject({ 't-0': 's1:5432', 't-10': 's2:5432' });
    expect(codesOf(move(['t-0', 'mate'], 's2', preserved, preserving))).toEqual(['PLR2815']);
    const there = lockOf(move(['t-1'], 's2'));
    const back = move(['t-1'], 's1', there);
    expect(codesOf(back)).toEqual(['PLR2815']);
    expect(back.findings[0]?.fix).toContain('lock release analytics 10001');
  });

  it('refuses shards that are being taken away or are gone, and unknown routers', () => {
    const lonely = router({ targets: ALL.filter(({ name }) => name !== 't-10') });
    const emptied = accept(lonely, lock);
    const prepared = accept({ ...lonely, shardTeardown: { s2: 'prepare' } }, emptied.lock);
    expect(codesOf(move(['t-1'], 's2', prepared.lock))).toEqual(['PLR2812']);
    const gone = accept({ ...lonely, shardTeardown: { s2: 'destroy' } }, prepared.lock);
    expect(codesOf(move(['t-1'], 's2', gone.lock))).toEqual(['PLR2812']);
    expect(codesOf(moveTargets(lock, inventory([ONE]), 'nobody', ['a'], 's1'))).toEqual(['PLR2801']);
  });

  it('into an emptied shard takes the place of the domain that its rule kept', () => {
    const lonely = router({ targets: ALL.filter(({ name }) => name !== 't-10') });
    const emptied = accept(lonely, lock);
    const { plan } = accept(lonely, lockOf(move(['t-1'], 's2', emptied.lock, lonely)));
    expect(plan.routers[0]?.shards[1]?.domains).toEqual(['t-1.corp.example']);
  });

  it('leaves a shard of disabled targets with their domains', () => {
    const off = router({ targets: ALL.map((one) => (one.name === 't-1' ? { ...one, enabled: false } : one)) });
    const names = ['t-0', 'mate', ...[2, 3, 4, 5, 6, 7, 8, 9].map((number) => `t-${number}`)];
    const { plan } = accept(off, lockOf(move(names, 's3', accept(off, lock).lock, off)));
    expect(plan.routers[0]?.shards[0]).toMatchObject({ domains: ['t-1.corp.example'], listeners: [] });
  });
});

describe('lock release', () => {
  const removed = accept(router({ targets: ALL.filter(({ name }) => name !== 't-3') }), lock);

  it('frees the port, which base-port then gives out', () => {
    const freed = lockOf(releasePort(removed.lock, 'analytics', 10003));
    const next = router({ targets: [...ALL.filter(({ name }) => name !== 't-3'), target('new')] });
    expect(places(accept(next, freed).lock).new).toBe('s1:10003');
    expect(places(accept(next, removed.lock).lock).new).toBe('s1:10012');
  });

  it('refuses what is not retired, and says what is', () => {
    const inUse = releasePort(removed.lock, 'analytics', 10004);
    expect(codesOf(inUse)).toEqual(['PLR2802']);
    expect(inUse.findings[0]?.message).toBe('port 10004 of analytics is not retired: t-4 has it; retired are 10003');
    expect(codesOf(releasePort(removed.lock, 'analytics', 1))).toEqual(['PLR2802']);
    expect(codesOf(releasePort(NOTHING, 'analytics', 1))).toEqual(['PLR2801']);
    expect(codesOf(releasePort(removed.lock, 'constructor', 1))).toEqual(['PLR2801']);
  });
});
