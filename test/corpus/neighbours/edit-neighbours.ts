import type { Lock, Router } from '../../../src/model';
import { type LockEdit, mergeLocks, moveTargets, planRouting, releasePort } from '../../../src/planner';
import { azureRouter, azureTarget, azureTargets, inventory, router, target, targets } from '../../planner/support';
import { after } from './planner-neighbour';

/** An edit of the lock by hand (`lock release`, `lock move`) that goes through, as near as can be to one that is refused. */
export interface EditNeighbour {
  readonly code: string;
  readonly name: string;
  readonly edit: () => LockEdit;
  /** Default: nothing. */
  readonly warnings?: readonly string[];
}

function move(
  code: string,
  name: string,
  one: Router,
  lock: Lock,
  names: readonly string[],
  shard: string,
  warnings: readonly string[] = [],
): EditNeighbour {
  return { code, name, edit: () => moveTargets(lock, inventory([one]), one.name, names, shard), warnings };
}

function release(code: string, name: string, lock: Lock, of: string, port: number): EditNeighbour {
  return { code, name, edit: () => releasePort(lock, of, port), warnings: ['PLR2803'] };
}

/** `lock --base`, with what is told once it is planned. */
function merge(
  code: string,
  name: string,
  { now, base, side }: { readonly now: readonly Router[]; readonly base: Lock; readonly side: Lock },
  warnings: readonly string[] = [],
): EditNeighbour {
  const edit = (): LockEdit => {
    const merged = mergeLocks({ base, sides: [side], inventory: inventory(now), reference: 'main' });
    if (!('lock' in merged)) return merged;
    const planned = planRouting({ inventory: inventory(now), lock: merged.lock });
    return { lock: planned.lock, findings: [...merged.findings, ...(merged.told?.(planned.lock) ?? [])] };
  };
  return { code, name, edit, warnings };
}

const TWELVE = targets('t', 12);
/** s1 has t-0 to t-9, s2 t-10 and t-11. */
const twelve = router({ targets: TWELVE });
const lock = after(twelve);
const gone = after(twelve, router({ targets: TWELVE.slice(1) }));
const named = { ...twelve, name: 'b' };
const nine = router({ targets: [...TWELVE.slice(1, 10), target('t-10'), target('t-11')] });
const twins = router({
  targets: [target('p', { domains: ['two.corp.example'] }), target('q', { domains: ['two.corp.example'] }), ...TWELVE],
});
const asking = router({ targets: [...TWELVE.slice(0, 11), target('own', { listenPort: 15000 })] });
const pooled = azureRouter({ targets: azureTargets('t', 12) });

const own = (name: string, listenPort: number): Router =>
  router({ targets: [...TWELVE, target(name, { listenPort })] });
const without = (name: string): Router => router({ targets: TWELVE.filter((one) => one.name !== name) });
const both = router({
  targets: [...TWELVE, target('own', { listenPort: 15000 }), target('mine', { listenPort: 15001 })],
});

const sharing = (...names: string[]): Router =>
  azureRouter({ targets: names.map((name) => azureTarget(name, { port: 443, route: 'sni' })) });

const pinnedBefore = router({ targets: [...targets('t', 2), target('b', { pin: 'x' })] });
const pinnedNow = router({
  targets: [target('t-0', { pin: 'x' }), target('t-1'), target('b', { pin: 'x' })],
});

export const EDIT_NEIGHBOURS: readonly EditNeighbour[] = [
  release(
    'PLR2801',
    'a router that the lock has beside another',
    { ...gone, routers: { ...gone.routers, ...after(named).routers } },
    'analytics',
    10000,
  ),
  release('PLR2802', 'a port that is retired', gone, 'analytics', 10000),
  move('PLR2803', 'a move keeps the port, and nothing is released', nine, after(twelve, nine), ['t-1'], 's2'),
  release('PLR2804', 'one name is retired on the port', after(sharing('a', 'b'), sharing('a')), 'analytics', 443),
  {
    code: 'PLR2804',
    name: 'one of several names is given',
    edit: () => releasePort(after(sharing('a', 'b', 'c'), sharing('a')), 'analytics', 443, undefined, 'c.corp.example'),
    warnings: ['PLR2803'],
  },
  move('PLR2811', 'a target that the lock has', nine, after(twelve, nine), ['t-2'], 's2'),
  move('PLR2812', 'the next new shard', twelve, lock, ['t-0'], 's3'),
  move('PLR2812', 'another shard in use', twelve, lock, ['t-0'], 's2'),
  move('PLR2812', 'a shard of the pin that the target has now', pinnedNow, after(pinnedBefore), ['t-0'], 's2'),
  move('PLR2813', 'all targets of a domain', twins, after(twins), ['p', 'q'], 's2'),
  move(
    'PLR2814',
    'the last room for a domain',
    router({ targets: targets('t', 19) }),
    after(router({ targets: targets('t', 19) })),
    ['t-0'],
    's2',
  ),
  move('PLR2815', 'a port that base-port gave goes along', twelve, lock, ['t-0', 't-1'], 's2'),
  move('PLR2815', 'a port that a target asked for goes along', asking, after(asking), ['t-0'], 's2'),
  move('PLR2816', 'one target is left behind', twelve, lock, ['t-10'], 's3'),
  move('PLR2817', 'between load balancers of AWS', twelve, lock, ['t-11'], 's3'),
  move('PLR2817', 'within a pool, which is told', pooled, after(pooled), ['t-0'], 's2', ['PLR2817']),
  merge('PLR2818', 'two targets that asked for different ports', {
    now: [both],
    base: after(twelve, own('own', 15000)),
    side: after(twelve, own('mine', 15001)),
  }),
  merge('PLR2819', 'a target that the base alone has moved by listenPort', {
    now: [router({ targets: TWELVE.map((one) => (one.name === 't-1' ? { ...one, listenPort: 15000 } : one)) })],
    base: after(
      twelve,
      router({ targets: TWELVE.map((one) => (one.name === 't-1' ? { ...one, listenPort: 15000 } : one)) }),
    ),
    side: lock,
  }),
  merge('PLR2820', 'a retired port that both have', { now: [without('t-0')], base: gone, side: gone }),
  merge('PLR2821', 'a port that the other side retired and nobody has', {
    now: [without('t-0')],
    base: after(twelve, without('t-0')),
    side: after(twelve, own('own', 15000), twelve),
  }),
  merge('PLR2822', 'a router that the other side alone has, and the inventory', {
    now: [twelve, named],
    base: lock,
    side: { ...lock, routers: { ...lock.routers, ...after(named).routers } },
  }),
];
