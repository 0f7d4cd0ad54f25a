import { type Diagnostic, type LockChange, shortList } from '../model';
import { describeLockChange } from '../reports';
import { DEFAULT_FILE } from './choices';
import { fileError } from './diagnostics';

const MOST_LISTED = 8;

/** What a frozen run says of a lock that would change. */
export function frozenError(
  { file, env, base }: { readonly file: string; readonly env?: string; readonly base?: string },
  lockFile: string,
  changes: readonly LockChange[],
): Diagnostic {
  const list = changes.map((change) => `${change.router}/${change.target} (${describeLockChange(change)})`);
  const what =
    list.length === 0
      ? 'what it says of shards, domains, the network or deletion protection'
      : shortList(list, MOST_LISTED);
  const command = [
    'privatelink-router lock',
    ...(file === DEFAULT_FILE ? [] : [file]),
    ...(env === undefined ? [] : ['--env', env]),
    ...(base === undefined ? [] : ['--base', base]),
  ].join(' ');
  return fileError(
    'PLR9001',
    lockFile,
    `the lock does not match the inventory and this run is frozen; it would change: ${what}`,
    `run \`${command}\` where CI is not set (or with --no-frozen), review the changes and commit ${lockFile}`,
  );
}
