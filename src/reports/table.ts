import type { Style } from './style';
import { cutMiddle, displayWidth, foldText } from './words';

/** One column of a table. */
export interface Column {
  readonly title: string;
  /** @default left */
  readonly align?: 'left' | 'right';
  /** A cell that says nothing of its own: stacked rows leave it out. @default the empty cell */
  readonly usual?: string;
  /** The fewest characters to which a narrow screen may cut it; absent: it is never cut. */
  readonly least?: number;
}

/** One row: plain cells, and the colour of the whole row. */
export interface Row {
  readonly cells: readonly string[];
  /** @default as it is */
  readonly paint?: (text: string) => string;
}

const GAP = 2;
/** How far the details of a stacked row stand in. */
const DETAIL = 6;

/** The widths of the columns, cut where they may be until they fit `width`; undefined where they cannot fit. */
function fitWidths(columns: readonly Column[], rows: readonly Row[], width: number): number[] | undefined {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row.cells[index] ?? ''))),
  );
  let excess = widths.reduce((sum, each) => sum + each + GAP, -GAP) - width;
  while (excess > 0) {
    // The widest goes first, so that columns of equal weight end up equal.
    let widest = -1;
    for (const [index, column] of columns.entries()) {
      const each = widths[index] ?? 0;
      if (column.least !== undefined && each > column.least && each > (widths[widest] ?? 0)) {
        widest = index;
      }
    }
    if (widest < 0) {
      return undefined;
    }
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

/** The columns of a screen that are left for words, however narrow it is. */
const LEAST_ROOM = 8;

/** A text on as many lines as it needs, all but the first further in. */
function hanging(words: string, indent: number, width: number): string[] {
  const text = words.trim().replace(/\s+/g, ' ');
  const [first = '', ...rest] = foldText(text, width);
  const more =
    rest.length === 0 ? [] : foldText(text.slice(first.length).trimStart(), Math.max(width - indent, LEAST_ROOM));
  return [first, ...more.map((line) => `${' '.repeat(indent)}${line}`)];
}

/** On a screen too narrow for columns, a row becomes a few lines: its first three cells, then the others by their titles. */
function stacked(columns: readonly Column[], { cells, paint = String }: Row, width: number): string[] {
  const [first = '', second = '', third = ''] = cells;
  const details = columns.flatMap(({ title, usual }, index) => {
    const cell = cells[index] ?? '';
    const room = Math.max(width - DETAIL, LEAST_ROOM);
    return index < 3 || cell === '' || cell === usual
      ? []
      : hanging(`${title} ${cell}`, 2, room).map((line) => `${' '.repeat(DETAIL)}${line}`);
  });
  const head = `${second} ${third}`.trim();
  const lines = hanging(head, 2, Math.max(width - 2, LEAST_ROOM)).map((line, index) =>
    `${index === 0 ? first.padEnd(1) : ' '} ${line}`.trimEnd(),
  );
  return [...lines, ...details].map((line) => paint(line));
}

function padded(text: string, width: number, align: Column['align']): string {
  const gap = ' '.repeat(Math.max(width - displayWidth(text), 0));
  return align === 'right' ? `${gap}${text}` : `${text}${gap}`;
}

function aligned(columns: readonly Column[], cells: readonly string[], widths: readonly number[]): string {
  return columns
    .map(({ align }, index) => {
      const width = widths[index] ?? 0;
      return padded(cutMiddle(cells[index] ?? '', width), width, align);
    })
    .join(' '.repeat(GAP))
    .trimEnd();
}

/**
 * Lines of several tables without borders that share their columns, so that they read as one. The first column is the
 * marker, the next two name the row. Where the screen is too narrow, cells that allow it lose their middle; where that
 * does not help, rows are stacked, with everything that they say. No line is wider than the style allows, down to twenty
 * columns. The table libraries know neither shared columns, nor cells cut in their middle (both
 * ends of a host name matter), nor rows that stack, so this is our own.
 */
export function tablesLines(columns: readonly Column[], tables: readonly (readonly Row[])[], style: Style): string[][] {
  const widths = fitWidths(columns, tables.flat(), style.width);
  return tables.map((rows) =>
    widths === undefined
      ? rows.flatMap((row) => stacked(columns, row, style.width))
      : [
          style.colors.dim(
            aligned(
              columns,
              columns.map(({ title }) => title),
              widths,
            ),
          ),
          ...rows.map(({ cells, paint = String }) => paint(aligned(columns, cells, widths))),
        ],
  );
}
