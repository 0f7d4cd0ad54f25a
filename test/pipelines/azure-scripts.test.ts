import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { pipelineFiles } from '../../src/pipelines';
import { LARGE } from './support/samples';

const COMMENT = '.azure-pipelines/privatelink-router-comment.mjs';
const text = pipelineFiles('azure-devops', LARGE).find(({ path }) => path === 'azure-pipelines.yml')?.text ?? '';
const { stages } = parse(text) as {
  stages: readonly {
    readonly jobs: readonly { readonly steps: readonly { displayName?: string; bash?: string }[] }[];
  }[];
};
const folder = mkdtempSync(join(tmpdir(), 'plr-azure-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a script of the first job with programs that only note how they were called; npx fails for an environment. */
function run(title: string, failing?: string): { readonly code: number | null; readonly calls: readonly string[] } {
  const script = stages[0]?.jobs[0]?.steps.find(({ displayName }) => displayName === title)?.bash ?? '';
  const bin = mkdtempSync(join(folder, 'bin-'));
  const log = join(bin, 'log');
  writeFileSync(log, '');
  for (const name of ['npx', 'node', 'npm']) {
    const fails = name === 'npx' && failing !== undefined ? `case "$*" in *"--env ${failing} "*) exit 3;; esac` : '';
    writeFileSync(join(bin, name), `#!/bin/sh\necho "${name} $*" >> ${log}\necho "text of $*"\n${fails}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const work = join(folder, 'work');
  mkdirSync(work, { recursive: true });
  const env = { PATH: `${bin}:${process.env.PATH}` };
  const { status } = spawnSync('bash', ['-c', script], { cwd: work, env });
  return { code: status, calls: readFileSync(log, 'utf8').trim().split('\n') };
}

describe('the scripts of the first job', () => {
  it('install, plan every environment even where one is wrong, and comment on each', () => {
    const packages = ['npm ci --ignore-scripts --prefer-offline --no-audit --no-fund'];
    expect(run('Packages')).toEqual({ code: 0, calls: packages });
    expect(run('Ports and what changes').code).toBe(0);
    const wrong = run('Ports and what changes', 'dev');
    expect(wrong.code).toBe(3);
    expect(wrong.calls.map((call) => / plan .* --env (\w+) /.exec(call)?.[1])).toEqual(['dev', 'prod']);
    const comments = ['dev', 'prod'].map((env) => `node ${COMMENT} ports-${env} plan-${env}.md`);
    expect(run('Comment')).toEqual({ code: 0, calls: comments });
  });

  it('stop where an environment cannot be written', () => {
    const { code, calls } = run('Terraform', 'dev');
    expect(code).toBe(3);
    expect(calls).toHaveLength(1);
  });
});
