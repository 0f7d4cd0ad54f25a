import { type Finding, groupBy, type Severity, shortList } from '../model';
import type { AnsweredQuestion } from './questions';
import type { ServerFailureKind, UnresolvedHost } from './resolution';
import { serversWords } from './words';

const SILENT: ReadonlySet<ServerFailureKind> = new Set(['timeout', 'unreachable', 'not-an-address']);

const OWN_SERVERS_FIX =
  'Run from a machine that reaches its name servers; for `dns: synth` others can be named under `resolvers`.';

function gotNoReply(resolution: AnsweredQuestion['resolution']): resolution is UnresolvedHost {
  if (resolution.resolved) return false;
  const { failure } = resolution;
  if (failure.kind === 'no-name-server') return true;
  return failure.kind === 'unanswered' && failure.servers.every(({ kind }) => SILENT.has(kind));
}

function serversKey(pair: AnsweredQuestion): string {
  return pair.resolution.servers.join(' ');
}

/**
 * Splits off the questions whose name servers answered nothing at all, for two hosts or more: that is one mistake, in
 * `resolvers` or the network, and not one in every host.
 */
export function splitOutages<P extends AnsweredQuestion>(
  pairs: readonly P[],
): { readonly outages: readonly P[]; readonly others: readonly P[] } {
  const dead = new Set<string>();
  for (const [servers, asked] of groupBy(pairs, serversKey)) {
    const hosts = new Set(asked.map(({ question }) => question.host));
    if (hosts.size > 1 && asked.every(({ resolution }) => gotNoReply(resolution))) dead.add(servers);
  }
  const isDead = (pair: P): boolean => dead.has(serversKey(pair));
  return { outages: pairs.filter(isDead), others: pairs.filter((pair) => !isDead(pair)) };
}

/**
 * One finding for each router and set of name servers that answered nothing, placed at `resolvers`.
 * @param consequence What follows for the hosts: the end of the sentence.
 */
export function outageFindings(
  outages: readonly AnsweredQuestion[],
  severity: Severity,
  consequence: string,
): Finding[] {
  const groups = groupBy(outages, (pair) => JSON.stringify([pair.question.router, pair.resolution.servers]));
  return [...groups.values()].flatMap((pairs) => {
    const first = pairs.find(({ resolution }) => gotNoReply(resolution));
    if (first === undefined || first.resolution.resolved) return [];
    const { failure, servers } = first.resolution;
    const said = failure.kind === 'unanswered' ? serversWords(failure.servers) : 'this machine has no name server';
    const whose = servers.length === 0 ? "the machine's own name servers" : '`resolvers`';
    const hosts = shortList(pairs.map(({ question }) => question.host));
    return [
      {
        code: 'PLR4015',
        severity,
        message: `${whose} answered no question for ${hosts}: ${said}; ${consequence}`,
        path: ['routers', first.question.router, 'resolvers'],
        fix: servers.length === 0 ? OWN_SERVERS_FIX : 'Correct `resolvers`, or run from a machine that reaches them.',
      },
    ];
  });
}
