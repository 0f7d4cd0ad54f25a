import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it } from 'vitest';

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('what a test run has started', () => {
  it.each(['SIGKILL', 'SIGINT', 'SIGTERM'] as const)(
    'is gone after %s, children and folder included',
    async (signal) => {
      const script = join(__dirname, 'support', 'abandoned.ts');
      const child: ChildProcess = spawn(process.execPath, ['--import', 'tsx', script], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      if (child.stdout === null) throw new Error('no output');
      const [line] = (await once(createInterface({ input: child.stdout }), 'line')) as [string];
      const { folder, pids } = JSON.parse(line) as { folder: string; pids: number[] };
      expect(pids.map(runs)).toEqual([true, true]);
      expect(existsSync(folder)).toBe(true);
      child.kill(signal);
      await expect.poll(() => [...pids.map(runs), existsSync(folder)]).toEqual([false, false, false]);
    },
  );
});
