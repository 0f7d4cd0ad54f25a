import { type Finding, hostsOf, type Lock, shortList, sortAddresses, type ValuePath } from '../model';
import { outageFindings, splitOutages } from './outage';
import { type AnsweredQuestion, answered, type HostQuestion, isUnresolved } from './questions';
import type { Resolution, UnresolvedHost } from './resolution';
import { explain, type ResolverCode } from './words';

type Unresolved = AnsweredQuestion<UnresolvedHost>;

/** What a look at the resolutions needs to know. */
export interface ResolutionContext {
  /** What was asked, as the planner's `hostsToResolve` gives it. */
  readonly questions: readonly HostQuestion[];
  /** What came of it, from `resolveHosts`. */
  readonly resolutions: ReadonlyMap<string, Resolution>;
  /** The lock as it was before this run. */
  readonly lock: Lock;
}

/** The place of a host in the inventory. */
export function hostPath({ router, targets, beside }: HostQuestion): ValuePath {
  return ['routers', router, 'targets', targets[0] ?? '', beside === undefined ? 'host' : 'hosts'];
}

/** `target a` or `targets a, b`. */
export function targetWords(targets: readonly string[]): string {
  return `${targets.length === 1 ? 'target' : 'targets'} ${shortList(targets)}`;
}

/**
 * The addresses that the lock holds for a host of a router, as the planner falls back on them: sorted; empty for none.
 * Of several hosts it holds those of all together.
 */
export function lockedAddresses(lock: Lock, { router, host, beside = [] }: HostQuestion): readonly string[] {
  const hosts = [host, ...beside].sort().join(' ');
  const targets = Object.values(lock.routers[router]?.targets ?? {});
  return sortAddresses(
    targets.flatMap((target) => ([...hostsOf(target)].sort().join(' ') === hosts ? (target.addresses ?? []) : [])),
  );
}

function joined(separator: string, start: string, end: string | undefined): string {
  return end === undefined ? start : `${start}${separator}${end}`;
}

function hostFinding(
  { question, resolution }: Unresolved,
  words: {
    readonly code?: ResolverCode;
    readonly severity: Finding['severity'];
    /** The end of the message. */
    readonly consequence?: string;
    /** The end of the fix. */
    readonly wayOut?: string;
  },
): Finding[] {
  const { host, targets } = question;
  if (targets.length === 0) return [];
  const { code, what, fix } = explain(resolution);
  return [
    {
      code: words.code ?? code,
      severity: words.severity,
      message: joined('; ', `${host} of ${targetWords(targets)} was not resolved: ${what}`, words.consequence),
      path: hostPath(question),
      fix: joined(' ', fix, words.wayOut),
    },
  ];
}

/**
 * What failed resolutions mean for a run that brings the lock up to date: a warning where the lock knows addresses for
 * the unchanged host, which the planner then keeps (PLR4020); an error with the code of its cause where it does not
 * (PLR4001–PLR4014). One host is one finding, however many targets share it; name servers that answered nothing at all
 * are one finding for all their hosts (PLR4015). Pure.
 */
export function resolutionFindings({ questions, resolutions, lock }: ResolutionContext): Finding[] {
  const { outages, others } = splitOutages(answered(questions, resolutions));
  const isKnown = ({ question }: AnsweredQuestion): boolean => lockedAddresses(lock, question).length > 0;
  const isUnknown = (pair: AnsweredQuestion): boolean => !isKnown(pair);
  return [
    ...outageFindings(outages.filter(isUnknown), 'error', 'the lock has no addresses for them'),
    ...outageFindings(outages.filter(isKnown), 'warning', "kept the lock's addresses"),
    ...others.filter(isUnresolved).flatMap((pair) => {
      if (isUnknown(pair)) return hostFinding(pair, { severity: 'error' });
      const kept = shortList(lockedAddresses(lock, pair.question));
      return hostFinding(pair, {
        code: 'PLR4020',
        severity: 'warning',
        consequence: `kept the lock's addresses ${kept}`,
        wayOut: '`enabled: false` switches the target off until then.',
      });
    }),
  ];
}
