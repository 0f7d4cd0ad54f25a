import type { Diagnostic } from '../model';
import { lockError } from './diagnostics';

interface Conflict {
  readonly start: number;
  readonly middle?: number;
  readonly end?: number;
  readonly ours: string;
  readonly theirs: string;
}

/**
 * Every merge conflict that git left in the text, as errors that name the lines to settle (PLR3001). Both styles are
 * known, with and without the common ancestor's lines. Empty where there is none.
 */
export function conflictErrors(text: string, file: string): readonly Diagnostic[] {
  return findConflicts(text).map((conflict) => {
    const { start, middle, end, ours, theirs } = conflict;
    const where =
      middle === undefined || end === undefined
        ? `a conflict starts at line ${start} and does not end`
        : `lines ${start} to ${end} hold a merge conflict: ${side(ours)} from line ${start + 1}, ${side(theirs)} from line ${middle + 1} to ${end - 1}`;
    return lockError(
      'PLR3001',
      { file, line: start, column: 1 },
      [],
      where,
      'Keep the side that has been applied, delete the markers and the other side, then run `privatelink-router lock`: it adds again what the other side had added.',
    );
  });
}

function side(label: string): string {
  return label === '' ? 'one side' : `"${label}"`;
}

function findConflicts(text: string): readonly Conflict[] {
  const found: Conflict[] = [];
  let open: Conflict | undefined;
  text.split('\n').forEach((content, index) => {
    const marker = /^(<{7}|={7}|>{7})(?: (.*?))?\r?$/.exec(content);
    if (marker === null) return;
    const [, sign = '', label = ''] = marker;
    const number = index + 1;
    if (sign.startsWith('<')) {
      if (open !== undefined) found.push(open);
      open = { start: number, ours: label, theirs: '' };
    } else if (open !== undefined && sign.startsWith('=')) {
      open = { ...open, middle: number };
    } else if (open !== undefined && sign.startsWith('>')) {
      found.push({ ...open, end: number, theirs: label });
      open = undefined;
    }
  });
  return open === undefined ? found : [...found, open];
}
