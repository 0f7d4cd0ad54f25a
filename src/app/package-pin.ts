import { posix } from 'node:path';
import { git } from './git';

const PACKAGE = 'privatelink-router';

/** Where each package manager writes the version that it installed, the nearest to npm's own first. */
const READERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  'package-lock.json': ofNpm,
  'npm-shrinkwrap.json': ofNpm,
  'pnpm-lock.yaml': (text) => /^\s+['"]?\/?privatelink-router[@/](\d[^:('"\s]*)/m.exec(text)?.[1],
  'yarn.lock': (text) => /^"?privatelink-router@[^\n]*:\n\s+version:? "?([^"\s]+)/m.exec(text)?.[1],
};

/** The version of this package that a commit pins, in the folder or in one above it, and the file that says so. */
export async function pinnedVersion(
  commit: string,
  folder: string,
): Promise<{ readonly file: string; readonly version: string } | undefined> {
  const prefix = (await git(folder, 'rev-parse', '--show-prefix')).toString('utf8').trim();
  const steps = prefix.split('/').filter((step) => step !== '');
  for (let depth = steps.length; depth >= 0; depth -= 1) {
    const place = steps.slice(0, depth).join('/');
    const candidates = Object.keys(READERS).map((name) => posix.join(place, name));
    const listed = (
      await git(folder, 'ls-tree', '-z', '--full-tree', '--name-only', commit, '--', ...candidates)
    ).toString('utf8');
    for (const file of candidates.filter((name) => listed.split('\0').includes(name))) {
      const text = (await git(folder, 'show', `${commit}:${file}`)).toString('utf8');
      const version = READERS[posix.basename(file)]?.(text.replaceAll('\r\n', '\n'));
      if (version !== undefined) return { file, version };
    }
  }
  return undefined;
}

/** Of npm's lock file, versions 1 to 3. */
function ofNpm(text: string): string | undefined {
  let lock: unknown;
  try {
    lock = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { packages, dependencies } = lock as { readonly packages?: Entries; readonly dependencies?: Entries };
  return packages?.[`node_modules/${PACKAGE}`]?.version ?? dependencies?.[PACKAGE]?.version;
}

type Entries = Readonly<Record<string, { readonly version?: string }>>;
