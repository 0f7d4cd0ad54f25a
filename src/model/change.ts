import type { Cloud } from './clouds';

/** What a lock changes against another one, by target. */
export interface LockChange {
  readonly router: string;
  readonly target: string;
  readonly change: 'added' | 'removed' | 'moved' | 'changed';
  readonly from: Readonly<Record<string, unknown>>;
  readonly to: Readonly<Record<string, unknown>>;
}

/** What clients notice of a change, the worst first. */
export const CLIENT_NOTICES = ['reach another target', 'lose access', 'interrupted', 'nothing'] as const;

/**
 * What clients notice of a change: another database answers on a port that they dial; a port or a name that they dial no
 * longer answers; sessions that are open are cut once; nothing.
 */
export type ClientNotice = (typeof CLIENT_NOTICES)[number];

/** What an entry of `changes` is about: a target, a shard, the router itself, its NCC, or the machines that forward. */
export const CHANGE_SUBJECTS = ['router', 'shard', 'machines', 'ncc', 'target'] as const;

export type ChangeSubject = (typeof CHANGE_SUBJECTS)[number];

/** What happens to it. `changed` is in place; `moved` is a target on another port or shard. */
export const CHANGE_KINDS = ['added', 'removed', 'destroyed', 'moved', 'replaced', 'changed'] as const;

export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** One thing that a plan changes against another plan, or against a lock. */
export interface PlanChange {
  readonly router: string;
  readonly cloud: Cloud;
  readonly about: ChangeSubject;
  /** The target's present name, or its last one; only of entries about targets. */
  readonly target?: string;
  /** The listener port that clients of the target dial, before the change where it has two; only of entries about targets. */
  readonly listenerPort?: number;
  /** `s1`; only of entries about shards. */
  readonly shard?: string;
  /** `p1`; only of entries about machines that concern one pool. */
  readonly pool?: string;
  readonly change: ChangeKind;
  readonly clients: ClientNotice;
  /** The word for what is different: `tags`, `teardown`, `listener port`; a path where no word is known. */
  readonly what: string;
  /** The values that differ, as they were and as they will be, with those beside them that say what is meant; what is absent is not set. */
  readonly from: Readonly<Record<string, unknown>>;
  readonly to: Readonly<Record<string, unknown>>;
}

/** What a list of changes comes from: two whole plans, two locks, or nothing that could be compared. */
export const COMPARED = ['plans', 'locks', 'nothing'] as const;

export type Compared = (typeof COMPARED)[number];
