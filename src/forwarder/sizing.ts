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

/**
 * Memory that a busy session takes at most, in KiB: two buffers of 32 and 16 for its structures and sockets, as measured
 * (docs/sizing.md). Of nftables it is what the kernel's entry takes, rounded up.
 */
export const SESSION_KIB: Readonly<Record<Engine, number>> = { haproxy: 80, nginx: 80, nftables: 1 };

/**
 * Sessions that a machine of a size holds with one target: what sizing.sh finds on it, as far as it can be told from the
 * memory that Azure names; the machine itself sees some percent less. nftables holds more than a target has ports for.
 */
export function sessionsWithOneTarget(engine: Engine, memoryGiB: number): number {
  const room = Math.trunc((memoryGiB * GIB - SIZING.system_mib * 1024) / 2 / SESSION_KIB[engine]);
  const sessions = Math.min(Math.max(room, SIZING.fewest), SIZING.most);
  return engine === 'nftables' ? SIZING.fewest_entries / 2 : Math.trunc((sessions * 4) / 5);
}
