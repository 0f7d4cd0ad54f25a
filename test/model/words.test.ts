import { describe, expect, it } from 'vitest';
import { count, listed, shortList } from '../../src/model';

describe('words', () => {
  it('count things', () => {
    expect([count(0, 'shard'), count(1, 'shard'), count(2, 'shard')]).toEqual(['0 shards', '1 shard', '2 shards']);
    expect([count(1, 'address', 'addresses'), count(2, 'address', 'addresses')]).toEqual(['1 address', '2 addresses']);
  });

  it('are cut where there are too many, and the rest is counted', () => {
    expect(shortList(['a', 'b'], 2)).toBe('a, b');
    expect(shortList(['a', 'b', 'c', 'd'], 2)).toBe('a, b and 2 more');
    expect(shortList(['a', 'b', 'c', 'd', 'e', 'f'])).toBe('a, b, c, d, e and 1 more');
  });

  it('stand in a sentence', () => {
    expect([[], ['a'], ['a', 'b'], ['a', 'b', 3]].map((items) => listed(items))).toEqual([
      '',
      'a',
      'a and b',
      'a, b and 3',
    ]);
    expect(listed(['a', 'b', 'c'], 'or')).toBe('a, b or c');
  });
});
