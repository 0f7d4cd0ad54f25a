import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emission, emit, inventoryOf } from './support/emission';
import { complaints } from './support/events';
import { describeWith } from './support/gate';
import type { SeededVpc } from './support/moto';
import type { Workspace } from './support/workspace';
import { startWorld, WORKSPACES, type World } from './support/world';

const MINUTES = 60_000;
const CONFIG = 'databricks_mws_network_connectivity_config.ncc';

describeWith(['terraform', 'python3', 'moto', 'providers'], 'routers that share an NCC', () => {
  let world: World;
  let vpc: SeededVpc;
  let orders: Workspace;
  let billing: Workspace;
  let current: Emission | undefined;

  beforeAll(async () => {
    world = await startWorld('shared NCC');
    vpc = await world.seedVpc();
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  /** The stacks of both, as their inventory has it. */
  function emitted(
    more: Readonly<Record<string, unknown>> = {},
    beside: Readonly<Record<string, object>> = {},
  ): Emission {
    const target = (host: string, name: string) => ({ [name]: { host, port: 5432, domain: `${name}.acme-data.com` } });
    const routers = {
      orders: {
        ncc: { name: 'shared-use2', workspaceIds: [Number(WORKSPACES[0])] },
        targets: target('10.90.1.11', 'orders'),
        ...more,
      },
      billing: { ncc: { router: 'orders' }, targets: target('10.90.1.12', 'billing'), ...more },
      ...beside,
    };
    const backend = { local: { path: world.path('states/{router}.tfstate') } };
    current = emit(world, inventoryOf(world, vpc, routers, { terraform: { backend } }), current?.lock);
    return current;
  }

  async function applied(work: Workspace): Promise<void> {
    const result = await work.apply();
    expect(result.ok, complaints(result)).toBe(true);
  }

  it('are planned in their order, and say so where it is another', async () => {
    const emission = emitted();
    orders = world.workspace(emission.stack('orders'), 'orders');
    billing = world.workspace(emission.stack('billing'), 'billing');
    await billing.init();
    await billing.validate();
    const early = await billing.plan();
    expect(early.ok).toBe(false);
    expect(complaints(early)).toContain(
      'There is no network connectivity configuration (NCC) called shared-use2 in us-east-2 of this Databricks account. The router orders makes it: apply its stack first.',
    );
    expect(complaints(early)).not.toContain('panic');
  }, 600_000);

  it('have one NCC with a rule of each, and nothing to do afterwards', async () => {
    await orders.init();
    await applied(orders);
    await applied(billing);
    expect(world.account.state.nccs.size).toBe(1);
    const [id] = [...world.account.state.nccs.keys()];
    expect(world.account.liveRules().map((rule) => rule.network_connectivity_config_id)).toEqual([id, id]);
    expect((await billing.outputs()).ncc_id).toBe(id);
    expect(Object.keys(await billing.state())).not.toContain(CONFIG);
    for (const work of [orders, billing]) {
      const plan = await work.plan();
      expect(plan.counts, complaints(plan)).toEqual({ add: 0, change: 0, destroy: 0 });
    }
  }, 600_000);

  it('keep the NCC that one of them made before, and its binding', async () => {
    const own = (ncc: Readonly<Record<string, unknown>>) => ({
      sales: { ncc, targets: { sales: { host: '10.90.1.13', port: 5432, domain: 'sales.acme-data.com' } } },
    });
    const workspaceIds = [Number(WORKSPACES[1])];
    const made = emitted({}, own({ name: 'sales-use2', workspaceIds }));
    const sales = world.workspace(made.stack('sales'), 'sales');
    await sales.init();
    await applied(sales);
    const before = [...world.account.state.nccs.keys()];
    for (const ncc of [{ existing: 'sales-use2', workspaceIds }, { existing: 'sales-use2' }]) {
      sales.take(emitted({}, own(ncc)).stack('sales'));
      const plan = await sales.plan();
      expect(plan.counts, complaints(plan)).toEqual({ add: 0, change: 0, destroy: 0 });
      await applied(sales);
      expect(Object.keys(await sales.state())).not.toContain(CONFIG);
    }
    expect(Object.keys(await sales.state()).filter((address) => address.includes('binding'))).toEqual([]);
    expect([...world.account.state.nccs.keys()]).toEqual(before);
    const after = await sales.plan();
    expect(after.counts, complaints(after)).toEqual({ add: 0, change: 0, destroy: 0 });
    for (const teardown of ['prepare', 'destroy']) {
      sales.take(emitted({}, { sales: { ...own({ existing: 'sales-use2' }).sales, teardown } }).stack('sales'));
      await applied(sales);
    }
  }, 600_000);

  it('leave one after the other, and the NCC with its workspaces stays', async () => {
    for (const teardown of ['prepare', 'destroy']) {
      const emission = emitted({ teardown });
      for (const [work, name] of [
        [billing, 'billing'],
        [orders, 'orders'],
      ] as const) {
        work.take(emission.stack(name));
        await applied(work);
      }
    }
    expect(world.account.liveRules()).toEqual([]);
    expect([...world.account.state.nccs.values()].map(({ name }) => name).sort()).toEqual([
      'sales-use2',
      'shared-use2',
    ]);
  }, 600_000);
});
