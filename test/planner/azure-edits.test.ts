import { describe, expect, it } from 'vitest';
import { diffLocks, parseLock, serializeLock } from '../../src/lock';
import type { AzureRouter, Finding, Lock, Target } from '../../src/model';
import { type LockEdit, moveTargets, releasePort } from '../../src/planner';
import { accept, azureOf, azurePlace, azureRouter, azureTarget, azureTargets, inventory, places } from './support';

const HA_PORTS = azurePlace({ loadBalancing: 'ha-ports' });

function shared(groups: string, number: number): Target[] {
  return [...groups].flatMap((group) => azureTargets(group, number, { domains: [`${group}.shared.example`] }));
}

/** Names of a group of targets that share a domain. */
function group(name: string, number: number): string[] {
  return shared(name, number).map((one) => one.name);
}

function move(one: AzureRouter, lock: Lock, names: readonly string[], shard: string): LockEdit {
  return moveTargets(lock, inventory([one]), 'analytics', names, shard);
}

function moved(edit: LockEdit): { readonly lock: Lock; readonly findings: readonly Finding[] } {
  if (!('lock' in edit)) throw new Error(JSON.stringify(edit.findings));
  expect(parseLock(serializeLock(edit.lock), 'x').diagnostics).toEqual([]);
  return edit;
}

function refused(edit: LockEdit): readonly string[] {
  expect('lock' in edit).toBe(false);
  return edit.findings.map(({ code, message }) => `${code} ${message}`);
}

describe('a move within a pool', () => {
  const one = azureRouter({ targets: azureTargets('t', 12) });
  const { lock } = accept(one);

  it('keeps the port that clients dial, on another one of the forwarders, and retires the old place', () => {
    const edit = moved(move(one, lock, ['t-0'], 's2'));
    expect(edit.findings.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['PLR2817 warning']);
    expect(edit.findings[0]?.message).toContain('the forwarders listen on other ones (t-0: 61100)');
    const result = accept(one, edit.lock);
    expect(places(result.lock)['t-0']).toBe('s2:10000');
    expect(result.lock.routers.analytics?.targets['t-0']).toMatchObject({ forwarderPort: 61_100 });
    expect(result.lock.routers.analytics?.retired).toEqual([{ shard: 's1', listenerPort: 10_000, target: 't-0' }]);
    expect(diffLocks(lock, result.lock)).toMatchObject([
      { target: 't-0', change: 'moved', to: { shard: 's2', forwarderPort: 61_100 } },
    ]);
    // Nobody else gets the port, on whatever shard of the pool.
    const asks = (domain: string): AzureRouter =>
      azureRouter({ targets: [...one.targets, azureTarget('w', { domains: [domain], listenPort: 10_000 })] });
    expect(() => accept(asks('t-1.corp.example'), result.lock)).toThrow(/PLR2201 .*on shard s1 it is retired/);
    expect(() => accept(asks('t-11.corp.example'), result.lock)).toThrow(/PLR2202 .*on shard s2 t-0 has it/);
  });

  it('takes one back once the old place is released, and then the port that the forwarders had first', () => {
    const there = accept(one, moved(move(one, lock, ['t-0'], 's2')).lock).lock;
    expect(refused(move(one, there, ['t-0'], 's1'))).toEqual([
      'PLR2815 t-0 keeps its port 10000 when it moves, but on shard s1 it is retired and last reached t-0',
    ]);
    const freed = releasePort(there, 'analytics', 10_000);
    if (!('lock' in freed)) throw new Error('not released');
    const back = accept(one, moved(move(one, freed.lock, ['t-0'], 's1')).lock).lock;
    expect(back.routers.analytics?.targets['t-0']).toEqual(lock.routers.analytics?.targets['t-0']);
    expect(back.routers.analytics?.retired).toEqual([
      { shard: 's2', listenerPort: 10_000, forwarderPort: 61_100, target: 't-0' },
    ]);
  });

  it('opens the next shard in the same pool while that has room', () => {
    const result = accept(one, moved(move(one, lock, ['t-0'], 's3')).lock);
    expect(result.lock.routers.analytics).toMatchObject({ pools: ['p1'], shards: { s3: { pool: 'p1' } } });
    expect(azureOf(result).pools.map(({ shards }) => shards)).toEqual([['s1', 's2', 's3']]);
  });

  it('retires the port when the target goes, where it is then', () => {
    const there = accept(one, moved(move(one, lock, ['t-0'], 's2')).lock).lock;
    const gone = accept(azureRouter({ targets: one.targets.slice(1) }), there);
    expect(gone.lock.routers.analytics?.retired).toEqual([
      { shard: 's1', listenerPort: 10000, target: 't-0' },
      { shard: 's2', listenerPort: 10000, forwarderPort: 61_100, target: 't-0' },
    ]);
  });
});

describe('a move to another pool', () => {
  const full = azureRouter({ targets: [...shared('abcde', 50), ...shared('fg', 50)] });
  const { lock } = accept(full);

  it('keeps the ports and retires the old places', () => {
    const edit = moved(move(full, lock, group('a', 50), 's2'));
    expect(edit.findings).toEqual([]);
    const result = accept(full, edit.lock);
    expect(places(result.lock)).toMatchObject({ 'a-0': 's2:10000', 'a-49': 's2:10049', 'b-0': 's1:10050' });
    expect(result.lock.routers.analytics?.retired).toHaveLength(50);
    expect(azureOf(result).shards.map(({ listeners }) => listeners.length)).toEqual([200, 150]);
  });

  it('is refused where the rules of that pool are too few', () => {
    const names = [...group('f', 50), ...group('g', 50)];
    expect(refused(move(full, lock, names.slice(0, 50), 's1'))).toEqual([
      'PLR2814 pool p1 of analytics would have 300 listeners, allowed are 299',
    ]);
  });

  it('opens a new pool for a new shard where no pool has room', () => {
    const crowded = azureRouter({ targets: [...shared('abcde', 50), ...shared('fghij', 50)] });
    const first = accept(crowded).lock;
    const edit = moved(move(crowded, first, group('a', 50), 's3'));
    // The pool that the targets leave has room for them: they are its own.
    expect(edit.lock.routers.analytics?.shards.s3).toMatchObject({ pool: 'p1' });
    const both = moved(move(crowded, first, [...group('a', 50), ...group('f', 50)], 's3'));
    expect(both.lock.routers.analytics).toMatchObject({ pools: ['p1', 'p2', 'p3'], shards: { s3: { pool: 'p3' } } });
    const result = accept(crowded, both.lock);
    expect(azureOf(result).pools.map(({ key, shards }) => `${key}: ${shards}`)).toEqual(['p1: s1', 'p2: s2', 'p3: s3']);
  });

  it('with one rule for all ports opens a pool for each new shard', () => {
    const one = azureRouter({ azure: HA_PORTS, targets: azureTargets('t', 12) });
    const edit = moved(move(one, accept(one).lock, ['t-0'], 's3'));
    expect(edit.findings).toEqual([]);
    expect(edit.lock.routers.analytics).toMatchObject({ pools: ['p1', 'p2', 'p3'], shards: { s3: { pool: 'p3' } } });
  });

  it('is refused where the port is taken or retired on that shard', () => {
    // Two pools: the port 15000 stands on a shard of each.
    const targets = [
      ...shared('abcde', 50),
      ...azureTargets('own', 10),
      azureTarget('v', { domains: ['a.shared.example'], listenPort: 15_000 }),
      ...shared('h', 60),
      azureTarget('w', { domains: ['h.shared.example'], listenPort: 15_000 }),
    ];
    const one = azureRouter({ targets });
    const first = accept(one);
    const there = first.lock.routers.analytics?.targets.w?.shard ?? '';
    expect(first.lock.routers.analytics?.shards[there]?.pool).toBe('p2');
    const names = [...group('a', 50), 'v'];
    expect(refused(move(one, first.lock, names, there))).toEqual([
      'PLR2815 v keeps its port 15000 when it moves, but on shard s3 w has it',
    ]);
    const without = accept(azureRouter({ targets: targets.filter(({ name }) => name !== 'w') }), first.lock).lock;
    expect(refused(move(one, without, names, there))).toEqual([
      'PLR2815 v keeps its port 15000 when it moves, but on shard s3 it is retired and last reached w',
    ]);
    const freed = releasePort(without, 'analytics', 15_000);
    if (!('lock' in freed)) throw new Error('not released');
    moved(move(one, freed.lock, names, there));
  });

  it('for a new shard takes the first pool with room, where the forwarders listen on another port if they must', () => {
    const targets = [
      ...shared('abcde', 50),
      ...shared('fg', 60),
      azureTarget('v', { domains: ['a.shared.example'], listenPort: 15_000 }),
      azureTarget('w', { domains: ['f.shared.example'], listenPort: 15_000 }),
    ];
    const { lock: first } = accept(azureRouter({ targets }));
    // Now the first pool has room for all of them, and another target of it has the port.
    const one = azureRouter({ targets: targets.filter(({ name }) => !/^[bc]-/.test(name)) });
    const { lock: fewer } = accept(one, first);
    const edit = moved(move(one, fewer, [...group('f', 60), 'w'], 's3'));
    expect(edit.lock.routers.analytics?.shards.s3).toMatchObject({ pool: 'p1' });
    expect(edit.lock.routers.analytics?.targets.w).toMatchObject({ listenerPort: 15_000, forwarderPort: 61_100 });
    const rest = Object.entries(edit.lock.routers.analytics?.targets ?? {}).filter(([name]) => name !== 'w');
    expect(rest.filter(([, { forwarderPort }]) => forwarderPort !== undefined)).toEqual([]);
    expect(edit.findings).toEqual([]);
    const others = moved(move(one, fewer, group('g', 60), 's3'));
    expect(others.lock.routers.analytics?.shards.s3).toMatchObject({ pool: 'p1' });
  });

  it('is refused where the rules of its other shards leave too few', () => {
    const targets = [...shared('abcde', 40), ...azureTargets('own', 15), ...shared('gh', 50)];
    const one = azureRouter({ targets });
    const { lock: first } = accept(one);
    expect(places(first)).toMatchObject({ 'g-0': 's3:10215', 'h-0': 's4:10265' });
    expect(refused(move(one, first, group('h', 50), 's3'))[0]).toBe(
      'PLR2814 pool p1 of analytics would have 315 listeners, allowed are 299',
    );
  });

  it('never takes a pool again that every shard has left', () => {
    const one = azureRouter({ azure: HA_PORTS, targets: azureTargets('t', 10) });
    const two = accept(azureRouter({ azure: HA_PORTS, targets: azureTargets('t', 11) }));
    const step = (shardTeardown: AzureRouter['shardTeardown'], from: Lock): Lock =>
      accept({ ...one, shardTeardown }, from).lock;
    const gone = step({ s2: 'destroy' }, step({ s2: 'prepare' }, step({}, two.lock)));
    const edit = moved(move(one, gone, ['t-0'], 's3'));
    expect(edit.lock.routers.analytics).toMatchObject({ pools: ['p1', 'p2', 'p3'], shards: { s3: { pool: 'p3' } } });
  });
});

it('a rename on Azure moves nothing and renames nothing in the cloud', () => {
  const first = accept(azureRouter({ targets: azureTargets('t', 2) }));
  const renamed = azureTarget('z', { host: 't-0.corp.example', domains: ['t-0.corp.example'], renamedFrom: 't-0' });
  const second = accept(azureRouter({ targets: [renamed, azureTarget('t-1')] }), first.lock);
  expect(places(second.lock)).toEqual({ z: 's1:10000', 't-1': 's1:10001' });
  expect(azureOf(second).pools).toEqual(azureOf(first).pools);
  const [one] = azureOf(second).shards;
  expect(one).toMatchObject({ privateLinkServiceName: azureOf(first).shards[0]?.privateLinkServiceName });
  expect(one?.listeners[0]).toMatchObject({ port: 10_000, backends: [{ target: 'z', renamedFrom: 't-0' }] });
});
