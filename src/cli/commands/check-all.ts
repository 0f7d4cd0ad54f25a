import { examineEverywhere } from '../../app';
import type { Io } from '../io';
import type { Outcome } from '../outcome';
import { withProgress } from '../progress';
import { type CheckOptions, summary } from './check';

/** `check --all-envs`: every finding of the inventory and of all its overlays, each once. Writes nothing. */
export async function checkAll(options: CheckOptions, io: Io): Promise<Outcome> {
  const { file, frozen, resolve } = options;
  const { deployments, diagnostics } = await withProgress('looking up hosts', io, (onProgress) =>
    examineEverywhere({ file, frozen, lookAtHosts: resolve, onProgress }),
  );
  const environments = deployments.map(({ env, examination: { hosts } }) => ({
    name: env ?? null,
    ...(resolve ? { hosts } : {}),
  }));
  return {
    diagnostics,
    document: { version: 1, environments, diagnostics },
    text: (style) =>
      deployments
        .map(({ env, examination }) => `${env ?? 'without an environment'}: ${summary(examination, style, resolve)}`)
        .join(''),
  };
}
