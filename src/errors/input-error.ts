import type { Diagnostic } from '../model';

/** The user's input is at fault: every finding of one run, thrown once. The command line prints them and exits with 1. */
export class InputError extends Error {
  public readonly diagnostics: readonly Diagnostic[];

  public constructor(diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((diagnostic) => `${diagnostic.code}: ${diagnostic.message}`).join('\n'));
    this.name = 'InputError';
    this.diagnostics = diagnostics;
  }
}
