import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

// `npm run example [-- 9]`: the main job on an example, by default the first, command by command, as a user would type them.
// It works on a copy, so that the checkout stays as it is.
const ROOT = resolve(__dirname, '..');
const CLI = join(ROOT, 'dist/src/cli/bin.js');
const folder = mkdtempSync(join(tmpdir(), 'privatelink-router-example-'));
const stacks = 'cdktf.out/stacks';

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

/** @returns the folder of the example whose number stands on the command line, as `9` or `09` */
function chosen(): string {
  const wanted = Number(process.argv[2] ?? '1');
  const names = readdirSync(join(ROOT, 'examples'))
    .filter((one) => /^\d/.test(one))
    .sort();
  const name = names.find((one) => Number.parseInt(one, 10) === wanted);
  if (name === undefined) throw new Error(`There is no example ${process.argv[2]}; there are ${names.join(', ')}.`);
  return join(ROOT, 'examples', name);
}

/** Copies the example without its lock. @returns the options that choose its first environment, where it has some */
function copied(example: string): readonly string[] {
  const files = readdirSync(example).filter((name) => name.endsWith('.yaml'));
  for (const name of files) cpSync(join(example, name), join(folder, name));
  const [env] = files.flatMap((name) => /^privatelink-router\.(\w+)\.yaml$/.exec(name)?.[1] ?? []);
  return env === undefined ? [] : ['--env', env];
}

/** What a stack holds, each resource by its address. */
function show(stack: string): void {
  const file = join(folder, stack, 'cdk.tf.json');
  const { resource } = JSON.parse(readFileSync(file, 'utf8')) as { resource: Record<string, Record<string, unknown>> };
  const addresses = Object.entries(resource).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `  ${type}.${name}`),
  );
  say(`${stack}/cdk.tf.json (${statSync(file).size} bytes) holds\n${addresses.join('\n')}`);
}

/** @returns false where this machine cannot tell, so that the other stacks need not be tried */
function validate(stack: string): boolean {
  if (spawnSync('terraform', ['version'], { stdio: 'ignore' }).error !== undefined) {
    say('terraform is not on this machine: its validation of the result is left out.');
    return false;
  }
  const where = join(folder, stack);
  const init = ['init', '-backend=false', '-input=false'];
  if (run(`terraform -chdir=${stack} init -backend=false`, 'terraform', init, where, 'pipe') !== 0) {
    say('terraform could not get the providers on this machine: its validation of the result is left out.');
    return false;
  }
  if (run(`terraform -chdir=${stack} validate`, 'terraform', ['validate'], where) !== 0) {
    throw new Error('terraform validate failed');
  }
  return true;
}

try {
  const options = copied(chosen());
  say(readFileSync(join(folder, 'privatelink-router.yaml'), 'utf8').trimEnd());
  for (const command of ['check', 'plan', 'synth']) router(command, ...options);
  const written = readdirSync(join(folder, stacks)).map((name) => `${stacks}/${name}`);
  for (const stack of written) show(stack);
  written.every(validate);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
