import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LoadedInventory, loadInventory } from '../../src/inventory';

/** Runs with these files in a folder of their own, which is gone afterwards. */
export function withFiles<T>(files: Readonly<Record<string, string | Uint8Array>>, run: (cwd: string) => T): T {
  const cwd = mkdtempSync(join(tmpdir(), 'plr-inventory-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
    return run(cwd);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

/** Loads an inventory of this text, with an overlay where one is given. */
export function loadText(text: string | Uint8Array, overlay?: string, file = 'plr.yaml'): LoadedInventory {
  const extension = file.slice(file.lastIndexOf('.'));
  const files = { [file]: text, ...(overlay !== undefined && { [`plr.prod${extension}`]: overlay }) };
  return withFiles(files, (cwd) => loadInventory({ file, cwd, ...(overlay !== undefined && { env: 'prod' }) }));
}

/** Code, line and column of every diagnostic. */
export function places({ diagnostics }: LoadedInventory): string[] {
  return diagnostics.map(({ code, line, column }) => `${code} ${line}:${column}`);
}
