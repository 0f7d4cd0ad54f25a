import { connect, type Socket } from 'node:net';
import type { Destination } from './protocol';

/** A connection of a client that talks in lines. */
export class Connection {
  private readonly waiting: { resolve(line: string): void; reject(error: Error): void }[] = [];
  private text = '';
  private over: string | undefined;

  private constructor(
    public readonly socket: Socket,
    public readonly localPort: number,
  ) {
    socket.setEncoding('latin1').on('data', (chunk: string | Buffer) => this.read(chunk.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => this.finish(error.code ?? error.message));
    socket.on('end', () => this.finish('ended'));
    socket.on('close', () => this.finish('closed'));
  }

  /** `open`, or what ended it. */
  public get state(): string {
    return this.over ?? 'open';
  }

  public static async dial(
    to: Destination,
    options: { keepAliveSeconds?: number; from?: string } = {},
  ): Promise<Connection> {
    const socket = await dialled(to, options.from);
    if (options.keepAliveSeconds !== undefined) socket.setKeepAlive(true, options.keepAliveSeconds * 1000);
    return new Connection(socket, socket.localPort ?? 0);
  }

  /** Sends a line. @returns the next line that comes @throws Error that names what came instead */
  public say(line: string): Promise<string> {
    if (this.over !== undefined) return Promise.reject(new Error(this.over));
    return new Promise((resolve, reject) => {
      this.waiting.push({ resolve, reject });
      this.socket.write(`${line}\n`);
    });
  }

  public hangUp(): void {
    this.over = 'hung up';
    this.socket.destroy();
  }

  private read(chunk: string): void {
    this.text += chunk;
    const lines = this.text.split('\n');
    this.text = lines.pop() ?? '';
    for (const line of lines) this.waiting.shift()?.resolve(line);
  }

  private finish(why: string): void {
    this.over ??= why;
    for (const { reject } of this.waiting.splice(0)) reject(new Error(this.over));
    if (!this.socket.destroyed) this.socket.end();
  }
}

/** An open socket. @throws Error with the code that the kernel gave */
export function dialled({ host, port }: Destination, from?: string, allowHalfOpen = false): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect({
      host,
      port,
      allowHalfOpen,
      noDelay: true,
      ...(from === undefined ? {} : { localAddress: from }),
    });
    socket.once('connect', () => {
      socket.removeAllListeners('error');
      resolve(socket);
    });
    socket.once('error', reject);
  });
}
