import { isMap, isScalar, isSeq, type Node, parseDocument } from 'yaml';
import { type Diagnostic, findMergeConflicts, type Lock, type MergeConflict } from '../model';
import { lockError } from './diagnostics';
import { newerVersionErrors } from './parse';
import { allowedWords, lockSchema } from './schema';

/** What a merged lock holds: the locks of its sides, which may contradict themselves, or why they cannot be read. */
export type LockSides =
  | { readonly sides: readonly Lock[]; readonly diagnostics: readonly [] }
  | { readonly sides?: undefined; readonly diagnostics: readonly Diagnostic[] };

/**
 * The locks that git merged into a text: the text itself where it left no conflict, else one for each side of its
 * conflicts, the other side's lines and the common ancestor's left out. Of a key that stands twice, each value makes a
 * lock of its own. A comma that a merge lost, or left behind, is no fault. Errors: a side that is no lock (PLR3016), a
 * newer version (PLR3003).
 * @param file the name of the file in the messages
 */
export function parseSides(text: string, file: string): LockSides {
  const conflicts = findMergeConflicts(text);
  const open = conflicts.find(({ middle, end }) => middle === undefined || end === undefined);
  if (open !== undefined) {
    return { diagnostics: [noLock(file, open.start, `the merge conflict at line ${open.start} does not end`)] };
  }
  const sides: Lock[] = [];
  for (const side of sideTexts(text, conflicts)) {
    const read = readSide(side, file);
    if (read.sides === undefined) return read;
    sides.push(...read.sides);
  }
  return { sides, diagnostics: [] };
}

interface Side {
  /** How it is called in messages. */
  readonly name: string;
  readonly text: string;
  /** Where a reader should begin to look. */
  readonly line: number;
}

function sideTexts(text: string, conflicts: readonly MergeConflict[]): readonly Side[] {
  const [first] = conflicts;
  if (first === undefined) return [{ name: 'the lock', text, line: 1 }];
  const lines = text.split('\n');
  const without = (isLeftOut: (line: number, conflict: MergeConflict) => boolean): string =>
    lines.filter((_, index) => !conflicts.some((conflict) => isLeftOut(index + 1, conflict))).join('\n');
  const ours = without(
    (line, { start, ancestor, middle = 0, end = 0 }) => line === start || (line >= (ancestor ?? middle) && line <= end),
  );
  const theirs = without((line, { start, middle = 0, end = 0 }) => (line >= start && line <= middle) || line === end);
  const called = (label: string, number: string): string =>
    label === '' ? `the ${number} side` : `the side "${label}"`;
  return [
    { name: called(first.ours, 'first'), text: ours, line: first.start },
    { name: called(first.theirs, 'second'), text: theirs, line: first.middle ?? first.start },
  ];
}

function noLock(file: string, line: number, message: string): Diagnostic {
  return lockError(
    'PLR3016',
    { file, line, column: 1 },
    [],
    message,
    'Take the lock of the base as it is (`git checkout REF -- FILE`), then run `privatelink-router lock`: it gives what the other side had added a place again.',
  );
}

function readSide({ name, text, line }: Side, file: string): LockSides {
  // An empty side: one of the branches did not have a lock.
  if (text.trim() === '') return { sides: [], diagnostics: [] };
  // YAML contains JSON, and its reader goes on where a comma is missing.
  const document = parseDocument(text, { uniqueKeys: false, schema: 'json', strict: true, logLevel: 'silent' });
  const broken = document.errors.find(
    ({ code, message }) => code !== 'MISSING_CHAR' || !message.startsWith('Missing ,'),
  );
  if (broken !== undefined) {
    const what = (broken.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '');
    return { diagnostics: [noLock(file, line, `${name} is not JSON: ${what}`)] };
  }
  const values = [
    ...new Set(['first', 'last'].map((which) => JSON.stringify(plain(document.contents, which === 'first')))),
  ];
  const sides: Lock[] = [];
  for (const value of values.map((one) => JSON.parse(one) as unknown)) {
    const newer = newerVersionErrors(value, text, file);
    if (newer.length > 0) return { diagnostics: newer };
    const checked = lockSchema.safeParse(value);
    const [issue] = checked.success ? [] : checked.error.issues;
    if (issue !== undefined) {
      const path = issue.path.map(String).join('.') || 'the document';
      return { diagnostics: [noLock(file, line, `${name} is no lock: ${path}: ${allowedWords(issue)}`)] };
    }
    if (checked.success) sides.push(checked.data);
  }
  return { sides, diagnostics: [] };
}

/** A node as a value, of a key that stands more than once the first or the last one. */
function plain(node: Node | null, first: boolean): unknown {
  if (isMap(node)) {
    const values = new Map<string, unknown>();
    for (const { key, value } of node.items) {
      const name = isScalar(key) ? String(key.value) : String(key);
      if (!first || !values.has(name)) values.set(name, plain(value as Node | null, first));
    }
    return Object.fromEntries(values);
  }
  if (isSeq(node)) return node.items.map((item) => plain(item as Node | null, first));
  return isScalar(node) ? node.value : null;
}
