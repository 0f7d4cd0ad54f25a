import { type MapNode, mapNode } from './source-node';

/** Keys at the top that are the user's own, as in Compose files: a place for anchors. */
export const OWN_KEYS = /^x-/;

/** The document without the keys that are the user's own. Anchors in them are followed already. */
export function withoutOwnKeys(root: MapNode): MapNode {
  const entries = [...root.entries].filter(([key]) => !OWN_KEYS.test(key));
  return entries.length === root.entries.size
    ? root
    : mapNode(root.place, new Map(entries), root.hidden && { hidden: root.hidden });
}
