import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inventoryCodes } from '../../src/errors/inventory-codes';

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
