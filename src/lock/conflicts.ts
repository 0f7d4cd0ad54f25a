import { type Diagnostic, findMergeConflicts, mergeConflictWords } from '../model';
import { lockError, MERGE_WITH_BASE } from './diagnostics';

/** Every merge conflict that git left in the text, as errors that say which lines it holds (PLR3001). Empty where there is none. */
export function conflictErrors(text: string, file: string): readonly Diagnostic[] {
  return findMergeConflicts(text).map((conflict) =>
    lockError('PLR3001', { file, line: conflict.start, column: 1 }, [], mergeConflictWords(conflict), MERGE_WITH_BASE),
  );
}
