import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededNetwork } from './support/azure';
import { packedTexts, renderedForwarder } from './support/azure-forwarder';
import { azureInventoryOf, type Emission, emit } from './support/emission';
import { changesOf, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { startWorld, type World } from './support/world';

type Part = Readonly<Record<string, unknown>>;

const MINUTES = 60_000;
const ROUTER = 'shared';

describeWith(['terraform', 'azure providers'], 'targets that share ports on Azure', () => {
  let world: World;
  let network: SeededNetwork;
  let work: Workspace;
  let current: Emission;

  beforeAll(async () => {
    world = await startWorld('azure shared ports', ['azure']);
    network = world.azure.seedNetwork();
  }, MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  const api = (name: string, more: Part = {}): Part => ({
    [name]: { host: `${name}.acme-data.com`, preset: 'https', route: 'sni', ...more },
  });
  const path = (name: string, below: string): Part => ({
    [name]: { host: `${name}.acme-data.com`, port: 8080, route: 'http', domain: 'api.acme-data.com', path: below },
  });
  const db = { db: { host: 'db.acme-data.com', preset: 'postgres', listenPort: 5432 } };
  const ALL = {
    ...api('a'),
    ...api('b'),
    ...api('c', { shard: 'x' }),
    ...path('orders', '/orders'),
    ...path('bills', '/bills'),
    ...db,
  };

  function emitted(targets: Part, more: Part = {}): Emission {
    const document = azureInventoryOf(world, network, {
      [ROUTER]: { deletionProtection: false, targets, ...more },
    });
    return emit(world, document, current?.lock);
  }

  async function applied(emission: Emission): Promise<void> {
    work.take(emission.stack(ROUTER));
    const result = await work.apply();
    expect(result.ok, complaints(result)).toBe(true);
    expect(world.azure.defects()).toBe('');
    current = emission;
  }

  /** What an emission would change, in the words of Terraform, without its reads. */
  async function planned(emission: Emission): Promise<Readonly<Record<string, string>>> {
    work.take(emission.stack(ROUTER));
    return changesOf(await work.plan());
  }

  const rules = (): unknown => world.azure.inventory().loadBalancers.map((balancer) => balancer.rules);

  it(
    'have one rule for each port of a shard, and names on the machines',
    async () => {
      current = emitted(ALL);
      work = world.workspace(current.stack(ROUTER));
      await work.init();
      await work.validate();
      await applied(current);
      expect(rules()).toEqual([
        {
          health: 'health:61080->61080 health',
          'port-443': 's1:443->443 ready',
          'port-5432': 's1:5432->5432 ready',
          'port-8080': 's1:8080->8080 ready',
          'port-443-61100': 's2:443->61100 ready',
        },
      ]);
      const { applyScript } = await renderedForwarder(work);
      const configuration = packedTexts(applyScript).find((text) => text.includes('frontend '));
      for (const name of ['a', 'b', 'c', 'api']) expect(configuration).toContain(`${name}.acme-data.com`);
      expect(changesOf(await work.plan())).toEqual({});
    },
    8 * MINUTES,
  );

  it(
    'lose one of them without a change of any rule, and a rule with the last one',
    async () => {
      const { b: _b, bills: _bills, ...fewer } = ALL as Record<string, unknown>;
      const one = await planned(emitted(fewer));
      expect(Object.keys(one).filter((address) => address.startsWith('azurerm_lb_rule'))).toEqual([]);
      expect(one).toEqual({
        'azurerm_virtual_machine_scale_set_extension.p1_configuration': 'update',
        'databricks_mws_ncc_private_endpoint_rule.s1': 'update',
      });
      await applied(emitted(fewer));
      const { orders: _orders, ...none } = fewer;
      const last = await planned(emitted(none));
      expect(last).toMatchObject({ 'azurerm_lb_rule.s1_rule["8080"]': 'delete' });
      expect(Object.values(last)).not.toContain('replace');
      await applied(emitted(none));
      expect(changesOf(await work.plan())).toEqual({});
    },
    8 * MINUTES,
  );

  it(
    'keep the rule of their port when they change between a shared route and one of their own',
    async () => {
      const alone = { ...api('a'), ...api('c', { shard: 'x', route: 'tcp' }), ...db };
      expect(await planned(emitted(alone))).toEqual({
        'azurerm_virtual_machine_scale_set_extension.p1_configuration': 'update',
      });
      await applied(emitted(alone));
      await applied(emitted({ ...alone, ...api('c', { shard: 'x' }) }));
      expect(changesOf(await work.plan())).toEqual({});
    },
    8 * MINUTES,
  );

  it(
    'are taken down',
    async () => {
      const left = { ...api('a'), ...api('c', { shard: 'x' }), ...db };
      await applied(emitted(left, { teardown: 'prepare' }));
      await applied(emitted(left, { teardown: 'destroy' }));
      expect(Object.keys(await work.state())).toEqual([]);
      expect(world.azure.leftovers()).toEqual([]);
    },
    8 * MINUTES,
  );
});
