import { describe, expect, it } from 'vitest';
import { FORWARDER_PORTS, reservedPorts } from '../../src/forwarder';
import { limit } from '../../src/limits';
import type { AzureRouter, Lock, PlannedAzureRouter, Target } from '../../src/model';
import { AZURE_REFUSED_PORTS } from '../../src/model';
import { planRouting, releasePort } from '../../src/planner';
import {
  accept,
  azureOf,
  azurePlace,
  azureRouter,
  azureTarget,
  azureTargets,
  codes,
  inventory,
  NOTHING,
  places,
} from './support';

const LISTENERS = limit('azure.rulesPerNetworkInterface').value - 1;
const HA_PORTS = azurePlace({ loadBalancing: 'ha-ports' });

/** The shards of each pool, and how many listeners each shard has. */
function shape({ pools, shards }: PlannedAzureRouter): Record<string, Record<string, number>> {
  return Object.fromEntries(
    pools.map((pool) => [
      pool.key,
      Object.fromEntries(
        shards
          .filter((shard) => shard.pool === pool.key)
          .map(({ key, listeners, reserved }) => [key, listeners.length + reserved.length]),
      ),
    ]),
  );
}

function shared(groups: string, number: number): Target[] {
  return [...groups].flatMap((group) => azureTargets(group, number, { domains: [`${group}.shared.example`] }));
}

describe('where new targets go', () => {
  it('is a shard of ten domains, eight shards to a pool, then the next pool', () => {
    const { lock, plan } = accept(azureRouter({ targets: azureTargets('t', 95) }));
    const eight = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`s${index + 1}`, 10]));
    expect(shape(azureOf({ plan }))).toEqual({ p1: eight, p2: { s9: 10, s10: 5 } });
    expect(lock.routers.analytics?.pools).toEqual(['p1', 'p2']);
    expect(lock.routers.analytics?.shards.s9).toMatchObject({ pool: 'p2' });
  });

  it('keeps the targets of a domain together: seven domains of fifty are five on one pool and two on the next', () => {
    const targets = shared('abcdefg', 50);
    const one = azureOf(accept(azureRouter({ targets })));
    expect(shape(one)).toEqual({ p1: { s1: 250 }, p2: { s2: 100 } });
    expect(one.shards.map(({ domains }) => domains.map((domain) => domain[0]).join(''))).toEqual(['abcde', 'fg']);
    // However the file mixes them: what decides is which domain comes first.
    const mixed = targets.map((_, index) => targets[(index % 7) * 50 + Math.floor(index / 7)]);
    expect(shape(azureOf(accept(azureRouter({ targets: mixed.filter((each) => each !== undefined) }))))).toEqual(
      shape(one),
    );
  });

  it('fills the room that is left with whatever fits', () => {
    const first = accept(azureRouter({ targets: shared('abcdefg', 50) }));
    const more = [...shared('abcdefg', 50), ...shared('h', 49), ...shared('i', 60)];
    expect(shape(azureOf(accept(azureRouter({ targets: more }), first.lock)))).toEqual({
      p1: { s1: LISTENERS },
      p2: { s2: 160 },
    });
  });

  it('leaves room for new targets of domains that have a shard before others come', () => {
    const first = accept(azureRouter({ targets: shared('ab', 100) }));
    const { plan } = accept(azureRouter({ targets: [...shared('c', 90), ...shared('ab', 140)] }), first.lock);
    expect(shape(azureOf({ plan }))).toEqual({ p1: { s1: 280 }, p2: { s2: 90 } });
  });

  it('is one pool with one shard for each ten domains with one rule for all ports, however many targets', () => {
    const one = azureOf(accept(azureRouter({ azure: HA_PORTS, targets: shared('abcdefg', 50) })));
    expect(shape(one)).toEqual({ p1: { s1: 350 } });
    const many = azureOf(accept(azureRouter({ azure: HA_PORTS, targets: azureTargets('t', 25) })));
    expect(shape(many)).toEqual({ p1: { s1: 10 }, p2: { s2: 10 }, p3: { s3: 5 } });
  });

  it('is nowhere beyond the rules of a pool: one finding, with shard and pool', () => {
    const { findings } = planRouting({
      inventory: inventory([azureRouter({ targets: shared('a', LISTENERS + 2) })]),
      lock: NOTHING,
    });
    expect(findings).toMatchObject([{ code: 'PLR2301', path: ['routers', 'analytics', 'targets', `a-${LISTENERS}`] }]);
    expect(findings[0]?.message).toContain(`stands on shard s1 of pool p1, which has all ${LISTENERS} listeners`);
  });

  it('counts disabled targets, so that enabling one always fits', () => {
    const off = azureRouter({ targets: shared('abcdef', 50).map((one) => ({ ...one, enabled: false })) });
    const { lock } = accept(off);
    const on = azureOf(accept(azureRouter({ targets: shared('abcdef', 50) }), lock));
    expect(shape(on)).toEqual({ p1: { s1: 250 }, p2: { s2: 50 } });
  });
});

describe('a pool that the lock has', () => {
  const ten = azureTargets('t', 10);
  const two = accept(azureRouter({ azure: HA_PORTS, targets: azureTargets('t', 20) }));

  /** The lock after the second shard of `two` was taken away, and its pool with it. */
  function withoutSecond(): Lock {
    const step = (steps: AzureRouter['shardTeardown'], lock: Lock): Lock =>
      accept(azureRouter({ azure: HA_PORTS, targets: ten, shardTeardown: steps }), lock).lock;
    return step({ s2: 'destroy' }, step({ s2: 'prepare' }, step({}, two.lock)));
  }

  it('leaves the plan with its last shard, and its number is not used again', () => {
    const lock = withoutSecond();
    expect(lock.routers.analytics).toMatchObject({
      pools: ['p1', 'p2'],
      shards: { s2: { pool: 'p2', state: 'removed', domains: [] } },
    });
    const again = accept(azureRouter({ azure: HA_PORTS, targets: [...ten, ...azureTargets('u', 1)] }), lock);
    expect(shape(azureOf(again))).toEqual({ p1: { s1: 10 }, p3: { s3: 1 } });
  });

  it('is unprotected while the last of its shards is being taken away, and only then', () => {
    const prepare = (place: AzureRouter['azure']): PlannedAzureRouter => {
      const { lock } = accept(azureRouter({ azure: place, targets: azureTargets('t', 20) }));
      return azureOf(accept(azureRouter({ azure: place, targets: ten, shardTeardown: { s2: 'prepare' } }), lock));
    };
    const protection = ({ pools }: PlannedAzureRouter): readonly boolean[] =>
      pools.map(({ deletionProtection }) => deletionProtection);
    expect(protection(prepare(HA_PORTS))).toEqual([true, false]);
    expect(protection(prepare(azurePlace()))).toEqual([true]);
    expect(prepare(azurePlace()).shards.map(({ deletionProtection }) => deletionProtection)).toEqual([true, false]);
    const whole = azureOf(accept(azureRouter({ targets: ten, teardown: 'prepare' }), accept(azureRouter()).lock));
    expect(protection(whole)).toEqual([false]);
  });

  it('warns of an emptied shard in the words of Azure', () => {
    const { findings } = accept(azureRouter({ azure: HA_PORTS, targets: ten }), two.lock);
    expect(findings).toMatchObject([{ code: 'PLR2501' }]);
    expect(findings[0]?.message).toContain('its Private Link Service and its private endpoint stay');
  });

  it('that has more than it may is refused: rules, services, a domain too many', () => {
    const { lock } = accept(azureRouter({ targets: shared('a', LISTENERS) }));
    const entry = lock.routers.analytics;
    const last = entry?.targets['a-0'];
    if (entry === undefined || last === undefined) throw new Error('nothing was locked');
    const one = azureRouter({ targets: shared('a', LISTENERS + 1) });
    const targets = { ...entry.targets, [`a-${LISTENERS}`]: { ...last, listenerPort: 20_000 } };
    const result = planRouting({
      inventory: inventory([one]),
      lock: { version: 1, routers: { analytics: { ...entry, targets } } },
    });
    expect(result.findings).toMatchObject([
      { code: 'PLR2301', message: 'pool p1 of analytics has 300 listeners, allowed are 299' },
    ]);
    const wide = azureTargets('t', 90);
    const nine = accept(azureRouter({ targets: wide })).lock.routers.analytics;
    if (nine === undefined) throw new Error('nothing was locked');
    const shards = { ...nine.shards, s9: { ...nine.shards.s9, domains: nine.shards.s9?.domains ?? [], pool: 'p1' } };
    const crowded: Lock = { version: 1, routers: { analytics: { ...nine, shards } } };
    const { findings } = planRouting({ inventory: inventory([azureRouter({ targets: wide })]), lock: crowded });
    expect(findings).toMatchObject([{ code: 'PLR2301', message: 'pool p1 of analytics has 9 shards, allowed are 8' }]);
  });
});

describe('ports of a pool', () => {
  const wide = [...azureTargets('t', 10), azureTarget('u'), azureTarget('v', { listenPort: 15_000 })];
  const { lock } = accept(azureRouter({ targets: wide }));

  it('are unique on each of its shards', () => {
    expect(places(lock)).toMatchObject({ 't-0': 's1:10000', u: 's2:10010', v: 's2:15000' });
    const asks = azureTarget('w', { domains: ['u.corp.example'], listenPort: 15_000 });
    const { findings } = planRouting({ inventory: inventory([azureRouter({ targets: [...wide, asks] })]), lock });
    expect(findings).toMatchObject([{ code: 'PLR2202', path: ['routers', 'analytics', 'targets', 'w', 'listenPort'] }]);
    expect(findings[0]?.message).toBe('listenPort 15000 of w is not free: on shard s2 v has it');
  });

  it('stay retired on their shard, until they are released', () => {
    const without = wide.filter(({ name }) => name !== 'v');
    const gone = accept(azureRouter({ targets: without }), lock);
    const asks = azureRouter({
      targets: [...without, azureTarget('w', { domains: ['u.corp.example'], listenPort: 15_000 })],
    });
    const { findings } = planRouting({ inventory: inventory([asks]), lock: gone.lock });
    expect(findings).toMatchObject([{ code: 'PLR2201' }]);
    expect(findings[0]?.message).toContain('on shard s2 it is retired and last reached v');
    const freed = releasePort(gone.lock, 'analytics', 15_000);
    if (!('lock' in freed)) throw new Error('not released');
    expect(places(accept(asks, freed.lock).lock)).toMatchObject({ w: 's2:15000' });
  });

  it('may stand on another pool too, where nobody got them from base-port', () => {
    const one = azureRouter({ azure: HA_PORTS, targets: wide });
    const first = accept(one).lock;
    const asks = azureTarget('w', { domains: ['t-0.corp.example'], listenPort: 15_000 });
    const { lock: after } = accept(azureRouter({ azure: HA_PORTS, targets: [...wide, asks] }), first);
    expect(places(after)).toMatchObject({ v: 's2:15000', w: 's1:15000' });
    const taken = azureTarget('x', { domains: ['u.corp.example'], listenPort: 10_000 });
    expect(codes(azureRouter({ azure: HA_PORTS, targets: [...wide, taken] }), first)).toEqual(['PLR2202']);
  });

  it('prefer the own port over the whole pool, else base-port chooses', () => {
    const own = azureRouter({ portStrategy: 'preserve', targets: azureTargets('t', 11, { port: 1433 }) });
    const result = accept(own);
    expect(places(result.lock)).toMatchObject({ 't-0': 's1:1433', 't-1': 's1:10000', 't-10': 's2:10009' });
    expect(result.findings.filter(({ code }) => code === 'PLR2203')).toHaveLength(10);
  });

  it.each([...reservedPorts(AZURE_REFUSED_PORTS)])('are never %i', (port, why) => {
    const asked = planRouting({
      inventory: inventory([azureRouter({ targets: [azureTarget('t', { listenPort: port })] })]),
      lock: NOTHING,
    });
    expect(asked.findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      `PLR2202 listenPort ${port} of t is not free: ${why}`,
    ]);
    const kept = accept(azureRouter({ portStrategy: 'preserve', targets: [azureTarget('t', { port })] }));
    expect(places(kept.lock)).toEqual({ t: 's1:10000' });
    expect(kept.findings.map(({ code }) => code)).toEqual(['PLR2203']);
  });

  it('are given out around what is reserved', () => {
    const { health, ready } = FORWARDER_PORTS;
    const result = accept(azureRouter({ basePort: health, targets: azureTargets('t', 2) }));
    expect(places(result.lock)).toEqual({ 't-0': `s1:${ready + 1}`, 't-1': `s1:${ready + 2}` });
    expect(codes(azureRouter({ basePort: 65_535, targets: azureTargets('t', 1) }))).toEqual(['PLR2204']);
  });
});

describe('limits of a region and of a subscription', () => {
  it('count the shards of all routers that share them, and of no other cloud', () => {
    const routers = ['x', 'y'].map((name) => azureRouter({ name, targets: azureTargets(name, 20) }));
    const stated = (endpointsUsed: number): readonly string[] =>
      planRouting({
        inventory: inventory(routers.map((one) => ({ ...one, limits: { endpointsUsed } }))),
        lock: NOTHING,
      }).findings.map(({ code }) => code);
    expect(stated(96)).toEqual([]);
    expect(stated(97)).toEqual(['PLR2401']);
  });

  it('say where they count and what helps', () => {
    const one = azureRouter({ targets: azureTargets('t', 11), limits: { privateLinkServicesUsed: 799 } });
    const { findings } = planRouting({ inventory: inventory([one]), lock: NOTHING });
    expect(findings).toMatchObject([{ code: 'PLR2404', path: ['routers', 'analytics', 'targets', 't-10'] }]);
    expect(findings[0]?.message).toContain('subscription 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940');
    expect(findings[0]?.message).toContain('799 stated as used elsewhere (privateLinkServicesUsed)');
    expect(findings[0]?.fix).toContain('nobody raises this limit');
  });
});

it('three thousand targets of sixty domains are twelve pools', () => {
  const targets = azureTargets('t', 3000).map((one, index) => ({
    ...one,
    domains: [`d${index % 60}.example`] as const,
  }));
  const one = azureOf(accept(azureRouter({ targets })));
  expect(one.pools).toHaveLength(12);
  expect(Object.values(shape(one)).map((shards) => Object.values(shards).reduce((sum, each) => sum + each, 0))).toEqual(
    Array.from({ length: 12 }, () => 250),
  );
});
