import { existsSync } from 'node:fs';
import { environmentsOf } from '../inventory';
import { type Diagnostic, defined, lockPath } from '../model';
import { acrossEnvironments } from './across-environments';
import { sorted } from './diagnostics';
import { type Examination, examine, type PrepareOptions } from './prepare';

/** What is known of all environments of an inventory. */
export interface Everywhere {
  /** By environment, sorted; of the inventory alone, first, where it is a deployment too. */
  readonly deployments: readonly { readonly env: string | undefined; readonly examination: Examination }[];
  /** Every finding once, with the environments that it concerns. */
  readonly diagnostics: readonly Diagnostic[];
}

/** What only a look at all environments shows of an inventory that is none itself. */
const OF_THE_BASE = 'PLR1331';

/**
 * Looks at the inventory and every overlay beside it, as `examine` does at one. An inventory that has overlays and no lock
 * of its own is no deployment: it may lack what the overlays bring, and of it only is said that it could be one by accident.
 */
export async function examineEverywhere(
  options: Omit<PrepareOptions, 'env' | 'besideOthers' | 'write' | 'edit'>,
): Promise<Everywhere> {
  const { file } = options;
  const overlays = environmentsOf(file, process.cwd());
  const lone = overlays.length === 0 || existsSync(lockPath(file));
  const deployments: { env: string | undefined; examination: Examination }[] = [];
  for (const env of lone ? [undefined, ...overlays] : overlays) {
    const examination = await examine({ ...options, ...defined({ env }), besideOthers: true });
    deployments.push({ env, examination });
  }
  const base = lone ? [] : (await examine({ file, besideOthers: true })).diagnostics;
  const found = deployments.map(({ env, examination }) => ({ env, diagnostics: examination.diagnostics }));
  const diagnostics = acrossEnvironments(file, found);
  return { deployments, diagnostics: sorted([...diagnostics, ...base.filter(({ code }) => code === OF_THE_BASE)]) };
}
