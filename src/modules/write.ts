import { join } from 'node:path';
import type { ModuleDefinition } from './definition';
import { renderModule } from './render';
import { writeTrees } from './tree';

/**
 * Writes each module to a folder of its name below `dir`. Same program, same bytes.
 *
 * @returns the paths of the written files, sorted
 * @throws InputError PLR6001 where a file that was not generated here is in the way
 */
export function writeModules(dir: string, modules: readonly ModuleDefinition[]): readonly string[] {
  return writeTrees(
    modules.map((definition) => ({
      folder: join(dir, definition.name),
      tree: renderModule(definition, { called: { source: `./modules/${definition.name}` } }),
    })),
  );
}
