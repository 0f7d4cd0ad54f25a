import { createSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import type { NameServer } from '../model';
import { type EncodedQuestion, type ReadMessage, readMessage } from './message';

/** What came of sending one question to one server. */
export type Exchange =
  | Exclude<ReadMessage, { kind: 'foreign' | 'truncated' }>
  | { readonly kind: 'truncated'; readonly detail?: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'unreachable'; readonly detail: string };

function unreachable(error: NodeJS.ErrnoException): Exchange {
  return { kind: 'unreachable', detail: error.code ?? error.message };
}

/**
 * Sends a question as a datagram and waits for its answer. Every question has a socket, and so a source port, of its
 * own; it is connected, so that the kernel drops what others send and tells when nothing listens at the port.
 * @param timeoutMs Milliseconds after which the result is `timeout`.
 */
export function exchangeUdp(server: NameServer, asked: EncodedQuestion, timeoutMs: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = createSocket(isIPv6(server.address) ? 'udp6' : 'udp4');
    let settled = false;
    const settle = (exchange: Exchange): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.close();
      resolve(exchange);
    };
    const timer = setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
    socket.on('error', (error) => settle(unreachable(error)));
    socket.on('message', (bytes) => {
      const read = readMessage(bytes, asked);
      if (read.kind !== 'foreign') settle(read);
    });
    socket.once('connect', () => {
      if (settled) return;
      socket.send(asked.bytes, (error) => {
        if (error !== null) settle(unreachable(error));
      });
    });
    // Without a callback a failure comes as an `error` event.
    socket.connect(server.port, server.address);
  });
}

/** The same over TCP, for answers that do not fit into a datagram. A message has its length in front, two bytes. */
export function exchangeTcp(server: NameServer, asked: EncodedQuestion, timeoutMs: number): Promise<Exchange> {
  return new Promise((resolve) => {
    const socket = connect(server.port, server.address);
    let settled = false;
    const settle = (exchange: Exchange): void => {
      if (settled) return;
      settled = true;
      clearTimeout(timer);
      socket.destroy();
      resolve(exchange);
    };
    const timer = setTimeout(() => settle({ kind: 'timeout' }), timeoutMs);
    const chunks: Buffer[] = [];
    let received = 0;
    let expected = Number.POSITIVE_INFINITY;
    socket.on('error', (error) => settle(unreachable(error)));
    socket.on('close', () => settle({ kind: 'malformed', detail: 'the connection ended before the answer did' }));
    socket.on('connect', () => {
      const length = Buffer.alloc(2);
      length.writeUInt16BE(asked.bytes.length);
      socket.write(Buffer.concat([length, asked.bytes]));
    });
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      received += chunk.length;
      if (received >= 2 && expected === Number.POSITIVE_INFINITY) expected = Buffer.concat(chunks).readUInt16BE(0) + 2;
      if (received < expected) return;
      const read = readMessage(Buffer.concat(chunks).subarray(2, expected), asked);
      settle(read.kind === 'foreign' ? { kind: 'malformed', detail: 'the answer is to another question' } : read);
    });
  });
}
