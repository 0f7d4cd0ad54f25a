import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { examine, InputError, type PrepareOptions, preparePlan, releasePort, synthesize } from '../../src';
import { inventoryText, THREE } from '../cli/harness';
import { DnsServer, type Zone } from '../support/dns-server';

let folder: string;
let file: string;
let lockFile: string;
const servers: DnsServer[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plr-app-'));
  file = join(folder, 'privatelink-router.yaml');
  lockFile = join(folder, 'privatelink-router.lock.json');
});
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
  rmSync(folder, { recursive: true, force: true });
});

async function serve(zone: Zone): Promise<DnsServer> {
  const server = await DnsServer.start({ zone });
  servers.push(server);
  return server;
}

/** Writes the inventory; `zone` makes it one of `dns: synth` that asks a name server of this test. */
function write(targets: Readonly<Record<string, string>>, server?: DnsServer): void {
  const keys = server === undefined ? [] : ['dns: synth', `resolvers: ["127.0.0.1:${server.port}"]`];
  writeFileSync(file, inventoryText(targets, keys));
}

const prepare = (more: Partial<PrepareOptions> = {}) => preparePlan({ file, write: true, ...more });

/** The findings of a run that must fail. */
async function failure(more: Partial<PrepareOptions> = {}): Promise<InputError['diagnostics']> {
  const error = await prepare(more).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof InputError) {
    return error.diagnostics;
  }
  throw error ?? new Error('the run did not fail');
}

/** Does what waits for answers that never come, on a clock that does not wait. */
async function withoutWaiting<T>(work: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  try {
    let ended = false;
    const end = () => {
      ended = true;
    };
    const done = work();
    done.then(end, end);
    while (!ended) {
      await vi.advanceTimersByTimeAsync(100);
      await new Promise((next) => setImmediate(next));
    }
    return await done;
  } finally {
    vi.useRealTimers();
  }
}

describe('preparing a plan', () => {
  it('writes the lock where it may and where it changes', async () => {
    write(THREE);
    expect(await prepare({ write: false })).toMatchObject({ changed: true, written: false });
    expect(existsSync(lockFile)).toBe(false);
    expect(await prepare()).toMatchObject({ changed: true, written: true });
    expect(await prepare()).toMatchObject({ changed: false, written: false, changes: [] });
  });

  it('refuses a frozen run whose lock would change, and names what would', async () => {
    write(THREE);
    const diagnostics = await failure({ frozen: true });
    expect(diagnostics).toMatchObject([{ code: 'PLR9001', severity: 'error', file: lockFile, path: '' }]);
    expect(diagnostics[0]?.message).toContain('analytics/billing-sql (added)');
    expect(diagnostics[0]?.fix).toContain(`\`privatelink-router lock ${file}\``);
    expect(existsSync(lockFile)).toBe(false);
  });

  it('names no more than a few of many changes', async () => {
    write(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`t${i}`, `t${i}.acme.com:5432`])));
    const [finding] = await failure({ frozen: true });
    expect(finding?.message).toContain('and 22 more');
  });

  it('does not call a lock stale that cannot be planned', async () => {
    write({ ...THREE, broken: 'x.acme.com:0' });
    const diagnostics = await failure({ frozen: true });
    expect(diagnostics.map(({ code }) => code)).not.toContain('PLR9001');
    expect(diagnostics).toHaveLength(1);
  });

  it('reports inventory and lock together, sorted by place', async () => {
    write({ ...THREE, first: 'x.acme.com:0', second: 'y.acme.com:70000' });
    writeFileSync(lockFile, '{');
    const diagnostics = await failure();
    expect(diagnostics.map(({ file: named }) => named)).toEqual([lockFile, file, file]);
    expect(diagnostics.map(({ line }) => line)).toEqual([1, 16, 17]);
  });

  it('leaves the lock of a broken router alone, and says nothing of it', async () => {
    write(THREE);
    await prepare();
    const before = readFileSync(lockFile, 'utf8');
    write({ broken: 'x.acme.com:0' });
    expect(await failure()).toHaveLength(1);
    expect(readFileSync(lockFile, 'utf8')).toBe(before);
  });

  it('plans with an edited lock, or says why it cannot be edited', async () => {
    write(THREE);
    await prepare();
    write({ ledger: THREE.ledger });
    await prepare();
    expect(await failure({ edit: (lock) => releasePort(lock, 'analytics', 10077) })).toMatchObject([
      { severity: 'error' },
    ]);
    const { lock, written } = await prepare({ edit: (before) => releasePort(before, 'analytics', 10000) });
    expect(written).toBe(true);
    expect(lock.routers.analytics?.retired.map(({ listenerPort }) => listenerPort)).toEqual([10001]);
  });
});

describe('names of dns: synth', () => {
  const ZONE: Zone = {
    'orders.corp.acme.com': { a: ['10.0.0.9', '10.0.0.10'] },
    'sql01.corp.acme.com': { a: ['10.0.1.1'] },
    'ledger.corp.acme.com': { rcode: 'NXDOMAIN' },
  };
  const TWO = { 'orders-db': THREE['orders-db'], 'billing-sql': THREE['billing-sql'] };

  it('are resolved where the run may, with progress, and only once', async () => {
    const server = await serve(ZONE);
    write(TWO, server);
    const seen: (readonly [number, number])[] = [];
    const { lock } = await prepare({ resolve: true, onProgress: (done, total) => seen.push([done, total]) });
    expect(lock.routers.analytics?.targets['orders-db']?.addresses).toEqual(['10.0.0.9', '10.0.0.10']);
    expect(seen).toEqual([
      [1, 2],
      [2, 2],
    ]);
    const asked = server.queries.length;
    expect(await prepare({ resolve: true })).toMatchObject({ changed: false });
    expect(server.queries).toHaveLength(asked);
    await prepare({ resolve: true, refresh: true });
    expect(server.queries.length).toBeGreaterThan(asked);
  });

  it('stop the run where one is dead and the lock has nothing for it', async () => {
    write(THREE, await serve(ZONE));
    const diagnostics = await failure({ resolve: true });
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toMatchObject([
      { code: 'PLR4001', path: 'routers.analytics.targets.ledger.host', file, line: 17 },
    ]);
    expect(diagnostics.filter(({ message }) => message.includes('ledger'))).toHaveLength(1);
    expect(existsSync(lockFile)).toBe(false);
  });

  it('keep the addresses of the lock where one dies later', async () => {
    write(TWO, await serve(ZONE));
    const { lock } = await prepare({ resolve: true });
    write(TWO, await serve({ 'sql01.corp.acme.com': { a: ['10.0.1.2'] } }));
    const again = await prepare({ resolve: true, refresh: true });
    expect(again.diagnostics).toMatchObject([{ code: 'PLR4020', severity: 'warning' }]);
    const targets = again.lock.routers.analytics?.targets;
    expect(targets?.['orders-db']?.addresses).toEqual(lock.routers.analytics?.targets['orders-db']?.addresses);
    expect(targets?.['billing-sql']?.addresses).toEqual(['10.0.1.2']);
  });

  it('come when they appear after NXDOMAIN, stay while DNS is silent or loses them, and follow it when it answers', async () => {
    const orders = 'orders.corp.acme.com';
    const server = await serve({ 'sql01.corp.acme.com': { a: ['10.0.1.1'] } });
    write(TWO, server);
    const refreshed = async () => {
      const { diagnostics, lock } = await prepare({ resolve: true, refresh: true });
      const { 'orders-db': one, 'billing-sql': other } = lock.routers.analytics?.targets ?? {};
      return { codes: diagnostics.map(({ code }) => code), orders: one?.addresses, billing: other?.addresses };
    };
    expect((await failure({ resolve: true })).map(({ code, severity }) => `${code} ${severity}`)).toEqual([
      'PLR4001 error',
    ]);
    expect(existsSync(lockFile)).toBe(false);

    server.set(orders, { a: ['10.0.0.9'] });
    expect(await refreshed()).toEqual({ codes: [], orders: ['10.0.0.9'], billing: ['10.0.1.1'] });

    for (const [before, after] of [
      ['10.0.0.9', '10.0.0.10'],
      ['10.0.0.10', '10.0.0.11'],
    ] as const) {
      server.set(orders, { silent: true });
      const written = readFileSync(lockFile, 'utf8');
      expect(await withoutWaiting(refreshed)).toEqual({ codes: ['PLR4020'], orders: [before], billing: ['10.0.1.1'] });
      expect(readFileSync(lockFile, 'utf8')).toBe(written);
      server.set(orders, { rcode: 'NXDOMAIN' });
      expect(await refreshed()).toEqual({ codes: ['PLR4020'], orders: [before], billing: ['10.0.1.1'] });
      server.set(orders, { a: [after] });
      expect(await refreshed()).toEqual({ codes: [], orders: [after], billing: ['10.0.1.1'] });
    }
  });

  it('keep the whole lock through a silence of all name servers, which is told once', async () => {
    const server = await serve(ZONE);
    write(TWO, server);
    const { lock } = await prepare({ resolve: true });
    for (const name of Object.keys(ZONE)) server.set(name, { silent: true });
    const later = await withoutWaiting(() => prepare({ resolve: true, refresh: true }));
    expect(later.diagnostics.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['PLR4015 warning']);
    expect(later.lock).toEqual(lock);
    for (const [name, behaviour] of Object.entries(ZONE)) server.set(name, behaviour);
    expect((await prepare({ resolve: true, refresh: true })).diagnostics).toEqual([]);
  });

  it('are not asked for in a frozen run, nor by default', async () => {
    const server = await serve(ZONE);
    write(TWO, server);
    await failure({ resolve: true, frozen: true });
    await prepare({ write: false });
    expect(server.queries).toEqual([]);
  });

  it('are looked at for a report without any error', async () => {
    const server = await serve(ZONE);
    write(THREE, server);
    const { hosts, diagnostics } = await examine({ file, lookAtHosts: true });
    expect(hosts.map(({ host, addresses }) => [host, addresses])).toEqual([
      ['orders.corp.acme.com', ['10.0.0.9', '10.0.0.10']],
      ['sql01.corp.acme.com', ['10.0.1.1']],
      ['ledger.corp.acme.com', []],
    ]);
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(['PLR4031']);
  });
});

it('the library writes the Terraform of a plan', async () => {
  write(THREE);
  const { plan } = await prepare();
  const files = await synthesize(plan, join(folder, 'out'));
  expect(files).toContain(join(folder, 'out', 'stacks', 'analytics', 'cdk.tf.json'));
});
