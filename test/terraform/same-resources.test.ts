import { mkdtempSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { LOCATION, RESOURCE_GROUP } from './support/azure';
import { azureInventoryOf, emit, inventoryOf } from './support/emission';
import { complaints } from './support/events';
import { describeWith } from './support/gate';
import { type ModuleCall, writeModuleCalls } from './support/module-call';
import type { PlannedChange, Workspace } from './support/workspace';
import { REGION, startWorld, WORKSPACES, type World } from './support/world';

const MINUTES = 60_000;

/** The address without what tells a stack from a module: the shard's and pool's key, the module's name, `[0]`. */
function commonAddress(address: string): string {
  const [, path = ''] = /^(?:module\.[a-z]+\.)?(.*)$/.exec(address) ?? [];
  const [, data = '', type = '', name = '', key = ''] = /^(data\.)?([^.]+)\.([^.[]+)(\[.*\])?$/.exec(path) ?? [];
  const plain = name.replace(/^[sp]\d+_/, '').replace(/^[sp]\d+$/, 'this');
  return `${data}${type}.${plain}${key === '[0]' ? '' : key}`;
}

/** What Terraform would make of each resource, with what it learns only by making it. */
async function made(work: Workspace): Promise<Readonly<Record<string, unknown>>> {
  const plan = await work.plan();
  expect(plan.ok, complaints(plan)).toBe(true);
  const planned: [string, PlannedChange & { readonly after_unknown?: unknown }][] = Object.entries(
    await work.planned(),
  );
  const resources = planned.filter(([address]) => !/(^|\.)data\./.test(address));
  const entries = resources.map(([address, { after, after_unknown }]) => [
    commonAddress(address),
    { after, unknown: after_unknown },
  ]);
  expect(new Set(entries.map(([address]) => address)).size, 'every address is another one').toBe(entries.length);
  return Object.fromEntries(entries);
}

/** Plans both and compares them. @returns how many resources they make */
async function compared(world: World, stack: string, calls: Readonly<Record<string, ModuleCall>>): Promise<number> {
  const ofStack = world.workspace(stack);
  const ofModules = world.workspace(writeModuleCalls(mkdtempSync(world.path('root-')), stack, calls));
  await ofStack.init();
  await ofModules.init();
  const [fromStack, fromModules] = [await made(ofStack), await made(ofModules)];
  expect(Object.keys(fromModules).sort()).toEqual(Object.keys(fromStack).sort());
  expect(fromModules).toEqual(fromStack);
  return Object.keys(fromStack).length;
}

describeWith(
  ['terraform', 'python3', 'moto', 'providers'],
  'a stack and the modules, from the same targets (AWS)',
  () => {
    let world: World;

    beforeAll(async () => {
      world = await startWorld('same resources');
    }, 2 * MINUTES);

    afterAll(async () => {
      await world?.stop();
    }, MINUTES);

    it(
      'make the same resources, up to the prefix of their addresses',
      async () => {
        const vpc = await world.seedVpc();
        world.resolve('orders.acme-data.com', ['10.90.1.11', '172.16.9.9']);
        world.resolve('ledger.acme-data.com', ['10.90.2.12']);
        const check = { protocol: 'HTTPS', path: '/health', matcher: '200', interval: 20, timeout: 6, port: 8443 };
        const router = {
          approval: 'terraform',
          basePort: 12_000,
          tags: { team: 'data-platform', note: 'rows = all' },
          healthCheck: { interval: 15 },
          targets: {
            orders: { host: 'Orders.acme-data.com', preset: 'postgres', securityGroupIds: ['sg-0123456789abcdef0'] },
            ledger: { host: 'ledger.acme-data.com', port: 1521, idleTimeout: 600, drain: 30 },
            crm: { host: '10.90.1.77', preset: 'mysql', domain: 'crm.acme-data.com', enabled: false },
            legacy: { host: '192.168.7.12', port: 3050, domain: 'Legacy.acme-data.com', healthCheck: check },
            web: { host: '10.90.2.44', preset: 'https', domain: 'web.acme-data.com', listenPort: 443 },
          },
        };
        const stack = emit(world, inventoryOf(world, vpc, { analytics: router })).stack('analytics');
        const calls: Record<string, ModuleCall> = {
          router: {
            module: 'aws-privatelink-router',
            arguments: {
              name: 'analytics',
              region: REGION,
              vpc_id: vpc.vpcId,
              subnet_ids: vpc.subnetIds,
              base_port: 12_000,
              tags: { team: 'data-platform', note: 'rows = all' },
              health_check: { interval: 15 },
              private_endpoint_id: '${module.databricks.private_endpoint_id}',
              targets: [
                {
                  name: 'orders',
                  host: 'Orders.acme-data.com',
                  preset: 'postgres',
                  security_group_ids: ['sg-0123456789abcdef0'],
                },
                {
                  name: 'ledger',
                  host: 'ledger.acme-data.com',
                  port: 1521,
                  idle_timeout: 600,
                  deregistration_delay: 30,
                },
                { name: 'crm', host: '10.90.1.77', preset: 'mysql', domain: 'crm.acme-data.com', enabled: false },
                {
                  name: 'legacy',
                  host: '192.168.7.12',
                  port: 3050,
                  domain: 'Legacy.acme-data.com',
                  health_check: check,
                },
                { name: 'web', host: '10.90.2.44', preset: 'https', domain: 'web.acme-data.com', listener_port: 443 },
              ],
            },
          },
          databricks: {
            module: 'databricks-ncc-private-endpoints',
            arguments: {
              region: REGION,
              ncc: { name: 'analytics', workspace_ids: [WORKSPACES[0]] },
              domain_names: '${module.router.domains}',
              endpoint_service: '${module.router.endpoint_service_name}',
              bind_after: ['${module.router.accepted_endpoint_id}'],
            },
          },
        };
        expect(await compared(world, stack, calls)).toBeGreaterThan(25);
      },
      5 * MINUTES,
    );
  },
);

describeWith(['terraform', 'azure providers'], 'a stack and the modules, from the same targets (Azure)', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld('same resources', ['azure']);
  }, MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  it.each(['haproxy', 'nftables'] as const)(
    'make the same resources, up to the prefix of their addresses (%s)',
    async (engine) => {
      const network = world.azure.seedNetwork();
      const nat = engine === 'haproxy';
      const check = { protocol: 'HTTPS', path: '/health', matcher: '200', interval: 20, timeout: 6, port: 8443 };
      const forwarder = { engine, instances: 3, size: 'Standard_D4s_v5', egress: nat ? 'nat' : 'none' };
      const router = {
        azure: { natAddresses: 2, forwarder },
        tags: { team: 'data-platform', note: 'a ${b} %{c}' },
        ...(nat ? { resolvers: ['10.60.0.53'] } : {}),
        targets: {
          erp: { host: 'erp.acme-data.com', preset: 'oracle' },
          crm: { host: '10.20.1.77', preset: 'mysql', domain: 'crm.acme-data.com', enabled: false },
          legacy: {
            host: '192.168.7.12',
            port: 3050,
            domain: 'Legacy.acme-data.com',
            ...(nat ? { healthCheck: check } : {}),
          },
          web: { host: 'web.acme-data.com', preset: 'https', listenPort: 443 },
        },
      };
      const stack = emit(world, azureInventoryOf(world, network, { analytics: router })).stack('analytics');
      const calls: Record<string, ModuleCall> = {
        forwarder: {
          module: 'azure-privatelink-forwarder',
          arguments: {
            name: 'analytics',
            location: LOCATION,
            resource_group_name: RESOURCE_GROUP,
            subnet_id: network.subnetId,
            nat_subnet_id: network.natSubnetId,
            nat_addresses: 2,
            tags: { team: 'data-platform', note: 'a $${b} %%{c}' },
            ...(nat ? { resolvers: ['10.60.0.53'] } : {}),
            forwarder,
            private_endpoint_name: '${module.databricks.private_endpoint_name}',
            targets: [
              { name: 'erp', host: 'erp.acme-data.com', preset: 'oracle' },
              { name: 'crm', host: '10.20.1.77', preset: 'mysql', domain: 'crm.acme-data.com', enabled: false },
              {
                name: 'legacy',
                host: '192.168.7.12',
                port: 3050,
                domain: 'Legacy.acme-data.com',
                ...(nat ? { health_check: check } : {}),
              },
              { name: 'web', host: 'web.acme-data.com', preset: 'https', listener_port: 443 },
            ],
          },
        },
        databricks: {
          module: 'databricks-ncc-private-endpoints',
          arguments: {
            region: LOCATION,
            ncc: { name: 'analytics', workspace_ids: [WORKSPACES[0]] },
            domain_names: '${module.forwarder.domains}',
            resource_id: '${module.forwarder.private_link_service_id}',
            bind_after: ['${module.forwarder.approved_deployment_id}'],
          },
        },
      };
      expect(await compared(world, stack, calls)).toBeGreaterThan(15);
    },
    3 * MINUTES,
  );
});
