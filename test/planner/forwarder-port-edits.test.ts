import fc from 'fast-check';
import { expect, it } from 'vitest';
import { OTHER_FORWARDER_PORTS } from '../../src/forwarder';
import { type AzureRouter, hasErrors, type Lock, lockedForwarderPort, type Target } from '../../src/model';
import { moveTargets, planRouting, releasePort } from '../../src/planner';
import { runs } from '../support/runs';
import { entryOf, holdInvariants } from './invariants';
import { accept, azureRouter, azureTarget, inventory } from './support';

const { lowest } = OTHER_FORWARDER_PORTS;

/** One edit of a router of few shards and few ports, so that these meet. */
type Edit =
  | { readonly kind: 'add'; readonly pick: number; readonly pin: number; readonly port: number }
  | { readonly kind: 'listenPort'; readonly pick: number; readonly port: number }
  | { readonly kind: 'remove' | 'release' | 'enable'; readonly pick: number }
  | { readonly kind: 'move'; readonly pick: number; readonly shard: number };

const PORTS = [undefined, 443, 444, lowest, lowest + 1] as const;
const small = fc.nat(20);
const edits = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('add' as const), pick: small, pin: small, port: small }) },
    {
      weight: 2,
      arbitrary: fc.record({ kind: fc.constant('listenPort' as const), pick: small, port: small }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('remove' as const, 'release', 'enable'), pick: small }) },
    {
      weight: 4,
      arbitrary: fc.record({ kind: fc.constant('move' as const), pick: small, shard: small }),
    },
  ),
  { minLength: 10, maxLength: 40, size: 'max' },
);

const START = azureRouter({ targets: [azureTarget('first')] });

interface World {
  readonly router: AzureRouter;
  readonly lock: Lock;
}

/** The world after an edit, or undefined where it makes no sense there. */
function after({ router, lock }: World, edit: Edit): World | undefined {
  const change = (targets: readonly Target[]): World => ({ router: { ...router, targets }, lock });
  const port = 'port' in edit ? PORTS[edit.port % PORTS.length] : undefined;
  const asked = port === undefined ? {} : { listenPort: port };
  const chosen = router.targets[edit.pick % Math.max(router.targets.length, 1)];
  switch (edit.kind) {
    case 'add': {
      const name = `t${edit.pick}`;
      const pin = ['x', 'x', 'y', undefined][edit.pin % 4];
      if (router.targets.some((one) => one.name === name)) return undefined;
      return change([...router.targets, azureTarget(name, { ...asked, ...(pin === undefined ? {} : { pin }) })]);
    }
    case 'listenPort':
      return change(
        router.targets.map((one) => {
          const { listenPort: _, ...rest } = one;
          return one === chosen ? { ...rest, ...asked } : one;
        }),
      );
    case 'enable':
      return change(router.targets.map((one) => (one === chosen ? { ...one, enabled: !one.enabled } : one)));
    case 'remove':
      return change(router.targets.filter((one) => one !== chosen));
    case 'release': {
      const { retired = [] } = lock.routers.analytics ?? {};
      const one = retired[edit.pick % Math.max(retired.length, 1)];
      if (one === undefined) return undefined;
      const freed = releasePort(lock, 'analytics', one.listenerPort, one.shard);
      return 'lock' in freed ? { router, lock: freed.lock } : undefined;
    }
    case 'move': {
      const shards = Object.keys(lock.routers.analytics?.shards ?? {}).length;
      const shard = `s${shards + 1 - (edit.shard % (shards + 1))}`;
      const moved = moveTargets(lock, inventory([router]), 'analytics', [chosen?.name ?? ''], shard);
      return 'lock' in moved ? { router, lock: moved.lock } : undefined;
    }
  }
}

it('whatever is edited, a pool’s machines have each port once, and nothing gets another one unasked', () => {
  const seen = { others: 0, moved: 0, released: 0 };
  fc.assert(
    fc.property(edits, (all) => {
      let world: World = { router: START, lock: accept(START).lock };
      for (const edit of all) {
        const next = after(world, edit);
        if (next === undefined) continue;
        const result = planRouting({ inventory: inventory([next.router]), lock: next.lock });
        if (hasErrors(result.findings)) continue;
        holdInvariants({ world: next, result });
        const [before, now] = [entryOf(world, 'analytics'), entryOf(result, 'analytics')];
        // What was in use or retired goes on to have its port of the machines, in use or retired, but for what is released.
        const had = [...Object.values(before.targets), ...before.retired];
        const has = new Map(
          [...Object.values(now.targets), ...now.retired].map((one) => [placeOf(one), lockedForwarderPort(one)]),
        );
        const lost = had.filter((one) => has.get(placeOf(one)) !== lockedForwarderPort(one));
        expect(lost.length).toBe(edit.kind === 'release' ? 1 : 0);
        seen.others += Object.values(now.targets).filter(({ forwarderPort }) => forwarderPort !== undefined).length;
        seen.released += edit.kind === 'release' ? 1 : 0;
        seen.moved += edit.kind === 'move' ? 1 : 0;
        world = { router: next.router, lock: result.lock };
      }
    }),
    { numRuns: runs(25), seed: 61_100 },
  );
  for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(10);
});

function placeOf({ shard, listenerPort }: { readonly shard: string; readonly listenerPort: number }): string {
  return `${shard}:${listenerPort}`;
}
