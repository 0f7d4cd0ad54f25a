import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { RoutingPlan } from '../src/model';
import { companionFiles, removeCompanions, writeCompanions } from './companion-files';
import { RouterStack } from './router-stack';
import { findForeign, markOf, removeStale, STACK_FILE, STACKS_FOLDER } from './stack-folders';

const MANIFEST_FILE = 'manifest.json';

export interface SynthesizeOptions {
  /** The environment of the run; only needed where the plan has no router left to tell it. @default none */
  readonly env?: string;
}

/**
 * Writes the Terraform of every router of the plan to `outdir/stacks/<deployment>/cdk.tf.json`, the forwarder's files
 * beside those that render them, and the manifest by which cdktf's own commands find the stacks. Same plan, same bytes.
 *
 * A stack of the same environment whose router is not in the plan any more loses its generated files, and its folder if
 * nothing else is in it. What lies beside (`.terraform`, its lock file, a local state), and what was not generated
 * here, is never touched.
 *
 * @returns the paths of the written files, below `outdir` as it was given, sorted
 * @throws InputError PLR5001 where a file that was not generated here is in the way; nothing is written then
 */
export function synthesize(plan: RoutingPlan, outdir: string, options: SynthesizeOptions = {}): readonly string[] {
  const stacksFolder = join(outdir, STACKS_FOLDER);
  const folders = plan.routers.map((router) => ({ deployment: router.deployment, companions: companionFiles(router) }));
  findForeign(stacksFolder, folders);
  mkdirSync(stacksFolder, { recursive: true });

  const app = new App({ outdir, stackTraces: false });
  const stacks = withoutTraces(() => plan.routers.map((router) => new RouterStack(app, router)));
  for (const stack of stacks) stack.runAllValidations();
  const companions = new Map(folders.map((folder) => [folder.deployment, folder.companions]));
  const written = stacks.flatMap((stack) => {
    app.manifest.forStack(stack);
    const folder = join(stacksFolder, stack.node.id);
    const names = companions.get(stack.node.id) ?? [];
    const before = markOf(folder)?.files ?? [];
    mkdirSync(folder, { recursive: true });
    // First, since it says which of the files beside it are ours.
    const file = writeJson(
      join(folder, STACK_FILE),
      withoutTraces(() => stack.toTerraform()),
    );
    removeCompanions(
      folder,
      before.filter((name) => !names.includes(name)),
    );
    return [file, ...writeCompanions(folder, names)];
  });
  removeStale(stacksFolder, new Set(companions.keys()), plan.routers[0]?.env ?? options.env);
  written.push(writeJson(join(outdir, MANIFEST_FILE), app.manifest.buildManifest()));
  return written.sort();
}

/**
 * cdktf notes for each of its tokens where it was made, for error messages that no plan of ours leads to; taking those
 * notes took a third of the time. Errors that are thrown keep their stacks: the engine does not take this way.
 */
function withoutTraces<T>(work: () => T): T {
  const before = Error.captureStackTrace;
  Error.captureStackTrace = () => undefined;
  try {
    return work();
  } finally {
    Error.captureStackTrace = before;
  }
}

function writeJson(file: string, value: unknown): string {
  writeFileSync(file, `${JSON.stringify(value, undefined, 2)}\n`);
  return file;
}
