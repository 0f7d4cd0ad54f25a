import { readFileSync } from 'node:fs';
import { type Diagnostic, decodeText, hasErrors } from '../model';
import { renderDiagnostics, type SourceLine } from '../reports';
import { type Io, styleOf } from './io';
import type { Format, Outcome } from './outcome';

/** Reads lines of files that diagnostics name, each file once; a file that cannot be read has none. */
function sourceLines(): SourceLine {
  const files = new Map<string, readonly string[]>();
  return (file, line) => {
    let lines = files.get(file);
    if (lines === undefined) {
      try {
        lines = (decodeText(readFileSync(file)) ?? '').split(/\r\n|\n/);
      } catch {
        lines = [];
      }
      files.set(file, lines);
    }
    return lines[line - 1];
  };
}

/** Prints diagnostics to standard error, in both formats: a pipeline keeps the document and its log says what is wrong. */
function printDiagnostics(diagnostics: readonly Diagnostic[], io: Io): void {
  if (diagnostics.length > 0) {
    io.stderr.write(renderDiagnostics(diagnostics, styleOf(io.stderr, io.env), sourceLines()));
  }
}

/** Prints what a command has to say. @returns the exit code: 1 where a diagnostic is an error, else 0 */
export function printOutcome(outcome: Outcome, format: Format, io: Io): number {
  const failed = hasErrors(outcome.diagnostics);
  printDiagnostics(outcome.diagnostics, io);
  if (format === 'json') {
    io.stdout.write(`${JSON.stringify(outcome.document, null, 2)}\n`);
  } else if (format === 'markdown') {
    io.stdout.write(outcome.markdown?.() ?? '');
  } else if (!failed) {
    if (outcome.diagnostics.length > 0) {
      io.stderr.write('\n');
    }
    io.stdout.write(outcome.text(styleOf(io.stdout, io.env)));
  }
  return failed ? 1 : 0;
}
