import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { behaviourOf, type NameBehaviour, plain, readQuestion, replies, type Zone } from './dns-zone';

export { manyHosts, type NameBehaviour, type Zone } from './dns-zone';

/** One question as the server got it. */
export interface LoggedQuery {
  /** As it was asked, upper case included. */
  readonly name: string;
  readonly type: string;
  readonly transport: 'udp' | 'tcp';
  /** True where the question allows long answers over UDP. */
  readonly edns: boolean;
  /** The address and the port that it was asked from. */
  readonly clientAddress: string;
  readonly clientPort: number;
}

export interface DnsServerOptions {
  readonly zone: Zone;
  /** @default 127.0.0.1 */
  readonly address?: string;
  /** @default a free one */
  readonly port?: number;
  /** Milliseconds before every answer. @default 0 */
  readonly delayMs?: number;
  /** Answers FORMERR to questions with EDNS, as old servers do. @default false */
  readonly withoutEdns?: boolean;
  /** @default true */
  readonly tcp?: boolean;
  /** Told of every question. @default nobody is told */
  readonly onQuery?: (query: LoggedQuery) => void;
}

/** A DNS server over UDP and TCP whose names make every kind of trouble. It counts and logs what it is asked. */
export class DnsServer {
  /** Every question, in the order of arrival. */
  public readonly queries: LoggedQuery[] = [];
  /** The most questions that waited for their answer at one moment; questions that are never answered do not count. */
  public mostPending = 0;
  public port = 0;
  public readonly address: string;
  private readonly zone: Map<string, NameBehaviour>;
  private readonly asked = new Map<string, number>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly connections = new Set<Socket>();
  private readonly held: (() => void)[] = [];
  private pendingCount = 0;
  private holding = false;
  private udp: UdpSocket | undefined;
  private tcp: Server | undefined;

  private constructor(private readonly options: DnsServerOptions) {
    this.address = options.address ?? '127.0.0.1';
    this.zone = new Map(Object.entries(options.zone));
  }

  public static async start(options: DnsServerOptions): Promise<DnsServer> {
    const server = new DnsServer(options);
    // A port that is free for TCP can be taken for UDP, so a few are tried.
    for (let attempt = 1; ; attempt += 1) {
      try {
        await server.listen();
        return server;
      } catch (error) {
        await server.close();
        if (options.port !== undefined || attempt === 20) throw error;
      }
    }
  }

  /** As `resolvers` takes it. */
  public get text(): string {
    return this.address.includes(':') ? `[${this.address}]:${this.port}` : `${this.address}:${this.port}`;
  }

  /** Questions that wait for their answer now. */
  public get pending(): number {
    return this.pendingCount;
  }

  /** The questions for one name, as `A udp`. */
  public askedFor(name: string): string[] {
    return this.queries
      .filter((query) => plain(query.name) === name)
      .map((query) => `${query.type} ${query.transport}`);
  }

  public set(name: string, behaviour: NameBehaviour): void {
    this.zone.set(name, behaviour);
  }

  /** Keeps every answer back until `release`. */
  public hold(): void {
    this.holding = true;
  }

  public release(): void {
    this.holding = false;
    for (const answer of this.held.splice(0)) answer();
  }

  public async close(): Promise<void> {
    for (const timer of this.timers) clearTimeout(timer);
    for (const connection of this.connections) connection.destroy();
    const closed = [this.udp, this.tcp].map(
      (socket) => socket && new Promise<void>((done) => socket.close(() => done())),
    );
    this.udp = undefined;
    this.tcp = undefined;
    await Promise.all(closed);
  }

  private async listen(): Promise<void> {
    let port = this.options.port ?? 0;
    if (this.options.tcp !== false) {
      const tcp = createServer((connection) => this.serveConnection(connection));
      tcp.listen(port, this.address);
      await once(tcp, 'listening');
      this.tcp = tcp;
      port = (tcp.address() as AddressInfo).port;
    }
    const udp = createSocket({ type: this.address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 1 << 20 });
    udp.on('message', (bytes, client) => {
      this.serve(bytes, 'udp', client, (reply) => udp.send(reply, client.port, client.address));
    });
    udp.bind(port, this.address);
    await once(udp, 'listening');
    this.udp = udp;
    this.port = udp.address().port;
  }

  private serveConnection(connection: Socket): void {
    this.connections.add(connection);
    connection.on('close', () => this.connections.delete(connection));
    connection.on('error', () => connection.destroy());
    let received = Buffer.alloc(0);
    connection.on('data', (chunk) => {
      received = Buffer.concat([received, chunk]);
      while (received.length >= 2 && received.length >= received.readUInt16BE(0) + 2) {
        const end = received.readUInt16BE(0) + 2;
        this.serve(
          received.subarray(2, end),
          'tcp',
          { address: connection.remoteAddress ?? '', port: connection.remotePort ?? 0 },
          (reply) => {
            const length = Buffer.alloc(2);
            length.writeUInt16BE(reply.length);
            connection.write(Buffer.concat([length, reply]));
          },
          () => connection.destroy(),
        );
        received = received.subarray(end);
      }
    });
  }

  private serve(
    bytes: Buffer,
    transport: 'udp' | 'tcp',
    client: { readonly address: string; readonly port: number },
    send: (reply: Buffer) => void,
    cut?: () => void,
  ): void {
    const question = readQuestion(bytes);
    if (question === undefined) return;
    const { name, type, edns } = question;
    const query: LoggedQuery = { name, type, transport, edns, clientAddress: client.address, clientPort: client.port };
    this.queries.push(query);
    this.options.onQuery?.(query);
    const key = plain(name);
    const count = (this.asked.get(key) ?? 0) + 1;
    this.asked.set(key, count);
    const behaviour = behaviourOf(this.zone, name);
    if (behaviour.tcpCut === true && cut !== undefined) {
      cut();
      return;
    }
    const { silent } = behaviour;
    if (silent === true || silent === type || (typeof silent === 'number' && count <= silent)) return;
    this.later((this.options.delayMs ?? 0) + (behaviour.delayMs ?? 0), () => {
      if (this.udp === undefined) return;
      const withoutEdns = this.options.withoutEdns === true;
      for (const reply of replies(question, this.zone, { transport, count, withoutEdns })) send(reply);
    });
  }

  private later(delayMs: number, answer: () => void): void {
    this.pendingCount += 1;
    this.mostPending = Math.max(this.mostPending, this.pendingCount);
    const finish = (): void => {
      this.pendingCount -= 1;
      answer();
    };
    const due = (): void => {
      if (this.holding) this.held.push(finish);
      else finish();
    };
    if (delayMs === 0) {
      due();
      return;
    }
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      due();
    }, delayMs);
    this.timers.add(timer);
  }
}
