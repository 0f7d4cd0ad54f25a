import type { cliCodes } from '../errors/cli-codes';
import type { Diagnostic } from '../model';

/** A code of this room and of the command line. */
export type CliCode = keyof typeof cliCodes;

/** An error about a whole file rather than a value in it. */
export function fileError(code: CliCode, file: string, message: string, fix: string): Diagnostic {
  return { code, severity: 'error', message, file, path: '', fix };
}

/** A warning about a whole file. */
export function fileWarning(code: CliCode, file: string, message: string, fix: string): Diagnostic {
  return { ...fileError(code, file, message, fix), severity: 'warning' };
}

function order(a: Diagnostic, b: Diagnostic): number {
  return (
    compare(a.file ?? '', b.file ?? '') ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compare(a.code, b.code) ||
    compare(a.path, b.path)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Diagnostics in the order in which a person mends them: by file, line and column, then by code. */
export function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(order);
}
