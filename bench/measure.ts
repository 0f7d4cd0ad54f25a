import { spawnSync } from 'node:child_process';

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

/** The best of several: the run that the rest of the machine disturbed least. */
export function best(times: number, run: () => number): number {
  return Math.min(...Array.from({ length: times }, run));
}
