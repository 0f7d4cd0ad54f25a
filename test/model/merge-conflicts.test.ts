import { describe, expect, it } from 'vitest';
import { findMergeConflicts, mergeConflictWords } from '../../src/model';

const lines = (...all: readonly string[]): string => all.join('\n');

describe('merge conflicts', () => {
  it('are found in both styles, with Windows line ends, and more than once', () => {
    const text = lines('a', '<<<<<<< HEAD', 'x', '=======', 'y', '>>>>>>> topic (a subject)', 'b');
    const ancestor = lines('<<<<<<< HEAD\r', 'x', '||||||| 1234567\r', 'w', '=======\r', '>>>>>>> b\r');
    expect(findMergeConflicts(`${text}\n${ancestor}`)).toEqual([
      { start: 2, middle: 4, end: 6, ours: 'HEAD', theirs: 'topic (a subject)' },
      { start: 8, ancestor: 10, middle: 12, end: 13, ours: 'HEAD', theirs: 'b' },
    ]);
  });

  it('that lost their end are found, also before another one', () => {
    expect(findMergeConflicts('<<<<<<< HEAD\nx\n=======\n<<<<<<< HEAD\ny')).toEqual([
      { start: 1, middle: 3, ours: 'HEAD', theirs: '' },
      { start: 4, ours: 'HEAD', theirs: '' },
    ]);
  });

  it('are neither longer markers, nor markers with something before or directly behind them, nor a lone end', () => {
    for (const text of ['<<<<<<<<< Temporary', '  <<<<<<< HEAD', '<<<<<<<HEAD', '=======', '>>>>>>> b', '======= x']) {
      expect(findMergeConflicts(text), text).toEqual([]);
    }
  });

  it('are told with the lines of each side', () => {
    const [conflict] = findMergeConflicts('<<<<<<< HEAD\nx\n||||||| base\nw\nv\n=======\n>>>>>>>');
    if (conflict === undefined) throw new Error('no conflict');
    expect(mergeConflictWords(conflict)).toBe(
      'lines 1 to 7 hold a merge conflict: "HEAD" (lines 2 to 2) and one side (without a line)',
    );
    expect(mergeConflictWords({ start: 4, ours: '', theirs: '' })).toBe(
      'a merge conflict starts at line 4 and does not end',
    );
  });
});
