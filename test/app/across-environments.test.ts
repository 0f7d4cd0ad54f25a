import { describe, expect, it } from 'vitest';
import { acrossEnvironments } from '../../src/app';
import type { Diagnostic } from '../../src/model';

const FILE = 'plr.yaml';
const finding = (message: string, file = FILE, line = 3): Diagnostic => ({
  code: 'PLR1320',
  severity: 'warning',
  message,
  file,
  line,
  column: 1,
  path: 'routers.r',
  fix: 'Do something.',
});

describe('the findings of several environments', () => {
  it('tell what the inventory shows once, with the environments', () => {
    const found = acrossEnvironments(FILE, [
      { env: 'dev', diagnostics: [finding('The router has no target.'), finding('only here', FILE, 2)] },
      { env: 'prod', diagnostics: [finding('The router has no target.')] },
    ]);
    expect(found.map(({ message, line }) => [line, message])).toEqual([
      [2, 'only here (environment dev)'],
      [3, 'The router has no target (environments dev, prod).'],
    ]);
  });

  it('keep what an overlay shows as it is', () => {
    const own = finding('a', 'plr.dev.yaml');
    const found = acrossEnvironments(FILE, [
      { env: 'dev', diagnostics: [own] },
      { env: 'prod', diagnostics: [] },
    ]);
    expect(found).toEqual([own]);
  });

  it('are left as they are where there is one environment, or none', () => {
    for (const env of ['dev', undefined]) {
      expect(acrossEnvironments(FILE, [{ env, diagnostics: [finding('x')] }])).toEqual([finding('x')]);
    }
  });

  it('name the inventory itself where it is a deployment too', () => {
    const found = acrossEnvironments(FILE, [
      { env: undefined, diagnostics: [finding('a.'), finding('b')] },
      { env: 'dev', diagnostics: [finding('a.')] },
    ]);
    expect(found.map(({ message }) => message)).toEqual([
      'a (environment dev, and without an environment).',
      'b (without an environment)',
    ]);
  });

  it('stay apart where they differ in anything', () => {
    const found = acrossEnvironments(FILE, [
      { env: 'dev', diagnostics: [finding('a')] },
      { env: 'prod', diagnostics: [{ ...finding('a'), severity: 'error' }] },
    ]);
    expect(found.map(({ message }) => message)).toEqual(['a (environment dev)', 'a (environment prod)']);
  });
});
