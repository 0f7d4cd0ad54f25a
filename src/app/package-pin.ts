import { posix } from 'node:path';
import { foldersAbove, type Past } from './git';

const PACKAGE = 'privatelink-router';

/** Where each package manager writes the version that it installed, the nearest to npm's own first. */
const READERS: Readonly<Record<string, (text: string) => string | undefined>> = {
  'package-lock.json': ofNpm,
  'npm-shrinkwrap.json': ofNpm,
  'pnpm-lock.yaml': (text) => /^\s+['"]?\/?privatelink-router[@/](\d[^:('"\s]*)/m.exec(text)?.[1],
  'yarn.lock': (text) => /^"?privatelink-router@[^\n]*:\n\s+version:? "?([^"\s]+)/m.exec(text)?.[1],
};

/** The files that say which version is pinned. */
export const PIN_FILES: readonly string[] = Object.keys(READERS);

/** The version of this package that a commit pins, in its folder or in one above it, and the file that says so. */
export async function pinnedVersion(
  past: Past,
): Promise<{ readonly file: string; readonly version: string } | undefined> {
  for (const place of [past.folder, ...foldersAbove(past.folder)]) {
    const candidates = PIN_FILES.map((name) => posix.join(place, name));
    for (const file of candidates.filter((path) => past.files.includes(path))) {
      const text = (await past.read(file)).toString('utf8');
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
