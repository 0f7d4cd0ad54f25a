import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { lackWords } from '../test/support/lacks';
import { LOCATION, RESOURCE_GROUP, type SeededNetwork } from '../test/terraform/support/azure';
import { lacking } from '../test/terraform/support/requirements';
import { AZURE_DATABRICKS_ACCOUNT, startWorld, type World } from '../test/terraform/support/world';
import { address } from './inventories';
import { measure, measureAside } from './measure';

const CLI = resolve(__dirname, '..', 'dist/src/cli/bin.js');
const FEW = 30;
const MANY = 300;
/** Domains of a shard are ten, so targets share them: a few domains, many ports. */
const TARGETS_PER_DOMAIN = 30;
const ROUNDS = 3;

/** One router of Azure whose targets are hosts, as they mostly are: the engine's configuration is the longer for it. */
function azureRouter(count: number, { subnetId, natSubnetId }: SeededNetwork, host: string): string {
  const targets = Array.from({ length: count }, (_, n) => {
    const reached = n % 10 === 0 ? address(n) : `db-${n}.corp.acme-data.com`;
    const domain = `data-${Math.floor(n / TARGETS_PER_DOMAIN)}.acme-data.com`;
    return `      db-${n}: { host: ${reached}, port: 5432, domain: ${domain} }`;
  });
  return `${[
    'version: 1',
    `databricks: { accountId: ${AZURE_DATABRICKS_ACCOUNT}, host: "${host}" }`,
    'routers:',
    '  bench:',
    '    azure:',
    `      location: ${LOCATION}`,
    `      resourceGroupName: ${RESOURCE_GROUP}`,
    `      subnetId: ${subnetId}`,
    `      natSubnetId: ${natSubnetId}`,
    '    ncc: { name: bench, workspaceIds: [1234567890123456] }',
    '    targets:',
    ...targets,
  ].join('\n')}\n`;
}

/** A folder with an inventory of so many targets, and its stack initialised once: providers are found, not timed. */
async function prepared(world: World, count: number, network: SeededNetwork): Promise<() => Promise<number>> {
  const folder = world.path(`targets-${count}`);
  mkdirSync(folder);
  writeFileSync(join(folder, 'privatelink-router.yaml'), azureRouter(count, network, world.azureAccount.url));
  const run = (...args: string[]): number => measure([process.execPath, CLI, ...args], { cwd: folder }).cpuSeconds;
  run('synth', '--no-frozen');
  const [deployment] = readdirSync(join(folder, 'cdktf.out/stacks'));
  const workspace = world.workspace(join(folder, 'cdktf.out/stacks', deployment ?? ''), `stack-${count}`);
  await workspace.init();
  const plan = ['terraform', 'plan', '-input=false', '-lock=false', '-no-color'];
  return async () => {
    // Each round decides everything anew, as for a router that never was.
    rmSync(join(folder, 'privatelink-router.lock.json'));
    rmSync(join(folder, 'cdktf.out'), { recursive: true });
    const ours = run('plan', '--no-frozen') + run('synth', '--no-frozen');
    // The stand-in of Azure answers from this very process.
    return ours + (await measureAside(plan, { cwd: workspace.folder, env: world.env })).cpuSeconds;
  };
}

/**
 * From the inventory to Terraform's plan, as whole processes: `plan`, `synth`, and the `terraform plan` that renders the
 * forwarders' files, 300 targets ÷ 30. The processor time of all of them, their providers' included, since waiting for
 * other processes is not theirs; the best of several rounds of each, taken in turn.
 */
export async function azurePlanScale(): Promise<number | string> {
  const missing = lacking(['terraform', 'python3']);
  if (missing.length > 0) return lackWords(missing);
  const world = await startWorld('bench', ['azure']);
  try {
    const network = world.azure.seedNetwork();
    const few = await prepared(world, FEW, network);
    const many = await prepared(world, MANY, network);
    const [small, large]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round += 1) {
      small.push(await few());
      large.push(await many());
    }
    return Math.min(...large) / Math.min(...small);
  } finally {
    await world.stop();
  }
}
