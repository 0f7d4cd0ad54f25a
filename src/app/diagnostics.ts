import type { cliCodes } from '../errors/cli-codes';
import { compareDiagnostics, type Diagnostic } from '../model';

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

/** Diagnostics in the order in which a person corrects them. */
export function sorted(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  return [...diagnostics].sort(compareDiagnostics);
}
