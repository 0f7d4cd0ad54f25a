import { AgainstError, type Base, baseAgainst, type Examination, examine } from '../../app';
import { compareDeployments } from '../../changes';
import { InputError } from '../../errors';
import { type Compared, type Diagnostic, defined, type PlanChange, type RoutingPlan, suggestion } from '../../model';
import { toPublicPlan } from '../../planner';
import { renderPlan, renderPlanMarkdown } from '../../reports';
import type { RunOptions } from '../options';
import { type Outcome, UsageError } from '../outcome';
import { version } from '../version';

export interface PlanOptions extends RunOptions {
  /** A lock's file, or a commit. @default the lock beside the inventory */
  readonly against?: string;
  /** The router that alone is shown. @default all of them */
  readonly router?: string;
}

/** What is planned where an error keeps the planner from deciding: the document has the same keys then. */
const NOTHING: RoutingPlan = { routers: [] };

/** `plan`: where each target goes and what changes. Writes nothing, asks no network. */
export async function plan(options: PlanOptions): Promise<Outcome> {
  const { file, env, frozen, against, router } = options;
  const examination = await examine({ file, ...defined({ env }), frozen });
  const base = await baseOf(examination, options);
  const { compared, changes: all } = comparison(base, examination);
  const { decided, changes } = shown(examination, base, all, router);
  const diagnostics = [...examination.diagnostics, ...base.diagnostics].filter((one) => concerns(one, router));
  return {
    diagnostics,
    document: toPublicPlan(decided ?? NOTHING, { changes, compared, diagnostics }),
    text: (style) => (decided === undefined ? '' : renderPlan(decided, changes, style, compared)),
    markdown: () =>
      renderPlanMarkdown({
        diagnostics,
        changes,
        compared,
        ...defined({ plan: decided, against, env, router }),
      }),
  };
}

/** What is compared with: the lock beside the inventory, or what `--against` names. */
async function baseOf({ previousLock }: Examination, { file, env, against }: PlanOptions): Promise<Base> {
  if (against === undefined) {
    return { ...(previousLock === undefined ? {} : { deployment: { lock: previousLock } }), diagnostics: [] };
  }
  try {
    return await baseAgainst(against, { file, ...defined({ env }), version: version() });
  } catch (error) {
    if (error instanceof InputError) return { diagnostics: error.diagnostics };
    throw error instanceof AgainstError ? new UsageError(error.message) : error;
  }
}

function comparison(
  { deployment }: Base,
  { plan: decided, lock }: Examination,
): { readonly compared: Compared; readonly changes: readonly PlanChange[] } {
  if (deployment === undefined || decided === undefined || lock === undefined)
    return { compared: 'nothing', changes: [] };
  const changes = compareDeployments(deployment, { plan: decided, lock });
  return { compared: deployment.plan === undefined ? 'locks' : 'plans', changes };
}

/** What there is to show, of one router or of all. @throws UsageError where neither side knows the router */
function shown(
  { plan: decided, lock }: Examination,
  { deployment }: Base,
  changes: readonly PlanChange[],
  router: string | undefined,
): { readonly decided: RoutingPlan | undefined; readonly changes: readonly PlanChange[] } {
  if (router === undefined) return { decided, changes };
  const known = [...new Set([lock, deployment?.lock].flatMap((one) => Object.keys(one?.routers ?? {})))].sort();
  if (lock !== undefined && !known.includes(router)) {
    throw new UsageError(`--router ${router}: there is no such router${candidates(router, known)}`);
  }
  return {
    decided: decided === undefined ? undefined : { routers: decided.routers.filter(({ name }) => name === router) },
    changes: changes.filter((change) => change.router === router),
  };
}

function candidates(router: string, known: readonly string[]): string {
  return known.length === 0 ? '' : `; the routers here are ${known.join(', ')}.${suggestion(router, known)}`;
}

/** Of another router only its errors concern the one that is shown: they keep it from being planned. */
function concerns({ severity, path }: Diagnostic, router: string | undefined): boolean {
  if (router === undefined || severity === 'error') return true;
  const [top, name] = path.split('.');
  return top !== 'routers' || name === undefined || name === router;
}
