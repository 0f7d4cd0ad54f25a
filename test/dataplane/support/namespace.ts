import type { ChildProcess } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import type { Ended, Processes } from '../../terraform/support/processes';
import { until } from './until';

/** What a command in a namespace gets besides its arguments. */
export interface CommandOptions {
  readonly cwd?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly input?: string;
}

/**
 * A network namespace that lives as long as one process: it has no name in the file system, so nothing of it is left when
 * its processes are gone.
 */
export class Namespace {
  public readonly label: string;
  private readonly processes: Processes;
  private readonly holder: ChildProcess;

  private constructor(label: string, processes: Processes, holder: ChildProcess) {
    this.label = label;
    this.processes = processes;
    this.holder = holder;
  }

  /** A new one whose loopback is up. */
  public static async create(processes: Processes, label: string): Promise<Namespace> {
    // `cat` ends when its input does: also where nobody is left to end it.
    const holder = processes.start('unshare', ['-n', '--', 'cat'], { env: process.env, stdin: 'pipe' });
    const namespace = new Namespace(label, processes, holder);
    const own = readlinkSync('/proc/self/ns/net');
    await until(`the namespace ${label}`, () => readlinkSync(namespace.path) !== own);
    await namespace.must(['ip', 'link', 'set', 'lo', 'up']);
    return namespace;
  }

  public get pid(): number {
    if (this.holder.pid === undefined) throw new Error(`the namespace ${this.label} was not made`);
    return this.holder.pid;
  }

  /** Where the kernel shows it. */
  public get path(): string {
    return `/proc/${this.pid}/ns/net`;
  }

  /** Starts a command in it. */
  public start(command: readonly string[], options: CommandOptions & { stdin?: 'pipe' | 'ignore' } = {}): ChildProcess {
    const { cwd, env, stdin } = options;
    return this.processes.start('nsenter', this.entered(command), {
      env: env ?? process.env,
      ...(cwd === undefined ? {} : { cwd }),
      ...(stdin === undefined ? {} : { stdin }),
    });
  }

  /** Runs a command in it to its end. */
  public run(command: readonly string[], options: CommandOptions = {}): Promise<Ended> {
    const { cwd, env, input } = options;
    return this.processes.run('nsenter', this.entered(command), {
      env: env ?? process.env,
      ...(cwd === undefined ? {} : { cwd }),
      ...(input === undefined ? {} : { input }),
    });
  }

  /** As `run`. @returns the output @throws Error where the command fails */
  public async must(command: readonly string[], options: CommandOptions = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(command, options);
    if (code !== 0) throw new Error(`${command.join(' ')} in ${this.label} ended with ${code}\n${stdout}${stderr}`);
    return stdout;
  }

  /** Sets the namespace's own kernel switches. */
  public async sysctl(values: Readonly<Record<string, string | number>>): Promise<void> {
    await this.must(['sysctl', '-q', '-w', ...Object.entries(values).map(([key, value]) => `${key}=${value}`)]);
  }

  /** Loads nftables rules, all or none. */
  public async nft(rules: string): Promise<void> {
    await this.must(['nft', '-f', '-'], { input: rules });
  }

  private entered(command: readonly string[]): string[] {
    return [`--net=${this.path}`, '--', ...command];
  }
}
