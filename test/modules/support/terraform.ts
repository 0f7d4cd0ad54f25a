import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODULES, writeModules } from '../../../src/modules';
import { chooseProviders, mirrors, type ProviderName, writeCliConfig } from '../../terraform/support/providers';

/** What terraform said, line by line, of a command with `-json`. */
interface Event {
  readonly '@level'?: string;
  readonly diagnostic?: {
    readonly severity: string;
    readonly summary: string;
    readonly detail: string;
    readonly range?: { readonly filename: string; readonly start: { readonly line: number } };
  };
}

interface Ended {
  readonly code: number | null;
  /** Both streams. */
  readonly output: string;
}

/** A call of a module with arguments as HCL expressions, by name. */
export type Arguments = Readonly<Record<string, string>>;

/** Terraform in folders of its own, with the providers of this machine and without any credentials or server. */
export class Terraform {
  public readonly folder = mkdtempSync(join(tmpdir(), 'plr-module-'));
  private readonly env: NodeJS.ProcessEnv;
  private next = 0;

  public constructor(providers: readonly ProviderName[]) {
    const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|DATABRICKS_|ARM_|TF_|PLR_)/.test(name));
    this.env = {
      ...Object.fromEntries(kept),
      TF_CLI_CONFIG_FILE: writeCliConfig(this.folder, chooseProviders(this.folder, mirrors(), providers)),
      TF_IN_AUTOMATION: '1',
      CHECKPOINT_DISABLE: '1',
    };
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A folder with all modules beside each other, made of the source: what is committed may be older. Written once. */
  public modules(): string {
    const folder = join(this.folder, 'modules');
    if (!existsSync(folder)) writeModules(folder, MODULES);
    return folder;
  }

  /** A new folder with these files. */
  public root(files: Readonly<Record<string, string>> = {}): string {
    this.next += 1;
    const folder = join(this.folder, `root-${this.next}`);
    mkdirSync(folder);
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    return folder;
  }

  public run(folder: string, ...args: readonly string[]): Ended {
    return this.command(folder, 'terraform', args);
  }

  /** Any command, in the same environment. */
  public command(folder: string, command: string, args: readonly string[]): Ended {
    const ended = spawnSync(command, args, { cwd: folder, env: this.env, encoding: 'utf8', maxBuffer: 1 << 28 });
    return { code: ended.status, output: `${ended.stdout}${ended.stderr}` };
  }

  public must(folder: string, ...args: readonly string[]): string {
    const { code, output } = this.run(folder, ...args);
    if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}\n${output}`);
    return output;
  }

  /**
   * What a plan says of calls of a module: the errors of each, as `summary: detail` in one line. A call of which nothing is
   * said is not in the answer. All of them are in one run, and those of which it says nothing once more, since resources
   * are not looked at where a variable of any module is refused.
   *
   * @param head what else the configuration holds, such as providers
   */
  public errorsOf(module: string, head: string, calls: Readonly<Record<string, Arguments>>): Record<string, string[]> {
    const said = this.errorsOfRun(module, head, calls);
    const rest = Object.fromEntries(Object.entries(calls).filter(([name]) => said[name] === undefined));
    if (Object.keys(said).length === 0 || Object.keys(rest).length === 0) return said;
    return { ...said, ...this.errorsOf(module, head, rest) };
  }

  private errorsOfRun(
    module: string,
    head: string,
    calls: Readonly<Record<string, Arguments>>,
  ): Record<string, string[]> {
    const lines = head.split('\n');
    const callOfLine = new Map<number, string>();
    for (const [name, args] of Object.entries(calls)) {
      const block = [
        `module ${JSON.stringify(name)} {`,
        `  source = ${JSON.stringify(join(this.modules(), module))}`,
        ...Object.entries(args).map(([argument, expression]) => `  ${argument} = ${expression.replaceAll('\n', ' ')}`),
        '}',
      ];
      for (const line of block) {
        lines.push(line);
        callOfLine.set(lines.length, name);
      }
    }
    const folder = this.root({ 'main.tf': `${lines.join('\n')}\n` });
    this.must(folder, 'init', '-input=false', '-no-color');
    const { output } = this.run(folder, 'plan', '-json', '-input=false', '-refresh=false', '-lock=false');
    const said: Record<string, string[]> = {};
    for (const line of output.split('\n').filter((one) => one.startsWith('{'))) {
      const { diagnostic } = JSON.parse(line) as Event;
      if (diagnostic?.severity !== 'error') continue;
      const { filename = '', start } = diagnostic.range ?? {};
      // Of a variable, the argument's place is told; of a resource, the place in the module, of which each call has a copy.
      const copy = /^\.terraform\/modules\/([\w-]+)\//.exec(filename)?.[1];
      const name = copy ?? (filename === 'main.tf' ? callOfLine.get(start?.line ?? 0) : undefined) ?? '';
      said[name] = [...(said[name] ?? []), `${diagnostic.summary}: ${diagnostic.detail}`.replace(/\s+/g, ' ').trim()];
    }
    return said;
  }
}
