import { readFileSync } from 'node:fs';
import { resolve, sep } from 'node:path';

/** The version that the package's own package.json gives. */
export function version(): string {
  const root = __dirname.endsWith(`${sep}dist${sep}src${sep}cli`) ? '../../..' : '../..';
  const { version: own } = JSON.parse(readFileSync(resolve(__dirname, root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return own;
}
