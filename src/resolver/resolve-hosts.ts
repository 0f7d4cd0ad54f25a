import { type HostQuery, type Resolution, resolutionKey } from './resolution';
import { resolveHost } from './resolve-host';
import { ServerPool } from './server-pool';

/** How far a run has come. */
export interface ResolveProgress {
  readonly done: number;
  readonly total: number;
  /** Of those done, the ones without usable addresses. */
  readonly failed: number;
}

/** How names are asked for. Every number is a whole one, at least 1; anything else is a RangeError. */
export interface ResolveOptions {
  /** Milliseconds that one question to one server may take, over UDP and over TCP each. @default 2000 */
  readonly timeoutMs?: number;
  /** How often the servers are gone through before a name counts as unanswered. @default 3 */
  readonly attempts?: number;
  /**
   * Questions that are under way at once. A VPC's own resolver drops what goes beyond 1,024 packets per second and
   * network interface (https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html), so more is not better.
   * @default 32
   */
  readonly concurrency?: number;
  /** Called after each name. */
  readonly onProgress?: (progress: ResolveProgress) => void;
}

/** Questions that are under way at once unless the options say otherwise. */
export const DEFAULT_CONCURRENCY = 32;
const DEFAULT_TIMEOUT_MS = 2000;
const DEFAULT_ATTEMPTS = 3;

function wholeNumber(name: string, value: number): number {
  if (!Number.isSafeInteger(value) || value < 1)
    throw new RangeError(`${name} is ${value}, a whole number from 1 is needed`);
  return value;
}

function unique(queries: readonly HostQuery[]): readonly HostQuery[] {
  return [...new Map(queries.map((query) => [resolutionKey(query), query])).values()];
}

/**
 * Resolves hosts, each once for each set of name servers. Failures are results, so that all of them are reported together;
 * nothing but a wrong option is thrown. The result is in the order of the queries, by `resolutionKey`.
 */
export async function resolveHosts(
  queries: readonly HostQuery[],
  options: ResolveOptions = {},
): Promise<ReadonlyMap<string, Resolution>> {
  const retries = {
    timeoutMs: wholeNumber('timeoutMs', options.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    attempts: wholeNumber('attempts', options.attempts ?? DEFAULT_ATTEMPTS),
  };
  const concurrency = wholeNumber('concurrency', options.concurrency ?? DEFAULT_CONCURRENCY);
  const waiting = unique(queries);
  const pools = new Map<string, ServerPool>();
  const poolOf = (servers: readonly string[]): ServerPool => {
    const key = servers.join(' ');
    const pool = pools.get(key) ?? new ServerPool(servers, retries);
    pools.set(key, pool);
    return pool;
  };

  const results = new Map<HostQuery, Resolution>();
  let failed = 0;
  const remaining = waiting.values();
  const work = async (): Promise<void> => {
    for (const query of remaining) {
      const resolution = await resolveWith(query, poolOf(query.servers));
      results.set(query, resolution);
      failed += resolution.resolved ? 0 : 1;
      options.onProgress?.({ done: results.size, total: waiting.length, failed });
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, work));
  return new Map(
    waiting.flatMap((query) => {
      const resolution = results.get(query);
      return resolution === undefined ? [] : [[resolutionKey(query), resolution] as const];
    }),
  );
}

function resolveWith(query: HostQuery, pool: ServerPool): Promise<Resolution> {
  if (pool.isEmpty) {
    const { host, servers } = query;
    return Promise.resolve({ host, servers, aliases: [], resolved: false, failure: { kind: 'no-name-server' } });
  }
  return resolveHost(query, (question) => pool.ask(question));
}
