import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { ADDRESSES_PER_NAME } from '../../src/forwarder';
import type { Finding, Inventory, Lock, Target } from '../../src/model';
import {
  type HostQuestion,
  hostQuery,
  previewFindings,
  previewQuestions,
  type Resolution,
  type ResolutionFailure,
  resolutionFindings,
  resolutionKey,
  resolvedAddresses,
} from '../../src/resolver';
import { azurePlace, azureRouter } from '../planner/support';

function target(
  name: string,
  host: string,
  { literal = false, ...more }: Partial<Target> & { readonly literal?: boolean } = {},
): Target {
  const healthCheck = {
    protocol: 'TCP',
    interval: 30,
    timeout: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
  } as const;
  return {
    name,
    hosts: [{ name: host, literal }],
    port: 5432,
    route: 'tcp',
    domains: [host],
    enabled: true,
    dns: 'synth',
    idleTimeout: 350,
    drain: 60,
    healthCheck,
    securityGroupIds: [],
    ...more,
  };
}

function inventory(
  routers: Readonly<Record<string, { targets: readonly Target[]; resolvers?: readonly string[] }>>,
): Inventory {
  return {
    version: 1,
    routers: Object.entries(routers).map(([name, { targets, resolvers = [] }]) => ({
      name,
      databricks: { accountId: '00000000-0000-0000-0000-000000000000', host: 'https://accounts.cloud.databricks.com' },
      cloud: 'aws',
      aws: { accountId: '111122223333', region: 'us-east-2', vpcId: 'vpc-1', subnetIds: ['subnet-1', 'subnet-2'] },
      ncc: { name: 'ncc', workspaceIds: [] },
      basePort: 10000,
      portStrategy: 'base-port',
      approval: 'terraform',
      shardTeardown: {},
      deletionProtection: true,
      resolvers,
      tags: {},
      limits: {},
      targets,
    })),
  };
}

function lock(targets: Readonly<Record<string, { host: string; addresses?: readonly string[] }>>): Lock {
  const locked = Object.entries(targets).map(([name, { host, addresses }], n) => [
    name,
    { shard: 's1', listenerPort: 10000 + n, host, port: 5432, domain: host, ...(addresses ? { addresses } : {}) },
  ]);
  const router = {
    cloud: 'aws' as const,
    shards: { s1: { domains: [] } },
    targets: Object.fromEntries(locked),
    retired: [],
  };
  return { version: 1, routers: { analytics: router } };
}

const NO_LOCK: Lock = { version: 1, routers: {} };
const TIMEOUT: ResolutionFailure = { kind: 'unanswered', servers: [{ server: '10.0.0.2', kind: 'timeout', tries: 3 }] };

function gone(name: string): ResolutionFailure {
  return { kind: 'name-unknown', name };
}

function question(host: string, targets: readonly string[], more: Partial<HostQuestion> = {}): HostQuestion {
  return { router: 'analytics', host, targets, resolvers: [], ...more };
}

function resolutions(
  entries: readonly (readonly [HostQuestion, readonly string[] | ResolutionFailure])[],
): ReadonlyMap<string, Resolution> {
  return new Map(
    entries.map(([asked, result]) => {
      const base = { ...hostQuery(asked), aliases: [] };
      const resolution: Resolution =
        'kind' in result
          ? { ...base, resolved: false, failure: result }
          : { ...base, resolved: true, addresses: result };
      return [resolutionKey(base), resolution];
    }),
  );
}

function short(findings: readonly { code: string; severity: string; path: readonly unknown[] }[]): string[] {
  return findings.map(({ code, severity, path }) => `${code} ${severity} ${path.join('.')}`);
}

describe('findings about one of several hosts', () => {
  const asked = question('a.x', ['db'], { beside: ['b.x'] });
  const { analytics } = lock({ db: { host: 'a.x', addresses: ['10.0.0.1', '10.0.0.2'] } }).routers;
  const { host: _host, ...entry } = analytics?.targets.db ?? {};
  const known = (hosts: readonly string[]): Lock =>
    ({ version: 1, routers: { analytics: { ...analytics, targets: { db: { ...entry, hosts } } } } }) as unknown as Lock;
  const of = (answer: readonly string[] | ResolutionFailure, hosts: readonly string[]) => ({
    questions: [asked],
    resolutions: resolutions([[asked, answer]]),
    lock: known(hosts),
  });

  it('hold what the lock knows of these hosts together, and nothing of other ones', () => {
    const same = resolutionFindings(of(gone('a.x'), ['b.x', 'a.x']));
    expect(short(same)).toEqual(['PLR4020 warning routers.analytics.targets.db.hosts']);
    const other = resolutionFindings(of(gone('a.x'), ['a.x', 'c.x']));
    expect(short(other)).toEqual(['PLR4001 error routers.analytics.targets.db.hosts']);
  });

  it('tell an address that the lock does not have, and none that may be the other host’s', () => {
    const preview = (answer: readonly string[]) => {
      const { questions, ...rest } = of(answer, ['a.x', 'b.x']);
      return short(previewFindings({ questions: questions.map((one) => ({ ...one, dns: 'synth' })), ...rest }));
    };
    expect(preview(['10.0.0.2'])).toEqual([]);
    expect(preview(['10.0.0.2', '10.0.0.3'])).toEqual(['PLR4032 warning routers.analytics.targets.db.hosts']);
  });
});

describe('findings about resolutions', () => {
  it('a failed host that the lock does not know is an error, with the code of its cause', () => {
    const q = question('db.x', ['orders']);
    const context = { questions: [q], lock: NO_LOCK };
    const findings = resolutionFindings({ ...context, resolutions: resolutions([[q, gone('db.x')]]) });
    expect(short(findings)).toEqual(['PLR4001 error routers.analytics.targets.orders.host']);
    expect(findings[0]?.message).toBe('db.x of target orders was not resolved: db.x does not exist, NXDOMAIN');
    expect(short(resolutionFindings({ ...context, resolutions: resolutions([[q, ['10.0.0.5']]]) }))).toEqual([]);
  });

  it('a failed host whose addresses the lock knows is a warning that names them', () => {
    const q = question('db.x', ['orders']);
    const findings = resolutionFindings({
      questions: [q],
      resolutions: resolutions([[q, gone('db.x')]]),
      lock: lock({ orders: { host: 'db.x', addresses: ['10.0.0.5', '10.0.0.6'] } }),
    });
    expect(short(findings)).toEqual(['PLR4020 warning routers.analytics.targets.orders.host']);
    expect(findings[0]?.message).toMatch(
      /does not exist, NXDOMAIN; kept the lock's addresses 10\.0\.0\.5, 10\.0\.0\.6$/,
    );
  });

  it.each([
    ['the host has changed', { orders: { host: 'old.x', addresses: ['10.0.0.5'] } }],
    ['the lock has the host without addresses', { orders: { host: 'db.x' } }],
    ['the lock has none left', { orders: { host: 'db.x', addresses: [] } }],
    ['the lock knows another host alone', { other: { host: 'other.x', addresses: ['10.0.0.5'] } }],
  ])('it is an error where %s', (_, locked) => {
    const q = question('db.x', ['orders']);
    const findings = resolutionFindings({
      questions: [q],
      resolutions: resolutions([[q, gone('db.x')]]),
      lock: lock(locked),
    });
    expect(short(findings)).toEqual(['PLR4001 error routers.analytics.targets.orders.host']);
  });

  it('the lock knows a host, whichever target of the router had it: under an old name, or beside', () => {
    const q = question('db.x', ['orders', 'ledger']);
    const findings = resolutionFindings({
      questions: [q],
      resolutions: resolutions([[q, gone('db.x')]]),
      lock: lock({
        old: { host: 'db.x', addresses: ['10.0.0.5'] },
        other: { host: 'other.x', addresses: ['10.0.0.6'] },
      }),
    });
    expect(short(findings)).toEqual(['PLR4020 warning routers.analytics.targets.orders.host']);
    expect(findings[0]?.message).toMatch(/^db\.x of targets orders, ledger .* addresses 10\.0\.0\.5$/);
  });

  it('another router having the host does not help', () => {
    const q = question('db.x', ['orders'], { router: 'reports' });
    const locked = lock({ orders: { host: 'db.x', addresses: ['10.0.0.5'] } });
    const findings = resolutionFindings({
      questions: [q],
      resolutions: resolutions([[q, gone('db.x')]]),
      lock: locked,
    });
    expect(short(findings)).toEqual(['PLR4001 error routers.reports.targets.orders.host']);
  });

  it('name servers that answer nothing are one error, and one warning, for all their hosts', () => {
    const resolvers = ['10.0.0.2'];
    const questions = ['a', 'b', 'c'].map((name) => question(`${name}.x`, [name], { resolvers }));
    const context = {
      questions,
      lock: lock({ b: { host: 'b.x', addresses: ['10.0.0.5'] } }),
    };
    const findings = resolutionFindings({ ...context, resolutions: resolutions(questions.map((q) => [q, TIMEOUT])) });
    expect(short(findings)).toEqual([
      'PLR4015 error routers.analytics.resolvers',
      'PLR4015 warning routers.analytics.resolvers',
    ]);
    expect(findings[0]?.message).toBe(
      '`resolvers` answered no question for a.x, c.x: name server 10.0.0.2 did not answer in time (asked 3 times); ' +
        'the lock has no addresses for them',
    );
    const one = resolutions(questions.map((q, n) => [q, n === 0 ? gone('a.x') : TIMEOUT]));
    expect(short(resolutionFindings({ ...context, resolutions: one })).map((line) => line.split(' ')[0])).toEqual([
      'PLR4001',
      'PLR4020',
      'PLR4010',
    ]);
  });

  it('a single host without an answer is told at the host: it may be its zone alone', () => {
    const q = question('db.x', ['orders']);
    const context = { questions: [q], resolutions: resolutions([[q, TIMEOUT]]), lock: NO_LOCK };
    expect(short(resolutionFindings(context))).toEqual(['PLR4010 error routers.analytics.targets.orders.host']);
  });

  it('a name from a server cannot bring control characters into a message', () => {
    const q = question('db.x', ['orders']);
    const findings = resolutionFindings({
      questions: [q],
      resolutions: resolutions([[q, gone('\u001b[31mred\nü.x')]]),
      lock: NO_LOCK,
    });
    expect(findings[0]?.message).toContain('\\027[31mred\\010\\195\\188.x does not exist');
  });
});

describe('addresses for the planner', () => {
  it('are those of the hosts that were resolved, by host', () => {
    const [a, b] = [question('a.x', ['a']), question('b.x', ['b'])];
    expect([
      ...resolvedAddresses(
        [a, b],
        resolutions([
          [a, ['10.0.0.5']],
          [b, gone('b.x')],
        ]),
      ),
    ]).toEqual([['a.x', ['10.0.0.5']]]);
  });

  it('are kept apart where routers get different answers from different name servers', () => {
    const a = question('db.x', ['a'], { resolvers: ['10.0.0.2'] });
    const b = question('db.x', ['b'], { router: 'reports', resolvers: ['10.0.0.3'] });
    const same = resolutions([
      [a, ['10.0.0.5']],
      [b, ['10.0.0.5']],
    ]);
    expect([...resolvedAddresses([a, b], same)]).toEqual([['db.x', ['10.0.0.5']]]);
    const different = resolutions([
      [a, ['10.0.0.5']],
      [b, ['10.9.9.9']],
    ]);
    expect([...resolvedAddresses([a, b], different)]).toEqual([
      ['analytics/db.x', ['10.0.0.5']],
      ['reports/db.x', ['10.9.9.9']],
    ]);
    const failed = resolutions([
      [a, gone('db.x')],
      [b, ['10.9.9.9']],
    ]);
    expect([...resolvedAddresses([a, b], failed)]).toEqual([['reports/db.x', ['10.9.9.9']]]);
  });

  it('a question that was never asked is a mistake of the program', () => {
    expect(() => resolvedAddresses([question('a.x', ['a'])], new Map())).toThrow('a.x of analytics was not asked for');
  });
});

describe('the preview of `check --resolve`', () => {
  const targets = [
    target('plan-db', 'plan.x', { dns: 'plan' }),
    target('synth-db', 'synth.x'),
    target('synth-db-2', 'synth.x', { port: 5433 }),
    target('literal', '10.0.0.9', { literal: true }),
    target('off', 'off.x', { enabled: false }),
  ];
  const known = inventory({ analytics: { targets, resolvers: ['10.0.0.2'] } });
  const questions = previewQuestions(known);
  const [plan, synth] = questions;
  if (plan === undefined || synth === undefined) throw new Error('two questions');

  function look(
    results: readonly [readonly string[] | ResolutionFailure, readonly string[] | ResolutionFailure],
    locked = NO_LOCK,
  ) {
    const both = resolutions([
      [plan as HostQuestion, results[0]],
      [synth as HostQuestion, results[1]],
    ]);
    return previewFindings({ questions, resolutions: both, lock: locked });
  }

  it("asks for enabled targets' names: those of `dns: plan` at the machine's own servers", () => {
    expect(questions).toEqual([
      { router: 'analytics', host: 'plan.x', targets: ['plan-db'], resolvers: [], dns: 'plan' },
      {
        router: 'analytics',
        host: 'synth.x',
        targets: ['synth-db', 'synth-db-2'],
        resolvers: ['10.0.0.2'],
        dns: 'synth',
      },
    ]);
  });

  it('asks for nothing of a router that is being destroyed', () => {
    const routers = known.routers.map((router) => ({ ...router, teardown: 'destroy' as const }));
    expect(previewQuestions({ ...known, routers })).toEqual([]);
  });

  it('says nothing where all is well', () => {
    expect(look([['10.0.0.5'], ['10.0.0.6']])).toEqual([]);
  });

  it('warns, and says what a plan and what a lock would meet', () => {
    const findings = look([gone('plan.x'), gone('synth.x')]);
    expect(short(findings)).toEqual([
      'PLR4030 warning routers.analytics.targets.plan-db.host',
      'PLR4031 warning routers.analytics.targets.synth-db.host',
    ]);
    expect(findings[0]?.message).toMatch(/`terraform plan` would stop: one failed look-up stops all of it/);
    expect(findings[0]?.fix).toMatch(/`dns: synth`.*`enabled: false`/);
    expect(findings[1]?.message).toMatch(/targets synth-db, synth-db-2 .*`privatelink-router lock` would stop/);
  });

  it('says of a host that the forwarders follow what they would meet, and never compares it with the lock', () => {
    const runtime = inventory({
      analytics: { targets: [target('erp', 'erp.x', { dns: 'runtime' })], resolvers: ['10.0.0.2'] },
    });
    const [question] = previewQuestions(runtime);
    if (question === undefined) throw new Error('no question');
    expect(question).toMatchObject({ host: 'erp.x', resolvers: ['10.0.0.2'], dns: 'runtime' });
    const found = (result: readonly string[] | ResolutionFailure): Finding[] =>
      previewFindings({
        questions: [question],
        resolutions: resolutions([[question, result]]),
        lock: lock({ erp: { host: 'erp.x', addresses: ['10.0.0.1'] } }),
      });
    expect(found(['10.0.0.5'])).toEqual([]);
    const findings = found(gone('erp.x'));
    expect(short(findings)).toEqual(['PLR4033 warning routers.analytics.targets.erp.host']);
    expect(findings[0]?.message).toMatch(/they refuse every connection to it/);
    expect(findings[0]?.fix).toMatch(/name servers/);
  });

  it('counts the addresses that HAProxy has room for, and those of no other engine', () => {
    const most = ADDRESSES_PER_NAME;
    const addresses = (count: number) => Array.from({ length: count }, (_, i) => `10.0.0.${i + 1}`);
    const warned = (engine: 'haproxy' | 'nginx' | 'nftables', count: number): string[] => {
      const place = azurePlace();
      const azure = { ...place, forwarder: { ...place.forwarder, engine } };
      const asked = previewQuestions({
        ...inventory({}),
        routers: [azureRouter({ targets: [target('erp', 'erp.x', { dns: 'runtime' })], azure })],
      });
      return previewFindings({
        questions: asked,
        resolutions: resolutions(asked.map((question) => [question, addresses(count)])),
        lock: NO_LOCK,
      }).map(({ code, message }) => `${code} ${message}`);
    };
    expect(warned('haproxy', most)).toEqual([]);
    expect(warned('haproxy', most + 1)).toEqual([
      `PLR4034 erp.x of target erp has ${most + 1} addresses; the engine haproxy uses ${most} of them`,
    ]);
    expect([...warned('nginx', most + 1), ...warned('nftables', most + 1)]).toEqual([]);
  });

  it('knows that the dns provider is silent about IPv6, and that postconditions are not', () => {
    const six: ResolutionFailure = { kind: 'ipv6-only', name: 'plan.x', ipv6Addresses: ['fd00::5'] };
    expect(look([six, ['10.0.0.6']])[0]?.message).toMatch(/empty list, and the target's postcondition would stop/);
    const open: ResolutionFailure = {
      kind: 'refused-addresses',
      refused: [{ address: '8.8.8.8', range: 'public' }],
      allowed: [],
    };
    expect(look([open, ['10.0.0.6']])[0]?.message).toMatch(
      /8\.8\.8\.8 \(public\).*postcondition would stop `terraform plan`$/,
    );
  });

  it('is one warning where the name servers answer nothing for several hosts', () => {
    const asked = ['a.x', 'b.x'].map((host) => ({ ...plan, host, targets: [host] }));
    const findings = previewFindings({
      questions: asked,
      resolutions: resolutions(asked.map((q) => [q, TIMEOUT])),
      lock: NO_LOCK,
    });
    expect(short(findings)).toEqual(['PLR4015 warning routers.analytics.resolvers']);
    expect(findings[0]?.message).toMatch(/^the machine's own name servers answered no question for a\.x, b\.x: /);
  });

  it('compares with the lock: its addresses would stay, or DNS has moved away from them', () => {
    const locked = lock({ 'synth-db': { host: 'synth.x', addresses: ['10.0.0.6'] } });
    expect(look([['10.0.0.5'], gone('synth.x')], locked)[0]?.message).toMatch(
      /the lock's addresses 10\.0\.0\.6 would stay$/,
    );
    expect(short(look([['10.0.0.5'], ['10.0.0.7']], locked))).toEqual([
      'PLR4032 warning routers.analytics.targets.synth-db.host',
    ]);
    expect(look([['10.0.0.5'], ['10.0.0.6']], locked)).toEqual([]);
  });
});

it('every code of the resolver stands in the catalogue with a title and a sentence', () => {
  const codes = Object.entries(CATALOGUE).filter(([code]) => code.startsWith('PLR4'));
  expect(codes.length).toBeGreaterThanOrEqual(19);
  for (const [, { title, explanation }] of codes) expect(`${title}|${explanation}`).toMatch(/^[^|]+[^.|]\|.+\.$/);
});
