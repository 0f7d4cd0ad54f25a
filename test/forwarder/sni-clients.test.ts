import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer as createSecureServer, type Server as HttpsServer, request } from 'node:https';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { connect as connectSecurely, createServer as createTlsServer, type Server as TlsServer } from 'node:tls';
import * as grpc from '@grpc/grpc-js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../dataplane/support/until';
import { describeUnless } from '../terraform/support/gate';
import { serverWithAuthority } from '../terraform/support/provider/certificate';
import { endAfterwards, freePort } from './engine-process';
import { hello, type SharedEngine, say, sharedTarget, startShared } from './shared-ports';
import { describeWithPrograms } from './tools';

const ADDRESS = '127.0.13.1';
const ONE = 'one.corp.example';
const TWO = 'two.corp.example';
const LINES = 'broker.corp.example';
const GRPC = 'grpc.corp.example';
/** Whom no client dials. */
const CHECKED = 'checked.corp.example';
const PLAIN = 'plain.corp.example';
/** Bytes of a large answer and of a large question. */
const LARGE = 20_000_000;
const CHECK = { protocol: 'TCP', interval: 1, timeout: 1, rise: 1, fall: 1 };

/** Stock requests; its names lead to this machine, as those of a private endpoint do, and it trusts the given authorities alone. */
const REQUESTS = `
import json, socket, sys
import requests
bundle, port, asks = sys.argv[1], sys.argv[2], json.loads(sys.argv[3])
resolve = socket.getaddrinfo
socket.getaddrinfo = lambda host, *rest, **more: resolve("127.0.0.1", *rest, **more)
for name in asks:
    try:
        answer = requests.get("https://%s:%s/" % (name, port), verify=bundle, timeout=30)
        print(name, answer.status_code, answer.text)
    except requests.RequestException as error:
        print(name, type(error).__name__)
`;

const withRequests = spawnSync('python3', ['-c', 'import requests']).status === 0;
/** It comes with the stand-in of AWS. */
const REQUESTS_LACKING = { what: 'requests of Python', get: 'run `npm test`, or install python3-requests' };

describeWithPrograms(['haproxy', 'python3'], 'clients of TLS through a port that hosts share', () => {
  endAfterwards();
  const closing: (() => unknown)[] = [];
  const issued = Object.fromEntries([ONE, TWO, LINES, GRPC, CHECKED].map((name) => [name, serverWithAuthority(name)]));
  const credentials = (name: string) => {
    const { certificate: cert = '', key = '', authority = '' } = issued[name] ?? {};
    return { cert, key, authority };
  };
  const greeted = new Set<string>();
  let engine: SharedEngine;
  let port = 0;
  afterAll(() => {
    for (const close of closing) close();
  });

  async function listen(server: Server | TlsServer | HttpsServer): Promise<number> {
    server.listen(0, ADDRESS);
    await once(server, 'listening');
    closing.push(() => server.close());
    return (server.address() as AddressInfo).port;
  }
  async function website(name: string): Promise<number> {
    const server = createSecureServer(credentials(name), (asked, response) => {
      let bytes = 0;
      asked.on('data', (part: Buffer) => {
        bytes += part.length;
      });
      asked.on('end', () => response.end(asked.url === '/large' ? Buffer.alloc(LARGE) : `${name} ${bytes}`));
    });
    server.on('connection', (socket) => {
      closing.push(() => socket.destroy());
    });
    server.on('secureConnection', ({ servername }) => greeted.add(`${name} as ${String(servername)}`));
    return listen(server);
  }
  async function answering(): Promise<number> {
    const { cert, key } = credentials(GRPC);
    const server = new grpc.Server();
    const raw = {
      requestSerialize: copy,
      requestDeserialize: copy,
      responseSerialize: copy,
      responseDeserialize: copy,
    };
    server.addService(
      { chat: { path: '/plr.Test/Chat', requestStream: true, responseStream: true, ...raw } },
      {
        chat: (call: grpc.ServerDuplexStream<Buffer, Buffer>) => {
          call.on('data', (words: Buffer) => call.write(Buffer.from(`heard ${words.toString()}`)));
          call.on('end', () => call.end());
        },
      },
    );
    const pair = [{ private_key: Buffer.from(key), cert_chain: Buffer.from(cert) }];
    closing.push(() => server.forceShutdown());
    return new Promise((done, fail) => {
      server.bindAsync(`${ADDRESS}:0`, grpc.ServerCredentials.createSsl(null, pair), (error, bound) =>
        error === null ? done(bound) : fail(error),
      );
    });
  }
  const copy = (bytes: Buffer) => bytes;

  beforeAll(async () => {
    port = await freePort();
    const on = (name: string, hostPort: number) =>
      sharedTarget('sni', [port, ADDRESS, hostPort], [name], { check: { ...CHECK, port: hostPort } });
    // A protocol of lines, whose server speaks first and ends nothing.
    const lines = createTlsServer(credentials(LINES), (socket) => {
      socket.write('broker ready\n');
      socket.on('data', (bytes) => socket.write(`broker ${bytes.toString()}`));
      socket.on('error', () => undefined);
      closing.push(() => socket.destroy());
    });
    const plain = createServer((socket) => socket.on('error', () => undefined).resume());
    engine = await startShared({
      one: on(ONE, await website(ONE)),
      two: on(TWO, await website(TWO)),
      lines: on(LINES, await listen(lines)),
      grpc: on(GRPC, await answering()),
      checked: on(CHECKED, await website(CHECKED)),
      plain: on(PLAIN, await listen(plain)),
    });
  });

  async function requests(authorities: readonly string[], names: readonly string[]): Promise<string[]> {
    const bundle = join(engine.folder, 'bundle.pem');
    writeFileSync(bundle, authorities.map((name) => credentials(name).authority).join(''));
    const python = spawn('python3', ['-c', REQUESTS, bundle, String(port), JSON.stringify(names)]);
    let words = '';
    for (const stream of [python.stdout, python.stderr]) {
      stream.on('data', (bytes: Buffer) => {
        words += bytes.toString();
      });
    }
    await once(python, 'close');
    return words.trim().split('\n');
  }

  describeUnless(withRequests ? [] : [REQUESTS_LACKING], 'stock requests', () => {
    it('trusts only the issuers of the hosts, and reaches two of them through one port', async () => {
      expect(await requests([ONE, TWO], [ONE, TWO, ONE.toUpperCase()])).toEqual([
        `${ONE} 200 ${ONE} 0`,
        `${TWO} 200 ${TWO} 0`,
        `${ONE.toUpperCase()} 200 ${ONE} 0`,
      ]);
      // Nobody in between has a certificate of its own.
      expect(await requests([TWO], [ONE, TWO])).toEqual([`${ONE} SSLError`, `${TWO} 200 ${TWO} 0`]);
      expect((await requests([ONE], ['nobody.corp.example']))[0]).toMatch(
        /^nobody\.corp\.example (SSL|Connection)Error$/,
      );
    });
  });

  it('a broker that speaks no HTTP talks with its client, and speaks first', async () => {
    const { authority: ca } = credentials(LINES);
    const socket = connectSecurely({ host: '127.0.0.1', port, servername: LINES, ca });
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString();
    });
    await until('the first word', () => heard === 'broker ready\n');
    socket.write('hello');
    await until('an answer', () => heard.endsWith('broker hello'));
    expect(socket.authorized).toBe(true);
    socket.destroy();
  });

  it('gRPC streams both ways', async () => {
    const trusted = grpc.credentials.createSsl(Buffer.from(credentials(GRPC).authority));
    const client = new grpc.Client(`127.0.0.1:${port}`, trusted, { 'grpc.ssl_target_name_override': GRPC });
    closing.push(() => client.close());
    const call = client.makeBidiStreamRequest('/plr.Test/Chat', copy, copy);
    const heard: string[] = [];
    call.on('data', (bytes: Buffer) => {
      heard.push(bytes.toString());
    });
    for (const words of ['one', 'two', 'three']) {
      call.write(Buffer.from(words));
      await until(words, () => heard.at(-1) === `heard ${words}`);
    }
    const status = once(call, 'status');
    call.end();
    expect((await status)[0]).toMatchObject({ code: grpc.status.OK });
  });

  it('20 MB pass in both directions', async () => {
    const { authority: ca } = credentials(ONE);
    const options = { ca, headers: { host: ONE }, servername: ONE };
    const ask = (path: string, body?: Buffer) =>
      new Promise<{ bytes: number; words: string }>((done, fail) => {
        const asked = request({
          ...options,
          host: '127.0.0.1',
          port,
          path,
          method: body === undefined ? 'GET' : 'POST',
        });
        asked.on('error', fail).on('response', (answer) => {
          let [bytes, words] = [0, ''];
          answer.on('data', (part: Buffer) => {
            bytes += part.length;
            words = part.subarray(0, 100).toString();
          });
          answer.on('end', () => done({ bytes, words }));
        });
        asked.end(body);
      });
    expect((await ask('/large')).bytes).toBe(LARGE);
    expect((await ask('/', Buffer.alloc(LARGE))).words).toBe(`${ONE} ${LARGE}`);
  });

  it('the health check is a TLS handshake with the first name, and a host without TLS is down', async () => {
    await until('the host without TLS to be down', () => /Server plain\/\S+ is DOWN/.test(engine.running.words));
    expect(await say(port, [hello(PLAIN)])).toBe('');
    expect(engine.running.words).not.toMatch(/Server (one|two|lines|grpc|checked)\/\S+ is DOWN/);
    await until('a check', () => greeted.has(`${CHECKED} as ${CHECKED}`));
    expect([...greeted].filter((words) => words.startsWith(CHECKED))).toHaveLength(1);
  });
});
