import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENGINES, type Engine } from '../src/forwarder';
import { changingTargets } from '../test/dataplane/support/changing-targets';
import { at, Lab, TARGETS } from '../test/dataplane/support/lab';
import { labLacks } from '../test/dataplane/support/needs';
import { DIRECT, ENDPOINT, HOST_ADDRESSES } from '../test/dataplane/support/network';
import { until } from '../test/dataplane/support/until';
import { target } from '../test/forwarder/render';
import { lackWords } from '../test/support/lacks';

const ROUNDS = 5;
const SECONDS_A_RUN = 2;
const CONNECTIONS = 4000;
const CLIENTS = 32;
const FAILOVERS = 20;
const CHANGES = 20;

/** Each way has a port of its own at the target: one's closed connections are not in the other's way. */
const PORTS = { listener: 10200, forwarded: 8301, direct: 8302 } as const;
const WAYS = {
  forwarded: { host: ENDPOINT, port: PORTS.listener, targetPort: PORTS.forwarded },
  direct: { host: DIRECT, port: PORTS.direct, targetPort: PORTS.direct },
} as const;
type Way = keyof typeof WAYS;

/** Runs `use` in a lab that is gone afterwards. @returns its figure, or the reason why this machine cannot tell */
async function inLab(engine: Engine, use: (lab: Lab) => Promise<number>): Promise<number | string> {
  const missing = labLacks(['iperf3', 'ab', 'nginx']);
  if (missing.length > 0) return lackWords(missing);
  const lab = await Lab.start(engine);
  try {
    return await use(lab);
  } finally {
    await lab.stop();
  }
}

/**
 * Two ways from the client to one host that cross the same namespaces: through the first machine, which forwards, and
 * through the second, which merely routes.
 */
async function layWays(lab: Lab): Promise<void> {
  const [, router] = lab.forwarders;
  await lab.apply({ ...TARGETS, measured: target(PORTS.listener, HOST_ADDRESSES.alpha, PORTS.forwarded) });
  await lab.link.balance(['fw1']);
  await lab.link.open([PORTS.listener]);
  await lab.link.direct(PORTS.direct, 'alpha', PORTS.direct);
  await router?.machine.must(['systemctl', 'stop', ...ENGINES[lab.engine].units]);
  await router?.machine.must(['nft', 'flush', 'ruleset']);
  await lab.network.makeEqual('fw2', 'fw1', 'alpha');
}

/** The best of several runs of each way, taken in turn, so that a slow moment of the machine meets both. */
async function ratio(run: (way: Way) => Promise<number>): Promise<number> {
  const most: Record<Way, number> = { forwarded: 0, direct: 0 };
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const way of ['direct', 'forwarded'] as const) most[way] = Math.max(most[way], await run(way));
  }
  return most.forwarded / most.direct;
}

/** Throughput through the forwarder against the plain way, the mean of both directions. */
export function throughput(engine: Engine): Promise<number | string> {
  return inLab(engine, async (lab) => {
    await layWays(lab);
    const client = lab.network.at('client');
    for (const { targetPort } of Object.values(WAYS)) {
      lab.network.at('alpha').start(['iperf3', '--server', '--port', String(targetPort)]);
    }
    const run = async (way: Way, direction: readonly string[]): Promise<number> => {
      const { host, port } = WAYS[way];
      const flags = ['--json', '--time', String(SECONDS_A_RUN), '--omit', '0.5', ...direction];
      const report = await client.must(['iperf3', '--client', host, '--port', String(port), ...flags]);
      return (JSON.parse(report) as { end: { sum_received: { bits_per_second: number } } }).end.sum_received
        .bits_per_second;
    };
    for (const way of ['direct', 'forwarded'] as const) await until(`iperf3, ${way}`, () => run(way, []));
    const up = await ratio((way) => run(way, []));
    const down = await ratio((way) => run(way, ['--reverse']));
    return (up + down) / 2;
  });
}

/**
 * New connections in a second at 32 clients, through HAProxy against the plain way. Each is what a client of a database
 * or an API opens: TLS from end to end, a question, an answer.
 */
export function connects(): Promise<number | string> {
  return inLab('haproxy', async (lab) => {
    await layWays(lab);
    const listens = Object.values(WAYS).map(({ targetPort }) => `listen ${targetPort} ssl backlog=4096;`);
    const { certificate, key } = lab.postgres.certificate;
    const file = join(lab.folder, 'answer.conf');
    writeFileSync(
      file,
      [
        `worker_processes auto; daemon off; pid ${file}.pid; error_log ${file}.log;`,
        'events { worker_connections 8192; }',
        `http { access_log off; keepalive_timeout 0; ssl_certificate ${certificate}; ssl_certificate_key ${key};`,
        `server { ${listens.join(' ')} return 200 "x"; } }`,
      ].join('\n'),
    );
    lab.network.at('alpha').start(['nginx', '-c', file]);
    const run = async (way: Way): Promise<number> => {
      const url = `https://${WAYS[way].host}:${WAYS[way].port}/`;
      const flags = ['-q', '-r', '-n', String(CONNECTIONS), '-c', String(CLIENTS)];
      const report = await lab.network.at('client').must(['ab', ...flags, url]);
      const failed = Number(/^Failed requests:\s+(\d+)/m.exec(report)?.[1]);
      if (failed > 0) throw new Error(`${failed} connections failed, ${way}`);
      return Number(/^Requests per second:\s+([\d.]+)/m.exec(report)?.[1]);
    };
    for (const way of ['direct', 'forwarded'] as const) await until(`the answering server, ${way}`, () => run(way));
    return ratio(run);
  });
}

/** Seconds from a change in DNS to the first answer of the new host, the worst of twenty, at twenty moments of a second. */
export function failover(engine: Engine): Promise<number | string> {
  return inLab(engine, async (lab) => {
    await lab.link.balance(['fw1']);
    let worst = 0;
    for (let turn = 1; turn <= FAILOVERS; turn += 1) {
      const host = turn % 2 === 1 ? 'beta' : 'alpha';
      await sleep((1000 / FAILOVERS) * turn);
      const start = process.hrtime.bigint();
      await lab.names.resolve('stock.corp.example', [HOST_ADDRESSES[host]]);
      await until(
        `${host} to take over`,
        async () => (await lab.client.tell('askOnce', { ...at('stock'), line: 'hello' })) === `${host} hello`,
        { pause: 5 },
      );
      worst = Math.max(worst, Number(process.hrtime.bigint() - start) / 1e9);
    }
    return worst;
  });
}

/** Connections of unchanged targets that twenty changes under load have cost. */
export async function dropped(): Promise<number | string> {
  let losses = 0;
  for (const engine of ['haproxy', 'nginx', 'nftables'] as const) {
    const lost = await inLab(engine, async (lab) => {
      await lab.client.tell('startLoad', { id: 'load', ...at('stock'), kept: 16 });
      for (let step = 1; step <= CHANGES; step += 1) await lab.apply(changingTargets(step));
      const { losses: count, completed } = await lab.client.tell('stopLoad', { id: 'load' });
      if (completed < CHANGES) throw new Error('there was no load');
      return count;
    });
    if (typeof lost === 'string') return lost;
    losses += lost;
  }
  return losses;
}
