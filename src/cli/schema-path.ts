import { relative, resolve, sep } from 'node:path';

/** The schema's place in the package, and its name where a copy is put beside an inventory. */
export const SCHEMA_FILE = 'privatelink-router.schema.json';

/** Where the package keeps the schema. The compiled file stands one folder deeper than the source. */
export function packagedSchema(): string {
  const root = __dirname.endsWith(`${sep}dist${sep}src${sep}cli`) ? '../../..' : '../..';
  return resolve(__dirname, root, 'schema', SCHEMA_FILE);
}

/**
 * How an inventory in `folder` names the packaged schema: by a relative path where the package is installed in a
 * `node_modules` at or above it, undefined elsewhere, since that place means nothing on another machine.
 */
export function installedSchema(folder: string, schema: string): string | undefined {
  const path = relative(folder, schema).split(sep).join('/');
  if (!/^(\.\.\/)*node_modules\//.test(path)) {
    return undefined;
  }
  return path.startsWith('.') ? path : `./${path}`;
}
