import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { InputError } from '../../src/errors';
import { EMPTY_LOCK, serializeLock, writeLock } from '../../src/lock';
import { lockOf } from './sample';

type Call = 'openSync' | 'writeSync' | 'fchmodSync' | 'fsyncSync' | 'renameSync';

const faults = vi.hoisted(() => ({ call: '', calls: [] as string[] }));

vi.mock('node:fs', async (importOriginal) => {
  const actual = await importOriginal<typeof import('node:fs')>();
  const watched = <T extends unknown[], R>(name: Call, call: (...values: T) => R) => {
    return (...values: T): R => {
      faults.calls.push(name);
      if (faults.call === name) throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
      return call(...values);
    };
  };
  return {
    ...actual,
    openSync: watched('openSync', actual.openSync),
    // Three bytes at a time: what the system takes at once is its own affair.
    writeSync: watched('writeSync', (descriptor: number, bytes: Buffer, offset: number) =>
      actual.writeSync(descriptor, bytes, offset, Math.min(3, bytes.length - offset)),
    ),
    fchmodSync: watched('fchmodSync', actual.fchmodSync),
    fsyncSync: watched('fsyncSync', actual.fsyncSync),
    renameSync: watched('renameSync', actual.renameSync),
  };
});

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'plr-faults-'));
  file = join(folder, 'x.lock.json');
  faults.call = '';
  writeLock(file, EMPTY_LOCK);
  faults.calls.length = 0;
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('writing step by step', () => {
  it('brings the new file to the disk before it takes the place of the old one, and the folder after', () => {
    writeLock(file, lockOf());
    const steps = faults.calls.filter((call, index) => call !== faults.calls[index - 1]);
    expect(steps).toEqual(['openSync', 'writeSync', 'fchmodSync', 'fsyncSync', 'renameSync', 'openSync', 'fsyncSync']);
    expect(readFileSync(file, 'utf8')).toBe(serializeLock(lockOf()));
  });

  it.each<Call>(['openSync', 'writeSync', 'fchmodSync', 'fsyncSync', 'renameSync'])(
    'leaves the old file, and nothing else, where %s fails',
    (call) => {
      faults.call = call;
      expect(() => writeLock(file, lockOf())).toThrow(InputError);
      expect(readFileSync(file, 'utf8')).toBe(serializeLock(EMPTY_LOCK));
      expect(readdirSync(folder)).toEqual(['x.lock.json']);
    },
  );
});
