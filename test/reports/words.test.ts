import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { count, printable, shortList } from '../../src/reports';

describe('words', () => {
  it('count things', () => {
    expect([count(0, 'shard'), count(1, 'shard'), count(2, 'shard')]).toEqual(['0 shards', '1 shard', '2 shards']);
    expect(shortList(['a', 'b'], 2)).toBe('a, b');
    expect(shortList(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
  });

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
});
