import { existsSync, readdirSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import type { Cloud } from '../model';

/** The folder of a module's hand-written files; the build lays it beside the compiled code. */
export function moduleFiles(name: Cloud | 'databricks'): string {
  return join(__dirname, name, 'files');
}

/** The project's licence, which every module comes with. */
export function licenceFile(): string {
  let folder = __dirname;
  while (!existsSync(join(folder, 'LICENSE')) && dirname(folder) !== folder) folder = dirname(folder);
  return join(folder, 'LICENSE');
}

/** What a run of terraform leaves beside an example is no part of it. */
const LEFT_BY_TERRAFORM = /^(\.terraform|\.terraform\.lock\.hcl|terraform\.tfstate.*|.*\.tfplan)$/;

/** Paths of all files below a folder, with slashes, sorted. */
export function filesBelow(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep))
    .filter((steps) => !steps.some((step) => LEFT_BY_TERRAFORM.test(step)))
    .map((steps) => steps.join('/'))
    .sort();
}
