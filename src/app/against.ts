import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, extname, join } from 'node:path';
import type { Deployment } from '../changes';
import { InputError } from '../errors';
import { loadInventory, overlayFile } from '../inventory';
import { EMPTY_LOCK, parseLock, readLock } from '../lock';
import { type Diagnostic, decodeText, type Finding, type Lock, lockPath } from '../model';
import { planRouting } from '../planner';
import { fileWarning } from './diagnostics';
import { type Past, pastOf } from './git';
import { PIN_FILES, pinnedVersion } from './package-pin';

export { AgainstError } from './git';

/** What a plan is compared with, and what there is to say of it. */
export interface Base {
  /** Without a plan only the locks are compared. Undefined where not even the lock can be read. */
  readonly deployment?: Deployment;
  readonly diagnostics: readonly Diagnostic[];
}

/** Which inventory is meant, as the command line names it, and which version of this package is running. */
export interface AgainstOptions {
  readonly file: string;
  readonly env?: string;
  readonly version: string;
}

function isFile(value: string): boolean {
  return statSync(value, { throwIfNoEntry: false })?.isFile() === true;
}

/**
 * What `--against` names: a lock's file, or a commit, of which inventory, overlays and lock are read as they were and
 * planned anew, also where today's checks refuse them. A commit without that inventory had nothing.
 * @throws AgainstError where the value is neither; InputError where a lock's file cannot be read
 */
export async function baseAgainst(value: string, options: AgainstOptions): Promise<Base> {
  if (isFile(value)) {
    const { lock, diagnostics } = readLock(value);
    if (lock === undefined) throw new InputError(diagnostics);
    return { deployment: { lock }, diagnostics: [] };
  }
  const past = await pastOf(value, dirname(options.file), '--against', PIN_FILES);
  const scratch = mkdtempSync(join(tmpdir(), 'privatelink-router-'));
  try {
    for (const path of past.files.filter((one) => belongs(one, past, options.file))) {
      writeFileSync(join(scratch, basename(path)), await past.read(path));
    }
    return await withPin(planned(scratch, value, options), past, value, options.version);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Inventory, overlays and locks have one beginning and one folder. */
function belongs(path: string, { folder }: Past, file: string): boolean {
  return path.startsWith(`${folder}${basename(file, extname(file))}.`);
}

/** Where another version of this package was pinned, what it emitted may have differed without a word in the inventory. */
async function withPin(base: Base, past: Past, value: string, running: string): Promise<Base> {
  const pin = await pinnedVersion(past);
  if (pin === undefined || pin.version === running) return base;
  const message = `at ${value} this file pins version ${pin.version} of privatelink-router, and this run is of ${running}; their Terraform may differ where nothing here does`;
  const fix = 'Read the plan of Terraform itself, and the changelog between the two versions.';
  return { ...base, diagnostics: [...base.diagnostics, fileWarning('PLR9021', pin.file, message, fix)] };
}

/** The files of a commit, planned as far as they can be. */
function planned(scratch: string, value: string, { file, env }: AgainstOptions): Base {
  const name = basename(file);
  const environment = env === undefined ? {} : { env };
  const label = lockPath(file, env);
  const { lock, diagnostics } = readLock(join(scratch, lockPath(name, env)));
  if (lock === undefined) {
    const [first] = diagnostics;
    const message = `the lock at ${value} cannot be read (${first?.code}: ${first?.message}), so nothing is compared with it`;
    const fix = 'Compare with a commit whose lock can be read, or read the plan of Terraform itself.';
    return { diagnostics: [fileWarning('PLR9022', label, message, fix)] };
  }
  const had = [name, ...(env === undefined ? [] : [overlayFile(name, env)])].map((one) => join(scratch, one));
  if (!had.every(isFile)) return { deployment: { lock, plan: { routers: [] } }, diagnostics: [] };
  const loaded = loadInventory({ file: name, cwd: scratch, withBroken: true, ...environment });
  const { inventory, brokenRouters } = loaded;
  if (inventory === undefined) {
    return {
      deployment: { lock },
      diagnostics: [refused(value, file, loaded.diagnostics, 'the locks alone are compared')],
    };
  }
  const { plan, lock: locked, findings } = planRouting({ inventory, lock, brokenRouters });
  const wrong = [...loaded.diagnostics, ...findings].filter(({ severity }) => severity === 'error');
  const words = 'what could be read of it is compared';
  // With an error anywhere the new lock lacks what could not be read; without, it is what an apply of that commit went by.
  const deployment = { lock: wrong.length > 0 ? lock : locked, plan };
  return { deployment, diagnostics: wrong.length === 0 ? [] : [refused(value, file, wrong, words)] };
}

/** Today's checks refuse what was there: not the fault of the present inventory, but what is compared is not whole. */
function refused(
  value: string,
  file: string,
  wrong: readonly Pick<Finding, 'code'>[],
  consequence: string,
): Diagnostic {
  const [first] = wrong;
  const more = wrong.length > 1 ? ` and ${wrong.length - 1} more` : '';
  const message = `today's checks refuse the inventory at ${value} (${first?.code}${more}): ${consequence}, and what was wrong there may be told as added`;
  return fileWarning('PLR9023', file, message, 'Read the plan of Terraform itself beside this one.');
}

function lockOf(read: { readonly lock?: Lock; readonly diagnostics: readonly Diagnostic[] }): Lock {
  if (read.lock === undefined) {
    throw new InputError(read.diagnostics);
  }
  return read.lock;
}

/**
 * The lock that a value names: a file that exists, else the lock as it stands in a commit (a branch, a tag, a hash). A
 * commit without that lock gives an empty one: everything is new since then.
 * @param lockFile the lock that belongs to the inventory; its folder must be in the git repository
 * @param option the option whose value it is, for the message
 * @throws AgainstError where the value is neither; InputError where the lock there cannot be read
 */
export async function lockAgainst(value: string, lockFile: string, option = '--against'): Promise<Lock> {
  if (isFile(value)) return lockOf(readLock(value));
  const past = await pastOf(value, dirname(lockFile), option);
  const path = `${past.folder}${basename(lockFile)}`;
  if (!past.files.includes(path)) return EMPTY_LOCK;
  return lockOf(parseLock(decodeText(await past.read(path)) ?? '', `${value}:${lockFile}`));
}
