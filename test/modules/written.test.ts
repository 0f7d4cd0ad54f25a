import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { InputError } from '../../src/errors';
import { MODULES, MODULES_VERSION, publishTrees, repositoryName, writeModules } from '../../src/modules';
import { filesBelow } from '../../src/modules/files';

const COMMITTED = resolve(__dirname, '..', '..', 'modules');
const scratch = mkdtempSync(join(tmpdir(), 'plr-modules-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(scratch, 'run-'));
});

const contents = (root: string) =>
  Object.fromEntries(filesBelow(root).map((path) => [path, readFileSync(join(root, path), 'utf8')]));

describe('the modules that are committed', () => {
  it.each(MODULES.map(({ name }) => name))('%s is what the program writes: npm run modules', (name) => {
    writeModules(folder, MODULES);
    expect(contents(join(COMMITTED, name))).toEqual(contents(join(folder, name)));
  });

  it('are all of them, and nothing else stands there', () => {
    const names = new Set(filesBelow(COMMITTED).map((path) => path.split('/')[0]));
    expect([...names].sort()).toEqual(MODULES.map(({ name }) => name).sort());
  });
});

describe('tests of modules', () => {
  it('run what the source makes: the committed modules, which may be older, are read where they are compared', () => {
    const tests = resolve(__dirname, '..');
    const readers = filesBelow(tests)
      .filter((path) => path.endsWith('.ts'))
      .filter((path) => /('\.\.'|\bROOT|\broot), 'modules'/.test(readFileSync(join(tests, path), 'utf8')));
    // The bindings' settings, the release, and this file compare.
    expect(readers).toEqual(['modules/consumer.test.ts', 'modules/written.test.ts']);
  });
});

describe.each(MODULES)('module $name', (definition) => {
  it('configures no provider and keeps no state', () => {
    writeModules(folder, MODULES);
    const root = join(folder, definition.name);
    const sections = Object.keys(JSON.parse(readFileSync(join(root, 'main.tf.json'), 'utf8')));
    expect(sections.filter((section) => !['//', 'locals', 'data', 'resource'].includes(section))).toEqual([]);
    for (const file of ['variables.tf', 'outputs.tf', 'versions.tf']) {
      expect(readFileSync(join(root, file), 'utf8')).not.toMatch(/^\s*(provider|backend|cloud) /m);
    }
  });

  it('has a type, a description and either its key in the inventory or a reason for each input', () => {
    const names = definition.inputs.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const input of definition.inputs) {
      expect(input.name).toMatch(/^[a-z][a-z0-9_]*$/);
      expect(input.description, input.name).toMatch(/^\S.{10,}[.)…]$/s);
      expect([input.inventory, input.own].filter((one) => one !== undefined).length, input.name).toBe(1);
      expect(
        input.default === null && input.nullable !== true,
        `${input.name}: null by default, but not nullable`,
      ).toBe(false);
    }
  });

  it('has a README with every input and output, and examples that call it', () => {
    writeModules(folder, MODULES);
    const root = join(folder, definition.name);
    const readme = readFileSync(join(root, 'README.md'), 'utf8');
    for (const { name } of [...definition.inputs, ...definition.outputs]) expect(readme).toContain(`| \`${name}\` |`);
    for (const { title } of definition.notes) expect(readme).toContain(`\n## ${title}\n`);
    for (const example of ['basic', 'complete']) {
      expect(readFileSync(join(root, 'examples', example, 'main.tf'), 'utf8')).toMatch(
        /^ {2}source\s+= "\.\.\/\.\."$/m,
      );
    }
    expect(existsSync(join(root, 'LICENSE'))).toBe(true);
  });

  it('has a changelog that begins with the version of all modules', () => {
    const changelog = readFileSync(join(definition.files, 'CHANGELOG.md'), 'utf8');
    expect(/^## (.+)$/m.exec(changelog)?.[1]).toBe(MODULES_VERSION);
  });
});

describe('writing modules', () => {
  it('takes away what was generated before and is no more, and leaves what somebody else put there', () => {
    writeModules(folder, MODULES);
    const root = join(folder, 'databricks-ncc-private-endpoints');
    const main = join(root, 'main.tf.json');
    const marked = JSON.parse(readFileSync(main, 'utf8'));
    marked['//']['privatelink-router'].files.push('old/gone.tf', '../outside.txt');
    writeFileSync(main, JSON.stringify(marked));
    mkdirSync(join(root, 'old'));
    writeFileSync(join(root, 'old', 'gone.tf'), '');
    writeFileSync(join(root, 'mine.tf'), 'mine');
    writeFileSync(join(folder, 'outside.txt'), 'outside');
    writeModules(folder, MODULES);
    expect(existsSync(join(root, 'old'))).toBe(false);
    expect(readFileSync(join(root, 'mine.tf'), 'utf8')).toBe('mine');
    expect(readFileSync(join(folder, 'outside.txt'), 'utf8')).toBe('outside');
  });

  it('refuses to overwrite what was not generated here, names every such file, and writes nothing', () => {
    const root = join(folder, 'databricks-ncc-private-endpoints');
    mkdirSync(root);
    writeFileSync(join(root, 'variables.tf'), '# mine\n');
    writeFileSync(join(root, 'main.tf.json'), '{"locals": {}}');
    const thrown = (() => {
      try {
        writeModules(folder, MODULES);
      } catch (error) {
        return error;
      }
      return undefined;
    })();
    expect(thrown).toBeInstanceOf(InputError);
    const { diagnostics } = thrown as InputError;
    expect(diagnostics.map(({ code, message }) => [code, message.includes(root)])).toEqual([
      ['PLR6001', true],
      ['PLR6001', true],
    ]);
    expect(filesBelow(folder).length).toBe(2);
  });
});

describe('repositories for a registry', () => {
  it('are named as registries want them, with the module at the root', () => {
    publishTrees(folder, MODULES, 'acme');
    for (const definition of MODULES) {
      const root = join(folder, `terraform-${definition.provider}-${definition.registryName}`);
      expect(repositoryName(definition)).toMatch(/^terraform-(aws|azurerm|databricks)-[a-z-]+$/);
      const files = filesBelow(root);
      for (const file of ['main.tf.json', 'README.md', 'LICENSE', 'CHANGELOG.md', '.spacelift/config.yml']) {
        expect(files).toContain(file);
      }
    }
  });

  it('take their neighbours from the registry, in a range of this major version', () => {
    publishTrees(folder, MODULES, 'registry.example.com/acme');
    const texts = filesBelow(folder)
      .filter((path) => /examples\/.*\.tf$/.test(path))
      .map((path) => readFileSync(join(folder, path), 'utf8'));
    expect(texts.filter((text) => /"\.\.\/\.\.\/\.\.\//.test(text) || text.includes('published as'))).toEqual([]);
    const [major, minor] = MODULES_VERSION.split('.');
    const neighbours = texts.flatMap((text) => [
      ...text.matchAll(/source\s+= "(registry\.example\.com[^"]+)"\n\s+version = "([^"]+)"/g),
    ]);
    const plain = mkdtempSync(join(scratch, 'plain-'));
    writeModules(plain, MODULES);
    const wanted = filesBelow(plain)
      .filter((path) => /examples\/.*\.tf$/.test(path))
      .flatMap((path) => [...readFileSync(join(plain, path), 'utf8').matchAll(/"\.\.\/\.\.\/\.\.\//g)]);
    expect(neighbours.length).toBe(wanted.length);
    for (const [, source, version] of neighbours) {
      expect(source).toMatch(/^registry\.example\.com\/acme\/[a-z-]+\/(aws|azurerm|databricks)$/);
      expect(version).toBe(`~> ${major}.${minor}`);
    }
  });

  it("have test cases of Spacelift's for each example, and the version", () => {
    publishTrees(folder, MODULES, 'acme');
    for (const definition of MODULES) {
      const root = join(folder, repositoryName(definition));
      const config = parse(readFileSync(join(root, '.spacelift/config.yml'), 'utf8')) as {
        module_version: string;
        tests: { name: string; project_root: string }[];
      };
      // Its reference knows these keys alone, and passes over others in silence.
      expect(Object.keys(config)).toEqual(['version', 'module_version', 'test_defaults', 'tests']);
      for (const test of config.tests) expect(Object.keys(test)).toEqual(['name', 'project_root']);
      expect(config.module_version).toBe(MODULES_VERSION);
      expect(config.module_version).toMatch(/^\d+\.\d+\.\d+$/);
      const roots = filesBelow(root).flatMap((path) => /^(examples\/[^/]+)\/main\.tf$/.exec(path)?.[1] ?? []);
      expect(config.tests.map((one) => one.project_root)).toEqual(roots);
      expect(new Set(config.tests.map(({ name }) => name)).size).toBe(roots.length);
    }
  });
});
