import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEMPLATE_FILES } from '../../src/forwarder';
import { MODULES, publishTrees, repositoryName } from '../../src/modules';
import { filesBelow } from '../../src/modules/files';
import { synthesize } from '../../stacks';
import { azureRouter, azureShard, fiveAzureTargets, placeWith } from '../constructs/support/azure-plans';
import { plan } from '../constructs/support/plans';
import { describeWith } from '../terraform/support/gate';
import { GOOD } from './support/azure-calls';
import { Terraform } from './support/terraform';

const scratch = mkdtempSync(join(tmpdir(), 'plr-line-ends-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const AZURE = 'terraform-azurerm-privatelink-forwarder';
const ENGINES = ['haproxy', 'nginx', 'nftables'] as const;

function git(cwd: string, ...args: readonly string[]): void {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };
  const named = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args];
  const { status, stdout, stderr } = spawnSync('git', named, { cwd, env, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')} ended with ${status}\n${stdout}${stderr}`);
}

/** A copy of a repository as git on Windows makes it. */
function clonedOnWindows(repository: string, name: string): string {
  const folder = join(scratch, name);
  git(scratch, 'clone', '-q', '-c', 'core.autocrlf=true', repository, folder);
  return folder;
}

const bytes = (root: string) =>
  Object.fromEntries(filesBelow(root).map((path) => [path, readFileSync(join(root, path), 'latin1')]));

/** The folder with every line end of Windows, whoever made them. */
function windowsEnds(folder: string): void {
  for (const path of filesBelow(folder)) {
    const file = join(folder, path);
    writeFileSync(file, readFileSync(file, 'utf8').replace(/\r?\n/g, '\r\n'));
  }
}

let published = '';
beforeAll(() => {
  published = join(scratch, 'published');
  publishTrees(published, MODULES, 'acme');
  for (const definition of MODULES) {
    const tree = join(published, repositoryName(definition));
    git(tree, 'init', '-q', '-b', 'main');
    git(tree, 'add', '-A');
    git(tree, 'commit', '-q', '-m', 'Published');
  }
});

describe('a published repository that git on Windows clones', () => {
  it.each(MODULES.map(repositoryName))('%s has the same bytes', (name) => {
    const clone = clonedOnWindows(join(published, name), `clone-${name}`);
    const { '.git/index': _, ...files } = bytes(clone);
    const inGit = (path: string) => path.startsWith('.git/');
    const without = (all: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(all).filter(([path]) => !inGit(path)));
    expect(without(files)).toEqual(without(bytes(join(published, name))));
  });
});

/** Leaves of a module or a stack the texts that machines get, as an output, and what these are made of: no provider is needed. */
function texts(folder: string, file: string): void {
  const read = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { locals: Record<string, unknown> };
  const locals: Record<string, unknown> = { ...read.locals, ...NETWORK };
  const rendered = Object.keys(locals).filter((name) => /^(bootstrap|.*apply_script)$/.test(name));
  const needed = new Set<string>(rendered);
  for (const name of needed) {
    for (const [, other = ''] of JSON.stringify(locals[name]).matchAll(/\blocal\.(\w+)/g)) needed.add(other);
  }
  const value = Object.fromEntries(rendered.map((name) => [name, `\${local.${name}}`]));
  const kept = Object.fromEntries([...needed].map((name) => [name, locals[name]]));
  writeFileSync(join(folder, file), JSON.stringify({ locals: kept, output: { texts: { value } } }, undefined, 2));
}

const NETWORK = { nat_subnet_cidrs: ['10.60.2.0/26'], vm_subnet_cidrs: ['10.60.1.0/24'] };

describeWith(['terraform'], 'what machines get, whatever line ends the files beside it have', () => {
  const terraform = new Terraform([]);
  afterAll(() => terraform.remove());

  /** Outputs of a root that calls these folders. */
  function rendered(folders: Readonly<Record<string, string>>, inputs: object): Record<string, { value: unknown }> {
    const root = terraform.root();
    const calls = Object.entries(folders).map(([name, folder]) => {
      cpSync(folder, join(root, name), { recursive: true });
      return [name, { source: `./${name}`, ...inputs }] as const;
    });
    const output = Object.fromEntries(calls.map(([name]) => [name, { value: `\${module.${name}.texts}` }]));
    writeFileSync(join(root, 'main.tf.json'), JSON.stringify({ module: Object.fromEntries(calls), output }));
    terraform.must(root, 'init', '-input=false', '-no-color');
    terraform.must(root, 'apply', '-auto-approve', '-input=false', '-no-color');
    return JSON.parse(terraform.must(root, 'output', '-json')) as Record<string, { value: unknown }>;
  }

  /** Two copies of a folder, one with the line ends of Windows, give the same texts; and those have none of Windows. */
  function same(folder: string, inputs: object, windows = windowsEnds): void {
    const other = mkdtempSync(join(scratch, 'windows-'));
    cpSync(folder, other, { recursive: true });
    windows(other);
    expect(readFileSync(join(other, 'forwarder', 'apply.sh.tftpl'), 'utf8')).toContain('\r\n');
    const { unix, crlf } = rendered({ unix: folder, crlf: other }, inputs);
    const scripts = Object.entries(unix?.value as Readonly<Record<string, string>>);
    expect(scripts.map(([name]) => name).sort()).toEqual(['bootstrap', expect.stringMatching(/apply_script$/)]);
    for (const [name, text] of scripts) {
      const plain = name === 'bootstrap' ? text : Buffer.from(text, 'base64').toString();
      expect(plain, name).toMatch(/^#/);
      expect(plain, name).not.toContain('\r');
    }
    expect(crlf?.value).toEqual(unix?.value);
  }

  /** A module's folder without what needs a provider. */
  function bareModule(tree: string, name: string): string {
    const folder = join(scratch, name);
    mkdirSync(folder);
    for (const part of ['forwarder', 'variables.tf', 'main.tf.json']) {
      cpSync(join(tree, part), join(folder, part), { recursive: true });
    }
    texts(folder, 'main.tf.json');
    return folder;
  }

  it.each(ENGINES)('is the same of the Azure module: %s', (engine) => {
    same(bareModule(join(published, AZURE), `module-${engine}`), {
      ...GOOD,
      forwarder: { engine, egress: engine === 'nftables' ? 'none' : 'nat' },
    });
  });

  it('is the same of a clone on Windows of a repository that says nothing of line ends', () => {
    const plain = join(scratch, 'plain-repository');
    git(scratch, 'clone', '-q', join(published, AZURE), plain);
    git(plain, 'rm', '-q', '.gitattributes');
    git(plain, 'commit', '-q', '-m', 'Without');
    const clone = clonedOnWindows(plain, 'plain-clone');
    expect(readFileSync(join(clone, 'forwarder', 'apply.sh.tftpl'), 'utf8')).toContain('\r\n');
    const forwarder = (folder: string) =>
      cpSync(join(clone, 'forwarder'), join(folder, 'forwarder'), { recursive: true });
    same(bareModule(join(published, AZURE), 'module-clone'), GOOD, forwarder);
  });

  it.each(ENGINES)('is the same of a stack: %s', (engine) => {
    const out = mkdtempSync(join(scratch, 'stack-'));
    const shards = [azureShard(1, fiveAzureTargets())];
    synthesize(plan(azureRouter(shards, { azure: placeWith({ engine }) })), out);
    const folder = join(out, 'stacks', 'analytics-eus2');
    expect(filesBelow(join(folder, 'forwarder'))).toEqual([...TEMPLATE_FILES].sort());
    texts(folder, 'cdk.tf.json');
    same(folder, {});
  });
});
