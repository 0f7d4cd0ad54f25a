import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Namespace } from './namespace';
import { until } from './until';

/** Packets on the wire of one host, as tcpdump sees them, counted from the moment when it listens. */
export class Capture {
  private readonly lines: string[] = [];

  private constructor(private readonly child: ChildProcess) {}

  /** @param filter in tcpdump's words */
  public static async start(namespace: Namespace, device: string, filter: string): Promise<Capture> {
    const capture = new Capture(namespace.start(['tcpdump', '-l', '-n', '-tt', '-i', device, filter]));
    let words = '';
    capture.child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      words += text;
    });
    if (capture.child.stdout === null) throw new Error('tcpdump has no output');
    createInterface({ input: capture.child.stdout }).on('line', (line) => capture.lines.push(line));
    await until(
      () => `tcpdump to listen at ${namespace.label}: ${words}`,
      () => words.includes('listening on'),
    );
    return capture;
  }

  /** Every packet so far, a line each. */
  public get packets(): readonly string[] {
    return this.lines;
  }

  public stop(): void {
    this.child.kill();
  }
}
