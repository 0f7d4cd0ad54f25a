import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { machinesMonth, PRICES, renderPricesMarkdown, rulesMonth } from '../../src/prices';

describe('the table of prices', () => {
  it('names each row once', () => {
    const ids = PRICES.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('gives every row a positive value, a public source and the day it was read', () => {
    for (const row of PRICES) {
      expect(row.value, row.id).toBeGreaterThan(0);
      expect(row.source, row.id).toMatch(/^https:\/\/azure\.microsoft\.com\/pricing\//);
      expect(row.checked, row.id).toMatch(/^20\d\d-\d\d-\d\d$/);
      expect(row.id.startsWith(`${row.cloud}.`), row.id).toBe(true);
    }
  });

  it('is the page docs/prices.md', () => {
    expect(readFileSync(join(__dirname, '../../docs/prices.md'), 'utf8')).toBe(renderPricesMarkdown());
  });
});

describe('a month of load-balancing rules', () => {
  it.each([
    [1, 18.25],
    [5, 18.25],
    [6, 25.55],
    [22, 142.35],
    [300, 2171.75],
  ])('of %i rules costs $%d', (rules, dollars) => {
    expect(rulesMonth(rules)).toBeCloseTo(dollars, 6);
  });

  it('costs more than two machines from 21 targets on', () => {
    expect(rulesMonth(20 + 1)).toBeLessThan(machinesMonth(2));
    expect(rulesMonth(21 + 1)).toBeGreaterThan(machinesMonth(2));
  });
});
