import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { prepareTool } from '../../scripts/python-tools';

const TOOL = { folder: 'tool', requirement: 'tool==1', proof: 'import tool' };

describe('a tool of Python', () => {
  let scratch = '';
  const log = (): string[] => readFileSync(join(scratch, 'log'), 'utf8').trim().split('\n');

  /** A python3 that makes environments whose own python3 installs and imports as it is told; a line of the log for each call. */
  function python(behaviour: {
    readonly venv?: number;
    readonly pip?: number;
    readonly proof?: number;
  }): NodeJS.ProcessEnv {
    const bin = join(scratch, 'bin');
    mkdirSync(bin, { recursive: true });
    const lines = [
      '#!/bin/sh',
      `echo "$*" >>${join(scratch, 'log')}`,
      'case "$*" in',
      `  "-m venv"*) [ ${behaviour.venv ?? 0} = 0 ] || { echo "ensurepip is not available" >&2; exit 1; }`,
      '    mkdir -p "$4/bin" && cp "$0" "$4/bin/python3" ;;',
      `  "-m pip"*) [ ${behaviour.pip ?? 0} = 0 ] || { echo "no answer" >&2; echo "No matching distribution" >&2; exit 1; } ;;`,
      `  "-c"*) exit ${behaviour.proof ?? 0} ;;`,
      'esac',
    ];
    writeFileSync(join(bin, 'python3'), `${lines.join('\n')}\n`, { mode: 0o755 });
    return { PATH: [bin, '/usr/bin', '/bin'].join(delimiter) };
  }

  beforeEach(() => {
    scratch = mkdtempSync(join(tmpdir(), 'plr-python-'));
    writeFileSync(join(scratch, 'log'), '');
  });
  afterEach(() => rmSync(scratch, { recursive: true, force: true }));

  it('is prepared once, and then nothing is asked any more', () => {
    const env = python({});
    const cache = join(scratch, 'cache');
    expect(prepareTool(TOOL, cache, env)).toEqual({ ready: true, made: true });
    expect(log().filter((line) => line.startsWith('-m'))).toEqual([
      `-m venv --clear ${join(cache, 'tool')}`,
      expect.stringMatching(/^-m pip install .* tool==1$/),
    ]);
    const calls = log().length;
    expect(prepareTool(TOOL, cache, env)).toEqual({ ready: true, made: false });
    expect(log()).toHaveLength(calls);
  });

  it('is prepared anew where another version is wanted, or where its Python is gone', () => {
    const env = python({});
    const cache = join(scratch, 'cache');
    prepareTool(TOOL, cache, env);
    rmSync(join(cache, 'tool', 'bin', 'python3'));
    expect(prepareTool(TOOL, cache, env)).toEqual({ ready: true, made: true });
    const later = { ...TOOL, requirement: 'tool==2' };
    const lines = log().length;
    prepareTool(later, cache, env);
    expect(log().length).toBeGreaterThan(lines);
    expect(prepareTool(later, cache, {})).toEqual({ ready: true, made: false });
  });

  it('that was prepared by hand is taken as it is', () => {
    const env = python({});
    const cache = join(scratch, 'cache');
    prepareTool(TOOL, cache, env);
    rmSync(join(cache, 'tool', 'prepared'));
    expect(prepareTool(TOOL, cache, env)).toEqual({ ready: true, made: false });
  });

  it.each([
    [{ venv: 1 }, 'python3 -m venv failed (on Debian: the package python3-venv): ensurepip is not available'],
    [{ pip: 1 }, 'pip install tool==1 failed: No matching distribution'],
    [{ proof: 1 }, 'tool==1 does not run: it said nothing'],
  ])('that cannot be had, %o, leaves nothing behind and says why', (behaviour, why) => {
    const cache = join(scratch, 'cache');
    expect(prepareTool(TOOL, cache, python(behaviour))).toEqual({ ready: false, why });
    expect(existsSync(join(cache, 'tool'))).toBe(false);
  });

  it('needs Python', () => {
    expect(prepareTool(TOOL, join(scratch, 'cache'), { PATH: scratch })).toEqual({
      ready: false,
      why: 'python3 not found',
    });
  });
});
