import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, it } from 'vitest';
import { controlGroupParents, sweepControlGroups } from './support/control-groups';
import { describeTraffic } from './support/gate';

describeTraffic('machines of a run that was killed', () => {
  it('are gone, disk and all, and the next run takes their control groups away', async () => {
    const script = join(__dirname, 'support', 'abandoned-machine.ts');
    const run = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    if (run.stdout === null) throw new Error('no output');
    const [line] = (await once(createInterface({ input: run.stdout }), 'line')) as [string];
    const { address, leader, folder, group } = JSON.parse(line) as Record<string, unknown>;
    const groups = controlGroupParents().map((parent) => join(parent, String(group)));
    const left = (): boolean[] => [existsSync(`/proc/${leader}`), existsSync(String(folder))];
    expect(address).toBe(true);
    expect([...left(), ...groups.map((path) => existsSync(path))]).toEqual([true, true, ...groups.map(() => true)]);
    run.kill('SIGKILL');
    await expect.poll(left).toEqual([false, false]);
    await expect
      .poll(
        () => {
          sweepControlGroups();
          return groups.filter((path) => existsSync(path));
        },
        { timeout: 60_000 },
      )
      .toEqual([]);
  });
});
