import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { code, Page, tableRow } from '../../src/reports/markdown';
import { printable } from '../../src/reports/words';
import { cellsOf, type Inline, inlines } from './support/markdown';

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
  it('stays one code span of one line that says just this, whatever stands around it', () => {
    fc.assert(
      fc.property(nasty, nasty, (text, other) => {
        const line = `- found ${code(text)}: ${code(other)} → end`;
        expect(line).not.toMatch(/[\n\r\u2028\u2029]/);
        const spans = [text, other].map((one) => (one === '' ? [] : [{ code: printable(one) }]));
        const [first = [], second = []] = spans;
        expect(inlines(line)).toEqual(
          joined([{ text: '- found ' }, ...first, { text: ': ' }, ...second, { text: ' → end' }]),
        );
      }),
    );
  });

  it('stays in its cell of a table and says the same there', () => {
    fc.assert(
      fc.property(fc.array(nasty, { minLength: 1, maxLength: 6 }), (texts) => {
        const row = tableRow(texts.map(code));
        const expected = texts.map((text) => (text === '' ? [] : [{ code: printable(text) }]));
        for (const [parser, cells] of Object.entries(cellsOf(row))) {
          expect(cells.map(inlines), parser).toEqual(expected);
        }
      }),
    );
  });

  it('comes out as it is, backticks and pipes too', () => {
    expect(code('orders.corp.acme.com:5432')).toBe('`orders.corp.acme.com:5432`');
    expect(code('run `terraform init`')).toBe('`` run `terraform init` ``');
    expect(code('a ``b` c')).toBe('```a ``b` c```');
    expect(code('a|b\nd')).toBe('`a|b\\u000ad`');
    expect(code(' a ')).toBe('`  a  `');
    expect(code(' ')).toBe('` `');
    expect(code('')).toBe('');
    expect(tableRow([code('a|b'), 'c'])).toBe('| `a\\|b` | c |');
  });
});

/** Texts that stand beside each other are one. */
function joined(parts: readonly Inline[]): readonly Inline[] {
  const all: Inline[] = [];
  for (const part of parts) {
    const before = all.at(-1)?.text;
    if (before !== undefined && part.text !== undefined) all[all.length - 1] = { text: before + part.text };
    else all.push(part);
  }
  return all;
}

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
