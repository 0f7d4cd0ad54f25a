import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Lock } from '../../src/model';
import type { AzureInventory, SeededNetwork } from './support/azure';
import { renderedForwarder, scriptOf } from './support/azure-forwarder';
import { azureInventoryOf, type Emission, emit } from './support/emission';
import { type Action, type ApplyResult, changesOf, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { startWorld, type World } from './support/world';

type Part = Readonly<Record<string, unknown>>;
type Router = Part & { readonly azure?: Part; readonly targets: Readonly<Record<string, Part>> };

const ROUTER = 'analytics';
const MINUTES = 60_000;

const BALANCER = 'azurerm_lb.p1';
const GROUP = 'azurerm_network_security_group.p1';
const SCALE_SET = 'azurerm_linux_virtual_machine_scale_set.p1';
const CONFIGURATION = 'azurerm_virtual_machine_scale_set_extension.p1_configuration';
const SERVICE = 'azurerm_private_link_service.s1';
const HEALTH_RULE = 'azurerm_lb_rule.p1_health';
const RULE = 'databricks_mws_ncc_private_endpoint_rule.s1';
const APPROVAL = 'azurerm_resource_group_template_deployment.s1_approval';
const NCC = 'databricks_mws_network_connectivity_config.ncc';
const BINDING = 'databricks_mws_ncc_binding.workspace["1234567890123456"]';
const listener = (port: number): string => `azurerm_lb_rule.s1_rule["${port}"]`;

/** Changes that matter: a data source that is read later changes nothing. */

/** The place of a step in the order of an apply. */
function order(result: ApplyResult, address: string, action = 'create'): number {
  const index = result.done.findIndex((step) => step.address === address && step.action === action);
  expect(index, `${action} of ${address} in ${JSON.stringify(result.done)}`).toBeGreaterThanOrEqual(0);
  return index;
}

describeWith(['terraform', 'azure providers'], 'the life of a router of Azure', () => {
  let world: World;
  let network: SeededNetwork;
  let work: Workspace;
  let current: Emission;
  /** The router as the inventory has it now; each change below is laid over it. */
  let router: Router;

  beforeAll(async () => {
    world = await startWorld('azure life cycle', ['azure']);
    network = world.azure.seedNetwork();
    router = {
      targets: {
        erp: { host: 'erp.corp.acme-data.com', preset: 'oracle' },
        sql: { host: 'sql01.corp.acme-data.com', preset: 'sqlserver', domain: 'sql.acme-data.com' },
        orders: { host: '10.20.1.10', preset: 'postgres', domain: 'orders.acme-data.com' },
        api: { host: 'api.corp.acme-data.com', port: 8443, domain: 'sql.acme-data.com' },
        archive: { host: '10.20.1.11', preset: 'mysql', domain: 'archive.acme-data.com' },
      },
    };
    current = emitted(router, { version: 1, routers: {} });
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function emitted(wanted: Router, lock: Lock = current.lock): Emission {
    return emit(world, azureInventoryOf(world, network, { [ROUTER]: wanted }), lock);
  }

  /** The router with some targets changed, or taken away where undefined. */
  function altered(targets: Readonly<Record<string, Part | undefined>>, more: Part = {}): Router {
    const merged = Object.entries({ ...router.targets, ...targets }).flatMap(([name, target]) =>
      target === undefined ? [] : [[name, target] as const],
    );
    return { ...router, ...more, targets: Object.fromEntries(merged) };
  }

  function forwarder(settings: Part): Router {
    return altered({}, { azure: { ...router.azure, forwarder: settings } });
  }

  function target(name: string): Part {
    return router.targets[name] ?? {};
  }

  /** Plans a changed router against the state as it is, in a folder of its own. */
  async function planned(wanted: Router): Promise<Readonly<Record<string, Action>>> {
    return changesOf(await world.fork(work, emitted(wanted).stack(ROUTER)).plan());
  }

  /** Makes a changed router real: it is the router from now on. */
  async function applied(wanted: Router): Promise<ApplyResult> {
    const emission = emitted(wanted);
    work.take(emission.stack(ROUTER));
    const result = await work.apply();
    expect(result.ok, complaints(result)).toBe(true);
    expect(world.azure.defects()).toBe('');
    router = wanted;
    current = emission;
    return result;
  }

  async function nothingToDo(): Promise<void> {
    const plan = await work.plan();
    expect(changesOf(plan)).toEqual({});
    expect(plan.counts).toEqual({ add: 0, change: 0, destroy: 0 });
  }

  function only<Thing>(things: readonly Thing[]): Thing {
    expect(things).toHaveLength(1);
    return things[0] as Thing;
  }

  function machines(): AzureInventory['scaleSets'][number]['machines'] {
    return only(world.azure.inventory().scaleSets).machines;
  }

  it(
    'is initialised, valid, and planned from nothing',
    async () => {
      work = world.workspace(current.stack(ROUTER), 'life');
      await work.init();
      await work.validate();
      expect(new Set(Object.values(changesOf(await work.plan())))).toEqual(new Set(['create']));
    },
    3 * MINUTES,
  );

  it(
    'is applied in the order that works, endpoint approved in the same run',
    async () => {
      const result = await work.apply({ args: ['tfplan'] });
      expect(result.ok, complaints(result)).toBe(true);
      const nat = 'azurerm_subnet_nat_gateway_association.vm';
      const chain = [HEALTH_RULE, SCALE_SET, CONFIGURATION, listener(10000)];
      for (const [before, after] of [
        ...chain.slice(1).map((step, index) => [chain[index] ?? '', step] as const),
        [nat, SCALE_SET],
        [GROUP, SCALE_SET],
        [BALANCER, SERVICE],
        [SERVICE, RULE],
        [RULE, APPROVAL],
        [APPROVAL, BINDING],
        [listener(10004), BINDING],
      ] as const) {
        expect(order(result, before), `${before} before ${after}`).toBeLessThan(order(result, after));
      }
    },
    6 * MINUTES,
  );

  it('stands in the cloud as it should', () => {
    const cloud = world.azure.inventory();
    const ports = [10000, 10001, 10002, 10003, 10004];
    expect(only(cloud.loadBalancers)).toMatchObject({
      probes: { health: 61080, ready: 61081 },
      rules: {
        health: 'health:61080->61080 health',
        ...Object.fromEntries(ports.map((port) => [`port-${port}`, `s1:${port}->${port} ready`])),
      },
    });
    expect(only(cloud.loadBalancers).frontends).toEqual({
      health: expect.stringMatching(/^10\.60\.1\.\d+$/),
      s1: expect.stringMatching(/^10\.60\.1\.\d+$/),
    });
    expect(only(cloud.privateLinkServices)).toMatchObject({
      frontends: ['s1'],
      natAddresses: 1,
      visibility: ['*'],
      autoApproval: [],
      connections: [{ status: 'Approved' }],
    });
    expect(only(cloud.securityGroups).rules).toEqual([
      '100 Inbound Allow Tcp AzureLoadBalancer -> 61080,61081',
      '100 Outbound Allow * * -> 53',
      '110 Outbound Allow * * -> 53',
      `110 Inbound Allow Tcp ${network.natSubnetCidr} -> 10000-10004`,
      // Targets by name, by address, and what egress: nat needs.
      '140 Outbound Allow Tcp * -> 1433,1521,8443',
      '150 Outbound Allow Tcp * -> 3306,5432',
      '160 Outbound Allow Tcp * -> 443,80',
      '4096 Inbound Deny * * -> *',
      '4096 Outbound Deny * * -> *',
    ]);
    const set = only(cloud.scaleSets);
    expect(set).toMatchObject({
      size: 'Standard_D2s_v5',
      zones: ['1', '2', '3'],
      accelerated: true,
      forwardsPackets: false,
    });
    expect(set.machines.map(({ runs, reimages }) => ({ runs, reimages }))).toEqual([
      { runs: { configuration: 1 }, reimages: 0 },
      { runs: { configuration: 1 }, reimages: 0 },
    ]);
  });

  it(
    'gives the machines what Terraform rendered',
    async () => {
      const { bootstrap, applyScript } = await renderedForwarder(work);
      expect(bootstrap.startsWith('#cloud-config')).toBe(true);
      expect(applyScript.startsWith('#!/')).toBe(true);
      for (const machine of machines()) {
        expect(Buffer.from(machine.customData, 'base64').toString('utf8')).toBe(bootstrap);
        expect(scriptOf(machine.settings.configuration)).toBe(applyScript);
      }
    },
    MINUTES,
  );

  it('stands in the account as it should', () => {
    const rule = only(world.azureAccount.liveRules());
    expect(rule).toMatchObject({
      resource_id: only(world.azure.inventory().privateLinkServices).id,
      domain_names: ['archive.acme-data.com', 'erp.corp.acme-data.com', 'orders.acme-data.com', 'sql.acme-data.com'],
      connection_state: 'ESTABLISHED',
    });
    expect(rule).not.toHaveProperty('group_id');
    const ncc = only([...world.azureAccount.state.nccs.values()]);
    expect(world.azureAccount.state.workspaces.get('1234567890123456')?.network_connectivity_config_id).toBe(
      ncc.network_connectivity_config_id,
    );
  });

  it(
    'plans clean, and says what a person needs to know',
    async () => {
      await nothingToDo();
      const { id, alias } = only(world.azure.inventory().privateLinkServices);
      expect(await work.outputs()).toMatchObject({
        private_link_service_ids: { s1: id },
        private_link_service_aliases: { s1: alias },
        frontend_addresses: { s1: only(world.azure.inventory().loadBalancers).frontends.s1 },
        connections: { orders: { domain: 'orders.acme-data.com', listener_port: 10002, port: 5432 } },
        firewall_rules: expect.arrayContaining([
          expect.objectContaining({ sources: [network.subnetCidr], destination: '10.20.1.10', port: 5432 }),
        ]),
      });
    },
    3 * MINUTES,
  );

  describe('plans no more than a change asks for', () => {
    it.each<readonly [string, () => Router, Readonly<Record<string, Action>>]>([
      [
        'one target more',
        () => altered({ crm: { host: 'crm.corp.acme-data.com', port: 5000 } }),
        { [listener(10005)]: 'create', [CONFIGURATION]: 'update', [GROUP]: 'update', [RULE]: 'update' },
      ],
      [
        'one target more behind a name that is there',
        () => altered({ crm: { host: 'crm.corp.acme-data.com', port: 5000, domain: 'sql.acme-data.com' } }),
        { [listener(10005)]: 'create', [CONFIGURATION]: 'update', [GROUP]: 'update' },
      ],
      [
        'the first of five targets is removed',
        () => altered({ erp: undefined }),
        { [listener(10000)]: 'delete', [CONFIGURATION]: 'update', [GROUP]: 'update', [RULE]: 'update' },
      ],
      [
        'a target is disabled',
        () => altered({ orders: { ...target('orders'), enabled: false } }),
        { [listener(10002)]: 'delete', [CONFIGURATION]: 'update', [GROUP]: 'update', [RULE]: 'update' },
      ],
      [
        'a target is renamed, and says so',
        () => altered({ erp: undefined, 'erp-main': { ...target('erp'), renamedFrom: 'erp' } }),
        { [CONFIGURATION]: 'update' },
      ],
      [
        "a target's host and port change",
        () => altered({ sql: { ...target('sql'), host: 'sql02.corp.acme-data.com', port: 1444 } }),
        { [GROUP]: 'update', [CONFIGURATION]: 'update' },
      ],
      [
        'a target gets another listener port',
        () => altered({ archive: { ...target('archive'), listenPort: 15500 } }),
        {
          [listener(10004)]: 'delete',
          [listener(15500)]: 'create',
          [CONFIGURATION]: 'update',
          [GROUP]: 'update',
        },
      ],
      [
        "a target's connections may be idle for longer",
        () => altered({ orders: { ...target('orders'), idleTimeout: 10800 } }),
        { [CONFIGURATION]: 'update' },
      ],
      ['three machines instead of two', () => forwarder({ instances: 3 }), { [SCALE_SET]: 'update' }],
      ['larger machines', () => forwarder({ size: 'Standard_D4s_v5' }), { [SCALE_SET]: 'update' }],
      ['encryption at host', () => forwarder({ encryptionAtHost: true }), { [SCALE_SET]: 'update' }],
      ['image upgrades by Azure', () => forwarder({ imageUpgrades: true }), { [SCALE_SET]: 'update' }],
      ['another engine', () => forwarder({ engine: 'nginx' }), { [SCALE_SET]: 'update', [CONFIGURATION]: 'update' }],
      [
        'a NAT address more',
        () => altered({}, { azure: { ...router.azure, natAddresses: 2 } }),
        { [SERVICE]: 'update' },
      ],
    ])(
      '%s',
      async (_name, wanted, expected) => {
        expect(await planned(wanted())).toEqual(expected);
      },
      2 * MINUTES,
    );

    it(
      'two targets swap their listener ports',
      async () => {
        const locked = current.lock.routers[ROUTER];
        const { sql, orders } = locked?.targets ?? {};
        if (locked === undefined || sql === undefined || orders === undefined) throw new Error('not in the lock');
        const targets = {
          ...locked.targets,
          sql: { ...sql, listenerPort: orders.listenerPort },
          orders: { ...orders, listenerPort: sql.listenerPort },
        };
        const emission = emitted(router, { version: 1, routers: { [ROUTER]: { ...locked, targets } } });
        expect(changesOf(await world.fork(work, emission.stack(ROUTER)).plan())).toEqual({ [CONFIGURATION]: 'update' });
      },
      2 * MINUTES,
    );
  });

  it(
    'switches image upgrades on and off again, and touches no machine',
    async () => {
      const plain = router;
      const before = machines();
      for (const on of [true, false]) {
        await applied(on ? forwarder({ imageUpgrades: true }) : plain);
        const set = only(world.azure.inventory().scaleSets);
        expect(set.upgradesImages).toBe(on);
        expect(machines()).toEqual(before);
        await nothingToDo();
      }
    },
    3 * MINUTES,
  );

  it(
    'opens a new port only when the forwarders have it, and touches nothing else',
    async () => {
      const before = machines();
      world.azure.clearLog();
      const result = await applied(altered({ crm: { host: 'crm.corp.acme-data.com', port: 5000 } }));
      expect(result.done.map(({ address }) => address).sort()).toEqual(
        [listener(10005), CONFIGURATION, GROUP, RULE].sort(),
      );
      expect(order(result, CONFIGURATION, 'update')).toBeLessThan(order(result, listener(10005)));
      expect(order(result, GROUP, 'update')).toBeLessThan(order(result, listener(10005)));
      // The load balancer is written once, for its one rule; neither the scale set nor the service is.
      const written = world.azure
        .changes()
        .map(({ method, path }) => `${method} ${path.split('/').slice(-2).join('/')}`);
      const balancer = only(world.azure.inventory().loadBalancers).name;
      expect(written.filter((call) => call.includes('/plr-')).sort()).toEqual(
        [`PUT loadBalancers/${balancer}`, expect.stringMatching(/^PUT networkSecurityGroups\//)].sort(),
      );
      expect(written).toContain('PUT extensions/configuration');
      const after = machines();
      expect(after.map(({ vmId, reimages }) => ({ vmId, reimages }))).toEqual(
        before.map(({ vmId }) => ({ vmId, reimages: 0 })),
      );
      expect(after.map(({ runs }) => runs.configuration)).toEqual([2, 2]);
      await nothingToDo();
    },
    4 * MINUTES,
  );

  it(
    'closes a port before the forwarders forget it',
    async () => {
      const result = await applied(altered({ erp: undefined }));
      expect(order(result, listener(10000), 'delete')).toBeLessThan(order(result, CONFIGURATION, 'update'));
      expect(order(result, listener(10000), 'delete')).toBeLessThan(order(result, GROUP, 'update'));
      expect(Object.keys(only(world.azure.inventory().loadBalancers).rules)).not.toContain('port-10000');
      expect(only(world.azure.inventory().securityGroups).rules).toContainEqual(
        expect.stringMatching(/-> 10001-10005$/),
      );
      expect(only(only(world.azure.inventory().privateLinkServices).connections).status).toBe('Approved');
      await nothingToDo();
    },
    4 * MINUTES,
  );

  it(
    'grows by a machine that has the configuration from the start',
    async () => {
      const before = machines();
      await applied(forwarder({ instances: 3 }));
      const after = machines();
      expect(after.slice(0, 2)).toEqual(before.map((machine) => ({ ...machine, model: expect.any(String) })));
      expect(after[2]?.runs).toEqual({ configuration: 1 });
      expect(after[2]?.settings).toEqual(after[0]?.settings);
      await nothingToDo();
    },
    4 * MINUTES,
  );

  it(
    'refuses a plan that would replace a service, loudly',
    async () => {
      const fork = world.fork(work, current.stack(ROUTER));
      fork.edit('cdk.tf.json', (text) => {
        const stack = JSON.parse(text);
        stack.resource.azurerm_private_link_service.s1.name = 'another-name';
        return JSON.stringify(stack);
      });
      const plan = await fork.plan();
      expect(plan.ok).toBe(false);
      const summaries = plan.messages.filter(({ severity }) => severity === 'error').map(({ summary }) => summary);
      expect(new Set(summaries)).toEqual(new Set(['Instance cannot be destroyed']));
      expect(complaints(plan)).toContain(SERVICE);
    },
    2 * MINUTES,
  );

  it(
    'is prepared for its end',
    async () => {
      await applied({ ...router, teardown: 'prepare' });
      expect((await work.outputs()).next_steps).toContain('teardown: destroy');
      await nothingToDo();
    },
    4 * MINUTES,
  );

  it(
    'is not destroyed while somebody else is connected, and leaves nothing after that one is rejected',
    async () => {
      const { id } = only(world.azure.inventory().privateLinkServices);
      const stranger = 'aaaaaaaa-0000-4000-8000-00000000000a';
      expect(world.azure.connectFrom(stranger, id, 'somebody-else')).toBeUndefined();
      const wanted = { ...router, teardown: 'destroy' };
      const emission = emitted(wanted);
      work.take(emission.stack(ROUTER));
      const refused = await work.apply();
      expect(refused.ok).toBe(false);
      expect(complaints(refused)).toContain('PrivateLinkServiceWithPrivateEndpointConnectionsCannotBeDeleted');
      expect(Object.keys(await work.state())).toContain(SERVICE);

      world.azure.decide('somebody-else', 'Rejected');
      await applied(wanted);
      expect(Object.keys(await work.state())).toEqual([]);
      expect(world.azure.leftovers()).toEqual([]);
      expect(world.azureAccount.liveRules()).toEqual([]);
      // NCC and binding are forgotten on purpose: Databricks deletes no NCC that workspaces use.
      expect([...world.azureAccount.state.nccs.values()].map(({ name }) => name)).toEqual([ROUTER]);
      expect([NCC, BINDING].filter((address) => refused.done.some((step) => step.address === address))).toEqual([]);
    },
    6 * MINUTES,
  );
});
