import { existsSync, readdirSync, readFileSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until';

/** All of ours begin so; the number of the process that made it follows. */
const PREFIX = 'plr-';

/**
 * A system's own control groups: two machines in one group would take each other's services for their own. The name says
 * who made it.
 */
export function controlGroupName(machine: string): string {
  return `${PREFIX}${process.pid}-${machine}`;
}

/** The folders in which this process may make groups that systemd uses: its own one in each hierarchy. */
export function controlGroupParents(): readonly string[] {
  const lines = readFileSync('/proc/self/cgroup', 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const [, controllers = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? [];
    if (controllers === 'name=systemd') return [join('/sys/fs/cgroup/systemd', path)];
    if (controllers !== '') return [];
    const unified = '/sys/fs/cgroup/unified';
    return [join(existsSync(unified) ? unified : '/sys/fs/cgroup', path)];
  });
}

function removeTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeTree(join(folder, entry.name));
  }
  rmdirSync(folder);
}

/** Removes a system's groups; its processes must have ended. */
export async function removeControlGroups(name: string): Promise<void> {
  for (const parent of controlGroupParents()) {
    const folder = join(parent, name);
    if (!existsSync(folder)) continue;
    // The kernel lets go of a group a moment after its last process.
    await until(`the control group ${name} to be empty`, () => {
      if (existsSync(folder)) removeTree(folder);
      return true;
    });
  }
}

/** Removes what runs that were killed have left. */
export function sweepControlGroups(): void {
  for (const parent of controlGroupParents()) {
    for (const entry of readdirSync(parent)) {
      const maker = new RegExp(`^${PREFIX}(\\d+)-`).exec(entry)?.[1];
      if (maker === undefined || existsSync(`/proc/${maker}`)) continue;
      try {
        removeTree(join(parent, entry));
      } catch {
        // Its processes are just ending; the next run finds it.
      }
    }
  }
}
