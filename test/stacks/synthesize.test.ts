import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { InputError } from '../../src/errors';
import { synthesize } from '../../stacks';
import { fiveTargets, plan, router, shard } from '../constructs/support/plans';

let outdir: string;
beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), 'plr-out-'));
});
afterEach(() => rmSync(outdir, { recursive: true }));

const named = (name: string, env?: string) =>
  router([shard(1, fiveTargets())], {
    name,
    deployment: env === undefined ? name : `${name}-${env}`,
    ...(env === undefined ? {} : { env }),
  });
const stack = (name: string, ...rest: string[]) => join(outdir, 'stacks', name, ...rest);
const fileOf = (name: string) => stack(name, 'cdk.tf.json');

describe('synthesize', () => {
  it('writes one file for each router and says which', () => {
    expect(synthesize(plan(named('one'), named('two')), outdir)).toEqual([
      join(outdir, 'manifest.json'),
      fileOf('one'),
      fileOf('two'),
    ]);
    expect(readdirSync(stack('one'))).toEqual(['cdk.tf.json']);
    expect(JSON.parse(readFileSync(fileOf('one'), 'utf8'))['//']).toEqual({ 'privatelink-router': { router: 'one' } });
  });

  it('makes the folders on the way', () => {
    const deep = join(outdir, 'a', 'b');
    expect(synthesize(plan(named('one')), deep)).toContain(join(deep, 'stacks', 'one', 'cdk.tf.json'));
  });

  it('gives the same bytes for the same plan, in any folder, in one process or several', () => {
    synthesize(plan(named('one')), outdir);
    const first = readFileSync(fileOf('one'), 'utf8');
    const manifest = readFileSync(join(outdir, 'manifest.json'), 'utf8');
    const other = mkdtempSync(join(tmpdir(), 'plr-other-'));
    try {
      synthesize(plan(named('zero'), named('one')), other);
      synthesize(plan(named('one')), other);
      expect(readFileSync(join(other, 'stacks', 'one', 'cdk.tf.json'), 'utf8')).toBe(first);
      expect(readFileSync(join(other, 'manifest.json'), 'utf8')).toBe(manifest);
    } finally {
      rmSync(other, { recursive: true });
    }
    expect(first.endsWith('}\n')).toBe(true);
    expect(first).not.toContain(tmpdir());
  });

  it('writes a manifest by which cdktf finds the stacks, with relative paths', () => {
    synthesize(plan(named('one')), outdir);
    expect(JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')).stacks).toEqual({
      one: expect.objectContaining({
        name: 'one',
        synthesizedStackPath: join('stacks', 'one', 'cdk.tf.json'),
        workingDirectory: join('stacks', 'one'),
      }),
    });
  });
});

describe('a router that went away', () => {
  it('takes its generated file and its empty folder along', () => {
    synthesize(plan(named('one'), named('two')), outdir);
    synthesize(plan(named('one')), outdir);
    expect(readdirSync(join(outdir, 'stacks'))).toEqual(['one']);
  });

  it('leaves what a user or terraform put beside it', () => {
    synthesize(plan(named('one'), named('two')), outdir);
    mkdirSync(stack('two', '.terraform'));
    writeFileSync(stack('two', 'terraform.tfstate'), '{}');
    writeFileSync(stack('one', '.terraform.lock.hcl'), '# kept');
    synthesize(plan(named('one')), outdir);
    expect(readdirSync(stack('two')).sort()).toEqual(['.terraform', 'terraform.tfstate']);
    expect(readFileSync(stack('one', '.terraform.lock.hcl'), 'utf8')).toBe('# kept');
  });

  it('may be the last one', () => {
    synthesize(plan(named('one')), outdir);
    synthesize(plan(), outdir);
    expect(readdirSync(join(outdir, 'stacks'))).toEqual([]);
  });

  it('is one of the same environment: stacks of others stay', () => {
    synthesize(plan(named('one', 'dev'), named('two', 'dev')), outdir);
    synthesize(plan(named('one', 'prod')), outdir);
    expect(readdirSync(join(outdir, 'stacks')).sort()).toEqual(['one-dev', 'one-prod', 'two-dev']);
    synthesize(plan(), outdir, { env: 'dev' });
    expect(readdirSync(join(outdir, 'stacks'))).toEqual(['one-prod']);
  });
});

describe('what was not generated here', () => {
  it('is never removed', () => {
    for (const [name, text] of [
      ['a', '{"terraform":{}}'],
      ['b', 'not json'],
      ['c', '{"//":{"metadata":{}}}'],
      ['d', 'null'],
    ] as const) {
      mkdirSync(stack(name), { recursive: true });
      writeFileSync(fileOf(name), text);
    }
    mkdirSync(stack('empty'));
    writeFileSync(stack('README'), 'mine');
    synthesize(plan(named('one')), outdir);
    expect(readdirSync(join(outdir, 'stacks')).sort()).toEqual(['README', 'a', 'b', 'c', 'd', 'empty', 'one']);
  });

  it('is never overwritten either: an error names every such file, and nothing is written', () => {
    mkdirSync(stack('one'), { recursive: true });
    writeFileSync(fileOf('one'), '{"terraform":{}}');
    const attempt = () => synthesize(plan(named('one'), named('two')), outdir);
    expect(attempt).toThrow(InputError);
    try {
      attempt();
    } catch (error) {
      const [diagnostic, ...more] = (error as InputError).diagnostics;
      expect(diagnostic).toMatchObject({ code: 'PLR5001', severity: 'error' });
      expect(diagnostic?.message).toContain(fileOf('one'));
      expect(more).toEqual([]);
    }
    expect(readFileSync(fileOf('one'), 'utf8')).toBe('{"terraform":{}}');
    expect(existsSync(stack('two'))).toBe(false);
  });
});
