import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forwarderFile } from '../../src/forwarder';
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

const DUAL = 'dual.corp.example';
const MANY = 'many.corp.example';
const SERVICE = '_erp.corp.example';
const CRASHED = 'crashed.corp.example';
const EIGHT = Array.from({ length: 8 }, (_, i) => `127.0.3.${i + 1}`);
const FOUR = '127.0.4.1';
const SIX = '::1';
const BACK = '127.0.4.2';
/** HAProxy asks each second. */
const LOOKS = 4;

describeWithPrograms(['haproxy', 'unbound-checkconf', 'python3'], "HAProxy's names", () => {
  endAfterwards();
  const servers: Server[] = [];
  const ports = { dual: 0, many: 0, service: 0, crashed: 0 };
  let hostPort = 0;
  let folder = '';
  let dns: DnsServer;
  let engine: () => Running;
  let running: Running;
  afterAll(async () => {
    await dns?.close();
    for (const server of servers) server.close();
  });

  /** A host that says its address. */
  async function serve(address: string): Promise<Server> {
    const server = createServer((socket) => socket.end(address));
    server.listen(hostPort, address);
    await once(server, 'listening');
    servers.push(server);
    return server;
  }

  const becomes = (port: number, address: string) =>
    until(`${address} to answer`, async () => (await dial(port)) === address);

  beforeAll(async () => {
    dns = await DnsServer.start({
      zone: {
        [DUAL]: { a: [FOUR], aaaa: [SIX], ttl: 1 },
        [MANY]: { a: EIGHT, ttl: 1 },
        [SERVICE]: { a: [FOUR], ttl: 1 },
        [CRASHED]: { a: [BACK], ttl: 1 },
      },
    });
    hostPort = await freePort();
    for (const address of [...EIGHT, FOUR, SIX]) await serve(address);
    for (const name of Object.keys(ports) as (keyof typeof ports)[]) ports[name] = await freePort();
    const check = { interval: 1, timeout: 1, rise: 1, fall: 1 };
    const { files } = render(
      variables(
        'haproxy',
        {
          dual: target(ports.dual, DUAL, hostPort, { check }),
          many: target(ports.many, MANY, hostPort, { check }),
          service: target(ports.service, SERVICE, hostPort, { check }),
          // No check of the second run comes before the first dial.
          crashed: target(ports.crashed, CRASHED, hostPort, { check: { ...check, rise: 5 } }),
        },
        {
          ready_port: await freePort(),
          metrics_port: await freePort(),
          health_port: await freePort(),
          resolvers: [dns.text],
          clients: ['127.0.0.0/8'],
        },
      ),
    );
    folder = engineFolder();
    const cache = await freePort();
    startUnbound(folder, files['/etc/unbound/privatelink-router.conf'] ?? '', cache);
    engine = () => startHaproxy(folder, files['/etc/privatelink-router/haproxy.cfg'] ?? '', cache);
    running = engine();
  });

  it('are followed by their IPv4 addresses alone, also while DNS has an error for these and none for IPv6', async () => {
    await becomes(ports.dual, FOUR);
    dns.set(DUAL, { a: [FOUR], aaaa: [SIX], ttl: 1, failures: 'A' });
    const asked = (type: string) => dns.queries.filter((one) => one.name === DUAL && one.type === type).length;
    const begin = asked('A');
    const answers = new Set<string>();
    await until('questions in vain', async () => {
      answers.add(await dial(ports.dual));
      return asked('A') >= begin + LOOKS;
    });
    expect([...answers]).toEqual([FOUR]);
    dns.set(DUAL, { a: [EIGHT[0] ?? ''], aaaa: [SIX], ttl: 1 });
    await becomes(ports.dual, EIGHT[0] ?? '');
  });

  it('get connections at each of eight addresses', async () => {
    const met = new Set<string>();
    await until('every address to answer', async () => {
      met.add(await dial(ports.many));
      return EIGHT.every((address) => met.has(address));
    });
  });

  it('may begin with an underscore: the name is asked for as it is, and no record of services', async () => {
    await becomes(ports.service, FOUR);
    const types = dns.queries.filter(({ name }) => name === SERVICE).map(({ type }) => type);
    expect(types).toContain('A');
    expect(types).not.toContain('SRV');
  });

  it('are kept without what was thought of their health: a target that came back is served at once after a crash', async () => {
    const server = await serve(BACK);
    await becomes(ports.crashed, BACK);
    server.close();
    const begin = running.words.length;
    await until('the target to be marked down', () => /Server crashed\/\S+ is DOWN/.test(running.words.slice(begin)));
    const keep = start('python3', ['-B', forwarderFile('haproxy-state.py'), '--once'], {
      PLR_HAPROXY_SOCKET: join(folder, 'admin.sock'),
      PLR_HAPROXY_STATE: join(folder, 'haproxy.state'),
    });
    if (keep.child.exitCode === null) await once(keep.child, 'exit');
    expect(keep.words).toBe('');
    expect(readFileSync(join(folder, 'haproxy.state'), 'utf8')).toContain(BACK);
    await serve(BACK);
    const ended = once(running.child, 'exit');
    running.child.kill('SIGKILL');
    await ended;
    engine();
    await until('the engine to listen', async () => EIGHT.includes(await dial(ports.many)));
    expect(await dial(ports.crashed)).toBe(BACK);
  });
});
