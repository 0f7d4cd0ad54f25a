import type { ValuePath } from '../model';
import { fault, type InventoryFinding } from './findings';
import { cutTextAt } from './source/cut-texts';
import { type MapNode, nodeAt, type Place } from './source/source-node';
import { missingSpace } from './values/missing-space';

/**
 * A finding as it may be printed. One about a text that commas may have cut out of a credential becomes one that repeats
 * nothing of it, at the piece that looks like part of a credential: all of one place are one when they are sorted.
 *
 * @param place where the finding points to
 * @param root the inventory; undefined where it could not be read, and a finding has no path
 */
export function withoutCutText(
  finding: InventoryFinding,
  place: Place,
  root: MapNode | undefined,
): { readonly finding: InventoryFinding; readonly place?: Place } {
  const way = root === undefined ? { path: [] } : wayOut(root, finding.path, place);
  const inside = isCut(place) ? place : way.inside;
  const cut = inside && cutTextAt(inside.source.cuts, inside.offset);
  if (inside === undefined || cut === undefined) return { finding };
  const { path } = way;
  // Where a space is missing, the texts of a line are keys and values, and no comma has cut one.
  if (finding.code === 'PLR1120') return { finding: { ...finding, ...missingSpace(undefined, ':'), path } };
  return { finding: { ...finding, ...CUT, path }, place: { source: inside.source, offset: cut.at } };
}

const CUT = fault(
  'PLR1025',
  'A text here may be part of a credential that commas cut, as they do in braces and brackets; nothing of the line is repeated.',
  'Write host and port alone, without user and password; a text with commas needs quotes.',
);

function isCut({ source, offset }: Place): boolean {
  return cutTextAt(source.cuts, offset) !== undefined;
}

/**
 * The path as far as it leads through keys that may be shown, and the place of the first one that may not. A key that was
 * taken out of the tree, as a short form that is none, has no place but that of the finding.
 */
function wayOut(root: MapNode, path: ValuePath, end: Place): { readonly path: ValuePath; readonly inside?: Place } {
  for (let length = 1; length <= path.length; length++) {
    const found = nodeAt(root, path.slice(0, length));
    const place = found === undefined ? end : (found.keyPlace ?? found.node.place);
    if (isCut(place)) return { path: path.slice(0, length - 1), inside: place };
  }
  return { path };
}
