import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'cdktf';
import type { PlannedRouter } from '../../../src/model';
import { RouterStack } from '../../../stacks';

/** A part of the synthesized JSON. */
export interface Tree {
  readonly [key: string]: unknown;
}

/** The Terraform of one router as the file holds it, after a turn through JSON. */
export function terraformOf(router: PlannedRouter): Tree {
  const outdir = mkdtempSync(join(tmpdir(), 'plr-synth-'));
  try {
    const stack = new RouterStack(new App({ outdir, stackTraces: false }), router);
    stack.runAllValidations();
    return JSON.parse(JSON.stringify(stack.toTerraform()));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** A part of the synthesized JSON, by its keys; fails where it is not there. */
export function at<T = Tree>(tree: unknown, ...keys: readonly string[]): T {
  let value: unknown = tree;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null || !(key in value)) {
      throw new Error(`no ${keys.join(' > ')}: it ends at ${key}`);
    }
    value = (value as Record<string, unknown>)[key];
  }
  return value as T;
}

/** True where the path leads to something. */
export function has(tree: unknown, ...keys: readonly string[]): boolean {
  try {
    at(tree, ...keys);
    return true;
  } catch {
    return false;
  }
}

/** Every resource and data source of the configuration as its address in Terraform, sorted. */
export function addresses(tree: Tree): string[] {
  const of = (section: string, prefix: string): string[] =>
    has(tree, section)
      ? Object.entries(at(tree, section)).flatMap(([type, byName]) =>
          Object.keys(byName as object).map((name) => `${prefix}${type}.${name}`),
        )
      : [];
  return [...of('resource', ''), ...of('data', 'data.')].sort();
}
