import { AgainstError, type PrepareOptions, preparePlan } from '../../app';
import { defined, HIGHEST_PORT, portOf } from '../../model';
import { moveTargets, releasePort } from '../../planner';
import { countLockChanges, lockChangeLine, printable, type Style } from '../../reports';
import type { Io } from '../io';
import type { RunOptions } from '../options';
import { type Outcome, UsageError } from '../outcome';
import { withProgress } from '../progress';

/** Brings the lock up to date, or refuses to in a frozen run, and tells what changed. */
async function update(
  options: RunOptions,
  io: Io,
  more: Pick<PrepareOptions, 'base' | 'refresh' | 'edit'>,
): Promise<Outcome> {
  const { file, env, frozen } = options;
  const prepared = await withProgress('resolving names', io, (onProgress) =>
    preparePlan({
      file,
      ...defined({ env }),
      frozen,
      write: true,
      resolve: true,
      onProgress,
      ...more,
    }),
  );
  const { changes, diagnostics, lockFile, written } = prepared;
  const { base } = more;
  const text = (style: Style): string => {
    const lines = changes.map((change) => printable(lockChangeLine(change)));
    const nothing = base === undefined ? 'shards or addresses changed' : 'every target is where it was';
    const against = base === undefined ? '' : ` against ${printable(base)}`;
    const summary = `${changes.length === 0 ? nothing : countLockChanges(changes)}${against}`;
    return `${[
      ...lines,
      written
        ? `${style.colors.green('wrote')} ${printable(lockFile)}: ${summary}`
        : `${printable(lockFile)} is up to date`,
    ].join('\n')}\n`;
  };
  const document = {
    version: 1,
    lock: lockFile,
    ...defined({ base }),
    written,
    changes,
    diagnostics,
  };
  return { diagnostics, document, text };
}

/**
 * `lock`: gives new targets their port and shard, retires the ports of those that went, resolves names of `dns: synth`. With
 * `base` it settles what two branches wrote into one lock; the changes are those against the base's lock.
 */
export async function lock(
  options: RunOptions & { readonly refresh: boolean; readonly base?: string },
  io: Io,
): Promise<Outcome> {
  if (options.frozen && options.refresh) {
    throw new UsageError('--refresh asks name servers and may change the lock: it needs --no-frozen');
  }
  const { refresh, base } = options;
  try {
    return await update(options, io, { refresh, ...defined({ base }) });
  } catch (error) {
    throw error instanceof AgainstError ? new UsageError(error.message) : error;
  }
}

/** What `lock release` frees, as it was typed. */
interface Released {
  readonly router: string;
  readonly port: string;
  readonly name?: string;
  readonly shard?: string;
}

/** `lock release`: a retired port, or a name of one, may be given out again, on one shard or on all. */
export function release(options: RunOptions, { router, port, name, shard }: Released, io: Io): Promise<Outcome> {
  const number = portOf(port);
  if (number === undefined) {
    throw new UsageError(`PORT is ${JSON.stringify(port)}: a number from 1 to ${HIGHEST_PORT} is needed`);
  }
  return update(options, io, { edit: (before) => releasePort(before, router, number, shard, name) });
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
