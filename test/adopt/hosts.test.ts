import { describe, expect, it } from 'vitest';
import { type AdoptedRouter, adopt, findRouter, moduleFiles, readState } from '../../src/adopt';
import type { Target } from '../../src/model';
import { target } from '../planner/support';
import { ENDPOINTS, type Endpoint, endpointItems, type Item, loadBalancer, oldRouter, records, shown } from './sample';

const [MYSQL, POSTGRES] = ENDPOINTS as readonly [Endpoint, Endpoint];

type Choices = Parameters<typeof adopt>[1];

function run(items: readonly Item[], choices: Partial<Choices> = {}) {
  const { router, findings } = findRouter(readState(shown(items)).resources ?? []);
  if (router === undefined) throw new Error(JSON.stringify(findings));
  const adopted = adopt(router, { hosts: new Map(), ...choices });
  return {
    router: adopted.router,
    codes: adopted.findings.map(({ code, severity }) => `${code} ${severity}`),
    findings: adopted.findings,
  };
}

function settled(router: AdoptedRouter | undefined): readonly unknown[] {
  return router?.targets.map(({ name, listenerPort, host, domains }) => [name, listenerPort, host, domains?.[0]]) ?? [];
}

const withoutRecords = (): Item[] => oldRouter().filter(({ mode }) => mode !== 'data');

describe('hosts', () => {
  it('are those that the old configuration resolved to the very addresses', () => {
    const { router, codes } = run(oldRouter());
    expect(codes).toEqual([]);
    expect(settled(router)).toEqual([
      ['mysql', 10000, 'mysql.corp.acme.com', 'mysql.corp.acme.com'],
      ['postgres', 10001, 'pg.corp.acme.com', 'pg.corp.acme.com'],
    ]);
    expect(router).toMatchObject({
      name: 'shared-router',
      accountId: '123456789012',
      region: 'us-east-2',
      basePort: 10000,
    });
  });

  it('are never guessed: without a look-up in the state, and with two names of one address, somebody has to say it', () => {
    const none = run(withoutRecords());
    expect(none.codes).toEqual(['PLR9109 warning', 'PLR9109 warning']);
    expect(none.findings[0]?.message).toContain('it has 10.0.1.9 and 10.0.1.10, port 3306');
    expect(none.findings[0]?.fix).toContain('--host 10000=NAME');
    expect(settled(none.router)).toEqual([
      ['mysql', 10000, undefined, undefined],
      ['postgres', 10001, undefined, undefined],
    ]);
    const alias = { ...POSTGRES, id: 'alias.corp.acme.com' };
    const unnamed = [...oldRouter(), records(alias)].map((item) =>
      item.key === POSTGRES.id && item.mode !== 'data' ? { ...item, key: 1 } : item,
    );
    expect(settled(run(unnamed).router)[1]).toEqual(['postgres', 10001, undefined, undefined]);
  });

  it('are told apart by the keys of the state, also where an address has changed since', () => {
    const alias = records({ ...POSTGRES, id: 'alias.corp.acme.com' });
    expect(settled(run([...oldRouter(), alias]).router)[1]).toEqual(['postgres', 10001, POSTGRES.id, POSTGRES.id]);
    const drifted = [...withoutRecords(), records(MYSQL, { addrs: ['10.0.1.10', '10.0.1.77'] })];
    expect(settled(run(drifted).router)[0]).toEqual(['mysql', 10000, MYSQL.id, MYSQL.id]);
    const moved = [...withoutRecords(), records(MYSQL, { addrs: ['10.0.1.77'] })];
    expect(settled(run(moved).router)[0]).toEqual(['mysql', 10000, undefined, undefined]);
  });

  it('are what the user says, above all; a literal address needs a domain still', () => {
    const hosts = new Map([
      [10000, 'db.example'],
      [10001, '10.0.2.20'],
    ]);
    const { router, codes } = run(oldRouter(), { hosts });
    expect(settled(router)).toEqual([
      ['mysql', 10000, 'db.example', 'db.example'],
      ['postgres', 10001, '10.0.2.20', undefined],
    ]);
    expect(codes).toEqual([]);
    const wrong = run(oldRouter(), { hosts: new Map([[10007, 'db.example']]) });
    expect(wrong.router).toBeUndefined();
    expect(wrong.findings[0]?.message).toBe(
      '--host names the listener port 10007, which the load balancer does not have; it has 10000 and 10001',
    );
  });

  it('come with the names of the user’s inventory: by listenPort, by host, by name or by address, never by two of them', () => {
    const of = (targets: readonly Target[]) => settled(run(withoutRecords(), { targets }).router);
    const byPort = target('a', { host: 'a.example', port: 5432, listenPort: 10001 });
    const byHost = target('b', { host: MYSQL.id, port: 3306, domains: ['dialled.example'] });
    expect(of([byPort, byHost])).toEqual([
      ['b', 10000, MYSQL.id, 'dialled.example'],
      ['a', 10001, 'a.example', 'a.example'],
    ]);
    const byName = target('postgres', { host: 'x.example', port: 5432 });
    const literal = target('lit', { host: '10.0.1.9', literal: true, port: 3306, domains: ['lit.example'] });
    expect(of([byName, literal])).toEqual([
      ['lit', 10000, '10.0.1.9', 'lit.example'],
      ['postgres', 10001, 'x.example', 'x.example'],
    ]);
    const twins = [
      target('t-1', { host: '10.0.2.20', literal: true }),
      target('t-2', { host: '10.0.2.20', literal: true }),
    ];
    expect(of(twins)[1]).toEqual(['postgres', 10001, undefined, undefined]);
    expect(of([target('postgres', { port: 5433 })])[1]).toEqual(['postgres', 10001, undefined, undefined]);
  });

  it('of a target with several are all known; the call of a module, which takes one, says what it leaves out', () => {
    const hosts = [
      { name: MYSQL.id, literal: false },
      { name: 'second.corp.acme.com', literal: false },
    ] as const;
    const several = target('pair', { hosts, port: 3306, domains: ['a.example', 'b.example'] });
    const { router } = run(oldRouter(), { targets: [several] });
    expect(router?.targets[0]).toMatchObject({ name: 'pair', host: MYSQL.id, hosts: hosts.map(({ name }) => name) });
    if (router === undefined) throw new Error('there is no router');
    const [call] = moduleFiles(router, { source: 'x', imports: false });
    expect(call?.text.match(/COMPLETE/g)).toHaveLength(1);
    expect(call?.text).toContain(
      `  # COMPLETE: the inventory's target has the hosts ${MYSQL.id} and second.corp.acme.com and the domains a.example and b.example; a target of the module has one host and one domain.`,
    );
  });

  it('lead to one target each', () => {
    const again = { ...POSTGRES, name: 'again' };
    const items = [...withoutRecords(), ...endpointItems(again, 10002).filter(({ mode }) => mode !== 'data')];
    const { router, findings } = run(items, { targets: [target('pg', { host: POSTGRES.id, port: 5432 })] });
    expect(router).toBeUndefined();
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toContain(
      'PLR9110 the listeners on port 10001 and 10002 both lead to pg.corp.acme.com:5432, which is one target of the inventory, pg',
    );
  });
});

describe('domains', () => {
  const many = Array.from({ length: 11 }, (_, index): Endpoint => {
    return { id: `h${index}.corp.acme.com`, port: 5432, name: `t${index}`, addresses: [`10.0.3.${index}`] };
  });

  it('are at most as many as a rule takes, unless the targets share one', () => {
    const { router, findings } = run(oldRouter(many));
    expect(router).toBeUndefined();
    expect(findings.map(({ message }) => message)).toEqual([
      'the targets have 11 domains; a rule takes 10, and one load balancer has one rule',
    ]);
    const shared = run(oldRouter(many), { sharedDomain: 'shared.acme.com' });
    expect(new Set(shared.router?.targets.flatMap(({ domains }) => domains))).toEqual(new Set(['shared.acme.com']));
  });
});

describe('names', () => {
  const named = (...groups: readonly string[]) => {
    const items = groups.flatMap((group, index): Item[] => {
      const endpoint: Endpoint = {
        id: `h${index}.corp.acme.com`,
        port: 5432,
        name: `n${index}`,
        addresses: [`10.0.3.${index}`],
      };
      return endpointItems(endpoint, 10000 + index).map((item) =>
        item.type === 'aws_lb_target_group' ? { ...item, values: { ...item.values, name: group } } : item,
      );
    });
    return run([...oldRouter([]), ...items]).router?.targets.map(({ name }) => name);
  };

  it('are what tells the target groups apart, as far as that is a name', () => {
    expect(named('svc-nlb-tg-mysql', 'svc-nlb-tg-my-pg')).toEqual(['mysql', 'my-pg']);
    expect(named('shared-router-nlb-tg-only')).toEqual(['only']);
    expect(named('Alpha', 'beta')).toEqual(['alpha', 'beta']);
    expect(named('tf-20240101', 'tf-20240102')).toEqual(['h0', 'h1']);
  });

  it('are never the same twice', () => {
    expect(named('a-X', 'a-x')).toEqual(['x', 'h1']);
  });

  it('of the router come from the load balancer', () => {
    const of = (name: string) => {
      const items = [loadBalancer({ name }), ...oldRouter().filter(({ type }) => type !== 'aws_lb')];
      return run(items).router?.name;
    };
    expect([of('Shared_Router-NLB'), of('9lives-lb'), of('plain')]).toEqual([
      'shared-router',
      'router-9lives',
      'plain',
    ]);
  });
});

it('what only a person can say of GovCloud, and other principals, are told', () => {
  const gov = JSON.parse(
    JSON.stringify(oldRouter()).replaceAll('arn:aws:', 'arn:aws-us-gov:').replaceAll('us-east-2', 'us-gov-west-1'),
  ) as Item[];
  expect(run(gov).codes).toEqual(['PLR9118 warning']);
  const open = oldRouter().map((item) =>
    item.type === 'aws_vpc_endpoint_service'
      ? {
          ...item,
          values: {
            ...item.values,
            allowed_principals: [
              'arn:aws:iam::565502421330:role/private-connectivity-role-us-east-2',
              'arn:aws:iam::1:root',
            ],
          },
        }
      : item,
  );
  const { findings } = run(open);
  expect(findings.map(({ code }) => code)).toEqual(['PLR9121']);
  expect(findings[0]?.message).toContain('admits arn:aws:iam::1:root too');
});
