import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parseLock } from '../../src/lock';
import type { Lock } from '../../src/model';
import { inventoryText, Scratch, THREE } from './harness';
import { type InProcess, runInProcess } from './in-process';

const FILE = 'privatelink-router.yaml';
const LOCK = 'privatelink-router.lock.json';
const scratch = new Scratch();
afterAll(() => scratch.remove());

let folder = '';
const home = process.cwd();
beforeEach(() => {
  folder = scratch.folder();
  process.chdir(folder);
  git('init', '-q', '-b', 'main');
  git('config', 'user.email', 'test@example.com');
  git('config', 'user.name', 'test');
  git('config', 'commit.gpgsign', 'false');
});
afterEach(() => process.chdir(home));

function git(...args: readonly string[]): string {
  return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A git command that may stop at a conflict. @returns whether it went through */
function tries(...args: readonly string[]): boolean {
  return spawnSync('git', args, { cwd: folder, env: { ...process.env, GIT_EDITOR: 'true' } }).status === 0;
}

const run = runInProcess;

const write = (text: string): void => writeFileSync(join(folder, FILE), text);
const lockText = (): string => readFileSync(join(folder, LOCK), 'utf8');

function places(text: string): Record<string, string> {
  const { lock, diagnostics } = parseLock(text, LOCK);
  expect(diagnostics).toEqual([]);
  const entries = Object.entries((lock as Lock).routers.analytics?.targets ?? {});
  return Object.fromEntries(entries.map(([name, { shard, listenerPort }]) => [name, `${shard}:${listenerPort}`]));
}

type Targets = Readonly<Record<string, string>>;

async function commit(targets: Targets, keys: readonly string[] = []): Promise<void> {
  write(inventoryText(targets, keys));
  const locked = await run('lock');
  expect(locked.err).not.toContain('error');
  git('add', '.');
  git('commit', '-q', '-m', 'step');
}

/** `main` and `topic` go on from one commit, each with its targets. */
async function branches(start: Targets, onMain: Targets, onTopic: Targets): Promise<void> {
  await commit(start);
  git('branch', 'topic');
  await commit(onMain);
  git('checkout', '-q', 'topic');
  await commit(onTopic);
}

/** After `lock --base main`: main's targets are where they were, and nothing is left to do. */
async function settled(targets: Targets): Promise<InProcess> {
  write(inventoryText(targets));
  const before = places(git('show', `main:${LOCK}`));
  const done = await run('lock', '--base', 'main');
  expect(done.code, done.err).toBe(0);
  const after = places(lockText());
  for (const name of Object.keys(targets)) if (before[name] !== undefined) expect(after[name]).toBe(before[name]);
  expect(Object.keys(after).sort()).toEqual(Object.keys(targets).sort());
  const again = await run('lock', '--frozen');
  expect(again, again.err).toMatchObject({ code: 0 });
  expect(again.out).toContain('is up to date');
  return done;
}

const X = { x: 'x.corp.acme.com:5432' };
const Y = { y: 'y.corp.acme.com:5432' };
const many = (number: number): Targets =>
  Object.fromEntries(Array.from({ length: number }, (_, index) => [`t${index}`, `t${index}.corp.acme.com:5432`]));

const STYLES = ['merge', 'diff3', 'zdiff3'] as const;

describe.each(['git merge', 'git merge of main', 'git rebase'] as const)('during %s', (how) => {
  function bring(): boolean {
    if (how === 'git rebase') return tries('rebase', 'main');
    if (how === 'git merge of main') return tries('merge', 'main');
    git('checkout', '-q', 'main');
    return tries('merge', 'topic');
  }

  it.each(STYLES)('two branches that add a target each become one lock (conflict style %s)', async (style) => {
    git('config', 'merge.conflictStyle', style);
    await branches(THREE, { ...THREE, ...X }, { ...THREE, ...Y });
    expect(bring()).toBe(false);
    expect(lockText()).toContain('<<<<<<<');
    write(inventoryText({ ...THREE, ...X, ...Y }));
    const told = await run('check');
    expect(told.err).toContain('PLR3001');
    expect(told.err).toContain('privatelink-router lock --base REF');
    const done = await settled({ ...THREE, ...X, ...Y });
    expect(places(lockText())).toMatchObject({ x: 's1:10003', y: 's1:10004' });
    expect(done.err).toContain(
      'y gets port 10004 of shard s1; the lock that is merged had given it port 10003 of shard s1, but x has that port',
    );
    expect(done.out).toContain('+ analytics/y added: port 10004 on s1');
    expect(done.out).toContain('1 added against main');
  });

  it('two branches that open a shard each become one lock', async () => {
    const ten = many(10);
    await branches(ten, { ...ten, ...X }, { ...ten, ...Y, z: 'z.corp.acme.com:5432' });
    bring();
    await settled({ ...ten, ...X, ...Y, z: 'z.corp.acme.com:5432' });
    expect(places(lockText())).toMatchObject({ x: 's2:10010', y: 's2:10012', z: 's2:10011' });
  });

  it('one branch removes and the other one adds', async () => {
    const { ledger: _, ...two } = THREE;
    await branches(THREE, two, { ...THREE, ...Y });
    bring();
    await settled({ ...two, ...Y });
    expect(places(lockText())).toMatchObject({ y: 's1:10003' });
    expect(lockText()).toContain('"listenerPort": 10001, "target": "ledger"'.replace('10001', '10002'));
  });

  it('the other branch removes, and main adds', async () => {
    const { ledger: _, ...two } = THREE;
    await branches(THREE, { ...THREE, ...X }, two);
    bring();
    await settled({ ...two, ...X });
    expect(places(lockText())).toMatchObject({ x: 's1:10003' });
    expect(lockText()).toContain('"target": "ledger"');
  });

  it('one branch renames and the other one adds', async () => {
    const { ledger: _, ...two } = THREE;
    const renamed = { ...two, books: '{ host: ledger.corp.acme.com, port: 1521, renamedFrom: ledger }' };
    await branches(THREE, { ...THREE, ...X }, renamed);
    bring();
    await settled({ ...renamed, ...X });
    expect(places(lockText())).toMatchObject({ books: 's1:10002', x: 's1:10003' });
    expect(lockText()).toContain('"bornAs": "ledger"');
  });
});

describe('lock --base', () => {
  const conflict = async (): Promise<void> => {
    await branches(THREE, { ...THREE, ...X }, { ...THREE, ...Y });
    tries('merge', 'main');
    write(inventoryText({ ...THREE, ...X, ...Y }));
  };

  it('tells in JSON which base it took, and where each target went', async () => {
    await conflict();
    const { code, out } = await run('lock', '--base', 'main', '--format', 'json');
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      base: 'main',
      written: true,
      changes: [{ target: 'y', change: 'added', to: { shard: 's1', listenerPort: 10004 } }],
      diagnostics: [{ code: 'PLR2818', severity: 'warning', path: 'routers.analytics.targets.y' }],
    });
  });

  it('writes nothing in a frozen run, nor while the inventory has errors', async () => {
    await conflict();
    const before = lockText();
    const frozen = await run('lock', '--base', 'main', '--frozen');
    expect(frozen.code).toBe(1);
    expect(frozen.err).toContain('PLR9001');
    expect(frozen.err).toContain('privatelink-router lock --base main');
    write('<<<<<<< HEAD\nversion: 1\n=======\nversion: 1\n>>>>>>> main\n');
    expect((await run('lock', '--base', 'main')).code).toBe(1);
    expect(lockText()).toBe(before);
  });

  it('settles two targets on one port after a merge that git thought clean', async () => {
    const ten = many(8);
    const shared = (name: string): string => `{ host: ${name}.corp.acme.com, port: 1, domain: t0.corp.acme.com }`;
    const [first, last] = [{ aa: shared('aa') }, { zz: shared('zz') }];
    await branches(ten, { ...ten, ...last }, { ...first, ...ten });
    tries('merge', 'main');
    write(inventoryText({ ...first, ...ten, ...last }));
    expect(lockText()).not.toContain('<<<<<<<');
    const told = await run('check');
    expect(told.err).toContain('PLR3006');
    expect(told.err).toContain('privatelink-router lock --base REF');
    await settled({ ...first, ...ten, ...last });
    expect(places(lockText())).toMatchObject({ zz: 's1:10008', aa: 's1:10009' });
  });

  it('takes a lock file as the base, and the base alone where the lock is gone', async () => {
    await conflict();
    writeFileSync(join(folder, 'base.lock.json'), git('show', `main:${LOCK}`));
    expect((await run('lock', '--base', 'base.lock.json')).code).toBe(0);
    const merged = lockText();
    rmSync(join(folder, LOCK));
    expect((await run('lock', '--base', 'main')).code).toBe(0);
    expect(lockText()).toBe(merged);
  });

  it('says what is wrong with a base that does not exist, or is empty', async () => {
    await commit(THREE);
    const unknown = await run('lock', '--base', 'nowhere');
    expect(unknown).toMatchObject({ code: 2 });
    expect(unknown.err).toContain('--base nowhere: no such file, and git knows no such commit');
    expect(await run('lock', '--base', '')).toMatchObject({ code: 2, err: 'error: --base is empty\n' });
  });

  it('refuses sides that are no locks, and says the way out, which works', async () => {
    await conflict();
    writeFileSync(join(folder, LOCK), lockText().replace(/^>>>>>>>.*$/m, ''));
    const { code, err } = await run('lock', '--base', 'main');
    expect(code).toBe(1);
    expect(err).toContain('PLR3016');
    expect(err).toContain('git checkout REF -- FILE');
    git('checkout', 'main', '--', LOCK);
    expect((await run('lock')).code).toBe(0);
    expect(places(lockText())).toMatchObject({ x: 's1:10003', y: 's1:10004' });
  });

  it('keeps what main has of a target that the other branch moved, and says how to move it again', async () => {
    const ten = many(11);
    await commit(ten);
    git('branch', 'topic');
    await commit({ ...ten, ...X });
    git('checkout', '-q', 'topic');
    expect((await run('lock', 'move', 'analytics', 't3', '--shard', 's2')).code).toBe(0);
    git('commit', '-qam', 'move');
    await commit({ ...ten, ...Y });
    tries('merge', 'main');
    const { err } = await settled({ ...ten, ...X, ...Y });
    expect(err).toContain('PLR2819');
    const command = /`privatelink-router (lock move [^`]+)`/.exec(err)?.[1] ?? '';
    expect(command).toBe('lock move analytics t3 --shard s2');
    expect(existsSync(join(folder, LOCK))).toBe(true);
  });
});
