import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { pour, Sum } from './noise';
import { GREETINGS } from './protocol';

/** A program behind a forwarder: it does what the first line of a connection says. */
export class Target {
  private readonly sockets = new Set<Socket>();
  /** What came on connections whose own half had ended, by seed. */
  private readonly sums = new Map<string, string>();
  private readonly server: Server;

  public constructor(private readonly name: string) {
    this.server = createServer({ allowHalfOpen: true }, (socket) => this.receive(socket));
  }

  public async listen(port: number): Promise<void> {
    this.server.listen({ port, host: '0.0.0.0', backlog: 1024 });
    await once(this.server, 'listening');
  }

  public async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    for (const socket of this.sockets) socket.destroy();
    await closed;
  }

  private receive(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    let first = Buffer.alloc(0);
    const greet = (chunk: Buffer): void => {
      first = Buffer.concat([first, chunk]);
      const end = first.indexOf('\n');
      if (end < 0) return;
      socket.off('data', greet);
      socket.off('end', leave);
      const rest = first.subarray(end + 1);
      this.act(socket, first.subarray(0, end).toString().split(' '));
      if (rest.length > 0) socket.emit('data', rest);
    };
    // A health check comes and goes without a word.
    const leave = (): void => {
      socket.end();
    };
    socket.on('data', greet);
    socket.on('end', leave);
  }

  private act(socket: Socket, [greeting, seed = '', bytes = '0']: readonly string[]): void {
    if (greeting === GREETINGS.echo) this.echo(socket);
    else if (greeting === GREETINGS.take) this.take(socket, seed, Number(bytes));
    else if (greeting === GREETINGS.both) this.both(socket, seed, Number(bytes));
    else if (greeting === GREETINGS.give) this.give(socket, seed, Number(bytes));
    else socket.destroy();
  }

  /** Each line comes back with the target's name in front; to `who` it says whom it talks with. */
  private echo(socket: Socket): void {
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString();
      const lines = text.split('\n');
      text = lines.pop() ?? '';
      for (const line of lines) {
        const answer = line === 'who' ? `${socket.remoteAddress} ${socket.remotePort}` : line;
        socket.write(`${this.name} ${answer}\n`);
      }
    });
    socket.on('end', () => socket.end());
  }

  /** First everything until the other side has ended its half, then as many bytes of its own and the sum of what came. */
  private take(socket: Socket, seed: string, bytes: number): void {
    const sum = new Sum();
    socket.on('data', (chunk) => sum.add(chunk));
    socket.on('end', () => {
      pour(socket, seed, bytes).then(
        () => socket.end(`${sum.hex}\n`),
        () => socket.destroy(),
      );
    });
  }

  /** Both ways at once; the sum of what came follows when both are through. */
  private both(socket: Socket, seed: string, bytes: number): void {
    const sum = new Sum();
    socket.on('data', (chunk) => sum.add(chunk));
    const ended = once(socket, 'end');
    Promise.all([pour(socket, seed, bytes), ended]).then(
      () => socket.end(`${sum.hex}\n`),
      () => socket.destroy(),
    );
  }

  /**
   * Its own bytes first, and then its half is at its end, while the other side goes on. The sum of what came cannot go back
   * on this connection: who asks for it with the seed on another one gets it.
   */
  private give(socket: Socket, seed: string, bytes: number): void {
    if (bytes === 0) {
      socket.end(`${this.sums.get(seed) ?? 'unfinished'}\n`);
      return;
    }
    const sum = new Sum();
    socket.on('data', (chunk) => sum.add(chunk));
    socket.on('end', () => this.sums.set(seed, sum.hex));
    pour(socket, seed, bytes).then(
      () => socket.end(),
      () => socket.destroy(),
    );
  }
}
