import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TOOLS_CACHE } from '../../../scripts/python-tools';

/** What a file has against a schema that the checker knows, as it says it; empty where the file is right. */
export function schemaFaults(schema: string, file: string): string {
  const python = join(TOOLS_CACHE, 'check-jsonschema', 'bin', 'python3');
  // Some patterns of Azure's schema are none where Unicode is minded.
  const args = ['--regex-variant', 'nonunicode', '--builtin-schema', `vendor.${schema}`, file];
  const { status, stdout, stderr } = spawnSync(python, ['-m', 'check_jsonschema', ...args], { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
