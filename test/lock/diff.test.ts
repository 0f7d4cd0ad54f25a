import { describe, expect, it } from 'vitest';
import { diffLocks, EMPTY_LOCK } from '../../src/lock';
import type { LockedRouter, LockedTarget } from '../../src/model';
import { locked, lockOf } from './sample';

function diff(before: Record<string, LockedTarget>, after: Record<string, LockedTarget>): unknown[] {
  return diffLocks(lockOf({ targets: before }), lockOf({ targets: after })).map(({ router, ...change }) => {
    expect(router).toBe('analytics');
    return change;
  });
}

const ALL = { shard: 's1', listenerPort: 10000, host: 'db.corp.example', port: 5432, domain: 'db.corp.example' };

describe('what a lock changes', () => {
  it('is nothing against itself', () => {
    expect(diffLocks(lockOf(), lockOf())).toEqual([]);
  });

  it('is every target where there was no lock, and where there is none any more', () => {
    const added = diffLocks(EMPTY_LOCK, lockOf());
    expect(added.map(({ target, change }) => `${change} ${target}`)).toEqual([
      'added billing-sql',
      'added crm',
      'added orders-db',
    ]);
    expect(added[2]).toEqual({ router: 'analytics', target: 'orders-db', change: 'added', from: {}, to: ALL });
    expect(diffLocks(lockOf(), EMPTY_LOCK).map(({ change }) => change)).toEqual(['removed', 'removed', 'removed']);
  });

  it('shows only the values that differ', () => {
    expect(diff({ a: locked(10000) }, { a: locked(10000, { host: 'x.example', addresses: ['10.0.0.1'] }) })).toEqual([
      {
        target: 'a',
        change: 'changed',
        from: { host: 'db.corp.example' },
        to: { host: 'x.example', addresses: ['10.0.0.1'] },
      },
    ]);
  });

  it('calls another port or shard a move', () => {
    expect(diff({ a: locked(10000) }, { a: locked(10001, { port: 1 }) })).toEqual([
      { target: 'a', change: 'moved', from: { listenerPort: 10000, port: 5432 }, to: { listenerPort: 10001, port: 1 } },
    ]);
    expect(diff({ a: locked(10000) }, { a: locked(10000, { shard: 's2' }) })).toEqual([
      { target: 'a', change: 'moved', from: { shard: 's1' }, to: { shard: 's2' } },
    ]);
  });

  it('shows a target whose load balancer is replaced, but not one that goes to another', () => {
    const shards = (s1: number): LockedRouter['shards'] => ({
      s1: { domains: ['db.corp.example'], ...(s1 === 0 ? {} : { generation: s1 }) },
      s3: { domains: ['x.example'], generation: 4 },
    });
    const before = lockOf({ shards: shards(0), targets: { a: locked(10000) } });
    expect(diffLocks(before, lockOf({ shards: shards(1), targets: { a: locked(10000) } }))).toEqual([
      { router: 'analytics', target: 'a', change: 'changed', from: { generation: 0 }, to: { generation: 1 } },
    ]);
    expect(diffLocks(before, lockOf({ shards: shards(1), targets: { a: locked(10000, { shard: 's3' }) } }))).toEqual([
      { router: 'analytics', target: 'a', change: 'moved', from: { shard: 's1' }, to: { shard: 's3' } },
    ]);
  });

  it('tells a rename from a removal and an addition', () => {
    expect(diff({ a: locked(10000) }, { b: locked(10000, { bornAs: 'a', host: 'x' }) })).toEqual([
      { target: 'b', change: 'changed', from: { name: 'a', host: 'db.corp.example' }, to: { name: 'b', host: 'x' } },
    ]);
    expect(diff({ a: locked(10000) }, { b: locked(10001) })).toMatchObject([
      { target: 'a', change: 'removed' },
      { target: 'b', change: 'added' },
    ]);
  });

  it('follows the target where its old name is given to another one at once', () => {
    const after = { a: locked(10001, { bornAs: 'a-2' }), b: locked(10000, { bornAs: 'a' }) };
    expect(diff({ a: locked(10000) }, after)).toMatchObject([
      { target: 'a', change: 'added', to: { listenerPort: 10001 } },
      { target: 'b', change: 'changed', from: { name: 'a' }, to: { name: 'b' } },
    ]);
  });
});
