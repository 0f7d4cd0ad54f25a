import { describe, expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import type { PlanChange, Target } from '../../src/model';
import { type PlanningResult, releasePort } from '../../src/planner';
import { sentence } from '../../src/reports/alarms';
import { accept, azureRouter, azureTarget, type TargetValues } from '../planner/support';

const sni = (name: string, over: TargetValues = {}): Target => azureTarget(name, { port: 443, route: 'sni', ...over });
const http = (name: string, over: TargetValues = {}): Target => azureTarget(name, { port: 80, route: 'http', ...over });

function planned(targets: readonly Target[], before?: PlanningResult): PlanningResult {
  return accept(azureRouter({ targets }), before?.lock);
}

/** What two plans, and two locks, say of targets: what, and what clients notice. */
function told(before: PlanningResult, after: PlanningResult): readonly (readonly PlanChange[])[] {
  return [compareDeployments(before, after), compareDeployments({ lock: before.lock }, { lock: after.lock })].map(
    (all) => all.filter(({ about }) => about === 'target'),
  );
}

function words(before: PlanningResult, after: PlanningResult): readonly unknown[] {
  const [plans = [], locks = []] = told(before, after);
  const short = (all: readonly PlanChange[]) => all.map(({ target, what, clients }) => [target, what, clients]);
  expect(short(locks)).toEqual(short(plans));
  return short(plans);
}

describe('a target that shares a port', () => {
  const two = planned([sni('a'), sni('b')]);

  it('is told when it comes and goes, by its name', () => {
    const one = planned([sni('a')], two);
    expect(words(two, one)).toEqual([['b', 'target', 'lose access']]);
    const [gone] = told(two, one)[0] ?? [];
    expect(gone === undefined ? '' : sentence(gone, String)).toBe(
      'analytics/b: gone; clients that dial b.corp.example on port 443 are refused',
    );
    expect(words(one, planned([sni('a'), sni('c')], one))).toEqual([['c', 'target', 'nothing']]);
  });

  it('is told as another one where it gets a name that led elsewhere', () => {
    const gone = planned([sni('a')], two);
    const freed = releasePort(gone.lock, 'analytics', 443, undefined, 'b.corp.example');
    if (!('lock' in freed)) throw new Error('nothing was released');
    const after = accept(azureRouter({ targets: [sni('a'), sni('c', { domains: ['b.corp.example'] })] }), freed.lock);
    expect(words(gone, after)).toContainEqual(['c', 'reused port', 'reach another target']);
  });

  it('is told when its route or its path changes', () => {
    const alone = planned([sni('a')]);
    expect(words(alone, planned([azureTarget('a', { port: 443, listenPort: 443 })], alone))).toEqual([
      ['a', 'route', 'interrupted'],
    ]);
    expect(words(alone, planned([http('a', { port: 443 })], alone))).toEqual([['a', 'route', 'lose access']]);
    const any = planned([http('o')]);
    const below = planned([http('o', { path: '/a' })], any);
    expect(words(any, below)).toEqual([['o', 'path', 'lose access']]);
    const back = releasePort(below.lock, 'analytics', 80, undefined, 'o.corp.example');
    if (!('lock' in back)) throw new Error('nothing was released');
    const again = accept(azureRouter({ targets: [http('o')] }), back.lock);
    expect(words(below, again)).toContainEqual(['o', 'path', 'nothing']);
  });
});
