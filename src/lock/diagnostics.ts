import type { lockCodes } from '../errors/lock-codes';
import type { Diagnostic, Position, ValuePath } from '../model';

/** A code of this room. */
export type LockCode = keyof typeof lockCodes;

/** What to do where two branches wrote one lock. */
export const MERGE_WITH_BASE =
  'Run `privatelink-router lock --base REF`, where REF is the branch or commit whose lock is applied: what that lock has stays as it is, and what the other side gave out beside it gets a free place where it needs one.';

/** What to do where the lock cannot be trusted at all. */
export const TAKE_BACK = 'Take the file back from version control, then run `privatelink-router lock`.';

/** What a check of the lock's content says; the place is added by whoever holds the text. */
export interface LockFinding {
  readonly code: LockCode;
  readonly path: ValuePath;
  /** The other place that it contradicts, where there is one. */
  readonly other?: ValuePath;
  readonly message: string;
  readonly fix: string;
}

/** An error about the lock, with the place where it is known. */
export function lockError(
  code: LockCode,
  place: string | Position,
  path: ValuePath,
  message: string,
  fix: string,
): Diagnostic {
  const position = typeof place === 'string' ? { file: place } : place;
  return { code, severity: 'error', message, ...position, path: path.join('.'), fix };
}
