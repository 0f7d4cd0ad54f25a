import type { Socket } from 'node:net';
import { dialled } from './connection';
import { noiseSum, pour, Sum } from './noise';
import { type Destination, GREETINGS, type TransferReport } from './protocol';

const OURS = 'from the client';
const THEIRS = 'from-the-target';

/** What came until the other side ended: the target's bytes, and the line behind them. */
function received(socket: Socket, bytes: number): Promise<{ sum: Sum; line: string }> {
  const sum = new Sum();
  let line = '';
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk: Buffer) => {
      const left = bytes - sum.bytes;
      if (left > 0) sum.add(chunk.subarray(0, left));
      line += chunk.subarray(Math.max(0, left)).toString('latin1');
    });
    socket.once('end', () => resolve({ sum, line: line.trim() }));
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed before its end')));
  });
}

function report(bytes: number, sentSum: string, arrivedSum: string, sum: Sum): TransferReport {
  const expectedSum = noiseSum(THEIRS, bytes);
  return { sentSum, arrivedSum, receivedSum: sum.hex, expectedSum, sentBytes: bytes, receivedBytes: sum.bytes };
}

/** Both ways at once. */
export async function transfer({ bytes, ...to }: Destination & { readonly bytes: number }): Promise<TransferReport> {
  const socket = await dialled(to, undefined, true);
  const all = received(socket, bytes);
  socket.write(`${GREETINGS.both} ${THEIRS} ${bytes}\n`);
  const [sentSum, { sum, line }] = await Promise.all([pour(socket, OURS, bytes).finally(() => socket.end()), all]);
  return report(bytes, sentSum, line, sum);
}

/** Our half ends before the target begins. */
export async function endFirst({ bytes, ...to }: Destination & { readonly bytes: number }): Promise<TransferReport> {
  const socket = await dialled(to, undefined, true);
  const all = received(socket, bytes);
  socket.write(`${GREETINGS.take} ${THEIRS} ${bytes}\n`);
  const sentSum = await pour(socket, OURS, bytes);
  socket.end();
  const { sum, line } = await all;
  return report(bytes, sentSum, line, sum);
}

/** The target's half is at its end before we begin. */
export async function endLast({ bytes, ...to }: Destination & { readonly bytes: number }): Promise<TransferReport> {
  const seed = `${THEIRS}-${process.pid}-${++count}`;
  const socket = await dialled(to, undefined, true);
  const all = received(socket, bytes);
  socket.write(`${GREETINGS.give} ${seed} ${bytes}\n`);
  const { sum } = await all;
  const sentSum = await pour(socket, OURS, bytes);
  const closed = new Promise((resolve) => socket.once('close', resolve));
  socket.end();
  await closed;
  const expectedSum = noiseSum(seed, bytes);
  const arrivedSum = await arrived(to, seed);
  return { sentSum, arrivedSum, receivedSum: sum.hex, expectedSum, sentBytes: bytes, receivedBytes: sum.bytes };
}

let count = 0;

/** What the target says it got under this seed, asked until it has seen the end of it. */
async function arrived(to: Destination, seed: string): Promise<string> {
  for (let attempt = 1; ; attempt += 1) {
    const socket = await dialled(to, undefined, true);
    const all = received(socket, 0);
    socket.end(`${GREETINGS.give} ${seed} 0\n`);
    const { line } = await all;
    if (line !== 'unfinished' || attempt === 200) return line;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
