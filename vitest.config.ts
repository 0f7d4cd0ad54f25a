import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { pathWithPython } from './scripts/python-tools';
import { LacksReporter } from './test/support/lacks-reporter';
import { LongestFiles } from './test/support/longest-files';
import { LongestFirst } from './test/support/longest-first';
import { RUNS_FACTOR } from './test/support/runs';

process.env.PATH = pathWithPython(process.env.PATH);

/** Milliseconds: ten minutes, and as many times more as there are more samples. */
const LIMIT = 600_000 * RUNS_FACTOR;

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Most of the time is Terraform's providers waiting: files run side by side also where there are few cores.
    maxWorkers: Math.max(3, availableParallelism()),
    sequence: { sequencer: LongestFirst },
    // Limits, never measures: they end a run that hangs. A machine with other work is twenty times slower than a quiet one.
    testTimeout: LIMIT,
    hookTimeout: LIMIT,
    expect: { poll: { timeout: 60_000 } },
    // What skipped tests lack and which files took longest comes before the runner's own summary, which is last.
    reporters: [new LacksReporter(), new LongestFiles(), 'default'],
  },
});
