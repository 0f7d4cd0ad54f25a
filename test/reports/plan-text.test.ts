import { describe, expect, it } from 'vitest';
import type { PlanChange } from '../../src/model';
import { makeStyle, PLAIN, renderPlan } from '../../src/reports';
import { listener, plan, router, shard } from './plans';

const TWO = [
  listener('orders-db', 10000),
  listener('legacy', 10001, { host: '10.40.7.12', domain: 'legacy.corp.acme.com', port: 3050 }),
];

function change(
  kind: PlanChange['change'],
  target: string,
  from = {},
  to = {},
  more: Partial<PlanChange> = {},
): PlanChange {
  return {
    router: 'analytics',
    cloud: 'aws',
    about: 'target',
    target,
    listenerPort: 10000,
    change: kind,
    clients: kind === 'added' ? 'nothing' : 'lose access',
    what: 'target',
    from,
    to,
    ...more,
  };
}

describe('a plan as text', () => {
  it('says whose NCC a router shares', () => {
    const ncc = { existing: 'shared-use2', router: 'orders', workspaceIds: [] };
    const one = { ...router([shard(1, TWO)]), ncc };
    expect(renderPlan(plan(one), [], PLAIN)).toContain('analytics aws us-east-2 · ncc shared-use2 of orders\n');
    const { router: _owner, ...alone } = ncc;
    expect(renderPlan(plan({ ...one, ncc: alone }), [], PLAIN)).toContain('· ncc shared-use2\n');
  });

  it('is a table for each shard, with aligned columns and a line that sums up', () => {
    expect(renderPlan(plan(router([shard(1, TWO)])), [], PLAIN)).toBe(
      [
        'analytics aws us-east-2 · ncc analytics-ncc',
        '',
        '  analytics-1 (s1): 2 listeners, 2 domains',
        '       port  target     reaches                       domain',
        '      10000  orders-db  orders-db.corp.acme.com:5432  as host',
        '      10001  legacy     10.40.7.12:3050               legacy.corp.acme.com',
        '',
        'No changes: 2 targets; 2 listeners on 1 shard',
        'Compared by locks, which keep places, hosts and domains. `plan --against GIT-REF` compares everything.',
        '',
      ].join('\n'),
    );
  });

  it('has a column of owners where one is given', () => {
    const owned = listener('orders-db', 10000, { owner: 'orders@acme.com' });
    const shards = [
      shard(1, [owned]),
      shard(2, [listener('crm', 10001)], { reserved: [{ target: 'old', listenerPort: 10002 }] }),
    ];
    expect(
      renderPlan(plan(router(shards)), [], PLAIN)
        .split('\n')
        .slice(2, 10),
    ).toEqual([
      '  analytics-1 (s1): 1 listener, 1 domain',
      '       port  target     reaches                       domain   owner            change',
      '      10000  orders-db  orders-db.corp.acme.com:5432  as host  orders@acme.com',
      '',
      '  analytics-2 (s2): 1 listener, 1 domain',
      '       port  target     reaches                       domain   owner            change',
      '      10001  crm        crm.corp.acme.com:5432        as host',
      '      10002  old                                                                disabled',
    ]);
  });

  it('marks what is added, removed, moved and changed, at the place of its port', () => {
    const changes = [
      change('added', 'orders-db', {}, { listenerPort: 10000 }),
      change('removed', 'old-crm', { shard: 's1', listenerPort: 10002, host: 'crm.corp.acme.com', port: 3306 }),
      change(
        'moved',
        'legacy',
        { shard: 's2', listenerPort: 9000 },
        { shard: 's1', listenerPort: 10001 },
        { what: 'listener port' },
      ),
      change(
        'changed',
        'ledger',
        { idleTimeout: 60 },
        { idleTimeout: 90 },
        { what: 'idle timeout', clients: 'nothing' },
      ),
      change('changed', 'ledger', {}, { team: 'x' }, { what: 'tags', clients: 'nothing' }),
    ];
    const text = renderPlan(plan(router([shard(1, [...TWO, listener('ledger', 10003)])])), changes, PLAIN);
    const rows = text.split('\n').filter((line) => /^ {4}[+\->~]/.test(line));
    expect(rows.map((row) => row.trim().split(/\s{2,}/))).toEqual([
      ['+', '10000', 'orders-db', 'orders-db.corp.acme.com:5432', 'as host', 'added'],
      ['>', '10001', 'legacy', '10.40.7.12:3050', 'legacy.corp.acme.com', 'listener port'],
      ['-', '10002', 'old-crm', 'crm.corp.acme.com:3306', 'removed'],
      ['~', '10003', 'ledger', 'ledger.corp.acme.com:5432', 'as host', 'idle timeout, tags'],
    ]);
    expect(text).toContain(
      [
        'Clients lose access:',
        '! analytics/old-crm: gone; clients that dial port 10000 are refused',
        '! analytics/legacy: listener port 9000 becomes 10001; clients that dial the old one are refused',
        '',
        'Clients notice nothing:',
        '~ analytics/ledger: idle timeout 60 → 90',
        '~ analytics/ledger: tags: team none → x',
        '',
        'Plan: 2 targets lose their port, 1 target is added, 2 changes that clients do not notice; 3 listeners on 1 shard',
      ].join('\n'),
    );
  });

  it('shows disabled targets, retired ports, an emptied shard, a teardown and what has no place left', () => {
    const text = renderPlan(
      plan(
        router(
          [
            shard(1, TWO.slice(0, 1), { reserved: [{ target: 'old-crm', listenerPort: 10007 }] }),
            shard(2, [], { domains: ['gone.acme.com'] }),
          ],
          { teardown: 'prepare', retired: [{ target: 'gone', shard: 's2', listenerPort: 10004 }] },
        ),
      ),
      [change('removed', 'homeless', { shard: 's9' }), { ...change('removed', 'x'), router: 'old-router' }],
      PLAIN,
    );
    expect(text).toContain('teardown: prepare');
    expect(text).toContain('  deletion protection goes off');
    expect(text).toMatch(/10007 {2}old-crm .* disabled/);
    expect(text).toContain('empty; its rule keeps gone.acme.com');
    expect(text).toContain('retired ports: 10004 (gone, s2)');
    expect(text).toContain('\n! analytics/homeless: gone');
    expect(text).toContain('\n! old-router/x: gone');
    expect(text).toContain('Plan: 2 targets lose their port; 1 listener on 2 shards');
  });

  it.each([140, 110, 80, 60, 40, 20])('never runs over a screen of %i columns', (width) => {
    const long = Array.from({ length: 3 }, (_, i) =>
      listener(`database-number-${i}-of-many`, 10000 + i, {
        host: `database-number-${i}.cluster-c1a2b3c4d5e6f7.us-east-2.rds.amazonaws.com`,
        domain: `database-number-${i}.databases.analytics.corp.acme.com`,
      }),
    );
    const lines = renderPlan(plan(router([shard(1, long)])), [], makeStyle({ width })).split('\n');
    const rows = lines.filter((line) => line.includes('database-number'));
    if (width >= 110) {
      expect(Math.max(...rows.map((row) => row.length))).toBeLessThanOrEqual(width);
      expect(rows.length).toBe(3);
      expect(rows.every((row) => row.includes('…') && row.includes(':5432'))).toBe(true);
    } else {
      const table = lines.filter((line) => line.startsWith('    '));
      expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(table.some((line) => line.includes('…'))).toBe(false);
      const whole = table.join('').replaceAll(' ', '');
      expect(whole).toContain('domaindatabase-number-2.databases.analytics.corp.acme.com');
    }
  });

  it('aligns the columns of all shards of a router', () => {
    const other = shard(2, [listener('a-target-with-a-rather-long-name', 10010)]);
    const rows = renderPlan(plan(router([shard(1, TWO), other])), [], PLAIN)
      .split('\n')
      .filter((line) => line.includes(':5432') || line.includes('reaches'));
    expect(new Set(rows.map((row) => Math.max(row.indexOf('reaches'), row.search(/\S+:5432/))))).toHaveProperty(
      'size',
      1,
    );
  });

  it('keeps its columns with colours, and has none without', () => {
    const changes = [change('added', 'orders-db')];
    const decided = plan(router([shard(1, TWO)]));
    const coloured = renderPlan(decided, changes, makeStyle({ color: true }));
    const plain = renderPlan(decided, changes, PLAIN);
    expect(plain).not.toContain('\u001b');
    expect(coloured).toContain('\u001b[32m+');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are what is taken out
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('says what a comparison cannot show', () => {
    const decided = plan(router([shard(1, TWO)]));
    expect(renderPlan(decided, [], PLAIN, 'plans')).toMatch(/2 listeners on 1 shard\n$/);
    expect(renderPlan(decided, [], PLAIN, 'locks')).toMatch(/`plan --against GIT-REF` compares everything\.\n$/);
    expect(renderPlan(decided, [], PLAIN, 'nothing')).toMatch(/Nothing is compared\.\n$/);
  });
});
