import { type Examination, examine } from '../../app';
import { countChanges, printable, renderHosts, type Style, sizeLine } from '../../reports';
import type { Io } from '../io';
import type { RunOptions } from '../options';
import type { Outcome } from '../outcome';
import { withProgress } from '../progress';

function summary({ plan, changes, changed, lockFile }: Examination, style: Style): string {
  const size = plan === undefined ? '' : sizeLine(plan);
  const pending = changes.length === 0 ? 'shards, domains or addresses' : countChanges(changes);
  return [
    `${style.colors.green('fine')}: ${size}\n`,
    ...(changed ? [`\`lock\` and \`synth\` would change ${printable(lockFile)}: ${pending}\n`] : []),
  ].join('');
}

/** `check`: every finding, and what the next `lock` would change. Writes nothing. */
export async function check(options: RunOptions & { readonly resolve: boolean }, io: Io): Promise<Outcome> {
  const { file, env, frozen, resolve } = options;
  const examination = await withProgress('looking up hosts', io, (onProgress) =>
    examine({ file, ...(env === undefined ? {} : { env }), frozen, lookAtHosts: resolve, onProgress }),
  );
  const { diagnostics, hosts } = examination;
  return {
    diagnostics,
    document: { version: 1, ...(resolve ? { hosts } : {}), diagnostics },
    text: (style) => `${resolve ? `${renderHosts(hosts, style)}\n` : ''}${summary(examination, style)}`,
  };
}
