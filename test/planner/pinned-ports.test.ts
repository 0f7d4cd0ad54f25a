import { describe, expect, it } from 'vitest';
import type { Lock, LockedRouter, Router, Target } from '../../src/model';
import { mergeLocks, planRouting, releasePort } from '../../src/planner';
import { accept, azurePlace, azureRouter, azureTarget, codes, inventory, places, router, target } from './support';

const pinned = (name: string, pin: string, over: Partial<Target> = {}): Target => target(name, { pin, ...over });
const entry = (lock: Lock): LockedRouter => lock.routers.analytics as LockedRouter;
const wrong = (one: Router, lock: Lock) =>
  planRouting({ inventory: inventory([one]), lock }).findings.filter(({ severity }) => severity === 'error');

describe('a port that is retired on several shards', () => {
  const brokers = [1, 2].map((id) => pinned(`broker-${id}`, `broker-${id}`, { listenPort: 9094 }));
  const first = accept(router({ targets: [target('a'), ...brokers] }));
  const { lock } = accept(router({ targets: [target('a')] }), first.lock);
  const left = (edit: ReturnType<typeof releasePort>): readonly string[] | undefined =>
    'lock' in edit ? edit.lock.routers.analytics?.retired.map(({ shard }) => shard) : undefined;

  it('is freed on all of them, or on one', () => {
    expect(left(releasePort(lock, 'analytics', 9094))).toEqual([]);
    const all = releasePort(lock, 'analytics', 9094).findings[0]?.message;
    expect(all).toContain('port 9094 of analytics is free again; it last reached broker-1 on s2, broker-2 on s3');
    const one = releasePort(lock, 'analytics', 9094, 's2');
    expect(left(one)).toEqual(['s3']);
    expect(one.findings[0]?.message).toContain(
      'of shard s2 of analytics is free again; it last reached broker-1 on s2',
    );
    for (const shard of ['s1', 's9']) {
      const { findings } = releasePort(lock, 'analytics', 9094, shard);
      expect(findings).toMatchObject([{ code: 'PLR2802' }]);
      expect(findings[0]?.message).toContain(`not retired on shard ${shard}; it is on s2, s3`);
    }
  });

  it('is freed by the command that is advised on the shard of its target alone', () => {
    const back = router({ targets: [target('a'), ...brokers.slice(1)] });
    const [asks] = wrong(back, lock);
    expect(asks).toMatchObject({ code: 'PLR2201' });
    expect(asks?.fix).toContain('`privatelink-router lock release analytics 9094 --shard s3`');
    const freed = releasePort(lock, 'analytics', 9094, 's3');
    if (!('lock' in freed)) throw new Error('not freed');
    expect(places(accept(back, freed.lock).lock)).toMatchObject({ 'broker-2': 's3:9094' });
    const unasked = router({ targets: [target('a'), ...brokers.slice(1).map(({ listenPort: _, ...one }) => one)] });
    const [comesBack] = accept(unasked, lock).findings.filter(({ code }) => code === 'PLR2104');
    expect(comesBack?.fix).toContain('lock release analytics 9094 --shard s3`');
    const merged = mergeLocks({
      base: lock,
      sides: [freed.lock],
      inventory: inventory([router({ targets: [target('a')] })]),
      reference: 'main',
    });
    expect(merged.findings.find(({ code }) => code === 'PLR2820')?.fix).toContain('9094 --shard s3`');
  });
});

describe('on Azure', () => {
  it('pins separate frontends of one pool, on which one port may be dialled', () => {
    const all = [azureTarget('a'), azureTarget('b', { pin: 'x' })].map((one) => ({ ...one, listenPort: 443 }));
    const { lock } = accept(azureRouter({ targets: all }));
    expect(entry(lock).shards).toMatchObject({ s1: { pool: 'p1' }, s2: { pool: 'p1', pin: 'x' } });
    expect(places(lock)).toEqual({ a: 's1:443', b: 's2:443' });
    const mates = all.map((one) => ({ ...one, pin: 'x' }));
    expect(codes(azureRouter({ targets: mates }))).toEqual(['PLR2202']);
  });

  it('costs a pool with ha-ports, which is told once', () => {
    const azure = azurePlace({ loadBalancing: 'ha-ports' });
    const all = [azureTarget('a', { listenPort: 443 }), azureTarget('b', { pin: 'x', listenPort: 443 })];
    const { lock, findings } = accept(azureRouter({ azure, targets: all }));
    expect(findings.map(({ code }) => code)).toEqual(['PLR2532']);
    expect(findings[0]?.message).toContain('shard s2 of x in p2');
    expect(places(lock)).toEqual({ a: 's1:443', b: 's2:443' });
    expect(codes(azureRouter({ azure, targets: all }), lock)).toEqual([]);
    expect(codes(azureRouter({ azure, targets: all.slice(0, 1) }))).toEqual([]);
  });
});
