/** A merge conflict that git left in a text. Lines count from 1. */
export interface MergeConflict {
  /** The line of `<<<<<<<`. */
  readonly start: number;
  /** The line of `|||||||`, behind which the common ancestor's lines are; absent in the style without them. */
  readonly ancestor?: number;
  /** The line of `=======`; absent where a marker was lost. */
  readonly middle?: number;
  /** The line of `>>>>>>>`; absent where a marker was lost. */
  readonly end?: number;
  /** What git wrote behind the first marker, such as `HEAD`; empty: nothing. */
  readonly ours: string;
  /** What git wrote behind the last marker, such as a branch or a commit with its subject; empty: nothing. */
  readonly theirs: string;
}

/**
 * The merge conflicts of a text, in its order, in both of git's styles: with and without the common ancestor's lines.
 * One whose end is missing is among them, without `end`. Longer markers, which git writes for conflicts inside an
 * ancestor, are text.
 */
export function findMergeConflicts(text: string): readonly MergeConflict[] {
  const found: MergeConflict[] = [];
  let open: MergeConflict | undefined;
  text.split('\n').forEach((content, index) => {
    const marker = /^(<{7}|\|{7}|={7}|>{7})(?: (.*?))?\r?$/.exec(content);
    if (marker === null) return;
    const [, sign = '', label = ''] = marker;
    const line = index + 1;
    if (sign.startsWith('<')) {
      if (open !== undefined) found.push(open);
      open = { start: line, ours: label, theirs: '' };
    } else if (open !== undefined && sign.startsWith('|')) {
      if (open.middle === undefined) open = { ...open, ancestor: line };
    } else if (open !== undefined && sign.startsWith('=')) {
      open = { ...open, middle: line };
    } else if (open !== undefined) {
      found.push({ ...open, end: line, theirs: label });
      open = undefined;
    }
  });
  return open === undefined ? found : [...found, open];
}

/** Which lines a conflict holds, and whose: `lines 3 to 7 hold a merge conflict: "HEAD" from line 4, "b" from line 6 to 6`. */
export function mergeConflictWords({ start, ancestor, middle, end, ours, theirs }: MergeConflict): string {
  if (middle === undefined || end === undefined) return `a merge conflict starts at line ${start} and does not end`;
  const side = (label: string): string => (label === '' ? 'one side' : `"${label}"`);
  const last = ancestor ?? middle;
  const lines = (from: number, to: number): string => (from > to ? 'without a line' : `lines ${from} to ${to}`);
  return `lines ${start} to ${end} hold a merge conflict: ${side(ours)} (${lines(start + 1, last - 1)}) and ${side(theirs)} (${lines(middle + 1, end - 1)})`;
}
