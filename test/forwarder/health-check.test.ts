import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../dataplane/support/until';
import { DnsServer } from '../support/dns-server';
import { selfSigned } from '../terraform/support/provider/certificate';
import { dial, endAfterwards, engineFolder, freePort, startHaproxy, startUnbound } from './engine-process';
import { render, target, variables } from './render';
import { describeWithPrograms } from './tools';

const WEB = 'web.corp.example';
const SECURE = 'secure.corp.example';
const ADDRESS = '127.0.2.3';
/** What clients in Databricks dial. */
const DOMAIN = 'shop.acme-data.com';

/** What one check asked for. */
interface Asked {
  readonly host: string;
  readonly path: string;
  /** The name in the TLS hello, where there was one. */
  readonly hello?: string;
}

/**
 * Targets that answer for one Host alone, as a web server with several sites does: to any other one they say 421, which
 * no check takes for health.
 */
describeWithPrograms(['haproxy', 'unbound-checkconf'], 'a health check by HTTP', () => {
  endAfterwards();
  const servers: Server[] = [];
  const asked = new Map<string, Asked[]>();
  const ports: Record<string, number> = {};
  let dns: DnsServer;
  afterAll(async () => {
    await dns?.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  /** A server on one address of this machine, for this Host. @returns its port */
  async function site(name: string, address: string, host: string, secure = false): Promise<number> {
    const seen: Asked[] = [];
    asked.set(name, seen);
    const { key, pem } = selfSigned();
    const server = secure ? createSecureServer({ key, cert: pem }) : createServer();
    server.on('request', (request, response) => {
      const { servername: hello } = request.socket as { servername?: string | false };
      seen.push({
        host: request.headers.host ?? '',
        path: request.url ?? '',
        ...(typeof hello === 'string' && { hello }),
      });
      response.writeHead(request.headers.host === host ? 200 : 421).end(name);
    });
    server.listen(0, address);
    await once(server, 'listening');
    servers.push(server);
    return (server.address() as AddressInfo).port;
  }

  beforeAll(async () => {
    dns = await DnsServer.start({
      zone: { [WEB]: { a: ['127.0.2.1'], ttl: 1 }, [SECURE]: { a: ['127.0.2.2'], ttl: 1 } },
    });
    const check = { interval: 1, timeout: 1, rise: 1, fall: 1, matcher: '200-399' };
    const sites = {
      web: {
        host: WEB,
        port: await site('web', '127.0.2.1', WEB),
        check: { ...check, protocol: 'HTTP', path: '/health?deep=1' },
      },
      secure: {
        host: SECURE,
        port: await site('secure', '127.0.2.2', SECURE, true),
        check: { ...check, protocol: 'HTTPS', path: '/' },
      },
      // Behind addresses, and under the name that clients send.
      'secure-address': {
        host: ADDRESS,
        port: await site('secure-address', ADDRESS, DOMAIN, true),
        check: { ...check, protocol: 'HTTPS', path: '/', host: DOMAIN },
      },
      renamed: {
        host: SECURE,
        port: await site('renamed', '127.0.2.2', DOMAIN, true),
        check: { ...check, protocol: 'HTTPS', path: '/', host: DOMAIN },
      },
      address: {
        host: ADDRESS,
        port: await site('address', ADDRESS, DOMAIN),
        check: { ...check, protocol: 'HTTP', path: '/', host: DOMAIN },
      },
      // Under another Host than it answers to: with a check it would be down.
      unchecked: {
        host: WEB,
        port: await site('unchecked', '127.0.2.1', 'another.corp.example'),
        check: { ...check, protocol: 'none', path: '', matcher: '' },
      },
      stranger: {
        host: WEB,
        port: await site('stranger', '127.0.2.1', 'another.corp.example'),
        check: { ...check, protocol: 'HTTP', path: '/' },
      },
    };
    for (const name of Object.keys(sites)) ports[name] = await freePort();
    const targets = Object.fromEntries(
      Object.entries(sites).map(([name, { host, port, check: own }]) => [
        name,
        target(ports[name] ?? 0, host, port, { check: { ...own, port } }),
      ]),
    );
    const { files } = render(
      variables('haproxy', targets, {
        ready_port: await freePort(),
        metrics_port: await freePort(),
        health_port: await freePort(),
        resolvers: [dns.text],
        clients: ['127.0.0.0/8'],
      }),
    );
    const [folder, cache] = [engineFolder(), await freePort()];
    startUnbound(folder, files['/etc/unbound/privatelink-router.conf'] ?? '', cache);
    startHaproxy(folder, files['/etc/privatelink-router/haproxy.cfg'] ?? '', cache);
    await until('every target to be asked twice', () =>
      [...asked].every(([name, seen]) => name === 'unchecked' || seen.length >= 2),
    );
  });

  it.each([
    ['web', { host: WEB, path: '/health?deep=1' }],
    ['secure', { host: SECURE, path: '/', hello: SECURE }],
    ['secure-address', { host: DOMAIN, path: '/', hello: DOMAIN }],
    ['renamed', { host: DOMAIN, path: '/', hello: DOMAIN }],
    ['address', { host: DOMAIN, path: '/' }],
    ['stranger', { host: WEB, path: '/' }],
  ])('asks %s for %o', (name, expected) => {
    expect([...new Set(asked.get(name)?.map((one) => JSON.stringify(one)))]).toEqual([JSON.stringify(expected)]);
  });

  it('asks nothing of a target without a check, and lets in to it', async () => {
    expect(asked.get('unchecked')).toEqual([]);
    const request = `GET / HTTP/1.1\r\nHost: another.corp.example\r\nConnection: close\r\n\r\n`;
    expect(await dial(ports.unchecked ?? 0, request)).toContain(' 200 ');
  });

  it('lets in to those that answer by that Host, and to no other', async () => {
    const request = `GET / HTTP/1.1\r\nHost: ${WEB}\r\nConnection: close\r\n\r\n`;
    await until('the target to be up', async () => (await dial(ports.web ?? 0, request)).includes(' 200 '));
    await until('the stranger to be down', async () => (await dial(ports.stranger ?? 0, request)) === '');
    expect(await dial(ports.address ?? 0, request.replace(WEB, DOMAIN))).toContain(' 200 ');
    // The client's own bytes are nobody's business: another Host reaches the target and hears its answer.
    expect(await dial(ports.web ?? 0, request.replace(WEB, 'other.example'))).toContain(' 421 ');
  });
});
