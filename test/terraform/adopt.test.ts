import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main';
import { type Action, type ApplyResult, changesOf, complaints, type PlanResult } from './support/events';
import { describeWith } from './support/gate';
import type { SeededVpc } from './support/moto';
import type { StateResources, Workspace } from './support/workspace';
import { DATABRICKS_ACCOUNT, REGION, startWorld, type World } from './support/world';

const MINUTES = 60_000;

/** What was planned last, without planning it again. */
const AS_PLANNED = { args: ['tfplan'] };
/** The state was read just before. */
const UNREFRESHED = { args: ['-refresh=false'] };

/** The old router's list: a listener's port is 10000 and its place here. */
const ENDPOINTS = [
  { id: 'mysql.analytics.acme-data.com', port: 3306, name: 'mysql', addresses: ['10.90.1.10', '10.90.1.11'] },
  { id: 'pg.analytics.acme-data.com', port: 5432, name: 'postgres', addresses: ['100.64.1.20'] },
  { id: 'kafka-1.analytics.acme-data.com', port: 9094, name: 'kafka-1', addresses: ['10.90.1.30'], portless: true },
] as const;
const NEW_HOST = 'oracle.analytics.acme-data.com';

/** The command line, as a user calls it; it must succeed. */
async function command(...argv: readonly string[]): Promise<{ readonly stdout: string; readonly stderr: string }> {
  let stdout = '';
  let stderr = '';
  const write = (add: (text: string) => void) => ({ write: (text: string) => add(text) });
  const code = await main(argv, {
    stdout: write((text) => {
      stdout += text;
    }),
    stderr: write((text) => {
      stderr += text;
    }),
    env: {},
  });
  if (code !== 0) throw new Error(`privatelink-router ${argv.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
  return { stdout, stderr };
}

/** Changes that matter, by address: a data source that is read later changes nothing. */

/** The addresses of what a plan does so, sorted. */
function doing(plan: PlanResult, ...actions: readonly Action[]): readonly string[] {
  const found = Object.entries(changesOf(plan)).filter(([, action]) => actions.includes(action));
  return found.map(([address]) => address).sort();
}

function succeeded<T extends ApplyResult>(result: T): T {
  if (!result.ok) throw new Error(complaints(result));
  return result;
}

describeWith(['terraform', 'python3', 'moto', 'providers'], 'taking over what an older module made', () => {
  let world: World;
  let vpc: SeededVpc;
  let asStack: Awaited<ReturnType<typeof takeOverAsStack>>;
  let asModule: Awaited<ReturnType<typeof takeOverAsModule>>;

  beforeAll(async () => {
    world = await startWorld('adopt');
    vpc = await world.seedVpc();
    for (const { id, addresses } of ENDPOINTS) world.resolve(id, addresses);
    world.resolve(NEW_HOST, ['10.90.1.40']);
    [asStack, asModule] = await Promise.all([takeOverAsStack('old-one'), takeOverAsModule('old-two')]);
  }, 10 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  /** The older configuration, applied. */
  async function oldRouter(name: string): Promise<Workspace> {
    const folder = world.path(`source-${name}`);
    cpSync(join(__dirname, 'support', 'legacy'), folder, { recursive: true });
    writeFileSync(join(folder, 'provider.tf'), PROVIDER);
    const endpoints = ENDPOINTS.map(({ addresses: _resolved, ...endpoint }) => endpoint);
    writeFileSync(
      join(folder, 'terraform.tfvars.json'),
      JSON.stringify({ service_name: name, vpc_id: vpc.vpcId, subnet_ids: vpc.subnetIds, target_endpoints: endpoints }),
    );
    const work = world.workspace(folder, name);
    await work.init();
    succeeded(await work.apply());
    return work;
  }

  /** Another configuration in the folder of the old one, with its state. */
  function instead(work: Workspace, file: string): void {
    for (const name of ['main.tf', 'terraform.tfvars.json']) rmSync(join(work.folder, name), { force: true });
    cpSync(file, join(work.folder, 'main.tf'));
  }

  /** What the cloud holds of one load balancer. */
  async function cloud(name: string) {
    const { loadBalancers, targetGroups, endpointServices } = await world.moto.inventory(REGION);
    const balancer = loadBalancers.find((one) => one.name === name);
    if (balancer === undefined) throw new Error(`there is no load balancer ${name}`);
    const groups = Object.values(balancer.listeners).flat();
    return {
      balancer,
      groups: targetGroups
        .filter((one) => groups.includes(one.name))
        .map(({ arn, port, targets }) => ({ arn, port, targets: Object.keys(targets).sort() })),
      services: endpointServices.filter((one) => one.loadBalancers.includes(balancer.arn)).map(({ id }) => id),
    };
  }

  /** What somebody did by hand in the account console: a rule for the service, whose endpoint was then accepted. */
  async function ruleByHand(serviceName: string): Promise<{ readonly rule: string; readonly endpoint: string }> {
    const folder = world.path('source-by-hand');
    mkdirSync(folder);
    writeFileSync(join(folder, 'main.tf.json'), JSON.stringify(byHand(world, serviceName)));
    const work = world.workspace(folder, 'by-hand');
    await work.init();
    succeeded(await work.apply());
    const state: StateResources = await work.state();
    const rule = state['databricks_mws_ncc_private_endpoint_rule.rule'];
    const endpoint = String(rule?.vpc_endpoint_id);
    const service = serviceName.split('.').at(-1);
    await world.typed(
      `aws ec2 accept-vpc-endpoint-connections --region ${REGION} --service-id ${service} --vpc-endpoint-ids ${endpoint}`,
    );
    return { rule: `${rule?.network_connectivity_config_id}/${rule?.rule_id}`, endpoint };
  }

  async function takeOverAsStack(name: string) {
    const old = await oldRouter(name);
    const { rule, endpoint } = await ruleByHand(String((await old.outputs()).service_name));
    const before = await cloud(`${name}-nlb`);
    const state = world.path(`${name}.json`);
    writeFileSync(state, await old.must(['show', '-json']));
    const out = world.path(`adopted-${name}`);
    await command('adopt', '--state', state, '--to', 'stack', '--rule', rule, '--out', out);

    const inventory = join(out, 'privatelink-router.yaml');
    const written = readFileSync(inventory, 'utf8');
    const completed = written
      .replace('accountId:\n', `accountId: ${DATABRICKS_ACCOUNT}\n  host: ${world.account.url}\n`)
      .replace('workspaceIds: []', 'workspaceIds: [2002]');
    writeFileSync(inventory, completed);
    await command('lock', inventory, '--frozen');
    await command('synth', inventory, '--frozen', '--out', world.path('out-1'));
    const work = world.workspace(world.path(`out-1/stacks/${name}`), `new-${name}`);
    cpSync(join(out, 'import.tf'), join(work.folder, 'import.tf'));
    await work.init();
    const plan = await work.plan();
    succeeded(await work.apply(AS_PLANNED));
    rmSync(join(work.folder, 'import.tf'));
    const replan = await work.plan();
    const after = await cloud(`${name}-nlb`);

    instead(old, join(out, 'forget.tf'));
    const forget = await old.plan(UNREFRESHED);
    succeeded(await old.apply(AS_PLANNED));

    writeFileSync(
      inventory,
      `${completed.replace(/ {6}# Port 10001.*\n {6}postgres: .*\n/, '')}      oracle: ${NEW_HOST}:1521\n`,
    );
    await command('synth', inventory, '--no-frozen', '--out', world.path('out-2'));
    work.take(world.path(`out-2/stacks/${name}`));
    const edited = await work.plan(UNREFRESHED);
    return { before, after, plan, replan, forget, edited, endpoint, left: await old.state() };
  }

  async function takeOverAsModule(name: string) {
    const old = await oldRouter(name);
    const before = await cloud(`${name}-nlb`);
    const state = world.path(`${name}.tfstate`);
    writeFileSync(state, await old.must(['state', 'pull']));
    const out = world.path(`adopted-${name}`);
    const source = join(world.modules(), 'aws-privatelink-router');
    await command('adopt', '--state', state, '--name', 'shared', '--source', source, '--out', out);
    const imported = await importElsewhere(state, source);

    instead(old, join(out, 'adopt.tf'));
    await old.init();
    const plan = await old.plan();
    const planned = await old.planned();
    succeeded(await old.apply(AS_PLANNED));
    const replan = await old.plan();
    const after = await cloud(`${name}-nlb`);

    old.edit('main.tf', (text) =>
      text
        .replace(/ {4}\{\n {6}name += {1,2}"postgres"[^}]*\},\n/, '')
        .replace(
          /\n {2}\]\n\}/,
          `\n    { name = "oracle", host = "${NEW_HOST}", port = 1521, listener_port = 10003 },\n  ]\n}`,
        ),
    );
    const edited = await old.plan(UNREFRESHED);
    return { before, after, plan, planned, replan, imported, edited };
  }

  /** The same module in a configuration with a state of its own: planned only. */
  async function importElsewhere(state: string, source: string): Promise<PlanResult> {
    const out = world.path('adopted-elsewhere');
    await command('adopt', '--state', state, '--import', '--name', 'shared', '--source', source, '--out', out);
    const folder = world.path('source-elsewhere');
    mkdirSync(folder);
    writeFileSync(join(folder, 'provider.tf'), PROVIDER);
    cpSync(join(out, 'adopt.tf'), join(folder, 'adopt.tf'));
    const work = world.workspace(folder, 'elsewhere');
    await work.init();
    return work.plan();
  }

  describe('into a stack', () => {
    it('destroys and replaces nothing: everything is imported but for attachments, which are the same to AWS', () => {
      expect(doing(asStack.plan, 'delete', 'replace', 'remove')).toEqual([]);
      expect(doing(asStack.plan, 'create')).toEqual([
        'aws_lb_target_group_attachment.s1_address["old-one-nlb-tg-kafka-1/10.90.1.30"]',
        'aws_lb_target_group_attachment.s1_address["old-one-nlb-tg-mysql/10.90.1.10"]',
        'aws_lb_target_group_attachment.s1_address["old-one-nlb-tg-mysql/10.90.1.11"]',
        'aws_lb_target_group_attachment.s1_address["old-one-nlb-tg-postgres/100.64.1.20"]',
        'aws_vpc_security_group_egress_rule.s1_egress["3306/10.90.0.0/16"]',
        'aws_vpc_security_group_egress_rule.s1_egress["5432/100.64.0.0/16"]',
        'aws_vpc_security_group_egress_rule.s1_egress["9094/10.90.0.0/16"]',
        'databricks_mws_ncc_binding.workspace["2002"]',
      ]);
    });

    it('keeps load balancer, ports, groups, addresses and service, and protects it', () => {
      const { before, after } = asStack;
      expect(after.balancer.arn).toBe(before.balancer.arn);
      expect(Object.keys(after.balancer.listeners)).toEqual(['10000', '10001', '10002']);
      expect(after.balancer.listeners).toEqual(before.balancer.listeners);
      expect(after.groups).toEqual(before.groups);
      expect(after.services).toEqual(before.services);
      expect(before.balancer.attributes['deletion_protection.enabled']).toBe('false');
      expect(after.balancer.attributes['deletion_protection.enabled']).toBe('true');
    });

    it('keeps the connection that was accepted by hand', async () => {
      const { connections } = await world.moto.inventory(REGION);
      expect(connections).toContainEqual(expect.objectContaining({ endpoint: asStack.endpoint, state: 'available' }));
    });

    it('has nothing left to do after that', () => {
      expect(changesOf(asStack.replan)).toEqual({});
    });

    it('lets the old configuration forget everything and destroy nothing', () => {
      expect(new Set(Object.values(changesOf(asStack.forget)))).toEqual(new Set(['remove']));
      expect(asStack.forget.counts).toEqual({ add: 0, change: 0, destroy: 0 });
      expect(asStack.left).toEqual({});
    });

    it('is a router like any other: a target goes and one comes, and no other one is touched', () => {
      expect(doing(asStack.edited, 'delete')).toEqual([
        'aws_lb_listener.s1_listener["postgres"]',
        'aws_lb_target_group.s1_target["postgres"]',
        'aws_lb_target_group_attachment.s1_address["old-one-nlb-tg-postgres/100.64.1.20"]',
        'aws_vpc_security_group_egress_rule.s1_egress["5432/100.64.0.0/16"]',
      ]);
      expect(doing(asStack.edited, 'update', 'replace')).toEqual(['databricks_mws_ncc_private_endpoint_rule.s1']);
      expect(doing(asStack.edited, 'create').filter((address) => address.includes('listener'))).toEqual([
        'aws_lb_listener.s1_listener["oracle"]',
      ]);
    });
  });

  describe('into a module, within one state', () => {
    it('destroys and replaces nothing: everything is moved; old rules, and an attachment without a port, are forgotten', () => {
      const { plan } = asModule;
      expect(doing(plan, 'delete', 'replace')).toEqual([]);
      expect(doing(plan, 'create')).toEqual([
        'module.shared.aws_lb_target_group_attachment.address["old-two-nlb-tg-kafka-1/10.90.1.30"]',
        'module.shared.aws_vpc_security_group_egress_rule.egress["3306/10.90.0.0/16"]',
        'module.shared.aws_vpc_security_group_egress_rule.egress["5432/100.64.0.0/16"]',
        'module.shared.aws_vpc_security_group_egress_rule.egress["9094/10.90.0.0/16"]',
      ]);
      expect(doing(plan, 'remove')).toEqual([
        'aws_lb_target_group_attachment.shared_left_behind["0"]',
        'aws_security_group_rule.shared_left_behind["0"]',
        'aws_security_group_rule.shared_left_behind["1"]',
      ]);
      expect(plan.moved).toMatchObject({
        'module.shared.aws_lb.this': 'aws_lb.lb',
        'module.shared.aws_lb_listener.listener["kafka-1"]':
          'aws_lb_listener.listener["kafka-1.analytics.acme-data.com"]',
        'module.shared.aws_vpc_endpoint_service.this': 'aws_vpc_endpoint_service.privatelink',
      });
    });

    it('changes in place what a router needs, and nothing else', () => {
      const attributes = (address: string): readonly string[] => {
        const { before, after } = asModule.planned[`module.shared.${address}`] ?? {};
        const [old, now] = [before, after].map((values) => (values ?? {}) as Readonly<Record<string, unknown>>);
        const changed = Object.keys(now ?? {}).filter(
          (key) => JSON.stringify(old?.[key]) !== JSON.stringify(now?.[key]),
        );
        return changed.filter((key) => !key.startsWith('tags')).sort();
      };
      expect(attributes('aws_lb.this')).toEqual([
        'enable_cross_zone_load_balancing',
        'enable_deletion_protection',
        'enforce_security_group_inbound_rules_on_private_link_traffic',
      ]);
      expect(attributes('aws_lb_target_group.target["mysql"]')).toEqual([
        'connection_termination',
        'preserve_client_ip',
      ]);
      expect(attributes('aws_lb_listener.listener["mysql"]')).toEqual([]);
      expect(attributes('aws_security_group.load_balancer')).toEqual([]);
      expect(attributes('aws_vpc_endpoint_service.this')).toEqual([]);
    });

    it('keeps load balancer, ports, groups, addresses and service, and has nothing left to do', () => {
      const { before, after } = asModule;
      expect(after.balancer.arn).toBe(before.balancer.arn);
      expect(after.balancer.listeners).toEqual(before.balancer.listeners);
      expect(after.groups).toEqual(before.groups);
      expect(after.services).toEqual(before.services);
      expect(changesOf(asModule.replan)).toEqual({});
    });

    it('lets a target go and another one come, and touches no other one', () => {
      expect(doing(asModule.edited, 'update', 'replace')).toEqual([]);
      expect(doing(asModule.edited, 'delete')).toHaveLength(4);
      expect(doing(asModule.edited, 'create').filter((address) => address.includes('listener'))).toEqual([
        'module.shared.aws_lb_listener.listener["oracle"]',
      ]);
    });
  });

  it('into a module with a state of its own: nothing is destroyed or replaced', () => {
    const { imported } = asModule;
    expect(doing(imported, 'delete', 'replace', 'remove')).toEqual([]);
    const made = doing(imported, 'create').filter((address) => !/attachment|egress/.test(address));
    expect(made).toEqual([]);
  });
});

const PROVIDER = `provider "aws" {\n  region = "${REGION}"\n}\n`;

function byHand(world: World, serviceName: string): object {
  return {
    terraform: { required_providers: { databricks: { source: 'databricks/databricks' } } },
    provider: { databricks: { host: world.account.url, account_id: DATABRICKS_ACCOUNT } },
    resource: {
      databricks_mws_network_connectivity_config: { ncc: { name: 'by-hand', region: REGION } },
      databricks_mws_ncc_private_endpoint_rule: {
        rule: {
          network_connectivity_config_id:
            '${databricks_mws_network_connectivity_config.ncc.network_connectivity_config_id}',
          endpoint_service: serviceName,
          domain_names: ENDPOINTS.map(({ id }) => id).sort(),
        },
      },
    },
  };
}
