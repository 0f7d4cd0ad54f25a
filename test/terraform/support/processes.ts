import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';

/** How a command ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * The processes and folders of one world. A small watcher process holds their names too: it ends and removes them when
 * this process goes away, in whatever way: an assertion, Ctrl-C, or a kill that leaves no time to clean up.
 */
export class Processes {
  private readonly warden: ChildProcess;
  private readonly running = new Map<number, ChildProcess>();

  public constructor() {
    this.warden = spawn(process.execPath, [join(__dirname, 'warden.js')], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    this.warden.unref();
    for (const stream of [this.warden.stdin, this.warden.stdout]) (stream as Socket | null)?.unref();
    this.warden.stdin?.on('error', () => undefined);
    // A test runner that was killed leaves its workers behind.
    process.once('disconnect', () => process.exit(1));
  }

  /** The folder goes when the world does. */
  public removeAtEnd(folder: string): void {
    this.tell({ folder });
  }

  /** The process group ends when the world does, though a process of another name started it. */
  public endAtEnd(group: number): void {
    this.tell({ started: group });
  }

  /** Starts a process in a group of its own, so that what it starts ends with it. */
  public start(
    command: string,
    args: readonly string[],
    options: { readonly cwd?: string; readonly env: NodeJS.ProcessEnv; readonly stdin?: 'pipe' | 'ignore' },
  ): ChildProcess {
    const child = spawn(command, args, {
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      env: options.env,
      stdio: [options.stdin ?? 'ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const { pid } = child;
    if (pid !== undefined) {
      this.running.set(pid, child);
      this.tell({ started: pid });
      child.once('close', () => {
        this.running.delete(pid);
        this.tell({ ended: pid });
      });
    }
    return child;
  }

  /** Runs a command to its end. */
  public run(
    command: string,
    args: readonly string[],
    options: {
      readonly cwd?: string;
      readonly env: NodeJS.ProcessEnv;
      readonly input?: string;
      readonly onLine?: (line: string) => void;
    },
  ): Promise<Ended> {
    const child = this.start(command, args, { ...options, stdin: options.input === undefined ? 'ignore' : 'pipe' });
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(options.input);
    let stdout = '';
    let stderr = '';
    let shown = 0;
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
      const end = stdout.lastIndexOf('\n');
      if (options.onLine !== undefined && end >= shown) {
        for (const line of stdout.slice(shown, end).split('\n')) options.onLine(line);
        shown = end + 1;
      }
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    return new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
  }

  /**
   * Ends everything that still runs; resolves when it has ended. The folders go afterwards, and the watcher alone waits for
   * that: on a busy machine it takes minutes to remove a few hundred thousand files.
   */
  public async stop(): Promise<void> {
    const gone = [...this.running.values()].map((child) => new Promise((resolve) => child.once('close', resolve)));
    const watcher = new Promise((resolve) => {
      this.warden.stdout?.once('data', resolve);
      this.warden.once('close', resolve);
    });
    this.warden.stdin?.end();
    await Promise.all([...gone, watcher]);
  }

  private tell(news: object): void {
    this.warden.stdin?.write(`${JSON.stringify(news)}\n`);
  }
}
