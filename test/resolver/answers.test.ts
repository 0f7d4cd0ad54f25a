import { networkInterfaces } from 'node:os';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeUnless } from '../terraform/support/gate';
import { outcome, resolveOne, serve } from './harness';

const NAME = 'db.test.example';
const HAS_IPV6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'));
const IPV6_LACKING = HAS_IPV6 ? [] : [{ what: 'IPv6', get: 'give the loopback device the address ::1' }];
const ADDRESSES_300 = Array.from({ length: 300 }, (_, n) => `10.0.${Math.floor(n / 200)}.${(n % 200) + 1}`);

describe('answers', () => {
  it('are sorted by number and unique', async () => {
    const server = await serve({ zone: { [NAME]: { a: ['10.0.0.100', '10.0.0.9', '10.0.0.10', '10.0.0.9'] } } });
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(['10.0.0.9', '10.0.0.10', '10.0.0.100']);
    expect(server.askedFor(NAME)).toEqual(['A udp']);
  });

  it('are the same however the server turns them', async () => {
    const server = await serve({ zone: { [NAME]: { a: ['10.0.0.5', '10.0.0.6', '10.0.0.7'], rotate: true } } });
    const outcomes = [];
    for (let n = 0; n < 3; n += 1) outcomes.push(outcome(await resolveOne(NAME, [server])));
    expect(outcomes).toEqual(Array(3).fill(['10.0.0.5', '10.0.0.6', '10.0.0.7']));
  });

  it('of 300 addresses come over TCP', async () => {
    const server = await serve({ zone: { [NAME]: { a: [...ADDRESSES_300].reverse() } } });
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(ADDRESSES_300);
    expect(server.askedFor(NAME)).toEqual(['A udp', 'A tcp']);
  });

  it('of 30 addresses fit into a datagram, thanks to EDNS', async () => {
    const server = await serve({ zone: { [NAME]: { a: ADDRESSES_300.slice(0, 30) } } });
    expect(outcome(await resolveOne(NAME, [server]))).toHaveLength(30);
    expect(server.askedFor(NAME)).toEqual(['A udp']);
  });

  it('of a server that does not know EDNS are asked for without it', async () => {
    const server = await serve({ zone: { [NAME]: { a: ['10.0.0.5'] } }, withoutEdns: true });
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(['10.0.0.5']);
    expect(server.queries.map(({ edns }) => edns)).toEqual([true, false]);
  });

  it('that are IPv4 beside IPv6 are the IPv4 ones, and AAAA is not asked', async () => {
    const server = await serve({ zone: { [NAME]: { a: ['10.0.0.5'], aaaa: ['fd00::5'] } } });
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(['10.0.0.5']);
    expect(server.askedFor(NAME)).toEqual(['A udp']);
  });

  describeUnless(IPV6_LACKING, 'with a name server on IPv6', () => {
    it('say who gave them', async () => {
      const server = await serve({ zone: { [NAME]: { a: ['10.0.0.5'] } }, address: '::1' });
      const resolution = await resolveOne(NAME, [server]);
      expect(outcome(resolution)).toEqual(['10.0.0.5']);
      expect(resolution.answeredBy).toBe(`[::1]:${server.port}`);
    });
  });

  it.each(['10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.0.1', '100.64.0.1', '100.127.255.255'])(
    '%s is let through',
    async (address) => {
      const server = await serve({ zone: { [NAME]: { a: [address] } } });
      expect(outcome(await resolveOne(NAME, [server]))).toEqual([address]);
    },
  );

  it.each([
    ['172.32.0.1', 'public'],
    ['100.128.0.1', 'public'],
    ['9.255.255.255', 'public'],
    ['127.0.0.1', 'loopback'],
    ['169.254.7.7', 'link-local'],
    ['169.254.169.254', 'instance metadata'],
    ['169.254.169.253', "the cloud's own name server"],
    ['168.63.129.16', "the cloud's own host service"],
    ['224.0.0.251', 'multicast'],
    ['255.255.255.255', 'broadcast'],
    ['0.0.0.0', 'unspecified'],
    ['192.0.2.1', 'reserved'],
    ['198.18.0.1', 'reserved'],
    ['240.0.0.1', 'reserved'],
    ['192.175.48.1', 'public'],
  ])('%s is refused as %s', async (address, range) => {
    const server = await serve({ zone: { [NAME]: { a: [address] } } });
    const refused = { kind: 'refused-addresses', refused: [{ address, range }], allowed: [] };
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(refused);
  });

  it('any mixture of addresses is let through whole or refused whole', async () => {
    const octets = fc.tuple(fc.constantFrom(10, 172, 192, 100, 169, 8), fc.nat(255), fc.nat(255), fc.nat(255));
    const isPrivate = (address: string): boolean =>
      /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./.test(address);
    const number = (address: string): number => address.split('.').reduce((sum, octet) => sum * 256 + Number(octet), 0);
    const server = await serve({ zone: {} });
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          octets.map((parts) => parts.join('.')),
          { minLength: 1, maxLength: 12 },
        ),
        async (a) => {
          server.set(NAME, { a });
          const resolution = await resolveOne(NAME, [server]);
          expect(resolution.resolved).toBe(a.every(isPrivate));
          const sorted = [...new Set(a)].sort((x, y) => number(x) - number(y));
          if (resolution.resolved) expect(resolution.addresses).toEqual(sorted);
          else if (resolution.failure.kind === 'refused-addresses') {
            expect(resolution.failure.allowed).toEqual(sorted.filter(isPrivate));
            expect(resolution.failure.refused.map(({ address }) => address)).toEqual(
              sorted.filter((x) => !isPrivate(x)),
            );
          } else throw new Error(resolution.failure.kind);
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('names', () => {
  it('are asked in lower case, without a trailing dot, and come back as they were given', async () => {
    const server = await serve({ zone: { [NAME]: { a: ['10.0.0.5'] } } });
    const resolution = await resolveOne('DB.Test.Example.', [server]);
    expect(resolution).toMatchObject({ host: 'DB.Test.Example.', resolved: true });
    expect(server.queries.map(({ name }) => name)).toEqual([NAME]);
  });

  it('that are international go as punycode', async () => {
    const server = await serve({ zone: { 'xn--bcher-kva.test.example': { a: ['10.0.0.5'] } } });
    expect(outcome(await resolveOne('Bücher.test.example', [server]))).toEqual(['10.0.0.5']);
    expect(outcome(await resolveOne('xn--bcher-kva.test.example', [server]))).toEqual(['10.0.0.5']);
  });

  it('with underscores are fine', async () => {
    const server = await serve({ zone: { 'under_score.test.example': { a: ['10.0.0.5'] } } });
    expect(outcome(await resolveOne('under_score.test.example', [server]))).toEqual(['10.0.0.5']);
  });
});

describe('aliases', () => {
  it('are followed and reported, in whatever case the server writes them', async () => {
    const zone = { [NAME]: { cname: 'Writer.Test.Example' }, 'writer.test.example': { cname: 'n1.test.example' } };
    const server = await serve({ zone: { ...zone, 'n1.test.example': { a: ['10.0.0.5'] } } });
    const resolution = await resolveOne(NAME, [server]);
    expect(outcome(resolution)).toEqual(['10.0.0.5']);
    expect(resolution.aliases).toEqual(['writer.test.example', 'n1.test.example']);
    expect(server.queries).toHaveLength(1);
  });

  it('at which an answer stops are asked for by their own name', async () => {
    const zone = {
      [NAME]: { cname: 'writer.test.example', stopsAtAlias: true },
      'writer.test.example': { a: ['10.0.0.5'] },
    };
    const server = await serve({ zone });
    const resolution = await resolveOne(NAME, [server]);
    expect(outcome(resolution)).toEqual(['10.0.0.5']);
    expect(resolution.aliases).toEqual(['writer.test.example']);
    expect(server.queries.map(({ name }) => name)).toEqual([NAME, 'writer.test.example']);
  });

  it('of a name with IPv6 alone are told with that name', async () => {
    const server = await serve({
      zone: { [NAME]: { cname: 'six.test.example' }, 'six.test.example': { aaaa: ['fd00::5'] } },
    });
    const failure = { kind: 'ipv6-only', name: 'six.test.example', ipv6Addresses: ['fd00::5'] };
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(failure);
  });
});

describe('strangers', () => {
  it('do not get a forged answer in: another number, another question', async () => {
    const server = await serve({ zone: { [NAME]: { a: ['10.0.0.5'], forged: true } } });
    expect(outcome(await resolveOne(NAME, [server]))).toEqual(['10.0.0.5']);
  });

  it('meet another source port with every question', async () => {
    const server = await serve({ zone: {} });
    for (let n = 0; n < 8; n += 1) await resolveOne(NAME, [server]);
    expect(new Set(server.queries.map(({ clientPort }) => clientPort)).size).toBeGreaterThan(1);
  });

  it('may send any bytes: the result is a failure, never an exception', async () => {
    const server = await serve({ zone: {} });
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 80 }), async (bytes) => {
        server.set(NAME, { a: ['10.0.0.5'], garbage: Buffer.from(bytes).toString('hex') });
        const resolution = await resolveOne(NAME, [server], { timeoutMs: 60 });
        expect(resolution.resolved).toBe(false);
      }),
      { numRuns: 60 },
    );
  });
});
