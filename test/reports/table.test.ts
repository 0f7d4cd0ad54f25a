import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeStyle, PLAIN } from '../../src/reports';
import { type Column, tablesLines } from '../../src/reports/table';
import { displayWidth } from '../../src/reports/words';

const COLUMNS: readonly Column[] = [
  { title: '' },
  { title: 'port', align: 'right' },
  { title: 'target', least: 24 },
  { title: 'reaches', least: 36 },
  { title: 'domain', usual: 'as host', least: 24 },
  { title: 'change', least: 28 },
];
const HOST = 'orders.cluster-c1a2b3c4d5e6f7.us-east-2.rds.amazonaws.com:5432';
const ROW = [
  '>',
  '10000',
  'orders-db',
  HOST,
  'as host',
  `listener port 10000 → 15210, host ${HOST} → other.example.com`,
];

const lines = (cells: readonly string[], width: number): readonly string[] =>
  tablesLines(COLUMNS, [[{ cells }]], makeStyle({ width }))[0] ?? [];

describe('a table', () => {
  it('stacks what a narrow screen has no columns for, and says all of it', () => {
    expect(lines(ROW, 60)).toEqual([
      '> 10000 orders-db',
      '      reaches',
      '        orders.cluster-c1a2b3c4d5e6f7.us-east-2.rds.amazonaw',
      '        s.com:5432',
      '      change listener port 10000 → 15210, host',
      '        orders.cluster-c1a2b3c4d5e6f7.us-east-2.rds.amazonaw',
      '        s.com:5432 → other.example.com',
    ]);
  });

  it('has columns where there is room, and no end of them in a pipe', () => {
    const [head, row] = tablesLines(COLUMNS, [[{ cells: ROW }]], PLAIN)[0] ?? [];
    expect(head).toMatch(/^ +port {2}target {5}reaches +domain {3}change$/);
    expect(row).toContain(`orders-db  ${HOST}  as host  listener port 10000`);
  });

  it('has no line wider than the screen, from twenty columns on, whatever stands in it', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 90 }),
      fc.array(fc.constantFrom('a', '数', ' ', '→', 'host.example.com', '-')).map((parts) => parts.join('')),
    );
    const cells = fc.tuple(fc.constantFrom('', '+', '~'), fc.nat(65535).map(String), cell, cell, cell, cell);
    // A character that is drawn from several is one, however wide; and what is no word takes no room.
    const ordinary = cells.filter(
      (row) => !/[\u200d\u{1f3fb}-\u{1f3ff}\u{1f1e6}-\u{1f1ff}\s]{2}|\u200d/u.test(row.join('')),
    );
    fc.assert(
      fc.property(ordinary, fc.integer({ min: 20, max: 200 }), (row, width) => {
        for (const line of lines(row, width)) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }),
      { numRuns: 300 },
    );
  });

  it('loses no word where it stacks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 80 }), (width) => {
        const letters = lines(ROW, width).join('').replaceAll(' ', '');
        for (const cell of [ROW[2], ROW[3], ROW[5]]) expect(letters).toContain((cell ?? '').replaceAll(' ', ''));
      }),
    );
  });

  it('aligns what takes two columns of the screen', () => {
    const rows = [
      ['', '1', '数据库', 'a', '', ''],
      ['', '22', 'orders', 'b', '', ''],
    ].map((cells) => ({ cells }));
    const [, first = '', second = ''] = tablesLines(COLUMNS, [rows], PLAIN)[0] ?? [];
    expect(displayWidth(first.slice(0, first.indexOf('a')))).toBe(second.indexOf('b'));
  });
});
