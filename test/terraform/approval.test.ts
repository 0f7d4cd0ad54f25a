import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Emission, emit, inventoryOf } from './support/emission';
import { complaints, type PlanResult } from './support/events';
import { describeWith } from './support/gate';
import type { SeededVpc } from './support/moto';
import type { Workspace } from './support/workspace';
import { startWorld, WAITING, WORKSPACES, type World } from './support/world';

type Changes = Readonly<Record<string, unknown>>;

const MINUTES = 60_000;
const RULE = 'databricks_mws_ncc_private_endpoint_rule.s1';
const ACCEPTER = 'aws_vpc_endpoint_connection_accepter.s1';

function changes(plan: PlanResult): PlanResult['changes'] {
  expect(plan.ok, complaints(plan)).toBe(true);
  return plan.changes;
}

describeWith(['terraform', 'python3', 'moto', 'providers'], 'acceptance, by Terraform and by hand', () => {
  let world: World;
  let vpc: SeededVpc;
  let emission: Emission;
  let automatic: Workspace;
  let manual: Workspace;

  beforeAll(async () => {
    world = await startWorld('approval');
    vpc = await world.seedVpc();
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
      ncc: { name, workspaceIds: [Number(WORKSPACES[index])] },
      deletionProtection: false,
      targets: { db: { host: `10.90.1.${20 + index}`, preset: 'postgres', domain: `${name}.acme-data.com` } },
      ...more,
    });
    const document = inventoryOf(world, vpc, {
      automatic: router('automatic', 0, automaticChanges),
      'by-hand': router('by-hand', 1, { approval: 'manual', ...manualChanges }),
    });
    return emit(world, document, emission?.lock);
  }

  /** The endpoint service of a workspace's shard. */
  async function service(work: Workspace): Promise<string> {
    return String((await work.state())['aws_vpc_endpoint_service.s1']?.service_name);
  }

  async function ruleState(work: Workspace): Promise<string | undefined> {
    const name = await service(work);
    return world.account.liveRules().find((rule) => rule.endpoint_service === name)?.connection_state;
  }

  async function command(work: Workspace, output: string): Promise<string> {
    return ((await work.outputs())[output] as Record<string, string>).s1 ?? '';
  }

  it(
    'names the variable that was forgotten, and needs it alone',
    async () => {
      const [first, other] = await Promise.all([
        automatic.apply({ env: { [WAITING]: undefined } }),
        manual.apply({ env: { [WAITING]: undefined } }),
      ]);
      expect(first.ok).toBe(false);
      const errors = first.messages.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ summary }) => summary)).toEqual(['Resource precondition failed']);
      expect(errors[0]?.detail).toContain(
        'DATABRICKS_TF_ENABLED_PF_RESOURCES=databricks_mws_ncc_private_endpoint_rule',
      );
      // By hand nothing has to be waited for.
      expect(other.ok, complaints(other)).toBe(true);
      expect(await command(manual, 'approval_commands')).toContain('terraform apply -refresh-only');

      const second = await automatic.apply();
      expect(second.ok, complaints(second)).toBe(true);
      expect(await ruleState(automatic)).toBe('ESTABLISHED');
    },
    6 * MINUTES,
  );

  it(
    'is given the exact command where a person accepts',
    async () => {
      const refreshed = await manual.run(['apply', '-refresh-only', '-auto-approve', '-no-color']);
      expect(refreshed.code, refreshed.stderr).toBe(0);
      const typed = await command(manual, 'approval_commands');
      expect(typed).toMatch(
        /^aws ec2 accept-vpc-endpoint-connections --region us-east-2 --service-id vpce-svc-[0-9a-f]+ --vpc-endpoint-ids vpce-[0-9a-f]+$/,
      );
      expect(await ruleState(manual)).toBe('PENDING');
      await world.typed(typed);
      expect(await ruleState(manual)).toBe('ESTABLISHED');
      expect(changes(await manual.plan())).toEqual({});
    },
    3 * MINUTES,
  );

  it.each(['EXPIRED', 'REJECTED'] as const)(
    'stops the plan where the rule is %s, and the command in the message helps',
    async (state) => {
      await world.account.setRuleState(await service(automatic), state);
      const plan = await automatic.plan();
      expect(plan.ok).toBe(false);
      const errors = plan.messages.filter(({ severity }) => severity === 'error');
      expect(errors.map(({ summary }) => summary)).toEqual(['Resource postcondition failed']);
      const message = errors[0]?.detail ?? '';
      expect(message).toContain(state);
      expect(message).not.toMatch(/run[^.]*-replace/);
      const [, target = ''] = /terraform apply -destroy -target=(\S+)/.exec(message) ?? [];
      expect(target).toBe(RULE);

      const before = await automatic.state();
      const away = await automatic.apply({ args: ['-destroy', `-target=${target}`] });
      expect(away.ok, complaints(away)).toBe(true);
      expect(away.done.map(({ address }) => address)).toContain(RULE);
      expect(away.done.filter(({ address }) => address.startsWith('aws_lb'))).toEqual([]);
      const again = await automatic.apply();
      expect(again.ok, complaints(again)).toBe(true);
      expect(await ruleState(automatic)).toBe('ESTABLISHED');
      const after = await automatic.state();
      expect(after['aws_vpc_endpoint_service.s1']?.id).toBe(before['aws_vpc_endpoint_service.s1']?.id);
      expect(after[RULE]?.rule_id).not.toBe(before[RULE]?.rule_id);
      expect(changes(await automatic.plan())).toEqual({});
    },
    5 * MINUTES,
  );

  it(
    'forgets the acceptance, rather than reject the endpoint, where a person takes over',
    async () => {
      const fork = world.fork(automatic, emitted({ approval: 'manual' }, {}).stack('automatic'));
      expect(changes(await fork.plan())).toEqual({ [ACCEPTER]: 'remove' });
    },
    2 * MINUTES,
  );

  it(
    'is taken down after the rejection that an output asks for',
    async () => {
      emission = emitted({ teardown: 'prepare' }, { teardown: 'prepare' });
      automatic.take(emission.stack('automatic'));
      manual.take(emission.stack('by-hand'));
      for (const work of [automatic, manual]) {
        const prepared = await work.apply();
        expect(prepared.ok, complaints(prepared)).toBe(true);
      }
      await world.typed(await command(manual, 'rejection_commands'));

      emission = emitted({ teardown: 'destroy' }, { teardown: 'destroy' });
      automatic.take(emission.stack('automatic'));
      manual.take(emission.stack('by-hand'));
      const results = await Promise.all([automatic.apply(), manual.apply()]);
      for (const result of results) expect(result.ok, complaints(result)).toBe(true);
      expect(Object.keys({ ...(await automatic.state()), ...(await manual.state()) })).toEqual([]);
      expect(await world.leftovers()).toEqual([]);
      expect(world.account.liveRules()).toEqual([]);
      expect(world.moto.stderr()).toBe('');
    },
    6 * MINUTES,
  );
});
