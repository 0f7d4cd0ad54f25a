import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PROVIDER_REQUIREMENTS } from '../../../src/bindings';
import { hclValue, type ModuleDefinition, writeModules } from '../../../src/modules';
import { chooseProviders, mirrors, type ProviderName, writeCliConfig } from '../../terraform/support/providers';

/** Arguments of one call of a module; a text in `Raw` is an expression. */
export type Arguments = Readonly<Record<string, unknown>>;

/** An expression of Terraform where a value stands. */
export class Raw {
  public constructor(public readonly expression: string) {}
}

export interface CallsOptions {
  readonly definition: ModuleDefinition;
  readonly calls: Readonly<Record<string, Arguments>>;
  readonly providers: readonly ProviderName[];
  /** Blocks `mock_provider` and what is overridden, as HCL. */
  readonly mocks: string;
  /** What stands beside the calls, as HCL. @default nothing */
  readonly beside?: string;
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly detail?: string;
  readonly address?: string;
  readonly range?: { readonly filename: string };
}

/** What Terraform says to each call, by the call's name: summary and detail of each error. */
export interface Answers {
  readonly byCall: Readonly<Record<string, readonly string[]>>;
  /** What belongs to no call. */
  readonly others: readonly string[];
}

function argument(value: unknown): string {
  return value instanceof Raw ? value.expression : hclValue(value, '  ');
}

/**
 * Plans many calls of one module at once, with providers that are mocked: as many wrong inputs as there are calls, and one
 * start of Terraform. Each call stands in a file of its own, so that what is said can be told apart.
 */
export function answersTo({ definition, calls, providers, mocks, beside = '' }: CallsOptions): Answers {
  const folder = mkdtempSync(join(tmpdir(), 'plr-calls-'));
  try {
    writeModules(join(folder, 'modules'), [definition]);
    const root = join(folder, 'root');
    mkdirSync(join(root, 'tests'), { recursive: true });
    for (const [name, given] of Object.entries(calls)) {
      const lines = Object.entries(given).map(([key, value]) => `  ${key} = ${argument(value)}\n`);
      const call = `module "${name}" {\n  source = "../modules/${definition.name}"\n${lines.join('')}}\n`;
      writeFileSync(join(root, `${name}.tf`), call);
    }
    // Without it, what is mocked would not be the provider of the calls.
    const required = providers.map(
      (name) => `    ${name} = {\n      source = "${PROVIDER_REQUIREMENTS[name].source}"\n    }\n`,
    );
    const settings = `terraform {\n  required_providers {\n${required.join('')}  }\n}\n`;
    writeFileSync(join(root, 'beside.tf'), `${settings}\n${beside}`);
    writeFileSync(join(root, 'tests', 'calls.tftest.hcl'), `${mocks}\nrun "calls" {\n  command = plan\n}\n`);
    const env = {
      ...process.env,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_CLI_CONFIG_FILE: writeCliConfig(folder, chooseProviders(folder, mirrors(), providers)),
    };
    const terraform = (...args: readonly string[]) =>
      spawnSync('terraform', args, { cwd: root, env, encoding: 'utf8', maxBuffer: 2 ** 28 });
    const init = terraform('init', '-input=false', '-no-color');
    if (init.status !== 0) throw new Error(`terraform init\n${init.stdout}${init.stderr}`);
    const test = terraform('test', '-json');
    return read(test.stdout, test.stderr, Object.keys(calls));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(stdout: string, stderr: string, calls: readonly string[]): Answers {
  const byCall = Object.fromEntries(calls.map((name): [string, string[]] => [name, []]));
  const others: string[] = stderr === '' ? [] : [stderr];
  for (const line of stdout.split('\n').filter((one) => one.startsWith('{'))) {
    const event = JSON.parse(line) as {
      readonly type: string;
      readonly diagnostic?: Diagnostic;
    };
    const said = event.diagnostic;
    if (said === undefined || said.severity !== 'error') continue;
    const text = `${said.summary}: ${said.detail ?? ''}`;
    const call = /^module\.([^.[]+)/.exec(said.address ?? '')?.[1] ?? said.range?.filename.replace(/\.tf$/, '') ?? '';
    (byCall[call] ?? others).push(text);
  }
  return { byCall, others };
}
