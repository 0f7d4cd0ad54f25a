import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(__dirname, '..', '..');

/** The TypeScript files of a folder of the repository, as paths from its root; none where there is no such folder. */
export function filesUnder(folder: string): string[] {
  const path = join(ROOT, folder);
  return statSync(path, { throwIfNoEntry: false }) === undefined
    ? []
    : readdirSync(path, { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name))
        .sort();
}
