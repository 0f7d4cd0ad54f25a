import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { hasErrors } from '../../src/model';
import { VALID_AZURE } from './azure-inventory';
import { AZURE_MISTAKES } from './azure-mistakes';
import { FORWARDER_MISTAKES } from './forwarder-mistakes';
import { INVENTORY_MISTAKES } from './inventory-mistakes';
import { corpusFolder, found } from './load';
import { type Mistake, VALID } from './mistake';
import { PLANNER_MISTAKES } from './planner-mistakes';
import { ROUTE_MISTAKES } from './route-mistakes';
import { VALID_INVENTORIES } from './valid-inventories';

const ALL: readonly Mistake[] = [
  ...INVENTORY_MISTAKES,
  ...AZURE_MISTAKES,
  ...FORWARDER_MISTAKES,
  ...ROUTE_MISTAKES,
  ...PLANNER_MISTAKES,
];

const load = corpusFolder();

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
    const found = targets?.find(({ name }) => name === target);
    expect({ ...found, host: found?.hosts[0].name, literal: found?.hosts[0].literal }).toMatchObject(values);
  });
});
