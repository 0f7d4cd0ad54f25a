import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { dial } from './engine-process';

/** What a host got of one request. */
export interface Got {
  readonly host: string;
  readonly method: string;
  readonly url: string;
  /** Names in lower case and values, in their order. */
  readonly headers: readonly (readonly [string, string])[];
  readonly body: string;
}

/** An HTTP server that answers each request with what it got, as JSON, and remembers it. It takes every upgrade and echoes. */
export class HttpHost {
  public readonly got: Got[] = [];
  public port = 0;
  private readonly server: Server;
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly name: string) {
    this.server = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const headers = request.rawHeaders.flatMap((key, i, all) =>
          i % 2 === 0 ? [[key.toLowerCase(), all[i + 1] ?? ''] as const] : [],
        );
        const body = Buffer.concat(parts);
        const got = {
          host: this.name,
          method: request.method ?? '',
          url: request.url ?? '',
          headers,
          body: body.length < 200 ? body.toString() : `${body.length} bytes`,
        };
        this.got.push(got);
        const answer = () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(got));
        if (this.held === undefined) answer();
        else this.held.push(answer);
      });
    });
    this.server.on('upgrade', (request, socket) => {
      this.got.push({ host: this.name, method: 'UPGRADE', url: request.url ?? '', headers: [], body: '' });
      // As a WebSocket's server proves itself (RFC 6455, 4.2.2).
      const accept = createHash('sha1')
        .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
        .digest('base64');
      const head = ['HTTP/1.1 101 Switching Protocols', `Upgrade: ${request.headers.upgrade}`, 'Connection: Upgrade'];
      socket.write(`${[...head, `Sec-WebSocket-Accept: ${accept}`].join('\r\n')}\r\n\r\n`);
      socket.on('data', (bytes: Buffer) => socket.write(`${this.name} ${bytes.toString()}`));
      socket.on('error', () => undefined);
    });
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('close', () => this.sockets.delete(socket));
    });
  }

  /** Answers that wait for `release`; undefined: none is kept back. */
  private held: (() => void)[] | undefined;

  public static async start(name: string, address: string): Promise<HttpHost> {
    const host = new HttpHost(name);
    host.server.keepAliveTimeout = 600_000;
    host.server.maxHeadersCount = 0;
    host.server.listen(0, address);
    await once(host.server, 'listening');
    host.port = (host.server.address() as AddressInfo).port;
    return host;
  }

  /** Connections of now. */
  public get connections(): number {
    return this.sockets.size;
  }

  /** Requests wait for their answer until `release`. */
  public hold(): void {
    this.held ??= [];
  }

  public release(): void {
    for (const answer of this.held?.splice(0) ?? []) answer();
    this.held = undefined;
  }

  /** Ends every connection, as a host that breaks off. */
  public cut(): void {
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  public async close(): Promise<void> {
    const closed = new Promise((done) => this.server.close(done));
    this.server.closeAllConnections();
    this.cut();
    await closed;
  }
}

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly head: string;
  readonly body: string;
  /** What the host got, where the answer is a host's. */
  readonly got?: Got;
}

function answerOf(text: string): Answer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const body = rest.join('\r\n\r\n');
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0);
  const json = /\{.*\}/s.exec(body)?.[0];
  return { status, head, body, ...(json !== undefined && status === 200 && { got: JSON.parse(json) as Got }) };
}

/** Sends lines of a request, which ends the connection, and what follows its head. */
export async function ask(port: number, lines: readonly string[], body = ''): Promise<Answer> {
  return answerOf(await dial(port, `${[...lines, 'Connection: close'].join('\r\n')}\r\n\r\n${body}`));
}
