import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, extname, join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type LoadedInventory, loadInventory, withPlaces } from '../../src/inventory';
import { EMPTY_LOCK } from '../../src/lock';
import type { Diagnostic, Inventory } from '../../src/model';
import { planRouting } from '../../src/planner';
import { edited, type Mistake, markedLine, VALID } from './mistake';

interface Expected {
  readonly file: string | undefined;
  readonly line: number | undefined;
}

/** A folder for the files of a test file's cases, which is gone afterwards. @returns loads the files of one case */
export function corpusFolder(): (one: Omit<Mistake, 'code'>) => { loaded: LoadedInventory; expected: Expected } {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'plr-corpus-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (one) => load(one, mkdtempSync(join(folder, 'case-')));
}

function load(one: Omit<Mistake, 'code'>, cwd: string): { loaded: LoadedInventory; expected: Expected } {
  const file = one.file ?? 'inventory.yaml';
  const text = one.text ?? edited(one.base ?? VALID, one.edits);
  mkdirSync(dirname(join(cwd, file)), { recursive: true });
  writeFileSync(join(cwd, file), text, { ...(one.mode !== undefined && { mode: one.mode }) });
  const ending = extname(file);
  const overlay = `${file.slice(0, -ending.length)}.${one.env}${ending}`;
  if (one.overlay !== undefined) writeFileSync(join(cwd, overlay), one.overlay);
  const loaded = loadInventory({ file, cwd, ...(one.env !== undefined && { env: one.env }) });
  const overlaid = one.overlay === undefined ? undefined : markedLine(one.overlay);
  const line = one.line ?? overlaid ?? (typeof text === 'string' ? markedLine(text) : undefined);
  const where = overlaid === undefined ? file : overlay;
  return { loaded, expected: { file: line === undefined ? undefined : where, line } };
}

/** What a command says that goes as far as the planner, from an empty lock and with every name resolved. */
export function found(loaded: LoadedInventory, stage: Mistake['stage']): readonly Diagnostic[] {
  const { inventory, brokenRouters, diagnostics } = loaded;
  if (stage !== 'planner' || inventory === undefined) return diagnostics;
  const { findings } = planRouting({ inventory, lock: EMPTY_LOCK, brokenRouters, resolutions: resolutions(inventory) });
  return [...diagnostics, ...withPlaces(findings, loaded.locate)];
}

function resolutions(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  return new Map(
    inventory.routers.flatMap(({ targets }) =>
      targets.flatMap(({ hosts }) => hosts.map(({ name }) => [name, ['10.9.8.7']] as const)),
    ),
  );
}
