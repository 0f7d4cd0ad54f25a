import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Lack } from './lacks';

/**
 * A program that `.ci/engines` builds: terraform at the floor of the modules, OpenTofu, the linter of GitHub's workflows.
 * Machines may have the last two on PATH.
 */
export const ENGINES = ['terraform-floor', 'tofu', 'actionlint'] as const;
export type EngineName = (typeof ENGINES)[number];

/** How long a build may take on a busy machine of two cores, in milliseconds: 7 minutes on an idle one. */
const BUILD_LIMIT = 30 * 60_000;

/** The folder that `.ci/engines` fills: `PLR_ENGINES`, by default `.cache/engines`. */
function cache(): string {
  const named = process.env.PLR_ENGINES;
  return resolve(__dirname, '..', '..', named === undefined || named === '' ? join('.cache', 'engines') : named);
}

function runs(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Where a program stands: in the cache, else on PATH; undefined where neither has it. */
export function engine(name: EngineName): string | undefined {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return [cache(), ...onPath].map((folder) => join(folder, name)).find(runs);
}

/** Whether `.ci/engines` is at work; what a killed one left behind does not count. */
function underWay(): boolean {
  try {
    const builder = Number.parseInt(readFileSync(join(cache(), '.building'), 'utf8'), 10);
    return builder > 0 && process.kill(builder, 0);
  } catch {
    return false;
  }
}

/**
 * What is lacking, for `describeUnless`. A program that is being built is not lacking: wait for it with
 * `engineReady` in `beforeAll`.
 */
export function enginesLacking(names: readonly EngineName[]): readonly Lack[] {
  return names
    .filter((name) => engine(name) === undefined && !underWay())
    .map((what) => ({ what, get: 'run .ci/engines, which builds it in minutes, once' }));
}

/**
 * The path of a program, waited for while `.ci/engines` builds it; says so on standard error. Throws when the build ends
 * without it, or after half an hour: give `beforeAll` that time (`ENGINE_WAIT`).
 */
export async function engineReady(name: EngineName): Promise<string> {
  const started = Date.now();
  for (let said = false; ; said = true) {
    // Asked in this order: a build that ends in between has put the program there first.
    const building = underWay();
    const path = engine(name);
    if (path !== undefined) return path;
    if (!building) throw new Error(`${name} not found: .ci/engines builds it`);
    if (Date.now() - started > BUILD_LIMIT) throw new Error(`${name} is still not built after half an hour`);
    if (!said) process.stderr.write(`[engines] waiting for ${name}, which .ci/engines builds\n`);
    await pause(1000);
  }
}

/** The time limit of a `beforeAll` that waits for engines, in milliseconds. */
export const ENGINE_WAIT = BUILD_LIMIT + 60_000;
