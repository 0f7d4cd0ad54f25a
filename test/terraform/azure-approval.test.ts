import { afterAll, beforeAll, expect, it } from 'vitest';
import type { SeededNetwork } from './support/azure';
import { azureInventoryOf, type Emission, emit } from './support/emission';
import { changesOf, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { startWorld, WAITING, WORKSPACES, type World } from './support/world';

type Changes = Readonly<Record<string, unknown>>;

const MINUTES = 60_000;
const RULE = 'databricks_mws_ncc_private_endpoint_rule.s1';
const SERVICE = 'azurerm_private_link_service.s1';
const APPROVAL = 'azurerm_resource_group_template_deployment.s1_approval';

describeWith(['terraform', 'azure providers'], 'approval on Azure, by Terraform and by hand', () => {
  let world: World;
  let network: SeededNetwork;
  let emission: Emission;
  let automatic: Workspace;
  let manual: Workspace;

  beforeAll(async () => {
    world = await startWorld('azure approval', ['azure']);
    network = world.azure.seedNetwork();
    emission = emitted({}, {});
    automatic = world.workspace(emission.stack('automatic'), 'automatic');
    manual = world.workspace(emission.stack('by-hand'), 'by-hand');
    await automatic.init();
    await manual.init();
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function emitted(automaticChanges: Changes, manualChanges: Changes): Emission {
    const router = (name: string, index: number, more: Changes): Changes => ({
      // Both stand in the subnets that are there, of which each takes one NAT gateway: these need none.
      azure: { forwarder: { engine: 'nftables', egress: 'none' } },
      ncc: { name, workspaceIds: [Number(WORKSPACES[index])] },
      deletionProtection: false,
      targets: { db: { host: `10.90.1.${20 + index}`, preset: 'postgres', domain: `${name}.acme-data.com` } },
      ...more,
    });
    const document = azureInventoryOf(world, network, {
      automatic: router('automatic', 0, automaticChanges),
      'by-hand': router('by-hand', 1, { approval: 'manual', ...manualChanges }),
    });
    return emit(world, document, emission?.lock);
  }

  async function service(work: Workspace): Promise<string> {
    return String((await work.state())[SERVICE]?.id);
  }

  async function ruleState(work: Workspace): Promise<string | undefined> {
    const id = await service(work);
    return world.azureAccount.liveRules().find((rule) => rule.resource_id === id)?.connection_state;
  }

  async function connections(work: Workspace): Promise<readonly string[]> {
    const id = await service(work);
    const found = world.azure.inventory().privateLinkServices.find((one) => one.id === id);
    return found?.connections.map(({ status }) => status) ?? [];
  }

  async function approvalCommand(work: Workspace): Promise<string> {
    return ((await work.outputs()).approval_commands as Record<string, string>).s1 ?? '';
  }

  async function rejectionCommands(work: Workspace): Promise<readonly string[]> {
    return ((await work.outputs()).rejection_commands as Record<string, readonly string[]>).s1 ?? [];
  }

  it(
    'needs a second apply where nothing waits for the endpoint, and none by hand',
    async () => {
      const [first, other] = await Promise.all([
        automatic.apply({ env: { [WAITING]: undefined } }),
        manual.apply({ env: { [WAITING]: undefined } }),
      ]);
      expect(first.ok, complaints(first)).toBe(true);
      expect(other.ok, complaints(other)).toBe(true);
      expect(await ruleState(automatic)).not.toBe('ESTABLISHED');
      expect(await approvalCommand(manual)).toContain('terraform apply -refresh-only');

      const second = await automatic.apply();
      expect(second.ok, complaints(second)).toBe(true);
      expect(second.done.map(({ address }) => address)).toEqual([APPROVAL]);
      expect(await ruleState(automatic)).toBe('ESTABLISHED');
      expect(changesOf(await automatic.plan())).toEqual({});
    },
    6 * MINUTES,
  );

  it(
    "approves our rule's own endpoint and nobody else's",
    async () => {
      const stranger = 'aaaaaaaa-0000-4000-8000-00000000000a';
      expect(world.azure.connectFrom(stranger, await service(automatic), 'somebody-else')).toBeUndefined();
      expect(changesOf(await automatic.plan())).toEqual({});
      const result = await automatic.apply();
      expect(result.ok, complaints(result)).toBe(true);
      expect([...(await connections(automatic))].sort()).toEqual(['Approved', 'Pending']);
      world.azure.disconnect('somebody-else');
    },
    3 * MINUTES,
  );

  it(
    'is given the exact command where a person approves',
    async () => {
      const refreshed = await manual.run(['apply', '-refresh-only', '-auto-approve', '-no-color']);
      expect(refreshed.code, refreshed.stderr).toBe(0);
      const typed = await approvalCommand(manual);
      expect(typed).toMatch(/^az network private-link-service connection update --connection-status Approved /);
      expect(await ruleState(manual)).toBe('PENDING');
      await world.typed(typed);
      expect(await ruleState(manual)).toBe('ESTABLISHED');
      expect(await connections(manual)).toEqual(['Approved']);
      expect(changesOf(await manual.plan())).toEqual({});
    },
    3 * MINUTES,
  );

  it.each(['EXPIRED', 'REJECTED'] as const)(
    'stops the plan where the rule is %s, and the command in the message helps',
    async (state) => {
      await world.azureAccount.setRuleState(await service(automatic), state);
      const plan = await automatic.plan();
      expect(plan.ok).toBe(false);
      const errors = plan.messages.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ summary }) => summary)).toEqual(['Resource postcondition failed']);
      const message = errors[0]?.detail ?? '';
      expect(message).toContain(state);
      const [, target = ''] = /terraform apply -destroy -target=(\S+)/.exec(message) ?? [];
      expect(target).toBe(RULE);

      const before = await automatic.state();
      const away = await automatic.apply({ args: ['-destroy', `-target=${target}`] });
      expect(away.ok, complaints(away)).toBe(true);
      expect(away.done.map(({ address }) => address)).toContain(RULE);
      expect(away.done.filter(({ address }) => /azurerm_(lb|linux|private)/.test(address))).toEqual([]);
      const again = await automatic.apply();
      expect(again.ok, complaints(again)).toBe(true);
      expect(await ruleState(automatic)).toBe('ESTABLISHED');
      const after = await automatic.state();
      expect(after[SERVICE]?.id).toBe(before[SERVICE]?.id);
      expect(after[RULE]?.rule_id).not.toBe(before[RULE]?.rule_id);
      expect(changesOf(await automatic.plan())).toEqual({});
    },
    6 * MINUTES,
  );

  it(
    'leaves the connection alone where a person takes over, and where Terraform does again',
    async () => {
      for (const approval of ['manual', 'terraform']) {
        emission = emitted({ approval }, {});
        automatic.take(emission.stack('automatic'));
        const result = await automatic.apply();
        expect(result.ok, complaints(result)).toBe(true);
        expect(result.done.map(({ address }) => address)).toEqual([APPROVAL]);
        expect(await connections(automatic)).toEqual(['Approved']);
        expect(changesOf(await automatic.plan())).toEqual({});
      }
    },
    3 * MINUTES,
  );

  it(
    'is taken down after the connection is deleted that an output names',
    async () => {
      emission = emitted({ teardown: 'prepare' }, { teardown: 'prepare' });
      automatic.take(emission.stack('automatic'));
      manual.take(emission.stack('by-hand'));
      for (const work of [automatic, manual]) {
        const prepared = await work.apply();
        expect(prepared.ok, complaints(prepared)).toBe(true);
      }
      // Terraform withdraws what it has approved; what a person has approved is a person's to delete.
      expect(await rejectionCommands(automatic)).toEqual([]);
      const typed = await rejectionCommands(manual);
      expect(typed).toHaveLength(1);
      for (const command of typed) await world.typed(command);

      emission = emitted({ teardown: 'destroy' }, { teardown: 'destroy' });
      automatic.take(emission.stack('automatic'));
      manual.take(emission.stack('by-hand'));
      const results = await Promise.all([automatic.apply(), manual.apply()]);
      for (const result of results) expect(result.ok, complaints(result)).toBe(true);
      expect(Object.keys({ ...(await automatic.state()), ...(await manual.state()) })).toEqual([]);
      expect(world.azure.leftovers()).toEqual([]);
      expect(world.azureAccount.liveRules()).toEqual([]);
      expect(world.azure.defects()).toBe('');
    },
    6 * MINUTES,
  );
});
