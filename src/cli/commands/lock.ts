import { type PrepareOptions, preparePlan } from '../../app';
import { moveTargets, releasePort } from '../../planner';
import { countLockChanges, lockChangeLine, printable, type Style } from '../../reports';
import type { Io } from '../io';
import type { RunOptions } from '../options';
import { type Outcome, UsageError } from '../outcome';
import { withProgress } from '../progress';

/** Brings the lock up to date, or refuses to in a frozen run, and tells what changed. */
async function update(options: RunOptions, io: Io, more: Pick<PrepareOptions, 'refresh' | 'edit'>): Promise<Outcome> {
  const { file, env, frozen } = options;
  const prepared = await withProgress('resolving names', io, (onProgress) =>
    preparePlan({
      file,
      ...(env === undefined ? {} : { env }),
      frozen,
      write: true,
      resolve: true,
      onProgress,
      ...more,
    }),
  );
  const { changes, diagnostics, lockFile, written } = prepared;
  const text = (style: Style): string => {
    const lines = changes.map((change) => printable(lockChangeLine(change)));
    const summary = changes.length === 0 ? 'shards or addresses changed' : countLockChanges(changes);
    return `${[
      ...lines,
      written
        ? `${style.colors.green('wrote')} ${printable(lockFile)}: ${summary}`
        : `${printable(lockFile)} is up to date`,
    ].join('\n')}\n`;
  };
  return { diagnostics, document: { version: 1, lock: lockFile, written, changes, diagnostics }, text };
}

/** `lock`: gives new targets their port and shard, retires the ports of those that went, resolves names of `dns: synth`. */
export function lock(options: RunOptions & { readonly refresh: boolean }, io: Io): Promise<Outcome> {
  if (options.frozen && options.refresh) {
    throw new UsageError('--refresh asks name servers and may change the lock: it needs --no-frozen');
  }
  return update(options, io, { refresh: options.refresh });
}

/** `lock release`: a retired port may be given out again. */
export function release(options: RunOptions, router: string, port: string, io: Io): Promise<Outcome> {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > 65535) {
    throw new UsageError(`PORT is ${JSON.stringify(port)}: a number from 1 to 65535 is needed`);
  }
  return update(options, io, { edit: (before) => releasePort(before, router, number) });
}

/** `lock move`: targets go to another shard and get a port there; their clients must follow. */
export function move(
  options: RunOptions,
  router: string,
  targets: readonly string[],
  shard: string,
  io: Io,
): Promise<Outcome> {
  return update(options, io, {
    edit: (before, inventory) => moveTargets(before, inventory, router, targets, shard),
  });
}
