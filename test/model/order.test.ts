import { describe, expect, it } from 'vitest';
import { groupBy, sortAddresses, sortedEntries } from '../../src/model';

describe('order', () => {
  it('is that of the numbers, for addresses, each once', () => {
    expect(sortAddresses(['10.0.0.100', '10.0.0.9', '9.255.255.255', '10.0.0.9'])).toEqual([
      '9.255.255.255',
      '10.0.0.9',
      '10.0.0.100',
    ]);
  });

  it('is that of the code units, for keys, unless somebody says otherwise', () => {
    expect(sortedEntries({ b: 1, a: 2, B: 3 })).toEqual([
      ['B', 3],
      ['a', 2],
      ['b', 1],
    ]);
    expect(sortedEntries({ a: 1, b: 2 }, (a, b) => (a < b ? 1 : -1))[0]).toEqual(['b', 2]);
  });

  it('of groups and their items is that in which they came', () => {
    expect([...groupBy(['b1', 'a1', 'b2'], ([first]) => first)]).toEqual([
      ['b', ['b1', 'b2']],
      ['a', ['a1']],
    ]);
  });
});
