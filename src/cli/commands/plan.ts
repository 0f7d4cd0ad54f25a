import { AgainstError, type Examination, enabledAgainst, examine, lockAgainst } from '../../app';
import { InputError } from '../../errors';
import { diffLocks } from '../../lock';
import { type Diagnostic, type Lock, type PlanChange, type RoutingPlan, suggestion } from '../../model';
import { toPublicPlan } from '../../planner';
import { type DisabledTarget, renderPlan, renderPlanMarkdown } from '../../reports';
import type { RunOptions } from '../options';
import { type Outcome, UsageError } from '../outcome';

export interface PlanOptions extends RunOptions {
  /** A lock's file, or a commit. @default the lock as it stands */
  readonly against?: string;
  /** The router that alone is shown. @default all of them */
  readonly router?: string;
}

/** What is planned where an error keeps the planner from deciding: the document has the same keys then. */
const NOTHING: RoutingPlan = { routers: [] };

/** `plan`: where each target goes and what changes. Writes nothing, asks no network. */
export async function plan(options: PlanOptions): Promise<Outcome> {
  const { file, env, frozen, against, router } = options;
  const examination = await examine({ file, ...(env === undefined ? {} : { env }), frozen });
  const base =
    against === undefined
      ? { lock: examination.previousLock, diagnostics: [] }
      : await baseLock(against, examination.lockFile);
  const diagnostics = [...examination.diagnostics, ...base.diagnostics];
  const { decided, before, after, changes } = shown(examination, base.lock, router);
  const disabled =
    against === undefined || decided === undefined || base.lock === undefined
      ? []
      : newlyDisabled(decided, await enabledAgainst(against, options));
  const comparison = before === undefined || after === undefined ? undefined : { before, after, changes, disabled };
  return {
    diagnostics,
    document: toPublicPlan(decided ?? NOTHING, changes, diagnostics),
    text: (style) =>
      decided === undefined ? '' : renderPlan(decided, changes, style, against === undefined ? undefined : comparison),
    markdown: () =>
      renderPlanMarkdown({
        diagnostics,
        ...(decided === undefined ? {} : { plan: decided }),
        ...(comparison === undefined ? {} : { comparison }),
        ...(against === undefined ? {} : { against }),
        ...(env === undefined ? {} : { env }),
        ...(router === undefined ? {} : { router }),
      }),
  };
}

/** Targets of a plan that keep their port and are served no more. */
function newlyDisabled({ routers }: RoutingPlan, enabled: ReadonlySet<string> | undefined): readonly DisabledTarget[] {
  return routers.flatMap(({ name, shards }) =>
    shards
      .flatMap(({ reserved }) => reserved)
      .filter(({ target }) => enabled?.has(`${name}/${target}`) === true)
      .map(({ target, listenerPort }) => ({ router: name, target, listenerPort })),
  );
}

interface Shown {
  readonly decided: RoutingPlan | undefined;
  readonly before: Lock | undefined;
  readonly after: Lock | undefined;
  readonly changes: readonly PlanChange[];
}

/** What there is to show, of one router or of all. @throws UsageError where neither lock knows the router */
function shown(examination: Examination, before: Lock | undefined, router: string | undefined): Shown {
  const { plan: decided, lock: after } = examination;
  const changes = before === undefined || after === undefined ? examination.changes : diffLocks(before, after);
  if (router === undefined) {
    return { decided, before, after, changes };
  }
  if (
    after !== undefined &&
    ![before, after].some((lock) => lock !== undefined && Object.hasOwn(lock.routers, router))
  ) {
    const known = [...new Set([before, after].flatMap((lock) => Object.keys(lock?.routers ?? {})))].sort();
    throw new UsageError(`--router ${router}: there is no such router${candidates(router, known)}`);
  }
  return {
    decided: decided === undefined ? undefined : { routers: decided.routers.filter(({ name }) => name === router) },
    before: only(before, router),
    after: only(after, router),
    changes: changes.filter((change) => change.router === router),
  };
}

function candidates(router: string, known: readonly string[]): string {
  return known.length === 0 ? '' : `; the routers here are ${known.join(', ')}.${suggestion(router, known)}`;
}

function only(lock: Lock | undefined, router: string): Lock | undefined {
  if (lock === undefined) {
    return undefined;
  }
  const entries = Object.entries(lock.routers).filter(([name]) => name === router);
  return { ...lock, routers: Object.fromEntries(entries) };
}

/** The lock to compare with, or what is wrong with it. */
async function baseLock(
  against: string,
  lockFile: string,
): Promise<{ readonly lock?: Lock; readonly diagnostics: readonly Diagnostic[] }> {
  try {
    return { lock: await lockAgainst(against, lockFile), diagnostics: [] };
  } catch (error) {
    if (error instanceof InputError) {
      return { diagnostics: error.diagnostics };
    }
    throw error instanceof AgainstError ? new UsageError(error.message) : error;
  }
}
