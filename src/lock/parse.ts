import type { core } from 'zod/mini';
import type { Diagnostic, Lock, Position, ValuePath } from '../model';
import { conflictErrors } from './conflicts';
import { contradictions } from './consistency';
import { lockError, MERGE_WITH_BASE, TAKE_BACK } from './diagnostics';
import { type Places, readPlaces } from './positions';
import { allowedWords, lockSchema } from './schema';
import { serializeLock } from './serialize';

/** What reading a lock gave: the lock where nothing is wrong with it, else every error. */
export interface ParsedLock {
  readonly lock?: Lock;
  readonly diagnostics: readonly Diagnostic[];
}

/** The lock of a router that was never planned. */
export const EMPTY_LOCK: Lock = { version: 1, routers: {} };

/**
 * Reads a lock's text. Errors: merge conflicts (PLR3001), no JSON (PLR3002), a newer version (PLR3003), a value of the
 * wrong form (PLR3004), a key that stands twice (PLR3005), content that contradicts itself (PLR3006 to
 * PLR3011, PLR3014, PLR3015).
 * @param file the name of the file in the messages
 */
export function parseLock(text: string, file: string): ParsedLock {
  const conflicts = conflictErrors(text, file);
  if (conflicts.length > 0) return { diagnostics: conflicts };
  const value = parseJson(text);
  if (value === undefined) return { diagnostics: [syntaxError(text, file)] };
  const newer = newerVersionErrors(value, text, file);
  if (newer.length > 0) return { diagnostics: newer };
  const checked = lockSchema.safeParse(value);
  if (checked.success) return checkContent(text, file, checked.data);
  return { diagnostics: schemaErrors(checked.error.issues, readPlaces(text, file)) };
}

function checkContent(text: string, file: string, lock: Lock): ParsedLock {
  const found = contradictions(lock);
  // What this program wrote holds no key twice; only another text has to be read with its positions.
  if (found.length === 0 && text.replaceAll('\r\n', '\n') === serializeLock(lock)) return { lock, diagnostics: [] };
  const places = readPlaces(text, file);
  const duplicates = places.duplicates.map(({ path, places: at }) =>
    lockError(
      'PLR3005',
      at[1] ?? places.locate(path),
      path,
      `"${path.at(-1)}" stands ${at.length} times here, first at line ${at[0]?.line}; a key may stand once`,
      MERGE_WITH_BASE,
    ),
  );
  const unusable = places.unusable.map(({ path, place }) => unknownKey(path, place));
  if (duplicates.length + unusable.length > 0) return { diagnostics: [...duplicates, ...unusable] };
  const errors = found.map(({ code, path, other, message, fix }) => {
    const first = other === undefined ? '' : ` (the other is at line ${places.locate(other).line})`;
    return lockError(code, places.locate(path), path, `${message}${first}`, fix);
  });
  return errors.length > 0 ? { diagnostics: errors } : { lock, diagnostics: [] };
}

/** The value of a JSON text; undefined where it is none. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function syntaxError(text: string, file: string): Diagnostic {
  if (text.trim() === '') {
    return lockError(
      'PLR3002',
      { file, line: 1, column: 1 },
      [],
      'the lock is empty; a lock is a JSON document',
      TAKE_BACK,
    );
  }
  const reason = jsonReason(text);
  const yaml = reason.offset === undefined ? readPlaces(text, file).syntaxError?.place : undefined;
  const place = yaml ?? { file, ...lineAndColumn(text, reason.offset ?? 0) };
  return lockError('PLR3002', place, [], `the lock is not JSON: ${reason.message}`, TAKE_BACK);
}

/** What JSON's own reader says, and where, as far as it tells. */
function jsonReason(text: string): { readonly message: string; readonly offset: number | undefined } {
  try {
    JSON.parse(text);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const offset = /at position (\d+)/.exec(message)?.[1];
    if (offset !== undefined)
      return { message: message.replace(/(?: in JSON)? at position \d+.*$/s, ''), offset: Number(offset) };
    return { message, offset: message.includes('end of JSON') ? text.length : undefined };
  }
  return { message: 'it has no value', offset: 0 };
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}

function versionOf(value: unknown): number | undefined {
  if (typeof value !== 'object' || value === null || !('version' in value)) return undefined;
  return typeof value.version === 'number' ? value.version : undefined;
}

/** The error of a lock that a newer version of this program wrote (PLR3003); empty where it is none. */
export function newerVersionErrors(value: unknown, text: string, file: string): readonly Diagnostic[] {
  const version = versionOf(value);
  if (version === undefined || version <= 1) return [];
  return [
    lockError(
      'PLR3003',
      readPlaces(text, file).locate(['version']),
      ['version'],
      `the lock has version ${version}; this program knows version 1`,
      'Install the version of privatelink-router that wrote the lock, and run it everywhere that this lock is used.',
    ),
  ];
}

function schemaErrors(issues: readonly core.$ZodIssue[], places: Places): readonly Diagnostic[] {
  return issues.flatMap((issue) =>
    expand(issue).map(({ path, message }) =>
      lockError('PLR3004', places.locate(path), path, `${path.join('.') || 'the lock'}: ${message}`, TAKE_BACK),
    ),
  );
}

function unknownKey(path: ValuePath, place: Position): Diagnostic {
  return lockError('PLR3004', place, path, `${path.join('.')}: this key is not known`, TAKE_BACK);
}

function expand(issue: core.$ZodIssue): readonly { readonly path: ValuePath; readonly message: string }[] {
  const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...path, key], message: 'this key is not known' }));
  }
  return [{ path, message: allowedWords(issue) }];
}
