import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod';
import schema from '../../schema/privatelink-router.plan.schema.json';
import { preparePlan } from '../../src/app';
import { plan } from '../../src/cli/commands/plan';
import { version } from '../../src/cli/version';
import { PLAIN } from '../../src/reports';

const FILE = 'net/privatelink-router.yaml';

/** An inventory of AWS with these lines at its router and these targets. */
function inventory(targets: readonly string[], router: readonly string[] = [], top: readonly string[] = []): string {
  return [
    'version: 1',
    ...top,
    'databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }',
    'routers:',
    '  analytics:',
    '    aws:',
    '      accountId: "123456789012"',
    '      region: us-east-2',
    '      vpcId: vpc-0a1b2c3d4e5f60718',
    '      subnetIds: [subnet-0a1b2c3d4e5f60718, subnet-0b1c2d3e4f5061728]',
    '    ncc: { name: analytics-use2, workspaceIds: [1234567890123456] }',
    ...router.map((line) => `    ${line}`),
    '    targets:',
    ...targets.map((line) => `      ${line}`),
    '',
  ].join('\n');
}

const names = (number: number): string[] =>
  Array.from({ length: number }, (_, index) => `t${index}: t${index}.corp.acme.com:5432`);

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plr-against-'));
  git('init', '-q', '-b', 'main');
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: string[]): void {
  execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: folder });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
}

/** Locks what is there. */
async function lock(env?: string): Promise<void> {
  const file = join(folder, FILE);
  await preparePlan({ file, ...(env === undefined ? {} : { env }), frozen: false, write: true });
}

/** Commits these files, with a lock that belongs to the inventory. */
async function commit(files: Readonly<Record<string, string>>, env?: string): Promise<void> {
  write(files);
  if (FILE in files) await lock(env);
  git('add', '.');
  git('commit', '-q', '-m', 'base');
}

interface Shown {
  readonly document: {
    readonly compared: string;
    readonly changes: readonly { readonly about: string; readonly what: string; readonly clients: string }[];
    readonly diagnostics: readonly { readonly code: string; readonly file?: string; readonly message: string }[];
  };
  readonly text: string;
  readonly markdown: string;
}

const validator = z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]);

/** What `plan --against HEAD` says in its three forms; the document is held to the published schema. */
async function against(more: { readonly env?: string; readonly router?: string } = {}): Promise<Shown> {
  const file = join(folder, FILE);
  const outcome = await plan({ file, format: 'json', frozen: false, against: 'HEAD', ...more });
  validator.parse(JSON.parse(JSON.stringify(outcome.document)));
  return {
    document: outcome.document as Shown['document'],
    text: outcome.text(PLAIN),
    markdown: outcome.markdown?.() ?? '',
  };
}

function codes({ document }: Shown): readonly string[] {
  return document.diagnostics.map(({ code }) => code);
}

describe('a plan against a commit', () => {
  it('says nothing where nothing is different, and compares whole plans', async () => {
    await commit({ [FILE]: inventory(names(2)) });
    const shown = await against();
    expect(shown.document).toMatchObject({ compared: 'plans', changes: [], diagnostics: [] });
    expect(shown.text).toMatch(/\nNo changes: 2 targets; 2 listeners on 1 shard\n$/);
  });

  it('tells what no lock knows', async () => {
    await commit({ [FILE]: inventory(names(2)) });
    write({ [FILE]: inventory(names(2), ['approval: manual'], ['tags: { team: x }']) });
    const { document, text, markdown } = await against();
    expect(document.changes.map(({ what }) => what)).toEqual(['approval', 'tags']);
    expect(text).toContain('\nPlan: 2 changes that clients do not notice; 2 listeners on 1 shard\n');
    expect(markdown).toContain('| ~ | `analytics` | router | `tags: team none → x` | nothing |');
  });

  it('is loud in every form about a router that is taken down', async () => {
    await commit({ [FILE]: inventory(names(22), ['teardown: prepare']) });
    write({ [FILE]: inventory(names(22), ['teardown: destroy']) });
    await lock();
    const { document, text, markdown } = await against();
    const losses = document.changes.filter(({ clients }) => clients === 'lose access');
    expect(losses.filter(({ about }) => about === 'target')).toHaveLength(22);
    expect(losses.filter(({ about }) => about === 'shard')).toHaveLength(3);
    const first = 'Plan: 22 targets lose their port, 3 load balancers are destroyed, 1 router is taken down';
    expect(markdown.split('\n').slice(0, 4)).toEqual([
      '## Plan against `HEAD`',
      '',
      expect.stringContaining(`**${first}`),
      '',
    ]);
    expect(markdown).toContain('> [!CAUTION]\n> **Clients lose access:**');
    expect(text).toContain(`\n${first}`);
    expect(text.match(/^! analytics\/t\d+: taken down with its router/gm)).toHaveLength(22);
  });

  it('is loud about a router that is cut out of inventory and lock', async () => {
    await commit({ [FILE]: inventory(names(2)) });
    write({
      [FILE]: inventory(names(1)).replace('  analytics:', '  other:').replace('analytics-use2', 'other-use2'),
      'net/privatelink-router.lock.json': '{ "version": 1, "routers": {} }',
    });
    const { document, markdown } = await against();
    expect(document.changes.slice(0, 3)).toMatchObject([
      { router: 'analytics', about: 'router', change: 'removed', clients: 'lose access' },
      { router: 'analytics', target: 't0', change: 'removed', clients: 'lose access' },
      { router: 'analytics', target: 't1', change: 'removed', clients: 'lose access' },
    ]);
    expect(markdown).toContain('**Plan: 2 targets lose their port, 1 router leaves, ');
  });

  it('reads the overlay of the environment, and takes one that was not there for nothing', async () => {
    const overlay = 'net/privatelink-router.prod.yaml';
    await commit({ [FILE]: inventory(names(1)), [overlay]: 'tags: { stage: prod }\n' }, 'prod');
    expect((await against({ env: 'prod' })).document.changes).toEqual([]);
    write({ [overlay]: 'tags: { stage: live }\n' });
    expect((await against({ env: 'prod' })).document.changes).toMatchObject([
      { what: 'tags', from: { stage: 'prod' }, to: { stage: 'live' } },
    ]);
    write({ 'net/privatelink-router.dev.yaml': 'tags: { stage: dev }\n' });
    expect((await against({ env: 'dev' })).document.changes).toMatchObject([
      { about: 'router', change: 'added' },
      { about: 'shard', change: 'added' },
      { about: 'target', change: 'added' },
    ]);
  });

  it('compares with what it can read of a base that the checks refuse today', async () => {
    await commit({ [FILE]: inventory(names(3)) });
    await commit({ 'net/privatelink-router.yaml.x': '' });
    write({
      [FILE]: inventory([...names(2), 't2: { host: t2.corp.acme.com, port: 5432, idleTimeout: 7 }'], ['color: red']),
    });
    git('commit', '-qam', 'wrong');
    write({ [FILE]: inventory(names(2)) });
    const shown = await against();
    expect(codes(shown)).toEqual(['PLR9023']);
    expect(shown.document).toMatchObject({
      compared: 'plans',
      changes: [{ target: 't2', change: 'removed', clients: 'lose access' }],
      diagnostics: [{ severity: 'warning', message: expect.stringContaining('and 1 more') }],
    });
  });

  it('compares the locks where the inventory of the base is no YAML', async () => {
    await commit({ [FILE]: inventory(names(2)) });
    write({ [FILE]: `${inventory(names(2))}\n  - {` });
    git('commit', '-qam', 'wrong');
    write({ [FILE]: inventory(names(1), ['approval: manual']) });
    const shown = await against();
    expect(codes(shown)).toEqual(['PLR9023']);
    expect(shown.document).toMatchObject({ compared: 'locks', changes: [{ target: 't1', change: 'removed' }] });
  });

  it('says that nothing is compared where the lock of the base cannot be read', async () => {
    await commit({ [FILE]: inventory(names(1)) });
    await commit({ 'net/privatelink-router.lock.json': '{ "version": 1, ' });
    await lock().catch(() => undefined);
    write({ 'net/privatelink-router.lock.json': '{ "version": 1, "routers": {} }' });
    const shown = await against();
    expect(codes(shown)).toEqual(['PLR9022']);
    expect(shown.document).toMatchObject({ compared: 'nothing', changes: [] });
    expect(shown.markdown).toContain('**Not compared with `HEAD`: the warnings say why.**');
    expect(shown.text).toContain('Nothing is compared.');
  });

  it('compares with nothing where the inventory was not there', async () => {
    await commit({ 'other/file': 'x' });
    write({ [FILE]: inventory(names(1)) });
    expect((await against()).document).toMatchObject({ compared: 'plans', changes: [{}, {}, { target: 't0' }] });
  });

  it('shows of one router its own warnings alone', async () => {
    const kafka = 'k: { host: 10.40.7.12, port: 9092, domain: k.corp.internal }';
    const one = inventory([kafka]);
    const two = one
      .slice(one.indexOf('  analytics:'))
      .replace('  analytics:', '  second:')
      .replaceAll('analytics-use2', 'second-use2');
    await commit({
      [FILE]: `${one}${two.replace('1234567890123456', '2234567890123456').replace('k.corp', 'l.corp')}`,
    });
    const all = await against();
    const own = await against({ router: 'second' });
    expect(all.document.diagnostics.length).toBeGreaterThan(0);
    expect(own.document.diagnostics.length).toBe(all.document.diagnostics.length / 2);
    expect(JSON.stringify(own.document.diagnostics)).not.toContain('routers.analytics');
  });
});

describe('the version of this package that a commit pins', () => {
  const npm = (pinned: string): string =>
    JSON.stringify({ lockfileVersion: 3, packages: { 'node_modules/privatelink-router': { version: pinned } } });

  it.each<readonly [string, (pinned: string) => string]>([
    ['package-lock.json', npm],
    ['net/package-lock.json', npm],
    ['net/npm-shrinkwrap.json', (v) => JSON.stringify({ dependencies: { 'privatelink-router': { version: v } } })],
    ['pnpm-lock.yaml', (v) => `lockfileVersion: '9.0'\npackages:\n\n  privatelink-router@${v}:\n    resolution: {}\n`],
    ['pnpm-lock.yaml', (v) => `packages:\n  /privatelink-router@${v}(zod@4.0.0):\n    dev: false\n`],
    ['yarn.lock', (v) => `privatelink-router@^0.1.0:\n  version "${v}"\n`],
    ['yarn.lock', (v) => `"privatelink-router@npm:^0.1.0":\n  version: ${v}\n`],
  ])('is read in %s', async (name, text) => {
    await commit({ [FILE]: inventory(names(1)), [name]: text('0.0.7') });
    const shown = await against();
    expect(shown.document.diagnostics).toMatchObject([{ code: 'PLR9021', file: name, severity: 'warning' }]);
    expect(shown.document.diagnostics[0]?.message).toContain('version 0.0.7');
    await commit({ [name]: text(version()) });
    expect(codes(await against())).toEqual([]);
  });

  it('is not guessed where nothing can be read', async () => {
    await commit({ [FILE]: inventory(names(1)), 'package-lock.json': '{', 'yarn.lock': '# nothing\n' });
    expect(codes(await against())).toEqual([]);
  });
});

it('git is asked once for the commit, once for its files, and then for what is read', async () => {
  await commit({ [FILE]: inventory(names(1)), 'package-lock.json': '{}' });
  const bin = join(folder, '.bin');
  mkdirSync(bin);
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(bin, 'git'), `#!/bin/sh\necho "$1" >> '${join(bin, 'asked')}'\nexec '${real}' "$@"\n`, {
    mode: 0o755,
  });
  vi.stubEnv('PATH', `${bin}:${process.env.PATH}`);
  onTestFinished(() => void vi.unstubAllEnvs());
  expect((await against()).document).toMatchObject({ compared: 'plans', diagnostics: [] });
  const asked = readFileSync(join(bin, 'asked'), 'utf8').trim().split('\n');
  expect(asked).toEqual(['rev-parse', 'ls-tree', 'show', 'show', 'show']);
});
