import { type Command, Option } from 'commander';
import type { RunOptions } from './options';
import type { Outcome } from './outcome';

/** Runs a command's work and prints what came of it. */
export type Runner = (options: Pick<RunOptions, 'format'>, work: () => Promise<Outcome>) => Promise<void>;

/** The part of a command's help that shows how it is called. */
export function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  $ ${line}`).join('\n')}`;
}

const FORMAT = new Option('--format <format>', 'text, or one JSON document').choices(['text', 'json']).default('text');

/** Adds what every command that reads an inventory takes. */
export function shared(command: Command, format = FORMAT): Command {
  command.option('-e, --env <name>', 'the environment: its overlay and its lock').addOption(format);
  return command
    .option('--frozen', 'refuse a lock that would change (the default where CI is set, and not to 0, false, no or off)')
    .option('--no-frozen', 'allow it');
}
