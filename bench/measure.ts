import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What one run of a process took, its children's share included. */
export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Peak memory of the largest single process, in KiB. */
  readonly peakKib: number;
}

// getrusage(RUSAGE_CHILDREN) adds up the processor time of all that was waited for, and knows the largest of them; Node has
// no such call for its children, so a few lines of Python stand between.
const WRAPPER = `
import json, resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
wall = time.monotonic() - start
used = resource.getrusage(resource.RUSAGE_CHILDREN)
if done.returncode != 0:
    sys.stderr.buffer.write(done.stderr)
    sys.exit(done.returncode)
print(json.dumps({"wallSeconds": wall, "cpuSeconds": used.ru_utime + used.ru_stime, "peakKib": used.ru_maxrss}))
`;

/** Runs a command to its end. @throws Error with the command's own words where it fails. */
export function measure(command: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Usage {
  const done = spawnSync('python3', ['-c', WRAPPER, ...command], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    encoding: 'utf8',
  });
  if (done.status !== 0) throw new Error(`${command.join(' ')} failed:\n${done.stderr}`);
  return JSON.parse(done.stdout) as Usage;
}

/** The same while this process goes on: for a command that is answered by a server in here. */
export async function measureAside(
  command: readonly string[],
  options: { cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<Usage> {
  const child = spawn('python3', ['-c', WRAPPER, ...command], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [out, complaint] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
  if (child.exitCode !== 0) throw new Error(`${command.join(' ')} failed:\n${complaint}`);
  return JSON.parse(out) as Usage;
}

/** The best of several: the run that the rest of the machine disturbed least. */
export function best(times: number, run: () => number): number {
  return Math.min(...Array.from({ length: times }, run));
}
