import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printable } from '../../src/reports';
import { cutMiddle, displayWidth, foldText, wrapWords } from '../../src/reports/words';

describe('words', () => {
  it('leave ordinary text as it is', () => {
    expect(printable('naïve → 数据 db.corp.acme.com:5432')).toBe('naïve → 数据 db.corp.acme.com:5432');
  });

  it('let no text act on a terminal', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(printable(text)).not.toMatch(/\p{Cc}|[\u2028-\u202e\u2066-\u2069]/u);
        expect(printable(printable(text))).toBe(printable(text));
      }),
    );
  });

  it('are as wide as a terminal draws them', () => {
    expect(['orders-db', '数据库', 'naïve', 'nai\u0308ve', '한국', '→', '😀', ''].map(displayWidth)).toEqual([
      9, 6, 5, 5, 4, 1, 2, 0,
    ]);
  });

  it('are wrapped at spaces, a command in one piece where it has room', () => {
    expect(wrapWords('run  this   now', 40)).toEqual(['run  this   now']);
    expect(wrapWords('then run `terraform init -upgrade` and go on', 30)).toEqual([
      'then run',
      '`terraform init -upgrade` and',
      'go on',
    ]);
    expect(wrapWords('run `terraform init -upgrade` now', 12)).toEqual([
      'run',
      '`terraform',
      'init',
      '-upgrade`',
      'now',
    ]);
    expect(wrapWords('a verylongword b', 8)).toEqual(['a', 'verylongword', 'b']);
    expect(foldText('a verylongword b', 8)).toEqual(['a', 'verylong', 'word b']);
  });

  it('are never wider than the room that they have, and lose nothing', () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc
        .array(fc.constantFrom('数据', 'a', ' ', '`', 'host.example.com', '😀', 'e\u0301'))
        .map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 40 }), (given, width) => {
        const lines = foldText(given, width);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(Math.max(width, widest(given)));
        expect(lines.join('').replace(/\s/g, '')).toBe(given.replace(/\s/g, ''));
        expect(displayWidth(cutMiddle(given, width))).toBeLessThanOrEqual(Math.max(width, 3));
        for (const line of wrapWords(given, width)) {
          expect(displayWidth(line) <= width || !/\S\s+\S/.test(line)).toBe(true);
        }
      }),
    );
  });
});

/** How wide one character may be by itself: a family is drawn from several. */
function widest(text: string): number {
  const all = Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
  return Math.max(0, ...all.map(displayWidth));
}
