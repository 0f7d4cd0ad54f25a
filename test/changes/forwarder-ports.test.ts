import { describe, expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import type { Lock, LockedTarget } from '../../src/model';
import { moveTargets, type PlanningResult } from '../../src/planner';
import { describeChange } from '../../src/reports/changes';
import { accept, azureRouter, azureTarget, azureTargets, inventory } from '../planner/support';

const own = { listenPort: 443 };
const both = azureRouter({ targets: [azureTarget('a', { ...own, pin: 'x' }), azureTarget('b', { ...own, pin: 'y' })] });

/** The same plan and lock with another port of the forwarders for a target; undefined: the listener port. */
function forwardedBy({ plan, lock }: PlanningResult, name: string, port: number | undefined): PlanningResult {
  const swapped = <T extends { readonly forwarderPort?: number }>({ forwarderPort: _, ...rest }: T) =>
    ({ ...rest, ...(port === undefined ? {} : { forwarderPort: port }) }) as unknown as T;
  const entry = lock.routers.analytics;
  const target = entry?.targets[name];
  if (entry === undefined || target === undefined) throw new Error(`${name} has no place`);
  const targets: Record<string, LockedTarget> = { ...entry.targets, [name]: swapped(target) };
  const routers = plan.routers.map((router) => {
    if (router.cloud !== 'azure') return router;
    const shards = router.shards.map((shard) => ({
      ...shard,
      listeners: shard.listeners.map((one) => (one.backends[0].target === name ? swapped(one) : one)),
    }));
    return { ...router, shards };
  });
  return { plan: { routers }, lock: { version: 1, routers: { analytics: { ...entry, targets } } }, findings: [] };
}

describe('a port of the forwarders that is another one', () => {
  const first = accept(both);

  it.each([
    [61_101, 'forwarder port 61100 → 61101'],
    [undefined, 'forwarder port 61100 → none'],
  ])('as %s interrupts the sessions of its target, by plans and by locks', (port, words) => {
    const then = forwardedBy(first, 'b', port);
    for (const changes of [
      compareDeployments(first, then),
      compareDeployments({ lock: first.lock }, { lock: then.lock }),
    ]) {
      expect(changes).toMatchObject([
        { about: 'target', target: 'b', listenerPort: 443, what: 'forwarder port', clients: 'interrupted' },
      ]);
      expect(changes.map(describeChange)).toEqual([words]);
    }
  });

  it('is told with a target that comes, and not beside the move that brings it', () => {
    const [added] = compareDeployments(accept(azureRouter({ targets: both.targets.slice(0, 1) })), first).filter(
      ({ about }) => about === 'target',
    );
    expect(added).toMatchObject({ target: 'b', change: 'added', to: { listenerPort: 443, forwarderPort: 61_100 } });
    const one = azureRouter({ targets: azureTargets('t', 12) });
    const before = accept(one);
    const edit = moveTargets(before.lock, inventory([one]), 'analytics', ['t-0'], 's2');
    const after = accept(one, (edit as { readonly lock: Lock }).lock);
    expect(compareDeployments(before, after).map(({ target, what, clients }) => [target, what, clients])).toEqual([
      ['t-0', 'listener port', 'interrupted'],
    ]);
  });
});
