import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { resolutionKey, resolveHosts } from '../../src/resolver';
import type { DnsServer } from '../support/dns-server';
import { outcome, resolveOne, serve, until } from './harness';

const NAME = 'db.test.example';
const HERE = { a: ['10.0.0.5'] };
const MOVED = { a: ['10.0.0.6'] };

/** Seconds after which a question without an answer is given up, as the program has it. */
const TIMEOUT = 2;

describe('one name over several runs', () => {
  it('is found as soon as it appears after NXDOMAIN, and missed as soon as it is gone', async () => {
    const server = await serve({ zone: {} });
    expect(outcome(await resolveOne(NAME, [server]))).toMatchObject({ kind: 'name-unknown' });
    server.set(NAME, HERE);
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(HERE.a);
    server.set(NAME, { rcode: 'NXDOMAIN' });
    expect(outcome(await resolveOne(NAME, [server]))).toMatchObject({ kind: 'name-unknown' });
    server.set(NAME, {});
    expect(outcome(await resolveOne(NAME, [server]))).toMatchObject({ kind: 'no-address' });
    server.set(NAME, MOVED);
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(MOVED.a);
  });
});

describe('silence, by a clock of the test', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  /** Lets the program give up a question: as soon as the next one has come, its time passes. @returns the seconds that passed */
  async function passQuestion(server: DnsServer, already: number): Promise<number> {
    await until(() => server.queries.length > already);
    await vi.advanceTimersByTimeAsync(TIMEOUT * 1000);
    return TIMEOUT;
  }

  function names(server: DnsServer, count: number) {
    return Array.from({ length: count }, (_, n) => ({ host: `n${n}.test.example`, servers: [server.text] }));
  }

  it('of more than a minute ends a run by itself, and each name after the third costs one question', async () => {
    const queries = 34;
    const server = await serve({
      zone: Object.fromEntries(Array.from({ length: queries }, (_, n) => [`n${n}.test.example`, { silent: true }])),
    });
    const done = resolveHosts(names(server, queries), { concurrency: 1 });
    let seconds = 0;
    // The first name is asked three times, and then the server counts as dead.
    for (let asked = 0; asked < queries + 2; asked += 1) seconds += await passQuestion(server, asked);
    const resolutions = [...(await done).values()];
    expect(seconds).toBeGreaterThan(60);
    expect(server.queries).toHaveLength(queries + 2);
    expect(resolutions.every(({ resolved }) => !resolved)).toBe(true);
    expect(server.askedFor('n0.test.example')).toHaveLength(3);
  });

  it('that ends after a minute is noticed by the next name, and a second silence is given every attempt again', async () => {
    const count = 36;
    const zone = Object.fromEntries(
      Array.from({ length: count }, (_, n) => [`n${n}.test.example`, n < 31 || n > 34 ? { silent: true } : HERE]),
    );
    const server = await serve({ zone });
    const done = resolveHosts(names(server, count), { concurrency: 1 });
    let seconds = 0;
    for (let asked = 0; asked < 31 + 2; asked += 1) seconds += await passQuestion(server, asked);
    expect(seconds).toBeGreaterThan(60);
    // n31 to n34 are answered at once; n35 meets a server that answered last.
    const answered = 31 + 2 + 4;
    for (let asked = answered; asked < answered + 3; asked += 1) await passQuestion(server, asked);
    const resolutions = await done;
    const of = (n: number) => {
      const resolution = resolutions.get(resolutionKey({ host: `n${n}.test.example`, servers: [server.text] }));
      return resolution === undefined ? undefined : outcome(resolution);
    };
    expect([31, 32, 33, 34].map(of)).toEqual([HERE.a, HERE.a, HERE.a, HERE.a]);
    expect(of(30)).toEqual({ kind: 'unanswered', servers: [{ server: server.text, kind: 'timeout', tries: 1 }] });
    expect(of(35)).toEqual({ kind: 'unanswered', servers: [{ server: server.text, kind: 'timeout', tries: 3 }] });
  });
});
