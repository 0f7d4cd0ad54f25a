import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';

const TESTS = resolve(__dirname, '..');

it('no test has a time limit of its own that a busy machine would break', () => {
  const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.test.ts') && !__filename.endsWith(name),
  );
  expect(files.length).toBeGreaterThan(100);
  const limits = files.flatMap((name) => {
    const text = readFileSync(join(TESTS, name), 'utf8');
    // The last argument of a test or hook, the limit of a poll, and that of a property.
    const found = text.matchAll(
      /^\s*\}, [\d_]{4,}\);$|\.(poll|waitFor)\([^\n]*\{ timeout: \d+|interruptAfterTimeLimit/gm,
    );
    return [...found].map(([limit]) => `${name}: ${limit.trim()}`);
  });
  expect(limits.filter((limit) => !/600_000/.test(limit))).toEqual([]);
});
