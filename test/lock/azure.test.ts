import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { diffLocks, parseLock, serializeLock } from '../../src/lock';
import type { Lock, LockedRouter } from '../../src/model';
import { azureLockOf, locked, lockedAzureRouter, lockOf } from './sample';

/** What is wrong with a text, as `code path: message`. */
function errors(text: string): readonly string[] {
  const { lock, diagnostics } = parseLock(text, 'x.lock.json');
  expect(lock).toBeUndefined();
  for (const { code } of diagnostics) expect(Object.keys(CATALOGUE)).toContain(code);
  return diagnostics.map(({ code, path, message }) => `${code} ${path}: ${message}`);
}

const TEXT = serializeLock(azureLockOf());

describe('the lock of a router of Azure', () => {
  it('has one line for its place and one for its pools, and a pool in each shard', () => {
    expect(TEXT).toContain(`{
  "version": 1,
  "routers": {
    "analytics-eus2": {
      "cloud": "azure",
      "azure": { "subscriptionId": "2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940", "location": "eastus2", "resourceGroupName": "rg-privatelink-router", "natSubnetId": "/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourcegroups/rg/providers/microsoft.network/virtualnetworks/hub/subnets/nat", "natAddresses": 2, "zones": ["1", "3"], "loadBalancing": "per-target" },
      "pools": ["p1", "p2"],
      "shards": {
        "s1": {
          "pool": "p1",
          "domains": [
            "db.corp.example"
          ]
        },`);
    expect(TEXT).toContain('"s3": {\n          "pool": "p2",\n          "state": "removed",');
  });

  it('is read as it was written, also beside a router of AWS, whatever the order', () => {
    const both: Lock = { version: 1, routers: { ...azureLockOf().routers, ...lockOf().routers } };
    expect(parseLock(serializeLock(both), 'x')).toEqual({ lock: both, diagnostics: [] });
    const { azure } = lockedAzureRouter();
    if (azure === undefined) throw new Error('the sample has no place');
    const turned = azureLockOf({ pools: ['p2', 'p1'], azure: { ...azure, zones: ['3', '1'] } });
    expect(serializeLock(turned)).toBe(TEXT);
    const ten = azureLockOf({ pools: ['p10', 'p2', 'p1'] });
    expect(serializeLock(ten)).toContain('"pools": ["p1", "p2", "p10"]');
    const fast = azureLockOf({ acceleratedPools: ['p2', 'p1'] });
    expect(serializeLock(fast)).toContain('"pools": ["p1", "p2"],\n      "acceleratedPools": ["p1", "p2"],');
    expect(parseLock(serializeLock(fast), 'x').lock).toEqual(azureLockOf({ acceleratedPools: ['p1', 'p2'] }));
    for (const ncc of ['given', 'forgotten'] as const) {
      expect(parseLock(serializeLock(azureLockOf({ ncc })), 'x').lock).toEqual(azureLockOf({ ncc }));
      expect(parseLock(serializeLock(lockOf({ ncc })), 'x').lock).toEqual(lockOf({ ncc }));
    }
  });

  it('has the forwarders’ port beside the one that clients dial, where it is another', () => {
    const lock = azureLockOf({
      targets: {
        a: locked(443, { portFrom: 'listenPort' }),
        b: locked(443, {
          portFrom: 'listenPort',
          forwarderPort: 61_100,
          shard: 's2',
          domain: 'erp.corp.example',
        }),
      },
      retired: [{ shard: 's2', listenerPort: 444, forwarderPort: 61_101, target: 'old' }],
    });
    const text = serializeLock(lock);
    expect(text).toContain('"b": { "shard": "s2", "listenerPort": 443, "forwarderPort": 61100, "host": "db.corp');
    expect(text).toContain('{ "shard": "s2", "listenerPort": 444, "forwarderPort": 61101, "target": "old" }');
    expect(parseLock(text, 'x')).toEqual({ lock, diagnostics: [] });
    expect(errors(text.replace('"forwarderPort": 61100', '"forwarderPort": 443'))[0]).toContain(
      'PLR3004 routers.analytics-eus2.targets.b: routers.analytics-eus2.targets.b: needed is a forwarderPort that is not',
    );
    expect(errors(text.replace('"forwarderPort": 61101', '"forwarderPort": 444'))[0]).toContain(
      '.retired.0: needed is',
    );
    expect(errors(text.replace('61101', '70000'))[0]).toContain('forwarderPort: allowed is at most 65535');
    const aws = serializeLock(lockOf()).replace(
      '"listenerPort": 14330',
      '"listenerPort": 14330, "forwarderPort": 61100',
    );
    expect(errors(aws)[0]).toContain('forwarderPort: this key is not known');
  });

  it('is read with a network of our own', () => {
    const { azure } = lockedAzureRouter();
    if (azure === undefined) throw new Error('the sample has no place');
    const { natSubnetId: _, ...rest } = azure;
    const own = azureLockOf({ azure: { ...rest, addressSpace: '10.20.0.0/24' } });
    expect(parseLock(serializeLock(own), 'x').lock).toEqual(own);
  });
});

describe('a lock with a value of the wrong form', () => {
  it.each([
    ['"cloud": "azure"', '"cloud": "gcp"', 'routers.analytics-eus2.cloud', 'needed is "aws" or "azure"'],
    ['"pool": "p1"', '"pool": "pool"', 'routers.analytics-eus2.shards.s1.pool', 'needed is a pool such as p1'],
    ['"pools": ["p1", "p2"]', '"pools": ["p1", "p1"]', 'routers.analytics-eus2.pools', 'each pool once'],
    [
      '"shards"',
      '"acceleratedPools": ["1"], "shards"',
      'routers.analytics-eus2.acceleratedPools.0',
      'a pool such as p1',
    ],
    ['"pools"', '"ncc": "mine", "pools"', 'routers.analytics-eus2.ncc', '"given" or "forgotten"'],
    ['"natAddresses": 2', '"natAddresses": 0', 'routers.analytics-eus2.azure.natAddresses', 'at least 1'],
    ['"zones": ["1", "3"]', '"zones": ["4"]', 'routers.analytics-eus2.azure.zones.0', 'allowed is "1"'],
    ['"per-target"', '"all"', 'routers.analytics-eus2.azure.loadBalancing', '"ha-ports"'],
    ['/virtualnetworks/', '/virtualNetworks/', 'routers.analytics-eus2.azure.natSubnetId', 'in lower case'],
    ['"location": "eastus2"', '"location": "East US 2"', 'routers.analytics-eus2.azure.location', 'a location'],
    ['"2f1c8a34-5b7e', '"2F1c8a34-5b7e', 'routers.analytics-eus2.azure.subscriptionId', 'id of a subscription'],
    ['"pools"', '"unprotected": true, "pools"', 'routers.analytics-eus2.unprotected', 'not known'],
  ])('%s as %s', (from, to, path, words) => {
    const [found, ...others] = errors(TEXT.replace(from, to));
    expect(others).toEqual([]);
    expect(found).toContain(`PLR3004 ${path}:`);
    expect(found).toContain(words);
  });

  it('that belongs to the other cloud is no key that is known', () => {
    const aws = serializeLock(lockOf()).replace('"unprotected": true', '"pools": []');
    expect(errors(aws)).toEqual(['PLR3004 routers.analytics.pools: routers.analytics.pools: this key is not known']);
  });
});

describe('a lock that contradicts itself', () => {
  it.each<[string, Partial<LockedRouter>, readonly string[]]>([
    [
      'one port on two shards of a pool',
      {
        targets: {
          a: locked(15_000, { portFrom: 'listenPort' }),
          b: locked(15_000, { portFrom: 'listenPort', shard: 's2', domain: 'erp.corp.example' }),
        },
      },
      [
        'PLR3006 routers.analytics-eus2.targets.b: both a and b have port 15000 of the forwarders of pool p1 (the other is at line',
      ],
    ],
    [
      'one port of the forwarders for two ports of clients',
      {
        targets: {
          a: locked(443, { portFrom: 'listenPort', forwarderPort: 61_100 }),
          b: locked(61_100, { portFrom: 'listenPort', shard: 's2', domain: 'erp.corp.example' }),
        },
      },
      ['PLR3006 routers.analytics-eus2.targets.b: both a and b have port 61100 of the forwarders of pool p1'],
    ],
    [
      'one port on one shard, whatever the forwarders listen on',
      {
        targets: {
          a: locked(443, { portFrom: 'listenPort' }),
          b: locked(443, { portFrom: 'listenPort', forwarderPort: 61_100 }),
        },
      },
      ['PLR3006 routers.analytics-eus2.targets.b: both a and b have port 443 of shard s1'],
    ],
    [
      'a port of the forwarders that is in use for one shard and retired for another of its pool',
      { retired: [{ shard: 's2', listenerPort: 10000, target: 'x' }] },
      [
        'PLR3008 routers.analytics-eus2.retired.0: port 10000 of the forwarders of pool p1 is retired (it last reached x), and orders-db',
      ],
    ],
    [
      'a port of the forwarders that is retired for two shards of a pool',
      {
        retired: [
          { shard: 's1', listenerPort: 10009, target: 'x' },
          { shard: 's2', listenerPort: 443, forwarderPort: 10009, target: 'y' },
        ],
      },
      ['PLR3008 routers.analytics-eus2.retired.1: port 10009 of the forwarders of pool p1 is retired twice'],
    ],
    [
      'a port that is retired on its shard twice',
      {
        retired: [
          { shard: 's2', listenerPort: 443, target: 'x' },
          { shard: 's2', listenerPort: 443, forwarderPort: 61_100, target: 'y' },
        ],
      },
      ['PLR3008 routers.analytics-eus2.retired.1: port 443 of shard s2 is retired twice'],
    ],
    [
      'a shard on a pool that is not listed',
      { pools: ['p1'] },
      ['PLR3014 routers.analytics-eus2.shards.s3.pool: shard s3 is on pool p2, but the lock lists no such pool'],
    ],
    [
      'accelerated networking of a pool that is not listed',
      { acceleratedPools: ['p1', 'p3'] },
      ['PLR3014 routers.analytics-eus2.acceleratedPools.1: pool p3 has accelerated networking, but the lock lists no'],
    ],
  ])('%s', (_name, over, expected) => {
    const found = errors(serializeLock(azureLockOf(over)));
    expect(found).toHaveLength(expected.length);
    for (const [index, words] of expected.entries()) expect(found[index]).toContain(words);
  });

  it('but not with one port on shards of two pools', () => {
    const shards = {
      ...lockedAzureRouter().shards,
      s3: { pool: 'p2', domains: ['far.example'] },
    };
    const targets = {
      ...lockedAzureRouter().targets,
      far: locked(15_000, { portFrom: 'listenPort', shard: 's3', domain: 'far.example' }),
      near: locked(15_000, { portFrom: 'listenPort' }),
    };
    const lock = azureLockOf({ shards, targets });
    expect(parseLock(serializeLock(lock), 'x')).toEqual({ lock, diagnostics: [] });
  });
});

it('a change of shard is a move, on Azure as on AWS', () => {
  const after = azureLockOf({
    targets: { ...lockedAzureRouter().targets, 'orders-db': locked(10000, { shard: 's2', forwarderPort: 61_100 }) },
  });
  expect(diffLocks(azureLockOf(), after)).toEqual([
    {
      router: 'analytics-eus2',
      target: 'orders-db',
      change: 'moved',
      from: { shard: 's1' },
      to: { shard: 's2', forwarderPort: 61_100 },
    },
  ]);
});
