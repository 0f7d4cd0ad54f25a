import { readdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { preparePlan } from '../src/app';
import { compareDeployments } from '../src/changes';
import { toPublicPlan } from '../src/planner';

// `npm run examples`: brings the examples' locks and the plans they show up to date. Read the difference before you commit it.
async function main(): Promise<void> {
  const root = resolve(__dirname, '..', 'examples');
  process.chdir(resolve(root, '..'));
  for (const name of readdirSync(root).filter((one) => /^\d/.test(one))) {
    const file = join('examples', name, 'privatelink-router.yaml');
    const environments = readdirSync(join(root, name)).flatMap(
      (entry) => /^privatelink-router\.(\w+)\.yaml$/.exec(entry)?.[1] ?? [],
    );
    for (const env of environments.length === 0 ? [undefined] : environments) {
      const options = { file, ...(env !== undefined && { env }) };
      await preparePlan({ ...options, frozen: false, write: true });
      const { plan, lock, previousLock, diagnostics } = await preparePlan({ ...options, frozen: true, write: false });
      const changes = compareDeployments({ lock: previousLock }, { plan, lock });
      const shownPlan = toPublicPlan(plan, { changes, compared: 'locks', diagnostics });
      const shown = `expected-plan${env === undefined ? '' : `.${env}`}.json`;
      writeFileSync(join(root, name, shown), `${JSON.stringify(shownPlan, null, 2)}\n`);
    }
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
