import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What git says of the folder, or undefined where it says nothing. */
function git(folder: string, ...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  } catch {
    return undefined;
  }
}

/** The folder above `folder` that is the repository's root, or undefined where there is none, or it is `folder` itself. */
export function rootAbove(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) {
    return undefined;
  }
  for (let above = dirname(folder); ; above = dirname(above)) {
    if (existsSync(join(above, '.git'))) {
      return above;
    }
    if (above === dirname(above)) {
      return undefined;
    }
  }
}

/** The branch that others start from, as the remote says. @default main */
export function mainBranch(folder: string): string {
  const head = git(folder, 'symbolic-ref', '--quiet', '--short', 'refs/remotes/origin/HEAD');
  return head?.replace(/^origin\//, '') || 'main';
}

/** The repository's remote without protocol and user, `github.com/acme/network`, or undefined. */
export function remoteName(folder: string): string | undefined {
  const url = git(folder, 'config', '--get', 'remote.origin.url') ?? '';
  const [, host, path] = /^(?:[a-z+]+:\/\/)?(?:[^@/]+@)?([^/:]+)(?::\d+)?[/:](.+?)(?:\.git)?\/?$/.exec(url) ?? [];
  return host === undefined || path === undefined || path.startsWith('/') ? undefined : `${host}/${path}`;
}
