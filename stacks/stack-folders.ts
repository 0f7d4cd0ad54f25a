import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { refuseForeignFiles } from '../src/errors';
import { foreignCompanions, removeCompanions } from './companion-files';
import { type Mark, readMark } from './terraform-json';

/** Below the output folder, as cdktf has it. */
export const STACKS_FOLDER = 'stacks';

/** The stack's own file in its folder. */
export const STACK_FILE = 'cdk.tf.json';

/** A stack's folder as it will be. */
export interface StackFolder {
  readonly deployment: string;
  /** Names of the files that come with the stack's own. */
  readonly companions: readonly string[];
}

/** What the stack's file in a folder says of itself, or undefined where there is none, or one that is not ours. */
export function markOf(folder: string): Mark | undefined {
  const file = join(folder, STACK_FILE);
  return existsSync(file) ? readMark(readFileSync(file, 'utf8')) : undefined;
}

/** @throws InputError PLR5001 naming every file that stands where one of ours belongs and was not generated here */
export function findForeign(stacksFolder: string, stacks: readonly StackFolder[]): void {
  const foreign = stacks.flatMap(({ deployment, companions }) => {
    const folder = join(stacksFolder, deployment);
    const file = join(folder, STACK_FILE);
    const mark = markOf(folder);
    return [
      ...(mark === undefined && existsSync(file) ? [file] : []),
      ...foreignCompanions(folder, companions, mark?.files ?? []),
    ];
  });
  refuseForeignFiles('PLR5001', foreign);
}

/** Removes the generated files of stacks of this environment that are not among `deployments`. */
export function removeStale(stacksFolder: string, deployments: ReadonlySet<string>, env: string | undefined): void {
  for (const entry of readdirSync(stacksFolder, { withFileTypes: true })) {
    if (!entry.isDirectory() || deployments.has(entry.name)) continue;
    const folder = join(stacksFolder, entry.name);
    const mark = markOf(folder);
    if (mark === undefined || mark.environment !== env) continue;
    rmSync(join(folder, STACK_FILE));
    removeCompanions(folder, mark.files ?? []);
    if (readdirSync(folder).length === 0) rmdirSync(folder);
  }
}
