import { cutMiddle, printable } from './words';

/** A text of the user's in a sentence or a cell is not longer than this. */
const LONGEST_WORD = 120;

/**
 * Text that a person or a file gave, as a code span of Markdown: nothing in it is a mention, a link, HTML or emphasis, and
 * no character of it ends the span or the line. Backticks in it are kept: the fence is longer than any row of them, and a
 * space stands between them and the fence, which Markdown takes away again. Nothing comes of nothing.
 */
export function code(text: string): string {
  const safe = printable(text);
  if (safe === '') {
    return '';
  }
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((row) => row.length));
  const fence = '`'.repeat(longest + 1);
  const spaced = /^`|`$/.test(safe) || (/^ .* $/.test(safe) && safe.trim() !== '');
  const space = spaced ? ' ' : '';
  return `${fence}${space}${safe}${space}${fence}`;
}

/** The same, cut in the middle where it is long. */
export function quote(text: string): string {
  return code(cutMiddle(text, LONGEST_WORD));
}

/** One row of a table; the cells are Markdown already, and a pipe in one does not end it, in a code span neither. */
export function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The two lines above the rows of a table. A column whose title ends with `#` is aligned to the right. */
export function tableHead(titles: readonly string[]): readonly string[] {
  return [
    tableRow(titles.map((title) => title.replace(/#$/, ''))),
    tableRow(titles.map((title) => (title.endsWith('#') ? '---:' : '---'))),
  ];
}

/** Lines that belong together, of which only `rows` may be left out. */
export interface Block {
  readonly head: readonly string[];
  readonly rows: readonly string[];
  readonly foot?: readonly string[];
  /** What stands for rows that had no room. */
  more(left: number): string;
}

/** Blocks of lines in a text that may have only so many characters. What comes first has the room first. */
export class Page {
  private readonly lines: string[] = [];
  private room: number;
  private dropped = 0;

  /** @param size characters that the whole text may have */
  public constructor(size: number) {
    this.room = size - CUT_NOTE.length - 2;
  }

  /** Adds a block with as many of its rows as there is room for; without room for its frame and one row, none of it. */
  public add({ head, rows, foot = [], more }: Block): void {
    const frame = length(head) + length(foot) + 1;
    if (this.dropped > 0 || frame + (rows.length === 0 ? 0 : length([more(rows.length)])) > this.room) {
      this.dropped += 1;
      return;
    }
    let left = this.room - frame;
    let fits = 0;
    for (const row of rows) {
      const rest = rows.length - fits - 1;
      if (length([row]) + (rest === 0 ? 0 : length([more(rest)])) > left) {
        break;
      }
      left -= length([row]);
      fits += 1;
    }
    const cut = fits === rows.length ? [] : [more(rows.length - fits)];
    const block = [...head, ...rows.slice(0, fits), ...cut, ...foot, ''];
    this.lines.push(...block);
    this.room -= length(block);
  }

  public toString(): string {
    const note = this.dropped === 0 ? [] : [CUT_NOTE, ''];
    return [...this.lines, ...note].join('\n');
  }
}

const CUT_NOTE = '*The rest has no room here: `privatelink-router plan` shows all of it.*';

function length(lines: readonly string[]): number {
  return lines.reduce((sum, line) => sum + line.length + 1, 0);
}
