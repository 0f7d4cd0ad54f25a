import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { engine, engineReady, enginesLacking } from './engines';

let cache = '';
const program = (folder: string, name: string, mode = 0o755) =>
  writeFileSync(join(folder, name), '#!/bin/sh\n', { mode });

beforeEach(() => {
  cache = mkdtempSync(join(tmpdir(), 'plr-engines-'));
  vi.stubEnv('PLR_ENGINES', cache);
  vi.stubEnv('PATH', '');
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(cache, { recursive: true, force: true });
});

it('finds a program in the cache before the one on PATH, and nothing that cannot be run', () => {
  expect(engine('tofu')).toBeUndefined();
  program(cache, 'tofu', 0o644);
  expect(engine('tofu')).toBeUndefined();
  const path = mkdtempSync(join(cache, 'path-'));
  program(path, 'tofu');
  vi.stubEnv('PATH', path);
  expect(engine('tofu')).toBe(join(path, 'tofu'));
  rmSync(join(cache, 'tofu'));
  program(cache, 'tofu');
  expect(engine('tofu')).toBe(join(cache, 'tofu'));
});

it('says what is lacking, unless it is being built', () => {
  program(cache, 'actionlint');
  expect(enginesLacking(['actionlint', 'tofu'])).toMatchObject([
    { what: 'tofu', get: expect.stringContaining('.ci/engines') },
  ]);
  writeFileSync(join(cache, '.building'), `${process.pid}\n`);
  expect(enginesLacking(['actionlint', 'tofu'])).toEqual([]);
});

it('waits for a program that is being built, and no longer than the build', async () => {
  await expect(engineReady('tofu')).rejects.toThrow('tofu not found');
  writeFileSync(join(cache, '.building'), `${process.pid}\n`);
  const waiting = engineReady('tofu');
  program(cache, 'tofu');
  rmSync(join(cache, '.building'));
  await expect(waiting).resolves.toBe(join(cache, 'tofu'));
  rmSync(join(cache, 'tofu'));
  writeFileSync(join(cache, '.building'), '');
  await expect(engineReady('tofu')).rejects.toThrow('tofu not found');
});
