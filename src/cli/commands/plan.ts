import { AgainstError, examine, lockAgainst } from '../../app';
import { InputError } from '../../errors';
import { diffLocks } from '../../lock';
import type { Diagnostic, Lock, RoutingPlan } from '../../model';
import { toPublicPlan } from '../../planner';
import { renderPlan } from '../../reports';
import type { RunOptions } from '../options';
import { type Outcome, UsageError } from '../outcome';

/** What is planned where an error keeps the planner from deciding: the document has the same keys then. */
const NOTHING: RoutingPlan = { routers: [] };

/** `plan`: where each target goes and what changes. Writes nothing, asks no network. */
export async function plan(options: RunOptions & { readonly against?: string }): Promise<Outcome> {
  const { file, env, frozen, against } = options;
  const examination = await examine({ file, ...(env === undefined ? {} : { env }), frozen });
  const { plan: decided, lock, lockFile } = examination;
  const base = against === undefined ? { diagnostics: [] } : await baseLock(against, lockFile);
  const diagnostics = [...examination.diagnostics, ...base.diagnostics];
  const changes = base.lock === undefined || lock === undefined ? examination.changes : diffLocks(base.lock, lock);
  return {
    diagnostics,
    document: toPublicPlan(decided ?? NOTHING, changes, diagnostics),
    text: (style) => (decided === undefined ? '' : renderPlan(decided, changes, style)),
  };
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
