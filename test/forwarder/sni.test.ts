import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../dataplane/support/until';
import { endAfterwards, freePort } from './engine-process';
import { hello, type SharedEngine, say, sharedTarget, startShared } from './shared-ports';
import { describeWithPrograms } from './tools';

const ONE = 'one.corp.example';
const TWO = 'two.corp.example';
const ALSO = 'also.corp.example';
const ADDRESS = '127.0.9.1';
/** The answer of a port where the name is refused: the connection ends. */
const CLOSED = '';

const NO_NAME_OF_THIS_PORT = 'privatelink-router: no target of this port has this name';
const NO_HELLO = 'privatelink-router: no whole TLS hello came';

/** Each byte by itself. */
function single(bytes: Buffer): Buffer[] {
  return [...bytes].map((byte) => Buffer.from([byte]));
}

function cut(bytes: Buffer, at: number): Buffer[] {
  return [bytes.subarray(0, at), bytes.subarray(at)];
}

describeWithPrograms(['haproxy'], 'names in TLS hellos on one port', () => {
  endAfterwards();
  const servers: Server[] = [];
  const open = new Set<Socket>();
  let engine: SharedEngine;
  let [port, otherPort, fewPort] = [0, 0, 0];
  let late: Promise<readonly string[]>;
  afterAll(() => {
    for (const socket of open) socket.destroy();
    for (const server of servers) server.close();
  });

  /** A host that says its name and how many bytes came, once these are there. */
  async function serve(name: string, count: (bytes: Buffer) => boolean): Promise<number> {
    const server = createServer((socket) => {
      open.add(socket);
      let heard = Buffer.alloc(0);
      socket.on('data', (bytes) => {
        heard = Buffer.concat([heard, bytes]);
        if (count(heard)) socket.write(`${name}:${heard.length}\n`);
      });
      socket.on('error', () => undefined);
    });
    server.listen(0, ADDRESS);
    await once(server, 'listening');
    servers.push(server);
    return (server.address() as { port: number }).port;
  }
  /** All records have come that have begun. */
  const whole = (bytes: Buffer) => {
    let place = 0;
    while (bytes.length >= place + 5) place += 5 + bytes.readUInt16BE(place + 3);
    return place === bytes.length;
  };
  const lines = (name: string) => engine.running.words.split('\n').filter((line) => line.includes(` name="${name}"`));

  beforeAll(async () => {
    [port, otherPort, fewPort] = [await freePort(), await freePort(), await freePort()];
    const [one, two] = [await serve('one', whole), await serve('two', whole)];
    engine = await startShared({
      one: sharedTarget('sni', [port, ADDRESS, one], [ALSO, ONE]),
      two: sharedTarget('sni', [port, ADDRESS, two], [TWO]),
      // Of another shard.
      stranger: sharedTarget('sni', [otherPort, ADDRESS, two], ['stranger.corp.example']),
      few: sharedTarget('sni', [fewPort, ADDRESS, one], [ONE], { max_connections: 2 }),
      many: sharedTarget('sni', [fewPort, ADDRESS, two], [TWO]),
    });
    late = Promise.all([say(port, [hello(ONE).subarray(0, 20)]), say(port, [])]);
  });

  const split = (name: string) => hello(name, { padding: 1500 });
  it.each<[string, Buffer[], string]>([
    ['a name', [hello(ONE)], 'one'],
    ['another name', [hello(TWO)], 'two'],
    ['the other name of a target', [hello(ALSO)], 'one'],
    ['a name in upper case', [hello(ONE.toUpperCase())], 'one'],
    ['a hello in two segments', cut(split(TWO), 1448), 'two'],
    ['a hello whose name is cut', cut(hello(TWO), hello(TWO).indexOf('corp')), 'two'],
    ['a hello that comes byte by byte', single(hello(ONE)), 'one'],
    ['a hello of 15 KB', [hello(ONE, { padding: 15_000 })], 'one'],
    ['a name with a dot at its end', [hello(`${ONE}.`)], CLOSED],
    ['no name', [hello(undefined)], CLOSED],
    ['a name that no target has', [hello('three.corp.example')], CLOSED],
    ['a name that ends as one of ours', [hello(`evil.${ONE}`)], CLOSED],
    ['a name that begins as one of ours', [hello(`${ONE}.evil`)], CLOSED],
    ['a name with more behind a NUL', [hello(`${ONE}\0.evil`)], CLOSED],
    ['a name of another shard', [hello('stranger.corp.example')], CLOSED],
    ['a hello over two TLS records', [hello(ONE, { split: 20 })], CLOSED],
    ['a request of HTTP', [Buffer.from(`GET / HTTP/1.1\r\nHost: ${ONE}\r\n\r\n`)], CLOSED],
    ['the first word of PostgreSQL', [Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])], CLOSED],
  ])('%s', async (_, parts, server) => {
    const bytes = Buffer.concat(parts).length;
    const answer = await say(port, parts);
    // What the client said reaches the target as it was.
    expect(answer).toBe(server === CLOSED ? '' : `${server}:${bytes}\n`);
  });

  it('names of one shard reach no target of another, whatever the port', async () => {
    expect(await say(otherPort, [hello('stranger.corp.example')])).toMatch(/^two:/);
    expect(await say(otherPort, [hello(ONE)])).toBe(CLOSED);
  });

  it('the log says which name was refused, and which target had a session', async () => {
    await say(port, [hello('refused.corp.example')]);
    await until('the line', () => lines('refused.corp.example').length > 0);
    expect(lines('refused.corp.example')).toEqual([
      expect.stringMatching(
        new RegExp(
          `^target=- client=127\\.0\\.0\\.1:\\d+ .* ended=PR .* port=${port} refused="${NO_NAME_OF_THIS_PORT}" `,
        ),
      ),
    ]);
    await until('the line of a session', () => lines(ALSO).length > 0);
    expect(lines(ALSO)[0]).toMatch(
      new RegExp(`^target=one client=127\\.0\\.0\\.1:\\d+ server=127\\.0\\.9\\.1:\\d+ .* port=${port} refused="" `),
    );
    const refused = (reason: string) => engine.running.words.includes(`refused="${reason}"`);
    expect([NO_HELLO, 'privatelink-router: the TLS hello has no name'].map(refused)).toEqual([true, true]);
  });

  it('a name cannot write into the log', async () => {
    const before = engine.running.words.length;
    await say(port, [hello('x"\n target=one client=1.2.3.4 \u001b[31m%00\0 name="y')]);
    await until('the line', () => engine.running.words.slice(before).includes('name="x?'));
    const line = engine.running.words.slice(before).split('\n')[0] ?? '';
    expect(line).toMatch(/ name="[a-z0-9._?-]+"$/);
    expect(line).toMatch(/^target=- client=127\.0\.0\.1:/);
    await say(port, [hello(`${'long.'.repeat(2000)}example`)]);
    await until('the line', () => engine.running.words.includes('name="long.long'));
    expect(/name="(long[a-z.]*)"/.exec(engine.running.words)?.[1]).toHaveLength(253);
  });

  it('a target has as many sessions as it may, and the others of its port have theirs', async () => {
    const socket = () => say(fewPort, [hello(ONE)], 1000);
    const held = [socket(), socket()];
    await until('two sessions', () => open.size >= 2);
    await until('the third to be refused', async () => (await say(fewPort, [hello(ONE)])) === CLOSED);
    expect(await say(fewPort, [hello(TWO)])).toMatch(/^two:/);
    await until('the line', () => engine.running.words.includes('the target has as many sessions as it may have'));
    for (const one of open) one.destroy();
    expect((await Promise.all(held)).map((answer) => answer.split(':')[0])).toEqual(['one', 'one']);
    await until('room', async () => (await say(fewPort, [hello(ONE)])).startsWith('one:'));
  });

  it('a client that says nothing or half a hello is told to go after five seconds', async () => {
    expect(await late).toEqual([CLOSED, CLOSED]);
  });
});
