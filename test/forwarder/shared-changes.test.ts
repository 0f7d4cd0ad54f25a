import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forwarderFile } from '../../src/forwarder';
import { until } from '../dataplane/support/until';
import {
  dial,
  endAfterwards,
  engineFolder,
  freePort,
  type Running,
  start,
  startHaproxy,
  writeHaproxy,
} from './engine-process';
import { ask, HttpHost } from './http-host';
import { render, type TargetVariables, variables } from './render';
import { hello, say, sharedTarget } from './shared-ports';
import { describeWithPrograms } from './tools';

const ADDRESS = '127.0.12.1';
const NAMES = Array.from({ length: 100 }, (_, n) => `api-${n}`);
const CONNECTIONS = 1000;
/** The one of a hundred that goes. */
const REMOVED = 'api-7';
const RENAMED = 'api-8';

type Targets = Readonly<Record<string, TargetVariables>>;

/** A client's connection, and what it has heard. */
class Client {
  public heard = '';
  public readonly socket: Socket;
  public constructor(
    public readonly name: string,
    port: number,
  ) {
    this.socket = connect(port, '127.0.0.1');
    this.socket.on('error', () => undefined);
    this.socket.on('data', (bytes) => {
      this.heard += bytes.toString('latin1');
    });
  }
  public get open(): boolean {
    return !this.socket.destroyed && !this.socket.readableEnded;
  }
}

// Every target leads to the same place, and the port never closes: nothing but the backend tells their sessions apart.
describeWithPrograms(['haproxy', 'python3', 'unshare'], 'changes at a shared port', () => {
  endAfterwards();
  const clients: Client[] = [];
  let [folder, echo, web] = ['', undefined as Server | undefined, undefined as HttpHost | undefined];
  let haproxy: Running;
  let drain: Running;
  let [sniPort, httpPort, readyPort, echoPort, cache] = [0, 0, 0, 0, 0];
  let own: Readonly<Record<string, number>> = {};
  const theWeb = (): HttpHost => web ?? expect.fail('no web server');
  afterAll(async () => {
    for (const { socket } of clients) socket.destroy();
    echo?.close();
    await web?.close();
  });

  const host = (name: string) => `${name}.corp.example`;
  const sni = (names: readonly string[]): Targets =>
    Object.fromEntries(
      names.map((name) => [name, sharedTarget('sni', [sniPort, ADDRESS, echoPort], [host(name)], { drain: 1 })]),
    );
  const http = (name: string, drainSeconds = 1): Targets => ({
    [name]: sharedTarget('http', [httpPort, ADDRESS, theWeb().port], [host(name)], { drain: drainSeconds }),
  });

  /** As the apply script does it: swaps, reloads, waits until the new process answers, and says which revision runs. */
  async function run(revision: string, targets: Targets): Promise<void> {
    const { files } = render(variables('haproxy', targets, { ...own, clients: ['127.0.0.0/8'] }));
    const text = (path: string) => (files[`/etc/privatelink-router/${path}`] ?? '').replaceAll('@REVISION@', revision);
    if (revision === 'r0') {
      const args = ['-W', '-S', `${join(folder, 'master.sock')},mode,600`];
      haproxy = startHaproxy(folder, text('haproxy.cfg'), cache, { args });
    } else {
      writeHaproxy(folder, text('haproxy.cfg'), cache);
      haproxy.child.kill('SIGUSR2');
    }
    await until(
      () => `revision ${revision}; HAProxy says ${haproxy.words.slice(-2000)}`,
      async () => (await dial(readyPort, 'GET / HTTP/1.0\r\n\r\n')).includes(`ready ${revision}`),
    );
    for (const [name, content] of [
      ['targets.json', text('targets.json')],
      ['revision', `${revision}\n`],
    ] as const) {
      writeFileSync(join(folder, `${name}.new`), content);
      renameSync(join(folder, `${name}.new`), join(folder, name));
    }
  }

  async function open(name: string): Promise<Client> {
    const client = new Client(name, sniPort);
    clients.push(client);
    await once(client.socket, 'connect');
    client.socket.write(hello(host(name)));
    return client;
  }

  /** Each of these has heard its words back. */
  async function answered(some: readonly Client[], words: string): Promise<void> {
    for (const { socket } of some) socket.write(words);
    await until(
      () => `${words} at ${some.filter(({ heard }) => !heard.endsWith(words)).map(({ name }) => name)}`,
      () => some.every(({ heard }) => heard.endsWith(words)),
    );
  }

  beforeAll(async () => {
    folder = engineFolder();
    mkdirSync(join(folder, 'replaced'));
    echo = createServer((socket) => socket.on('error', () => undefined).pipe(socket)).listen(0, ADDRESS);
    await once(echo, 'listening');
    echoPort = (echo.address() as { port: number }).port;
    web = await HttpHost.start('web', ADDRESS);
    [sniPort, httpPort, readyPort, cache] = [await freePort(), await freePort(), await freePort(), await freePort()];
    own = { ready_port: readyPort, metrics_port: await freePort(), health_port: await freePort() };
    await run('r0', { ...sni(NAMES), ...http('stays'), ...http('goes') });
    drain = start('python3', ['-B', '-u', forwarderFile('drain.py')], {
      PLR_TARGETS: join(folder, 'targets.json'),
      PLR_REVISION: join(folder, 'revision'),
      PLR_REPLACED: join(folder, 'replaced'),
      PLR_LEAVING: join(folder, 'leaving.json'),
      PLR_HAPROXY_MASTER: join(folder, 'master.sock'),
      PLR_CACHE_PORT: String(cache),
    });
    await until('the service to watch', () => drain.words.includes('watching'));
    await until(
      () => `the service to know the targets; it says ${drain.words}`,
      async () => readFileSync(join(folder, 'leaving.json'), 'utf8').includes(REMOVED),
    );
  });

  it('a reload cuts none of a thousand open connections', async () => {
    for (let n = 0; n < CONNECTIONS; n += 1) await open(NAMES[n % NAMES.length] ?? '');
    await answered(clients, 'one');
    await run('r1', { ...sni(NAMES), ...http('stays'), ...http('goes', 2) });
    await answered(clients, 'two');
  });

  it('of a hundred targets one is removed and another renamed: the sessions of the removed end after its drain, no other', async () => {
    const others = clients.filter(({ name }) => name !== REMOVED);
    const targets = { ...sni(NAMES.filter((name) => name !== REMOVED && name !== RENAMED)) };
    const renamed = { 'new-name': sni([RENAMED])[RENAMED] as TargetVariables };
    await run('r2', { ...targets, ...renamed, ...http('stays'), ...http('goes', 2) });
    await until(
      () => `the sessions of ${REMOVED} to end; ${drain.words}`,
      () => clients.every(({ name, open: isOpen }) => name !== REMOVED || !isOpen),
    );
    expect(await say(sniPort, [hello(host(REMOVED))])).toBe('');
    await answered(others, 'three');
    expect((await say(sniPort, [hello(host(RENAMED))])).length).toBeGreaterThan(0);
    await until('the word about it', () =>
      drain.words.includes(
        `target=${REMOVED}: its drain is over, ${CONNECTIONS / NAMES.length} of its sessions were ended`,
      ),
    );
    expect(drain.words).not.toContain(RENAMED);
  });

  it('a removed target of a port of requests: new ones are refused, and those under way end after its drain', async () => {
    const request = (name: string, path: string) => `GET /${path} HTTP/1.1\r\nHost: ${host(name)}\r\n\r\n`;
    const kept = async (name: string): Promise<Client> => {
      const client = new Client(name, httpPort);
      clients.push(client);
      client.socket.write(request(name, 'before'));
      await until('an answer', () => client.heard.includes('/before'));
      return client;
    };
    const stays = await kept('stays');
    const [busy, ending] = [await kept('stays'), await kept('goes')];
    theWeb().hold();
    const before = theWeb().got.length;
    for (const client of [busy, ending]) client.socket.write(request(client.name, 'held'));
    await until('both requests', () => theWeb().got.length === before + 2);

    await run('r3', { ...sni(NAMES.slice(20)), ...http('stays') });
    expect((await ask(httpPort, ['GET / HTTP/1.1', `Host: ${host('goes')}`])).status).toBe(421);
    await until('the request under way to end', () => !ending.open);
    expect(ending.heard).not.toContain('/held');
    theWeb().release();
    await until('the answer that was kept back', () => busy.heard.includes('/held'));
    // The old process answers a connection once more, and says that it is the last time.
    stays.socket.write(request('stays', 'after'));
    await until('an answer', () => stays.heard.includes('/after'));
    expect(stays.heard.toLowerCase()).toContain('connection: close');
  });
});
