import { createCipheriv, createHash, type Hash } from 'node:crypto';
import type { Socket } from 'node:net';

const CHUNK = 1 << 16;

/**
 * Bytes that look random and are the same for the same seed: an exchange that loses, doubles or moves one is found by its
 * checksum.
 */
function* noise(seed: string, bytes: number): Generator<Buffer> {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  for (let left = bytes; left > 0; left -= CHUNK) yield cipher.update(Buffer.alloc(Math.min(left, CHUNK)));
}

export function noiseSum(seed: string, bytes: number): string {
  const hash = createHash('sha256');
  for (const chunk of noise(seed, bytes)) hash.update(chunk);
  return hash.digest('hex');
}

/** Writes noise as fast as the socket takes it. Resolves when all is handed over, rejects when the socket goes first. */
export function pour(socket: Socket, seed: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  const chunks = noise(seed, bytes);
  return new Promise((resolve, reject) => {
    const gone = (): void => reject(new Error('the connection went while bytes were sent'));
    socket.once('close', gone);
    const next = (): void => {
      for (;;) {
        const { value, done } = chunks.next();
        if (done === true) {
          socket.removeListener('close', gone);
          resolve(hash.digest('hex'));
          return;
        }
        hash.update(value);
        if (!socket.write(value)) {
          socket.once('drain', next);
          return;
        }
      }
    };
    next();
  });
}

/** Adds up what comes, apart from a first part of the bytes. */
export class Sum {
  public bytes = 0;
  private readonly hash: Hash = createHash('sha256');

  public add(chunk: Buffer): void {
    this.bytes += chunk.length;
    this.hash.update(chunk);
  }

  public get hex(): string {
    return this.hash.copy().digest('hex');
  }
}
