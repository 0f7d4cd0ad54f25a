import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { type LoadedInventory, loadInventory } from '../../src/inventory';
import { INVENTORY_MISTAKES } from './inventory-mistakes';
import { edited, type Mistake, markedLine, VALID } from './mistake';

const ALL: readonly Mistake[] = INVENTORY_MISTAKES;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plr-corpus-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Expected {
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** Writes the files of one mistake into a folder of its own and loads them. */
function load(mistake: Mistake): { loaded: LoadedInventory; expected: Expected } {
  const cwd = mkdtempSync(join(folder, 'case-'));
  const file = mistake.file ?? 'inventory.yaml';
  const text = mistake.text ?? edited(VALID, mistake.edits);
  writeFileSync(join(cwd, file), text);
  if (mistake.overlay !== undefined) writeFileSync(join(cwd, `inventory.${mistake.env}.yaml`), mistake.overlay);
  const loaded = loadInventory({ file, cwd, ...(mistake.env !== undefined && { env: mistake.env }) });
  const overlaid = mistake.overlay === undefined ? undefined : markedLine(mistake.overlay);
  const line = mistake.line ?? overlaid ?? (typeof text === 'string' ? markedLine(text) : undefined);
  const where = overlaid === undefined ? file : `inventory.${mistake.env}.yaml`;
  return { loaded, expected: { file: line === undefined ? undefined : where, line } };
}

describe('the valid inventory of the corpus', () => {
  it('has neither error nor warning', () => {
    const { loaded } = load({ name: 'none', code: '', edits: [] });
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.inventory?.routers.map((router) => router.targets.length)).toEqual([5, 1]);
  });
});

describe('single mistakes', () => {
  it('are many, and each has a name of its own', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(110);
    expect(new Set(ALL.map((mistake) => mistake.name)).size).toBe(ALL.length);
  });

  it.each(ALL.map((mistake) => [mistake.code, mistake.name, mistake] as const))('%s %s', (_code, _name, mistake) => {
    const { loaded, expected } = load(mistake);
    expect(loaded.diagnostics.map(({ code, severity, line }) => ({ code, severity, line }))).toEqual([
      { code: mistake.code, severity: mistake.severity ?? 'error', line: expected.line },
    ]);
    const [only] = loaded.diagnostics;
    if (expected.file !== undefined) expect(only?.file).toBe(expected.file);
    expect(only?.message).not.toMatch(/Invalid input|ZodError|undefined|\[object|NaN/);
    expect(only?.message.length).toBeGreaterThan(10);
    expect(only?.fix.length).toBeGreaterThan(5);
    expect(Object.hasOwn(CATALOGUE, mistake.code)).toBe(true);
    // A router with an error does not come out, and every other one does.
    const broken = [...loaded.brokenRouters];
    expect(loaded.inventory?.routers.some((router) => broken.includes(router.name)) ?? false).toBe(false);
    if (only?.severity === 'error' && only.path.startsWith('routers.') && !only.path.startsWith('routers."')) {
      expect(broken).toEqual([only.path.split('.')[1]]);
    }
    if (only?.severity === 'warning') expect(broken).toEqual([]);
  });
});
