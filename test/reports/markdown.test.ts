import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, Page, tableRow } from '../../src/reports/markdown';

/** Text as people paste it, with everything that means something to Markdown or to GitHub. */
const nasty = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom(
        '`',
        '``',
        '|',
        '\\',
        '\n',
        '\r',
        '@acme/team',
        '<script>',
        '<!--',
        '-->',
        '[a](http://x.y)',
        'https://www.acme.com',
        '#12',
        '*b*',
        '&#64;',
        '\u202e',
        '</details>',
        ' ',
      ),
    )
    .map((parts) => parts.join('')),
);

describe("a text of the user's in Markdown", () => {
  it('stays one code span of one line, whatever it says, in which nothing ends a cell', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const span = code(text);
        // Inside of one pair of backticks Markdown knows no mention, no link, no HTML and no entity.
        expect(span === '' ? text : span).toMatch(span === '' ? /^$/ : /^`[^`|\n\r\u2028\u2029]+`$/u);
      }),
    );
  });

  it('keeps the number of cells of a row', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 6 }), (texts) => {
        const row = tableRow(texts.map(code));
        expect(row.split('|')).toHaveLength(texts.length + 2);
        expect(row).not.toContain('\n');
      }),
    );
  });

  it('tells different texts apart and leaves ordinary ones as they are', () => {
    expect(code('orders.corp.acme.com:5432')).toBe('`orders.corp.acme.com:5432`');
    expect(code('a`b|c\nd')).toBe('`a\\u0060b\\u007cc\\u000ad`');
    expect(code('')).toBe('');
  });
});

describe('a page with little room', () => {
  const rows = (number: number) => Array.from({ length: number }, (_, index) => `- row ${index}`);
  const block = (number: number, head = 'Title') => ({
    head: [head, ''],
    rows: rows(number),
    foot: ['end'],
    more: (left: number) => `- and ${left} more`,
  });

  it('is never longer than it may be, and says how much is left out', () => {
    fc.assert(
      fc.property(fc.integer({ min: 200, max: 1500 }), fc.array(fc.nat(60), { maxLength: 6 }), (size, numbers) => {
        const page = new Page(size);
        for (const number of numbers) page.add(block(number));
        const text = page.toString();
        expect(text.length).toBeLessThanOrEqual(size);
        const shown = text.split('\n').filter((line) => line.startsWith('- row')).length;
        const told = [...text.matchAll(/and (\d+) more/g)].reduce((sum, [, left]) => sum + Number(left), 0);
        const all = numbers.reduce((sum, number) => sum + number, 0);
        if (text.includes('has no room here')) expect(shown + told).toBeLessThanOrEqual(all);
        else expect(shown + told).toBe(all);
        // What frames the rows is there from its first line to its last, or not at all.
        expect(text.split('Title').length).toBe(text.split('\nend').length);
      }),
    );
  });

  it('leaves nothing out that has room', () => {
    const page = new Page(4000);
    page.add(block(3));
    expect(page.toString()).toBe('Title\n\n- row 0\n- row 1\n- row 2\nend\n');
  });
});
