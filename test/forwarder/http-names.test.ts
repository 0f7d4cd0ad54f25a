import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../dataplane/support/until';
import { dial, endAfterwards, freePort } from './engine-process';
import { ask, HttpHost } from './http-host';
import { type SharedEngine, sharedTarget, startShared } from './shared-ports';
import { describeWithPrograms } from './tools';

const ADDRESS = '127.0.10.1';
const WIKI = 'wiki.corp.example';
const SHOP = 'shop.corp.example';
const STRANGER = 'stranger.corp.example';

describeWithPrograms(['haproxy'], 'names of requests on one port', () => {
  endAfterwards();
  const hosts: Record<string, HttpHost> = {};
  let engine: SharedEngine;
  let [port, otherPort] = [0, 0];
  afterAll(() => Promise.all(Object.values(hosts).map((host) => host.close())));
  const host = (name: string): HttpHost => {
    const found = hosts[name];
    if (found === undefined) throw new Error(name);
    return found;
  };

  beforeAll(async () => {
    for (const name of ['wiki', 'shop']) hosts[name] = await HttpHost.start(name, ADDRESS);
    [port, otherPort] = [await freePort(), await freePort()];
    engine = await startShared({
      wiki: sharedTarget('http', [port, ADDRESS, host('wiki').port], [WIKI, 'www.corp.example']),
      shop: sharedTarget('http', [port, ADDRESS, host('shop').port], [SHOP]),
      // Of another shard.
      stranger: sharedTarget('http', [otherPort, ADDRESS, host('shop').port], [STRANGER]),
    });
  });

  it.each([
    ['a name', `Host: ${WIKI}`, 'wiki'],
    ['another name', `Host: ${SHOP}`, 'shop'],
    ['the other name of a target', 'Host: www.corp.example', 'wiki'],
    ['a name in upper case, with a port', 'HOST: WIKI.Corp.Example:8080', 'wiki'],
    ['a name with a dot and a port', `Host: ${WIKI}.:8080`, 'wiki'],
  ])('%s is routed', async (_, line, server) => {
    const { status, got } = await ask(port, ['GET /a/../b//c%2F?q=1 HTTP/1.1', line]);
    expect([status, got?.host]).toEqual([200, server]);
    // Nothing is rewritten, neither the path nor the name; where no path chooses, every path is the target's.
    expect(got?.url).toBe('/a/../b//c%2F?q=1');
    expect(Object.fromEntries(got?.headers ?? []).host).toBe(line.slice(6));
  });

  const NO_TARGET = 'privatelink-router: no target of this port has the name that the Host header gives\n';
  const ONE_HOST = 'privatelink-router: a request has one Host header\n';
  const METHODS = 'privatelink-router: CONNECT and TRACE are not forwarded\n';

  it.each<[string, string, string[], number, string]>([
    ['a name of nobody', 'GET /?secret=1', ['Host: nobody.corp.example'], 421, NO_TARGET],
    ['a name that begins as ours', 'GET /', [`Host: ${WIKI}.evil`], 421, NO_TARGET],
    ['a name that ends as ours', 'GET /', [`Host: evil.${WIKI}`], 421, NO_TARGET],
    ['a name with two dots', 'GET /', [`Host: ${WIKI}..`], 421, NO_TARGET],
    ['a name of another shard', 'GET /', [`Host: ${STRANGER}`], 421, NO_TARGET],
    ['an address', 'GET /', [`Host: ${ADDRESS}`], 421, NO_TARGET],
    ['no Host', 'GET /', [], 400, ONE_HOST],
    ['an empty Host', 'GET /', ['Host:'], 400, ONE_HOST],
    ['TRACE', 'TRACE /', [`Host: ${WIKI}`], 405, METHODS],
    ['CONNECT', `CONNECT ${WIKI}:80`, [`Host: ${WIKI}:80`], 405, METHODS],
  ])('%s is refused, and says so', async (_, line, headers, status, words) => {
    const before = Object.values(hosts).map(({ got }) => got.length);
    const { body, ...answer } = await ask(port, [`${line} HTTP/1.1`, ...headers]);
    expect([answer.status, body]).toEqual([status, words]);
    expect(answer.head).toContain('ontent-type: text/plain');
    expect(Object.values(hosts).map(({ got }) => got.length)).toEqual(before);
  });

  // HAProxy's parser refuses these itself, most versions of it all.
  it.each<[string, string, string[]]>([
    ['two Host headers', 'GET / HTTP/1.1', [`Host: ${SHOP}`]],
    ['an absolute URI with the name of another', `GET http://${SHOP}/ HTTP/1.1`, []],
    ['an absolute URI with a user', `GET http://${WIKI}@${SHOP}/ HTTP/1.1`, []],
    ['two lengths', 'POST / HTTP/1.1', ['Content-Length: 1', 'Content-Length: 2']],
    ['a space before the colon', 'POST / HTTP/1.1', ['Transfer-Encoding : chunked']],
    ['a coding that nobody knows', 'POST / HTTP/1.1', ['Transfer-Encoding: x']],
    ['the begin of HTTP/2', 'PRI * HTTP/2.0', []],
    ['a head of 40 KB', 'GET / HTTP/1.1', [`X-Long: ${'x'.repeat(40_000)}`]],
    ['no HTTP', 'hello', []],
  ])('%s: 400, and no host hears of it', async (_, line, headers) => {
    const before = Object.values(hosts).map(({ got }) => got.length);
    expect((await ask(port, [line, `Host: ${WIKI}`, ...headers])).status).toBe(400);
    expect(Object.values(hosts).map(({ got }) => got.length)).toEqual(before);
  });

  it('two names in one header are none: by whichever rule of HAProxy or ours', async () => {
    const { status } = await ask(port, ['GET / HTTP/1.1', `Host: evil.example, ${WIKI}`]);
    expect([400, 421]).toContain(status);
  });

  it('of two Host headers with one name the host gets one', async () => {
    const { got } = await ask(port, ['GET / HTTP/1.1', `Host: ${WIKI}`, `Host: ${WIKI}`]);
    expect(got?.headers.filter(([key]) => key === 'host')).toEqual([['host', WIKI]]);
  });

  it('an absolute URI with the name of its Host is routed', async () => {
    const { got } = await ask(port, [`GET http://${SHOP}:8080/x HTTP/1.1`, `Host: ${SHOP}:8080`]);
    expect(got?.host).toBe('shop');
  });

  it('a length beside chunks reaches no host: the chunks are the body', async () => {
    const lines = ['POST /x HTTP/1.1', `Host: ${WIKI}`, 'Content-Length: 60', 'Transfer-Encoding: chunked'];
    const smuggled = `GET /smuggled HTTP/1.1\r\nHost: ${SHOP}\r\n\r\n`;
    const { got } = await ask(port, lines, `3\r\nabc\r\n0\r\n\r\n${smuggled}`);
    expect(got).toMatchObject({ host: 'wiki', body: 'abc' });
    expect(got?.headers.filter(([key]) => key === 'content-length')).toEqual([]);
    expect(Object.values(hosts).flatMap((one) => one.got.filter(({ url }) => url === '/smuggled'))).toEqual([]);
  });

  it('each request of a connection is judged by itself', async () => {
    const one = (name: string, more = '') => `GET /${name} HTTP/1.1\r\nHost: ${name}\r\n${more}\r\n`;
    const text = await dial(port, one(WIKI) + one(SHOP) + one('nobody.example') + one(WIKI, 'Connection: close\r\n'));
    expect([...text.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['200', '200', '421', '200']);
    expect([...text.matchAll(/"host":"(\w+)"/g)].map(([, name]) => name)).toEqual(['wiki', 'shop', 'wiki']);
  });

  it('what a client says of others is dropped, and HTTP/2 is not spoken behind our back', async () => {
    const dropped = [
      'X-Forwarded-For: 10.9.9.9',
      'X-Forwarded-Host: evil.example',
      'X-Forwarded-Anything: x',
      'Forwarded: for=10.9.9.9',
      'HTTP2-Settings: AAMAAABkAAQAAP__',
      'Upgrade: h2c',
    ];
    const { got } = await ask(port, ['GET / HTTP/1.1', `Host: ${WIKI}`, ...dropped, 'X-Kept: yes']);
    expect(got?.headers.map(([key]) => key).sort()).toEqual(['host', 'x-kept']);
  });

  it('a WebSocket passes, and bytes flow both ways', async () => {
    const socket = connect(port, '127.0.0.1');
    const key = 'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==';
    let heard = '';
    socket.on('data', (bytes) => {
      heard += bytes.toString();
    });
    socket.write(`GET /ws HTTP/1.1\r\nHost: ${SHOP}\r\nConnection: Upgrade\r\nUpgrade: WebSocket\r\n${key}\r\n\r\n`);
    await until('101', () => heard.includes(' 101 '));
    socket.write('hello');
    await until('an answer', () => heard.endsWith('shop hello'));
    const ended = once(socket, 'close');
    socket.destroy();
    await ended;
  });

  it('a head of 15 KB and a body of 20 MB pass', async () => {
    const long = `X-Long: ${'x'.repeat(15_000)}`;
    expect((await ask(port, ['GET / HTTP/1.1', `Host: ${WIKI}`, long])).got?.host).toBe('wiki');
    const size = 20_000_000;
    const lines = ['POST / HTTP/1.1', `Host: ${WIKI}`, `Content-Length: ${size}`];
    expect((await ask(port, lines, 'x'.repeat(size))).got?.body).toBe(`${size} bytes`);
  });

  it('the log has target, name, method, path, status and bytes, and neither query nor header nor body', async () => {
    const lines = [
      'POST /logged/"a<b?token=querysecret HTTP/1.1',
      `Host: ${WIKI}`,
      'Content-Length: 10',
      'Cookie: cookiesecret',
    ];
    await ask(port, lines, 'bodysecret');
    await until('the line', () => engine.running.words.includes('/logged/'));
    const line = engine.running.words.split('\n').find((one) => one.includes('/logged/')) ?? '';
    expect(line).toMatch(
      new RegExp(
        `^target=wiki client=127\\.0\\.0\\.1:\\d+ server=127\\.0\\.10\\.1:\\d+ bytes_from_client=\\d+ bytes_to_client=\\d+ duration_ms=\\d+ connect_ms=\\d+ status=200 ended=-- connections=\\d+ port=${port} refused="" name="wiki.corp.example" method=POST path="/logged/\\?a\\?b"$`,
      ),
    );
    await ask(port, ['GET /%0a HTTP/1.1', 'Host: x" target=evil status=200']);
    await ask(port, [`GET /${'long/'.repeat(1000)} HTTP/1.1`, `Host: ${'y'.repeat(5000)}`]);
    await until('the lines', () => engine.running.words.includes('name="yyy'));
    const refused = engine.running.words.split('\n').filter((one) => one.includes('refused="no target of this port'));
    for (const one of refused) expect(one).toMatch(/^target=- .* name="[^"]{1,253}" method=[A-Z]+ path="[^"]{0,300}"$/);
    expect(engine.running.words).not.toMatch(/secret|target=evil/);
  });
});
