import { isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument } from 'yaml';
import { groupBy, type Position, type ValuePath } from '../model';

/** The places of a text's values, read only where something is wrong: a sound lock costs no second reading. */
export interface Places {
  /** The place of a value, at its key; the nearest one above it where it is not there itself. */
  locate(path: ValuePath): Position;
  /** Keys that stand more than once in one map: the path, and the places in the order of the text. */
  readonly duplicates: readonly { readonly path: ValuePath; readonly places: readonly Position[] }[];
  /** Keys that an object cannot hold as its own, so that their values would be lost in silence. */
  readonly unusable: readonly { readonly path: ValuePath; readonly place: Position }[];
  /** The first place where the text is not JSON, and why; undefined where the reader found none. */
  readonly syntaxError?: { readonly place: Position; readonly message: string };
}

/** Reads JSON with its positions. YAML contains JSON, so its reader is the one that knows lines and columns. */
export function readPlaces(text: string, file: string): Places {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, schema: 'json', strict: true });
  const at = (offset: number): Position => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const root: Node | null = document.contents;
  const error = document.errors[0];
  const keys = allKeys(root);
  return {
    locate: (path) => at(offsetOf(root, path)),
    duplicates: keys.flatMap(({ path, offsets }) => (offsets.length > 1 ? [{ path, places: offsets.map(at) }] : [])),
    unusable: keys.flatMap(({ path, offsets: [offset = 0] }) =>
      path.at(-1) === '__proto__' ? [{ path, place: at(offset) }] : [],
    ),
    ...(error === undefined
      ? {}
      : { syntaxError: { place: at(error.pos[0]), message: error.message.split('\n')[0] ?? error.message } }),
  };
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
}

function start(value: unknown): number {
  const node = value as Node | null;
  return node?.range?.[0] ?? 0;
}

/** The last of several equal keys counts, as it does in JSON. */
function offsetOf(root: Node | null, path: ValuePath): number {
  let node: unknown = root;
  let offset = start(root);
  for (const step of path) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.findLast((item) => keyOf(item) === step);
      if (pair === undefined) return offset;
      offset = start(pair.key);
      node = pair.value;
    } else if (isSeq(node) && typeof step === 'number' && node.items[step] !== undefined) {
      node = node.items[step];
      offset = start(node);
    } else {
      return offset;
    }
  }
  return offset;
}

/** Every key of every map, with each place where it stands. */
function allKeys(root: Node | null): readonly { readonly path: ValuePath; readonly offsets: readonly number[] }[] {
  const found: { path: ValuePath; offsets: number[] }[] = [];
  const visit = (node: unknown, path: ValuePath): void => {
    if (isMap(node)) {
      for (const [key, pairs] of groupBy(node.items as Pair[], keyOf)) {
        const here = [...path, key];
        found.push({ path: here, offsets: pairs.map((pair) => start(pair.key)) });
        for (const pair of pairs) visit(pair.value, here);
      }
    } else if (isSeq(node)) {
      node.items.forEach((item, index) => {
        visit(item, [...path, index]);
      });
    }
  };
  visit(root, []);
  return found;
}
