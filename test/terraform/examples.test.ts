import { readdirSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { preparePlan } from '../../src/app';
import { synthesize } from '../../stacks';
import { describeWith } from './support/gate';
import { startWorld, type World } from './support/world';

const EXAMPLES = resolve(__dirname, '..', '..', 'examples');

/** The inventories that a reader finds, those with environments once for each. */
function inventories(): readonly { readonly title: string; readonly file: string; readonly env?: string }[] {
  const folders = readdirSync(EXAMPLES, { withFileTypes: true }).filter((entry) => /^\d/.test(entry.name));
  return folders.flatMap(({ name }) => {
    const file = relative(process.cwd(), join(EXAMPLES, name, 'privatelink-router.yaml'));
    const overlays = readdirSync(join(EXAMPLES, name)).flatMap(
      (entry) => /^privatelink-router\.(\w+)\.yaml$/.exec(entry)?.[1] ?? [],
    );
    return overlays.length === 0
      ? [{ title: name, file }]
      : overlays.map((env) => ({ title: `${name}-${env}`, file, env }));
  });
}

describeWith(['terraform', 'providers', 'azure providers'], 'the examples, judged by terraform', () => {
  let world: World;

  beforeAll(async () => {
    world = await startWorld('examples', []);
  });

  afterAll(async () => {
    await world?.stop();
  });

  it.each(inventories())(
    '$title is valid',
    async ({ title, ...choices }) => {
      const { plan } = await preparePlan({ ...choices, frozen: true });
      const out = world.path(`out-${title}`);
      synthesize(plan, out);
      expect(plan.routers.length).toBeGreaterThan(0);
      for (const { deployment } of plan.routers) {
        const work = world.workspace(join(out, 'stacks', deployment), `${title}-${deployment}`);
        // Where the state lies is the reader's affair, and out of reach here.
        await work.init({ args: ['-backend=false'] });
        await work.validate();
      }
    },
    120_000,
  );
});
