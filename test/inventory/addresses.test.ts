import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ADDRESS_RANGES } from '../../src/inventory';
import { isHost, parseHost } from '../../src/inventory/values/host';
import { portListFault } from '../../src/inventory/values/port-list';
import { loadText } from './support';

const messageOf = (text: string): string => {
  const found = parseHost(text);
  return isHost(found) ? '' : found.message;
};

describe('an address that no target has', () => {
  it.each(ADDRESS_RANGES.filter(({ kind }) => kind !== 'private').map(({ cidr, kind }) => [cidr, kind]))(
    '%s is %s',
    (cidr, kind) => {
      const first = cidr.split('/')[0] ?? '';
      expect(messageOf(first)).toBe(`${first} is ${kind}, which no target has.`);
      expect(kind).toMatch(/^(?:a [^aeiou]|an [aeiou]|the )[a-z -]*$/);
      expect(kind.match(/\baddress\b/g)).toHaveLength(1);
    },
  );

  it('is told in a sentence: benchmarks', () => {
    expect(messageOf('198.18.0.1')).toBe('198.18.0.1 is an address reserved for benchmarks, which no target has.');
  });
});

describe('several ports', () => {
  it('are any numbers with what people write between them, and nothing else', () => {
    const number = fc.integer({ min: 1, max: 65535 });
    const between = fc.constantFrom('-', ' - ', ',', ', ', '/', ';', ' ', '..', ' to ', '–', '—', '+', ' and ');
    fc.assert(
      fc.property(number, between, number, (first, sign, last) => {
        const found = portListFault(`${first}${sign}${last}`);
        expect(found?.code).toBe('PLR1237');
        expect(found?.fix).toContain(String(first));
        expect(found?.fix).toContain(String(last));
      }),
    );
    for (const text of [
      '5432',
      '54321',
      'oracle',
      '-1',
      '5432-',
      '1e3',
      '0x10',
      '5432.5',
      '',
      '22:22',
      '2026-01-02',
      '12-1-1',
      '99999999-1',
      'a-b',
    ]) {
      expect(portListFault(text), text).toBeUndefined();
    }
  });

  it('ask for a target each, in the key and in the short form', () => {
    for (const [target, fix] of [
      ['{ host: h.corp.example, port: 5432-5440 }', 'Write a target for each port from 5432 to 5440.'],
      ['{ host: h.corp.example, port: "80,443" }', 'Write a target for each port 80, 443.'],
      ['{ host: h.corp.example, port: [80, 443] }', 'Write a target for each port.'],
      ['{ host: h.corp.example, port: 80,443 }', 'Write a target for each port.'],
      ['h.corp.example:5432-5440', 'Write a target for each port from 5432 to 5440.'],
      ['h.corp.example:80,443', 'Write a target for each port 80, 443.'],
      ['{ host: "h.corp.example:80,443" }', 'Write a target for each port 80, 443.'],
    ]) {
      const found = loadText(
        `version: 1\nrouters:\n  r1:\n    targets:\n      t: ${target}\n      u: u.example:1\n`,
      ).diagnostics.filter(({ path }) => path.startsWith('routers.r1.targets.t'));
      expect(
        found.map(({ code }) => code),
        target,
      ).toEqual(['PLR1237']);
      expect(found[0]?.fix).toBe(fix);
      expect(found[0]?.message).toContain('each port is a target of its own');
    }
  });
});
