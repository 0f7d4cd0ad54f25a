import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../dataplane/support/until';
import { DnsServer } from '../support/dns-server';
import { dial, endAfterwards, engineFolder, freePort, startHaproxy, startUnbound } from './engine-process';
import { render, target, variables } from './render';
import { describeWithPrograms } from './tools';

const NAME = 'one.corp.example';
const RECORDS = '_other.corp.example';
const [FIRST, SECOND, MOVED, LITERAL] = ['127.0.5.1', '127.0.5.2', '127.0.5.3', '127.0.5.4'] as const;

/** What a stack says of a target with these hosts, of which some may be kept back. */
function reaching(port: number, hostPort: number, hosts: readonly string[], backups: readonly string[] = []) {
  const check = { interval: 1, timeout: 1, rise: 1, fall: 1 };
  return {
    ...target(port, hosts.join(', '), hostPort, { check }),
    literal: false,
    hosts: [...hosts, ...backups].map((host) => ({
      host,
      literal: /^[\d.]+$/.test(host),
      backup: backups.includes(host),
    })),
  };
}

describeWithPrograms(['haproxy', 'unbound-checkconf'], 'several hosts behind HAProxy', () => {
  endAfterwards();
  const servers = new Map<string, Server>();
  let dns: DnsServer;
  let hostPort = 0;
  let port = 0;
  let sparePort = 0;
  let files: Readonly<Record<string, string>> = {};
  afterAll(async () => {
    await dns?.close();
    for (const server of servers.values()) server.close();
  });

  /** A host that says its address. */
  async function serve(address: string): Promise<void> {
    const server = createServer((socket) => socket.end(address));
    server.listen(hostPort, address);
    await once(server, 'listening');
    servers.set(address, server);
  }

  /** Waits until so many dials in a row are answered by these addresses, each by at least one. */
  async function shared(among: readonly string[], at = port): Promise<void> {
    await until(`${among.join(' and ')} to share`, async () => {
      const met: string[] = [];
      for (let count = 0; count < 2 * among.length; count += 1) met.push(await dial(at));
      return among.every((one) => met.includes(one)) && met.every((one) => among.includes(one));
    });
  }

  beforeAll(async () => {
    dns = await DnsServer.start({ zone: { [NAME]: { a: [FIRST], ttl: 1 }, [RECORDS]: { a: [SECOND], ttl: 1 } } });
    hostPort = await freePort();
    port = await freePort();
    sparePort = await freePort();
    for (const address of [FIRST, SECOND, MOVED, LITERAL]) await serve(address);
    ({ files } = render(
      variables(
        'haproxy',
        {
          db: reaching(port, hostPort, [LITERAL, RECORDS, NAME]),
          spare: reaching(sparePort, hostPort, [LITERAL], [RECORDS, FIRST]),
        },
        {
          ready_port: await freePort(),
          metrics_port: await freePort(),
          health_port: await freePort(),
          resolvers: [dns.text],
          clients: ['127.0.0.0/8'],
        },
      ),
    ));
    const folder = engineFolder();
    const cache = await freePort();
    startUnbound(folder, files['/etc/unbound/privatelink-router.conf'] ?? '', cache);
    startHaproxy(folder, files['/etc/privatelink-router/haproxy.cfg'] ?? '', cache);
  });

  it('share its sessions, names and addresses alike', async () => {
    await shared([FIRST, SECOND, LITERAL]);
  });

  it('are followed each by itself where DNS leads one elsewhere', async () => {
    dns.set(NAME, { a: [MOVED], ttl: 1 });
    await shared([MOVED, SECOND, LITERAL]);
  });

  it('are left out while they do not answer', async () => {
    servers.get(LITERAL)?.close();
    await shared([MOVED, SECOND]);
    await serve(LITERAL);
    await shared([MOVED, SECOND, LITERAL]);
  });

  it('are kept back until no other answers, and then serve in their order', async () => {
    await shared([LITERAL], sparePort);
    servers.get(LITERAL)?.close();
    await shared([SECOND], sparePort);
    servers.get(SECOND)?.close();
    await shared([FIRST], sparePort);
    await serve(SECOND);
    await shared([SECOND], sparePort);
    await serve(LITERAL);
    await shared([LITERAL], sparePort);
  });

  it('are all told to what ends the sessions of addresses that left', () => {
    const { targets } = JSON.parse(files['/etc/privatelink-router/targets.json'] ?? '{}');
    expect(targets.db).toMatchObject({
      host: `${LITERAL}, ${RECORDS}, ${NAME}`,
      hosts: [
        { host: LITERAL, literal: true },
        { host: RECORDS, literal: false },
        { host: NAME, literal: false },
      ],
    });
  });
});
