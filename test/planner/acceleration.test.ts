import { describe, expect, it } from 'vitest';
import type { AzureRouter, Lock, LockedRouter } from '../../src/model';
import { type LockEdit, mergeLocks, moveTargets, planRouting } from '../../src/planner';
import { accept, azureOf, azurePlace, azureRouter, azureTargets, inventory } from './support';

const TARGETS = azureTargets('t', 3);
const { forwarder } = azurePlace();
const sized = (size: string, targets = TARGETS): AzureRouter =>
  azureRouter({ targets, azure: azurePlace({ forwarder: { ...forwarder, size } }) });
const FAST = sized('Standard_D2s_v5');
const SLOW = sized('Standard_B2ms');
const UNKNOWN = sized('Standard_Q2s_v9');

const entryOf = ({ routers }: Lock): LockedRouter => {
  const { analytics } = routers;
  if (analytics === undefined) throw new Error('the lock has no such router');
  return analytics;
};
const edited = (edit: LockEdit): LockedRouter => {
  if (!('lock' in edit)) throw new Error(edit.findings.map(({ message }) => message).join());
  return entryOf(edit.lock);
};
/** The lock as it was written before it kept which pools are accelerated. */
const old = (lock: Lock): Lock => {
  const { acceleratedPools: _kept, ...entry } = entryOf(lock);
  return { ...lock, routers: { analytics: entry } };
};

describe('accelerated networking', () => {
  it.each([
    ['a size that has it', FAST, true],
    ['one that has none', SLOW, false],
    ['one that is not known', UNKNOWN, false],
  ] as const)('of a new pool goes by its size: %s', (_name, one, on) => {
    const result = accept(one);
    expect(entryOf(result.lock).acceleratedPools).toEqual(on ? ['p1'] : undefined);
    expect(azureOf(result).pools.map(({ acceleratedNetworking }) => acceleratedNetworking)).toEqual([on]);
  });

  it('stays off in a pool of an older lock, and is on in the next pool', () => {
    const before = old(accept(FAST).lock);
    const again = accept(FAST, before);
    expect(again.lock).toEqual(before);
    expect(azureOf(again).pools.map(({ acceleratedNetworking }) => acceleratedNetworking)).toEqual([false]);
    const wide = accept(sized('Standard_D2s_v5', [...TARGETS, ...azureTargets('u', 80)]), before);
    expect(entryOf(wide.lock).pools).toEqual(['p1', 'p2']);
    expect(entryOf(wide.lock).acceleratedPools).toEqual(['p2']);
  });

  it('stays on and off with another size', () => {
    const slow = accept(SLOW).lock;
    expect(accept(FAST, slow).lock).toEqual(slow);
    const fast = accept(FAST).lock;
    expect(accept(UNKNOWN, fast).lock).toEqual(fast);
  });

  it('is not lost to a size that has none: that is refused, as Azure does', () => {
    const { lock } = accept(FAST);
    const [found, ...more] = planRouting({ inventory: inventory([SLOW]), lock }).findings;
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      code: 'PLR2524',
      severity: 'error',
      path: ['routers', 'analytics', 'azure', 'forwarder', 'size'],
    });
    expect(found?.message).toContain('machines of p1');
    expect(planRouting({ inventory: inventory([SLOW]), lock: old(lock) }).findings).toEqual([]);
    // Whoever takes the router away takes the machines with it.
    const leaving = { ...SLOW, teardown: 'destroy', targets: [] } as const;
    const codes = planRouting({ inventory: inventory([leaving]), lock }).findings.map(({ code }) => code);
    expect(codes).not.toContain('PLR2524');
  });

  it('goes with a pool through a merge', () => {
    const base = old(accept(FAST).lock);
    const side = accept(sized('Standard_D2s_v5', [...TARGETS, ...azureTargets('u', 80)]), base).lock;
    const wanted = inventory([sized('Standard_D2s_v5', [...TARGETS, ...azureTargets('u', 80)])]);
    const merged = mergeLocks({ base, sides: [side], inventory: wanted, reference: 'main' });
    expect(edited(merged).acceleratedPools).toEqual(['p2']);
  });

  it('is on in a pool that a move begins', () => {
    const full = sized('Standard_D2s_v5', azureTargets('t', 80));
    const { lock } = accept(full);
    expect(entryOf(lock).pools).toEqual(['p1']);
    const moved = moveTargets(old(lock), inventory([full]), 'analytics', ['t-0'], 's9');
    const entry = edited(moved);
    expect(entry.pools).toEqual(['p1', 'p2']);
    expect(entry.acceleratedPools).toEqual(['p2']);
  });
});
