import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { standings } from '../../scripts/cdktf-tests';
import { ImportGraph } from '../../scripts/import-graph';

describe('the import graph', () => {
  let root = '';
  const write = (file: string, text: string) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  };
  const reach = (text: string) => {
    write('test/one.test.ts', text);
    return new ImportGraph(root).reach('test/one.test.ts');
  };

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'plr-graph-'));
    write('package.json', JSON.stringify({ scripts: { emit: 'npm run build && tsx scripts/emit.ts' } }));
    write('app.json', '{ "app": "npx tsx scripts/emit.ts" }');
    write('scripts/emit.ts', "import '../src';");
    write('src/index.ts', "export * from './low';");
    write('src/low.ts', "import { App } from 'cdktf/lib/app'; import '@cdktf/provider-aws/lib/lb'; void App;");
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  it.each([
    ['an import', "import { a } from '../src/low';"],
    ['a folder', "import { a } from '../src';"],
    ['a re-export', "export * from '../src';"],
    ['an import on demand', "void import('../src/low');"],
    ['require', "require('../src/low');"],
    ['the path of a program', "start('scripts/emit.ts');"],
    ['a path in parts', "start(join(ROOT, 'scripts', 'emit.ts'));"],
    ['a path from the own folder', "start(join(__dirname, '../scripts/emit.ts'));"],
    ['what the build makes of it', "start('node_modules/name/dist/scripts/emit.js');"],
    ['a script of package.json', "run('npm', ['run', 'emit']);"],
    ['a configuration that names a program', "read(join(ROOT, 'app.json'));"],
  ])('follows %s', (_what, text) => {
    const reached = reach(text);
    expect([...reached]).toEqual(expect.arrayContaining(['src/low.ts', 'cdktf', '@cdktf/provider-aws']));
  });

  it.each([
    ['types alone', "import type { a } from '../src/low';"],
    ['a file that is not there', "start('scripts/other.ts');"],
    ['package.json itself', "read(join(ROOT, 'package.json'));"],
    ['a word that is the name of a script', "say('emit');"],
    ['what lies outside', "import '../../src/low';"],
  ])('does not follow %s', (_what, text) => {
    expect([...reach(text)]).toEqual(['test/one.test.ts']);
  });

  it('ends where files lead to each other', () => {
    write('src/low.ts', "import './index';");
    expect([...reach("import '../src';")]).toEqual(['test/one.test.ts', 'src/index.ts', 'src/low.ts']);
  });
});

describe('the tests of this checkout', () => {
  const all = standings(resolve(__dirname, '..', '..'));

  it.each([
    ['test/constructs/shard.test.ts', 'loads'],
    ['test/stacks/main.test.ts', 'loads'],
    ['test/cli/process.test.ts', 'loads'],
    ['test/package.test.ts', 'loads'],
    ['test/terraform/life-cycle.test.ts', 'consumes'],
    ['test/terraform/azure-pools.test.ts', 'consumes'],
    ['test/lock/merge.test.ts', 'apart'],
    ['test/dataplane/haproxy.test.ts', 'apart'],
  ])('%s %s', (file, standing) => {
    expect(all.get(file)).toBe(standing);
  });

  it('run a second time under another cdktf where they stand in the rooms that import it', () => {
    const missed = [...all].filter(([file, standing]) => /^test\/constructs\//.test(file) && standing !== 'loads');
    expect(missed).toEqual([]);
  });
});
