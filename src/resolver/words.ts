import type { resolverCodes } from '../errors/resolver-codes';
import { shortList } from '../model';
import type { ResolutionFailure, ServerFailure, ServerFailureKind, UnresolvedHost } from './resolution';

/** A code of this room. */
export type ResolverCode = keyof typeof resolverCodes;

/** A failure in words, to be set into a message after the host. */
export interface Explanation {
  readonly code: ResolverCode;
  /** What came instead of usable addresses, without a full stop. */
  readonly what: string;
  /** What to do, whole sentences. */
  readonly fix: string;
}

/** A name that a server gave, safe to print: whatever is no plain character is written as DNS writes it, `\027`. */
function printable(name: string): string {
  return name.replace(/[^\x21-\x7e]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `\\${String(byte).padStart(3, '0')}`).join(''),
  );
}

/** For each kind of failure its code and what it says; the order is that of what tells most. */
const SERVER_FAILURES: Readonly<
  Record<ServerFailureKind, { readonly code: ResolverCode; readonly said: string; readonly fix: string }>
> = {
  'server-failure': {
    code: 'PLR4008',
    said: 'failed to find the answer (SERVFAIL)',
    fix: 'Try again, or name another server under `resolvers`.',
  },
  refused: {
    code: 'PLR4009',
    said: 'refused the question (REFUSED)',
    fix: 'Allow this machine at the name server, or name another one under `resolvers`.',
  },
  unexpected: {
    code: 'PLR4013',
    said: 'gave an answer that does not belong to a look-up',
    fix: 'Name a recursing name server under `resolvers`.',
  },
  malformed: {
    code: 'PLR4013',
    said: 'gave an answer that is not DNS',
    fix: 'Name a recursing name server under `resolvers`.',
  },
  truncated: {
    code: 'PLR4012',
    said: 'has an answer too long for UDP and did not give it over TCP',
    fix: 'Open TCP to the name server, or name another one under `resolvers`.',
  },
  timeout: {
    code: 'PLR4010',
    said: 'did not answer in time',
    fix: 'Check that this machine reaches the name server over UDP and TCP, or name another one under `resolvers`.',
  },
  unreachable: {
    code: 'PLR4011',
    said: 'cannot be reached',
    fix: 'Correct `resolvers`, or run from a machine that reaches the name server.',
  },
  'not-an-address': {
    code: 'PLR4014',
    said: 'is not an address',
    fix: 'Write addresses under `resolvers`, such as `10.0.0.2` or `[fd00::53]:5353`.',
  },
};

function serverWords({ server, kind, tries, detail }: ServerFailure): string {
  const more = [...(detail === undefined ? [] : [detail]), ...(tries > 1 ? [`asked ${tries} times`] : [])];
  return `name server ${printable(server)} ${SERVER_FAILURES[kind].said}${more.length > 0 ? ` (${more.join(', ')})` : ''}`;
}

/** What each name server did, in one line. */
export function serversWords(servers: readonly ServerFailure[]): string {
  return servers.map(serverWords).join('; ');
}

/** The failure that tells most about what is wrong decides the code and the remedy. */
function unansweredExplanation(servers: readonly ServerFailure[]): Explanation {
  const kinds = Object.keys(SERVER_FAILURES) as ServerFailureKind[];
  const telling = kinds.find((kind) => servers.some((server) => server.kind === kind)) ?? 'timeout';
  const { code, fix } = SERVER_FAILURES[telling];
  return { code, what: serversWords(servers), fix };
}

const NAME_FIX = 'Correct `host`, create the record, or name a server under `resolvers` that knows the private zone.';
const SHORT_NAME_FIX = `Write the full name: the search domains of this machine are not used. ${NAME_FIX}`;

function failureExplanation(failure: ResolutionFailure, { host, answeredBy }: UnresolvedHost): Explanation {
  const at = answeredBy === undefined ? '' : ` (name server ${answeredBy})`;
  switch (failure.kind) {
    case 'name-unknown':
      return {
        code: 'PLR4001',
        what: `${printable(failure.name)} does not exist, NXDOMAIN${at}`,
        fix: host.includes('.') ? NAME_FIX : SHORT_NAME_FIX,
      };
    case 'no-address':
      return {
        code: 'PLR4002',
        what: `${printable(failure.name)} exists but has no address${at}`,
        fix: 'Correct `host`, or add an A record to the name.',
      };
    case 'ipv6-only':
      return {
        code: 'PLR4003',
        what: `only IPv6 addresses, ${shortList(failure.ipv6Addresses)}${at}; an IPv4 address is needed`,
        fix: 'Add an A record to the name, or use a host that has one.',
      };
    case 'alias-loop':
      return {
        code: 'PLR4004',
        what: `its CNAME records lead back to ${printable(failure.name)}${at}`,
        fix: 'Have the CNAME records mended, or use the name at their end as `host`.',
      };
    case 'alias-chain-too-long':
      return {
        code: 'PLR4005',
        what: `more than ${failure.limit} CNAME records in a row${at}; at most ${failure.limit} are followed`,
        fix: 'Use a name nearer to the end of the chain as `host`.',
      };
    case 'refused-addresses': {
      const refused = shortList(failure.refused.map(({ address, range }) => `${address} (${range})`));
      const allowed = 'allowed are 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 and 100.64.0.0/10';
      const split = failure.allowed.length > 0;
      return {
        code: split ? 'PLR4007' : 'PLR4006',
        what: `${refused}${split ? ` beside ${shortList(failure.allowed)}` : ''}${at}; ${allowed}`,
        fix: 'Use a host whose addresses are all private, or name a server under `resolvers` that knows the private zone.',
      };
    }
    case 'unanswered':
      return unansweredExplanation(failure.servers);
    case 'no-name-server':
      return {
        code: 'PLR4014',
        what: 'this machine has no name server and `resolvers` gives none',
        fix: 'Write addresses under `resolvers`, such as `10.0.0.2`.',
      };
  }
}

/** Why a host has no usable addresses, in words, with the aliases that were followed. */
export function explain(resolution: UnresolvedHost): Explanation {
  const { aliases, failure } = resolution;
  const explanation = failureExplanation(failure, resolution);
  if (aliases.length === 0) return explanation;
  const way = shortList(aliases.map(printable));
  return { ...explanation, what: `${explanation.what}; the host is an alias of ${way}` };
}
