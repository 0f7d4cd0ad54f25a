import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { TestSpecification, Vitest } from 'vitest/node';
import { LongestFirst, SECONDS } from './longest-first';

const ROOT = resolve(__dirname, '..', '..');

it('names files that there are', () => {
  expect(Object.keys(SECONDS).filter((file) => !existsSync(join(ROOT, file)))).toEqual([]);
});

it('begins with the longest files and leaves the others in their order', async () => {
  const sizes: Readonly<Record<string, number>> = { 'test/big.test.ts': 9, 'test/small.test.ts': 1 };
  const context = {
    config: { root: ROOT },
    cache: {
      getFileTestResults: () => undefined,
      getFileStats: (key: string) => ({ size: sizes[key.replace(/^:/, '')] ?? 0 }),
    },
  };
  const project = { name: '', config: { isolate: true, sequence: { groupOrder: 0 } } };
  const known = Object.keys(SECONDS);
  const [longest = '', , , late = ''] = known;
  const names = ['test/small.test.ts', late, 'test/big.test.ts', longest];
  const files = names.map((name) => ({ project, moduleId: join(ROOT, name) }) as unknown as TestSpecification);
  const sorted = await new LongestFirst(context as unknown as Vitest).sort(files);
  expect(sorted.map(({ moduleId }) => moduleId.slice(ROOT.length + 1))).toEqual([
    longest,
    late,
    'test/big.test.ts',
    'test/small.test.ts',
  ]);
});
