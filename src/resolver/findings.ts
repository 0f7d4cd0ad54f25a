import type { Finding, Inventory, Lock, ValuePath } from '../model';
import { sortAddresses } from './addresses';
import { groupBy } from './group';
import { outageFindings, splitOutages } from './outage';
import { type AnsweredQuestion, answered, type HostQuestion, isUnresolved } from './questions';
import type { Resolution, UnresolvedHost } from './resolution';
import { explain, list, type ResolverCode } from './words';

type Unresolved = AnsweredQuestion<UnresolvedHost>;

/** What a look at the resolutions needs to know. */
export interface ResolutionContext {
  /** What was asked, as the planner's `hostsToResolve` gives it. */
  readonly questions: readonly HostQuestion[];
  /** What came of it, from `resolveHosts`. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  readonly inventory: Inventory;
  readonly lock: Lock;
}

/** The place of a host in the inventory. */
export function hostPath(router: string, target: string): ValuePath {
  return ['routers', router, 'targets', target, 'host'];
}

/** `target a` or `targets a, b`. */
export function targetWords(targets: readonly string[]): string {
  return `${targets.length === 1 ? 'target' : 'targets'} ${list(targets)}`;
}

/**
 * The addresses that the lock holds for a target whose host is still the same, sorted; empty where it holds none. A
 * renamed target is found under its old name while the inventory says `renamedFrom`.
 */
export function lockedAddresses(
  { inventory, lock }: Pick<ResolutionContext, 'inventory' | 'lock'>,
  router: string,
  target: string,
  host: string,
): readonly string[] {
  const locked = lock.routers[router]?.targets;
  const before = inventory.routers.find(({ name }) => name === router)?.targets.find(({ name }) => name === target);
  const entry = locked?.[target] ?? (before?.renamedFrom === undefined ? undefined : locked?.[before.renamedFrom]);
  return entry?.host === host ? sortAddresses(entry.addresses ?? []) : [];
}

/** Parts the targets of a question into those that the lock knows addresses for and those it does not. */
function partByLock(
  pair: Unresolved,
  context: ResolutionContext,
): { readonly known: Unresolved[]; readonly unknown: Unresolved[] } {
  const { question, resolution } = pair;
  const isKnown = (target: string): boolean =>
    lockedAddresses(context, question.router, target, question.host).length > 0;
  const groups = groupBy(question.targets, (target) => (isKnown(target) ? 'known' : 'unknown'));
  const part = (name: string): Unresolved[] => {
    const targets = groups.get(name);
    return targets === undefined ? [] : [{ question: { ...question, targets }, resolution }];
  };
  return { known: part('known'), unknown: part('unknown') };
}

function hostFinding(
  { question, resolution }: Unresolved,
  words: {
    readonly code?: ResolverCode;
    readonly severity: Finding['severity'];
    readonly consequence: string;
    readonly wayOut: string;
  },
): Finding[] {
  const { router, host, targets } = question;
  const [first] = targets;
  if (first === undefined) return [];
  const { code, what, fix } = explain(resolution);
  return [
    {
      code: words.code ?? code,
      severity: words.severity,
      message: `${host} of ${targetWords(targets)} was not resolved: ${what}. ${words.consequence}`.trimEnd(),
      path: hostPath(router, first),
      fix: `${fix} ${words.wayOut}`.trimEnd(),
    },
  ];
}

/**
 * What failed resolutions mean for a run that brings the lock up to date: a warning where the lock knows addresses for
 * the unchanged host, which the planner then keeps (PLR4020); an error with the code of its cause where it does not
 * (PLR4001–PLR4014). One host is one finding, however many targets share it; name servers that answered nothing at all
 * are one finding for all their hosts (PLR4015). Pure.
 */
export function resolutionFindings(context: ResolutionContext): Finding[] {
  const unresolved = answered(context.questions, context.resolutions);
  const { outages, others } = splitOutages(unresolved);
  const parts = (pairs: readonly AnsweredQuestion[]) =>
    pairs.filter(isUnresolved).map((pair) => partByLock(pair, context));
  const lost = parts(outages);
  const single = parts(others);
  return [
    ...outageFindings(
      lost.flatMap(({ unknown }) => unknown),
      'error',
      'The lock has no addresses for them.',
    ),
    ...outageFindings(
      lost.flatMap(({ known }) => known),
      'warning',
      "Kept the lock's addresses.",
    ),
    ...single.flatMap(({ known, unknown }) => [
      ...unknown.flatMap((pair) => hostFinding(pair, { severity: 'error', consequence: '', wayOut: '' })),
      ...known.flatMap((pair) =>
        hostFinding(pair, { code: 'PLR4020', severity: 'warning', ...keptWords(pair, context) }),
      ),
    ]),
  ];
}

function keptWords({ question }: Unresolved, context: ResolutionContext): { consequence: string; wayOut: string } {
  const { router, host, targets } = question;
  const addresses = sortAddresses(targets.flatMap((target) => lockedAddresses(context, router, target, host)));
  return {
    consequence: `Kept the lock's addresses ${list(addresses)}.`,
    wayOut: 'Until then these addresses stay; `enabled: false` switches the target off.',
  };
}
