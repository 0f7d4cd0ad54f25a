import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { until } from '../dataplane/support/until';
import { dial, engineFolder, freePort, type Running, startHaproxy } from './engine-process';
import { type ForwarderVariables, type Rendered, render, type TargetVariables, target, variables } from './render';

/** A target of a shared port on an address of this machine, without a health check unless something else is said. */
export function sharedTarget(
  route: 'sni' | 'http',
  [port, address, hostPort]: readonly [number, string, number],
  names: readonly string[],
  more: Parameters<typeof target>[3] = {},
): TargetVariables {
  const shared = { route, names, path: '', check: { protocol: 'none' }, ...more };
  return target(port, address, hostPort, shared);
}

/** HAProxy as a stack configures it, for clients of this machine. */
export interface SharedEngine {
  readonly running: Running;
  readonly rendered: Rendered;
  readonly readyPort: number;
  readonly folder: string;
}

/** Starts HAProxy with these targets, and waits until it is ready. */
export async function startShared(
  targets: Readonly<Record<string, TargetVariables>>,
  more: Partial<ForwarderVariables> = {},
): Promise<SharedEngine> {
  const readyPort = await freePort();
  const own = { ready_port: readyPort, metrics_port: await freePort(), health_port: await freePort() };
  const rendered = render(variables('haproxy', targets, { ...own, clients: ['127.0.0.0/8'], ...more }));
  const folder = engineFolder();
  const text = rendered.files['/etc/privatelink-router/haproxy.cfg'] ?? '';
  const running = startHaproxy(folder, text, await freePort());
  await until(
    () => `HAProxy to be ready; it says ${running.words}`,
    async () => (await dial(readyPort, 'GET / HTTP/1.0\r\n\r\n')).includes('ready'),
  );
  return { running, rendered, readyPort, folder };
}

const block = (bytes: number, ...parts: readonly (Buffer | readonly number[])[]): Buffer => {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  const length = Buffer.alloc(bytes);
  length.writeUIntBE(body.length, 0, bytes);
  return Buffer.concat([length, body]);
};

/**
 * The first words of a TLS client (RFC 8446, 4.1.2), as short as they may be.
 * @param name the server's name, byte for byte as given; none where it is undefined
 */
export function hello(
  name: string | undefined,
  more: {
    /** Bytes of padding: a large hello. @default none */
    readonly padding?: number;
    /** Bytes of the hello in the first of two TLS records. @default one record */
    readonly split?: number;
  } = {},
): Buffer {
  const extension = (kind: number, ...parts: readonly (Buffer | readonly number[])[]) =>
    Buffer.concat([Buffer.from([kind >> 8, kind & 255]), block(2, ...parts)]);
  const serverName = name === undefined ? [] : [extension(0, block(2, [0], block(2, Buffer.from(name, 'latin1'))))];
  const padding = more.padding === undefined ? [] : [extension(21, Buffer.alloc(more.padding))];
  const versions = extension(43, [2, 3, 4]);
  const body = [[3, 3], Buffer.alloc(32, 7), [0], block(2, [0x13, 0x01]), [1, 0]];
  const message = Buffer.concat([Buffer.from([1]), block(3, ...body, block(2, versions, ...serverName, ...padding))]);
  const records =
    more.split === undefined ? [message] : [message.subarray(0, more.split), message.subarray(more.split)];
  return Buffer.concat(records.flatMap((record) => [Buffer.from([0x16, 3, 1]), block(2, record)]));
}

/** Bytes that have come to the other end of a connection on this machine and that its program has not read. */
function unread(socket: Socket): number {
  const ends = [socket.remotePort, socket.localPort].map((port = 0) =>
    port.toString(16).toUpperCase().padStart(4, '0'),
  );
  for (const line of readFileSync('/proc/net/tcp', 'utf8').split('\n')) {
    const [, local = '', remote = '', , queues = ''] = line.trim().split(/\s+/);
    if (local.endsWith(`:${ends[0]}`) && remote.endsWith(`:${ends[1]}`)) {
      return Number.parseInt(queues.split(':')[1] ?? '0', 16);
    }
  }
  return 0;
}

/**
 * Says something in pieces; each goes when the one before has been read.
 * @returns what comes back until the connection ends, or for `upTo` bytes
 */
export async function say(port: number, parts: readonly Buffer[], upTo = 1): Promise<string> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let heard = '';
  const end = new Promise<void>((done) => {
    socket.on('close', () => done());
    socket.on('data', (bytes) => {
      heard += bytes.toString('latin1');
      if (heard.length >= upTo) done();
    });
  });
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  for (const part of parts) {
    socket.write(part);
    await until(
      'the piece to be read',
      () => socket.destroyed || (socket.writableLength === 0 && unread(socket) === 0),
      {
        pause: 1,
      },
    );
  }
  await end;
  socket.destroy();
  return heard;
}
