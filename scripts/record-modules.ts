import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MODULES, MODULES_VERSION } from '../src/modules';
import { breakingChanges, type ModuleSurface, recordFile, surfaceOf } from './module-surface';

/** Takes additions to the modules' surfaces into the records of this major version; refuses what needs a new one. */
let refused = false;
for (const definition of MODULES) {
  const file = recordFile(definition.name);
  const surface = surfaceOf(definition);
  const before = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ModuleSurface) : undefined;
  const breaking = before === undefined ? [] : breakingChanges(before, surface);
  for (const change of breaking) {
    process.stderr.write(`${definition.name}: ${change}\n`);
    refused = true;
  }
  if (breaking.length > 0) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(surface, undefined, 2)}\n`);
}
if (refused) {
  process.stderr.write(
    `Version ${MODULES_VERSION} cannot have that: raise its first number (src/modules/version.ts).\n`,
  );
  process.exitCode = 1;
}
