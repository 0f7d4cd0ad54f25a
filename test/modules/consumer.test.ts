import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MODULES as DEFINITIONS } from '../../src/modules';
import type { Lack } from '../support/lacks';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { Terraform } from './support/terraform';

const ROOT = resolve(__dirname, '..', '..');
const MODULES = DEFINITIONS.map(({ name }) => name).sort();
const CONSUMER = join(ROOT, 'examples', 'cdktf-consumer');

/** The framework's command is four hundred megabytes, and only this needs it. */
function commandLacking(): readonly Lack[] {
  if (process.env.REQUIRE_TERRAFORM === '1' || existsSync(join(CONSUMER, 'node_modules', 'cdktf-cli'))) return [];
  return [{ what: 'cdktf-cli', get: 'run npm ci --ignore-scripts in examples/cdktf-consumer (400 MB)' }];
}

/** Names of the variables whose type is no object. */
function plainInputs(variables: string): readonly string[] {
  const found = variables.matchAll(/^variable "(\w+)" \{\n(?: {2}description = .*\n) {2}type\s+= (.*)$/gm);
  const plain = /^(string|number|bool|(list|set|map)\(string\))$/;
  return [...found].flatMap(([, name = '', type = '']) => (plain.test(type) ? [name] : []));
}

function camelCase(name: string): string {
  return name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

interface Framework {
  readonly terraformModules: readonly { readonly name: string; readonly source: string }[];
}

describe.each([
  ['this project', ROOT],
  ['the app of somebody else', CONSUMER],
])('the bindings of %s', (_, folder) => {
  it('are those of every module', () => {
    const { terraformModules } = JSON.parse(readFileSync(join(folder, 'cdktf.json'), 'utf8')) as Framework;
    expect(terraformModules.map(({ name, source }) => [name, resolve(folder, source)])).toEqual(
      MODULES.map((name) => [name, join(ROOT, 'modules', name)]),
    );
  });
});

describeUnless([...lacking(['terraform']), ...commandLacking()], 'an app of somebody else', () => {
  const terraform = new Terraform(['aws', 'azurerm', 'databricks', 'dns']);
  afterAll(() => terraform.remove());
  let app = '';

  function must(command: string, ...args: readonly string[]): string {
    const { code, output } = terraform.command(app, command, args);
    if (code !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${code}\n${output}`);
    return output;
  }

  beforeAll(() => {
    // Beside each other as in a checkout, so that the relative sources lead where they lead there.
    const checkout = terraform.root();
    cpSync(terraform.modules(), join(checkout, 'modules'), { recursive: true });
    app = join(checkout, 'examples', 'cdktf-consumer');
    mkdirSync(app, { recursive: true });
    const left = /[\\/](node_modules|\.gen|cdktf\.out|out)$/;
    cpSync(CONSUMER, app, { recursive: true, filter: (path) => !left.test(path) });
    if (existsSync(join(CONSUMER, 'node_modules'))) {
      cpSync(join(CONSUMER, 'node_modules'), join(app, 'node_modules'), { recursive: true, verbatimSymlinks: true });
    } else {
      must('npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline');
    }
  });

  it('gets typed bindings of the modules, without any registry', () => {
    must('npm', 'run', 'get');
    const bindings = readFileSync(join(app, '.gen', 'modules', 'aws-privatelink-router.ts'), 'utf8');
    expect(bindings).toContain('readonly subnetIds: string[];');
    expect(bindings).toContain('readonly deletionProtection?: boolean;');
    for (const name of MODULES) {
      const text = readFileSync(join(app, '.gen', 'modules', `${name}.ts`), 'utf8');
      const inputs = plainInputs(readFileSync(join(terraform.modules(), name, 'variables.tf'), 'utf8'));
      expect(inputs.length).toBeGreaterThan(3);
      for (const input of inputs) expect(text, input).toMatch(new RegExp(`readonly ${camelCase(input)}\\??: (?!any)`));
    }
  });

  it('is built, and makes stacks that terraform takes', () => {
    must('npm', 'run', 'build');
    must('npm', 'run', 'synth');
    for (const stack of ['analytics-aws', 'analytics-azure']) {
      const folder = join(app, 'cdktf.out', 'stacks', stack);
      terraform.must(folder, 'init', '-input=false', '-no-color');
      expect(terraform.must(folder, 'validate', '-no-color')).toContain('The configuration is valid');
    }
  });

  it('is refused by the compiler where it gives something else', () => {
    const main = join(app, 'main.ts');
    const text = readFileSync(main, 'utf8');
    writeFileSync(main, text.replace("vpcId: 'vpc-0a1b2c3d4e5f60718'", 'vpcId: 2'));
    const { code, output } = terraform.command(app, 'npm', ['run', 'build']);
    writeFileSync(main, text);
    expect(code).not.toBe(0);
    expect(output).toContain("Type 'number' is not assignable to type 'string'");
  });
});
