import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type ApplyResult, type PlanResult, progressOf, readApply, readPlan } from './events';
import type { KeptProvider } from './kept-provider';
import type { Ended, Processes } from './processes';

/** How terraform is started: the command itself, or one that gives it another resolver first. */
export interface Launcher {
  readonly command: string;
  readonly args: readonly string[];
}

export interface RunOptions {
  /** Further arguments of the command. */
  readonly args?: readonly string[];
  /** Variables laid over the world's; undefined takes one away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** One resource of `terraform show -json` of a plan. */
export interface PlannedChange {
  readonly before: unknown;
  readonly after: unknown;
}

/** A resource in the state, with its instances by address. */
export type StateResources = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

interface RawState {
  readonly outputs?: Readonly<Record<string, { readonly value: unknown }>>;
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly {
      readonly index_key?: string | number;
      readonly attributes: Record<string, unknown>;
    }[];
  }[];
}

/** A folder in which terraform runs, made by copying an emitted stack: what it needs must stand in the copy. */
export class Workspace {
  public readonly folder: string;
  private readonly processes: Processes;
  private readonly launcher: Launcher;
  private readonly env: NodeJS.ProcessEnv;
  private readonly say: (line: string) => void;
  private readonly kept: KeptProvider | undefined;

  public constructor(options: {
    readonly folder: string;
    readonly processes: Processes;
    readonly launcher: Launcher;
    readonly env: NodeJS.ProcessEnv;
    readonly say: (line: string) => void;
    /** A provider that stays between two commands; absent: each command starts its own. */
    readonly kept?: KeptProvider | undefined;
  }) {
    this.folder = options.folder;
    this.processes = options.processes;
    this.launcher = options.launcher;
    this.env = options.env;
    this.say = options.say;
    this.kept = options.kept;
    mkdirSync(this.folder, { recursive: true });
  }

  /** Takes another emission of the stack into the same folder, next to the state. */
  public take(stack: string): void {
    cpSync(stack, this.folder, { recursive: true });
  }

  /** Changes one of its files, as no emission would. */
  public edit(file: string, change: (text: string) => string): void {
    const path = join(this.folder, file);
    const before = readFileSync(path, 'utf8');
    const after = change(before);
    if (after === before) throw new Error(`${file} stays as it is`);
    writeFileSync(path, after);
  }

  /** Another folder in the same condition (initialised, same state), for a plan that must not disturb this one. */
  public fork(folder: string, stack: string): Workspace {
    const { processes, launcher, env, say, kept } = this;
    const copy = new Workspace({ folder, processes, launcher, env, say, kept });
    for (const entry of ['.terraform', '.terraform.lock.hcl', 'terraform.tfstate']) {
      const from = join(this.folder, entry);
      if (existsSync(from)) cpSync(from, join(folder, entry), { recursive: true, verbatimSymlinks: true });
    }
    copy.take(stack);
    return copy;
  }

  /** Any terraform command. */
  public async run(args: readonly string[], options: RunOptions & { readonly input?: string } = {}): Promise<Ended> {
    const started = Date.now();
    const run = (found: Readonly<Record<string, string>>): Promise<Ended> =>
      this.processes.run(this.launcher.command, [...this.launcher.args, ...args, ...(options.args ?? [])], {
        cwd: this.folder,
        env: { ...this.env, ...found, ...options.env },
        ...(options.input === undefined ? {} : { input: options.input }),
        onLine: (line) => {
          const news = progressOf(line);
          if (news !== undefined) this.say(`${basename(this.folder)}: ${news}`);
        },
      });
    const ended = await (this.kept?.serve(args, options.env ?? {}, run) ?? run({}));
    const seconds = ((Date.now() - started) / 1000).toFixed(1);
    this.say(`${basename(this.folder)}: terraform ${args[0]} ended with ${ended.code} after ${seconds} s`);
    return ended;
  }

  /** Runs a command that must succeed. */
  public async must(args: readonly string[], options: RunOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(args, options);
    if (code !== 0) throw new Error(`terraform ${args.join(' ')} ended with ${code}\n${stdout}\n${stderr}`);
    return stdout;
  }

  public async init(options: RunOptions = {}): Promise<void> {
    await this.must(['init', '-input=false', '-no-color'], options);
  }

  public async validate(): Promise<void> {
    await this.must(['validate', '-no-color']);
  }

  /** The plan, read from terraform's own events; kept in `tfplan` for `apply` and `planned`. */
  public async plan(options: RunOptions = {}): Promise<PlanResult> {
    return readPlan(await this.run(['plan', '-json', '-input=false', '-lock=false', '-out=tfplan'], options));
  }

  /** The attributes of each resource before and after the last plan, by address. */
  public async planned(): Promise<Readonly<Record<string, PlannedChange>>> {
    const document = JSON.parse(await this.must(['show', '-json', 'tfplan'])) as {
      resource_changes?: { address: string; change: PlannedChange }[];
    };
    return Object.fromEntries((document.resource_changes ?? []).map(({ address, change }) => [address, change]));
  }

  public async apply(options: RunOptions = {}): Promise<ApplyResult> {
    return readApply(await this.run(['apply', '-json', '-input=false', '-auto-approve'], options));
  }

  public async destroy(options: RunOptions = {}): Promise<ApplyResult> {
    return readApply(await this.run(['destroy', '-json', '-input=false', '-auto-approve'], options));
  }

  /** The attributes in the state, by address. */
  public async state(): Promise<StateResources> {
    const raw = await this.rawState();
    return Object.fromEntries(
      (raw.resources ?? []).flatMap(({ mode, type, name, instances }) =>
        instances.map(({ index_key, attributes }) => {
          const key = index_key === undefined ? '' : `[${JSON.stringify(index_key)}]`;
          return [`${mode === 'data' ? 'data.' : ''}${type}.${name}${key}`, attributes] as const;
        }),
      ),
    );
  }

  public async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const { outputs = {} } = await this.rawState();
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** What an expression comes to, as JSON says it. */
  public async console(expression: string): Promise<unknown> {
    const { code, stdout, stderr } = await this.run(['console'], {
      input: `base64encode(jsonencode(${expression}))\n`,
    });
    if (code !== 0) throw new Error(`terraform console ended with ${code}\n${stderr}`);
    // What is wrong elsewhere in the configuration is told before; the value is one line, in base64 because the console
    // writes rare characters with escapes that JSON does not have.
    const encoded = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as string;
    return JSON.parse(Buffer.from(encoded, 'base64').toString());
  }

  private async rawState(): Promise<RawState> {
    const text = await this.must(['state', 'pull']);
    return text.trim() === '' ? {} : (JSON.parse(text) as RawState);
  }
}
