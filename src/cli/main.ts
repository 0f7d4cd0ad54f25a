import { CommanderError } from 'commander';
import { fileError } from '../app';
import { InputError } from '../errors';
import type { Diagnostic } from '../model';
import { printable, renderPlanMarkdown } from '../reports';
import { reportDefect } from './defect';
import type { Io } from './io';
import { type Format, type Outcome, UsageError } from './outcome';
import { printOutcome } from './print';
import { buildProgram } from './program';

/** Exit codes: fine; the user's input, the machine, or a defect of ours; the command line. */
const EXIT = { fine: 0, failed: 1, misuse: 2 } as const;

function failure(diagnostics: readonly Diagnostic[]): Outcome {
  return {
    diagnostics,
    document: { version: 1, diagnostics },
    text: () => '',
    markdown: () => renderPlanMarkdown({ diagnostics, changes: [], compared: 'nothing' }),
  };
}

/** What the operating system refuses is told as a finding; anything else is ours. */
function systemError(error: unknown): InputError | undefined {
  if (!(error instanceof Error) || !('syscall' in error) || !('code' in error)) {
    return undefined;
  }
  // Of an operation on two files, such as a copy, it is the second that was to be written.
  const named = 'dest' in error ? error.dest : 'path' in error ? error.path : undefined;
  const path = typeof named === 'string' ? named : '';
  return new InputError([
    fileError('PLR9002', path, error.message, 'check the path, the rights of its folder and the room on the disk'),
  ]);
}

/** Runs the command line. @param argv what stands after the program's name @returns the exit code; never throws */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  let code: number = EXIT.fine;
  const run = async (options: { readonly format: Format }, work: () => Promise<Outcome>): Promise<void> => {
    try {
      code = printOutcome(await work(), options.format, io);
    } catch (error) {
      const input = error instanceof InputError ? error : systemError(error);
      if (input === undefined) {
        throw error;
      }
      code = printOutcome(failure(input.diagnostics), options.format, io);
    }
  };
  try {
    await buildProgram(io, run).parseAsync([...argv], { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? EXIT.fine : EXIT.misuse;
    }
    if (error instanceof UsageError) {
      io.stderr.write(`error: ${printable(error.message)}\n`);
      return EXIT.misuse;
    }
    reportDefect(error, io);
    return EXIT.failed;
  }
}
