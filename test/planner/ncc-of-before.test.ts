import { describe, expect, it } from 'vitest';
import type { LockedRouter, Ncc, Router } from '../../src/model';
import { planRouting } from '../../src/planner';
import { azureRouter, azureTarget, inventory, NOTHING, router, target } from './support';

const MADE: Ncc = { name: 'own-use2', workspaceIds: ['11'] };
const FOUND: Ncc = { existing: 'own-use2', workspaceIds: ['11'] };
const SHARED: Ncc = { existing: 'own-use2', router: 'orders', workspaceIds: [] };
const KNOWN: Ncc = { id: '11111111-2222-4333-8444-555555555555', workspaceIds: ['11'] };

const AWS = router({ targets: [target('a')] });
const AZURE = azureRouter({ targets: [azureTarget('a')] });

/** What lock and plan say after each of these ways to the NCC in turn, from an empty lock. */
function told(one: Router, ...ways: readonly Ncc[]): readonly [LockedRouter['ncc'], true | undefined] {
  let lock = NOTHING;
  let said: readonly [LockedRouter['ncc'], true | undefined] = [undefined, undefined];
  for (const ncc of ways) {
    const result = planRouting({ inventory: inventory([{ ...one, ncc }]), lock });
    expect(result.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    ({ lock } = result);
    said = [lock.routers.analytics?.ncc, result.plan.routers[0]?.forgetsNcc];
  }
  return said;
}

describe.each([
  ['AWS', AWS],
  ['Azure', AZURE],
])('an NCC that the router takes from elsewhere (%s)', (_cloud, one) => {
  it('is given where the router is new, and stays so', () => {
    for (const way of [FOUND, SHARED]) {
      expect(told(one, way)).toEqual(['given', undefined]);
      expect(told(one, way, way)).toEqual(['given', undefined]);
      expect(told(one, way, KNOWN, way)).toEqual(['given', undefined]);
    }
  });

  it('has the one forgotten that the router made before, for good', () => {
    for (const way of [FOUND, SHARED]) {
      expect(told(one, MADE, way)).toEqual(['forgotten', true]);
      expect(told(one, MADE, way, way)).toEqual(['forgotten', true]);
      expect(told(one, MADE, way, KNOWN)).toEqual(['forgotten', true]);
    }
  });

  it('leaves no trace where the router makes it, or has always had it by id', () => {
    expect(told(one, MADE)).toEqual([undefined, undefined]);
    expect(told(one, KNOWN, KNOWN)).toEqual([undefined, undefined]);
    expect(told(one, MADE, FOUND, MADE)).toEqual([undefined, undefined]);
  });
});

it('is forgotten also where the router leaves before it was', () => {
  const removed: Router = { ...AWS, ncc: SHARED, teardown: 'destroy' };
  const lock = {
    version: 1,
    routers: {
      analytics: { cloud: 'aws', ncc: 'forgotten', teardown: 'prepare', shards: {}, targets: {}, retired: [] },
    },
  } as const;
  const { plan, findings } = planRouting({ inventory: inventory([removed]), lock });
  expect(findings).toEqual([]);
  expect(plan.routers[0]?.forgetsNcc).toBe(true);
});
