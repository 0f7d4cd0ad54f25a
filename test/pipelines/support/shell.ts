import type { Processes } from '../../terraform/support/processes';

export type Environment = Readonly<Record<string, string | undefined>>;

/** A command of a pipeline as it ran. */
export interface Ran {
  readonly command: string;
  readonly code: number | null;
  readonly output: string;
}

/** Runs commands of one pipeline and remembers them. */
export class Shell {
  public readonly ran: Ran[] = [];
  private readonly processes: Processes;
  private readonly say: (line: string) => void;

  public constructor(processes: Processes, say: (line: string) => void) {
    this.processes = processes;
    this.say = say;
  }

  /** Runs a program to its end, whatever that is. */
  public async tries(argv: readonly string[], cwd: string, env: Environment): Promise<Ran> {
    const [program = '', ...args] = argv;
    const started = Date.now();
    const { code, stdout, stderr } = await this.processes.run(program, args, { cwd, env: { ...env } });
    const command = argv.at(-1) ?? program;
    this.say(`${code} after ${((Date.now() - started) / 1000).toFixed(1)} s: ${command.split('\n')[0]?.slice(0, 100)}`);
    const ran = { command, code, output: `${stdout}${stderr}` };
    this.ran.push(ran);
    return ran;
  }

  /** Runs a program that must succeed. */
  public async must(argv: readonly string[], cwd: string, env: Environment): Promise<Ran> {
    const ran = await this.tries(argv, cwd, env);
    if (ran.code !== 0) throw new Error(`${ran.command}\nended with ${ran.code}:\n${ran.output}`);
    return ran;
  }
}
