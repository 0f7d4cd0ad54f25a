/** Why a name server gave no answer that counts. `truncated`: too long for UDP, and TCP did not bring it. */
export type ServerFailureKind =
  | 'server-failure'
  | 'refused'
  | 'unexpected'
  | 'malformed'
  | 'truncated'
  | 'timeout'
  | 'unreachable'
  | 'not-an-address';

/** What one name server did instead of answering. */
export interface ServerFailure {
  /** The name server as it was given. */
  readonly server: string;
  readonly kind: ServerFailureKind;
  /** How often it was asked. */
  readonly tries: number;
  /** The operating system's or the message's own words, where there are any. */
  readonly detail?: string;
}

/** An address that is not let through, and what it belongs to, in words: `public`, `loopback`, `instance metadata`. */
export interface RefusedAddress {
  readonly address: string;
  readonly range: string;
}

/** Why a host has no addresses that can be used. */
export type ResolutionFailure =
  /** NXDOMAIN. `name` is the host, or the alias that leads nowhere. */
  | { readonly kind: 'name-unknown'; readonly name: string }
  /** The name exists and has no address at all. */
  | { readonly kind: 'no-address'; readonly name: string }
  | { readonly kind: 'ipv6-only'; readonly name: string; readonly ipv6Addresses: readonly string[] }
  /** `name` was met twice on the way. */
  | { readonly kind: 'alias-loop'; readonly name: string }
  | { readonly kind: 'alias-chain-too-long'; readonly limit: number }
  /** `allowed` is not empty where the answer is split; it is refused whole all the same. */
  | {
      readonly kind: 'refused-addresses';
      readonly refused: readonly RefusedAddress[];
      readonly allowed: readonly string[];
    }
  /** No name server gave an answer; one entry for each, in the order in which they were given. */
  | { readonly kind: 'unanswered'; readonly servers: readonly ServerFailure[] }
  /** `resolvers` is empty and the machine has no name server either. */
  | { readonly kind: 'no-name-server' };

interface Asked {
  readonly host: string;
  /** The name servers as they were given; empty: the machine's own. */
  readonly servers: readonly string[];
  /** The CNAME chain: each name that the host led to, in that order; empty where the host has its addresses itself. */
  readonly aliases: readonly string[];
  /** The name server whose answer counted, where one did. */
  readonly answeredBy?: string;
}

/** A host whose answer can be used. */
export interface ResolvedHost extends Asked {
  readonly resolved: true;
  /** IPv4, private only, unique, sorted by number, never empty. */
  readonly addresses: readonly string[];
}

/** A host without usable addresses. */
export interface UnresolvedHost extends Asked {
  readonly resolved: false;
  readonly failure: ResolutionFailure;
}

/** What came of asking for one host. Never thrown: all failures of a run are reported together. */
export type Resolution = ResolvedHost | UnresolvedHost;

/** A host to be resolved. */
export interface HostQuery {
  /** A DNS name; upper case, a trailing dot and an IDN are understood. */
  readonly host: string;
  /** Name servers to choose from, each an IPv4 or IPv6 address with an optional port; empty: the machine's own. */
  readonly servers: readonly string[];
}

/**
 * The key of a host's resolution. The name servers are part of it, since two of them may know the same name differently
 * (split horizon); without any it is the host itself.
 */
export function resolutionKey(query: HostQuery): string {
  return query.servers.length === 0 ? query.host : `${query.host} ${query.servers.join(' ')}`;
}
