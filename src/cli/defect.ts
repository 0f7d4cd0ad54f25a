import { printable } from '../reports';
import type { Io } from './io';
import { version } from './version';

/** Says in one line that this program, not the user, made a mistake, and how to report it; the stack with PLR_DEBUG=1. */
export function reportDefect(error: unknown, io: Io): void {
  const message = error instanceof Error ? error.message : String(error);
  const hint =
    io.env.PLR_DEBUG === '1'
      ? ''
      : '; run it again with PLR_DEBUG=1 and send us what it prints, with the inventory if you can';
  io.stderr.write(
    `This is a defect of privatelink-router ${version()}, not of your input: ${printable(message)}${hint}\n`,
  );
  if (io.env.PLR_DEBUG === '1' && error instanceof Error) {
    io.stderr.write(`${error.stack ?? ''}\n`);
  }
}
