import { promisify } from 'node:util';

/** Bytes: more than any file that is read from a commit. */
const LARGEST_ANSWER = 256 * 1024 * 1024;

/** The value of `--against` or `--base` names neither a file nor a commit. The message is for the person who typed it. */
export class AgainstError extends Error {}

/** Runs git in a folder. @returns what it printed, byte for byte @throws where it ends with an error, or is not there */
export async function git(folder: string, ...args: readonly string[]): Promise<Buffer> {
  // Loaded here: few runs compare, and each would wait for it.
  const { execFile } = await import('node:child_process');
  const options = { cwd: folder, maxBuffer: LARGEST_ANSWER, encoding: 'buffer' } as const;
  const { stdout } = await promisify(execFile)('git', args, options);
  return stdout;
}

/**
 * The commit that a name stands for.
 * @param option the option whose value the name is, for the message
 * @throws AgainstError where there is none, or no git
 */
export async function commitOf(reference: string, folder: string, option: string): Promise<string> {
  try {
    const found = await git(folder, 'rev-parse', '--verify', '--quiet', '--end-of-options', `${reference}^{commit}`);
    return found.toString('utf8').trim();
  } catch (error) {
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    const why = missing ? 'git was not found, and there is no such file' : 'no such file, and git knows no such commit';
    throw new AgainstError(`${option} ${reference}: ${why}`);
  }
}

/** Names of the files right in a folder as a commit has it, and their bytes by name. A folder that it lacks is empty. */
export async function filesOf(
  commit: string,
  folder: string,
): Promise<{ readonly names: readonly string[]; read(name: string): Promise<Buffer> }> {
  const listed = (await git(folder, 'ls-tree', '-z', commit, '--', './')).toString('utf8');
  const blobs = listed.split('\0').flatMap((entry) => /^100\d{3} blob [0-9a-f]+\t(.+)$/s.exec(entry)?.[1] ?? []);
  return { names: blobs, read: (name) => git(folder, 'show', `${commit}:./${name}`) };
}
