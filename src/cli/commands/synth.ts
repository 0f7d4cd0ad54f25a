import { join, relative } from 'node:path';
import { synthesize } from '../../../stacks';
import { preparePlan } from '../../app';
import { changeLine, connections, printable, renderNextSteps, type Style } from '../../reports';
import type { Io } from '../io';
import type { RunOptions } from '../options';
import type { Outcome } from '../outcome';
import { withProgress } from '../progress';

/** `synth`: brings the lock up to date, then writes one folder of Terraform for each router. */
export async function synth(options: RunOptions & { readonly out: string }, io: Io): Promise<Outcome> {
  const { file, env, frozen, out } = options;
  const prepared = await withProgress('resolving names', io, (onProgress) =>
    preparePlan({ file, ...(env === undefined ? {} : { env }), frozen, write: true, resolve: true, onProgress }),
  );
  const { plan, changes, diagnostics, lockFile, written } = prepared;
  const files = synthesize(plan, out, env === undefined ? {} : { env }).map((path) => relative('', path));
  const stacks = plan.routers.map(({ name, deployment }) => ({
    router: name,
    folder: join(out, 'stacks', deployment),
  }));
  return {
    diagnostics,
    document: {
      version: 1,
      lock: lockFile,
      written,
      changes,
      stacks,
      files,
      connections: connections(plan),
      diagnostics,
    },
    text: (style: Style): string =>
      [
        ...changes.map((change) => `${printable(changeLine(change))}\n`),
        ...(written ? [`${style.colors.green('wrote')} ${printable(lockFile)}\n\n`] : []),
        renderNextSteps(plan, stacks, style),
      ].join(''),
  };
}
