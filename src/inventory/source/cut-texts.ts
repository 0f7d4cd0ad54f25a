import { isIPv6 } from 'node:net';
import { type Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { mayHoldPair, namesSecret } from '../../model';
import { ALL_KEYS } from '../schema/all-keys';
import { keyWithoutSpace } from '../values/missing-space';
import type { CutText } from './source-node';

/**
 * In braces and brackets a comma ends a text that has no quotes, so that a connection string whose password has commas
 * falls apart into keys and values of which each alone may look harmless. These are the places where that may have
 * happened: texts of one line, in one pair of braces or brackets, of which one looks like part of a credential and one is
 * no key that is known. What is nested in them belongs to them.
 */
export function cutTexts(document: Document, text: string): readonly CutText[] {
  const found: CutText[] = [];
  search(document.contents as Node | null, { text, found, secret: false });
  return apart(found);
}

/** In the order of the file, none reaching into another. */
function apart(cuts: CutText[]): CutText[] {
  const sorted: CutText[] = [];
  for (const cut of cuts.sort((one, other) => one.from - other.from)) {
    const from = Math.max(cut.from, (sorted.at(-1)?.to ?? -1) + 1);
    if (from <= cut.to) sorted.push({ ...cut, from });
  }
  return sorted;
}

/** The part that a place lies in, if any. @param cuts as `cutTexts` gives them */
export function cutTextAt(cuts: readonly CutText[], offset: number): CutText | undefined {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((cuts[middle]?.to ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  const cut = cuts[low];
  return cut !== undefined && cut.from <= offset ? cut : undefined;
}

interface Search {
  readonly text: string;
  readonly found: CutText[];
  /** Whether a key above has a name that secrets have. */
  readonly secret: boolean;
}

function search(node: unknown, { text, found, secret }: Search): void {
  if (!isMap(node) && !isSeq(node)) return;
  const range = node.range;
  if (range && '{['.includes(text.charAt(range[0]))) {
    const inside = { from: range[0] + 1, to: range[1] };
    if (secret) {
      found.push({ ...inside, at: range[0] });
      return;
    }
    found.push(...cutRuns(piecesOf(node, text), inside, text));
  }
  for (const item of node.items) {
    if (!isPair(item)) search(item, { text, found, secret });
    else
      search(item.value, {
        text,
        found,
        secret: secret || (isScalar(item.key) && namesSecret(String(item.key.value))),
      });
  }
}

function isPair(item: unknown): item is Pair<Node | null, Node | null> {
  return typeof item === 'object' && item !== null && 'key' in item;
}

/** What stands between two commas. */
interface Piece {
  readonly start: number;
  readonly end: number;
  /** May be part of a credential. */
  readonly suspect: boolean;
  /** May be anything: no key that is known. */
  readonly loose: boolean;
}

function piecesOf(node: YAMLMap | YAMLSeq, text: string): Piece[] {
  const mails = node.items.every((item) => isPair(item) && (!isPlain(item.key) || /^[\w.-]+$/.test(String(item.key))));
  return (node.items as unknown[]).flatMap((item) => {
    if (isPair(item)) return pairPiece(item, mails);
    // In brackets `a, b: c, d` holds a map of one key that has no braces of its own.
    if (isMap(item) && item.range && text.charAt(item.range[0]) !== '{')
      return (item.items as Pair<Node | null, Node | null>[]).flatMap((pair) => pairPiece(pair, false));
    const at = item as Node | null;
    return at?.range ? [{ ...spanOf([at]), suspect: isSuspect(at), loose: true }] : [];
  });
}

/** @param mails whether a value may be an address of e-mail: every key of the map is a word, no piece of a URL */
function pairPiece({ key, value }: Pair<Node | null, Node | null>, mails: boolean): Piece[] {
  if (!key?.range && !value?.range) return [];
  const name = isScalar(key) ? String(key.value ?? '') : '';
  const empty = value === null || (isScalar(value) && value.value === null);
  const plain = empty || isPlain(value);
  const named = namesSecret(name) && plain;
  const known =
    KNOWN.has(name) || (empty ? keyWithoutSpace(name, KEYS) !== undefined : named && /^[\w.-]+$/.test(name));
  const mail = mails && isScalar(value) && MAIL.test(String(value.value));
  const suspect = named || isSuspect(key) || (isSuspect(value) && !mail);
  return [{ ...spanOf([key, value]), suspect, loose: !known }];
}

function spanOf(nodes: readonly (Node | null)[]): { readonly start: number; readonly end: number } {
  const ranges = nodes.flatMap((node) => (node?.range ? [node.range] : []));
  return {
    start: Math.min(...ranges.map(([start]) => start)),
    end: Math.max(...ranges.map(([, end]) => end)),
  };
}

function isPlain(node: Node | null): boolean {
  return isScalar(node) && node.type === 'PLAIN';
}

/** Only a text without quotes is cut by commas. `host:db.corp.example` is a key that lacks a space. */
function isSuspect(node: Node | null): boolean {
  if (!isScalar(node) || node.type !== 'PLAIN') return false;
  const text = node.source ?? String(node.value);
  const key = keyWithoutSpace(text, KEYS);
  const value = key === undefined ? text : text.slice(key.length + 1);
  return mayHoldPair(value) && !isIPv6(value.replace(/\/\d{1,3}$/, ''));
}

/** An address of e-mail and nothing else, as tags and notes have them. */
const MAIL = /^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$/;

const KEYS: readonly string[] = [...ALL_KEYS];

/** Keys that give nothing away: those of inventories, and those that people write beside a password. */
const KNOWN: ReadonlySet<string> = new Set([
  ...KEYS,
  ...['user', 'username', 'userName', 'uid', 'db', 'dbname', 'database', 'databaseName', 'schema', 'ssl', 'sslmode'],
]);

/** The texts that follow each other in one line, where one is suspect and another, or the same, may be anything. */
function cutRuns(pieces: readonly Piece[], inside: { from: number; to: number }, text: string): CutText[] {
  const runs: Piece[][] = [];
  for (const piece of pieces) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (last === undefined || before === undefined || text.slice(before.end, piece.start).includes('\n')) {
      runs.push([piece]);
    } else last.push(piece);
  }
  return runs.flatMap((run, index) => {
    const suspect = run.find((piece) => piece.suspect);
    if (suspect === undefined || run.length < 2 || !run.some((piece) => piece.loose)) return [];
    const from = runs[index - 1]?.at(-1)?.end ?? inside.from;
    const to = runs[index + 1]?.[0]?.start ?? inside.to + 1;
    return [{ from, to: to - 1, at: suspect.start }];
  });
}
