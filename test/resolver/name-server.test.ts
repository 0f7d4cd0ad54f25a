import dns from 'node:dns';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { parseNameServer } from '../../src/model';
import { resolveHosts } from '../../src/resolver';
import { outcome, serve } from './harness';

describe('name servers', () => {
  it.each([
    ['10.0.0.2', { address: '10.0.0.2', port: 53 }],
    ['10.0.0.2:5353', { address: '10.0.0.2', port: 5353 }],
    ['fd00::53', { address: 'fd00::53', port: 53 }],
    ['[fd00::53]', { address: 'fd00::53', port: 53 }],
    ['[fd00::53]:5353', { address: 'fd00::53', port: 5353 }],
    ['fe80::1%eth0', { address: 'fe80::1%eth0', port: 53 }],
  ])('%s', (text, server) => {
    expect(parseNameServer(text)).toEqual(server);
  });

  it.each([
    '',
    'dns.example',
    '10.0.0.2:',
    '10.0.0.2:0',
    '10.0.0.2:65536',
    '10.0.0',
    '[10.0.0.2]:53',
    'fd00::53:5353x',
    '[fd00::53',
    '[fd00::53]x',
  ])('%s is none', (text) => {
    expect(parseNameServer(text)).toBeUndefined();
  });

  it('whatever address and port are written are read again', () => {
    const port = fc.integer({ min: 1, max: 65535 });
    fc.assert(
      fc.property(fc.ipV4(), port, (address, number) => {
        expect(parseNameServer(`${address}:${number}`)).toEqual({ address, port: number });
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), port, (address, number) => {
        expect(parseNameServer(`[${address}]:${number}`)).toEqual({ address, port: number });
      }),
    );
  });
});

describe("the machine's own name servers", () => {
  const before = dns.getServers();
  afterEach(() => dns.setServers(before));

  it('are asked where no others are given, and the key is the host alone', async () => {
    const server = await serve({ zone: { 'db.test.example': { a: ['10.0.0.5'] } } });
    dns.setServers([server.text]);
    const resolutions = await resolveHosts([{ host: 'db.test.example', servers: [] }]);
    const resolution = resolutions.get('db.test.example');
    expect(resolution && outcome(resolution)).toEqual(['10.0.0.5']);
    expect(resolution?.answeredBy).toBe(server.text);
  });

  it('where there are none, that is said', async () => {
    dns.setServers([]);
    const resolutions = await resolveHosts([{ host: 'db.test.example', servers: [] }]);
    expect([...resolutions.values()].map(outcome)).toEqual([{ kind: 'no-name-server' }]);
  });
});
