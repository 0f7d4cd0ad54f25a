import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { type LoadedInventory, loadInventory, withPlaces } from '../../src/inventory';
import { EMPTY_LOCK } from '../../src/lock';
import { type Diagnostic, hasErrors, type Inventory } from '../../src/model';
import { planRouting } from '../../src/planner';
import { VALID_AZURE } from './azure-inventory';
import { AZURE_MISTAKES } from './azure-mistakes';
import { FORWARDER_MISTAKES } from './forwarder-mistakes';
import { INVENTORY_MISTAKES } from './inventory-mistakes';
import { edited, type Mistake, markedLine, VALID } from './mistake';
import { PLANNER_MISTAKES } from './planner-mistakes';
import { VALID_INVENTORIES } from './valid-inventories';

const ALL: readonly Mistake[] = [...INVENTORY_MISTAKES, ...AZURE_MISTAKES, ...FORWARDER_MISTAKES, ...PLANNER_MISTAKES];

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
function load(mistake: Omit<Mistake, 'code'>): { loaded: LoadedInventory; expected: Expected } {
  const cwd = mkdtempSync(join(folder, 'case-'));
  const file = mistake.file ?? 'inventory.yaml';
  const text = mistake.text ?? edited(mistake.base ?? VALID, mistake.edits);
  writeFileSync(join(cwd, file), text);
  if (mistake.overlay !== undefined) writeFileSync(join(cwd, `inventory.${mistake.env}.yaml`), mistake.overlay);
  const loaded = loadInventory({ file, cwd, ...(mistake.env !== undefined && { env: mistake.env }) });
  const overlaid = mistake.overlay === undefined ? undefined : markedLine(mistake.overlay);
  const line = mistake.line ?? overlaid ?? (typeof text === 'string' ? markedLine(text) : undefined);
  const where = overlaid === undefined ? file : `inventory.${mistake.env}.yaml`;
  return { loaded, expected: { file: line === undefined ? undefined : where, line } };
}

/** What a command says that goes as far as the planner, from an empty lock and with every name resolved. */
function found(loaded: LoadedInventory, stage: Mistake['stage']): readonly Diagnostic[] {
  const { inventory, brokenRouters, diagnostics } = loaded;
  if (stage !== 'planner' || inventory === undefined) return diagnostics;
  const { findings } = planRouting({ inventory, lock: EMPTY_LOCK, brokenRouters, resolutions: resolutions(inventory) });
  return [...diagnostics, ...withPlaces(findings, loaded.locate)];
}

function resolutions(inventory: Inventory): ReadonlyMap<string, readonly string[]> {
  return new Map(inventory.routers.flatMap(({ targets }) => targets.map(({ host }) => [host, ['10.9.8.7']] as const)));
}

describe('the valid inventories of the corpus', () => {
  it.each([
    ['AWS', VALID, [5, 1]],
    ['Azure', VALID_AZURE, [4, 2, 1]],
  ])('have neither error nor warning: %s', (_cloud, base, targets) => {
    const { loaded } = load({ name: 'none', base, edits: [] });
    expect(found(loaded, 'planner')).toEqual([]);
    expect(loaded.inventory?.routers.map((router) => router.targets.length)).toEqual(targets);
  });
});

describe('single mistakes', () => {
  it('are many, and each has a name of its own', () => {
    expect(ALL.length).toBeGreaterThanOrEqual(110);
    expect(AZURE_MISTAKES.length + FORWARDER_MISTAKES.length).toBeGreaterThanOrEqual(60);
    expect(new Set(ALL.map((mistake) => mistake.name)).size).toBe(ALL.length);
  });

  it.each(ALL.map((mistake) => [mistake.code, mistake.name, mistake] as const))('%s %s', (_code, _name, mistake) => {
    const { loaded, expected } = load(mistake);
    const diagnostics = found(loaded, mistake.stage);
    expect(diagnostics.map(({ code, severity, line }) => ({ code, severity, line }))).toEqual([
      { code: mistake.code, severity: mistake.severity ?? 'error', line: expected.line },
    ]);
    const [only] = diagnostics;
    if (expected.file !== undefined) expect(only?.file).toBe(expected.file);
    expect(only?.message).not.toMatch(/Invalid input|ZodError|undefined|\[object|NaN/);
    expect(only?.message.length).toBeGreaterThan(10);
    expect(only?.fix.length).toBeGreaterThan(5);
    expect(Object.hasOwn(CATALOGUE, mistake.code)).toBe(true);
    if (mistake.stage === 'planner') return;
    // A router with an error does not come out, and every other one does.
    const broken = [...loaded.brokenRouters];
    expect(loaded.inventory?.routers.some((router) => broken.includes(router.name)) ?? false).toBe(false);
    if (only?.severity === 'error' && only.path.startsWith('routers.') && !only.path.startsWith('routers."')) {
      expect(broken).toEqual([only.path.split('.')[1]]);
    }
    if (only?.severity === 'warning') expect(broken).toEqual([]);
  });
});

describe('odd inventories that are right', () => {
  it.each(VALID_INVENTORIES.map((valid) => [valid.name, valid] as const))('%s', (_name, valid) => {
    const { loaded } = load(valid);
    expect(loaded.diagnostics.map(({ code }) => code)).toEqual(valid.warnings ?? []);
    expect(hasErrors(loaded.diagnostics)).toBe(false);
    expect(loaded.inventory?.routers.length).toBeGreaterThan(0);
    if (valid.target === undefined) return;
    const [path, values] = valid.target;
    const [router, target] = path.split('.');
    const targets = loaded.inventory?.routers.find(({ name }) => name === router)?.targets;
    expect(targets?.find(({ name }) => name === target)).toMatchObject(values);
  });
});
