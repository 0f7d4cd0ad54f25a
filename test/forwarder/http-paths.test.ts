import { afterAll, beforeAll, expect, it } from 'vitest';
import { until } from '../dataplane/support/until';
import { endAfterwards, freePort } from './engine-process';
import { ask, HttpHost } from './http-host';
import { type SharedEngine, sharedTarget, startShared } from './shared-ports';
import { describeWithPrograms } from './tools';

const ADDRESS = '127.0.11.1';
const API = 'api.corp.example';
const MIXED = 'mixed.corp.example';
const HOSTS = ['orders', 'special', 'billing', 'rest', 'v1'];
/** Nobody listens there. */
const NOBODY = '127.0.11.9';

describeWithPrograms(['haproxy'], 'paths of requests on one port', () => {
  endAfterwards();
  const hosts: Record<string, HttpHost> = {};
  let engine: SharedEngine;
  let port = 0;
  afterAll(() => Promise.all(Object.values(hosts).map((host) => host.close())));
  const host = (name: string): HttpHost => {
    const found = hosts[name];
    if (found === undefined) throw new Error(name);
    return found;
  };
  const get = (path: string, name = API) => ask(port, [`GET ${path} HTTP/1.1`, `Host: ${name}`]);
  const heard = () => HOSTS.map((name) => host(name).got.length);

  beforeAll(async () => {
    for (const name of HOSTS) hosts[name] = await HttpHost.start(name, ADDRESS);
    port = await freePort();
    const on = (name: string, names: string[], path: string, more = {}) =>
      sharedTarget('http', [port, ADDRESS, host(name).port], names, { path, ...more });
    engine = await startShared({
      orders: on('orders', [API], '/orders', { max_connections: 2 }),
      special: on('special', [API], '/orders/special', { idle_timeout: 1 }),
      billing: on('billing', [API], '/billing'),
      rest: on('rest', [MIXED], ''),
      v1: on('v1', [MIXED], '/v1~a'),
      gone: sharedTarget('http', [port, NOBODY, host('rest').port], ['gone.corp.example']),
    });
  });

  it.each([
    ['/orders', API, 'orders'],
    ['/orders/', API, 'orders'],
    ['/orders?of=/billing/../x', API, 'orders'],
    ['/orders/1/a;color=red/%41?x=%2e%2e', API, 'orders'],
    ['/orders/special', API, 'special'],
    ['/orders/special/a', API, 'special'],
    ['/orders/specials', API, 'orders'],
    ['/billing/orders', API, 'billing'],
    ['/', MIXED, 'rest'],
    ['/orders', MIXED, 'rest'],
    ['/v1~a/x', MIXED, 'v1'],
    ['/v1~ab/some%20file', MIXED, 'rest'],
  ])('%s at %s goes to %s as it is', async (path, name, server) => {
    const { status, got } = await get(path, name);
    expect([status, got?.host, got?.url]).toEqual([200, server, path]);
  });

  it.each(['/', '/order', '/ordersx', '/Orders', '/x/orders'])('%s: 404 of ours', async (path) => {
    const before = heard();
    expect(await get(path)).toMatchObject({
      status: 404,
      body: 'privatelink-router: no target of this name has this path\n',
    });
    expect(heard()).toEqual(before);
  });

  it.each([
    '/orders/../billing',
    '/orders/..',
    '/orders/./x',
    '/.',
    '/orders/..;/billing',
    '/orders/..;x=1/billing',
    '/orders/.;/x',
    '/orders/..%3b/billing',
    '/orders/%2e%2e/billing',
    '/orders/.%2E/billing',
    '/orders%2Fspecial',
    '/orders/a%2fb',
    '/orders\\special',
    '/orders/%5C..%5cbilling',
    '//orders',
    '/billing//orders',
    '/orders/a//b',
    '/orders;x=1/special',
    '/orders/special;x=1/y',
    '/%6frders',
    '/orders/speci%61l',
    '/orders/%73pecial',
    '/orders/a%00b',
  ])('%s: 400, since it can be read in two ways', async (path) => {
    const before = heard();
    expect(await get(path)).toMatchObject({
      status: 400,
      body: 'privatelink-router: this path chooses the target and can be read in two ways\n',
    });
    expect(heard()).toEqual(before);
  });

  it('a fragment reaches no target that a path chooses', async () => {
    const before = heard();
    expect((await get('/orders#/../billing')).status).toBe(400);
    expect(heard()).toEqual(before);
  });

  it('a host that cannot be reached, breaks off or is silent: the answer names the target and us', async () => {
    expect(await get('/', 'gone.corp.example')).toMatchObject({
      status: 503,
      body: 'privatelink-router: no host of target gone can be reached\n',
    });
    host('billing').hold();
    const cut = get('/billing');
    await until('the request', () => host('billing').got.some(({ url }) => url === '/billing'));
    host('billing').cut();
    expect(await cut).toMatchObject({
      status: 502,
      body: 'privatelink-router: the host of target billing broke off or gave no answer of HTTP\n',
    });
    host('billing').release();
    host('special').hold();
    const silent = await get('/orders/special/silent');
    expect(silent).toMatchObject({
      status: 504,
      body: "privatelink-router: the host of target special gave no answer for 1 seconds, the target's idleTimeout\n",
    });
    host('special').release();
    expect((await get('/orders/special')).got?.host).toBe('special');
    await until('the line', () => / status=503 .* name="gone\.corp\.example"/.test(engine.running.words));
    expect(engine.running.words).toMatch(/target=gone .* status=503 ended=SC /);
  });

  it('a target has as many requests at once as it may, and the others of its port have theirs', async () => {
    host('orders').hold();
    const before = host('orders').got.length;
    const held = [get('/orders/a'), get('/orders/b')];
    await until('two requests', () => host('orders').got.length === before + 2);
    expect(await get('/orders/c')).toMatchObject({
      status: 503,
      body: 'privatelink-router: target orders has as many requests at once as it may have\n',
    });
    expect((await get('/billing')).got?.host).toBe('billing');
    host('orders').release();
    expect((await Promise.all(held)).map(({ status }) => status)).toEqual([200, 200]);
    await until('room', async () => (await get('/orders/c')).status === 200);
  });
});
