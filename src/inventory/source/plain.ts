import { groupBy, type ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding } from '../findings';
import type { MapNode, SourceNode } from './source-node';

/** The values of a tree as plain objects and lists, as the schema reads them. */
export function toPlain(root: MapNode): { readonly plain: unknown; readonly findings: readonly InventoryFinding[] } {
  const findings: InventoryFinding[] = [];
  // What an alias repeats is one object here too, so that aliases of aliases cost nothing.
  const known = new Map<SourceNode, unknown>();
  const convert = (node: SourceNode, path: ValuePath): unknown => {
    if (node.kind === 'scalar') return node.value;
    if (known.has(node)) return known.get(node);
    const value =
      node.kind === 'list' ? node.items.map((item, index) => convert(item, [...path, index])) : object(node, path);
    known.set(node, value);
    return value;
  };
  const object = (node: MapNode, path: ValuePath): Record<string, unknown> => {
    const value: Record<string, unknown> = {};
    for (const [key, entry] of node.entries) {
      const below = [...path, key];
      // In an object of JavaScript this key is no key: it would change the object instead of standing in it.
      if (key === '__proto__') findings.push(errorAt(below, FORBIDDEN_KEY, { at: 'key' }));
      else value[key] = convert(entry.value, below);
    }
    return value;
  };
  return { plain: convert(root, []), findings };
}

const FORBIDDEN_KEY = fault('PLR1101', 'There is no key "__proto__" here.', 'Remove the key.');

/** A copy without the values at these paths; what is not on the way to one of them is shared with the original. */
export function without(value: unknown, paths: readonly ValuePath[]): unknown {
  if (paths.length === 0 || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const below = groupBy(paths, ([first]) => String(first));
  const copy: Record<string, unknown> = { ...value };
  for (const [key, same] of below) {
    if (!Object.hasOwn(copy, key)) continue;
    const rests = same.map(([, ...rest]) => rest);
    if (rests.some((rest) => rest.length === 0)) delete copy[key];
    else copy[key] = without(copy[key], rests);
  }
  return copy;
}
