import type { OnProgress } from '../app';
import type { Io } from './io';

/** A run shorter than this, in milliseconds, says nothing of its progress. */
const QUIET = 1000;

/**
 * Runs something that reports its progress, and shows it where it takes longer than a second: one line that is
 * rewritten on a terminal, one line in all elsewhere. On Ctrl-C the line is taken away before the process ends.
 */
export async function withProgress<T>(what: string, io: Io, work: (report: OnProgress) => Promise<T>): Promise<T> {
  const terminal = io.stderr.isTTY === true;
  let visible = false;
  let due = false;
  let state = { done: 0, total: 0 };
  const draw = (): void => {
    if (due && state.total > 0 && (terminal || !visible)) {
      visible = true;
      const { done, total } = state;
      io.stderr.write(terminal ? `\r\u001b[K${what}: ${done} of ${total}` : `${what}: ${total} in all\n`);
    }
  };
  const clear = (): void => {
    if (terminal && visible) {
      io.stderr.write('\r\u001b[K');
    }
  };
  const timer = setTimeout(() => {
    due = true;
    draw();
  }, QUIET);
  const interrupted = (): void => {
    clear();
    process.removeListener('SIGINT', interrupted);
    process.kill(process.pid, 'SIGINT');
  };
  process.on('SIGINT', interrupted);
  try {
    return await work((done, total) => {
      state = { done, total };
      draw();
    });
  } finally {
    clearTimeout(timer);
    process.removeListener('SIGINT', interrupted);
    clear();
  }
}
