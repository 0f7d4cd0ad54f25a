import { type Entry, type MapNode, mapNode, type SourceNode } from './source-node';

/** The map with one value changed, if it is a map and has it. */
export function mapEntry(node: SourceNode, key: string, change: (value: SourceNode) => SourceNode): SourceNode {
  const entry = node.kind === 'map' ? node.entries.get(key) : undefined;
  if (node.kind !== 'map' || entry === undefined) return node;
  const value = change(entry.value);
  if (value === entry.value) return node;
  return rebuilt(node, new Map(node.entries).set(key, { ...entry, value }));
}

/** The map with every value changed; where the change gives nothing, the key goes. */
export function mapEach(
  node: SourceNode,
  change: (value: SourceNode, key: string) => SourceNode | undefined,
): SourceNode {
  if (node.kind !== 'map') return node;
  const entries = new Map<string, Entry>();
  let changed = false;
  for (const [key, entry] of node.entries) {
    const value = change(entry.value, key);
    changed ||= value !== entry.value;
    if (value !== undefined) entries.set(key, value === entry.value ? entry : { ...entry, value });
  }
  return changed ? rebuilt(node, entries) : node;
}

/** The same map with other entries. */
export function rebuilt(node: MapNode, entries: ReadonlyMap<string, Entry>): MapNode {
  return mapNode(node.place, entries, {
    ...(node.removed && { removed: node.removed }),
    ...(node.hidden && { hidden: node.hidden }),
  });
}
