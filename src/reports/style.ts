import pc from 'picocolors';

/** The functions that colour a piece of text, or leave it as it is. */
type Colors = ReturnType<typeof pc.createColors>;

/** How a report is to look: the room that it has and whether it may use colours. */
export interface Style {
  /** Characters in a line; `Infinity` where nobody said, as in a pipe, so that nothing is ever cut there. */
  readonly width: number;
  readonly colors: Colors;
}

/** Makes a style. @default width: unlimited; color: none */
export function makeStyle(options: { readonly width?: number; readonly color?: boolean } = {}): Style {
  return { width: options.width ?? Number.POSITIVE_INFINITY, colors: pc.createColors(options.color ?? false) };
}

/** A style without colours and without a limit to its lines: what a pipe gets. */
export const PLAIN: Style = makeStyle();
