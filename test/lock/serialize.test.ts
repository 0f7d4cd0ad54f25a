import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import { locked, lockedRouter, lockOf } from './sample';

describe('the text of a lock', () => {
  it('has a line for each target, each retired port and each domain', () => {
    expect(serializeLock(lockOf())).toBe(`{
  "version": 1,
  "routers": {
    "analytics": {
      "cloud": "aws",
      "network": { "accountId": "123456789012", "region": "us-east-2", "vpcId": "vpc-0a1b2c3d4e5f60718", "subnetIds": ["subnet-0a1b2c3d4e5f60718", "subnet-0b1c2d3e4f5061728"] },
      "unprotected": true,
      "shards": {
        "s1": {
          "generation": 2,
          "domains": [
            "crm.corp.example",
            "db.corp.example"
          ]
        },
        "s2": {
          "state": "removed",
          "domains": []
        }
      },
      "targets": {
        "billing-sql": { "shard": "s1", "listenerPort": 14330, "host": "db.corp.example", "port": 1433, "domain": "db.corp.example", "portFrom": "listenPort" },
        "crm": { "shard": "s1", "listenerPort": 10001, "host": "crm.corp.example", "port": 5432, "domain": "crm.corp.example", "addresses": ["10.0.0.9", "10.0.0.10"] },
        "orders-db": { "shard": "s1", "listenerPort": 10000, "host": "db.corp.example", "port": 5432, "domain": "db.corp.example", "bornAs": "orders" }
      },
      "retired": [
        { "shard": "s1", "listenerPort": 10002, "target": "old-db" }
      ]
    }
  }
}
`);
  });

  it('does not depend on the order of keys, and sorts shards by number', () => {
    const shards = Object.fromEntries([10, 2, 1].map((number) => [`s${number}`, { domains: [`d${number}.example`] }]));
    const targets = {
      b: locked(10001, { domain: 'd2.example', shard: 's2' }),
      a: locked(10000, { domain: 'd1.example' }),
    };
    const reversed = { a: targets.a, b: targets.b };
    const text = serializeLock(lockOf({ shards, targets }));
    expect(text).toBe(
      serializeLock(lockOf({ shards: { s1: shards.s1 ?? { domains: [] }, ...shards }, targets: reversed })),
    );
    expect(text.indexOf('"s2": {')).toBeLessThan(text.indexOf('"s10": {'));
  });

  it('has the names of a target that has several as a list, in one order', () => {
    const { domain: _domain, ...one } = locked(10000);
    const shards = { s1: { domains: ['a.example', 'b.example'] } };
    const text = (...domains: [string, string]): string =>
      serializeLock(lockOf({ shards, targets: { proxy: { ...one, domains } } }));
    expect(text('a.example', 'b.example')).toContain('"port": 5432, "domains": ["a.example", "b.example"] }');
    expect(text('b.example', 'a.example')).toBe(text('a.example', 'b.example'));
    expect(parseLock(text('a.example', 'b.example'), 'lock.json').diagnostics).toEqual([]);
  });

  it('does not depend on the order of subnets', () => {
    const { network } = lockedRouter();
    if (network === undefined) throw new Error('the sample has no network');
    const turned = { ...network, subnetIds: [...network.subnetIds].reverse() };
    expect(serializeLock(lockOf({ network: turned }))).toBe(serializeLock(lockOf()));
  });

  it('is read where network, protection and generations were not kept yet', () => {
    const { network: _network, unprotected: _unprotected, ...router } = lockedRouter();
    const { generation: _generation, ...s1 } = router.shards.s1 ?? { domains: [] };
    const lock = { version: 1 as const, routers: { analytics: { ...router, shards: { ...router.shards, s1 } } } };
    const text = serializeLock(lock);
    expect(text).not.toMatch(/network|unprotected|generation/);
    expect(parseLock(text, 'lock.json')).toEqual({ lock, diagnostics: [] });
  });

  it('reads back as what it was, also with the names of built-in properties', () => {
    const name = fc.oneof(
      fc.stringMatching(/^[a-z][a-z0-9-]{0,20}$/),
      fc.constantFrom('constructor', 'to-string', 'value-of'),
    );
    const names = fc.uniqueArray(name, { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(names, fc.stringMatching(/^[ -~\u00e9\u4e2d"\\]{1,60}$/), (all, text) => {
        const targets = Object.fromEntries(all.map((one, index) => [one, locked(10000 + index, { host: text })]));
        const lock = {
          version: 1 as const,
          routers: {
            constructor: lockedRouter({ targets, retired: [], shards: { s1: { domains: ['db.corp.example'] } } }),
          },
        };
        const parsed = parseLock(serializeLock(lock), 'lock.json');
        expect(parsed).toEqual({ lock, diagnostics: [] });
      }),
      { numRuns: 200 },
    );
  });

  it('is read with Windows line ends and with another layout too', () => {
    const lock = lockOf();
    expect(parseLock(serializeLock(lock).replaceAll('\n', '\r\n'), 'lock.json')).toEqual({ lock, diagnostics: [] });
    expect(parseLock(JSON.stringify(lock), 'lock.json')).toEqual({ lock, diagnostics: [] });
  });
});
