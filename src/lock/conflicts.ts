import { type Diagnostic, findMergeConflicts, mergeConflictWords } from '../model';
import { lockError } from './diagnostics';

/** Every merge conflict that git left in the text, as errors that say which lines it holds (PLR3001). Empty where there is none. */
export function conflictErrors(text: string, file: string): readonly Diagnostic[] {
  return findMergeConflicts(text).map((conflict) =>
    lockError(
      'PLR3001',
      { file, line: conflict.start, column: 1 },
      [],
      mergeConflictWords(conflict),
      'Keep the side that has been applied, delete the markers and the other side, then run `privatelink-router lock`: it adds again what the other side had added.',
    ),
  );
}
