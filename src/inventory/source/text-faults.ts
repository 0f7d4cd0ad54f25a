import { type Document, visit } from 'yaml';
import { findMergeConflicts, mergeConflictWords } from '../../model';
import { type Fault, fault } from '../findings';

/** A fault of the text itself, and where. */
export interface TextFault {
  readonly reason: Fault;
  /** Characters from the start of the text. */
  readonly offset: number;
}

/** Every merge conflict that git left in the text, and markers of one of which somebody deleted the others. */
export function mergeConflicts(text: string): readonly TextFault[] {
  const conflicts = findMergeConflicts(text);
  const found = conflicts.map((conflict) => ({ line: conflict.start, words: mergeConflictWords(conflict) }));
  const inside = (line: number): boolean =>
    conflicts.some(({ start, end = Number.POSITIVE_INFINITY }) => start <= line && line <= end);
  const stray = markerLines(text).filter((line) => !inside(line));
  const [first] = stray;
  if (first !== undefined) {
    const lines = stray.length === 1 ? `line ${first} holds` : `lines ${stray.join(', ')} hold`;
    found.push({ line: first, words: `${lines} what is left of the markers of a merge conflict` });
  }
  return found.map(({ line, words }) => ({
    reason: fault('PLR1024', `${words.charAt(0).toUpperCase()}${words.slice(1)}.`, CONFLICT_FIX),
    offset: lineStart(text, line),
  }));
}

const CONFLICT_FIX =
  'Keep the lines that are meant, of one side or of both, delete the markers, then run `privatelink-router check`.';

const MARKER = /^(?:<{7}|\|{7}|={7}|>{7})(?: .*)?\r?$/;

function markerLines(text: string): readonly number[] {
  return text.split('\n').flatMap((line, index) => (MARKER.test(line) ? [index + 1] : []));
}

function lineStart(text: string, line: number): number {
  let offset = 0;
  for (let count = 1; count < line; count += 1) offset = text.indexOf('\n', offset) + 1;
  return offset;
}

/** Spaces of Unicode that indent nothing: for YAML they are part of the text that follows. */
const INDENTED = /^[ \t]*(?:- +)*([\u00a0\u1680\u2000-\u200b\u202f\u205f\u3000\ufeff])/gm;

const NAMES: Readonly<Record<string, string>> = {
  '\u00a0': 'a no-break space',
  '\u202f': 'a narrow no-break space',
  '\u200b': 'a space of no width',
  '\ufeff': 'a byte order mark',
  '\u3000': 'an ideographic space',
};

/** The first line that such a space indents, unless the line is part of a text that quotes or a block hold. */
export function oddIndentation(document: Document.Parsed, text: string): TextFault | undefined {
  const offsets = [...text.matchAll(INDENTED)].map((match) => match.index + match[0].length - 1);
  if (offsets.length === 0) return undefined;
  const held: (readonly [number, number])[] = [];
  visit(document, {
    Scalar: (_key, { range, type }) => {
      if (range && type !== 'PLAIN') held.push([range[0], range[1]]);
    },
  });
  const offset = offsets.find((one) => !held.some(([from, to]) => from <= one && one < to));
  if (offset === undefined) return undefined;
  const char = text.charAt(offset);
  const code = `U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  const name = NAMES[char] ?? 'a space of Unicode';
  const reason = fault(
    'PLR1023',
    `${name.charAt(0).toUpperCase()}${name.slice(1)} (${code}) indents this line; YAML indents with plain spaces only.`,
    'Replace it by plain spaces, here and in the lines that follow; it came along when the text was copied.',
  );
  return { reason, offset };
}
