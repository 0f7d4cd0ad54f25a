import { afterEach } from 'vitest';
import { type HostQuery, type Resolution, type ResolveOptions, resolutionKey, resolveHosts } from '../../src/resolver';
import { DnsServer, type DnsServerOptions } from '../support/dns-server';

const started: DnsServer[] = [];

afterEach(async () => {
  await Promise.all(started.splice(0).map((server) => server.close()));
});

/** A name server that is closed after the test. */
export async function serve(options: DnsServerOptions): Promise<DnsServer> {
  const server = await DnsServer.start(options);
  started.push(server);
  return server;
}

/**
 * Resolves one host, in one attempt unless the test is about attempts. The time limit is far, so that a busy machine does
 * not make a failure; tests of silence shorten it.
 */
export async function resolveOne(
  host: string,
  servers: readonly (DnsServer | string)[],
  options: ResolveOptions = {},
): Promise<Resolution> {
  const query: HostQuery = {
    host,
    servers: servers.map((server) => (typeof server === 'string' ? server : server.text)),
  };
  const resolutions = await resolveHosts([query], { timeoutMs: 30_000, attempts: 1, ...options });
  const resolution = resolutions.get(resolutionKey(query));
  if (resolution === undefined) throw new Error(`no resolution of ${host}`);
  return resolution;
}

/** What an assertion looks at: addresses, or the failure. */
export function outcome(resolution: Resolution): unknown {
  return resolution.resolved ? resolution.addresses : resolution.failure;
}

/** Waits until a condition holds; the test's own time limit ends it otherwise. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((next) => setImmediate(next));
}
