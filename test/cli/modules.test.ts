import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main';
import { MODULES, MODULES_VERSION, repositoryName } from '../../src/modules';

const scratch = mkdtempSync(join(tmpdir(), 'plr-cli-modules-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let out = '';
let err = '';
let folder = '';
beforeEach(() => {
  [out, err] = ['', ''];
  folder = mkdtempSync(join(scratch, 'run-'));
});

function modules(...args: readonly string[]): Promise<number> {
  const stdout = { write: (text: string) => (out += text) };
  const stderr = { write: (text: string) => (err += text) };
  return main(['modules', ...args], { stdout, stderr, env: {} });
}

describe('modules', () => {
  it('writes each module to a folder of its name, and says so', async () => {
    expect(await modules('--out', folder)).toBe(0);
    for (const { name } of MODULES) {
      expect(out).toContain(`wrote ${folder}/${name}\n`);
      expect(existsSync(join(folder, name, 'main.tf.json'))).toBe(true);
    }
    expect(err).toBe('');
  });

  it('gives one JSON document', async () => {
    expect(await modules('--out', folder, '--format', 'json')).toBe(0);
    const document = JSON.parse(out);
    expect(document).toMatchObject({
      version: 1,
      modulesVersion: MODULES_VERSION,
      folder,
      modules: MODULES.map(({ name }) => name),
      diagnostics: [],
    });
    expect(document.files).toHaveLength(new Set(document.files).size);
    for (const file of document.files) expect(existsSync(file), file).toBe(true);
  });

  it('writes repositories with --publish-tree, and names the tag', async () => {
    expect(await modules('--publish-tree', folder, '--namespace', 'acme')).toBe(0);
    for (const definition of MODULES) {
      const readme = readFileSync(join(folder, repositoryName(definition), 'README.md'), 'utf8');
      expect(readme).toContain(`source  = "acme/${definition.registryName}/${definition.provider}"`);
    }
    expect(out).toContain(`with the tag v${MODULES_VERSION}`);
  });

  it('leaves alone what it did not write, and exits with 1', async () => {
    mkdirSync(join(folder, 'aws-privatelink-router'));
    writeFileSync(join(folder, 'aws-privatelink-router', 'variables.tf'), '# mine\n');
    expect(await modules('--out', folder)).toBe(1);
    expect(err).toContain('PLR6001');
    expect(err).toContain(join(folder, 'aws-privatelink-router', 'variables.tf'));
    expect(existsSync(join(folder, 'databricks-ncc-private-endpoints'))).toBe(false);
  });

  it.each<readonly [string, readonly string[]]>([
    ['--out is empty', ['--out', '']],
    ['--publish-tree is empty', ['--publish-tree', '']],
    ['--namespace belongs to --publish-tree', ['--namespace', 'acme']],
    ['--publish-tree needs --namespace', ['--publish-tree', 'x']],
    ['--out and --publish-tree exclude each other', ['--out', 'x', '--publish-tree', 'x', '--namespace', 'acme']],
    ['--namespace "a/b/c" is none', ['--publish-tree', 'x', '--namespace', 'a/b/c']],
    ['--namespace "a\\"\\nb" is none', ['--publish-tree', 'x', '--namespace', 'a"\nb']],
  ])('refuses a command line: %s', async (words, args) => {
    expect(await modules(...args)).toBe(2);
    expect(err).toContain(words);
    expect(existsSync('x')).toBe(false);
  });
});
