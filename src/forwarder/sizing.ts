import type { Engine } from '../model';

/** KiB in a GiB. */
const GIB = 1024 * 1024;

/** What the machines' own arithmetic (sizing.sh) begins with, beside the memory of a session. */
export const SIZING = {
  /** MiB that the system itself takes. */
  system_mib: 256,
  /** Sessions that the smallest machine takes. */
  fewest: 500,
  /** Sessions that the largest takes: two open files each stay below Linux' 1,048,576 for one program. */
  most: 500_000,
  /** Connections beyond those of sessions, for the ready port and the counters: they answer when sessions are refused. */
  reserve: 512,
  /** Entries that the kernel's table of connections has at least: twice as many as one address of a target can take. */
  fewest_entries: 131_072,
} as const;

/** What a session costs, and what bounds the sessions with one target. */
interface SessionCost {
  /** Memory that a busy session takes at most, in KiB. */
  readonly kib: number;
  /** Sessions that a machine holds with one target, of as many as its memory holds. */
  readonly withOneTarget: (sessions: number) => number;
}

/** Two buffers of 32 KiB, and 16 for structures and sockets, as measured (docs/sizing.md); the rest is other targets'. */
const PROXY: SessionCost = { kib: 80, withOneTarget: (sessions) => Math.trunc((sessions * 4) / 5) };

const COSTS: Readonly<Record<Engine, SessionCost>> = {
  haproxy: PROXY,
  nginx: PROXY,
  // What an entry of the kernel takes, rounded up. It holds more of them than a target has ports for.
  nftables: { kib: 1, withOneTarget: () => SIZING.fewest_entries / 2 },
};

/** Memory that a busy session takes at most, in KiB. */
export function sessionKib(engine: Engine): number {
  return COSTS[engine].kib;
}

/**
 * Sessions that a machine of a size holds with one target: what sizing.sh finds on it, as far as it can be told from the
 * memory that its size has by name; the machine itself sees some percent less.
 */
export function sessionsWithOneTarget(engine: Engine, memoryGiB: number): number {
  const { kib, withOneTarget } = COSTS[engine];
  const room = Math.trunc((memoryGiB * GIB - SIZING.system_mib * 1024) / 2 / kib);
  return withOneTarget(Math.min(Math.max(room, SIZING.fewest), SIZING.most));
}
