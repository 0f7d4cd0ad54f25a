import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ResolveProgress, resolutionKey, resolveHosts } from '../../src/resolver';
import { type DnsServer, manyHosts } from '../support/dns-server';
import { outcome, resolveOne, serve, until } from './harness';

const NAME = 'db.test.example';

function queriesFor(count: number, ...servers: DnsServer[]) {
  return Array.from({ length: count }, (_, n) => ({
    host: `host${n + 1}.test.example`,
    servers: servers.map(({ text }) => text),
  }));
}

async function turns(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) await new Promise((next) => setImmediate(next));
}

describe('many hosts', () => {
  it('are asked as many at once as allowed, and never more', async () => {
    const server = await serve({ zone: manyHosts(60) });
    server.hold();
    const running = resolveHosts(queriesFor(60, server), { concurrency: 7, timeoutMs: 30_000 });
    await until(() => server.pending === 7);
    await turns(200);
    expect(server.queries).toHaveLength(7);
    server.release();
    const resolutions = await running;
    expect([...resolutions.values()].filter(({ resolved }) => resolved)).toHaveLength(60);
    expect(server.queries).toHaveLength(60);
    expect(server.mostPending).toBe(7);
  });

  it('keep the bound while names take several questions', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 0, max: 25 }), async (concurrency, count) => {
        const zone = { ...manyHosts(count) };
        for (let n = 1; n <= count; n += 3) zone[`host${n}.test.example`] = { aaaa: ['fd00::1'] };
        const server = await serve({ zone, delayMs: 1 });
        const resolutions = await resolveHosts(queriesFor(count, server), { concurrency, timeoutMs: 30_000 });
        expect(resolutions.size).toBe(count);
        expect(server.mostPending).toBeLessThanOrEqual(concurrency);
        expect(server.queries).toHaveLength(count + Math.ceil(count / 3));
        await server.close();
      }),
      { numRuns: 25 },
    );
  });

  it('report progress after each name', async () => {
    const server = await serve({ zone: manyHosts(8) });
    const seen: ResolveProgress[] = [];
    await resolveHosts(queriesFor(10, server), { onProgress: (progress) => seen.push(progress) });
    expect(seen.map(({ done }) => done)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(seen.every(({ total }) => total === 10)).toBe(true);
    expect(seen.map(({ failed }) => failed)).toEqual(seen.map(({ failed }) => failed).toSorted((a, b) => a - b));
    expect(seen.at(-1)).toEqual({ done: 10, total: 10, failed: 2 });
  });

  it('that are the same are asked once for each set of name servers', async () => {
    const inside = await serve({ zone: { [NAME]: { a: ['10.0.0.5'] } } });
    const outside = await serve({ zone: { [NAME]: { a: ['10.9.9.9'] } } });
    const [a, b] = [inside, outside].map(({ text }) => ({ host: NAME, servers: [text] }));
    if (a === undefined || b === undefined) throw new Error('two servers');
    const resolutions = await resolveHosts([a, b, { ...a }, { ...b }]);
    expect([...resolutions.keys()]).toEqual([resolutionKey(a), resolutionKey(b)]);
    expect([...resolutions.values()].map(outcome)).toEqual([['10.0.0.5'], ['10.9.9.9']]);
    expect([inside.queries.length, outside.queries.length]).toEqual([1, 1]);
  });

  it('none at all are no work', async () => {
    expect((await resolveHosts([])).size).toBe(0);
  });

  it.each([{ timeoutMs: 0 }, { attempts: 1.5 }, { concurrency: Number.NaN }])(
    'an option out of range is refused: %o',
    async (options) => {
      await expect(resolveHosts([], options)).rejects.toThrow(RangeError);
    },
  );
});

describe('several name servers', () => {
  it('the second answers where the first is dead, and the dead one is not asked for every name', async () => {
    const dead = await serve({
      zone: Object.fromEntries(Object.keys(manyHosts(40)).map((name) => [name, { silent: true }])),
    });
    const alive = await serve({ zone: manyHosts(40) });
    const resolutions = await resolveHosts(queriesFor(40, dead, alive), { concurrency: 4, timeoutMs: 800 });
    expect([...resolutions.values()].every(({ answeredBy }) => answeredBy === alive.text)).toBe(true);
    expect(dead.queries.length).toBeGreaterThanOrEqual(3);
    expect(dead.queries.length).toBeLessThanOrEqual(10);
    expect(alive.queries).toHaveLength(40);
  });

  it('nothing listens at the first: the second answers', async () => {
    const closed = await serve({ zone: {} });
    await closed.close();
    const alive = await serve({ zone: { [NAME]: { a: ['10.0.0.5'] } } });
    expect(outcome(await resolveOne(NAME, [closed, alive]))).toEqual(['10.0.0.5']);
  });

  it.each([
    { rcode: 'SERVFAIL' },
    { rcode: 'REFUSED' },
    { rcode: 'NOTAUTH' },
    { garbage: 'ff' },
    { truncated: 'tcp-too' },
  ] as const)('the second answers where the first gives %o', async (behaviour) => {
    const first = await serve({ zone: { [NAME]: behaviour } });
    const second = await serve({ zone: { [NAME]: { a: ['10.0.0.5'] } } });
    expect(outcome(await resolveOne(NAME, [first, second]))).toEqual(['10.0.0.5']);
  });

  it.each([{ rcode: 'NXDOMAIN' }, {}, { a: ['8.8.8.8'] }] as const)(
    'an answer counts, the second is not asked: %o',
    async (behaviour) => {
      const first = await serve({ zone: { [NAME]: behaviour } });
      const second = await serve({ zone: { [NAME]: { a: ['10.0.0.5'] } } });
      expect((await resolveOne(NAME, [first, second])).resolved).toBe(false);
      expect(second.queries).toHaveLength(0);
    },
  );

  it('are gone through again as often as attempts say, but not those that refused', async () => {
    const failing = await serve({ zone: { [NAME]: { rcode: 'SERVFAIL' } } });
    const refusing = await serve({ zone: { [NAME]: { rcode: 'REFUSED' } } });
    const resolution = await resolveOne(NAME, [failing, refusing], { attempts: 3 });
    expect(outcome(resolution)).toEqual({
      kind: 'unanswered',
      servers: [
        { server: failing.text, kind: 'server-failure', tries: 3 },
        { server: refusing.text, kind: 'refused', tries: 1 },
      ],
    });
    expect([failing.queries.length, refusing.queries.length]).toEqual([3, 1]);
  });

  it('a server that comes round is heard: after silence, after SERVFAIL', async () => {
    const server = await serve({
      zone: { [NAME]: { a: ['10.0.0.5'], silent: 1 }, 'x.test.example': { a: ['10.0.0.6'], failures: 2 } },
    });
    expect(outcome(await resolveOne(NAME, [server], { attempts: 2, timeoutMs: 800 }))).toEqual(['10.0.0.5']);
    expect(outcome(await resolveOne('x.test.example', [server], { attempts: 3 }))).toEqual(['10.0.0.6']);
    expect(server.queries).toHaveLength(5);
  });

  it('when all are dead, later names are asked once for each server', async () => {
    const zone = Object.fromEntries(Object.keys(manyHosts(6)).map((name) => [name, { silent: true }]));
    const server = await serve({ zone });
    const resolutions = await resolveHosts(queriesFor(6, server), { concurrency: 1, timeoutMs: 40, attempts: 3 });
    expect([...resolutions.values()].every(({ resolved }) => !resolved)).toBe(true);
    expect(server.queries).toHaveLength(3 + 5);
  });
});
