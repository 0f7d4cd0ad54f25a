import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApplyResult, changesOf, complaints } from './support/events';
import { describeWith } from './support/gate';
import type { SeededVpc } from './support/moto';
import type { Workspace } from './support/workspace';
import { DATABRICKS_ACCOUNT, REGION, startWorld, type World } from './support/world';

const MINUTES = 60_000;
const MODULE = 'aws-privatelink-router';

/** Somebody's root module: the module once, twice by count, after something else, and for a host that is made with it. */
const ROOT = `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}

provider "aws" {
  region = "${REGION}"
}

variable "vpc_id" { type = string }
variable "subnet_ids" { type = list(string) }
variable "targets" { type = any }
variable "trigger" { type = string }

locals {
  call = { region = "${REGION}", vpc_id = var.vpc_id, subnet_ids = var.subnet_ids }
}

resource "terraform_data" "before" {
  input = var.trigger
}

resource "terraform_data" "machine" {
  input = "10.90.1.21"
}

module "router" {
  source              = "../.."
  name                = "router"
  region              = local.call.region
  vpc_id              = local.call.vpc_id
  subnet_ids          = local.call.subnet_ids
  approval            = "manual"
  deletion_protection = false
  targets             = var.targets
}

module "twice" {
  source              = "../.."
  count               = 2
  name                = "twice-\${count.index}"
  region              = local.call.region
  vpc_id              = local.call.vpc_id
  subnet_ids          = local.call.subnet_ids
  approval            = "manual"
  deletion_protection = false
  targets             = [{ name = "orders", host = "10.90.1.40", port = 5432, domain = "orders.acme-data.com" }]
}

module "late" {
  source              = "../.."
  name                = "late"
  region              = local.call.region
  vpc_id              = local.call.vpc_id
  subnet_ids          = local.call.subnet_ids
  approval            = "manual"
  deletion_protection = false
  targets             = [{ name = "orders", host = "late.acme-data.com", port = 5432, addresses = ["10.90.1.31", "10.20.1.5"] }]
  depends_on          = [terraform_data.before]
}

module "unknown" {
  source              = "../.."
  name                = "unknown"
  region              = local.call.region
  vpc_id              = local.call.vpc_id
  subnet_ids          = local.call.subnet_ids
  approval            = "manual"
  deletion_protection = false
  targets = [{
    name      = "orders"
    host      = terraform_data.machine.output
    domain    = "unknown.acme-data.com"
    port      = 5432
    addresses = [terraform_data.machine.output]
  }]
}

output "ports" {
  value = module.router.listener_ports
}
`;

type Target = Readonly<Record<string, unknown>>;

describeWith(['terraform', 'python3', 'moto', 'providers'], 'the module of AWS', () => {
  let world: World;
  let vpc: SeededVpc;
  let work: Workspace;
  let complete: Workspace;
  let targets: readonly Target[];

  beforeAll(async () => {
    world = await startWorld('aws module');
    vpc = await world.seedVpc();
    targets = [
      { name: 'orders', host: '10.90.1.11', preset: 'postgres', domain: 'orders.acme-data.com' },
      { name: 'billing', host: '10.20.1.10', preset: 'sqlserver', domain: 'billing.acme-data.com' },
      { name: 'ledger', host: '100.64.1.30', port: 1521, domain: 'ledger.acme-data.com' },
    ];
    work = world.example(MODULE, 'examples/life');
    writeFileSync(join(work.folder, 'main.tf'), ROOT);
    given(targets);
    await work.init();
  }, 2 * MINUTES);

  afterAll(async () => {
    await world?.stop();
  }, MINUTES);

  function given(list: readonly Target[], trigger = 'first'): void {
    const values = { vpc_id: vpc.vpcId, subnet_ids: vpc.subnetIds, trigger };
    writeFileSync(join(work.folder, 'terraform.tfvars.json'), JSON.stringify({ ...values, targets: list }));
  }

  function succeeded(result: ApplyResult): ApplyResult {
    expect(result.ok, complaints(result)).toBe(true);
    return result;
  }

  /** The listeners of a load balancer in the cloud, by port: the first part of the name of what they lead to. */
  async function listeners(router: string): Promise<Readonly<Record<string, string>>> {
    const { loadBalancers } = await world.moto.inventory(REGION);
    const [balancer, ...others] = loadBalancers.filter(({ name }) => name.startsWith(`plr-${router}-1-`));
    expect(others).toEqual([]);
    const reached = Object.entries(balancer?.listeners ?? {});
    return Object.fromEntries(reached.map(([port, groups]) => [port, groups.map((one) => one.slice(0, -9)).join()]));
  }

  const LISTENER = (name: string): string => `module.router.aws_lb_listener.listener["${name}"]`;
  const GROUP = (name: string): string => `module.router.aws_lb_target_group.target["${name}"]`;

  it(
    'stands with count, with depends_on, and for a host that Terraform does not know yet',
    async () => {
      complete = world.example(MODULE, 'examples/complete', {
        variables: {
          vpc_id: vpc.vpcId,
          subnet_ids: vpc.subnetIds,
          databricks_account_id: DATABRICKS_ACCOUNT,
          workspace_ids: ['1234567890123456'],
          target_security_group_ids: [vpc.targetSecurityGroupId],
          deletion_protection: false,
        },
      });
      complete.edit('main.tf', (text) => text.replace('https://accounts.cloud.databricks.com', world.account.url));
      await complete.init();
      const [first, whole] = await Promise.all([work.apply(), complete.apply()]);
      succeeded(first);
      succeeded(whole);

      expect(await listeners('router')).toEqual({ 10000: 'orders', 10001: 'billing', 10002: 'ledger' });
      expect(await listeners('twice-0')).toEqual({ 10000: 'orders' });
      expect(await listeners('twice-1')).toEqual({ 10000: 'orders' });
      expect(await listeners('late')).toEqual({ 10000: 'orders' });
      expect(await listeners('unknown')).toEqual({ 10000: 'orders' });
      expect(await listeners('analytics')).toEqual({
        11000: 'orders-db',
        11003: 'ledger',
        11004: 'portal',
        11005: 'portal-files',
        14330: 'billing-sql',
      });
      const outputs = await complete.outputs();
      expect(outputs.accepted_endpoint_id).toMatch(/^vpce-/);
      const { connections } = await world.moto.inventory(REGION);
      expect(connections.map(({ endpoint, state }) => [endpoint, state])).toEqual([
        [outputs.accepted_endpoint_id, 'available'],
      ]);

      const [again, all] = await Promise.all([work.plan(), complete.plan()]);
      expect(changesOf(again)).toEqual({});
      expect(changesOf(all)).toEqual({});
    },
    6 * MINUTES,
  );

  it(
    'leaves everything as it is while what it depends on changes',
    async () => {
      given(targets, 'second');
      const plan = await work.plan();
      expect(changesOf(plan)).toEqual({ 'terraform_data.before': 'update' });
      succeeded(await work.apply());
      const { targetGroups } = await world.moto.inventory(REGION);
      const late = targetGroups.find(({ targets: own }) => '10.90.1.31' in own);
      expect(late?.targets).toEqual({ '10.90.1.31': null, '10.20.1.5': 'all' });
    },
    3 * MINUTES,
  );

  it(
    'renames a target in place with moved blocks and the name that its group has',
    async () => {
      const [orders = {}, billing = {}, ledger = {}] = targets;
      const { targetGroups } = await world.moto.inventory(REGION);
      const [group, ...others] = targetGroups.filter((one) => /^billing-[0-9a-f]{8}$/.test(one.name));
      expect(others).toEqual([]);
      const moved = [LISTENER, GROUP].map(
        (of) => `moved {\n  from = ${of('billing')}\n  to   = ${of('accounts')}\n}\n`,
      );
      const file = join(work.folder, 'moved.tf');
      writeFileSync(file, moved.join('\n'));
      given([orders, { ...billing, name: 'accounts', target_group_name: group?.name }, ledger], 'second');
      const plan = await work.plan();
      rmSync(file);
      // A tag tells the target's name.
      expect(changesOf(plan)).toEqual({ [LISTENER('accounts')]: 'update', [GROUP('accounts')]: 'update' });
    },
    2 * MINUTES,
  );

  it(
    'touches nothing else when a target is added at the end, and another one disabled',
    async () => {
      const [orders = {}, billing = {}, ledger = {}] = targets;
      const crm = { name: 'crm', host: '10.90.1.50', preset: 'mysql', domain: 'crm.acme-data.com' };
      given([orders, { ...billing, enabled: false }, ledger, crm], 'second');
      const plan = await work.plan();
      const touched = Object.entries(changesOf(plan)).map(([address, action]) => `${action} ${address}`);
      expect(touched.filter((one) => !/(billing|crm|1433|3306)/.test(one))).toEqual([]);
      expect(plan.changes).toMatchObject({ [LISTENER('crm')]: 'create', [LISTENER('billing')]: 'delete' });
      expect(plan.counts.change).toBe(0);
      succeeded(await work.apply());
      expect(await listeners('router')).toEqual({ 10000: 'orders', 10002: 'ledger', 10003: 'crm' });
      expect((await work.outputs()).ports).toEqual({ orders: 10000, ledger: 10002, crm: 10003 });
    },
    3 * MINUTES,
  );

  it(
    'moves ports when an entry goes from the middle, as the README says, and not when they are written down before',
    async () => {
      const [orders = {}, , ledger = {}] = targets;
      const crm = { name: 'crm', host: '10.90.1.50', preset: 'mysql', domain: 'crm.acme-data.com' };
      given([orders, ledger, crm], 'second');
      const moved = await work.plan();
      expect(changesOf(moved)).toEqual({ [LISTENER('ledger')]: 'update', [LISTENER('crm')]: 'update' });
      given([orders, { ...ledger, listener_port: 10002 }, { ...crm, listener_port: 10003 }], 'second');
      expect(changesOf(await work.plan())).toEqual({});
      // The last entry may go at any time.
      given([orders, { ...ledger, listener_port: 10002 }], 'second');
      const last = await work.plan();
      expect(Object.entries(changesOf(last)).filter(([address]) => !/(crm|3306)/.test(address))).toEqual([]);
      expect(last.changes).toMatchObject({ [LISTENER('crm')]: 'delete', [GROUP('crm')]: 'delete' });
      succeeded(await work.apply());
      expect(await listeners('router')).toEqual({ 10000: 'orders', 10002: 'ledger' });
    },
    3 * MINUTES,
  );

  it(
    'takes the variables of the well-known router module, and gives them the ports that they had there',
    async () => {
      const hosts = ['mysql', 'postgres', 'kafka-1'].map((name) => `${name}.analytics.acme-data.com`);
      if (world.names) for (const [index, host] of hosts.entries()) world.resolve(host, [`10.90.1.${60 + index}`]);
      const { vpcId: vpc_id, subnetIds: subnet_ids } = vpc;
      const addresses = hosts.map((_, index) => ({ id: `10.90.1.${60 + index}`, port: 5432, name: `t${index}` }));
      const article = world.example(MODULE, 'examples/router-article', {
        // Without a name server of ours nothing can be resolved, and an address needs a name beside it.
        variables: { vpc_id, subnet_ids, ...(world.names ? {} : { target_endpoints: addresses }) },
      });
      await article.init();
      if (!world.names) {
        article.edit('main.tf', (text) =>
          text.replace(
            '  name       = var.service_name',
            '  domains    = { shared = "all.acme-data.com" }\n  name       = var.service_name',
          ),
        );
      }
      const plan = await article.plan();
      expect(plan.ok, complaints(plan)).toBe(true);
      const after = Object.entries(await article.planned()).filter(([address]) => address.includes('aws_lb_listener.'));
      const ports = after.map(([address, change]) => [
        /\["(.*)"\]$/.exec(address)?.[1],
        (change.after as { port: number }).port,
      ]);
      expect(Object.fromEntries(ports)).toEqual(
        world.names
          ? { mysql: 10000, postgres: 10001, pgbouncer: 10002, 'kafka-1': 10003 }
          : { t0: 10000, t1: 10001, t2: 10002 },
      );
    },
    2 * MINUTES,
  );

  it(
    'goes away as a whole',
    async () => {
      // Databricks takes no configuration away that workspaces are attached to.
      const bound = ['databricks_mws_ncc_binding.workspace', 'databricks_mws_network_connectivity_config.ncc'];
      await complete.must(['state', 'rm', ...bound.map((address) => `module.databricks.${address}`)]);
      const [own, whole] = await Promise.all([work.destroy(), complete.destroy()]);
      succeeded(own);
      succeeded(whole);
      expect(await world.leftovers()).toEqual([]);
      expect(world.moto.stderr()).toBe('');
    },
    3 * MINUTES,
  );
});
