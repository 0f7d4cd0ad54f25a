import { AgainstError, examine, lockAgainst } from '../../app';
import { diffLocks } from '../../lock';
import type { RoutingPlan } from '../../model';
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
  const { plan: decided, lock, diagnostics } = examination;
  const base = against === undefined ? undefined : await baseLock(against, examination.lockFile);
  const changes = base === undefined || lock === undefined ? examination.changes : diffLocks(base, lock);
  return {
    diagnostics,
    document: toPublicPlan(decided ?? NOTHING, changes, diagnostics),
    text: (style) => (decided === undefined ? '' : renderPlan(decided, changes, style)),
  };
}

async function baseLock(against: string, lockFile: string): ReturnType<typeof lockAgainst> {
  try {
    return await lockAgainst(against, lockFile);
  } catch (error) {
    throw error instanceof AgainstError ? new UsageError(error.message) : error;
  }
}
