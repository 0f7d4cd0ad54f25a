import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MODULES, writeModules } from '../../src/modules';
import { AccountApi, CLIENT_ID, CLIENT_SECRET } from './support/account/server';
import { complaints } from './support/events';
import { describeWith } from './support/gate';
import { Processes } from './support/processes';
import { chooseProviders, mirrors, writeCliConfig } from './support/providers';
import { Workspace } from './support/workspace';

const MODULE = 'databricks-ncc-private-endpoints';
const ACCOUNT = '7a99b43c-b46c-432b-b0a7-814217701909';
const WORKSPACE = '1234567890123456';
const RULE = 'databricks_mws_ncc_private_endpoint_rule.this';
const NCC = 'databricks_mws_network_connectivity_config.ncc[0]';
const service = (digit: string) => `com.amazonaws.vpce.us-east-2.vpce-svc-0${digit.repeat(16)}`;

const PROVIDER = (host: string) => `terraform {
  required_providers {
    databricks = { source = "databricks/databricks" }
  }
}
provider "databricks" {
  host       = "${host}"
  account_id = "${ACCOUNT}"
}
`;

describeWith(['terraform', 'providers'], 'the databricks module on an account of its own', () => {
  const processes = new Processes();
  const folder = mkdtempSync(join(tmpdir(), 'plr-databricks-module-'));
  processes.removeAtEnd(folder);
  const accounts: AccountApi[] = [];

  /** An account with workspaces and nothing else; every endpoint service exists there. */
  async function newAccount(): Promise<AccountApi> {
    const cloud = { connect: async () => undefined, settle: async () => undefined };
    const account = new AccountApi({
      accountId: ACCOUNT,
      cloud,
      workspaces: { [WORKSPACE]: 'us-east-2', 2002: 'us-east-2' },
    });
    await account.start();
    accounts.push(account);
    return account;
  }

  /** A folder beside the modules, in which terraform runs. */
  function workspace(name: string, account: AccountApi, files: Readonly<Record<string, string>> | string): Workspace {
    const path = join(folder, name);
    mkdirSync(path);
    writeModules(join(path, 'modules'), MODULES);
    const root = typeof files === 'string' ? join(path, 'modules', MODULE, 'examples', files) : join(path, 'root');
    mkdirSync(root, { recursive: true });
    for (const [file, text] of typeof files === 'string' ? [] : Object.entries(files))
      writeFileSync(join(root, file), text);
    const kept = Object.entries(process.env).filter(([key]) => !/^(AWS_|DATABRICKS_|ARM_|TF_|PLR_)/.test(key));
    return new Workspace({
      folder: root,
      processes,
      launcher: { command: 'terraform', args: [] },
      env: {
        ...Object.fromEntries(kept),
        TF_CLI_CONFIG_FILE: config,
        TF_IN_AUTOMATION: '1',
        CHECKPOINT_DISABLE: '1',
        DATABRICKS_CLIENT_ID: CLIENT_ID,
        DATABRICKS_CLIENT_SECRET: CLIENT_SECRET,
        DATABRICKS_CONFIG_FILE: join(folder, 'no-databricks-config'),
        DATABRICKS_AUTH_TYPE: 'oauth-m2m',
        DATABRICKS_TF_ENABLED_PF_RESOURCES: 'databricks_mws_ncc_private_endpoint_rule',
        TF_VAR_account_host: account.url,
        TF_VAR_account_id: ACCOUNT,
      },
      say: (line) => void process.stderr.write(`[databricks-module] ${line}\n`),
    });
  }

  let config = '';
  beforeAll(() => {
    config = writeCliConfig(folder, chooseProviders(folder, mirrors(), ['databricks']));
  });
  afterAll(async () => {
    for (const account of accounts) await account.stop();
    await processes.stop();
  });

  it('applies its basic example as it is, and then has nothing left to do', async () => {
    const account = await newAccount();
    const basic = workspace('basic', account, 'basic');
    const env = { TF_VAR_endpoint_service: service('a'), TF_VAR_workspace_ids: `["${WORKSPACE}"]` };
    await basic.init();
    const applied = await basic.apply({ env });
    expect(applied.ok, complaints(applied)).toBe(true);
    const addresses = applied.done.map(({ address }) => address.replace('module.databricks.', ''));
    expect(addresses).toEqual([NCC, RULE, `databricks_mws_ncc_binding.workspace["${WORKSPACE}"]`]);
    const again = await basic.plan({ env });
    expect(again.changes).toEqual({});
    expect((await basic.outputs()).private_endpoint_id).toMatch(/^vpce-/);

    // As the README says that it is taken away: what is bound stays with Databricks.
    const bound = `module.databricks.databricks_mws_ncc_binding.workspace["${WORKSPACE}"]`;
    await basic.must(['state', 'rm', bound, `module.databricks.${NCC}`]);
    const gone = await basic.destroy({ env });
    expect(gone.ok, complaints(gone)).toBe(true);
    expect(gone.done.map(({ address }) => address)).toEqual([`module.databricks.${RULE}`]);
    expect([account.liveRules().length, account.state.nccs.size]).toEqual([0, 1]);
  });

  it('applies its complete example: a configuration that the same apply makes, and rules beside each other', async () => {
    const account = await newAccount();
    const complete = workspace('complete', account, 'complete');
    const env = {
      TF_VAR_endpoint_services: JSON.stringify({ orders: service('a'), billing: service('b') }),
      TF_VAR_workspace_ids: `["${WORKSPACE}"]`,
    };
    await complete.init();
    const applied = await complete.apply({ env });
    expect(applied.ok, complaints(applied)).toBe(true);
    expect(applied.done.at(-1)?.address).toBe(`module.billing.databricks_mws_ncc_binding.workspace["${WORKSPACE}"]`);
    // The two rules are made side by side, and either may come first.
    const domains = account.liveRules().map((rule) => [rule.endpoint_service, rule.domain_names]);
    expect(Object.fromEntries(domains)).toEqual({
      [service('a')]: ['orders-replica.corp.example.com', 'orders.corp.example.com'],
      [service('b')]: ['billing.corp.example.com'],
    });
    expect((await complete.plan({ env })).changes).toEqual({});
  });

  it('works with count, for_each and depends_on, binds after what it is told, and changes domains in place', async () => {
    const account = await newAccount();
    const root = (domain: string) => `${PROVIDER(account.url)}
resource "terraform_data" "before" {}
module "counted" {
  source           = "../modules/${MODULE}"
  count            = 2
  region           = "us-east-2"
  ncc              = { name = "counted-\${count.index}" }
  domain_names     = ["db\${count.index}.example.com"]
  endpoint_service = "com.amazonaws.vpce.us-east-2.vpce-svc-0\${count.index}000000000000000"
  depends_on       = [terraform_data.before]
}
module "keyed" {
  source           = "../modules/${MODULE}"
  for_each         = { orders = "${service('c')}", billing = "${service('d')}" }
  region           = "us-east-2"
  ncc              = { name = "keyed-\${each.key}", workspace_ids = each.key == "orders" ? ["2002"] : [] }
  domain_names     = ["\${each.key}.example.com", "${domain}"]
  endpoint_service = each.value
  bind_after       = [terraform_data.accepted.id]
}
resource "terraform_data" "accepted" {
  input = module.keyed["orders"].private_endpoint_id
}
`;
    const many = workspace('many', account, { 'main.tf': root('B.example.com') });
    await many.init();
    const applied = await many.apply();
    expect(applied.ok, complaints(applied)).toBe(true);
    expect(account.liveRules().length).toBe(4);
    const order = applied.done.map(({ address }) => address);
    expect(order.indexOf('terraform_data.accepted')).toBeGreaterThan(order.indexOf(`module.keyed["orders"].${RULE}`));
    // After what it is told, and before or after the other calls' rules, which nothing orders.
    const bound = order.indexOf('module.keyed["orders"].databricks_mws_ncc_binding.workspace["2002"]');
    expect(bound).toBeGreaterThan(order.indexOf('terraform_data.accepted'));
    expect((await many.plan()).changes).toEqual({});

    many.edit('main.tf', () => root('c.example.com'));
    const changed = await many.plan();
    expect(changed.changes).toEqual({
      [`module.keyed["orders"].${RULE}`]: 'update',
      [`module.keyed["billing"].${RULE}`]: 'update',
    });
  });

  it('stops at a rule that is dead, and the commands that it names make it again', async () => {
    const account = await newAccount();
    const dead = workspace('dead', account, 'basic');
    const env = { TF_VAR_endpoint_service: service('e') };
    await dead.init();
    const applied = await dead.apply({ env });
    expect(applied.ok, complaints(applied)).toBe(true);
    await account.setRuleState(service('e'), 'EXPIRED');
    const stopped = await dead.plan({ env });
    expect(stopped.ok).toBe(false);
    expect(complaints(stopped)).toContain(`is EXPIRED: it carries no traffic`);
    const [, target = ''] = /-destroy -target=(\S+?),? /.exec(complaints(stopped)) ?? [];
    const named = target.replace('module.NAME', 'module.databricks');
    const taken = await dead.destroy({ env, args: [`-target=${named}`] });
    expect(taken.done.map(({ address }) => address)).toEqual([`module.databricks.${RULE}`]);
    const made = await dead.apply({ env });
    expect(made.done.map(({ address }) => address)).toEqual([`module.databricks.${RULE}`]);
  });
});
