import { cpSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Lays the files that are no code beside the compiled code: the forwarder's, and the hand-written ones of the modules. */
const ROOT = resolve(__dirname, '..');
const FOLDERS = ['forwarder', ...['aws', 'azure', 'databricks'].map((name) => join('modules', name, 'files'))];
const NOT_SHIPPED = /[.]ts$|__pycache__|[.]terraform|[.]tfstate/;

for (const folder of FOLDERS) {
  cpSync(join(ROOT, 'src', folder), join(ROOT, 'dist', 'src', folder), {
    recursive: true,
    filter: (file) => !NOT_SHIPPED.test(file),
  });
}
