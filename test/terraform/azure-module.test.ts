import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { hclValue } from '../../src/modules';
import { type AzureInventory, LOCATION, RESOURCE_GROUP, type SeededNetwork, SUBSCRIPTION } from './support/azure';
import { type ApplyResult, changesOf, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { AZURE_DATABRICKS_ACCOUNT, startWorld, WORKSPACES, type World } from './support/world';

type Part = Readonly<Record<string, unknown>>;

const MODULE = 'azure-privatelink-forwarder';
const MINUTES = 60_000;
const forwarder = (address: string): string => `module.forwarder.${address}`;
const RULE = 'module.databricks.databricks_mws_ncc_private_endpoint_rule.this';
const BINDING = `module.databricks.databricks_mws_ncc_binding.workspace["${WORKSPACES[0]}"]`;
const SCALE_SET = forwarder('azurerm_linux_virtual_machine_scale_set.this');
const CONFIGURATION = forwarder('azurerm_virtual_machine_scale_set_extension.configuration');
const GROUP = forwarder('azurerm_network_security_group.this');
const SERVICE = forwarder('azurerm_private_link_service.this');
const APPROVAL = forwarder('azurerm_resource_group_template_deployment.approval');
const ATTACHED = [BINDING, 'module.databricks.databricks_mws_network_connectivity_config.ncc'];
const listener = (port: number): string => forwarder(`azurerm_lb_rule.rule["${port}"]`);

const TARGETS: readonly Part[] = [
  { name: 'erp', host: 'erp.corp.acme-data.com', preset: 'oracle' },
  { name: 'orders', host: '10.20.1.10', preset: 'postgres', domain: 'orders.acme-data.com' },
  { name: 'sql', host: 'sql01.corp.acme-data.com', preset: 'sqlserver', listener_port: 14330 },
];
const CRM = { name: 'crm', host: 'crm.corp.acme-data.com', port: 5000 };

/** Both modules of a caller who wires them, beside whatever else it has. */
function caller(
  place: Part,
  targets: readonly Part[],
  more: { readonly machines?: Part; readonly beside?: string } = {},
): string {
  const given = { name: 'analytics', ...place, targets, forwarder: more.machines ?? {} };
  const lines = Object.entries(given).map(([key, value]) => `  ${key} = ${hclValue(value, '  ')}\n`);
  return `
module "forwarder" {
  source = "../.."
${lines.join('')}
  private_endpoint_name = module.databricks.private_endpoint_name
}

module "databricks" {
  source       = "../../../databricks-ncc-private-endpoints"
  region       = ${hclValue(place.location)}
  ncc          = { name = "analytics", workspace_ids = [${hclValue(WORKSPACES[0])}] }
  resource_id  = module.forwarder.private_link_service_id
  domain_names = module.forwarder.domains
  bind_after   = [module.forwarder.approved_deployment_id]
}

output "ports" {
  value = module.forwarder.listener_ports
}
${more.beside ?? ''}`;
}

/** Changes that matter: a data source that is read later changes nothing. */

/** The place of a step in the order of an apply. */
function order(result: ApplyResult, address: string, action = 'create'): number {
  const index = result.done.findIndex((step) => step.address === address && step.action === action);
  expect(index, `${action} of ${address} in ${JSON.stringify(result.done)}`).toBeGreaterThanOrEqual(0);
  return index;
}

describeWith(['terraform', 'azure providers'], 'the Azure module in a cloud', () => {
  let world: World;
  let network: SeededNetwork;
  let place: Part;
  let settings: string;

  beforeAll(async () => {
    world = await startWorld('azure module', ['azure']);
    network = world.azure.seedNetwork();
    place = {
      location: LOCATION,
      resource_group_name: RESOURCE_GROUP,
      subnet_id: network.subnetId,
      nat_subnet_id: network.natSubnetId,
    };
    settings = `
terraform {
  required_providers {
    azurerm    = { source = "hashicorp/azurerm" }
    databricks = { source = "databricks/databricks" }
  }
}
provider "azurerm" {
  features {}
  subscription_id                 = "${SUBSCRIPTION}"
  resource_provider_registrations = "none"
}
provider "databricks" {
  host       = "${world.azureAccount.url}"
  account_id = "${AZURE_DATABRICKS_ACCOUNT}"
}
`;
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function variables(more: Part = {}): Part {
    return { subscription_id: SUBSCRIPTION, ...place, ...more };
  }

  /** The example's folder with another configuration in it. */
  function configured(configuration: string): Workspace {
    const work = world.example(MODULE, 'examples/basic');
    for (const file of ['variables.tf', 'outputs.tf']) writeFileSync(join(work.folder, file), '');
    write(work, configuration);
    return work;
  }

  function write(work: Workspace, configuration: string): void {
    writeFileSync(join(work.folder, 'main.tf'), settings + configuration);
  }

  /** Applies, where `planned` what was planned last. */
  async function applied(work: Workspace, planned = false): Promise<ApplyResult> {
    const result = await work.apply(planned ? { args: ['tfplan'] } : {});
    expect(result.ok, complaints(result)).toBe(true);
    expect(world.azure.defects()).toBe('');
    return result;
  }

  async function nothingToDo(work: Workspace): Promise<void> {
    expect(changesOf(await work.plan())).toEqual({});
  }

  function only<Thing>(things: readonly Thing[]): Thing {
    expect(things).toHaveLength(1);
    return things[0] as Thing;
  }

  function machines(): AzureInventory['scaleSets'][number]['machines'] {
    return only(world.azure.inventory().scaleSets).machines;
  }

  /** Takes it away; the configuration that workspaces are attached to stays, since Databricks deletes none of those. */
  async function gone(work: Workspace, attached = false): Promise<void> {
    if (attached) await work.must(['state', 'rm', ...ATTACHED]);
    const result = await work.destroy();
    expect(result.ok, complaints(result)).toBe(true);
    expect(world.azure.leftovers()).toEqual([]);
  }

  it(
    'applies its basic example as it is, has nothing left to do, and goes',
    async () => {
      const basic = world.example(MODULE, 'examples/basic', { variables: variables() });
      await basic.init();
      await applied(basic);
      await nothingToDo(basic);
      expect(await basic.outputs()).toMatchObject({
        private_link_service_id: only(world.azure.inventory().privateLinkServices).id,
        connections: { erp: { listener_port: 10000, port: 1521 }, orders: { listener_port: 10001, port: 5432 } },
        firewall_rules: expect.arrayContaining([
          {
            sources: [network.subnetCidr],
            purpose: 'target orders',
            protocol: 'tcp',
            destination: '10.20.1.10',
            port: 5432,
          },
        ]),
      });
      await gone(basic);
    },
    4 * MINUTES,
  );

  it(
    'applies its complete example as it is, the endpoint approved in the same run, and has nothing left to do',
    async () => {
      const complete = world.example(MODULE, 'examples/complete', {
        variables: variables({
          databricks_host: world.azureAccount.url,
          databricks_account_id: AZURE_DATABRICKS_ACCOUNT,
          workspace_ids: [WORKSPACES[0]],
        }),
      });
      await complete.init();
      const result = await applied(complete);
      const chain = [SCALE_SET, CONFIGURATION, listener(11000)];
      for (const [before, after] of [
        ...chain.slice(1).map((step, i) => [chain[i] ?? '', step] as const),
        [GROUP, SCALE_SET],
        [SERVICE, RULE],
        [RULE, APPROVAL],
        [APPROVAL, BINDING],
      ] as const) {
        expect(order(result, before), `${before} before ${after}`).toBeLessThan(order(result, after));
      }
      expect(only(world.azure.inventory().privateLinkServices)).toMatchObject({
        frontends: ['s1'],
        natAddresses: 2,
        connections: [{ status: 'Approved' }],
      });
      const ports = [11000, 11001, 11004, 11005, 14330];
      expect(only(world.azure.inventory().loadBalancers).rules).toEqual({
        health: 'health:61080->61080 health',
        ...Object.fromEntries(ports.map((port) => [`port-${port}`, `s1:${port}->${port} ready`])),
      });
      expect(only(world.azureAccount.liveRules())).toMatchObject({ connection_state: 'ESTABLISHED' });
      await nothingToDo(complete);
      expect((await complete.outputs()).rejection_commands).toEqual([]);
      await gone(complete, true);
      expect(world.azureAccount.liveRules()).toEqual([]);
    },
    4 * MINUTES,
  );

  it(
    'gets and loses targets, changes its engine, and replaces no machine',
    async () => {
      const work = configured(caller(place, TARGETS));
      await work.init();
      await applied(work);
      const before = machines();

      write(work, caller(place, [...TARGETS, CRM]));
      const added = await work.plan();
      expect(changesOf(added)).toEqual({
        [listener(10003)]: 'create',
        [CONFIGURATION]: 'update',
        [GROUP]: 'update',
        [RULE]: 'update',
      });
      const result = await applied(work, true);
      expect(order(result, CONFIGURATION, 'update')).toBeLessThan(order(result, listener(10003)));

      // Its place is kept: the port of the one behind it stays.
      const [erp, orders, sql] = TARGETS;
      write(work, caller(place, [{ ...erp, enabled: false }, { ...orders }, { ...sql }, CRM]));
      expect(changesOf(await work.plan())).toEqual({
        [listener(10000)]: 'delete',
        [CONFIGURATION]: 'update',
        [GROUP]: 'update',
        [RULE]: 'update',
      });
      const disabled = await applied(work, true);
      expect(order(disabled, listener(10000), 'delete')).toBeLessThan(order(disabled, CONFIGURATION, 'update'));
      expect((await work.outputs()).ports).toEqual({ orders: 10001, sql: 14330, crm: 10003 });

      write(
        work,
        caller(place, [{ ...erp, enabled: false }, { ...orders }, { ...sql }], { machines: { engine: 'nginx' } }),
      );
      expect(changesOf(await work.plan())).toEqual({
        [listener(10003)]: 'delete',
        [CONFIGURATION]: 'update',
        [GROUP]: 'update',
        [RULE]: 'update',
        [SCALE_SET]: 'update',
      });
      await applied(work, true);
      await nothingToDo(work);
      const after = machines();
      expect(after.map(({ vmId, reimages }) => ({ vmId, reimages }))).toEqual(
        before.map(({ vmId }) => ({ vmId, reimages: 0 })),
      );
      expect(only(only(world.azure.inventory().privateLinkServices).connections).status).toBe('Approved');
      await gone(work, true);
    },
    6 * MINUTES,
  );

  it(
    'stands in a network that the same apply makes, after what depends_on says',
    async () => {
      const beside = `
resource "azurerm_virtual_network" "new" {
  name                = "vnet-new"
  location            = "${LOCATION}"
  resource_group_name = "${RESOURCE_GROUP}"
  address_space       = ["10.77.0.0/24"]
}
resource "azurerm_subnet" "vm" {
  name                                          = "vm"
  resource_group_name                           = "${RESOURCE_GROUP}"
  virtual_network_name                          = azurerm_virtual_network.new.name
  address_prefixes                              = ["10.77.0.0/25"]
  default_outbound_access_enabled               = false
  private_link_service_network_policies_enabled = true
}
resource "azurerm_subnet" "nat" {
  name                                          = "nat"
  resource_group_name                           = "${RESOURCE_GROUP}"
  virtual_network_name                          = azurerm_virtual_network.new.name
  address_prefixes                              = ["10.77.0.192/26"]
  default_outbound_access_enabled               = false
  private_link_service_network_policies_enabled = false
}
resource "azurerm_public_ip" "database" {
  name                = "database"
  location            = "${LOCATION}"
  resource_group_name = "${RESOURCE_GROUP}"
  allocation_method   = "Static"
  sku                 = "Standard"
}
resource "terraform_data" "first" {}

module "forwarder" {
  source              = "../.."
  count               = 1
  name                = "made"
  location            = "${LOCATION}"
  resource_group_name = azurerm_virtual_network.new.resource_group_name
  subnet_id           = azurerm_subnet.vm.id
  nat_subnet_id       = azurerm_subnet.nat.id
  targets             = [{ name = "db", host = "\${terraform_data.first.id}.acme-data.com", port = 5432 }]
  forwarder           = { engine = "nftables", egress = "none" }
  depends_on          = [terraform_data.first]
}

output "domains" {
  value = module.forwarder[0].domains
}
`;
      const work = configured(beside);
      await work.init();
      await applied(work);
      expect((await work.outputs()).domains).toEqual([expect.stringMatching(/^[0-9a-f-]{36}\.acme-data\.com$/)]);
      await nothingToDo(work);
      expect(only(world.azure.inventory().securityGroups).rules).toContain(
        '110 Inbound Allow Tcp 10.77.0.192/26 -> 10000',
      );
      await gone(work);
    },
    4 * MINUTES,
  );
});
