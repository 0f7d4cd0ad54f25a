import { InputError } from '../errors';
import { type LoadedInventory, loadInventory, withPlaces } from '../inventory';
import { diffLocks, readLock, serializeLock, writeLock } from '../lock';
import {
  type Diagnostic,
  defined,
  type Finding,
  hasErrors,
  type Inventory,
  type Lock,
  type LockChange,
  lockPath,
  type RoutingPlan,
} from '../model';
import { type LockEdit, planRouting } from '../planner';
import { sorted } from './diagnostics';
import { frozenError } from './frozen';
import { readMerging } from './merge';
import { lookAtHosts, type OnProgress, resolveForLock, type SeenHost } from './resolve';

/** What is to be planned, and what the run may do. */
export interface PrepareOptions {
  /** The inventory's path, relative to where the process runs, or absolute. */
  readonly file: string;
  /** The environment whose overlay and lock are meant. @default none */
  readonly env?: string;
  /** A lock that would change is an error (PLR9001). @default false */
  readonly frozen?: boolean;
  /** Write the lock where it changes and nothing is an error. @default false */
  readonly write?: boolean;
  /** Ask name servers for the hosts of `dns: synth` that the lock does not know; never done in a frozen run. @default false */
  readonly resolve?: boolean;
  /** With `resolve`: ask for all of them again. @default false */
  readonly refresh?: boolean;
  /** Look every host up as seen from here, for the report of `hosts`; only warnings come of it. @default false */
  readonly lookAtHosts?: boolean;
  /** Told how many of the names are resolved. @default nobody is told */
  readonly onProgress?: OnProgress;
  /** Also say what is wrong only beside the other environments of the inventory. @default false */
  readonly besideOthers?: boolean;
  /** A commit or a lock's file: the lock is settled against it, with or without merge conflicts; no `edit` then. @default none */
  readonly base?: string;
  /** A change to the lock that the user asks for, made before planning: a released port, a moved target. @default none */
  readonly edit?: (lock: Lock, inventory: Inventory) => LockEdit;
}

/** What is known after a look at everything, whether or not something is wrong. */
export interface Examination {
  /** Undefined where an error keeps the planner from deciding. */
  readonly plan?: RoutingPlan;
  /** The lock as it should be; undefined together with `plan`. */
  readonly lock?: Lock;
  /** The lock as it was found, or with `base` that one's; undefined where it could not be read. */
  readonly previousLock?: Lock;
  /** The lock's file, beside the inventory. */
  readonly lockFile: string;
  /** What `lock` changes against `previousLock`. */
  readonly changes: readonly LockChange[];
  /** Every finding, sorted by file, line and column. */
  readonly diagnostics: readonly Diagnostic[];
  /** With `lookAtHosts`: what each host resolves to. */
  readonly hosts: readonly SeenHost[];
  /** True where `lock` is not, byte for byte, what the file has. */
  readonly changed: boolean;
  /** True where this run wrote the lock. */
  readonly written: boolean;
}

/** A plan that is free of errors; `diagnostics` are warnings. */
export interface Preparation extends Examination {
  readonly plan: RoutingPlan;
  readonly lock: Lock;
  readonly previousLock: Lock;
}

/** Of a target that has no addresses yet; where its name has just been asked for, the resolver says why. */
const WITHOUT_ADDRESSES = 'PLR2601';

/** Plans what can be planned: routers with errors of their own, and their entries in the lock, are left alone. */
async function decide(
  options: PrepareOptions,
  loaded: LoadedInventory & { readonly inventory: Inventory },
  before: Lock,
): Promise<{ readonly plan: RoutingPlan; readonly lock: Lock; readonly findings: readonly Finding[] }> {
  const { inventory, brokenRouters } = loaded;
  const edited = options.edit?.(before, inventory) ?? { lock: before, findings: [] };
  const start = 'lock' in edited ? edited.lock : before;
  const mayResolve = options.resolve === true && options.frozen !== true && !hasErrors(edited.findings);
  const resolved = mayResolve
    ? await resolveForLock(inventory, start, { refresh: options.refresh ?? false, onProgress: options.onProgress })
    : { resolutions: new Map<string, readonly string[]>(), findings: [] };
  const planned = planRouting({ inventory, lock: start, brokenRouters, resolutions: resolved.resolutions });
  const told = 'lock' in edited && !hasErrors(planned.findings) ? (edited.told?.(planned.lock) ?? []) : [];
  const asked = mayResolve || options.lookAtHosts === true;
  const tellsMore = ({ code }: Finding): boolean => !asked || code !== WITHOUT_ADDRESSES;
  return {
    plan: planned.plan,
    lock: planned.lock,
    findings: [...edited.findings, ...resolved.findings, ...planned.findings.filter(tellsMore), ...told],
  };
}

/**
 * Looks at inventory, lock and limits and says everything that there is to say, without throwing for a user's mistake.
 * The lock is written only where `write` is set, the lock changes, and nothing is an error.
 */
export async function examine(options: PrepareOptions): Promise<Examination> {
  const { file, env } = options;
  const loaded = loadInventory({
    file,
    ...defined({ env }),
    besideOthers: options.besideOthers ?? false,
  });
  const lockFile = lockPath(file, env);
  const merging = options.base === undefined ? undefined : await readMerging(lockFile, options.base);
  const { lock: previousLock, diagnostics: lockDiagnostics } = merging ?? readLock(lockFile);
  const { inventory } = loaded;
  const nothing = { lockFile, changes: [], hosts: [], changed: false, written: false };
  const readDiagnostics = [...loaded.diagnostics, ...lockDiagnostics];
  if (inventory === undefined || previousLock === undefined) {
    return { ...nothing, diagnostics: sorted(readDiagnostics) };
  }
  const edit = merging === undefined ? {} : { edit: merging.edit };
  const planned = await decide({ ...options, ...edit }, { ...loaded, inventory }, previousLock);
  const seen =
    options.lookAtHosts === true
      ? await lookAtHosts(inventory, previousLock, options.onProgress)
      : { hosts: [], findings: [] };
  const found = [...readDiagnostics, ...withPlaces([...planned.findings, ...seen.findings], loaded.locate)];
  if (hasErrors(found)) {
    return { ...nothing, previousLock, hosts: seen.hosts, diagnostics: sorted(found) };
  }
  const changes = diffLocks(previousLock, planned.lock);
  const changed = (merging?.text ?? serializeLock(previousLock)) !== serializeLock(planned.lock);
  const stale = changed && options.frozen === true ? [frozenError(options, lockFile, changes)] : [];
  const written = changed && options.write === true && stale.length === 0;
  if (written) {
    writeLock(lockFile, planned.lock);
  }
  const diagnostics = sorted([...found, ...stale]);
  const { plan, lock } = planned;
  return { plan, lock, previousLock, lockFile, changes, hosts: seen.hosts, changed, written, diagnostics };
}

/**
 * The whole way from an inventory to a plan that is free of errors: the command line and `cdktf synth` both take it.
 * @throws InputError with every finding where one of them is an error; nothing is written then
 */
export async function preparePlan(options: PrepareOptions): Promise<Preparation> {
  const examination = await examine(options);
  const { plan, lock, previousLock, diagnostics } = examination;
  if (plan === undefined || lock === undefined || previousLock === undefined || hasErrors(diagnostics)) {
    throw new InputError(diagnostics);
  }
  return { ...examination, plan, lock, previousLock };
}
