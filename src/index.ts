/**
 * The library: what the command line does, as typed functions. `loadInventory` and `planRouting` are the pure middle,
 * `preparePlan` is the whole way from a file to a plan, `synthesize` writes the Terraform.
 */
export {
  type Choices,
  choicesFromEnvironment,
  type Examination,
  examine,
  lockAgainst,
  type OnProgress,
  type Preparation,
  type PrepareOptions,
  preparePlan,
  type SeenHost,
} from './app';
export { compareDeployments, type Deployment } from './changes';
export { CATALOGUE, type CodeEntry, InputError } from './errors';
export { type LoadedInventory, loadInventory, withPlaces } from './inventory';
export { LIMITS, limitValue } from './limits';
export { diffLocks, EMPTY_LOCK, parseLock, readLock, serializeLock, writeLock } from './lock';
export type * from './model';
export { lockPath } from './model';
export {
  hostsToResolve,
  type LockEdit,
  moveTargets,
  type PublicPlan,
  planRouting,
  releasePort,
  toPublicPlan,
} from './planner';
export {
  type Connection,
  connections,
  makeStyle,
  renderPlan,
  type Style,
} from './reports';

import type { RoutingPlan } from './model';

/**
 * Writes the Terraform of a plan: `<outdir>/stacks/<deployment>/cdk.tf.json` for each router, and the manifest. cdktf and its providers are
 * loaded by the first call, so that a program which only plans does not wait for them.
 * @param options `env`: the environment of the run, by which a router that has left the plan is known; default none
 * @returns the files that were written
 */
export async function synthesize(
  plan: RoutingPlan,
  outdir: string,
  options: { readonly env?: string } = {},
): Promise<readonly string[]> {
  const stacks = await import('../stacks');
  return stacks.synthesize(plan, outdir, options);
}
