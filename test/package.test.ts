import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MODULES, writeModules } from '../src/modules';

const ROOT = resolve(__dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'plr-package-'));
const app = join(scratch, 'app');
const run = (command: string, args: readonly string[], cwd = app) =>
  execFileSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, CI: '' } });

// The package as npm would publish it, installed into an empty folder with its own dependencies and nothing else.
beforeAll(() => {
  run('npm', ['run', '--silent', 'build'], ROOT);
  run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', scratch], ROOT);
  const tarball = readdirSync(scratch).find((name) => name.endsWith('.tgz')) ?? '';
  mkdirSync(app);
  // A checkout that stands on another package by an alias (.ci/cdktn) has an override, which only an app itself can bring.
  const { overrides }: { overrides?: object } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  writeFileSync(join(app, 'package.json'), `${JSON.stringify({ private: true, overrides })}\n`);
  run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', '--silent', join(scratch, tarball)]);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const command = (...args: string[]) =>
  run(process.execPath, ['node_modules/privatelink-router/dist/src/cli/bin.js', ...args]);

it('gives a command that works in an empty folder', () => {
  command('init');
  expect(existsSync(join(app, 'privatelink-router.yaml'))).toBe(true);
  cpSync(join(ROOT, 'examples/01-three-databases/privatelink-router.yaml'), join(app, 'privatelink-router.yaml'));
  expect(command('plan', '--no-frozen')).toContain('orders-db');
  command('synth');
  expect(existsSync(join(app, 'cdktf.out/stacks/analytics-use2/cdk.tf.json'))).toBe(true);
});

it('writes the registry modules, as the source does', () => {
  command('modules');
  const source = join(scratch, 'modules');
  writeModules(source, MODULES);
  const listed = (root: string) => readdirSync(root, { recursive: true, encoding: 'utf8' }).sort();
  expect(listed(join(app, 'modules'))).toEqual(listed(source));
  for (const file of ['databricks-ncc-private-endpoints/main.tf.json', 'databricks-ncc-private-endpoints/LICENSE']) {
    expect(readFileSync(join(app, 'modules', file), 'utf8')).toBe(readFileSync(join(source, file), 'utf8'));
  }
});

it('gives a typed library', () => {
  writeFileSync(
    join(app, 'use.ts'),
    `import { loadInventory, type Inventory } from 'privatelink-router';
const loaded = loadInventory({ file: 'privatelink-router.yaml' });
const inventory: Inventory | undefined = loaded.inventory;
console.log(inventory?.routers.length);
// @ts-expect-error: a file is wanted
export const wrong = () => loadInventory({});
`,
  );
  const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
  const flags = [
    '--strict',
    '--skipLibCheck',
    '--module',
    'commonjs',
    '--target',
    'es2022',
    '--esModuleInterop',
    '--typeRoots',
    join(ROOT, 'node_modules/@types'),
    '--types',
    'node',
  ];
  run(process.execPath, [tsc, ...flags, 'use.ts']);
  expect(run(process.execPath, ['use.js']).trim()).toBe('1');
});

it('holds no test, no source map of ours and no path of this machine', () => {
  const listed = run('npm', ['pack', '--dry-run', '--json', '--ignore-scripts', '--silent'], ROOT);
  const files = (JSON.parse(listed) as { files: { path: string }[] }[])[0]?.files.map(({ path }) => path) ?? [];
  expect(files).toContain('dist/src/index.d.ts');
  expect(files.filter((path) => /^(test|bench|scripts)\/|node_modules|[.]gen\/|[.]terraform/.test(path))).toEqual([]);
});
