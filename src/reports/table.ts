import type { Style } from './style';
import { cutMiddle } from './words';

/** One column of a table. */
export interface Column {
  readonly title: string;
  /** @default left */
  readonly align?: 'left' | 'right';
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

/** The widths of the columns, cut where they may be until they fit `width`; undefined where they cannot fit. */
function fitWidths(columns: readonly Column[], rows: readonly Row[], width: number): number[] | undefined {
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...rows.map((row) => (row.cells[index] ?? '').length)),
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

/** On a screen too narrow for columns, each row becomes a few lines: its first two cells, then the others by their titles. */
function stacked(columns: readonly Column[], rows: readonly Row[]): string[] {
  return rows.flatMap(({ cells, paint = (text: string) => text }) => {
    const [first = '', second = '', third = '', ...others] = cells;
    const details = others.flatMap((cell, index) =>
      cell === '' ? [] : [`      ${columns[index + 3]?.title ?? ''} ${cell}`],
    );
    return [`${first.padEnd(1)} ${second} ${third}`, ...details].map(paint);
  });
}

/**
 * Lines of a table without borders, columns aligned. The first column is the marker, the next two name the row.
 * Where the screen is too narrow, cells that allow it lose their middle; where that does not help, rows are stacked.
 */
export function tableLines(columns: readonly Column[], rows: readonly Row[], style: Style): string[] {
  const widths = fitWidths(columns, rows, style.width);
  if (widths === undefined) {
    return stacked(columns, rows);
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const width = widths[index] ?? 0;
        const cell = cutMiddle(cells[index] ?? '', width);
        return column.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
      })
      .join(' '.repeat(GAP))
      .trimEnd();
  return [
    style.colors.dim(line(columns.map(({ title }) => title))),
    ...rows.map(({ cells, paint }) => (paint ?? String)(line(cells))),
  ];
}
