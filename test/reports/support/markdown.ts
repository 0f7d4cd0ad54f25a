/** A piece of a line of Markdown: a code span's content, or anything else. */
export interface Inline {
  readonly code?: string;
  readonly text?: string;
}

/**
 * Finds the code spans of a line as CommonMark does (0.31, "Code spans"): a row of backticks opens one if a row of the
 * same length follows, the first such row closes it, and one space is taken away from both ends where both have one.
 */
export function inlines(line: string): readonly Inline[] {
  const found: Inline[] = [];
  let text = '';
  const say = (): void => {
    if (text !== '') found.push({ text });
    text = '';
  };
  for (let at = 0; at < line.length; ) {
    const [row] = /^`+/.exec(line.slice(at)) ?? [];
    if (row === undefined) {
      // Outside of code a backslash keeps a backtick from opening anything.
      const length = line[at] === '\\' && line[at + 1] === '`' ? 2 : 1;
      text += line.slice(at, at + length);
      at += length;
      continue;
    }
    const start = at + row.length;
    const end = [...line.slice(start).matchAll(/`+/g)].find(([one]) => one.length === row.length)?.index;
    if (end === undefined) {
      text += row;
      at = start;
      continue;
    }
    say();
    const content = line.slice(start, start + end);
    found.push({ code: /^ .* $/.test(content) && content.trim() !== '' ? content.slice(1, -1) : content });
    at = start + end + row.length;
  }
  say();
  return found;
}

/**
 * The cells of a row of a table, each as the text that the inline parser then reads. GitHub's parser and the one of Azure
 * Repos differ in what a backslash before a backslash means; both take a pipe behind a backslash for a character, and take
 * that backslash away.
 */
export function cellsOf(row: string): Readonly<Record<'github' | 'azure', readonly string[]>> {
  const cells = (split: readonly string[]): readonly string[] => {
    const [before = '', ...rest] = split;
    if (before.trim() !== '' || rest.pop()?.trim() !== '') throw new Error(`no row: ${row}`);
    return rest.map((cell) => cell.trim());
  };
  const github = row.split(/(?<!\\)\|/).map((cell) => cell.replaceAll('\\|', '|'));
  const azure: string[] = [''];
  for (const [index, character] of [...row].entries()) {
    const last = azure.length - 1;
    if (character !== '|') azure[last] += character;
    else if ([...row][index - 1] === '\\') azure[last] = `${azure[last]?.slice(0, -1)}|`;
    else azure.push('');
  }
  return { github: cells(github), azure: cells(azure) };
}
