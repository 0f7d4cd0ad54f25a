import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { platform } from './platform';
import type { Processes } from './processes';
import type { ProviderChoice } from './providers';

/** The commands that ask a provider for something. */
const ASKING = new Set(['validate', 'plan', 'apply', 'destroy', 'show', 'console', 'import']);

/**
 * A real provider whose processes stay for the next command, as Terraform has it for the debugging of providers. To start one
 * and to check its package anew costs each command more than all that it does for a configuration of ours. Each process serves
 * one command at a time, since a provider has one configuration.
 */
export class KeptProvider {
  private readonly idle: string[] = [];
  private readonly gone = new Set<string>();

  private constructor(
    private readonly processes: Processes,
    private readonly program: string,
    /** The environment that every process of it has, whatever the command's own is. */
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  /** Undefined where the provider is no unpacked program on this machine. */
  public static of(choice: ProviderChoice, processes: Processes, env: NodeJS.ProcessEnv): KeptProvider | undefined {
    const { kind, mirror, source, version, name } = choice;
    if (kind !== 'mirror' || mirror === undefined || version === undefined) return undefined;
    const folder = join(mirror, source, version, platform());
    const program = files(folder).find((file) => file.startsWith(`terraform-provider-${name}`));
    return program === undefined ? undefined : new KeptProvider(processes, join(folder, program), env);
  }

  /**
   * Runs a command with a process of the provider that waits already, or with a new one.
   * @param work gets the variables with which Terraform finds it
   */
  public async serve<T>(
    args: readonly string[],
    own: Readonly<Record<string, string | undefined>>,
    work: (found: Readonly<Record<string, string>>) => Promise<T>,
  ): Promise<T> {
    // What a command gives to the provider by its environment reaches a process of its own alone.
    const apart = Object.keys(own).some((name) => name.startsWith('AWS_'));
    if (apart || !ASKING.has(args[0] ?? '')) return work({});
    const address = this.idle.pop() ?? (await this.start());
    try {
      return await work({ TF_REATTACH_PROVIDERS: address });
    } finally {
      if (!this.gone.has(address)) this.idle.push(address);
    }
  }

  private start(): Promise<string> {
    const child = this.processes.start(this.program, ['-debug'], { env: this.env });
    child.stderr?.resume();
    return new Promise((resolve, reject) => {
      let said = '';
      let address: string | undefined;
      child.stdout?.setEncoding('utf8').on('data', (text: string) => {
        said = address === undefined ? said + text : '';
        address ??= /TF_REATTACH_PROVIDERS='(.*)'/.exec(said)?.[1];
        if (address !== undefined) resolve(address);
      });
      child.once('error', reject);
      child.once('close', (code) => {
        if (address === undefined) reject(new Error(`${this.program} -debug ended with ${code}\n${said}`));
        else this.forget(address);
      });
    });
  }

  private forget(address: string): void {
    this.gone.add(address);
    const index = this.idle.indexOf(address);
    if (index >= 0) this.idle.splice(index, 1);
  }
}

function files(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
