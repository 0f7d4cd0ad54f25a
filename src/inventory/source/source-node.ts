import type { LineCounter } from 'yaml';
import type { Position, ValuePath } from '../../model';

/** A part of a file of which no message repeats anything. Its ends are characters from the start of the file. */
export interface CutText {
  readonly from: number;
  readonly to: number;
  /** Where the text begins that looks like part of a credential. */
  readonly at: number;
}

/** One file that was read. */
export interface Source {
  /** As the user named it. */
  readonly file: string;
  readonly lines: LineCounter;
  /** Parts of which no message repeats anything. */
  readonly cuts: readonly CutText[];
}

/** A place in a file, turned into line and column only when somebody asks. */
export interface Place {
  readonly source: Source;
  /** Characters from the start of the file, a byte order mark not counted. */
  readonly offset: number;
}

/** A key and its value. The key's place is the one of the file that wrote it last. */
export interface Entry {
  readonly keyPlace: Place;
  readonly value: SourceNode;
}

export interface MapNode {
  readonly kind: 'map';
  readonly place: Place;
  /** In the order of the file. */
  readonly entries: ReadonlyMap<string, Entry>;
  /** Keys that an overlay took away, and where it says so. */
  readonly removed?: ReadonlyMap<string, Place>;
  /** Keys whose value a merge key brought and another value hides. */
  readonly hidden?: readonly HiddenKey[];
  /** Number of values below and this one, aliases counted as often as they are used. */
  readonly weight: number;
}

export interface HiddenKey {
  readonly key: string;
  readonly place: Place;
}

export interface ListNode {
  readonly kind: 'list';
  readonly place: Place;
  readonly items: readonly SourceNode[];
  readonly weight: number;
}

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly place: Place;
  /** A number is one that JavaScript holds exactly and that is written in plain decimal digits. */
  readonly value: string | number | boolean | null | OddNumber;
  readonly weight: 1;
}

/** A number whose text and value are not the same thing: `012`, `1e3`, `0x1f`, `5.0`, or one too big to be held exactly. */
export class OddNumber {
  public constructor(
    /** As it stands in the file. */
    public readonly text: string,
    /** As YAML understands it, rounded where JavaScript cannot hold it. */
    public readonly value: number,
  ) {}
}

export type SourceNode = MapNode | ListNode | ScalarNode;

/** Line and column of a place. */
export function positionOf(place: Place): Position {
  const { line, col } = place.source.lines.linePos(place.offset);
  return { file: place.source.file, line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** The node at a path, and the key that leads to it where its parent is a map. */
export function nodeAt(root: SourceNode, path: ValuePath): { node: SourceNode; keyPlace?: Place } | undefined {
  let found: { node: SourceNode; keyPlace?: Place } = { node: root };
  for (const step of path) {
    const next = child(found.node, step);
    if (next === undefined) return undefined;
    found = next;
  }
  return found;
}

/** The value at a key of a map or at a position of a list. */
function child(node: SourceNode, step: string | number): { node: SourceNode; keyPlace?: Place } | undefined {
  if (node.kind === 'map') {
    const entry = node.entries.get(String(step));
    return entry && { node: entry.value, keyPlace: entry.keyPlace };
  }
  const item = node.kind === 'list' ? node.items[Number(step)] : undefined;
  return item && { node: item };
}

/**
 * The place of the value at a path; of the nearest ancestor's key where the path leads to nothing. A map's place is its
 * key, since its text begins only on the next line; a key that an overlay removed is where the overlay says so.
 */
export function placeAt(root: SourceNode, path: ValuePath, at: 'key' | 'value' = 'value'): Place {
  let node = root;
  let place = root.place;
  for (const [index, step] of path.entries()) {
    const next = child(node, step);
    if (next === undefined) return (node.kind === 'map' && node.removed?.get(String(step))) || place;
    const last = index === path.length - 1;
    const atKey = next.keyPlace !== undefined && (next.node.kind !== 'scalar' || (last && at === 'key'));
    place = atKey && next.keyPlace !== undefined ? next.keyPlace : next.node.place;
    node = next.node;
  }
  return place;
}

/** A map of these entries. */
export function mapNode(
  place: Place,
  entries: ReadonlyMap<string, Entry>,
  extra: Pick<MapNode, 'removed' | 'hidden'> = {},
): MapNode {
  let weight = 1;
  for (const { value } of entries.values()) weight += value.weight;
  return { kind: 'map', place, entries, weight, ...extra };
}

/** A list of these items. */
export function listNode(place: Place, items: readonly SourceNode[]): ListNode {
  return { kind: 'list', place, items, weight: items.reduce((sum, item) => sum + item.weight, 1) };
}

export function scalarNode(place: Place, value: ScalarNode['value']): ScalarNode {
  return { kind: 'scalar', place, value, weight: 1 };
}
