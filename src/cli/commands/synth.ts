import { join, relative } from 'node:path';
import { synthesize } from '../../../stacks';
import { preparePlan } from '../../app';
import { defined, type RoutingPlan, regionOf } from '../../model';
import { connections, lockChangeLine, printable, renderNextSteps, type Style } from '../../reports';
import type { Io } from '../io';
import type { RunOptions } from '../options';
import type { Outcome } from '../outcome';
import { withProgress } from '../progress';

export interface SynthOptions extends RunOptions {
  readonly out: string;
  /** False: the Terraform has no backend, whatever the inventory says. */
  readonly backend: boolean;
}

/** A plan without backends, for a product that keeps the state itself and refuses a configuration that has one. */
function withoutBackend({ routers }: RoutingPlan): RoutingPlan {
  return { routers: routers.map(({ backend: _left, ...router }) => router) };
}

/** `synth`: brings the lock up to date, then writes one folder of Terraform for each router. */
export async function synth(options: SynthOptions, io: Io): Promise<Outcome> {
  const { file, env, frozen, out } = options;
  const prepared = await withProgress('resolving names', io, (onProgress) =>
    preparePlan({ file, ...defined({ env }), frozen, write: true, resolve: true, onProgress }),
  );
  const { plan, changes, diagnostics, lockFile, written } = prepared;
  const files = synthesize(options.backend ? plan : withoutBackend(plan), out, env === undefined ? {} : { env }).map(
    (path) => relative('', path),
  );
  const stacks = plan.routers.map((router) => ({
    router: router.name,
    deployment: router.deployment,
    cloud: router.cloud,
    region: regionOf(router),
    folder: join(out, 'stacks', router.deployment),
    // Its stack is planned after that of the router which makes its NCC.
    ...defined({ nccRouter: router.ncc.router }),
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
        ...changes.map((change) => `${printable(lockChangeLine(change))}\n`),
        ...(written ? [`${style.colors.green('wrote')} ${printable(lockFile)}\n\n`] : []),
        renderNextSteps(plan, stacks, style),
      ].join(''),
  };
}
