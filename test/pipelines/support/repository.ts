import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Runs git and gives what it prints. */
export function git(folder: string, ...args: readonly string[]): string {
  const identity = [
    '-c',
    'user.name=Somebody',
    '-c',
    'user.email=somebody@example.com',
    '-c',
    'advice.detachedHead=false',
  ];
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** A repository as it lies with its host, and a clone in which somebody works. */
export class Repository {
  /** What others clone. */
  public readonly origin: string;
  /** The clone in which commits are made. */
  public readonly work: string;

  public constructor(folder: string) {
    const root = mkdtempSync(join(folder, 'repository-'));
    this.origin = join(root, 'origin.git');
    this.work = join(root, 'work');
    git(root, 'init', '--quiet', '--bare', '--initial-branch', 'main', this.origin);
    git(root, 'init', '--quiet', '--initial-branch', 'main', this.work);
    git(this.work, 'remote', 'add', 'origin', this.origin);
  }

  public write(path: string, text: string): void {
    mkdirSync(dirname(join(this.work, path)), { recursive: true });
    writeFileSync(join(this.work, path), text);
  }

  /** Commits everything to a branch and pushes it. */
  public push(branch: string, message: string): string {
    git(this.work, 'checkout', '--quiet', '-B', branch);
    git(this.work, 'add', '--all');
    git(this.work, 'commit', '--quiet', '--message', message);
    git(this.work, 'push', '--quiet', '--force', 'origin', branch);
    return git(this.work, 'rev-parse', 'HEAD').trim();
  }

  /** Merges a branch into main, as the host does with a pull request; `ref` is what then points at the merge. */
  public merge(branch: string, ref: string): string {
    git(this.work, 'checkout', '--quiet', '--detach', 'main');
    git(this.work, 'merge', '--quiet', '--no-ff', '--message', `Merge ${branch}`, branch);
    git(this.work, 'push', '--quiet', 'origin', `HEAD:${ref}`);
    const merged = git(this.work, 'rev-parse', 'HEAD').trim();
    if (ref === 'refs/heads/main') git(this.work, 'checkout', '--quiet', '-B', 'main');
    return merged;
  }
}
