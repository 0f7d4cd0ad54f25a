import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { BuiltCommand } from '../../cli/harness';

/**
 * A command as the package has it, as npm would publish it, in a tarball. It was compiled into a folder of its own: another
 * test may be building the checkout's `dist` at the same time.
 * @returns the tarball's path, in `folder`
 */
export function packInto(folder: string, command: BuiltCommand): string {
  const copy = join(folder, 'package');
  try {
    const root = resolve(command.bin, '..', '..', '..', '..');
    mkdirSync(copy, { recursive: true });
    cpSync(root, copy, { recursive: true, dereference: true });
    const flags = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
    execFileSync('npm', flags, { cwd: copy, stdio: ['ignore', 'ignore', 'inherit'] });
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(`npm packed nothing into ${folder}`);
  return join(folder, tarball);
}
