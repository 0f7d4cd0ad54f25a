import type { PlanChange, PlannedShard, RoutingPlan } from '../model';
import { count } from './words';

/** The sign before a changed line: `+` added, `-` removed, `>` moved to another port or shard, `~` changed. */
export const MARKERS: Readonly<Record<PlanChange['change'], string>> = {
  added: '+',
  removed: '-',
  moved: '>',
  changed: '~',
};

/** How the values of a change are called in a line of text. */
const WORDS: Readonly<Record<string, string>> = {
  listenerPort: 'listener port',
  bornAs: 'first named',
  generation: 'load balancer generation',
};

function show(value: unknown): string {
  if (value === undefined) {
    return 'none';
  }
  return Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
}

/** What a change changes, `listener port 10000 → 10004, host a → b`; for an addition or a removal just that word. */
export function describeChange(change: PlanChange): string {
  if (change.change === 'added' || change.change === 'removed') {
    return change.change;
  }
  const keys = [...new Set([...Object.keys(change.from), ...Object.keys(change.to)])].filter(
    (key) => show(change.from[key]) !== show(change.to[key]),
  );
  return keys.map((key) => `${WORDS[key] ?? key} ${show(change.from[key])} → ${show(change.to[key])}`).join(', ');
}

/** One change in a line of its own: `+ analytics/orders-db added: port 10000 on s1`. */
export function changeLine(change: PlanChange): string {
  const { shard, listenerPort } = change.change === 'added' ? change.to : change.from;
  const comesOrGoes = change.change === 'added' || change.change === 'removed';
  const place = comesOrGoes && listenerPort !== undefined ? `: port ${listenerPort} on ${shard}` : '';
  return `${MARKERS[change.change]} ${change.router}/${change.target} ${describeChange(change)}${place}`;
}

/** Listeners, shards and disabled targets of a whole plan. */
function totals(plan: RoutingPlan): {
  readonly targets: number;
  readonly listeners: number;
  readonly shards: number;
} {
  const shards = plan.routers.flatMap((router): readonly PlannedShard[] => router.shards);
  const listeners = shards.reduce((sum, shard) => sum + shard.listeners.length, 0);
  const reserved = shards.reduce((sum, shard) => sum + shard.reserved.length, 0);
  return { targets: listeners + reserved, listeners, shards: shards.length };
}

/** `2 added, 1 removed`, in the order of the markers; empty where nothing changes. */
export function countChanges(changes: readonly PlanChange[]): string {
  const order = ['added', 'removed', 'moved', 'changed'] as const;
  return order
    .map((kind) => ({ kind, number: changes.filter(({ change }) => change === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${number} ${kind}`)
    .join(', ');
}

/** How large a plan is: `2 routers, 60 targets: 59 listeners on 6 shards`. */
export function sizeLine(plan: RoutingPlan): string {
  const { targets, listeners, shards } = totals(plan);
  const what = `${count(plan.routers.length, 'router')}, ${count(targets, 'target')}`;
  return `${what}: ${count(listeners, 'listener')} on ${count(shards, 'shard')}`;
}

/** The last line of a plan: `Plan: 2 added, 1 removed, 57 unchanged; 59 listeners on 6 shards`. */
export function summaryLine(plan: RoutingPlan, changes: readonly PlanChange[]): string {
  const { targets, listeners, shards } = totals(plan);
  const touched = new Set(
    changes.filter(({ change }) => change !== 'removed').map(({ router, target }) => `${router}/${target}`),
  );
  const unchanged = targets - touched.size;
  const size = `${count(listeners, 'listener')} on ${count(shards, 'shard')}`;
  return changes.length === 0
    ? `No changes: ${count(unchanged, 'target')}; ${size}`
    : `Plan: ${countChanges(changes)}, ${unchanged} unchanged; ${size}`;
}
