import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../test/dataplane/support/until';
import { render, type TargetVariables, target, variables } from '../test/forwarder/render';
import { lackWords } from '../test/support/lacks';
import { serverWithAuthority } from '../test/terraform/support/provider/certificate';
import { packagesLacking } from '../test/terraform/support/requirements';
import { best, measure } from './measure';

const ROUNDS = 5;
const CONNECTIONS = 3000;
const REQUESTS = 20_000;
const CLIENTS = 32;
/** ab gives this name as Host and in its TLS hello; the port has a hundred targets. */
const DIALLED = 'localhost';
const TARGETS = 100;
const PORTS = { sni: 20_443, http: 20_080, tcp: 20_444, ready: 20_081, metrics: 20_082, tls: 20_543, web: 20_180 };
const NOBODY = { check: { protocol: 'none' }, route: 'sni', path: '' } as const;

/** Programs of administrators are not in everybody's search path. */
const ENV = { ...process.env, PATH: `${process.env.PATH ?? ''}:/usr/sbin:/sbin` };

function lacks(): string | undefined {
  const missing = ['haproxy', 'nginx', 'ab'].filter(
    (program) => spawnSync('sh', ['-c', 'command -v "$0"', program], { env: ENV }).status !== 0,
  );
  return missing.length === 0 ? undefined : lackWords(packagesLacking(missing));
}

function namesOf(target: number, count: number): string[] {
  return Array.from({ length: count }, (_, n) => `api-${n}.team-${target}.corp.example`);
}

/** A hundred targets on a port of each route, the dialled one among them, and one with a port of its own. */
function manyTargets(): Record<string, TargetVariables> {
  const targets: Record<string, TargetVariables> = { own: target(PORTS.tcp, '127.0.0.1', PORTS.tls, NOBODY_OWN) };
  for (let n = 0; n < TARGETS; n += 1) {
    // In the middle of the list: others are looked at before it.
    const names = n === TARGETS / 2 ? [DIALLED] : namesOf(n, 1);
    targets[`s${n}`] = target(PORTS.sni, '127.0.0.1', PORTS.tls, { ...NOBODY, names });
    targets[`h${n}`] = target(PORTS.http, '127.0.0.1', PORTS.web, { ...NOBODY, route: 'http', names });
  }
  return targets;
}
const NOBODY_OWN = { check: { protocol: 'none' } } as const;

/** HAProxy and a web server on this machine. */
class Bed {
  public readonly folder = mkdtempSync(join(tmpdir(), 'plr-bench-'));
  private readonly children: ChildProcess[] = [];
  private haproxy: ChildProcess | undefined;

  public start(program: string, args: readonly string[]): ChildProcess {
    const child = spawn(program, [...args], { env: ENV, stdio: 'ignore' });
    this.children.push(child);
    return child;
  }

  public web(): void {
    const { certificate, key } = serverWithAuthority(DIALLED);
    const file = (name: string, text: string): string => {
      writeFileSync(join(this.folder, name), text);
      return join(this.folder, name);
    };
    const [cert, secret] = [file('cert.pem', certificate), file('key.pem', key)];
    const listens = `listen 127.0.0.1:${PORTS.tls} ssl backlog=4096; listen 127.0.0.1:${PORTS.web} backlog=4096;`;
    const server = `server { ${listens} ssl_certificate ${cert}; ssl_certificate_key ${secret}; return 200 "x"; }`;
    const http = `http { access_log off; keepalive_requests 1000000; ${server} }`;
    const main = `worker_processes 1; daemon off; pid ${this.folder}/pid; error_log ${this.folder}/log;`;
    this.start('nginx', ['-c', file('nginx.conf', `${main}\nevents { worker_connections 8192; }\n${http}\n`)]);
  }

  /** Writes the configuration of a stack with these targets. @returns its file */
  public configure(targets: Readonly<Record<string, TargetVariables>>, revision: string): string {
    const ports = { ready_port: PORTS.ready, metrics_port: PORTS.metrics };
    const { files } = render(variables('haproxy', targets, { ...ports, clients: ['127.0.0.0/8'] }));
    const text = (files['/etc/privatelink-router/haproxy.cfg'] ?? '')
      .replaceAll('@REVISION@', revision)
      .replace(/^ {4}(user|group|chroot) .*\n/gm, '')
      .replaceAll('/run/privatelink-router-haproxy', this.folder)
      .replaceAll('/var/lib/privatelink-router', this.folder);
    const file = join(this.folder, 'haproxy.cfg');
    writeFileSync(file, text);
    return file;
  }

  public async serve(targets: Readonly<Record<string, TargetVariables>>): Promise<void> {
    this.haproxy = this.start('haproxy', ['-W', '-f', this.configure(targets, 'served')]);
    await until('HAProxy', async () => (await ready()).includes('served'));
  }

  private workers(): string[] {
    const master = this.haproxy?.pid;
    return readFileSync(`/proc/${master}/task/${master}/children`, 'utf8').trim().split(' ');
  }

  /** Processor seconds that the processes of HAProxy have taken. */
  public cpuSeconds(): number {
    const ticks = this.workers().map((pid) => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
      return Number(fields[11]) + Number(fields[12]);
    });
    return ticks.reduce((sum, one) => sum + one, 0) / 100;
  }

  public async stop(): Promise<void> {
    for (const child of this.children) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the ready port says, on a connection of its own: a kept one would be answered by the old process. */
function ready(): Promise<string> {
  return new Promise((done, fail) => {
    const asked = get({ host: '127.0.0.1', port: PORTS.ready, agent: false }, (answer) => {
      let words = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        words += part;
      });
      answer.on('end', () => done(words)).on('error', fail);
    });
    asked.on('error', fail);
  });
}

async function onBed(use: (bed: Bed) => Promise<number>): Promise<number | string> {
  const missing = lacks();
  if (missing !== undefined) return missing;
  const bed = new Bed();
  try {
    return await use(bed);
  } finally {
    await bed.stop();
  }
}

/** Requests a second that ab makes; throws where one fails. */
function ab(count: number, url: string, ...flags: readonly string[]): number {
  const args = ['-q', '-r', '-n', String(count), '-c', String(CLIENTS), ...flags, url];
  const { stdout, stderr, status } = spawnSync('ab', args, { env: ENV, encoding: 'utf8' });
  if (status !== 0 || !/^Failed requests:\s+0$/m.test(stdout) || /Non-2xx/.test(stdout)) {
    throw new Error(`ab ${url}: ${stderr}${stdout}`);
  }
  return Number(/^Requests per second:\s+([\d.]+)/m.exec(stdout)?.[1]);
}

async function layTargets(bed: Bed): Promise<void> {
  bed.web();
  await bed.serve(manyTargets());
  await until('the web server', () => ab(CLIENTS, `https://${DIALLED}:${PORTS.sni}/`) > 0);
}

/** New TLS connections a second through a port of a hundred names, or requests a second on kept ones, ÷ without HAProxy. */
export function sharedRate(route: 'sni' | 'http'): Promise<number | string> {
  return onBed(async (bed) => {
    await layTargets(bed);
    const run = (through: boolean): number =>
      route === 'sni'
        ? ab(CONNECTIONS, `https://${DIALLED}:${through ? PORTS.sni : PORTS.tls}/`)
        : ab(REQUESTS, `http://${DIALLED}:${through ? PORTS.http : PORTS.web}/`, '-k');
    const most = { through: 0, direct: 0 };
    for (let round = 0; round < ROUNDS; round += 1) {
      most.direct = Math.max(most.direct, run(false));
      most.through = Math.max(most.through, run(true));
    }
    return most.through / most.direct;
  });
}

/** HAProxy's processor time for a connection through a port of a hundred names ÷ for one through a port of its own. */
export function sharedCpu(): Promise<number | string> {
  return onBed(async (bed) => {
    await layTargets(bed);
    const spent = (port: number): number => {
      const before = bed.cpuSeconds();
      ab(CONNECTIONS, `https://${DIALLED}:${port}/`);
      return bed.cpuSeconds() - before;
    };
    const least = { shared: Number.POSITIVE_INFINITY, own: Number.POSITIVE_INFINITY };
    for (let round = 0; round < ROUNDS; round += 1) {
      least.own = Math.min(least.own, spent(PORTS.tcp));
      least.shared = Math.min(least.shared, spent(PORTS.sni));
    }
    return least.shared / least.own;
  });
}

/** Processor seconds in which HAProxy reads a hundred targets of ten names each ÷ one of them: what grows of a reload. */
export function sharedReload(): Promise<number | string> {
  return onBed(async (bed) => {
    const read = async (count: number): Promise<number> => {
      const numbers = Array.from({ length: count }, (_, n) => n);
      const of = (n: number) => target(PORTS.sni, '127.0.0.1', PORTS.tls, { ...NOBODY, names: namesOf(n, 10) });
      const file = bed.configure(Object.fromEntries(numbers.map((n) => [`s${n}`, of(n)])), 'read');
      return best(ROUNDS, () => measure(['haproxy', '-c', '-f', file], { env: ENV }).cpuSeconds);
    };
    return (await read(TARGETS)) / (await read(1));
  });
}
