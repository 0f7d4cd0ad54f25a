import {
  type ChangeKind,
  CLIENT_NOTICES,
  CLOUDS,
  type ClientNotice,
  type Cloud,
  count,
  type PlanChange,
  type PlannedShard,
  type RoutingPlan,
} from '../model';
import { shownChange } from './values';

/** The sign before a changed line: `+` added, `-` gone, `>` moved to another port or shard, `~` in place, `±` replaced. */
export const MARKERS: Readonly<Record<ChangeKind, string>> = {
  added: '+',
  removed: '-',
  destroyed: '-',
  moved: '>',
  changed: '~',
  replaced: '±',
};

/** What clients notice, as a title over the changes of which they notice it. */
export const NOTICES: Readonly<Record<ClientNotice, string>> = {
  'reach another target': 'Another database answers',
  'lose access': 'Clients lose access',
  interrupted: 'Running jobs are cut once',
  nothing: 'Clients notice nothing',
};

/** The changes by what clients notice, the worst first; without those of which there are none. */
export function byNotice(
  changes: readonly PlanChange[],
): readonly { readonly clients: ClientNotice; readonly changes: readonly PlanChange[] }[] {
  return CLIENT_NOTICES.map((clients) => ({
    clients,
    changes: changes.filter((change) => change.clients === clients),
  })).filter((group) => group.changes.length > 0);
}

/** What a change is about: `analytics/orders-db`, `analytics/s1`, `analytics`. */
export function subjectOf({ router, target, shard, pool }: PlanChange): string {
  return [router, target ?? shard ?? pool].filter((part) => part !== undefined).join('/');
}

/** What changes of a subject, in few words: `listener port 10000 → 10004`, `tags: team a → b`, `added`. */
export function describeChange({ change, what, from, to }: PlanChange): string {
  const all = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const keys = all.filter((key) => JSON.stringify(from[key]) !== JSON.stringify(to[key]) || what === 'backend');
  if (change === 'added' || change === 'removed' || change === 'destroyed' || keys.length === 0) {
    return keys.length === 0 && change === 'changed' ? `${what} changed` : change;
  }
  if (what === 'backend') return `backend: ${keys.join(', ')}, whose values may be secrets and are not shown`;
  const each = keys.map((key) => ({ key, words: shownChange(from[key], to[key]) }));
  const [only] = each;
  if (only !== undefined && each.length === 1 && words(only.key) === what.toLowerCase()) return `${what} ${only.words}`;
  const values = each.map(({ key, words: shown }) =>
    words(key) === what.toLowerCase() ? shown : `${words(key)} ${shown}`,
  );
  return `${what}: ${values.join(', ')}`;
}

/** `listenerPort` → `listener port`; what is no such key stays as it is. */
function words(key: string): string {
  return /^[a-z]+([A-Z][a-z]*)+$/.test(key) ? key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`) : key;
}

/** Shards and pools are what their cloud makes of them. */
const PARTS: Readonly<Record<Cloud, { readonly shard: string; readonly machines: string }>> = {
  aws: { shard: 'load balancer', machines: 'pool of forwarders' },
  azure: { shard: 'Private Link Service', machines: 'load balancer' },
};

/** A number of changes of one kind, in words. */
interface Counted {
  readonly of: (change: PlanChange) => boolean;
  readonly say: (number: number, one: PlanChange) => string;
}

function isAre(number: number): string {
  return number === 1 ? 'is' : 'are';
}

/** What is counted in the line that sums a plan up, in this order; a change is counted where it fits first. */
const COUNTED: readonly Counted[] = [
  {
    of: ({ clients }) => clients === 'reach another target',
    say: (number) => `${count(number, 'port')} ${number === 1 ? 'reaches' : 'reach'} another target`,
  },
  {
    of: ({ about, clients, what }) => about === 'target' && clients === 'lose access' && what !== 'domain',
    say: (number) => `${count(number, 'target')} ${number === 1 ? 'loses its' : 'lose their'} port`,
  },
  {
    of: ({ about, clients }) => about === 'target' && clients === 'lose access',
    say: (number) => `${count(number, 'target')} ${number === 1 ? 'loses its' : 'lose their'} domain`,
  },
  ...CLOUDS.flatMap((each): Counted[] =>
    (['shard', 'machines'] as const).map((part) => ({
      of: ({ cloud, about, change, what }) =>
        cloud === each && about === part && change === 'destroyed' && (what === 'shard' || what === 'pool'),
      say: (number) => `${count(number, PARTS[each][part])} ${isAre(number)} destroyed`,
    })),
  ),
  {
    of: ({ about, change }) => about === 'router' && (change === 'removed' || change === 'destroyed'),
    say: (number, { change }) =>
      `${count(number, 'router')} ${change === 'removed' ? (number === 1 ? 'leaves' : 'leave') : `${isAre(number)} taken down`}`,
  },
  {
    of: ({ clients }) => clients === 'lose access',
    say: (number) => `${count(number, 'other change')} ${number === 1 ? 'cuts' : 'cut'} clients off`,
  },
  {
    of: ({ clients }) => clients === 'interrupted',
    say: (number) => `${count(number, 'change')} ${number === 1 ? 'cuts' : 'cut'} running jobs once`,
  },
  {
    of: ({ about, change }) => about === 'target' && change === 'added',
    say: (number) => `${count(number, 'target')} ${isAre(number)} added`,
  },
  {
    of: ({ about, what }) => about === 'target' && what === 'name',
    say: (number) => `${count(number, 'target')} ${isAre(number)} renamed`,
  },
  {
    of: () => true,
    say: (number) => `${count(number, 'change')} that clients do not notice`,
  },
];

/** `2 targets lose their port, 1 load balancer is destroyed`: every change is counted once. Empty where there is none. */
export function headline(changes: readonly PlanChange[]): string {
  let left = changes;
  const said: string[] = [];
  for (const { of, say } of COUNTED) {
    const [one] = left.filter(of);
    if (one !== undefined) said.push(say(left.filter(of).length, one));
    left = left.filter((change) => !of(change));
  }
  return said.join(', ');
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

/** How large a plan is: `2 routers, 60 targets: 59 listeners on 6 shards`. */
export function sizeLine(plan: RoutingPlan): string {
  const { targets, listeners, shards } = totals(plan);
  const what = `${count(plan.routers.length, 'router')}, ${count(targets, 'target')}`;
  return `${what}: ${count(listeners, 'listener')} on ${count(shards, 'shard')}`;
}

/** The line that sums a plan up: `Plan: 2 targets lose their port; 59 listeners on 6 shards`. */
export function summaryLine(plan: RoutingPlan, changes: readonly PlanChange[]): string {
  const { targets, listeners, shards } = totals(plan);
  const size = `${count(listeners, 'listener')} on ${count(shards, 'shard')}`;
  return changes.length === 0
    ? `No changes: ${count(targets, 'target')}; ${size}`
    : `Plan: ${headline(changes)}; ${size}`;
}
