import { writeLock } from '../../src/lock';
import type { Lock } from '../../src/model';
import { locked, lockOf } from './sample';

/** A lock of some hundred kilobytes, so that writing takes long enough to be interrupted. */
export function bigLock(version: number): Lock {
  const targets = Object.fromEntries(
    Array.from({ length: 3000 }, (_, index) => [`t-${index}`, locked(10_000 + index, { port: 5432 + version })]),
  );
  return lockOf({ targets, retired: [], shards: { s1: { domains: ['db.corp.example'] } } });
}

// Started by itself it writes two locks in turn until somebody kills it.
if (require.main === module) {
  const [file = ''] = process.argv.slice(2);
  const locks = [bigLock(0), bigLock(1)] as const;
  for (let turn = 0; ; turn += 1) {
    writeLock(file, locks[turn % 2 === 0 ? 0 : 1]);
    if (turn === 1) process.stdout.write('ready\n');
  }
}
