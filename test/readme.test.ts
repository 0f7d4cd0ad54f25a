import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(__dirname, '..');
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
const scripts = (JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> })
  .scripts;

describe('README', () => {
  it('names two commands that are the ones that run', () => {
    const block = /## Try it[\s\S]*?```console\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
    const commands = block.trim().split('\n');
    expect(commands).toEqual(['npm ci && npm run example', 'npm ci && npm test']);
    for (const script of ['example', 'test']) expect(scripts).toHaveProperty(script);
    expect(readFileSync(join(ROOT, '.ci/run'), 'utf8')).toMatch(/^npm test\b/m);
  });

  it('has the second command prepare by itself what CI runs', () => {
    expect(scripts.pretest).toBe('tsx scripts/prepare-tests.ts');
    const ci = readFileSync(join(ROOT, '.ci/run'), 'utf8');
    for (const other of ['venv', 'pip install', 'schemas', 'vitest']) expect(ci).not.toContain(other);
    for (const command of ['.ci/engines', '.ci/run', '.ci/long', '.ci/cdktn']) {
      expect(readme).toContain(`\`${command}`);
      expect(statSync(join(ROOT, command)).mode & 0o111, command).not.toBe(0);
    }
  });

  it('shows only commands that exist', async () => {
    const { buildProgram } = await import('../src/cli');
    const known = new Set(buildProgram().commands.map((command) => command.name()));
    const shown = [...readme.matchAll(/privatelink-router (\w+)/g)].map((match) => match[1] ?? '');
    expect(shown.length).toBeGreaterThan(5);
    for (const name of shown) expect(known, `privatelink-router ${name}`).toContain(name);
  });

  it('links to files that exist', () => {
    const links = [...readme.matchAll(/\]\((?!#|http)([^)#]+)/g)].map((match) => match[1] ?? '');
    expect(links.length).toBeGreaterThan(3);
    for (const link of links) expect(existsSync(join(ROOT, link)), link).toBe(true);
  });

  it('names presets and keys that the schema knows', () => {
    const schema = readFileSync(join(ROOT, 'schema/privatelink-router.schema.json'), 'utf8');
    for (const key of [
      'renamedFrom',
      'securityGroupIds',
      'portStrategy',
      'resolvers',
      'approval',
      'teardown',
      'listenPort',
      'idleTimeout',
    ]) {
      expect(readme).toContain(key);
      expect(schema).toContain(`"${key}"`);
    }
  });
});
