import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { MODULES, MODULES_VERSION, repositoryName } from '../../src/modules';
import { ENGINE_WAIT, engine, engineReady, enginesLacking } from '../support/engines';
import { describeUnless } from '../terraform/support/gate';

const ROOT = resolve(__dirname, '..', '..');
const WORKFLOW = join(ROOT, '.github', 'workflows', 'release-modules.yml');
const scratch = mkdtempSync(join(tmpdir(), 'plr-release-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

interface Job {
  readonly permissions?: object;
  readonly environment?: string;
  readonly strategy?: { readonly matrix: { readonly repository: readonly string[] } };
  readonly steps: readonly {
    readonly uses?: string;
    readonly run?: string;
    readonly with?: object;
    readonly env?: Readonly<Record<string, string>>;
  }[];
}

const { jobs, permissions } = parse(readFileSync(WORKFLOW, 'utf8')) as {
  readonly jobs: Readonly<Record<string, Job>>;
  readonly permissions: object;
};
const steps = Object.values(jobs).flatMap((job) => job.steps);

/** The settings of this machine's user have no say. */
const GIT = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com'];
  return execFileSync('git', ['-C', folder, ...identity, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...GIT },
  });
}

function run(command: string, args: readonly string[], cwd: string) {
  const ended = spawnSync(command, args, { cwd, encoding: 'utf8', env: { ...process.env, ...GIT, CI: '' } });
  return { code: ended.status, output: `${ended.stdout}${ended.stderr}` };
}

describe('the workflow that releases modules', () => {
  it('publishes every module', () => {
    expect(jobs.push?.strategy?.matrix.repository).toEqual(MODULES.map(repositoryName).sort());
  });

  it('puts nothing that somebody else can choose into a script', () => {
    expect(steps.filter(({ run }) => run?.includes('${{'))).toEqual([]);
  });

  it('shows the token to the one step that pushes, in a job that runs no code of packages', () => {
    const secret = steps.filter((step) => JSON.stringify(step).includes('secrets.'));
    expect(secret.map(({ env }) => Object.keys(env ?? {}))).toEqual([['TAG', 'OWNER', 'REPOSITORY', 'TOKEN']]);
    expect(JSON.stringify(jobs.trees)).not.toContain('secrets.');
    expect(JSON.stringify(jobs.push)).not.toMatch(/npm|npx|tsx/);
    expect(jobs.push?.environment).toBe('module-registry');
  });

  it('may write nothing of this repository', () => {
    expect(permissions).toEqual({});
    for (const job of Object.values(jobs)) expect(job.permissions).toEqual({ contents: 'read' });
    const checkouts = steps.filter(({ uses }) => uses?.startsWith('actions/checkout@'));
    expect(checkouts.length).toBe(2);
    for (const { with: options } of checkouts) expect(options).toMatchObject({ 'persist-credentials': false });
  });
});

describeUnless(enginesLacking(['actionlint']), 'actionlint', () => {
  beforeAll(() => engineReady('actionlint'), ENGINE_WAIT);

  it('finds nothing in the workflow', () => {
    expect(run(engine('actionlint') ?? '', [WORKFLOW], ROOT)).toEqual({ code: 0, output: '' });
  });
});

describe('the repositories of a release', () => {
  const checkout = join(scratch, 'checkout');

  beforeAll(() => {
    mkdirSync(checkout);
    for (const part of ['.ci', 'LICENSE', 'modules', 'package.json', 'src', 'tsconfig.json', '.gitignore']) {
      cpSync(join(ROOT, part), join(checkout, part), {
        recursive: true,
        filter: (path) => !path.includes('.terraform'),
      });
    }
    symlinkSync(join(ROOT, 'node_modules'), join(checkout, 'node_modules'));
    git(checkout, 'init', '-q', '-b', 'main');
    git(checkout, 'add', '-A', '--', ':!node_modules');
    git(checkout, 'commit', '-q', '-m', 'Checkout');
  });

  it('are written at the tag of their version', () => {
    const made = run('.ci/module-trees', [`modules-v${MODULES_VERSION}`, 'acme', 'trees'], checkout);
    expect(made.code, made.output).toBe(0);
    for (const definition of MODULES) {
      const file = join(checkout, 'trees', repositoryName(definition), 'main.tf.json');
      expect(readFileSync(file, 'utf8')).toContain(`"version": "${MODULES_VERSION}"`);
    }
  });

  it('are refused at another tag, and where modules/ was edited by hand', () => {
    const other = run('.ci/module-trees', ['modules-v99.0.0', 'acme', 'other'], checkout);
    expect(other).toMatchObject({
      code: 1,
      output: expect.stringContaining(`modules are of version ${MODULES_VERSION}`),
    });
    const file = join(checkout, 'modules', 'databricks-ncc-private-endpoints', 'README.md');
    writeFileSync(file, 'edited');
    git(checkout, 'commit', '-q', '-a', '-m', 'Edited');
    const edited = run('.ci/module-trees', [`modules-v${MODULES_VERSION}`, 'acme', 'edited'], checkout);
    expect(edited.code).toBe(1);
    expect(edited.output).toContain('modules/ is not what the program writes');
    expect(edited.output).toContain('databricks-ncc-private-endpoints/README.md');
  });
});

describe('pushing a repository', () => {
  const remote = join(scratch, 'remote.git');
  const tree = join(scratch, 'tree');
  const push = (version: string) => run(join(ROOT, '.ci', 'push-module'), [tree, remote, version], scratch);
  const shown = (what: string) => git(remote, 'ls-tree', '-r', '--name-only', what).trim().split('\n');

  beforeAll(() => {
    git(scratch, 'init', '-q', '--bare', '-b', 'main', remote);
    mkdirSync(join(tree, '.spacelift'), { recursive: true });
    writeFileSync(join(tree, '.spacelift', 'config.yml'), 'version: 1\n');
    writeFileSync(join(tree, '.gitignore'), '*.tf\n');
    writeFileSync(join(tree, 'variables.tf'), '# one\n');
    writeFileSync(join(tree, 'old.tf'), '');
  });

  it('fills an empty one, hidden and ignored files too', () => {
    expect(push('1.0.0')).toEqual({ code: 0, output: 'published v1.0.0\n' });
    const files = ['.gitignore', '.spacelift/config.yml', 'old.tf', 'variables.tf'];
    expect(shown('main')).toEqual(files);
    expect(shown('v1.0.0')).toEqual(files);
  });

  it('leaves a version alone that is there, and refuses another content under its name', () => {
    expect(push('1.0.0')).toEqual({ code: 0, output: 'v1.0.0 is published already\n' });
    writeFileSync(join(tree, 'variables.tf'), '# two\n');
    expect(push('1.0.0')).toMatchObject({
      code: 1,
      output: expect.stringContaining('a new content needs a new version'),
    });
    expect(git(remote, 'show', 'v1.0.0:variables.tf')).toBe('# one\n');
  });

  it('brings a new version, takes away what is no more, and keeps what the repository has for itself', () => {
    const own = join(scratch, 'own');
    git(scratch, 'clone', '-q', remote, own);
    mkdirSync(join(own, '.github'));
    writeFileSync(join(own, '.github', 'CODEOWNERS'), '* @acme/network\n');
    git(own, 'add', '-A');
    git(own, 'commit', '-q', '-m', 'Owners');
    git(own, 'push', '-q', 'origin', 'HEAD:main');
    rmSync(join(tree, 'old.tf'));
    expect(push('1.1.0')).toEqual({ code: 0, output: 'published v1.1.0\n' });
    expect(shown('v1.1.0')).toEqual(['.github/CODEOWNERS', '.gitignore', '.spacelift/config.yml', 'variables.tf']);
    expect(git(remote, 'rev-parse', 'main')).toBe(git(remote, 'rev-parse', 'v1.1.0'));
  });

  it('refuses what is no version', () => {
    expect(push('v1')).toMatchObject({ code: 2 });
  });
});
