import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../src/inventory';
import { decodeText } from '../../src/model';
import { VALID } from '../corpus/mistake';
import { loadText, withFiles } from './support';

const found = (files: Readonly<Record<string, string>>, file: string, env?: string) =>
  withFiles(files, (cwd) => loadInventory({ file, cwd, ...(env !== undefined && { env }) }).diagnostics);

describe('a file of another ending', () => {
  it.each([
    ['plr.yaml', 'plr.yml'],
    ['plr.yml', 'plr.yaml'],
    ['./a/../plr.yaml', './a/../plr.yml'],
    ['plr.yaml', 'plr.json'],
  ])('is named where %s is missing: %s', (file, other) => {
    const name = other.replace(/.*\//, '');
    expect(found({ [name]: VALID, a: '' }, file.replace('a/../', ''))).toMatchObject([
      {
        code: 'PLR1001',
        message: `There is no file ${file.replace('a/../', '')}, but ${other.replace('a/../', '')}.`,
      },
    ]);
  });

  it('is named where an overlay is missing', () => {
    const [only, ...more] = found({ 'plr.yaml': VALID, 'plr.prod.yml': '{}' }, 'plr.yaml', 'prod');
    expect(more).toEqual([]);
    expect(only).toMatchObject({ code: 'PLR1018', file: 'plr.prod.yaml' });
    expect(only?.message).toContain('no file plr.prod.yaml, but plr.prod.yml');
    expect(only?.fix).toContain('Rename plr.prod.yml to plr.prod.yaml');
  });

  it('is warned of where nobody asks for it, since no run reads it', () => {
    const files = { 'plr.yaml': VALID, 'plr.dev.yaml': '{}', 'plr.prod.yml': '{}', 'plr.lock.json': '{}' };
    expect(found(files, 'plr.yaml')).toMatchObject([
      { code: 'PLR1022', severity: 'warning', file: 'plr.prod.yml', fix: 'Rename it to plr.prod.yaml.' },
    ]);
    expect(found({ 'plr.yml': VALID, 'plr.prod.yml': '{}', 'other.prod.yaml': '' }, 'plr.yml')).toEqual([]);
  });
});

describe('an environment that there is not', () => {
  const files = { 'plr.yaml': VALID, 'plr.dev.yaml': '{}', 'plr.prod.yaml': '{}' };

  it('is answered with those that there are, and the one that was meant', () => {
    const [only] = found(files, 'plr.yaml', 'prdo');
    expect(only).toMatchObject({ code: 'PLR1018', file: 'plr.prdo.yaml' });
    expect(only?.message).toContain('Did you mean "prod"?');
    expect(only?.fix).toBe('Name one of dev, prod, or write plr.prdo.yaml (`{}` where nothing differs).');
  });

  it('is answered so where its name could be none', () => {
    const [only] = found(files, 'plr.yaml', 'Prod');
    expect(only).toMatchObject({ code: 'PLR1019' });
    expect(only?.message).toContain('Did you mean "prod"?');
    expect(only?.fix).toContain('dev, prod');
  });

  it('leaves nothing to choose where there is none', () => {
    expect(found({ 'plr.yaml': VALID }, 'plr.yaml', 'prod')[0]?.fix).toBe(
      'Run without --env, or write plr.prod.yaml (`{}` where nothing differs).',
    );
  });
});

describe('an inventory in UTF-16', () => {
  it.each([
    ['little-endian', Buffer.from(`\ufeff${VALID}`, 'utf16le')],
    ['big-endian', Buffer.from(`\ufeff${VALID}`, 'utf16le').swap16()],
    ['without a byte order mark', Buffer.from(VALID, 'utf16le')],
  ])('is read: %s', (_name, bytes) => {
    expect(decodeText(bytes)).toBe(VALID);
    const loaded = loadText(bytes, '{ routers: { analytics: { basePort: 20000 } } }');
    expect(loaded.diagnostics).toEqual([]);
    expect(loaded.inventory?.routers[0]?.basePort).toBe(20000);
  });
});
