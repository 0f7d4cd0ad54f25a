import type { LockChange } from '../model';
import { shownValue } from './values';

/** The sign before a changed line: `+` added, `-` removed, `>` moved to another port or shard, `~` changed. */
const MARKERS: Readonly<Record<LockChange['change'], string>> = { added: '+', removed: '-', moved: '>', changed: '~' };

/** How the values of a change are called in a line of text. */
const WORDS: Readonly<Record<string, string>> = {
  listenerPort: 'listener port',
  forwarderPort: 'forwarder port',
  bornAs: 'first named',
  generation: 'load balancer generation',
};

/** What a change of a lock changes, `listener port 10000 → 10004, host a → b`; for an addition or a removal just that word. */
export function describeLockChange(change: LockChange): string {
  if (change.change === 'added' || change.change === 'removed') {
    return change.change;
  }
  const keys = [...new Set([...Object.keys(change.from), ...Object.keys(change.to)])].filter(
    (key) => shownValue(change.from[key]) !== shownValue(change.to[key]),
  );
  return keys
    .map((key) => `${WORDS[key] ?? key} ${shownValue(change.from[key])} → ${shownValue(change.to[key])}`)
    .join(', ');
}

/** One change in a line of its own: `+ analytics/orders-db added: port 10000 on s1`. */
export function lockChangeLine(change: LockChange): string {
  const { shard, listenerPort } = change.change === 'added' ? change.to : change.from;
  const comesOrGoes = change.change === 'added' || change.change === 'removed';
  const place = comesOrGoes && listenerPort !== undefined ? `: port ${listenerPort} on ${shard}` : '';
  return `${MARKERS[change.change]} ${change.router}/${change.target} ${describeLockChange(change)}${place}`;
}

/** `2 added, 1 removed`, in the order of the markers; empty where nothing changes. */
export function countLockChanges(changes: readonly LockChange[]): string {
  const order = ['added', 'removed', 'moved', 'changed'] as const;
  return order
    .map((kind) => ({ kind, number: changes.filter(({ change }) => change === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${number} ${kind}`)
    .join(', ');
}
