import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decodeText } from '../../model';
import { type Fault, fault } from '../findings';

/** An inventory is written by people: 4 MiB hold more than 100,000 targets. */
const MAX_BYTES = 4 * 1024 * 1024;

/** The text of a file without its byte order mark, or why there is none. `shown` is the file's name in messages. */
export function readText(path: string, shown: string): string | Fault {
  try {
    const descriptor = openSync(path, 'r');
    try {
      const stat = fstatSync(descriptor);
      if (stat.isDirectory()) {
        return fault('PLR1002', `${shown} is a folder; an inventory is a file.`, 'Name the file itself.');
      }
      const bytes = readUpTo(descriptor, MAX_BYTES + 1);
      return bytes.length > MAX_BYTES ? tooLarge(shown, stat.size) : decode(bytes, shown);
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    return ioFault(error, shown);
  }
}

/** A pipe has no size beforehand and a file may grow while it is read: never more than `limit` is taken. */
function readUpTo(descriptor: number, limit: number): Buffer {
  const chunks: Buffer[] = [];
  let length = 0;
  while (length < limit) {
    const chunk = Buffer.allocUnsafe(Math.min(1 << 18, limit - length));
    const count = readSync(descriptor, chunk, 0, chunk.length, null);
    if (count === 0) break;
    chunks.push(chunk.subarray(0, count));
    length += count;
  }
  return Buffer.concat(chunks, length);
}

function decode(bytes: Buffer, shown: string): string | Fault {
  const notText = fault('PLR1004', `${shown} is neither UTF-8 nor UTF-16 text.`, 'Save the file as UTF-8.');
  return decodeText(bytes) ?? notText;
}

function tooLarge(shown: string, size: number): Fault {
  const megabytes = Math.max(size, MAX_BYTES + 1) / 1024 / 1024;
  return fault(
    'PLR1005',
    `${shown} has ${megabytes.toFixed(1)} MiB; at most ${MAX_BYTES / 1024 / 1024} MiB are read.`,
    'Split the inventory: one file for each group of routers.',
  );
}

function ioFault(error: unknown, shown: string): Fault {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  if (code === 'ENOENT' || code === 'ENOTDIR') {
    return fault(
      'PLR1001',
      `There is no file ${shown}.`,
      'Name an inventory that exists; `privatelink-router init` writes one to start from.',
    );
  }
  if (code === 'EISDIR')
    return fault('PLR1002', `${shown} is a folder; an inventory is a file.`, 'Name the file itself.');
  const reason = code === 'EACCES' || code === 'EPERM' ? 'this user may not read it' : `the system says ${code}`;
  return fault('PLR1003', `${shown} cannot be read: ${reason}.`, "See to the file's permissions and try again.");
}
