import { readSides } from '../lock';
import type { Diagnostic, Inventory, Lock } from '../model';
import { type LockEdit, mergeLocks } from '../planner';
import { lockAgainst } from './against';

/** A lock that is to be settled against the one of a commit or file. */
export interface Merging {
  /** The base's lock, which the changes are told against; undefined where the merged file cannot be read. */
  readonly lock?: Lock;
  /** The merged file as it is; empty where there is none. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
  readonly edit: (before: Lock, inventory: Inventory) => LockEdit;
}

/**
 * Reads what `lock --base` settles: the lock beside the inventory, with or without conflicts, and the base's.
 * @param reference a commit, a branch, or a lock's file
 * @throws AgainstError where it is none of them; InputError where the lock there cannot be read
 */
export async function readMerging(lockFile: string, reference: string): Promise<Merging> {
  const base = await lockAgainst(reference, lockFile, '--base');
  const { text, sides, diagnostics } = readSides(lockFile);
  return {
    ...(sides === undefined ? {} : { lock: base }),
    text,
    diagnostics,
    edit: (before, inventory) => mergeLocks({ base: before, sides: sides ?? [], inventory, reference }),
  };
}
