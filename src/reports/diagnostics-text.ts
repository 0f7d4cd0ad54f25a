import { count, type Diagnostic, groupBy, mayHoldPair, type Severity } from '../model';
import type { Style } from './style';
import { displayWidth, printable, wrapWords } from './words';

/** Gives a line of a file that a diagnostic names, counted from 1, or undefined where it cannot be read. */
export type SourceLine = (file: string, line: number) => string | undefined;

const LONGEST_EXCERPT = 100;
const GUTTER = 12;
const LEAST_EXCERPT = 20;
const LEAST_PROSE = 10;
const INDENT = '  ';

/** A window of a long line around the column, so that a document in one line does not flood the screen. */
function excerpt(line: string, column: number, longest: number): { readonly text: string; readonly caret: number } {
  const tab = line.replaceAll('\t', ' ').trimEnd();
  const start = tab.length <= longest ? 0 : Math.max(0, column - 1 - Math.floor(longest / 2));
  const cut = tab.slice(start, start + longest);
  const before = printable(cut.slice(0, column - 1 - start));
  const lead = start > 0 ? '…' : '';
  const tail = start + longest < tab.length ? '…' : '';
  return {
    text: `${lead}${before}${printable(cut.slice(column - 1 - start))}${tail}`,
    caret: lead.length + displayWidth(before),
  };
}

/** Codes of keys that nobody knows. What stands at such a key may be anything, a password too. */
const UNKNOWN_KEY = new Set(['PLR1101', 'PLR1411']);

/**
 * What of a line may be repeated on a screen or in a pipeline's log. Nothing of a backend, whose settings may hold a
 * password, nor of a line that looks like a credential or a part of one; of one with an unknown key the key alone, in
 * its place.
 */
function shownPart({ code, path, column = 1 }: Diagnostic, line: string): string | undefined {
  if (path === '' || path.startsWith('terraform') || code === 'PLR1025') {
    return undefined;
  }
  if (!UNKNOWN_KEY.has(code)) {
    return mayHoldPair(line) ? undefined : line;
  }
  const key = /^(?:"[^"]*"|'[^']*'|[\w.-]+)/.exec(line.slice(column - 1))?.[0] ?? '';
  // Where the path does not name the key, nothing may.
  const named = key !== '' && `.${path}`.endsWith(`.${key}`.replace(/'/g, '"'));
  return named && !mayHoldPair(key) ? `${' '.repeat(column - 1)}${key}` : undefined;
}

function excerptLines(diagnostic: Diagnostic, style: Style, sourceLine: SourceLine): string[] {
  if (diagnostic.file === undefined || diagnostic.line === undefined) {
    return [];
  }
  const whole = sourceLine(diagnostic.file, diagnostic.line);
  const line = whole === undefined ? undefined : shownPart(diagnostic, whole);
  if (line === undefined || line.trim() === '') {
    return [];
  }
  const longest = Math.max(LEAST_EXCERPT, Math.min(LONGEST_EXCERPT, style.width - GUTTER));
  const { text, caret } = excerpt(line, diagnostic.column ?? 1, longest);
  const number = String(diagnostic.line);
  const { dim } = style.colors;
  return [
    `  ${dim(`${number} |`)} ${text}`,
    ...(diagnostic.column === undefined
      ? []
      : [`  ${dim(`${' '.repeat(number.length)} |`)} ${' '.repeat(caret)}${dim('^')}`]),
  ];
}

function place(diagnostic: Diagnostic): string {
  const { file, line, column } = diagnostic;
  return [file, line, column].filter((part) => part !== undefined).join(':');
}

function severityWord(severity: Severity, style: Style): string {
  return severity === 'error' ? style.colors.red('error') : style.colors.yellow('warning');
}

/** Words on as many lines as the width asks for; further lines stand in. Words are measured without their colours. */
function headLines(diagnostic: Diagnostic, style: Style): string[] {
  const { severity, code } = diagnostic;
  const rest = [place(diagnostic), diagnostic.path].filter((part) => part !== '').map(printable);
  const lines = [[severityWord(severity, style), style.colors.bold(code)].join(' ')];
  let used = severity.length + 1 + code.length;
  for (const word of rest) {
    if (used + 1 + displayWidth(word) <= style.width) {
      lines.push(`${lines.pop() ?? ''} ${word}`);
      used += 1 + displayWidth(word);
    } else {
      lines.push(`${INDENT}${INDENT}${word}`);
      used = 2 * INDENT.length + displayWidth(word);
    }
  }
  return lines;
}

/** Lines of prose after a first word that may have a colour. @param plain that word as it is wide */
function prose(text: string, first: string, plain: string, { width }: Style): string[] {
  const lines = wrapWords(printable(text), Math.max(width - plain.length, LEAST_PROSE));
  return lines.map((line, index) => `${index === 0 ? first : ' '.repeat(plain.length)}${line}`);
}

function block(heads: readonly string[], told: Diagnostic, excerpt: readonly string[], style: Style): string {
  const fix = prose(told.fix, `${INDENT}${style.colors.cyan('fix:')} `, `${INDENT}fix: `, style);
  return [...heads, ...prose(told.message, INDENT, INDENT, style), ...excerpt, ...fix].join('\n');
}

/** Warnings that say the same are told once, below all their places: an inventory with forty brokers has one remark. */
function warningBlocks(warnings: readonly Diagnostic[], style: Style): string[] {
  const groups = groupBy(warnings, ({ code, message, fix }) => JSON.stringify([code, message, fix]));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    const heads = group.flatMap((warning) => headLines(warning, style));
    return first === undefined ? [] : [block(heads, first, [], style)];
  });
}

/** `3 errors, 1 warning`; empty where there is nothing to count. */
export function diagnosticsSummary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  return [...(errors > 0 ? [count(errors, 'error')] : []), ...(warnings > 0 ? [count(warnings, 'warning')] : [])].join(
    ', ',
  );
}

/**
 * All diagnostics as a person reads them: warnings first, so that the errors stand last where the eye is, each with its
 * place, message, line of the file and what to do; then how many there are. On a terminal the text is wrapped at its
 * width, words and commands whole; in a pipe a message stays one line, so that it can be searched for.
 */
export function renderDiagnostics(diagnostics: readonly Diagnostic[], style: Style, sourceLine: SourceLine): string {
  if (diagnostics.length === 0) {
    return '';
  }
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const blocks = [
    ...warningBlocks(warnings, style),
    ...errors.map((error) => block(headLines(error, style), error, excerptLines(error, style, sourceLine), style)),
  ];
  return `${[...blocks, diagnosticsSummary(diagnostics)].join('\n\n')}\n`;
}
