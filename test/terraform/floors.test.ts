import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODULES, writeModules } from '../../src/modules';
import { ENGINE_WAIT, type EngineName, engineReady } from '../support/engines';
import { RESOURCE_GROUP, SUBSCRIPTION } from './support/azure';
import { complaints } from './support/events';
import { describeWith } from './support/gate';
import type { Workspace } from './support/workspace';
import { DATABRICKS_ACCOUNT, startWorld, WORKSPACES, type World } from './support/world';

const written = mkdtempSync(join(tmpdir(), 'plr-floors-'));
writeModules(written, MODULES);
afterAll(() => rmSync(written, { recursive: true, force: true }));
const names = MODULES.map(({ name }) => name);
const fileOf = (module: string, file: string): string => readFileSync(join(written, module, file), 'utf8');

/** Who runs a module, and what it is to the test. */
const RUNNERS: readonly { readonly runner: string; readonly engine?: EngineName }[] = [
  { runner: 'the oldest Terraform', engine: 'terraform-floor' },
  { runner: 'the Terraform of this machine' },
  { runner: 'OpenTofu', engine: 'tofu' },
];

/** Initialised, found valid, planned, applied, and planned again without a change. */
async function liveOn(workspace: Workspace): Promise<Readonly<Record<string, unknown>>> {
  await workspace.init();
  await workspace.validate();
  const first = await workspace.plan();
  expect(complaints(first)).toBe('');
  expect(Object.keys(first.changes).length).toBeGreaterThan(0);
  const applied = await workspace.apply();
  expect(complaints(applied)).toBe('');
  const again = await workspace.plan();
  expect(complaints(again)).toBe('');
  expect(again.changes).toEqual({});
  return workspace.outputs();
}

describe('the floor of the modules', () => {
  it.each(names)('%s: is said once, and no older Terraform would do', (module) => {
    const said = [...fileOf(module, 'versions.tf').matchAll(/required_version\s*=\s*"([^"]*)"/g)];
    expect(said.map(([, range]) => range)).toEqual(['>= 1.3']);
    // A default in an object's type is a mistake of syntax before 1.3.
    expect(fileOf(module, 'variables.tf')).toMatch(/= optional\(.+, .+\)$/m);
  });
});

/** An engine in clouds of its own. */
interface Bench {
  readonly world: World;
  readonly engine: string;
  /** Values of every example's variables, those apart that come from another module. */
  readonly variables: Readonly<Record<string, unknown>>;
}

async function bench(runner: string, name: EngineName | undefined): Promise<Bench> {
  const engine = name === undefined ? 'terraform' : await engineReady(name);
  const world = await startWorld(runner, ['aws', 'azure']);
  const { vpcId, subnetIds } = await world.seedVpc();
  world.resolve(HOST, ['10.40.7.12']);
  const { subnetId, natSubnetId } = world.azure.seedNetwork();
  const ours = { account_host: world.account.url, account_id: DATABRICKS_ACCOUNT, workspace_ids: [WORKSPACES[0]] };
  const aws = { vpc_id: vpcId, subnet_ids: subnetIds, deletion_protection: false };
  const azure = { resource_group_name: RESOURCE_GROUP, subnet_id: subnetId, nat_subnet_id: natSubnetId };
  return { world, engine, variables: { ...ours, ...aws, ...azure, subscription_id: SUBSCRIPTION } };
}

const HOST = 'orders.corp.example.com';

/** The larger examples of a module. */
function examplesOf(module: string): readonly string[] {
  return readdirSync(join(written, module, 'examples')).filter((one) => one !== 'basic');
}

/** True of an example of several instances: Terraform 1.3.0 itself crashes at those (its issue 31860), and says no at once instead. */
function needsMore(module: string, example: string): boolean {
  return fileOf(module, `examples/${example}/main.tf`).includes('required_version = ">= 1.3.1"');
}

/** What the larger examples want besides. */
const FURTHER: Readonly<Record<string, unknown>> = {
  databricks_account_id: DATABRICKS_ACCOUNT,
  endpoint_services: {
    orders: 'com.amazonaws.vpce.us-east-2.vpce-svc-0a1b2c3d4e5f60718',
    billing: 'com.amazonaws.vpce.us-east-2.vpce-svc-0b1c2d3e4f5061728',
  },
  target_endpoints: [{ id: HOST, port: 5432, name: 'orders' }],
};

describeWith(
  ['terraform', 'terraform-floor', 'tofu', 'python3', 'moto', 'providers', 'azure providers'],
  'modules on every engine',
  () => {
    const benches = new Map<string, Bench>();

    beforeAll(async () => {
      await Promise.all(RUNNERS.map(async ({ runner, engine }) => benches.set(runner, await bench(runner, engine))));
    }, ENGINE_WAIT + 120_000);

    afterAll(async () => {
      await Promise.all([...benches.values()].map(({ world }) => world.stop()));
    });

    const example = (
      runner: string,
      module: string,
      name: string,
      more: Readonly<Record<string, unknown>> = {},
    ): Workspace => {
      const on = benches.get(runner);
      if (on === undefined) throw new Error(`${runner} did not start`);
      const { world, engine, variables } = on;
      return world.example(module, `examples/${name}`, { engine, variables: { ...variables, ...more } });
    };

    it('are run by the Terraform that they state as their floor', () => {
      const floor = benches.get('the oldest Terraform')?.engine ?? '';
      const answer = spawnSync(floor, ['version', '-json'], { encoding: 'utf8' });
      expect(JSON.parse(answer.stdout)).toMatchObject({ terraform_version: '1.3.0' });
    });

    describe.concurrent.each(RUNNERS)('on $runner', ({ runner }) => {
      it('AWS and Databricks: the example is applied, and nothing is left to do', async () => {
        const router = await liveOn(example(runner, 'aws-privatelink-router', 'basic'));
        const { endpoint_service_name } = router;
        const databricks = await liveOn(
          example(runner, 'databricks-ncc-private-endpoints', 'basic', { endpoint_service: endpoint_service_name }),
        );
        expect(databricks.private_endpoint_id).toMatch(/^vpce-/);
      });

      it('Azure: the example is applied, and nothing is left to do', async () => {
        const outputs = await liveOn(example(runner, 'azure-privatelink-forwarder', 'basic'));
        expect(outputs.private_link_service_id).toMatch(/\/privateLinkServices\//);
      });
    });

    // The machine's own Terraform applies them in the tests of each module.
    describe.concurrent.each(RUNNERS.filter(({ engine }) => engine !== undefined))(
      'on $runner',
      ({ runner, engine }) => {
        it('every larger example is planned', async () => {
          const more = names.flatMap((module) => examplesOf(module).filter((name) => needsMore(module, name)));
          expect(more).toEqual(['many', 'many']);
          for (const module of names) {
            for (const name of examplesOf(module)) {
              const workspace = example(runner, module, name, FURTHER);
              if (engine === 'terraform-floor' && needsMore(module, name)) {
                await expect(workspace.init(), `${module}/examples/${name}`).rejects.toThrow(
                  /Unsupported Terraform Core version/,
                );
                continue;
              }
              await workspace.init();
              const plan = await workspace.plan();
              const which = `${module}/examples/${name}`;
              expect(complaints(plan), which).toBe('');
              expect(plan, which).toMatchObject({ ok: true });
              expect(plan.counts.add, which).toBeGreaterThan(0);
            }
          }
        });
      },
    );
  },
);
