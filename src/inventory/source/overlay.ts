import type { ValuePath } from '../../model';
import { fault, type InventoryFinding, quote, warningAt } from '../findings';
import { type Entry, type MapNode, mapNode, type Place, type SourceNode } from './source-node';

/**
 * Lays one tree over another: maps deep, lists and single values replaced, `null` removes. What comes from the overlay
 * keeps its place in the overlay; keys that both have stay in the order of the base.
 */
export function layOver(
  base: MapNode,
  overlay: MapNode,
  path: ValuePath = [],
): { readonly root: MapNode; readonly findings: readonly InventoryFinding[] } {
  const findings: InventoryFinding[] = [];
  return { root: merge(base, overlay, path, findings), findings };
}

function merge(base: MapNode | undefined, overlay: MapNode, path: ValuePath, findings: InventoryFinding[]): MapNode {
  const entries = new Map<string, Entry>(base?.entries);
  const removed = new Map<string, Place>(base?.removed);
  for (const [key, over] of overlay.entries) {
    const below = [...path, key];
    const under = entries.get(key);
    if (isNull(over.value)) {
      if (under === undefined) findings.push(warningAt(below, nothingRemoved(key), { place: over.keyPlace }));
      entries.delete(key);
      removed.set(key, over.keyPlace);
    } else if (over.value.kind === 'map') {
      const lower = under?.value.kind === 'map' ? under.value : undefined;
      const value = merge(lower, over.value, below, findings);
      entries.set(key, { keyPlace: (lower !== undefined ? under : over)?.keyPlace ?? over.keyPlace, value });
    } else {
      entries.set(key, over);
    }
  }
  const hidden = [...(base?.hidden ?? []), ...(overlay.hidden ?? [])];
  return mapNode(base?.place ?? overlay.place, entries, {
    ...(removed.size > 0 && { removed }),
    ...(hidden.length > 0 && { hidden }),
  });
}

function isNull(node: SourceNode): boolean {
  return node.kind === 'scalar' && node.value === null;
}

function nothingRemoved(key: string) {
  return fault(
    'PLR1020',
    `The overlay removes ${quote(key)}, which the inventory does not have.`,
    'Correct the key, or remove the line.',
  );
}
