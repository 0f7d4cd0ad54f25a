import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors';
import { EMPTY_LOCK, parseLock, readLock, serializeLock, writeLock } from '../../src/lock';
import { lockPath } from '../../src/model';
import { lockOf } from './sample';
import { bigLock } from './writer';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plr-lock-'));
  file = join(folder, 'privatelink-router.lock.json');
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('where the lock stands', () => {
  it.each([
    ['privatelink-router.yaml', undefined, 'privatelink-router.lock.json'],
    ['privatelink-router.yaml', 'prod', 'privatelink-router.prod.lock.json'],
    ['a/b/nets.YML', 'dev', 'a/b/nets.dev.lock.json'],
    ['nets.json', undefined, 'nets.lock.json'],
    ['nets', undefined, 'nets.lock.json'],
  ])('%s %s → %s', (inventory, env, expected) => {
    expect(lockPath(inventory, env)).toBe(expected);
  });
});

describe('reading', () => {
  it('gives the empty lock where there is no file', () => {
    expect(readLock(file)).toEqual({ lock: EMPTY_LOCK, diagnostics: [] });
  });

  it.each([
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\ufeff${text}`)],
    ['UTF-16, as PowerShell writes it', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['UTF-16, big-endian', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
  ])('takes the lock in %s, and writes UTF-8', (_name, encoded) => {
    writeFileSync(file, encoded(serializeLock(lockOf()).replaceAll('\n', '\r\n')));
    expect(readLock(file)).toEqual({ lock: lockOf(), diagnostics: [] });
    expect(writeLock(file, lockOf())).toBe(true);
    expect(readFileSync(file, 'utf8')).toBe(serializeLock(lockOf()));
    writeFileSync(file, encoded('{'));
    expect(readLock(file).diagnostics).toMatchObject([{ code: 'PLR3002', line: 1 }]);
  });

  it('says so where the text is in no encoding that it knows', () => {
    writeFileSync(file, Buffer.from('{"a": "caf\xe9"}', 'latin1'));
    expect(readLock(file)).toMatchObject({
      diagnostics: [{ code: 'PLR3002', message: expect.stringContaining('UTF-16') }],
    });
  });

  it('says so where the file cannot be read', () => {
    mkdirSync(file);
    const { lock, diagnostics } = readLock(file);
    expect(lock).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'PLR3012', file }]);
  });
});

describe('writing', () => {
  it('writes what is read again, and leaves nothing else behind', () => {
    expect(writeLock(file, lockOf())).toBe(true);
    expect(readLock(file)).toEqual({ lock: lockOf(), diagnostics: [] });
    expect(readdirSync(folder)).toEqual(['privatelink-router.lock.json']);
  });

  it('does not touch a file that says the same', () => {
    writeLock(file, lockOf());
    utimesSync(file, 1, 1);
    const { ino } = statSync(file);
    expect(writeLock(file, lockOf())).toBe(false);
    expect(statSync(file)).toMatchObject({ ino, mtimeMs: 1000 });
  });

  it('replaces the file: who has the old one open reads it to its end', () => {
    writeLock(file, EMPTY_LOCK);
    const descriptor = openSync(file, 'r');
    try {
      writeLock(file, lockOf());
      expect(readFileSync(descriptor, 'utf8')).toBe(serializeLock(EMPTY_LOCK));
    } finally {
      closeSync(descriptor);
    }
  });

  it('keeps the mode', () => {
    writeLock(file, EMPTY_LOCK);
    chmodSync(file, 0o640);
    expect(writeLock(file, lockOf())).toBe(true);
    expect(statSync(file).mode & 0o777).toBe(0o640);
  });

  it('writes through symbolic links, also where they lead nowhere yet', () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync('real/inner.json', file);
    symlinkSync('lock.json', join(folder, 'real', 'inner.json'));
    writeLock(file, EMPTY_LOCK);
    writeLock(file, lockOf());
    expect(lstatSync(file).isSymbolicLink()).toBe(true);
    expect(readlinkSync(file)).toBe('real/inner.json');
    expect(readFileSync(join(folder, 'real', 'lock.json'), 'utf8')).toBe(serializeLock(lockOf()));
    expect(readdirSync(join(folder, 'real')).sort()).toEqual(['inner.json', 'lock.json']);
  });

  it('gets past what a killed process of the same number left', () => {
    writeFileSync(join(folder, `.privatelink-router.lock.json.${process.pid}-0.tmp`), 'half');
    expect(writeLock(file, lockOf())).toBe(true);
    expect(readLock(file).lock).toEqual(lockOf());
  });

  it('reports what the system refuses as the user’s matter, and leaves the old file', () => {
    const missing = join(folder, 'no', 'such', 'folder', 'x.lock.json');
    expect(() => writeLock(missing, lockOf())).toThrow(InputError);
    mkdirSync(file);
    try {
      writeLock(file, lockOf());
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(InputError);
      expect((error as InputError).diagnostics).toMatchObject([{ code: 'PLR3013', file }]);
    }
    symlinkSync('loop', join(folder, 'loop'));
    expect(() => writeLock(join(folder, 'loop'), lockOf())).toThrow(/too many symbolic links/);
    expect(readdirSync(folder).sort()).toEqual(['loop', 'privatelink-router.lock.json']);
  });
});

describe('a process that is killed while it writes', () => {
  const running = new Set<ChildProcess>();

  afterEach(() => {
    for (const child of running) child.kill('SIGKILL');
    running.clear();
  });

  /** Starts a process that writes two locks in turn, waits until both were written, then kills it after `delay` ms. */
  async function writeAndKill(delay: number): Promise<void> {
    const script = join(__dirname, 'writer.ts');
    const child = spawn(process.execPath, ['--import', 'tsx', script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
    running.add(child);
    const ended = new Promise<NodeJS.Signals | null>((resolve) => {
      child.once('exit', (_, signal) => resolve(signal));
    });
    await new Promise<void>((resolve, reject) => {
      child.stdout.once('data', () => resolve());
      child.once('exit', () => reject(new Error('the writer ended before it wrote')));
    });
    // The moment is the point of the test: nothing is waited for.
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    running.delete(child);
  }

  it('leaves the old lock or the new one, whole', async () => {
    const texts = [0, 1].map((version) => serializeLock(bigLock(version)));
    let remains = 0;
    // Without a kill in the middle of a write the test would prove nothing: it goes on until it had one.
    for (let round = 0; round < 6 || (remains === 0 && round < 60); round += 1) {
      await writeAndKill((round * 7) % 41);
      const text = readFileSync(file, 'utf8');
      expect(texts).toContain(text);
      expect(parseLock(text, file).diagnostics).toEqual([]);
      const others = readdirSync(folder).filter((name) => !name.endsWith('.lock.json'));
      for (const name of others) expect(name).toMatch(/^\.privatelink-router\.lock\.json\.\d+-0\.tmp$/);
      remains += others.length;
      for (const name of others) rmSync(join(folder, name));
    }
    expect(remains, 'kills that met a half-written file').toBeGreaterThan(0);
  });
});
