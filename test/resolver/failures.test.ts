import { describe, expect, it } from 'vitest';
import { type ResolutionFailure, resolveHosts } from '../../src/resolver';
import { explain } from '../../src/resolver/words';
import type { NameBehaviour } from '../support/dns-server';
import { outcome, resolveOne, serve } from './harness';

const NAME = 'db.test.example';

function chain(length: number): Record<string, NameBehaviour> {
  const zone: Record<string, NameBehaviour> = { [`c${length}.test.example`]: { a: ['10.0.0.5'] } };
  for (let n = 0; n < length; n += 1) zone[`c${n}.test.example`] = { cname: `c${n + 1}.test.example` };
  return zone;
}

interface Case {
  readonly what: string;
  readonly behaviour: NameBehaviour;
  readonly failure: ResolutionFailure | { readonly kind: 'unanswered'; readonly servers: unknown };
  readonly code: string;
  readonly words: RegExp;
}

const CASES: readonly Case[] = [
  {
    what: 'NXDOMAIN',
    behaviour: { rcode: 'NXDOMAIN' },
    failure: { kind: 'name-unknown', name: NAME },
    code: 'PLR4001',
    words: /^db\.test\.example does not exist, NXDOMAIN \(name server 127\.0\.0\.1:\d+\)$/,
  },
  {
    what: 'an alias of a name that does not exist',
    behaviour: { cname: 'gone.test.example' },
    failure: { kind: 'name-unknown', name: 'gone.test.example' },
    code: 'PLR4001',
    words: /^gone\.test\.example does not exist.*; the host is an alias of gone\.test\.example$/,
  },
  {
    what: 'a name without addresses',
    behaviour: {},
    failure: { kind: 'no-address', name: NAME },
    code: 'PLR4002',
    words: /exists but has no address/,
  },
  {
    what: 'AAAA only',
    behaviour: { aaaa: ['fd00::6', 'fd00::5', 'fd00::5'] },
    failure: { kind: 'ipv6-only', name: NAME, ipv6Addresses: ['fd00::5', 'fd00::6'] },
    code: 'PLR4003',
    words: /only IPv6 addresses, fd00::5, fd00::6 .*an IPv4 address is needed/,
  },
  {
    what: 'an alias of itself',
    behaviour: { cname: NAME },
    failure: { kind: 'alias-loop', name: NAME },
    code: 'PLR4004',
    words: /lead back to db\.test\.example/,
  },
  {
    what: 'a public address',
    behaviour: { a: ['93.184.216.34'] },
    failure: { kind: 'refused-addresses', refused: [{ address: '93.184.216.34', range: 'public' }], allowed: [] },
    code: 'PLR4006',
    words: /^93\.184\.216\.34 \(public\).*allowed are 10\.0\.0\.0\/8/,
  },
  {
    what: 'a split answer',
    behaviour: { a: ['10.0.0.7', '93.184.216.34', '10.0.0.6'] },
    failure: {
      kind: 'refused-addresses',
      refused: [{ address: '93.184.216.34', range: 'public' }],
      allowed: ['10.0.0.6', '10.0.0.7'],
    },
    code: 'PLR4007',
    words: /93\.184\.216\.34 \(public\) beside 10\.0\.0\.6, 10\.0\.0\.7/,
  },
  {
    what: 'SERVFAIL',
    behaviour: { rcode: 'SERVFAIL' },
    failure: { kind: 'unanswered', servers: [{ server: expect.any(String), kind: 'server-failure', tries: 1 }] },
    code: 'PLR4008',
    words: /failed to find the answer \(SERVFAIL\)/,
  },
  {
    what: 'REFUSED',
    behaviour: { rcode: 'REFUSED' },
    failure: { kind: 'unanswered', servers: [{ server: expect.any(String), kind: 'refused', tries: 1 }] },
    code: 'PLR4009',
    words: /refused the question \(REFUSED\)/,
  },
  {
    what: 'silence',
    behaviour: { silent: true },
    failure: { kind: 'unanswered', servers: [{ server: expect.any(String), kind: 'timeout', tries: 1 }] },
    code: 'PLR4010',
    words: /did not answer in time$/,
  },
  {
    what: 'an answer that TCP truncates too',
    behaviour: { a: ['10.0.0.5'], truncated: 'tcp-too' },
    failure: {
      kind: 'unanswered',
      servers: [{ server: expect.any(String), kind: 'truncated', tries: 1, detail: 'TCP: truncated too' }],
    },
    code: 'PLR4012',
    words: /too long for UDP and did not give it over TCP/,
  },
  {
    what: 'a response code that no look-up has',
    behaviour: { rcode: 'NOTAUTH' },
    failure: {
      kind: 'unanswered',
      servers: [{ server: expect.any(String), kind: 'unexpected', tries: 1, detail: 'response code 9' }],
    },
    code: 'PLR4013',
    words: /does not belong to a look-up \(response code 9\)/,
  },
  {
    what: 'bytes that are not DNS',
    behaviour: { a: ['10.0.0.5'], garbage: 'ffffffffffff' },
    failure: {
      kind: 'unanswered',
      servers: [{ server: expect.any(String), kind: 'malformed', tries: 1, detail: expect.any(String) }],
    },
    code: 'PLR4013',
    words: /gave an answer that is not DNS/,
  },
];

describe('every kind of failure is told apart', () => {
  it.each(CASES)('$what', async ({ behaviour, failure, code, words }) => {
    const server = await serve({ zone: { [NAME]: behaviour } });
    const resolution = await resolveOne(NAME, [server], behaviour.silent === true ? { timeoutMs: 150 } : {});
    expect(outcome(resolution)).toEqual(failure);
    if (resolution.resolved) throw new Error('resolved');
    const explanation = explain(resolution);
    expect(explanation.code).toBe(code);
    expect(explanation.what).toMatch(words);
    expect(explanation.fix).toMatch(/^[A-Z].*\.$/);
  });

  it('nothing listens at the name server', async () => {
    const server = await serve({ zone: {} });
    await server.close();
    const resolution = await resolveOne(NAME, [server], { attempts: 3 });
    const failure = { kind: 'unreachable', tries: 1, detail: 'ECONNREFUSED', server: server.text };
    expect(outcome(resolution)).toEqual({ kind: 'unanswered', servers: [failure] });
  });

  it('a name server that is no address', async () => {
    const resolution = await resolveOne(NAME, ['dns.example']);
    expect(outcome(resolution)).toEqual({
      kind: 'unanswered',
      servers: [{ server: 'dns.example', kind: 'not-an-address', tries: 1 }],
    });
    if (!resolution.resolved) expect(explain(resolution).code).toBe('PLR4014');
  });

  it('TCP is cut or closed where the answer is too long', async () => {
    const cut = await serve({ zone: { [NAME]: { a: ['10.0.0.5'], truncated: true, tcpCut: true } } });
    expect(outcome(await resolveOne(NAME, [cut]))).toMatchObject({
      servers: [{ kind: 'truncated', detail: 'TCP: the connection ended before the answer did' }],
    });
    const closed = await serve({ zone: { [NAME]: { a: ['10.0.0.5'], truncated: true } }, tcp: false });
    expect(outcome(await resolveOne(NAME, [closed]))).toMatchObject({
      servers: [{ kind: 'truncated', detail: 'TCP: ECONNREFUSED' }],
    });
  });

  it('a short name without a domain is told that search domains are not used', async () => {
    const server = await serve({ zone: {} });
    const resolution = await resolveOne('db', [server]);
    expect(resolution.resolved ? '' : explain(resolution).fix).toMatch(/full name.*search domains/);
  });

  it('follows 16 aliases and reports them; 17 are too many', async () => {
    const server = await serve({ zone: chain(17) });
    const fits = await resolveOne('c1.test.example', [server]);
    expect(outcome(fits)).toEqual(['10.0.0.5']);
    expect(fits.aliases).toEqual(Array.from({ length: 16 }, (_, n) => `c${n + 2}.test.example`));
    const tooLong = await resolveOne('c0.test.example', [server]);
    expect(outcome(tooLong)).toEqual({ kind: 'alias-chain-too-long', limit: 16 });
    expect(tooLong.resolved ? '' : explain(tooLong).code).toBe('PLR4005');
  });

  it('a loop over servers that stop at the alias ends', async () => {
    const zone = {
      'a.test.example': { cname: 'b.test.example', stopsAtAlias: true },
      'b.test.example': { cname: 'a.test.example', stopsAtAlias: true },
    };
    const server = await serve({ zone });
    expect(outcome(await resolveOne('a.test.example', [server]))).toEqual({
      kind: 'alias-loop',
      name: 'a.test.example',
    });
    expect(server.queries).toHaveLength(2);
  });

  it('all failures of a run come together, in the order of the queries', async () => {
    const zone = Object.fromEntries(
      CASES.map(({ behaviour }, n) => {
        const name = `n${n}.test.example`;
        return [name, behaviour.cname === NAME ? { cname: name } : behaviour];
      }),
    );
    const server = await serve({ zone });
    const queries = CASES.map((_, n) => ({ host: `n${n}.test.example`, servers: [server.text] }));
    const resolutions = [...(await resolveHosts(queries, { timeoutMs: 1500, attempts: 1 })).values()];
    expect(resolutions.map(({ host }) => host)).toEqual(queries.map(({ host }) => host));
    expect(resolutions.map((resolution) => (resolution.resolved ? '' : explain(resolution).code))).toEqual(
      CASES.map(({ code }) => code),
    );
  });
});
