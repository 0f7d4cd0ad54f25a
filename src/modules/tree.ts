import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { refuseForeignFiles } from '../errors';
import { filesOfMark, MAIN_FILE } from './main-json';
import type { ModuleTree } from './render';

/** A module's folder as it will be. */
export interface TreeFolder {
  readonly folder: string;
  readonly tree: ModuleTree;
}

/**
 * Writes modules into their folders. What was written there before and is no part of them any more goes; what somebody
 * else put beside is never touched.
 *
 * @returns the paths of the written files, sorted
 * @throws InputError PLR6001 where a file that was not generated here is in the way; nothing is written then
 */
export function writeTrees(folders: readonly TreeFolder[]): readonly string[] {
  refuseForeign(folders);
  return folders.flatMap(writeTree).sort();
}

function writeTree({ folder, tree }: TreeFolder): string[] {
  for (const path of generatedBefore(folder).filter((one) => !tree.has(one))) removeFile(folder, path);
  return [...tree].map(([path, text]) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  });
}

function refuseForeign(folders: readonly TreeFolder[]): void {
  const foreign = folders.flatMap(({ folder, tree }) => {
    const before = generatedBefore(folder);
    return [...tree]
      .filter(([path, text]) => !before.includes(path) && isOther(join(folder, path), text))
      .map(([path]) => join(folder, path));
  });
  refuseForeignFiles('PLR6001', foreign);
}

/** True where something stands there that says something else. */
function isOther(file: string, text: string): boolean {
  return existsSync(file) && readFileSync(file, 'utf8') !== text;
}

/** Paths of the files that a former run wrote. One with a way out of the folder was never ours, whatever the mark says. */
function generatedBefore(folder: string): readonly string[] {
  const file = join(folder, MAIN_FILE);
  const listed = existsSync(file) ? filesOfMark(readFileSync(file, 'utf8')) : undefined;
  return (listed ?? []).filter((path) => !/(^|[\\/])\.\.([\\/]|$)|^[\\/]|:/.test(path));
}

/** Takes a file away, and the folders that are empty without it. */
function removeFile(root: string, path: string): void {
  rmSync(join(root, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const full = join(root, folder);
    if (!existsSync(full) || readdirSync(full).length > 0) return;
    rmdirSync(full);
  }
}
