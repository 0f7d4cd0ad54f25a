import { describe, expect, it } from 'vitest';
import { planRouting } from '../../src/planner';
import { accept, codes, inventory, NOTHING, places, router, target, targets } from './support';

const SHARED = { domains: ['db.example'] } as const;

describe('where new targets go', () => {
  it('is the shard of their domain, however full of domains that is', () => {
    const { lock } = accept(router({ targets: [...targets('t', 11), target('x', { domains: ['t-3.corp.example'] })] }));
    expect(places(lock)).toMatchObject({ 't-9': 's1:10009', 't-10': 's2:10010', x: 's1:10011' });
  });

  it('is the first shard with room, else a new one whose number was never used', () => {
    const first = accept(router({ targets: targets('t', 20) }));
    const fewer = accept(router({ targets: targets('t', 20).filter(({ name }) => name !== 't-4') }), first.lock);
    const { lock } = accept(
      router({ targets: [...targets('t', 20).filter(({ name }) => name !== 't-4'), ...targets('n', 2)] }),
      fewer.lock,
    );
    expect(places(lock)).toMatchObject({ 'n-0': 's1:10020', 'n-1': 's3:10021' });
  });

  it('counts disabled targets, so that enabling one always fits', () => {
    const { lock } = accept(router({ targets: targets('t', 11, { enabled: false }) }));
    expect(places(lock)['t-10']).toBe('s2:10010');
    expect(accept(router({ targets: targets('t', 11) }), lock).plan.routers[0]?.shards).toHaveLength(2);
  });

  it('counts the domains that a rule keeps while none of its targets is enabled', () => {
    const off = targets('t', 9, { enabled: false });
    const first = accept(router({ targets: [...off, target('on')] }));
    const without = accept(router({ targets: off }), first.lock);
    expect(without.plan.routers[0]?.shards[0]?.domains).toEqual(['on.corp.example']);
    const more = [...off, target('n', { enabled: false })];
    const second = accept(router({ targets: more }), without.lock);
    expect(places(second.lock).n).toBe('s2:10010');
    const back = [...more, target('again', { domains: ['on.corp.example'] })];
    const { lock, plan } = accept(router({ targets: back }), second.lock);
    expect(places(lock).again).toBe('s1:10011');
    expect(plan.routers[0]?.shards[0]?.domains).toEqual(['on.corp.example']);
    expect(codes(router({ targets: back }), lock)).toEqual([]);
  });

  it('lets domains of enabled and disabled targets change at once, whichever comes first', () => {
    const off = targets('t', 9, { enabled: false });
    const { lock } = accept(router({ targets: [...off, target('on')] }));
    const changed = [...off, target('on')].map((one) =>
      ['t-0', 'on'].includes(one.name) ? { ...one, domains: [`new-${one.name}.example`] as const } : one,
    );
    expect(codes(router({ targets: changed }), lock)).toEqual([]);
    expect(codes(router({ targets: [...changed].reverse() }), lock)).toEqual([]);
  });

  it('keeps new targets of one domain together, on a shard with room for all of them', () => {
    const first = accept(router({ targets: targets('a', 45, SHARED) }));
    const group = targets('b', 10, { domains: ['b.example'] });
    const { lock } = accept(router({ targets: [...targets('a', 45, SHARED), target('c'), ...group] }), first.lock);
    expect(places(lock)).toMatchObject({ c: 's1:10045', 'b-0': 's2:10046', 'b-9': 's2:10055' });
  });

  it('is nowhere for the 51st target of a domain: one finding, with shard and remedy', () => {
    const one = router({ targets: targets('t', 53, SHARED) });
    const { findings } = planRouting({ inventory: inventory([one]), lock: NOTHING });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'PLR2301', path: ['routers', 'analytics', 'targets', 't-50'] });
    expect(findings[0]?.message).toContain('3 new targets with the domain db.example (t-50, t-51, t-52) do not fit');
    expect(findings[0]?.fix).toContain('`domain:` of their own');
  });

  it('with a shared domain for each shard, 50 a shard', () => {
    const all = [...targets('a', 50, SHARED), ...targets('b', 50, { domains: ['other.example'] })];
    const { plan } = accept(router({ targets: all }));
    expect(plan.routers[0]?.shards.map(({ listeners }) => listeners.length)).toEqual([50, 50]);
  });
});

describe('a domain that changes', () => {
  const all = targets('t', 12);
  const { lock } = accept(router({ targets: all }));
  const withDomain = (name: string, domain: string): string[] => [
    ...codes(
      router({ targets: all.map((one) => (one.name === name ? { ...one, domains: [domain] as const } : one)) }),
      lock,
    ),
  ];

  it('stays on the shard where there is room, keeping the port', () => {
    expect(withDomain('t-11', 'new.example')).toEqual([]);
    expect(withDomain('t-0', 'new.example')).toEqual([]);
    expect(withDomain('t-0', 't-1.corp.example')).toEqual([]);
  });

  it('is refused where it lives on another shard', () => {
    expect(withDomain('t-0', 't-10.corp.example')).toEqual(['PLR2302']);
  });

  it('is refused where the shard has all domains that it may have', () => {
    const mate = target('mate', { domains: ['t-3.corp.example'] });
    const full = accept(router({ targets: [...all, mate] }), lock);
    const changed = { ...mate, domains: ['eleventh.example'] } as const;
    const result = planRouting({ inventory: inventory([router({ targets: [...all, changed] })]), lock: full.lock });
    expect(result.findings).toMatchObject([
      { code: 'PLR2303', path: ['routers', 'analytics', 'targets', 'mate', 'domain'] },
    ]);
    expect(result.findings[0]?.message).toContain('shard s1, whose rule has all 10 domains');
  });

  it('makes room for the domain of another target in the same run', () => {
    const swap = all.map((one) =>
      one.name === 't-0'
        ? { ...one, domains: ['x.example'] as const }
        : one.name === 't-1'
          ? { ...one, domains: ['t-0.corp.example'] as const }
          : one,
    );
    expect(codes(router({ targets: swap }), lock)).toEqual([]);
  });
});

describe('the limits of a region', () => {
  const spread = (number: number): ReturnType<typeof targets> => targets('t', number * 10);

  it('count shards of every router there', () => {
    const routers = ['a', 'b'].map((name) => router({ name, targets: spread(16) }));
    const { findings } = planRouting({ inventory: inventory(routers), lock: NOTHING });
    expect(findings).toHaveLength(1);
    expect(findings[0]).toMatchObject({ code: 'PLR2401', path: ['routers', 'b', 'targets', 't-140'] });
    expect(findings[0]?.message).toContain('20 new targets of b (t-140');
    const apart = routers.map((one, index) => ({
      ...one,
      aws: { ...one.aws, region: ['us-east-1', 'us-east-2'][index] ?? '' },
    }));
    expect(planRouting({ inventory: inventory(apart), lock: NOTHING }).findings).toEqual([]);
  });

  it('count what is used elsewhere, and what was raised', () => {
    expect(codes(router({ targets: spread(3), limits: { endpointsUsed: 28 } }))).toEqual(['PLR2401']);
    expect(codes(router({ targets: spread(3), limits: { endpointsUsed: 28, endpointsPerRegion: 31 } }))).toEqual([]);
    expect(codes(router({ targets: spread(3), limits: { loadBalancersUsed: 48 } }))).toEqual(['PLR2402']);
    expect(codes(router({ targets: spread(3), limits: { targetGroupsUsed: 2975 } }))).toEqual(['PLR2403']);
  });

  it('hold for what exists already when they are lowered', () => {
    const first = accept(router({ targets: spread(3) }));
    const lowered = router({ targets: spread(3), limits: { endpointsPerRegion: 2 } });
    expect(codes(lowered, first.lock)).toEqual(['PLR2401']);
    expect(codes({ ...lowered, targets: spread(4) }, first.lock)).toContain('PLR2401');
  });

  it('count load balancers by account', () => {
    const routers = ['a', 'b'].map((name, index) => {
      const one = router({ name, targets: spread(2), limits: { loadBalancersUsed: 47 } });
      return { ...one, aws: { ...one.aws, accountId: String(111_111_111_111 + index) } };
    });
    expect(planRouting({ inventory: inventory(routers), lock: NOTHING }).findings).toEqual([]);
    const [first] = routers;
    if (first === undefined) throw new Error('no router');
    const together = routers.map((one) => ({ ...one, aws: first.aws }));
    expect(planRouting({ inventory: inventory(together), lock: NOTHING }).findings).toMatchObject([
      { code: 'PLR2402' },
    ]);
  });
});
