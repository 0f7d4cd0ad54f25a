import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Namespace } from '../namespace';
import type { Order, Orders } from './protocol';

/** For how long an order may take, in milliseconds: what hangs is a failure of the test that gave it, with its name. */
const PATIENCE = 150_000;

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/** The programs on one host: what they are told here, they do there. */
export class Agent {
  private readonly pending = new Map<number, Pending>();
  private readonly child: ChildProcess;
  private count = 0;
  private errors = '';

  public constructor(private readonly namespace: Namespace) {
    const command = [process.execPath, '--import', 'tsx', join(__dirname, 'process.ts')];
    this.child = namespace.start(command, { stdin: 'pipe' });
    this.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.errors += text;
    });
    this.child.stdin?.on('error', () => undefined);
    this.child.once('close', () => {
      const gone = new Error(`the programs on ${this.namespace.label} have ended\n${this.errors}`);
      for (const { reject } of this.pending.values()) reject(gone);
      this.pending.clear();
    });
    if (this.child.stdout !== null) createInterface({ input: this.child.stdout }).on('line', (line) => this.read(line));
  }

  /** Gives an order. @throws Error with the code or the words of what went wrong there */
  public tell<O extends Order>(order: O, ask: Orders[O]['ask']): Promise<Orders[O]['answer']> {
    const number = ++this.count;
    return new Promise((resolve, reject) => {
      const late = new Error(`${this.namespace.label} has not done this in time: ${order} ${JSON.stringify(ask)}`);
      const timer = setTimeout(() => reject(late), PATIENCE).unref();
      this.pending.set(number, {
        resolve: (result) => {
          clearTimeout(timer);
          resolve(result as Orders[O]['answer']);
        },
        reject: (error) => {
          clearTimeout(timer);
          reject(error);
        },
      });
      this.child.stdin?.write(`${JSON.stringify({ number, order, ask })}\n`);
    });
  }

  private read(line: string): void {
    const { number, result, failure } = JSON.parse(line) as { number: number; result?: unknown; failure?: string };
    const pending = this.pending.get(number);
    this.pending.delete(number);
    if (failure === undefined) pending?.resolve(result);
    else pending?.reject(new Error(failure));
  }
}
