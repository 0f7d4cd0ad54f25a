import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LOCATION, RESOURCE_GROUP, type SeededNetwork, SUBSCRIPTION } from './support/azure';
import { type Action, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { AZURE_DATABRICKS_ACCOUNT, startWorld, type World } from './support/world';

const MINUTES = 60_000;
const FIXTURE = join(__dirname, 'support', 'azure-fixture');

const BALANCER = 'azurerm_lb.p1';
const CONFIGURATION = 'azurerm_virtual_machine_scale_set_extension.p1_configuration';
const GROUP = 'azurerm_network_security_group.p1';
const SCALE_SET = 'azurerm_linux_virtual_machine_scale_set.p1';
const SERVICE = 'azurerm_private_link_service.s1';
const listener = (port: number): string => `azurerm_lb_rule.s1_rule["${port}"]`;

/**
 * What the tests of the emitted stacks stand on: the provider (the real one, or its stand-in) on the stand-in of Azure.
 * Every expectation here was met by the real provider.
 */
describeWith(['terraform', 'azure providers'], 'a small router of Azure, written by hand', () => {
  let world: World;
  let work: Workspace;
  let network: SeededNetwork;

  beforeAll(async () => {
    world = await startWorld('azure by hand', ['azure']);
    network = world.azure.seedNetwork();
    work = world.workspace(FIXTURE, 'by-hand');
    set(work, {});
    await work.init();
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function set(where: Workspace, variables: object): void {
    const given = {
      account: { host: world.azureAccount.url, id: AZURE_DATABRICKS_ACCOUNT },
      subscription_id: SUBSCRIPTION,
      resource_group_name: RESOURCE_GROUP,
      location: LOCATION,
      subnet_id: network.subnetId,
      nat_subnet_id: network.natSubnetId,
    };
    writeFileSync(join(where.folder, 'terraform.tfvars.json'), JSON.stringify({ ...given, ...variables }));
  }

  describe('as terraform validates it', () => {
    it.each<readonly [string, string, string, string]>([
      ['a protocol in small letters', 'protocol                       = "Tcp"', 'protocol = "tcp"', 'to be one of'],
      ['a name with a space', 'name                           = "health"', 'name = "he alth"', 'name'],
      ['three idle minutes', 'idle_timeout_in_minutes = 10', 'idle_timeout_in_minutes = 3', '(4 - 120)'],
      ['a probe every four seconds', 'interval_in_seconds = 5\n}', 'interval_in_seconds = 4\n}', 'at least (5)'],
      ['a probe on port 0', 'port                = local.ports.ready', 'port = 0', 'port'],
      [
        'a load balancer of sku standard',
        'sku                 = "Standard"\n  tags',
        'sku = "standard"\n  tags',
        'to be one of',
      ],
      ['a mode in small letters', '"Rolling"', '"rolling"', 'to be one of'],
      ['a repair after five minutes', 'grace_period = "PT30M"', 'grace_period = "PT5M"', 'grace_period'],
      ['a repair that is none', 'action       = "Replace"', 'action = "replace"', 'to be one of'],
      ['a pause without a P', '"PT30S"', '"30s"', '30s'],
      [
        'three hours for extensions',
        'extensions_time_budget          = "PT30M"',
        'extensions_time_budget = "PT3H"',
        'extensions_time_budget',
      ],
      ['a disk of no type', '"Premium_LRS"', '"Premium"', 'to be one of'],
      ['a key that is none', '"ssh-ed25519 AAAA', '"ssh-ed25519 BBBB', 'public key'],
      ['a visibility that is no UUID', '["*"]', '["databricks"]', 'UUID'],
      ['settings that are no JSON', 'jsonencode({ script = base64encode(local.script) })', '"script"', 'JSON'],
      [
        'an argument of another version',
        'overprovision                   = false',
        'upgrade = false',
        'Unsupported argument',
      ],
    ])(
      'it refuses %s',
      async (_what, before, after, words) => {
        const fork = world.fork(work, FIXTURE);
        set(fork, {});
        fork.edit('main.tf', (text) => text.replace(before, after));
        const { code, stdout } = await fork.run(['validate', '-json']);
        expect(code, stdout).toBe(1);
        expect(stdout).toContain(JSON.stringify(words).slice(1, -1));
      },
      MINUTES,
    );
  });

  it(
    'is applied, and plans clean',
    async () => {
      await work.validate();
      const result = await work.apply();
      expect(result.ok, complaints(result)).toBe(true);
      const plan = await work.plan();
      expect(plan.ok, complaints(plan)).toBe(true);
      expect(plan.changes).toEqual({});
      expect(world.azure.defects()).toBe('');
    },
    6 * MINUTES,
  );

  const replaced = (addresses: readonly string[]): Readonly<Record<string, Action>> =>
    Object.fromEntries(addresses.map((address) => [address, 'replace']));
  /** What hangs on the load balancer by its id. */
  const onBalancer = [
    BALANCER,
    'azurerm_lb_backend_address_pool.p1',
    'azurerm_lb_probe.p1_health',
    'azurerm_lb_probe.p1_ready',
    'azurerm_lb_rule.p1_health',
    listener(10000),
    listener(10001),
    SERVICE,
    'databricks_mws_ncc_private_endpoint_rule.s1',
  ];

  it.each<readonly [string, object, Readonly<Record<string, Action>>]>([
    [
      'rules may be idle for longer',
      { idle_minutes: 60 },
      { [listener(10000)]: 'update', [listener(10001)]: 'update' },
    ],
    [
      'a frontend comes first',
      { frontends: ['s0', 's1'] },
      { [BALANCER]: 'update', 'azurerm_lb_rule.p1_health': 'update' },
    ],
    ['a probe asks more often', { probes: 3 }, { 'azurerm_lb_probe.p1_health': 'update' }],
    ['a security rule goes elsewhere', { deny_priority: 4000 }, { [GROUP]: 'update' }],
    ['a NAT address comes', { nat_addresses: 2 }, { [SERVICE]: 'update' }],
    ['a machine comes', { instances: 3 }, { [SCALE_SET]: 'update' }],
    ['the machines grow', { size: 'Standard_D4s_v5' }, { [SCALE_SET]: 'update' }],
    ['the bootstrap changes', { bootstrap: '#cloud-config\n# other\n' }, { [SCALE_SET]: 'update' }],
    ['the engine changes', { engine: { idle: '2h' } }, { [CONFIGURATION]: 'update' }],
    [
      'the tags change',
      { tags: { team: 'other' } },
      { [GROUP]: 'update', [BALANCER]: 'update', [SCALE_SET]: 'update', [SERVICE]: 'update' },
    ],
  ])(
    'changes in place where %s',
    async (_what, variables, expected) => {
      const fork = world.fork(work, FIXTURE);
      set(fork, variables);
      const plan = await fork.plan();
      expect(plan.ok, complaints(plan)).toBe(true);
      expect(Object.fromEntries(Object.entries(plan.changes).filter(([, action]) => action !== 'read'))).toEqual(
        expected,
      );
    },
    MINUTES,
  );

  it.each<readonly [string, object, readonly string[]]>([
    ["the load balancer's name", { load_balancer_name: 'other' }, onBalancer],
    ["the frontends' zones", { zones: ['1', '2'] }, [...onBalancer, SCALE_SET, CONFIGURATION]],
  ])(
    'replaces the service with %s',
    async (_what, variables, addresses) => {
      const fork = world.fork(work, FIXTURE);
      set(fork, variables);
      const plan = await fork.plan();
      expect(plan.ok, complaints(plan)).toBe(true);
      expect(plan.changes).toMatchObject(replaced(addresses));
    },
    MINUTES,
  );

  it(
    'shows what only Azure refuses, while it applies',
    async () => {
      const shared = world.fork(work, FIXTURE);
      set(shared, { shared_probe: true });
      expect((await shared.apply()).ok).toBe(true);
      set(shared, { shared_probe: true, targets: { 10000: 'a.corp:1433' } });
      const refused = await shared.apply();
      expect(refused.ok).toBe(false);
      expect(complaints(refused)).toContain('CannotRemoveRuleUsedByProbeUsedByVMSS');
      set(shared, {});
      const back = await shared.apply();
      expect(back.ok, complaints(back)).toBe(true);
      await work.run(['apply', '-refresh-only', '-auto-approve', '-no-color']);
    },
    6 * MINUTES,
  );

  it(
    'is destroyed',
    async () => {
      const result = await work.destroy();
      expect(result.ok, complaints(result)).toBe(true);
      expect(world.azure.leftovers()).toEqual([]);
    },
    6 * MINUTES,
  );
});
