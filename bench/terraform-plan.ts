import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { preparePlan } from '../src/app';
import { synthesize } from '../stacks';
import { lackWords } from '../test/support/lacks';
import { lacking } from '../test/terraform/support/requirements';
import { REGION, startWorld, type World } from '../test/terraform/support/world';
import { flatLayout } from './flat-layout';
import { oneRouter } from './inventories';
import { measure, type Usage } from './measure';

const TARGETS = 1000;
const PER_LOAD_BALANCER = 50;

/** `terraform plan` without a state in a folder that is initialised first. */
async function planUsage(world: World, folder: string): Promise<Usage> {
  await world.workspace(folder, `${folder.split('/').pop()}-init`).init();
  const where = join(world.folder, `${folder.split('/').pop()}-init`);
  return measure(['terraform', 'plan', '-input=false', '-lock=false', '-no-color'], { cwd: where, env: world.env });
}

async function usages(world: World): Promise<{ ours: Usage; flat: Usage }> {
  const vpc = { region: REGION, ...(await world.seedVpc()) };
  const file = world.path('privatelink-router.yaml');
  writeFileSync(file, oneRouter(TARGETS, vpc));
  const { plan } = await preparePlan({ file, frozen: false, write: false });
  const out = world.path('cdktf.out');
  synthesize(plan, out);
  const flat = world.path('flat');
  mkdirSync(flat);
  writeFileSync(join(flat, 'main.tf.json'), flatLayout(TARGETS, PER_LOAD_BALANCER, vpc));
  const deployment = plan.routers[0]?.deployment ?? '';
  return { ours: await planUsage(world, join(out, 'stacks', deployment)), flat: await planUsage(world, flat) };
}

let measured: Promise<{ ours: Usage; flat: Usage } | string> | undefined;

async function once(): Promise<{ ours: Usage; flat: Usage } | string> {
  const missing = lacking(['terraform', 'python3', 'moto']);
  if (missing.length > 0) return lackWords(missing);
  const world = await startWorld('bench');
  try {
    return await usages(world);
  } finally {
    await world.stop();
  }
}

/** Ours against the flat layout, both planned in this run; measured once for both figures. */
export async function planRatio(figure: 'cpuSeconds' | 'peakKib'): Promise<number | string> {
  measured ??= once();
  const result = await measured;
  return typeof result === 'string' ? result : result.ours[figure] / result.flat[figure];
}
