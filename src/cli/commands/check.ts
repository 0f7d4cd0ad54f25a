import { type Examination, examine } from '../../app';
import { defined } from '../../model';
import { countLockChanges, printable, renderHosts, type Style, sizeLine } from '../../reports';
import type { Io } from '../io';
import type { RunOptions } from '../options';
import type { Outcome } from '../outcome';
import { withProgress } from '../progress';

export interface CheckOptions extends RunOptions {
  /** Ask name servers for every host. */
  readonly resolve: boolean;
}

/** What there is to say of an inventory that is fine. @param hosts with the table of what they resolve to */
export function summary(
  { plan, changes, changed, lockFile, ...seen }: Examination,
  style: Style,
  hosts: boolean,
): string {
  const size = plan === undefined ? '' : sizeLine(plan);
  const pending = changes.length === 0 ? 'shards, domains or addresses' : countLockChanges(changes);
  return [
    ...(hosts ? [`${renderHosts(seen.hosts, style)}\n`] : []),
    `${style.colors.green('fine')}: ${size}\n`,
    ...(changed ? [`\`lock\` and \`synth\` would change ${printable(lockFile)}: ${pending}\n`] : []),
  ].join('');
}

/** `check`: every finding, and what the next `lock` would change. Writes nothing. */
export async function check(options: CheckOptions, io: Io): Promise<Outcome> {
  const { file, env, frozen, resolve } = options;
  const examination = await withProgress('looking up hosts', io, (onProgress) =>
    examine({ file, ...defined({ env }), frozen, lookAtHosts: resolve, onProgress }),
  );
  const { diagnostics, hosts } = examination;
  return {
    diagnostics,
    document: { version: 1, ...(resolve ? { hosts } : {}), diagnostics },
    text: (style) => summary(examination, style, resolve),
  };
}
