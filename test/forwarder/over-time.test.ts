import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forwarderFile } from '../../src/forwarder';
import { resolveHosts } from '../../src/resolver';
import { until } from '../dataplane/support/until';
import { DnsServer } from '../support/dns-server';
import {
  dial,
  endAfterwards,
  engineFolder,
  freePort,
  type Running,
  start,
  startHaproxy,
  startUnbound,
} from './engine-process';
import { render, target, variables } from './render';
import { describeWithPrograms } from './tools';

const KNOWN = 'known.corp.example';
const LATE = 'late.corp.example';
const GONE = 'gone.corp.example';
const SELDOM = 'seldom.corp.example';
/** Two hosts, each an address of this machine that says its name. */
const PLACES = { alpha: '127.0.1.1', beta: '127.0.1.2' } as const;

/** Longer than a minute, which is what the default of many a cache is. In milliseconds. */
const SILENCE = 62_000;

describeWithPrograms(['haproxy', 'unbound-checkconf', 'python3'], 'what engines know of names over time', () => {
  endAfterwards();
  const servers: Server[] = [];
  let dns: DnsServer;
  let keeper: Running;
  const engines: Record<string, Running> = {};
  const ports = { known: 0, late: 0, gone: 0, seldom: 0, cache: 0 };
  afterAll(async () => {
    await dns?.close();
    for (const server of servers) server.close();
  });

  beforeAll(async () => {
    dns = await DnsServer.start({
      zone: {
        [KNOWN]: { a: [PLACES.alpha], ttl: 1 },
        [GONE]: { a: [PLACES.alpha], ttl: 1 },
        [SELDOM]: { a: [PLACES.alpha], ttl: 1 },
        [LATE]: { rcode: 'NXDOMAIN', negativeTtl: 3600 },
      },
    });
    const hostPort = await freePort();
    for (const [name, address] of Object.entries(PLACES)) {
      const server = createServer((socket) => socket.end(name));
      server.listen(hostPort, address);
      await once(server, 'listening');
      servers.push(server);
    }
    ports.known = await freePort();
    ports.late = await freePort();
    ports.gone = await freePort();
    ports.seldom = await freePort();
    ports.cache = await freePort();
    const targets = {
      known: target(ports.known, KNOWN, hostPort, { check: { interval: 5, timeout: 2 } }),
      late: target(ports.late, LATE, hostPort, { check: { interval: 5, timeout: 2 } }),
      gone: target(ports.gone, GONE, hostPort, { check: { interval: 5, timeout: 2 } }),
      // Nobody dials it: the keeper alone asks for it.
      seldom: target(ports.seldom, SELDOM, hostPort, { check: { interval: 5, timeout: 2 } }),
    };
    const own = { ready_port: await freePort(), metrics_port: await freePort(), health_port: await freePort() };
    const given = { ...own, resolvers: [dns.text], clients: ['127.0.0.0/8'] };
    const folder = engineFolder();
    const { files } = render(variables('haproxy', targets, given));
    const ownCache = await freePort();
    engines.resolver = startUnbound(folder, files['/etc/unbound/privatelink-router.conf'] ?? '', ownCache);
    engines.haproxy = startHaproxy(folder, files['/etc/privatelink-router/haproxy.cfg'] ?? '', ownCache);
    const nginx = render(variables('nginx', targets, given)).files;
    engines.unbound = startUnbound(folder, nginx['/etc/unbound/privatelink-router.conf'] ?? '', ports.cache);
    writeFileSync(join(folder, 'targets.json'), nginx['/etc/privatelink-router/targets.json'] ?? '');
    keeper = start('python3', ['-B', '-u', forwarderFile('nginx-names.py')], {
      PLR_TARGETS: join(folder, 'targets.json'),
      PLR_CACHE_PORT: String(ports.cache),
    });
  });

  /** Who stands behind a name, as nginx would hear it from its cache. */
  async function byCache(host: string): Promise<string> {
    const query = { host, servers: [`127.0.0.1:${ports.cache}`] };
    const [found] = [...(await resolveHosts([query], { attempts: 1, timeoutMs: 5000 })).values()];
    const addresses =
      found?.resolved === true
        ? found.addresses
        : found?.failure.kind === 'refused-addresses'
          ? found.failure.refused.map(({ address }) => address)
          : [];
    return Object.entries(PLACES).find(([, address]) => addresses.includes(address))?.[0] ?? '';
  }

  /** What both engines make of a name now. */
  async function seen(name: 'known' | 'late' | 'gone') {
    const [haproxy, cache] = await Promise.all([dial(ports[name]), byCache(`${name}.corp.example`)]);
    return `${name}: haproxy ${haproxy || 'refuses'}, cache ${cache || 'knows nothing'}`;
  }

  async function becomes(name: 'known' | 'late' | 'gone', who: 'alpha' | 'beta'): Promise<void> {
    const wanted = `${name}: haproxy ${who}, cache ${who}`;
    let last = '';
    await until(
      () =>
        `${wanted}; got ${last}${Object.values(engines)
          .map(({ words }) => `\n${words.slice(-1000)}`)
          .join('')}`,
      async () => {
        last = await seen(name);
        return last === wanted;
      },
    );
  }

  it('a name that appears after NXDOMAIN is served, and told by the keeper of names', async () => {
    await becomes('known', 'alpha');
    await becomes('gone', 'alpha');
    await until('the keeper to miss a name', () => keeper.words.includes(`${LATE}: no answer\n`));
    expect(await seen('late')).toBe('late: haproxy refuses, cache knows nothing');
    dns.set(LATE, { a: [PLACES.beta], ttl: 1 });
    await becomes('late', 'beta');
    await until('the keeper to find the name', () => keeper.words.includes(`${LATE}: answered again\n`));
    expect(keeper.words.split(`${LATE}: no answer\n`)).toHaveLength(2);
  });

  it(
    'more than a minute of silence changes nothing, DNS is followed after it, and another silence changes nothing again',
    async () => {
      const behave = (silent: boolean, place: string) => {
        for (const name of [KNOWN, LATE, SELDOM]) dns.set(name, { a: [place], ttl: 1, ...(silent && { silent }) });
      };
      for (const [now, next, silence] of [
        ['alpha', 'beta', SILENCE],
        ['beta', 'alpha', 5000],
      ] as const) {
        behave(false, PLACES[now]);
        await becomes('known', now);
        await becomes('late', now);
        behave(true, PLACES[now]);
        dns.set(GONE, { rcode: 'NXDOMAIN' });
        const asked = dns.queries.length;
        const begin = Date.now();
        // A name that was answered a minute ago is asked for all the time; each look in between must find it.
        while (Date.now() < begin + silence) {
          expect(await seen('known')).toBe(`known: haproxy ${now}, cache ${now}`);
          expect(await seen('late')).toBe(`late: haproxy ${now}, cache ${now}`);
          await until('questions in vain', () => dns.queries.length > asked, { pause: 500 });
        }
        // HAProxy keeps the address of a name that is no more, for a day; nginx hears that there is none.
        expect(await seen('gone')).toBe('gone: haproxy alpha, cache knows nothing');
        expect(await byCache(SELDOM)).not.toBe('');
        behave(false, PLACES[next]);
        await becomes('known', next);
        await becomes('late', next);
      }
    },
    SILENCE + 120_000,
  );
});
