import { describe, expect, it } from 'vitest';
import { serializeLock } from '../../src/lock';
import { parseSides } from '../../src/lock/sides';
import { locked, lockOf } from './sample';

const [a, b] = [lockOf({ targets: { x: locked(1) } }), lockOf({ targets: { x: locked(2) } })];
const lines = serializeLock(a).split('\n');
const at = lines.findIndex((line) => line.includes('"x"'));
const ours = lines[at] ?? '';
const theirs = ours.replace('"listenerPort": 1', '"listenerPort": 2');
const withLines = (...some: readonly string[]): string => lines.toSpliced(at, 1, ...some).join('\n');

describe('the sides of a merged lock', () => {
  it('are the lock itself where there is no conflict, also one that contradicts itself', () => {
    expect(parseSides(serializeLock(a), 'x')).toEqual({ sides: [a], diagnostics: [] });
    const twice = lockOf({ targets: { x: locked(1), y: locked(1) } });
    expect(parseSides(serializeLock(twice), 'x')).toEqual({ sides: [twice], diagnostics: [] });
  });

  it('are one lock for each side of the conflicts, in both styles', () => {
    const two = withLines('<<<<<<< HEAD', ours, '=======', theirs, '>>>>>>> b');
    const three = withLines('<<<<<<< HEAD\r', ours, '||||||| 1\r', '=======\r', theirs, '>>>>>>> b\r');
    for (const text of [two, three]) expect(parseSides(text, 'x')).toEqual({ sides: [a, b], diagnostics: [] });
  });

  it('are two locks where a key stands twice, and one where both say the same', () => {
    expect(parseSides(withLines(`${ours},`, theirs), 'x').sides).toEqual([a, b]);
    expect(parseSides(withLines(`${ours},`, ours), 'x').sides).toEqual([a]);
  });

  it('may lack a comma or have one too many', () => {
    const y = ours.replace('"x"', '"y"');
    const both = lockOf({ targets: { x: locked(1), y: locked(1) } });
    expect(parseSides(withLines(ours, y), 'x').sides).toEqual([both]);
    expect(parseSides(withLines(`${ours},`, `${y},`), 'x').sides).toEqual([both]);
  });

  it('are none of a branch that had no lock', () => {
    const text = ['<<<<<<< HEAD', ...lines.slice(0, -1), '=======', '>>>>>>> b', ''].join('\n');
    expect(parseSides(text, 'x')).toEqual({ sides: [a], diagnostics: [] });
  });

  it.each([
    ['a conflict without an end', withLines('<<<<<<< HEAD', ours), at + 1, 'the merge conflict at line'],
    [
      'a side that lost a bracket',
      withLines('<<<<<<< HEAD', ours, '=======', '{', '>>>>>>> b'),
      at + 3,
      'the side "b" is not JSON',
    ],
    [
      'a side of another form',
      withLines('<<<<<<<', ours, '=======', ours.replace('5432', '0'), '>>>>>>>'),
      at + 3,
      'the second side is no lock: routers.analytics.targets.x.port',
    ],
    ['no lock at all', '[]', 1, 'the lock is no lock: the document'],
  ])('are refused: %s', (_, text, line, message) => {
    const { sides, diagnostics } = parseSides(text, 'x.lock.json');
    expect(sides).toBeUndefined();
    expect(diagnostics).toMatchObject([{ code: 'PLR3016', file: 'x.lock.json', line }]);
    expect(diagnostics[0]?.message).toContain(message);
  });

  it('of a newer version are refused as such', () => {
    expect(parseSides('{ "version": 2 }', 'x').diagnostics).toMatchObject([{ code: 'PLR3003' }]);
  });
});
