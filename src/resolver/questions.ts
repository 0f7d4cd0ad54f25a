import { groupBy } from '../model';
import { type HostQuery, type Resolution, type ResolvedHost, resolutionKey, type UnresolvedHost } from './resolution';

/** A host that a router needs, and for which of its targets. */
export interface HostQuestion {
  readonly router: string;
  readonly host: string;
  /** Names of the targets, in the order of the file; at least one. */
  readonly targets: readonly string[];
  /** Name servers; empty: the machine's own. */
  readonly resolvers: readonly string[];
  /** The other hosts of these targets, sorted; absent: they have this one alone. */
  readonly beside?: readonly string[];
}

/** A host that a router needs, with what came of asking. */
export interface AnsweredQuestion<R extends Resolution = Resolution, Q extends HostQuestion = HostQuestion> {
  readonly question: Q;
  readonly resolution: R;
}

/** The question as `resolveHosts` takes it. */
export function hostQuery(question: HostQuestion): HostQuery {
  return { host: question.host, servers: question.resolvers };
}

/** Puts questions and resolutions together. A question that was never asked is a mistake of the program. */
export function answered<Q extends HostQuestion>(
  questions: readonly Q[],
  resolutions: ReadonlyMap<string, Resolution>,
): readonly AnsweredQuestion<Resolution, Q>[] {
  return questions.map((question) => {
    const resolution = resolutions.get(resolutionKey(hostQuery(question)));
    if (resolution === undefined) throw new Error(`${question.host} of ${question.router} was not asked for`);
    return { question, resolution };
  });
}

export function isResolved<Q extends HostQuestion>(
  pair: AnsweredQuestion<Resolution, Q>,
): pair is AnsweredQuestion<ResolvedHost, Q> {
  return pair.resolution.resolved;
}

export function isUnresolved<Q extends HostQuestion>(
  pair: AnsweredQuestion<Resolution, Q>,
): pair is AnsweredQuestion<UnresolvedHost, Q> {
  return !pair.resolution.resolved;
}

/**
 * The addresses that the planner takes, without failures. The key is the host. Where routers ask different name servers
 * for one host and do not get the same addresses, it is `<router>/<host>` instead, so that none gets another's.
 */
export function resolvedAddresses(
  questions: readonly HostQuestion[],
  resolutions: ReadonlyMap<string, Resolution>,
): ReadonlyMap<string, readonly string[]> {
  const byHost = groupBy(answered(questions, resolutions), ({ question }) => question.host);
  const addresses = new Map<string, readonly string[]>();
  for (const [host, pairs] of byHost) {
    const answers = new Set(pairs.map((pair) => (isResolved(pair) ? pair.resolution.addresses.join() : '')));
    for (const { question, resolution } of pairs.filter(isResolved)) {
      addresses.set(answers.size === 1 ? host : `${question.router}/${host}`, resolution.addresses);
    }
  }
  return addresses;
}
