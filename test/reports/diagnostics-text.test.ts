import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Diagnostic } from '../../src/model';
import { diagnosticsSummary, makeStyle, PLAIN, printable, renderDiagnostics } from '../../src/reports';
import { displayWidth } from '../../src/reports/words';

const PORT: Diagnostic = {
  code: 'PLR1203',
  severity: 'error',
  message: 'the port is 70000; a port is a whole number from 1 to 65535',
  file: 'inv.yaml',
  line: 12,
  column: 13,
  path: 'routers.analytics.targets.orders-db.port',
  fix: 'give the port that the database listens on',
};
const WARNING: Diagnostic = { code: 'PLR1300', severity: 'warning', message: 'one subnet', path: '', fix: 'give two' };

describe('diagnostics as text', () => {
  it('shows place, path, message, the line with a caret, and the fix', () => {
    expect(renderDiagnostics([PORT], PLAIN, () => '      port: 70000')).toBe(
      [
        'error PLR1203 inv.yaml:12:13 routers.analytics.targets.orders-db.port',
        '  the port is 70000; a port is a whole number from 1 to 65535',
        '  12 |       port: 70000',
        '     |             ^',
        '  fix: give the port that the database listens on',
        '',
        '1 error',
        '',
      ].join('\n'),
    );
  });

  it('leaves out what it does not know', () => {
    expect(renderDiagnostics([WARNING], PLAIN, () => 'never')).toBe(
      'warning PLR1300\n  one subnet\n  fix: give two\n\n1 warning\n',
    );
    expect(renderDiagnostics([PORT], PLAIN, () => undefined)).not.toContain('|');
  });

  it('tells equal warnings once, below all their places, and errors last, each with its line', () => {
    const second = { ...WARNING, path: 'routers.b' };
    const other = { ...WARNING, message: 'another' };
    expect(renderDiagnostics([WARNING, PORT, second, other], PLAIN, () => '      port: 70000').split('\n')).toEqual([
      'warning PLR1300',
      'warning PLR1300 routers.b',
      '  one subnet',
      '  fix: give two',
      '',
      'warning PLR1300',
      '  another',
      '  fix: give two',
      '',
      'error PLR1203 inv.yaml:12:13 routers.analytics.targets.orders-db.port',
      '  the port is 70000; a port is a whole number from 1 to 65535',
      '  12 |       port: 70000',
      '     |             ^',
      '  fix: give the port that the database listens on',
      '',
      '1 error, 3 warnings',
      '',
    ]);
  });

  it('counts errors and warnings apart', () => {
    expect(diagnosticsSummary([PORT, WARNING, PORT, PORT])).toBe('3 errors, 1 warning');
    expect(diagnosticsSummary([])).toBe('');
    expect(renderDiagnostics([], PLAIN, () => undefined)).toBe('');
  });

  it('lets no text of a file act on the screen', () => {
    const hostile = '\u001b[2Jgone\r\n::error::\u202e';
    const text = renderDiagnostics(
      [{ ...PORT, message: hostile, path: hostile, fix: hostile, file: hostile }],
      PLAIN,
      () => hostile,
    );
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these must not be there
    expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(text.split('\n').filter((line) => line.startsWith('::'))).toEqual([]);
    expect(text).toContain('\\u001b[2Jgone');
  });

  it('shows a window of a very long line, with the caret under its column', () => {
    const line = `${'a'.repeat(500)}X${'b'.repeat(500)}`;
    const shown = renderDiagnostics([{ ...PORT, column: 501 }], PLAIN, () => line).split('\n');
    expect(shown[2]?.length).toBeLessThan(130);
    expect(shown[2]?.[shown[3]?.indexOf('^') ?? -1]).toBe('X');
  });

  it('keeps the line and its caret within a narrow screen', () => {
    const line = `${' '.repeat(30)}port: 70000 and more of it`;
    const shown = renderDiagnostics([{ ...PORT, column: 37 }], makeStyle({ width: 40 }), () => line).split('\n');
    const at = shown.findIndex((one) => one.trim().endsWith('^'));
    expect(shown[at - 1]?.length).toBeLessThanOrEqual(40);
    expect(shown[at - 1]?.slice(shown[at]?.indexOf('^'))).toMatch(/^70000/);
  });

  it('wraps at the width of a terminal, words whole, and stays one line for each sentence in a pipe', () => {
    const long = {
      ...PORT,
      message:
        'The port is 70000; a port is a whole number from 1 to 65535, and a database that is reached from here listens on one.',
      fix: 'Give the port that the database listens on, then run `privatelink-router lock network/inventory.yaml` and commit both.',
    };
    expect(renderDiagnostics([long], makeStyle({ width: 80 }), () => undefined).split('\n')).toEqual([
      'error PLR1203 inv.yaml:12:13 routers.analytics.targets.orders-db.port',
      '  The port is 70000; a port is a whole number from 1 to 65535, and a database',
      '  that is reached from here listens on one.',
      '  fix: Give the port that the database listens on, then run',
      '       `privatelink-router lock network/inventory.yaml` and commit both.',
      '',
      '1 error',
      '',
    ]);
    const plain = renderDiagnostics([long], PLAIN, () => undefined).split('\n');
    expect(plain.slice(1, 3)).toEqual([`  ${long.message}`, `  fix: ${long.fix}`]);
  });

  it.each([20, 40, 60, 80, 120])('has no line wider than %i columns, but one that is a single word', (width) => {
    const words = fc.array(
      fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('`a b`', 'host.corp.example.com:5432', '数据库')),
    );
    fc.assert(
      fc.property(words, words, fc.string(), (message, fix, path) => {
        const told = {
          ...PORT,
          message: message.join(' '),
          fix: fix.join(' '),
          path: `routers.${path.replace(/\s/g, '')}`,
        };
        const text = renderDiagnostics([told], makeStyle({ width }), () => undefined);
        for (const line of text.split('\n')) {
          const single = /^(error PLR1203| {2}fix:)? *\S*$/.test(line);
          if (!single) expect(displayWidth(line)).toBeLessThanOrEqual(width);
        }
        // Nothing is lost on the way.
        const letters = (one: string) => one.replace(/\s/g, '');
        expect(letters(text)).toContain(letters(printable(told.message)));
        expect(letters(text)).toContain(letters(printable(told.fix)));
      }),
    );
  });

  it('colours the same lines', () => {
    const plain = renderDiagnostics([PORT], makeStyle({ width: 40 }), () => undefined);
    const coloured = renderDiagnostics([PORT], makeStyle({ width: 40, color: true }), () => undefined);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are taken away
    expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  });

  it('repeats nothing of a backend, which may hold a password', () => {
    const text = renderDiagnostics(
      [{ ...PORT, path: 'terraform.backend.http.pasword' }],
      PLAIN,
      () => '  pasword: "very-secret"',
    );
    expect(text).not.toContain('very-secret');
  });

  it('colours only where the style says so', () => {
    expect(renderDiagnostics([PORT], PLAIN, () => 'x')).not.toContain('\u001b');
    expect(renderDiagnostics([PORT], makeStyle({ color: true }), () => 'x')).toContain('\u001b[31merror');
  });
});
