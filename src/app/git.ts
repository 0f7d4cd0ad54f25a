import { posix } from 'node:path';
import { promisify } from 'node:util';

/** Bytes: more than any file that is read from a commit. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** The value of `--against` or `--base` names neither a file nor a commit. The message is for the person who typed it. */
export class AgainstError extends Error {}

/** Runs git in a folder. @returns what it printed, byte for byte @throws where it ends with an error, or is not there */
async function git(folder: string, ...args: readonly string[]): Promise<Buffer> {
  // Loaded here: few runs compare, and each would wait for it.
  const { execFile } = await import('node:child_process');
  const options = { cwd: folder, maxBuffer: LARGEST_ANSWER, encoding: 'buffer' } as const;
  const { stdout } = await promisify(execFile)('git', args, options);
  return stdout;
}

/** A commit as it is seen from a folder. Paths are those of the repository, from its root. */
export interface Past {
  /** The folder, with a slash at its end; empty for the root. */
  readonly folder: string;
  /** The files right in the folder, none where the commit lacks it; and those that were asked for in the folders above. */
  readonly files: readonly string[];
  /** The bytes of one of the files. */
  read(path: string): Promise<Buffer>;
}

/**
 * The commit that a name stands for.
 * @param option the option whose value the name is, for the message
 * @param above names of files that are wanted from the folders above as well
 * @throws AgainstError where there is none, or no git
 */
export async function pastOf(
  reference: string,
  folder: string,
  option: string,
  above: readonly string[] = [],
): Promise<Past> {
  const { commit, prefix } = await commitAndPrefix(reference, folder, option);
  const wanted = foldersAbove(prefix).flatMap((parent) => above.map((name) => posix.join(parent, name)));
  const paths = prefix === '' ? [] : ['--', prefix, ...wanted];
  const listed = (await git(folder, 'ls-tree', '-z', '--full-tree', commit, ...paths)).toString('utf8');
  const files = listed.split('\0').flatMap((entry) => /^100\d{3} blob [0-9a-f]+\t(.+)$/s.exec(entry)?.[1] ?? []);
  return { folder: prefix, files, read: (path) => git(folder, 'show', `${commit}:${path}`) };
}

/** The folders above one, the nearest first; the root is empty. */
export function foldersAbove(folder: string): readonly string[] {
  const steps = folder.split('/').slice(0, -1);
  return steps.map((_, index) => steps.slice(0, steps.length - 1 - index).join('/'));
}

/** The commit, and where in the repository the folder is. */
async function commitAndPrefix(
  reference: string,
  folder: string,
  option: string,
): Promise<{ readonly commit: string; readonly prefix: string }> {
  try {
    const names = ['--show-prefix', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`];
    const said = (await git(folder, 'rev-parse', ...names)).toString('utf8').trimEnd();
    const end = said.lastIndexOf('\n');
    return { commit: said.slice(end + 1), prefix: said.slice(0, end) };
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = missing ? 'git was not found, and there is no such file' : 'no such file, and git knows no such commit';
    throw new AgainstError(`${option} ${reference}: ${why}`);
  }
}
