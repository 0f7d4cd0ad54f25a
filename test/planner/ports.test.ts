import { describe, expect, it } from 'vitest';
import { planRouting, releasePort } from '../../src/planner';
import { accept, codes, inventory, NOTHING, places, router, target, targets } from './support';

describe('ports of base-port', () => {
  it('are the lowest free ones from basePort, in the order of the file', () => {
    const { lock } = accept(router({ targets: [target('b'), target('a'), target('c')], basePort: 20000 }));
    expect(places(lock)).toEqual({ a: 's1:20001', b: 's1:20000', c: 's1:20002' });
  });

  it('stay when the file is put into another order, or another target comes or goes', () => {
    const first = accept(router({ targets: targets('t', 5) }));
    const rest = targets('t', 5).slice(1).reverse();
    const { lock } = accept(router({ targets: [target('new'), ...rest] }), first.lock);
    expect(places(lock)).toEqual({
      new: 's1:10005',
      't-1': 's1:10001',
      't-2': 's1:10002',
      't-3': 's1:10003',
      't-4': 's1:10004',
    });
    expect(lock.routers.analytics?.retired).toEqual([{ shard: 's1', listenerPort: 10000, target: 't-0' }]);
  });

  it('go around every listenPort of the file, also one that comes later in it', () => {
    const { lock } = accept(router({ targets: [target('a'), target('b'), target('c', { listenPort: 10001 })] }));
    expect(places(lock)).toEqual({ a: 's1:10000', b: 's1:10002', c: 's1:10001' });
  });

  it('are unique in the router, not merely on their shard', () => {
    const { lock } = accept(router({ targets: targets('t', 25) }));
    const ports = Object.values(lock.routers.analytics?.targets ?? {}).map(({ listenerPort }) => listenerPort);
    expect(new Set(ports).size).toBe(25);
    expect(Object.keys(lock.routers.analytics?.shards ?? {})).toEqual(['s1', 's2', 's3']);
  });

  it('change for new targets only where basePort or the strategy changes', () => {
    const first = accept(router({ targets: [target('a')] }));
    const over = { targets: [target('a'), target('b')], basePort: 12000, portStrategy: 'preserve' as const };
    expect(places(accept(router(over), first.lock).lock)).toEqual({ a: 's1:10000', b: 's1:5432' });
    const { portStrategy: _, ...rest } = over;
    expect(places(accept(router(rest), first.lock).lock)).toEqual({ a: 's1:10000', b: 's1:12000' });
  });

  it('run out with one finding for all that got none', () => {
    const { findings } = planRouting({
      inventory: inventory([router({ targets: targets('t', 9), basePort: 65533 })]),
      lock: NOTHING,
    });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'PLR2204', path: ['routers', 'analytics', 'targets', 't-3'] });
    expect(findings[0]?.message).toContain('6 new targets (t-3, t-4, t-5, t-6, t-7 and 1 more)');
  });
});

describe('ports that are asked for', () => {
  it('are given, and move the target where they are edited', () => {
    const first = accept(router({ targets: [target('a', { listenPort: 14330 })] }));
    const moved = accept(router({ targets: [target('a', { listenPort: 14331 })] }), first.lock);
    expect(places(moved.lock)).toEqual({ a: 's1:14331' });
    const retired = [{ shard: 's1', listenerPort: 14330, target: 'a', portFrom: 'listenPort' }];
    expect(moved.lock.routers.analytics?.retired).toEqual(retired);
    expect(places(accept(router({ targets: [target('a')] }), moved.lock).lock)).toEqual({ a: 's1:14331' });
  });

  it('are refused where they are retired, until they are released', () => {
    const first = accept(router({ targets: [target('a', { listenPort: 14330 }), target('b')] }));
    const removed = accept(router({ targets: [target('b')] }), first.lock);
    const asking = router({ targets: [target('b'), target('c', { listenPort: 14330 })] });
    const { findings } = planRouting({ inventory: inventory([asking]), lock: removed.lock });
    expect(findings).toMatchObject([
      { code: 'PLR2201', path: ['routers', 'analytics', 'targets', 'c', 'listenPort'], severity: 'error' },
    ]);
    expect(findings[0]?.fix).toContain('privatelink-router lock release analytics 14330');
    const released = releasePort(removed.lock, 'analytics', 14330);
    if (!('lock' in released)) throw new Error('not released');
    expect(released.findings).toMatchObject([{ code: 'PLR2803', severity: 'warning' }]);
    expect(released.findings[0]?.fix).toContain('`terraform apply` must have run since that target was removed');
    expect(places(accept(asking, released.lock).lock)).toMatchObject({ c: 's1:14330' });
  });

  it('are refused in the very run that retires them: two listeners would meet', () => {
    const first = accept(router({ targets: [target('a'), target('b')] }));
    expect(codes(router({ targets: [target('b'), target('c', { listenPort: 10000 })] }), first.lock)).toEqual([
      'PLR2201',
    ]);
  });

  it('are refused where another target has them', () => {
    const first = accept(router({ targets: [target('a'), target('b')] }));
    expect(codes(router({ targets: [target('a'), target('b', { listenPort: 10000 })] }), first.lock)).toEqual([
      'PLR2202',
    ]);
  });

  it('are refused where base-port gave them on another shard', () => {
    const all = targets('t', 11);
    const first = accept(router({ targets: all }));
    const other = all.map((one) => (one.name === 't-10' ? { ...one, listenPort: 10003 } : one));
    expect(codes(router({ targets: other }), first.lock)).toEqual(['PLR2202']);
    const gone = accept(router({ targets: all.filter(({ name }) => name !== 't-3') }), first.lock);
    const asking = other.filter(({ name }) => name !== 't-3');
    expect(codes(router({ targets: asking }), gone.lock)).toEqual(['PLR2201']);
  });
});

describe('preserved ports', () => {
  it('are the targets’ own, once a shard', () => {
    const over = { portStrategy: 'preserve' as const };
    const first = router({ ...over, targets: targets('t', 11, { port: 5432 }).slice(10) });
    expect(places(accept(first).lock)).toEqual({ 't-10': 's1:5432' });
    const many = [...targets('a', 1, { port: 1 }), ...targets('t', 10, { port: 1521 }), target('z', { port: 1 })];
    const { lock, findings } = accept(router({ ...over, targets: many }));
    expect(places(lock)).toMatchObject({
      'a-0': 's1:1',
      't-0': 's1:1521',
      't-1': 's1:10000',
      't-9': 's2:1521',
      z: 's2:1',
    });
    expect(findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(Array(8).fill('PLR2203 warning'));
  });

  it('fall to base-port with a warning where the port is retired', () => {
    const over = { portStrategy: 'preserve' as const };
    const first = accept(router({ ...over, targets: [target('a'), target('b', { port: 1 })] }));
    const second = accept(router({ ...over, targets: [target('b', { port: 1 })] }), first.lock);
    const third = accept(router({ ...over, targets: [target('b', { port: 1 }), target('c')] }), second.lock);
    expect(places(third.lock)).toEqual({ b: 's1:1', c: 's1:10000' });
    expect(third.findings).toMatchObject([{ code: 'PLR2203' }]);
    expect(third.findings[0]?.message).toContain('it is retired and last reached a');
  });
});

describe('a name that comes back', () => {
  it('is a new target, and is told so', () => {
    const first = accept(router({ targets: [target('a'), target('b')] }));
    const without = accept(router({ targets: [target('b')] }), first.lock);
    const back = accept(router({ targets: [target('a'), target('b')] }), without.lock);
    expect(places(back.lock)).toEqual({ a: 's1:10002', b: 's1:10001' });
    expect(back.findings).toMatchObject([{ code: 'PLR2104', severity: 'warning' }]);
    expect(back.findings[0]?.fix).toContain('lock release analytics 10000');
    expect(accept(router({ targets: [target('a'), target('b')] }), back.lock).findings).toEqual([]);
  });
});

describe('a target that was removed twice', () => {
  it('is told which port it had last when it comes back a third time', () => {
    const [both, alone] = [router({ targets: [target('a'), target('b')] }), router({ targets: [target('b')] })];
    const twice = [both, alone, both, alone].reduce((lock, one) => accept(one, lock).lock, accept(alone).lock);
    const third = accept(both, twice);
    expect(third.lock.routers.analytics?.retired.map(({ listenerPort }) => listenerPort)).toEqual([10001, 10002]);
    expect(places(third.lock)).toMatchObject({ a: 's1:10003' });
    expect(third.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'PLR2104 a was removed before and comes back as a new target: port 10002 that it had stays retired, it gets 10003',
    ]);
  });
});

describe('a disabled target', () => {
  it('keeps port and shard, has no listener, and leaves the rule', () => {
    const first = accept(router({ targets: [target('a'), target('b')] }));
    const off = accept(router({ targets: [target('a', { enabled: false }), target('b')] }), first.lock);
    expect(places(off.lock)).toEqual(places(first.lock));
    const [shard] = off.plan.routers[0]?.shards ?? [];
    expect(shard?.listeners.map(({ backends: [one] }) => one.target)).toEqual(['b']);
    expect(shard?.reserved).toEqual([{ target: 'a', listenerPort: 10000 }]);
    expect(shard?.domains).toEqual(['b.corp.example']);
  });

  it('leaves its domain in the rule where another target uses it, or where the rule would be empty', () => {
    const shared = { domains: ['db.example'] } as const;
    const both = [target('a', { ...shared, enabled: false }), target('b', shared)];
    expect(accept(router({ targets: both })).plan.routers[0]?.shards[0]?.domains).toEqual(['db.example']);
    const first = accept(router({ targets: [target('a'), target('b')] }));
    const off = accept(router({ targets: targets('', 0).concat(target('a', { enabled: false })) }), first.lock);
    expect(off.plan.routers[0]?.shards[0]?.domains).toEqual(['a.corp.example', 'b.corp.example']);
    const born = accept(router({ targets: [target('a', { enabled: false })] }));
    expect(born.plan.routers[0]?.shards[0]?.domains).toEqual(['a.corp.example']);
  });
});
