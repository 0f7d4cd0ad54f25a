import { describe, expect, it } from 'vitest';
import { decodeText, saysYes } from '../../src/model';

const TEXT = '{"naïve": "日本 🙂"}\n';
const little = Buffer.from(TEXT, 'utf16le');
const big = Buffer.from(little).swap16();
const marked = (mark: readonly number[], bytes: Buffer): Buffer => Buffer.concat([Buffer.from(mark), bytes]);

describe('the text of a file', () => {
  it.each([
    ['UTF-8', Buffer.from(TEXT)],
    ['UTF-8 with a byte order mark', marked([0xef, 0xbb, 0xbf], Buffer.from(TEXT))],
    ['UTF-16LE with a byte order mark, as PowerShell writes it', marked([0xff, 0xfe], little)],
    ['UTF-16BE with a byte order mark', marked([0xfe, 0xff], big)],
    ['UTF-16LE', little],
    ['UTF-16BE', big],
  ])('is read: %s', (_name, bytes) => {
    expect(decodeText(bytes)).toBe(TEXT);
  });

  it.each([
    ['nothing', Buffer.alloc(0), ''],
    ['one byte', Buffer.from('x'), 'x'],
    ['a mark alone', Buffer.from([0xef, 0xbb, 0xbf]), ''],
    ['zero bytes alone', Buffer.alloc(2), '\0\0'],
  ])('is read: %s', (_name, bytes, text) => {
    expect(decodeText(bytes)).toBe(text);
  });

  it.each([
    ['Latin-1', Buffer.from('a: caf\xe9\n', 'latin1')],
    ['UTF-16 of an odd number of bytes', marked([0xff, 0xfe], little.subarray(0, 5))],
    ['UTF-16 with half a pair', marked([0xff, 0xfe], Buffer.from([0x3d, 0xd8, 0x20, 0x00]))],
  ])('is not guessed: %s', (_name, bytes) => {
    expect(decodeText(bytes)).toBeUndefined();
  });
});

describe('a variable of the environment', () => {
  it.each([undefined, '', ' ', '0', 'false', 'FALSE', 'False', 'no', 'NO', 'No', 'off', 'OFF', 'Off'])(
    '%j says no',
    (value) => {
      expect(saysYes(value)).toBe(false);
    },
  );

  it.each(['1', 'true', 'TRUE', 'yes', 'on', 'woodpecker', '00', 'none'])('%j says yes', (value) => {
    expect(saysYes(value)).toBe(true);
  });
});
