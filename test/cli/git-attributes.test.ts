import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PIPELINES } from '../../src/pipelines';
import { BuiltCommand, Scratch } from './harness';

const FILE = 'privatelink-router.yaml';
const scratch = new Scratch();
let command: BuiltCommand;

beforeAll(() => {
  command = new BuiltCommand();
});
afterAll(() => {
  command?.remove();
  scratch.remove();
});

const git = (cwd: string, ...args: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', ...args], {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

/** Commits everything, ignored files too, and clones as Git for Windows does. @returns the clone */
function windowsClone(folder: string): string {
  git(folder, 'init', '-q', '-b', 'main');
  git(folder, 'add', '--all', '--force');
  git(folder, 'commit', '-q', '-m', 'all of it');
  const clone = join(scratch.folder(), 'clone');
  git(folder, 'clone', '-q', '-c', 'core.autocrlf=true', folder, clone);
  return clone;
}

function must(folder: string, ...args: readonly string[]): void {
  expect(command.run(folder, args)).toMatchObject({ code: 0, stderr: expect.not.stringContaining('error') });
}

/** An Azure starter with a backend, whose stack has the files that the forwarders run. */
function starter(): string {
  const folder = scratch.folder();
  must(folder, 'init', '--cloud', 'azure');
  const file = join(folder, FILE);
  const text = readFileSync(file, 'utf8')
    .replace(/# (?=terraform:| {2}backend:| {4}azurerm:)/g, '')
    .replace('{router}.tfstate', '{env}/{router}.tfstate');
  writeFileSync(file, text);
  return folder;
}

const files = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8', withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .filter((path) => !path.startsWith('.git/'))
    .sort();

function changed(folder: string, clone: string): readonly string[] {
  return files(folder).filter((path) => !readFileSync(join(folder, path)).equals(readFileSync(join(clone, path))));
}

/** Files of which no program reads the bytes: words for people, and what npm and git read with either line end. */
const HARMLESS = ['.gitattributes', '.gitignore', 'package.json', 'privatelink-router.schema.json'];

describe('a clone with core.autocrlf', () => {
  it('has the bytes of inventory, lock and stack that init was run for', () => {
    const folder = starter();
    expect(existsSync(join(folder, '.gitattributes'))).toBe(true);
    writeFileSync(join(folder, 'privatelink-router.prod.yaml'), 'tags: { environment: prod }\n');
    writeFileSync(join(folder, 'deploy.sh'), '#!/bin/sh\necho deploy\n');
    writeFileSync(join(folder, 'notes.txt'), 'of nobody\n');
    must(folder, 'synth');
    must(folder, 'lock', '--env', 'prod');
    expect(files(folder).filter((path) => path.includes('/forwarder/')).length).toBeGreaterThan(10);
    const clone = windowsClone(folder);
    // The control: without a line of its own a file comes out otherwise.
    expect(changed(folder, clone)).toContain('notes.txt');
    expect(changed(folder, clone).filter((path) => !HARMLESS.includes(path))).toEqual(['notes.txt']);
    must(clone, 'synth', '--frozen');
  });

  it.each(PIPELINES)('has the bytes of what %s runs', (kind) => {
    const folder = starter();
    execFileSync('rm', [join(folder, '.gitattributes')]);
    must(folder, 'init', '--pipeline', kind);
    must(folder, 'lock');
    const clone = windowsClone(folder);
    expect(changed(folder, clone).filter((path) => !HARMLESS.includes(path))).toEqual([]);
  });
});

describe('a .gitattributes that is there', () => {
  const OWN = '*.png binary\n';

  it('is left alone, and every line that it lacks is told', () => {
    const folder = scratch.folder({ '.gitattributes': OWN });
    const { stdout } = command.run(folder, ['init']);
    expect(readFileSync(join(folder, '.gitattributes'), 'utf8')).toBe(OWN);
    expect(stdout).not.toContain('wrote .gitattributes');
    const told = stdout.split('\n').filter((line) => line.endsWith(' text eol=lf'));
    expect(told.length).toBeGreaterThan(4);
    // What is told is what does it.
    writeFileSync(join(folder, '.gitattributes'), `${OWN}${told.map((line) => line.trim()).join('\n')}\n`);
    must(folder, 'synth');
    const clone = windowsClone(folder);
    expect(changed(folder, clone).filter((path) => !HARMLESS.includes(path))).toEqual([]);
    // Nothing is left to tell.
    const again = command.run(folder, ['init', 'other/privatelink-router.yaml']);
    expect(again.stdout).toContain('wrote other/.gitattributes');
    execFileSync('rm', [join(folder, FILE)]);
    expect(command.run(folder, ['init']).stdout).not.toContain('eol=lf');
  });

  it.each(['* text=auto eol=lf\n', '* -text\n'])('needs nothing more where it says %j', (text) => {
    const folder = scratch.folder({ '.gitattributes': text });
    expect(command.run(folder, ['init']).stdout).not.toContain('.gitattributes');
    const { stdout } = command.run(folder, ['init', '--pipeline', 'spacelift', '--format', 'json']);
    expect(JSON.parse(stdout)).toMatchObject({ next: expect.not.arrayContaining([expect.stringContaining('eol')]) });
  });

  it('is told in JSON too, by both forms of init', () => {
    const folder = scratch.folder({ '.gitattributes': OWN });
    const first = JSON.parse(command.run(folder, ['init', '--format', 'json']).stdout) as { next: string[] };
    expect(first.next).toContain(`${FILE} text eol=lf`);
    const args = ['init', '--pipeline', 'spacelift', '--format', 'json'];
    const second = JSON.parse(command.run(folder, args).stdout) as { next: string[]; written: string[] };
    expect(second.next).toContain('.spacelift/config.yml text eol=lf');
    expect(second.written).not.toContain('.gitattributes');
  });
});

it.each(['my inventory.yaml', 'a[b]*.yml', '#net work.yaml', '!x.yaml', 'ä "q" \\z.yaml'])(
  'names an inventory called %j so that git understands it',
  (name) => {
    const folder = scratch.folder();
    must(folder, 'init', name);
    git(folder, 'init', '-q');
    const stem = name.replace(/\.ya?ml$/, '');
    const extension = name.slice(stem.length);
    for (const path of [name, `${stem}.prod${extension}`, `${stem}.lock.json`, `${stem}.prod.lock.json`]) {
      const said = git(folder, 'check-attr', '-z', 'eol', '--', path).split('\0');
      expect(said.slice(1, 3), path).toEqual(['eol', 'lf']);
    }
    expect(git(folder, 'check-attr', '-z', 'eol', '--', 'other.yaml').split('\0')[2]).toBe('unspecified');
  },
);
