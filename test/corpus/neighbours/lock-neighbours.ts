import { serializeLock } from '../../../src/lock';
import type { Lock, LockedRouter } from '../../../src/model';
import { azureLockOf, locked, lockedRouter, lockOf } from '../../lock/sample';

/** The text of a lock that is read without a word, as near as can be to one that a code refuses. */
export interface LockNeighbour {
  readonly code: string;
  readonly name: string;
  readonly text: string;
  /** What is read. Default: not compared. */
  readonly lock?: Lock;
}

const SOUND = lockOf();
const TEXT = serializeLock(SOUND);

const text = (code: string, name: string, of: string, lock: Lock = SOUND): LockNeighbour => ({
  code,
  name,
  text: of,
  lock,
});
const of = (code: string, name: string, lock: Lock): LockNeighbour => ({ code, name, text: serializeLock(lock), lock });
const aws = (code: string, name: string, over: Partial<LockedRouter>): LockNeighbour => of(code, name, lockOf(over));
const azure = (code: string, name: string, over: Partial<LockedRouter>): LockNeighbour =>
  of(code, name, azureLockOf(over));

const SHARDS = { s1: { domains: ['crm.corp.example', 'db.corp.example'] }, s2: { domains: ['x.corp.example'] } };
const X = { shard: 's2', host: 'x.corp.example', domain: 'x.corp.example' };
const ASKED = { portFrom: 'listenPort' } as const;
const TWO_POOLS = {
  pools: ['p1', 'p2'],
  shards: { s1: { pool: 'p1', domains: ['db.corp.example'] }, s2: { pool: 'p2', domains: ['x.corp.example'] } },
  retired: [],
};
const ONE_POOL = {
  shards: { s1: { pool: 'p1', domains: ['db.corp.example'] }, s2: { pool: 'p1', domains: ['x.corp.example'] } },
  retired: [],
};
const twoRouters = (over: Partial<LockedRouter>): Lock => ({
  version: 1,
  routers: { analytics: lockedRouter(over), reporting: lockedRouter(over) },
});

export const LOCK_NEIGHBOURS: readonly LockNeighbour[] = [
  text('PLR3001', 'line ends of Windows', TEXT.replaceAll('\n', '\r\n')),
  aws('PLR3001', 'the letters of a marker inside a value', {
    shards: {
      s1: { domains: ['crm.corp.example', 'db.corp.example'], securityGroupName: '=======' },
      s2: { state: 'removed', domains: [] },
    },
  }),
  text('PLR3002', 'JSON on one line, and in another order', JSON.stringify({ routers: SOUND.routers, version: 1 })),
  text('PLR3002', 'spaces around it', `\n  ${TEXT}  \n`),
  text('PLR3003', 'the version that this program knows', '{ "version": 1, "routers": {} }', {
    version: 1,
    routers: {},
  }),
  aws('PLR3004', 'the first and the last port, and the longest name', {
    targets: {
      [`t${'9'.repeat(62)}`]: locked(65535, { port: 1 }),
      b: locked(1, { port: 65535, bornAs: `b${'-'.repeat(79)}` }),
    },
  }),
  azure('PLR3004', 'no zones, as where there are none', {
    azure: {
      subscriptionId: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
      location: 'westus',
      resourceGroupName: 'Größe.(1)-_',
      addressSpace: '10.0.0.0/26',
      natAddresses: 1,
      zones: [],
      loadBalancing: 'ha-ports',
    },
  }),
  of('PLR3005', 'one target in two routers', twoRouters({})),
  aws('PLR3006', 'one port on two load balancers, where both targets asked for it', {
    shards: SHARDS,
    targets: { a: locked(15000, ASKED), b: locked(15000, { ...X, ...ASKED }) },
    retired: [],
  }),
  azure('PLR3006', 'one port on two pools, where both targets asked for it', {
    ...TWO_POOLS,
    targets: { a: locked(15000, ASKED), b: locked(15000, { ...X, ...ASKED }) },
  }),
  azure('PLR3006', 'one port on two shards of a pool, for which the forwarders listen on two', {
    ...ONE_POOL,
    targets: { a: locked(15000, ASKED), b: locked(15000, { ...X, ...ASKED, forwarderPort: 61100 }) },
  }),
  aws('PLR3007', 'a retired port on a shard that is gone', {
    retired: [{ shard: 's2', listenerPort: 10007, target: 'old' }],
  }),
  aws('PLR3008', 'a port that is retired on one load balancer and in use on another', {
    shards: SHARDS,
    targets: { a: locked(10000), b: locked(15000, { ...X, ...ASKED }) },
    retired: [{ shard: 's1', listenerPort: 15000, target: 'old', ...ASKED }],
  }),
  azure('PLR3008', 'a port that is retired on one pool and in use on another', {
    ...TWO_POOLS,
    targets: { a: locked(10000), b: locked(15000, { ...X, ...ASKED }) },
    retired: [{ shard: 's1', listenerPort: 15000, target: 'old', ...ASKED }],
  }),
  azure('PLR3008', 'a port that is retired on one shard and in use on another of the pool, by two of the forwarders', {
    ...ONE_POOL,
    targets: { a: locked(10000), b: locked(15000, { ...X, ...ASKED }) },
    retired: [{ shard: 's1', listenerPort: 15000, forwarderPort: 61100, target: 'old', ...ASKED }],
  }),
  aws('PLR3008', 'a port that is retired on two load balancers', {
    shards: SHARDS,
    targets: { a: locked(10000), b: locked(10001, X) },
    retired: ['s1', 's2'].map((shard) => ({ shard, listenerPort: 15000, target: 'old', ...ASKED })),
  }),
  of('PLR3009', 'one domain in two routers', twoRouters({})),
  aws('PLR3009', 'targets of one domain on one shard', { targets: { a: locked(10000), b: locked(10001) } }),
  of('PLR3010', 'one origin in two routers', twoRouters({ targets: { a: locked(10000, { bornAs: 'z' }) } })),
  aws('PLR3010', 'a target that took the name of a renamed one', {
    targets: { a: locked(10000, { bornAs: 'b' }), b: locked(10001, { bornAs: 'b-2' }) },
  }),
  aws('PLR3011', 'a shard without a target that keeps its last domain', {
    shards: SHARDS,
    targets: { a: locked(10000) },
  }),
  azure('PLR3014', 'a pool that no shard is on any more', { pools: ['p1', 'p2', 'p3'] }),
  aws('PLR3015', 'one name for a load balancer, a security group and a target group', {
    shards: { s1: { domains: ['db.corp.example'], loadBalancerName: 'old', securityGroupName: 'old' } },
    targets: { a: locked(10000, { targetGroupName: 'old' }) },
    retired: [],
  }),
  of(
    'PLR3015',
    'one name in two routers',
    twoRouters({
      shards: { s1: { domains: ['db.corp.example'], loadBalancerName: 'old' } },
      targets: { a: locked(10000) },
      retired: [],
    }),
  ),
  text('PLR3016', 'a lock without a conflict that is laid out otherwise', TEXT.replaceAll('\n', '\n\n')),
];
