import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { InputError } from '../errors';
import { loadInventory, overlayFile } from '../inventory';
import { EMPTY_LOCK, parseLock, readLock } from '../lock';
import type { Diagnostic, Lock } from '../model';

const LARGEST_LOCK = 256 * 1024 * 1024;

/** The value of `--against` names neither a file nor a commit. The message is for the person who typed it. */
export class AgainstError extends Error {}

async function git(folder: string, ...args: readonly string[]): Promise<string> {
  // Loaded here: few runs compare, and each would wait for it.
  const { execFile } = await import('node:child_process');
  const { stdout } = await promisify(execFile)('git', args, { cwd: folder, maxBuffer: LARGEST_LOCK, encoding: 'utf8' });
  return stdout;
}

/** The commit that a name stands for. @throws AgainstError where there is none, or no git */
async function commitOf(reference: string, folder: string): Promise<string> {
  try {
    return (await git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`)).trim();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = missing ? 'git was not found, and there is no such file' : 'no such file, and git knows no such commit';
    throw new AgainstError(`--against ${reference}: ${why}`);
  }
}

function lockOf(read: { readonly lock?: Lock; readonly diagnostics: readonly Diagnostic[] }): Lock {
  if (read.lock === undefined) {
    throw new InputError(read.diagnostics);
  }
  return read.lock;
}

/**
 * The lock to compare with: a file that exists, else the lock as it stands in a commit (a branch, a tag, a hash).
 * A commit without that lock gives an empty one: everything is new since then.
 * @param lockFile the lock that belongs to the inventory; its folder must be in the git repository
 * @throws AgainstError where the value is neither; InputError where the lock there cannot be read
 */
export async function lockAgainst(value: string, lockFile: string): Promise<Lock> {
  if (statSync(value, { throwIfNoEntry: false })?.isFile()) {
    return lockOf(readLock(value));
  }
  const folder = dirname(lockFile);
  const commit = await commitOf(value, folder);
  const path = `./${basename(lockFile)}`;
  const entry = await git(folder, 'ls-tree', '--name-only', commit, '--', path);
  if (entry.trim() === '') {
    return EMPTY_LOCK;
  }
  return lockOf(parseLock(await git(folder, 'show', `${commit}:${path}`), `${value}:${lockFile}`));
}

/**
 * The targets that were enabled in a commit, as `router/target`: the lock does not say which ones were not.
 * @param value what `--against` was given
 * @returns undefined where that is a lock's file, or the inventory was not there, or cannot be read as it stood
 */
export async function enabledAgainst(
  value: string,
  { file, env }: { readonly file: string; readonly env?: string },
): Promise<ReadonlySet<string> | undefined> {
  if (statSync(value, { throwIfNoEntry: false })?.isFile()) {
    return undefined;
  }
  const commit = await commitOf(value, dirname(file));
  const folder = mkdtempSync(join(tmpdir(), 'privatelink-router-'));
  try {
    for (const name of [file, ...(env === undefined ? [] : [overlayFile(file, env)])].map((path) => basename(path))) {
      writeFileSync(join(folder, name), await git(dirname(file), 'show', `${commit}:./${name}`));
    }
    const { inventory } = loadInventory({ file: basename(file), cwd: folder, ...(env === undefined ? {} : { env }) });
    const routers = inventory?.routers ?? [];
    return new Set(
      routers.flatMap(({ name, targets }) =>
        targets.filter(({ enabled }) => enabled).map((target) => `${name}/${target.name}`),
      ),
    );
  } catch (error) {
    // The file was not there then: git says so by its exit code.
    if (error instanceof Error && 'code' in error && typeof error.code === 'number') {
      return undefined;
    }
    throw error;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
