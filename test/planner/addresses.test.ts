import { describe, expect, it } from 'vitest';
import { backendsOf, type Lock, type RoutingPlan } from '../../src/model';
import { addressKey, hostsToResolve, planRouting } from '../../src/planner';
import { accept, awsShards, inventory, NOTHING, router, target } from './support';

const synth = { dns: 'synth' as const };

function addresses(plan: RoutingPlan): Record<string, readonly string[]> {
  const backends = awsShards({ plan }).flatMap(backendsOf);
  return Object.fromEntries(backends.map((one) => [one.target, [one.resolution, ...one.addresses]]));
}

function plan(
  one: ReturnType<typeof router>,
  lock: Lock,
  resolutions: Record<string, string[]> = {},
): ReturnType<typeof planRouting> {
  return planRouting({ inventory: inventory([one]), lock, resolutions: new Map(Object.entries(resolutions)) });
}

describe('addresses', () => {
  it('come from the host itself, from Terraform, or from this run, sorted by number', () => {
    const literal = target('lit', { host: '10.40.7.12', literal: true, domains: ['lit.example'], ...synth });
    const one = router({ targets: [literal, target('planned'), target('fixed', synth)] });
    const result = plan(one, NOTHING, { 'fixed.corp.example': ['10.0.0.100', '10.0.0.9', '10.0.0.10', '10.0.0.9'] });
    expect(addresses(result.plan)).toEqual({
      lit: ['fixed', '10.40.7.12'],
      planned: ['plan'],
      fixed: ['fixed', '10.0.0.9', '10.0.0.10', '10.0.0.100'],
    });
    const locked = result.lock.routers.analytics?.targets;
    expect(locked?.fixed?.addresses).toEqual(['10.0.0.9', '10.0.0.10', '10.0.0.100']);
    expect(locked?.lit?.addresses).toBeUndefined();
    expect(result.findings).toEqual([]);
  });

  const one = router({ targets: [target('a', synth)] });
  const known = plan(one, NOTHING, { 'a.corp.example': ['10.0.0.1'] });

  it('stay as the lock has them, also where a resolution came to nothing', () => {
    expect(plan(one, known.lock)).toEqual(known);
    expect(plan(one, known.lock, { 'a.corp.example': [] })).toEqual(known);
  });

  it('are forgotten with the host, and with the mode', () => {
    const moved = plan(router({ targets: [target('a', { ...synth, host: 'b.example' })] }), known.lock);
    expect(moved.lock.routers.analytics?.targets.a?.addresses).toBeUndefined();
    expect(moved.findings).toMatchObject([
      { code: 'PLR2601', severity: 'warning', path: ['routers', 'analytics', 'targets', 'a', 'host'] },
    ]);
    const other = accept(router({ targets: [target('a')] }), known.lock);
    expect(other.lock.routers.analytics?.targets.a?.addresses).toBeUndefined();
  });

  it('of one host are one warning, and none for a disabled target', () => {
    const same = { ...synth, host: 'db.example', domains: ['db.example'] } as const;
    const both = router({ targets: [target('a', same), target('b', same), target('c', { ...synth, enabled: false })] });
    const { findings } = plan(both, NOTHING);
    expect(findings).toHaveLength(1);
    expect(findings[0]?.message).toContain('for a, b;');
  });

  it('may differ between routers whose name servers do', () => {
    const routers = ['x', 'y'].map((name) => router({ name, targets: [target('a', synth)] }));
    const resolutions = new Map([
      ['a.corp.example', ['10.0.0.1']],
      [addressKey('y', 'a.corp.example'), ['10.0.0.2']],
    ]);
    const result = planRouting({ inventory: inventory(routers), lock: NOTHING, resolutions });
    const seen = awsShards(result).map((shard) => backendsOf(shard)[0]?.addresses);
    expect(seen).toEqual([['10.0.0.1'], ['10.0.0.2']]);
  });
});

describe('hosts to resolve', () => {
  const same = { ...synth, host: 'db.example', domains: ['db.example'] } as const;
  const all = [
    target('a', same),
    target('b', same),
    target('c', synth),
    target('off', { ...synth, enabled: false }),
    target('planned'),
    target('lit', { ...synth, host: '10.0.0.1', literal: true }),
  ];
  const one = router({ targets: all, resolvers: ['10.0.0.2'] });

  it('are those of enabled targets with dns: synth, once each', () => {
    expect(hostsToResolve(inventory([one]), NOTHING, { refresh: false })).toEqual([
      { router: 'analytics', host: 'db.example', targets: ['a', 'b'], resolvers: ['10.0.0.2'] },
      { router: 'analytics', host: 'c.corp.example', targets: ['c'], resolvers: ['10.0.0.2'] },
    ]);
  });

  it('are only new and changed ones, or all on demand', () => {
    const { lock } = plan(one, NOTHING, { 'db.example': ['10.0.0.1'], 'c.corp.example': ['10.0.0.3'] });
    expect(hostsToResolve(inventory([one]), lock, { refresh: false })).toEqual([]);
    expect(hostsToResolve(inventory([one]), lock, { refresh: true })).toHaveLength(2);
    const changed = router({
      targets: all.map((t) => (t.name === 'c' ? { ...t, hosts: [{ name: 'new.example', literal: false }] } : t)),
    });
    const hosts = hostsToResolve(inventory([changed]), lock, { refresh: false }).map(({ host }) => host);
    expect(hosts).toEqual(['new.example']);
    expect(hostsToResolve(inventory([{ ...one, teardown: 'destroy' }]), lock, { refresh: true })).toEqual([]);
  });

  it('are known under a target’s new name', () => {
    const { lock } = plan(router({ targets: [target('c', synth)] }), NOTHING, { 'c.corp.example': ['10.0.0.3'] });
    const renamed = router({ targets: [target('z', { ...synth, host: 'c.corp.example', renamedFrom: 'c' })] });
    expect(hostsToResolve(inventory([renamed]), lock, { refresh: false })).toEqual([]);
    expect(plan(renamed, lock).lock.routers.analytics?.targets.z?.addresses).toEqual(['10.0.0.3']);
  });
});
