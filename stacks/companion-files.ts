import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { forwarderText, TEMPLATE_FILES } from '../src/forwarder';
import type { Cloud, PlannedRouter } from '../src/model';

/** Beside the stack's own file; its expressions name it so. */
const COMPANIONS_FOLDER = 'forwarder';

/** The files beside the stacks of each cloud. */
const COMPANIONS: Readonly<Record<Cloud, readonly string[]>> = { aws: [], azure: TEMPLATE_FILES };

/** Names of the files that the router's configuration renders. All of them, so that another engine changes no file. */
export function companionFiles(router: PlannedRouter): readonly string[] {
  return router.teardown === 'destroy' ? [] : COMPANIONS[router.cloud];
}

/**
 * Paths of files that stand where one of `names` belongs, say something else, and were not written here before.
 *
 * @param ours names that the stack's file says it came with
 */
export function foreignCompanions(folder: string, names: readonly string[], ours: readonly string[]): string[] {
  return names
    .filter((name) => !ours.includes(name))
    .map((name) => ({ file: join(folder, COMPANIONS_FOLDER, name), name }))
    .filter(({ file, name }) => existsSync(file) && readFileSync(file, 'utf8') !== forwarderText(name))
    .map(({ file }) => file);
}

/** Writes the files beside a stack, each as it was shipped. @returns their paths */
export function writeCompanions(folder: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const companions = join(folder, COMPANIONS_FOLDER);
  mkdirSync(companions, { recursive: true });
  return names.map((name) => {
    const file = join(companions, name);
    writeFileSync(file, forwarderText(name));
    return file;
  });
}

/** Takes files away that were written here before, and their folder if nothing else is in it. */
export function removeCompanions(folder: string, names: readonly string[]): void {
  const companions = join(folder, COMPANIONS_FOLDER);
  if (!existsSync(companions)) return;
  // A name with a way in it was never ours, whatever the stack's file says.
  for (const name of names.filter((one) => basename(one) === one)) rmSync(join(companions, name), { force: true });
  if (readdirSync(companions).length === 0) rmdirSync(companions);
}
