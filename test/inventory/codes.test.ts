import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inventoryCodes } from '../../src/errors/inventory-codes';
import { lockCodes } from '../../src/errors/lock-codes';
import { plannerCodes } from '../../src/errors/planner-codes';
import { EDIT_NEIGHBOURS } from '../corpus/neighbours/edit-neighbours';
import { INVENTORY_NEIGHBOURS } from '../corpus/neighbours/inventory-neighbours';
import { LOCK_NEIGHBOURS } from '../corpus/neighbours/lock-neighbours';
import { PLANNER_NEIGHBOURS } from '../corpus/neighbours/planner-neighbours';

const ROOT = join(__dirname, '..', '..');

function textOf(folder: string): string {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(ROOT, folder, name), 'utf8'))
    .join('\n');
}

describe('the codes of the inventory', () => {
  const source = textOf('src/inventory');
  const tests = textOf('test/corpus') + textOf('test/inventory');

  it('are numbered in their range and explained', () => {
    for (const [code, { title, explanation }] of Object.entries(inventoryCodes)) {
      expect(code).toMatch(/^PLR1\d{3}$/);
      expect(title.length).toBeGreaterThan(5);
      expect(explanation).toMatch(/[.]$/);
    }
  });

  it('are each raised somewhere, and each by a test', () => {
    const all = Object.keys(inventoryCodes);
    expect(all.filter((code) => !source.includes(`'${code}'`))).toEqual([]);
    expect(all.filter((code) => !tests.includes(`'${code}`))).toEqual([]);
  });
});

/** Codes that the operating system raises, whatever a lock says; test/lock/file.test.ts reads and writes. */
const OF_THE_SYSTEM = ['PLR3012', 'PLR3013'];

const KINDS: readonly (readonly [of: string, codes: object, legal: readonly { code: string; name: string }[]])[] = [
  ['the inventory', inventoryCodes, INVENTORY_NEIGHBOURS],
  ['the planner', plannerCodes, [...PLANNER_NEIGHBOURS, ...EDIT_NEIGHBOURS]],
  ['the lock', lockCodes, LOCK_NEIGHBOURS],
];

describe.each(KINDS)('the codes of %s', (_of, codes, legal) => {
  it('each have a legal neighbour in test/corpus/neighbours: what is just not refused', () => {
    const covered = new Set([...legal.map(({ code }) => code), ...OF_THE_SYSTEM]);
    expect(Object.keys(codes).filter((code) => !covered.has(code))).toEqual([]);
  });

  it('name their neighbours once', () => {
    expect(legal.filter(({ code }) => !Object.hasOwn(codes, code))).toEqual([]);
    const names = legal.map(({ code, name }) => `${code} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });
});
