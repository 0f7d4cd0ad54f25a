import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../src/inventory';
import { awsRouter, routers } from '../corpus/neighbours/neighbour';
import { withFiles } from './support';

const OWNER = awsRouter('orders', 'name: shared-use2, workspaceIds: [11]', 'a: a.corp.example:1');

function load(...lines: readonly string[]) {
  return withFiles({ 'plr.yaml': routers(...lines) }, (cwd) => loadInventory({ file: 'plr.yaml', cwd }));
}

function findings(...lines: readonly string[]): readonly string[] {
  return load(...lines).diagnostics.map(({ code, severity, path }) => `${code} ${severity} ${path}`);
}

function fixes(...lines: readonly string[]): readonly string[] {
  return load(...lines).diagnostics.map(({ fix }) => fix);
}

const sibling = (ncc: string, targets = 'b: b.corp.example:1', region = 'us-east-2') =>
  awsRouter('billing', ncc, targets, region);

describe('the NCC of another router', () => {
  it('is looked up by the name that its router gives it', () => {
    const { inventory, diagnostics } = load(OWNER, sibling('router: orders'));
    expect(diagnostics).toEqual([]);
    expect(inventory?.routers.map(({ name, ncc }) => [name, ncc])).toEqual([
      ['orders', { name: 'shared-use2', workspaceIds: ['11'] }],
      ['billing', { existing: 'shared-use2', router: 'orders', workspaceIds: [] }],
    ]);
  });

  it('may stand before its router', () => {
    expect(findings(sibling('router: orders'), OWNER)).toEqual([]);
  });

  it('is one that a router of the inventory makes', () => {
    const at = 'PLR1334 error routers.billing.ncc.router';
    expect(findings(OWNER, sibling('router: order'))).toEqual([at]);
    expect(load(OWNER, sibling('router: order')).diagnostics[0]?.message).toContain('Did you mean "orders"?');
    expect(findings(OWNER, sibling('router: billing'))).toEqual([at]);
    const chain = awsRouter('crm', 'router: billing', 'c: c.corp.example:1');
    expect(findings(OWNER, sibling('router: orders'), chain)).toEqual(['PLR1334 error routers.crm.ncc.router']);
    expect(fixes(OWNER, sibling('router: orders'), chain)).toEqual(['Write `router: orders`.']);
  });

  it.each(['id: 11111111-2222-4333-8444-555555555555', 'existing: made-by-hand'])(
    'is given by %s where its router takes it so',
    (way) => {
      const owner = awsRouter('orders', way, 'a: a.corp.example:1');
      expect(findings(owner, sibling('router: orders'))).toEqual(['PLR1334 error routers.billing.ncc.router']);
      expect(fixes(owner, sibling('router: orders'))[0]).toContain(`\`ncc: { ${way} }\``);
      expect(findings(owner, sibling(way))).toEqual([]);
    },
  );

  it('is of the region and the account of its router', () => {
    const at = ['PLR1318 error routers.billing.ncc.router'];
    expect(findings(OWNER, sibling('router: orders', 'a: a.corp.example:1', 'us-west-2'))).toEqual(at);
    const account = 'databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701910 },';
    const foreign = sibling('router: orders').replace('billing: {', `billing: { ${account}`);
    expect(findings(OWNER, foreign)).toEqual(at);
  });

  it('has its workspaces at its router', () => {
    const own = sibling('router: orders, workspaceIds: [12]');
    expect(findings(OWNER, own)).toEqual(['PLR1110 error routers.billing.ncc.workspaceIds']);
  });

  it('is given in one way', () => {
    const own = sibling('existing: made-by-hand, router: orders');
    expect(findings(OWNER, own)).toEqual(['PLR1110 error routers.billing.ncc.router']);
    expect(findings(sibling('workspaceIds: [1]'))).toEqual(['PLR1102 error routers.billing.ncc.name']);
  });

  it('has one name in the account, by which Terraform finds it', () => {
    const twin = awsRouter('west', 'name: shared-use2, workspaceIds: [13]', 'c: c.corp.example:1', 'us-west-2');
    expect(findings(OWNER, twin)).toEqual([]);
    expect(findings(OWNER, twin, sibling('router: orders'))).toEqual(['PLR1334 error routers.billing.ncc.router']);
  });

  it('is not said to exist where a router of the inventory makes it', () => {
    expect(findings(OWNER, sibling('existing: shared-use2'))).toEqual(['PLR1334 error routers.billing.ncc.existing']);
    expect(fixes(OWNER, sibling('existing: shared-use2'))[0]).toContain('`ncc: { router: orders }`');
    expect(findings(OWNER, sibling('existing: shared-use2', 'b: b.corp.example:1', 'us-west-2'))).toEqual([]);
  });

  it.each([
    ['router: orders', OWNER],
    ['existing: by-hand', awsRouter('orders', 'existing: by-hand', 'a: a.corp.example:1')],
  ])('leads a domain to one router, where both write %s', (ncc, owner) => {
    const at = 'PLR1223 error routers.billing.targets.b.host';
    expect(findings(owner, sibling(ncc, 'b: a.corp.example:2'))).toEqual([at]);
  });

  it('takes fifty workspaces, of all its routers', () => {
    const ids = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i).join(', ');
    const one = awsRouter('orders', `existing: by-hand, workspaceIds: [${ids(100, 30)}]`, 'a: a.corp.example:1');
    expect(findings(one, sibling(`existing: by-hand, workspaceIds: [${ids(200, 20)}]`))).toEqual([]);
    expect(findings(one, sibling(`existing: by-hand, workspaceIds: [${ids(200, 21)}]`))).toEqual([
      'PLR1316 error routers.billing.ncc.workspaceIds',
    ]);
  });

  const step = (line: string, teardown: string | undefined) =>
    teardown === undefined ? line : line.replace(': { aws', `: { teardown: ${teardown}, aws`);

  it.each([
    ['prepare', undefined, true],
    ['destroy', undefined, true],
    ['destroy', 'prepare', true],
    ['prepare', 'prepare', false],
    ['prepare', 'destroy', false],
    ['destroy', 'destroy', false],
    [undefined, 'destroy', false],
  ])('stays as long as routers use it: owner %s, other %s', (owner, other, refused) => {
    const found = findings(step(OWNER, owner), step(sibling('router: orders'), other));
    expect(found).toEqual(refused ? ['PLR1335 error routers.orders.teardown'] : []);
  });
});

describe('the NCC of another router, over environments', () => {
  const base = routers(
    awsRouter('orders', 'workspaceIds: [11]', 'a: a.corp.example:1'),
    awsRouter('billing', 'router: orders', 'b: b.corp.example:1'),
  );
  const overlay = (ncc: string) => `routers: { orders: { ncc: ${ncc} } }\n`;
  const told = (prod: string, dev: string) =>
    withFiles({ 'plr.yaml': base, 'plr.prod.yaml': overlay(prod), 'plr.dev.yaml': overlay(dev) }, (cwd) =>
      loadInventory({ file: 'plr.yaml', cwd, env: 'dev', besideOthers: true }).diagnostics.map(
        ({ code, severity, path }) => `${code} ${severity} ${path}`,
      ),
    );

  it('is that of its router in each', () => {
    expect(told('{ name: orders-prod }', '{ name: orders-dev, workspaceIds: [12] }')).toEqual([]);
  });

  it('is one that exists in the second where the first makes it', () => {
    const prod = '{ name: orders-use2 }';
    expect(told(prod, '{ name: orders-use2, workspaceIds: [12] }')).toEqual([
      'PLR1330 warning routers.orders.ncc.name',
    ]);
    const file = base.replace('router: orders', 'existing: orders-use2');
    const alone = (dev: string) =>
      withFiles({ 'plr.yaml': file, 'plr.prod.yaml': overlay(prod), 'plr.dev.yaml': overlay(dev) }, (cwd) =>
        loadInventory({ file: 'plr.yaml', cwd, env: 'dev', besideOthers: true }).diagnostics.map(({ code }) => code),
      );
    // The same workspace at the same NCC, whoever makes it.
    expect(alone('{ existing: orders-use2 }')).toEqual([]);
    expect(alone('{ existing: orders-dev }')).toEqual(['PLR1329']);
  });
});
