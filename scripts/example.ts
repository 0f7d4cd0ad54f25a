import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// `npm run example`: the main job on example 1, command by command, as a user would type them. It works on a copy, so that
// the checkout stays as it is.
const ROOT = resolve(__dirname, '..');
const CLI = join(ROOT, 'dist/src/cli/bin.js');
const folder = mkdtempSync(join(tmpdir(), 'privatelink-router-example-'));
const stack = 'cdktf.out/stacks/analytics-use2';

function say(text: string): void {
  process.stdout.write(`\n${text}\n`);
}

/** Runs one command with its output passed through. @returns its exit code, or undefined where the program is missing */
function run(
  shown: string,
  command: string,
  args: readonly string[],
  cwd = folder,
  stdio: 'inherit' | 'pipe' = 'inherit',
): number | undefined {
  say(`$ ${shown}`);
  const done = spawnSync(command, args, { cwd, stdio, env: { ...process.env, CHECKPOINT_DISABLE: '1', CI: '' } });
  return done.error === undefined ? (done.status ?? 1) : undefined;
}

function router(...args: string[]): void {
  const code = run(`privatelink-router ${args.join(' ')}`, process.execPath, [CLI, ...args]);
  if (code !== 0) throw new Error(`privatelink-router ${args.join(' ')} ended with ${code}`);
}

function validate(): void {
  if (spawnSync('terraform', ['version'], { stdio: 'ignore' }).error !== undefined) {
    say('terraform is not on this machine: its validation of the result is left out.');
    return;
  }
  const where = join(folder, stack);
  if (
    run('terraform init -backend=false', 'terraform', ['init', '-backend=false', '-input=false'], where, 'pipe') !== 0
  ) {
    say('terraform could not get the providers on this machine: its validation of the result is left out.');
    return;
  }
  if (run('terraform validate', 'terraform', ['validate'], where) !== 0) throw new Error('terraform validate failed');
}

try {
  cpSync(join(ROOT, 'examples/01-three-databases/privatelink-router.yaml'), join(folder, 'privatelink-router.yaml'));
  say(readFileSync(join(folder, 'privatelink-router.yaml'), 'utf8').trimEnd());
  router('check');
  router('plan');
  router('synth');
  const text = readFileSync(join(folder, stack, 'cdk.tf.json'), 'utf8');
  const { resource } = JSON.parse(text) as { resource: Record<string, Record<string, unknown>> };
  const addresses = Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `  ${type}.${name}`),
  );
  say(
    `${stack}/cdk.tf.json (${statSync(join(folder, stack, 'cdk.tf.json')).size} bytes) holds\n${addresses.join('\n')}`,
  );
  validate();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
