import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll } from 'vitest';
import { describeUnless } from '../terraform/support/gate';
import { lacking, packagesLacking, ROOT_LACKING } from '../terraform/support/requirements';

/** Programs that judge what is rendered. */
export type Program =
  | 'haproxy'
  | 'nginx'
  | 'nft'
  | 'unbound-checkconf'
  | 'shellcheck'
  | 'cloud-init'
  | 'systemd-analyze'
  | 'unshare'
  | 'python3'
  | 'dash';

/** Programs of administrators are not in everybody's search path. */
const PATH = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;

function found(program: string): boolean {
  const env = { ...process.env, PATH };
  return spawnSync('sh', ['-c', 'command -v "$0"', program], { stdio: 'ignore', env }).status === 0;
}

/** A suite that needs terraform and these programs: skipped where one is missing, failed where CI demands them. */
export function describeWithPrograms(programs: readonly Program[], title: string, body: () => void): void {
  const missing = [...packagesLacking(programs.filter((program) => !found(program))), ...lacking(['terraform'])];
  const noRight =
    programs.includes('unshare') && spawnSync('unshare', ['-nmp', 'true'], { stdio: 'ignore' }).status !== 0;
  describeUnless(noRight ? [...missing, ROOT_LACKING] : missing, title, body);
}

export interface Outcome {
  readonly status: number | null;
  /** Standard output and standard error, in this order. */
  readonly words: string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. */
export function run(
  program: string,
  args: readonly string[],
  more: { readonly cwd?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Outcome {
  const env = { ...process.env, PATH, ...more.env };
  const done = spawnSync(program, [...args], {
    ...(more.cwd === undefined ? {} : { cwd: more.cwd }),
    env,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.error !== undefined) throw done.error;
  return { status: done.status, words: done.stdout + done.stderr, stdout: done.stdout, stderr: done.stderr };
}

/** A folder that goes when the test file has ended. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plr-forwarder-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder by their absolute paths; gives the path of each. */
export function lay(folder: string, files: Readonly<Record<string, string>>): (path: string) => string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return (path) => join(folder, path);
}
