import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import type { Target } from '../../src/model';
import { hostsToResolve, planRouting, toPublicPlan } from '../../src/planner';
import { runs } from '../support/runs';
import { accept, inventory, NOTHING, router, type TargetValues, target } from './support';

/** A target with these hosts; those of digits are addresses. */
function among(name: string, [first, ...others]: readonly [string, ...string[]], over: TargetValues = {}): Target {
  const host = (one: string) => ({ name: one, literal: /^[\d.]+$/.test(one) });
  return { ...target(name, over), hosts: [host(first), ...others.map(host)], domains: [`${name}.corp.example`] };
}

const SYNTH = { dns: 'synth' } as const;
const NAMES = ['10.0.0.9', 'a.example', 'b.example'] as const;

describe('a target with several hosts', () => {
  it('has its addresses from the hosts themselves and from Terraform, or from the lock', () => {
    const all = [among('planned', NAMES), among('fixed', NAMES, SYNTH), among('known', ['10.0.0.9', '10.0.0.10'])];
    const resolutions = new Map([
      ['a.example', ['10.0.0.100', '10.0.0.9']],
      ['analytics/b.example', ['10.0.0.20']],
    ]);
    const { plan, lock } = planRouting({
      inventory: inventory([router({ targets: all })]),
      lock: NOTHING,
      resolutions,
    });
    const [shard] = plan.routers[0]?.cloud === 'aws' ? plan.routers[0].shards : [];
    const found = shard?.listeners.map(({ backends: [{ target: name, resolution, addresses }] }) => [
      name,
      resolution,
      ...addresses,
    ]);
    expect(found).toEqual([
      ['planned', 'plan', '10.0.0.9'],
      ['fixed', 'fixed', '10.0.0.9', '10.0.0.20', '10.0.0.100'],
      ['known', 'fixed', '10.0.0.9', '10.0.0.10'],
    ]);
    expect(lock.routers.analytics?.targets.fixed).toMatchObject({
      hosts: NAMES,
      addresses: ['10.0.0.9', '10.0.0.20', '10.0.0.100'],
    });
    const shown = toPublicPlan(plan, { changes: [], compared: 'nothing', diagnostics: [] });
    expect(shown.routers.analytics?.shards[0]?.listeners[1]?.backends[0]?.hosts).toEqual(NAMES);
  });

  it('is asked for whole again where one of the hosts is another, and not while they stay', () => {
    const resolutions = new Map(
      [...'abc'].map((letter, index) => [`${letter}.example`, [`10.0.0.${index + 1}`]] as const),
    );
    const before = router({ targets: [among('db', NAMES, SYNTH)] });
    const { lock } = planRouting({ inventory: inventory([before]), lock: NOTHING, resolutions });
    const asked = (hosts: readonly [string, ...string[]], refresh = false) =>
      hostsToResolve(inventory([router({ targets: [among('db', hosts, SYNTH)] })]), lock, { refresh }).map(
        ({ host, beside }) => [host, beside],
      );
    expect(asked(NAMES)).toEqual([]);
    expect(asked(NAMES, true)).toEqual([
      ['a.example', ['10.0.0.9', 'b.example']],
      ['b.example', ['10.0.0.9', 'a.example']],
    ]);
    expect(asked(['a.example', 'c.example'])).toEqual([
      ['a.example', ['c.example']],
      ['c.example', ['a.example']],
    ]);
    expect(asked(['a.example'])).toEqual([['a.example', undefined]]);
  });

  it('keeps no addresses of some of its hosts alone, and says which it lacks', () => {
    const one = inventory([router({ targets: [among('db', NAMES, SYNTH)] })]);
    const half = new Map([['a.example', ['10.0.0.1']]]);
    const { lock, findings } = planRouting({ inventory: one, lock: NOTHING, resolutions: half });
    expect(lock.routers.analytics?.targets.db).not.toHaveProperty('addresses');
    expect(findings.map(({ code, path }) => [code, path.join('.')])).toEqual([
      ['PLR2601', 'routers.analytics.targets.db.hosts'],
      ['PLR2601', 'routers.analytics.targets.db.hosts'],
    ]);
  });

  it('keeps its port, and the name of its target group, where a host comes or goes', () => {
    const first = accept(router({ targets: [among('db', ['a.example']), target('x')] }));
    for (const hosts of [NAMES, ['b.example', 'c.example']] as const) {
      const next = accept(router({ targets: [among('db', hosts), target('x')] }), first.lock);
      const names = (of: typeof first) =>
        of.plan.routers.flatMap((one) =>
          one.cloud === 'aws'
            ? one.shards.flatMap(({ listeners }) =>
                listeners.map(({ port, backends: [b] }) => [port, b.targetGroupName]),
              )
            : [],
        );
      expect(names(next)).toEqual(names(first));
    }
  });

  it('stands in the lock under its hosts, which read back; one host stands as it always did', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1 }), (letters) => {
        const [first = 'a', ...others] = letters.map((letter) => `${letter}.example`).sort();
        const { lock } = accept(router({ targets: [among('db', [first, ...others])] }));
        const text = serializeLock(lock);
        expect(text.includes('"host":')).toBe(others.length === 0);
        expect(text.includes('"hosts":')).toBe(others.length > 0);
        expect(parseLock(text, 'x').lock).toEqual(lock);
      }),
      { numRuns: runs(50) },
    );
    const both = serializeLock(accept(router({ targets: [among('db', ['a.example', 'b.example'])] })).lock);
    const refused = parseLock(both.replace('"hosts":', '"host": "a.example", "hosts":'), 'x');
    expect(refused.diagnostics.map(({ message }) => message).join()).toContain('either host or hosts');
  });
});
