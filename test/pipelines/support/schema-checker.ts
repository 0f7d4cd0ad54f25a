import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The checker of PyPI that brings the published schemas of GitHub's workflows and of Azure's pipelines with it. */
const PACKAGE = 'check-jsonschema==0.39.0';

function answers(command: string): boolean {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).status === 0;
}

/** The checker: from PATH, or installed once beside the checkout's other caches; undefined where it cannot be had. */
export function schemaChecker(): string | undefined {
  if (answers('check-jsonschema')) return 'check-jsonschema';
  const folder = resolve(__dirname, '..', '..', '..', '.cache', 'check-jsonschema');
  const command = join(folder, 'bin', 'check-jsonschema');
  if (existsSync(command) && answers(command)) return command;
  const quiet = { stdio: 'ignore' } as const;
  if (spawnSync('python3', ['-m', 'venv', folder], quiet).status !== 0) return undefined;
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', PACKAGE];
  if (spawnSync(join(folder, 'bin', 'python'), pip, quiet).status !== 0) return undefined;
  return answers(command) ? command : undefined;
}

/** What a file has against a schema that the checker knows, as it says it; empty where the file is right. */
export function schemaFaults(checker: string, schema: string, file: string): string {
  // Some patterns of Azure's schema are none where Unicode is minded.
  const args = ['--regex-variant', 'nonunicode', '--builtin-schema', `vendor.${schema}`, file];
  const { status, stdout, stderr } = spawnSync(checker, args, { encoding: 'utf8' });
  return status === 0 ? '' : `${stdout}${stderr}`;
}
