import {
  closeSync,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError } from '../errors';
import { type Diagnostic, decodeText, type Lock } from '../model';
import { lockError, TAKE_BACK } from './diagnostics';
import { EMPTY_LOCK, type ParsedLock, parseLock } from './parse';
import { serializeLock } from './serialize';
import { type LockSides, parseSides } from './sides';

const MOST_LINKS = 40;

/** Reads the lock of a file; the empty lock where there is none. An unreadable file is PLR3012, a text in an unknown encoding PLR3002, the rest as `parseLock`. */
export function readLock(file: string): ParsedLock {
  const { text, diagnostics } = readText(file);
  if (text !== undefined) return parseLock(text, file);
  return diagnostics.length > 0 ? { diagnostics } : { lock: EMPTY_LOCK, diagnostics };
}

/** Reads the sides that git merged into a lock, as `parseSides`, with the text; none where there is no file. Errors as of `readLock`. */
export function readSides(file: string): LockSides & { readonly text: string } {
  const { text, diagnostics } = readText(file);
  if (text !== undefined) return { ...parseSides(text, file), text };
  return diagnostics.length > 0 ? { diagnostics, text: '' } : { sides: [], diagnostics: [], text: '' };
}

/** The text of a file; undefined, and no error, where there is none. */
function readText(file: string): { readonly text?: string; readonly diagnostics: readonly Diagnostic[] } {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { diagnostics: [] };
    const fix = 'Look at the permissions of the file and its folder.';
    return { diagnostics: [lockError('PLR3012', file, [], `the lock cannot be read: ${reasonOf(error)}`, fix)] };
  }
  const text = decodeText(bytes);
  if (text !== undefined) return { text, diagnostics: [] };
  return { diagnostics: [lockError('PLR3002', file, [], 'the lock is neither UTF-8 nor UTF-16 text', TAKE_BACK)] };
}

/**
 * Writes the lock so that a process killed at any moment leaves the old file or the new one, whole: a file beside it is
 * written, brought to the disk and renamed. A symbolic link stays one, the mode is kept, and a file that says the same
 * already is not touched.
 * @returns true where the file changed
 * @throws InputError (PLR3013) where the operating system refuses
 */
export function writeLock(file: string, lock: Lock): boolean {
  try {
    return writeAtomically(followLinks(file), serializeLock(lock));
  } catch (error) {
    const fix = 'Look at the permissions of the folder and at the space left on the disk.';
    const message = `the lock cannot be written, the old one is as it was: ${reasonOf(error)}`;
    throw new InputError([lockError('PLR3013', file, [], message, fix)]);
  }
}

function writeAtomically(file: string, text: string): boolean {
  const old = statSync(file, { throwIfNoEntry: false });
  if (old !== undefined && readFileSync(file, 'utf8') === text) return false;
  const { descriptor, path } = openBeside(file);
  try {
    try {
      writeAll(descriptor, Buffer.from(text, 'utf8'));
      if (old !== undefined) fchmodSync(descriptor, old.mode & 0o7777);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(path, file);
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
  syncFolder(dirname(file));
  return true;
}

/** A new file in the same folder: a rename is atomic within one file system only. */
function openBeside(file: string): { readonly descriptor: number; readonly path: string } {
  for (let attempt = 0; ; attempt += 1) {
    const path = join(dirname(file), `.${basename(file)}.${process.pid}-${attempt}.tmp`);
    try {
      return { descriptor: openSync(path, 'wx', 0o666), path };
    } catch (error) {
      // A killed process with the same number may have left one behind.
      if (codeOf(error) !== 'EEXIST') throw error;
    }
  }
}

function writeAll(descriptor: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(descriptor, bytes, written);
  }
}

/** The rename itself is lost in a power cut unless the folder is brought to the disk too; not every system allows it. */
function syncFolder(folder: string): void {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(folder, 'r');
    fsyncSync(descriptor);
  } catch (error) {
    if (!['EISDIR', 'EPERM', 'EACCES', 'EINVAL', 'ENOTSUP'].includes(codeOf(error) ?? '')) throw error;
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

/** Where a symbolic link leads, also one to a file that does not exist yet: the link must not be replaced by the file. */
function followLinks(file: string): string {
  let path = file;
  for (let links = 0; lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink(); links += 1) {
    if (links === MOST_LINKS) throw new Error(`too many symbolic links at ${file}`);
    path = resolve(dirname(path), readlinkSync(path));
  }
  return path;
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
