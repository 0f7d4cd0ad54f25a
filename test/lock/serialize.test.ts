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
      "shards": {
        "s1": {
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
