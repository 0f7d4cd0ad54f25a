import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { TestModule } from 'vitest/node';
import { LongestFiles, longestFiles } from './longest-files';

const ROOT = resolve(__dirname, '..', '..');

const times = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ file: `test/f${index}.test.ts`, seconds: index / 10 }));

describe('the longest files', () => {
  it('are the first 25, by seconds', () => {
    const [title, ...rows] = (longestFiles(times(30)) ?? '').split('\n');
    expect(title).toBe('Longest of 30 files:');
    expect(rows).toHaveLength(25);
    expect([rows[0], rows.at(-1)]).toEqual(['     2.9 s  test/f29.test.ts', '     0.5 s  test/f5.test.ts']);
  });

  it('are not told where all of them are few', () => {
    expect(longestFiles(times(25))).toBeUndefined();
  });

  it('count imports as well as tests, and are named from the root', () => {
    let said = '';
    const reporter = new LongestFiles((text) => {
      said += text;
    });
    reporter.onInit({ config: { root: '/root' } } as Parameters<LongestFiles['onInit']>[0]);
    const modules = times(26).map(({ file, seconds }) => ({
      moduleId: `/root/${file}`,
      diagnostic: () => ({ collectDuration: 1000, setupDuration: 0, duration: seconds * 1000 }),
    }));
    reporter.onTestRunEnd(modules as unknown as readonly TestModule[]);
    expect(said).toMatch(/^\nLongest of 26 files:\n {5}3\.5 s {2}test\/f25\.test\.ts\n[\s\S]*\n$/);
  });

  it('come once more at the end of the whole run, before the runner’s summary', () => {
    expect(readFileSync(join(ROOT, 'vitest.config.ts'), 'utf8')).toContain('new LongestFiles()');
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toContain("-e '/^Longest of/,/^$/p' -e '/Test Files/,$p'");
  });
});
