import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { preparePlan } from '../src/app';
import { loadInventory } from '../src/inventory';
import { EMPTY_LOCK } from '../src/lock';
import { hasErrors, hostNames } from '../src/model';
import { MODULES, writeModules } from '../src/modules';
import { planRouting } from '../src/planner';
import { synthesize } from '../stacks';
import { edited, VALID } from '../test/corpus/mistake';
import { VALID_INVENTORIES } from '../test/corpus/valid-inventories';
import { type EmissionSource, emitInto } from '../test/support/emit';

// `tsx scripts/emit-all.ts OUT [KEPT]`: everything that this checkout can emit, into a new folder OUT: the registry modules, each
// example in each environment, each valid inventory of the corpus, and each emission of a run of tests that kept its sources
// in KEPT (PLR_KEEP_EMISSIONS). Two checkouts with different packages must write the same bytes.
const ROOT = resolve(__dirname, '..');

async function examples(out: string): Promise<number> {
  const folders = readdirSync(join(ROOT, 'examples')).filter((name) => /^\d/.test(name));
  let count = 0;
  for (const name of folders) {
    const environments = readdirSync(join(ROOT, 'examples', name)).flatMap(
      (entry) => /^privatelink-router\.(\w+)\.yaml$/.exec(entry)?.[1] ?? [],
    );
    for (const env of environments.length === 0 ? [undefined] : environments) {
      const file = join('examples', name, 'privatelink-router.yaml');
      const { plan } = await preparePlan({ file, ...(env !== undefined && { env }), frozen: true, write: false });
      synthesize(plan, join(out, name, env ?? 'default'));
      count += 1;
    }
  }
  return count;
}

/** The inventories of the corpus, where a name has the address that the corpus gives it. */
function corpus(out: string): number {
  const scratch = mkdtempSync(join(tmpdir(), 'plr-emit-all-'));
  try {
    VALID_INVENTORIES.forEach(({ name, file = 'inventory.yaml', text, base, edits, env, overlay }, index) => {
      const cwd = join(scratch, `${index}`);
      mkdirSync(cwd);
      writeFileSync(join(cwd, file), text ?? edited(base ?? VALID, edits));
      if (overlay !== undefined) writeFileSync(join(cwd, `inventory.${env}.yaml`), overlay);
      const { inventory, diagnostics } = loadInventory({ file, cwd, ...(env !== undefined && { env }) });
      if (inventory === undefined || hasErrors(diagnostics)) throw new Error(`${name}: ${JSON.stringify(diagnostics)}`);
      const hosts = inventory.routers.flatMap(({ targets }) => targets.flatMap(({ hosts }) => hostNames(hosts)));
      const resolutions = new Map(hosts.map((host) => [host, ['10.9.8.7']]));
      synthesize(planRouting({ inventory, lock: EMPTY_LOCK, resolutions }).plan, join(out, `${index}`));
    });
    return VALID_INVENTORIES.length;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function kept(out: string, folder: string): number {
  const files = readdirSync(folder).sort();
  for (const file of files) {
    const source: EmissionSource = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    emitInto(join(out, file), source);
  }
  return files.length;
}

async function main(): Promise<void> {
  const [out, folder] = process.argv.slice(2).map((path) => resolve(path));
  if (out === undefined) throw new Error('usage: tsx scripts/emit-all.ts OUT [KEPT]');
  mkdirSync(out);
  process.chdir(ROOT);
  writeModules(join(out, 'modules'), MODULES);
  const counts = [
    `${MODULES.length} modules`,
    `${await examples(join(out, 'examples'))} examples`,
    `${corpus(join(out, 'corpus'))} inventories of the corpus`,
    ...(folder === undefined ? [] : [`${kept(join(out, 'kept'), folder)} emissions of tests`]),
  ];
  process.stdout.write(`emitted ${counts.join(', ')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
