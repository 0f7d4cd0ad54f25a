import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type Lack, lacksTable, lackWords } from './lacks';

const ROOT = resolve(__dirname, '..', '..');
const TOFU: Lack = { what: 'tofu', get: 'run .ci/engines' };
const ACTIONLINT: Lack = { what: 'actionlint', get: 'run .ci/engines' };
const HAPROXY: Lack = { what: 'haproxy', get: 'install it' };

describe('what is lacking', () => {
  it('is told once for all tests, those that are had in the same way together', () => {
    expect(lacksTable([[TOFU], [TOFU, ACTIONLINT], [HAPROXY, TOFU], [], [HAPROXY]])).toBe(
      [
        'Skipped: 4 tests. This machine lacks what they need:',
        '  actionlint, tofu (3 tests): run .ci/engines',
        '  haproxy (2 tests): install it',
      ].join('\n'),
    );
  });

  it('is nothing where no test lacks anything', () => {
    expect(lacksTable([])).toBeUndefined();
    expect(lacksTable([[]])).toBeUndefined();
  });

  it('is the message of a test that may not be skipped', () => {
    expect(lackWords([TOFU, HAPROXY])).toBe('tofu not found (run .ci/engines); haproxy not found (install it)');
  });
});

describe('a run of a suite that lacks something', () => {
  const TEST = `import { expect, it } from 'vitest';
import { describeUnless } from '${ROOT}/test/terraform/support/gate';
it('needs nothing', () => expect(1).toBe(1));
describeUnless([{ what: 'haproxy', get: 'install it' }], 'a proxy', () => {
  it('starts', () => expect(1).toBe(2));
  it('ends', () => expect(1).toBe(2));
});
`;

  /** The runner as `npm test` starts it, in a folder that has this file alone. */
  function run(env: Readonly<Record<string, string>>, ...args: readonly string[]) {
    const folder = mkdtempSync(join(tmpdir(), 'plr-lacks-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'one.test.ts'), TEST);
    writeFileSync(
      join(folder, 'vitest.config.ts'),
      `import config from '${ROOT}/vitest.config';\nexport default { test: { ...config.test, include: ['*.test.ts'], sequence: {} } };\n`,
    );
    const kept = Object.entries(process.env).filter(
      ([name]) => !/^(VITEST|REQUIRE_TERRAFORM|CI$|TEST$|NODE_ENV)/.test(name),
    );
    const command = [join(ROOT, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...args];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, {
      cwd: folder,
      encoding: 'utf8',
      env: { ...Object.fromEntries(kept), NO_COLOR: '1', ...env },
    });
    return { status, stdout, output: `${stdout}${stderr}` };
  }

  it('is green, and says what is lacking before its summary, which is last', () => {
    const { status, stdout, output } = run({});
    expect({ status, output: status === 0 ? '' : output }).toEqual({ status: 0, output: '' });
    expect(output).toContain('Skipped: 2 tests. This machine lacks what they need:\n  haproxy (2 tests): install it\n');
    expect(stdout.indexOf('install it')).toBeLessThan(stdout.indexOf('Test Files'));
    expect(stdout).toMatch(/Tests {2}1 passed \| 2 skipped \(3\)[\s\S]*Duration[^\n]*\n*$/);
  });

  it('says nothing of the kind where tests were asked for by name', () => {
    const { status, output } = run({}, '-t', 'needs nothing');
    expect(status).toBe(0);
    expect(output).not.toContain('This machine lacks');
  });

  it('fails where everything has to be there', () => {
    const { status, output } = run({ REQUIRE_TERRAFORM: '1' });
    expect(status).toBe(1);
    expect(output).toContain('haproxy not found (install it)');
    expect(output).not.toContain('This machine lacks');
  });
});

it('no test is skipped in a way that the list at the end does not know', () => {
  const files = readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.test.ts') || /\/(traffic|support)\/.*\.ts$/.test(name),
  );
  expect(files.length).toBeGreaterThan(100);
  const skips = files.filter((name) =>
    /\b(describe|it|test)(\.\w+)*\.(skip|skipIf|runIf|todo|only)\b|\.skip\(/.test(
      readFileSync(join(ROOT, 'test', name), 'utf8'),
    ),
  );
  expect(skips).toEqual([join('terraform', 'support', 'gate.ts')]);
});
