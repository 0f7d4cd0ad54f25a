import type { Diagnostic } from '../model';
import type { Style } from '../reports';

/** What a command has to say once it is done. The printer decides in which form. */
export interface Outcome {
  readonly diagnostics: readonly Diagnostic[];
  /** The one JSON document of `--format json`. */
  readonly document: object;
  /** The text of `--format text` on standard output; not printed where there are errors. */
  text(style: Style): string;
  /** The comment of `--format markdown`, of commands that have it; printed where there are errors too: it says so. */
  markdown?(): string;
}

/** How a command prints: for people, one JSON document, or (`plan`) a comment on a pull request. */
export type Format = 'text' | 'json' | 'markdown';

/** The command line itself is at fault: printed in one line, exit code 2. */
export class UsageError extends Error {}
