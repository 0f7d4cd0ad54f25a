import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PIPELINES } from '../../src/pipelines';
import { BuiltCommand, inventoryText, Scratch, THREE } from './harness';

const FILE = 'privatelink-router.yaml';
const BACKEND = 'terraform: { backend: { s3: { bucket: acme-tfstate, key: "{env}/{router}", region: us-east-2 } } }\n';
const WORKFLOW = '.github/workflows/privatelink-router.yml';
const scratch = new Scratch();
let command: BuiltCommand;

beforeAll(() => {
  command = new BuiltCommand();
});
afterAll(() => {
  command?.remove();
  scratch.remove();
});

const TEXT = `${inventoryText(THREE)}${BACKEND}`;
const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('init --pipeline', () => {
  it.each(PIPELINES)('writes what %s needs, and says what comes next', (kind) => {
    const folder = scratch.folder({ [FILE]: TEXT });
    const { code, stdout, stderr } = command.run(folder, ['init', '--pipeline', kind]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(files(folder).length).toBeGreaterThan(4);
    for (const line of stdout.split('\n').filter((one) => one.startsWith('wrote '))) {
      expect(existsSync(join(folder, line.slice('wrote '.length)))).toBe(true);
    }
    expect(stdout).toContain('run `npm install` and commit package-lock.json');
    expect(stdout).toContain('run `privatelink-router lock` and commit the lock');
    const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    expect(dependencies).toEqual({ 'privatelink-router': command.run(folder, ['--version']).stdout.trim() });
  });

  it('gives one JSON document', () => {
    const folder = scratch.folder({ [FILE]: TEXT });
    const { stdout } = command.run(folder, ['init', '--pipeline', 'github-actions', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      written: [WORKFLOW, '.github/privatelink-router-comment.mjs', 'package.json', '.gitignore', '.gitattributes'],
      next: expect.any(Array),
      diagnostics: [],
    });
  });

  it('leaves alone what is there: nothing is written where one file is in the way', () => {
    const folder = scratch.folder({
      [FILE]: TEXT,
      'atlantis.yaml': 'mine\n',
      'package.json': '{}\n',
      '.gitignore': 'x\n',
    });
    const before = files(folder);
    const refused = command.run(folder, ['init', '--pipeline', 'atlantis']);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('PLR9003 atlantis.yaml');
    expect(files(folder)).toEqual(before);
    const spacelift = command.run(folder, ['init', '--pipeline', 'spacelift']);
    expect(spacelift.code).toBe(0);
    expect(readFileSync(join(folder, 'package.json'), 'utf8')).toBe('{}\n');
    expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('x\n');
    expect(spacelift.stdout).toMatch(/run `npm install --save-exact privatelink-router@\d/);
  });

  it('takes every environment that there is, or those that are named', () => {
    const overlays = { 'privatelink-router.dev.yaml': '{}\n', 'privatelink-router.prod.yaml': '{}\n' };
    const all = scratch.folder({ [FILE]: TEXT, ...overlays });
    expect(command.run(all, ['init', '--pipeline', 'atlantis']).code).toBe(0);
    expect(readFileSync(join(all, 'atlantis.yaml'), 'utf8').match(/- name: .*/g)).toEqual([
      '- name: analytics-dev',
      '- name: analytics-prod',
    ]);
    const one = scratch.folder({ [FILE]: TEXT, ...overlays });
    expect(command.run(one, ['init', FILE, '--pipeline', 'atlantis', '--env', 'prod', '-e', 'prod']).code).toBe(0);
    expect(readFileSync(join(one, 'atlantis.yaml'), 'utf8').match(/- name: .*/g)).toEqual(['- name: analytics-prod']);
    const none = command.run(scratch.folder({ [FILE]: TEXT }), ['init', '--pipeline', 'atlantis', '--env', 'prod']);
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('privatelink-router.prod.yaml');
  });

  it('tells a finding of the inventory once, with its environments', () => {
    const redirecting = `${inventoryText({ ...THREE, events: '{ host: redis.corp.acme.com, preset: redis }' })}${BACKEND}`;
    const folder = scratch.folder({
      [FILE]: redirecting,
      'privatelink-router.dev.yaml': '{}\n',
      'privatelink-router.prod.yaml': '{}\n',
    });
    const { code, stderr } = command.run(folder, ['init', '--pipeline', 'atlantis']);
    expect(code).toBe(0);
    expect(stderr.match(/PLR1226/g)).toHaveLength(1);
    expect(stderr.replace(/\s+/g, ' ')).toContain('(environments dev, prod).');
    const homeless = scratch.folder({
      [FILE]: inventoryText(THREE),
      'privatelink-router.dev.yaml': '{}\n',
      'privatelink-router.prod.yaml': '{}\n',
    });
    const refused = command.run(homeless, ['init', '--pipeline', 'atlantis']);
    expect(refused.stderr.match(/PLR9011/g)).toHaveLength(1);
  });

  it('knows the repository and its branch from git', () => {
    const folder = scratch.folder({ [FILE]: TEXT });
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
    git('init', '-q');
    git('remote', 'add', 'origin', 'git@github.example.com:acme/network.git');
    git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/trunk');
    expect(command.run(folder, ['init', '--pipeline', 'atlantis']).code).toBe(0);
    expect(readFileSync(join(folder, 'atlantis/repos.yaml'), 'utf8')).toContain(
      '- id: github.example.com/acme/network\n',
    );
    expect(command.run(folder, ['init', '--pipeline', 'github-actions']).code).toBe(0);
    expect(readFileSync(join(folder, WORKFLOW), 'utf8')).toContain('branches: [trunk]');
    mkdirSync(join(folder, 'network'));
    writeFileSync(join(folder, 'network', FILE), TEXT);
    const below = command.run(join(folder, 'network'), ['init', '--pipeline', 'atlantis']);
    expect(below.code).toBe(2);
    expect(below.stderr).toContain(`run this in ${folder}`);
  });

  it('needs an inventory that is right, and a backend where the product keeps no state', () => {
    const missing = command.run(scratch.folder(), ['init', '--pipeline', 'atlantis']);
    expect(missing.code).toBe(1);
    expect(missing.stderr).toContain(FILE);
    const homeless = scratch.folder({ [FILE]: inventoryText(THREE) });
    for (const kind of ['atlantis', 'github-actions', 'azure-devops']) {
      const refused = command.run(homeless, ['init', '--pipeline', kind]);
      expect(refused.code).toBe(1);
      expect(refused.stderr).toMatch(/PLR9011[\s\S]*router analytics has no backend/);
    }
    expect(readdirSync(homeless)).toEqual([FILE]);
    expect(command.run(homeless, ['init', '--pipeline', 'spacelift']).code).toBe(0);
  });

  it.each([
    [['init', '--pipeline', 'jenkins'], /'jenkins' is invalid/],
    [['init', '--env', 'prod'], /--env needs --pipeline/],
    [['init', '--pipeline', 'atlantis', '--cloud', 'azure'], /--cloud is for a starter/],
    [['init', '', '--pipeline', 'atlantis'], /FILE is empty/],
    [['init', '../x.yaml', '--pipeline', 'atlantis'], /within the repository/],
    [['init', '/x.yaml', '--pipeline', 'atlantis'], /within the repository/],
    [['init', '$(touch pwned).yaml', '--pipeline', 'atlantis'], /letters, digits/],
    [['init', 'a b.yaml', '--pipeline', 'atlantis'], /letters, digits/],
  ])('refuses %j with 2', (args, message) => {
    const folder = scratch.folder({ [FILE]: TEXT });
    const { code, stderr } = command.run(folder, args);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
    expect(readdirSync(folder)).toEqual([FILE]);
  });
});

it('synth --no-backend leaves the backend out, and nothing else', () => {
  const folder = scratch.folder({ [FILE]: TEXT });
  const terraform = (...more: string[]): { terraform: { backend?: object } } => {
    expect(command.run(folder, ['synth', ...more]).code).toBe(0);
    return JSON.parse(readFileSync(join(folder, 'cdktf.out/stacks/analytics/cdk.tf.json'), 'utf8'));
  };
  const usual = terraform();
  const { backend, ...rest } = usual.terraform;
  expect(backend).toEqual({ s3: { bucket: 'acme-tfstate', key: 'default/analytics', region: 'us-east-2' } });
  expect(terraform('--no-backend')).toEqual({ ...usual, terraform: rest });
  const { stdout } = command.run(folder, ['synth', '--format', 'json']);
  expect(JSON.parse(stdout).stacks).toEqual([
    {
      router: 'analytics',
      deployment: 'analytics',
      cloud: 'aws',
      region: 'us-east-2',
      folder: 'cdktf.out/stacks/analytics',
    },
  ]);
});

describe('a router that uses the NCC of another one', () => {
  const ROUTER = /( {2}analytics:\n)([\s\S]*)$/;

  /** The inventory with a router before the first, which has its NCC. */
  function sharing(): string {
    const [, , body = ''] = ROUTER.exec(TEXT) ?? [];
    const second = body
      .replace(/ncc: .*/, 'ncc: { router: analytics }')
      .replaceAll(/( {4}targets:)[\s\S]*/g, '$1\n      b: b.corp.acme-data.com:5432\n');
    return TEXT.replace(ROUTER, (_, head: string) => `  above:\n${second}${head}${body}`);
  }

  it('comes after that one in what is written, and in what synth says', () => {
    const folder = scratch.folder({ [FILE]: sharing() });
    expect(command.run(folder, ['init', '--pipeline', 'atlantis'])).toMatchObject({ code: 0 });
    const config = readFileSync(join(folder, 'atlantis.yaml'), 'utf8');
    expect(config.match(/name: .*|execution_order_group: .*/g)).toEqual([
      'name: above',
      'execution_order_group: 1',
      'name: analytics',
    ]);
    const { stdout } = command.run(folder, ['synth', '--no-frozen', '--format', 'json']);
    const { stacks } = JSON.parse(stdout) as { stacks: { router: string; nccRouter?: string }[] };
    expect(stacks.map(({ router, nccRouter }) => [router, nccRouter])).toEqual([
      ['above', 'analytics'],
      ['analytics', undefined],
    ]);
  });
});
