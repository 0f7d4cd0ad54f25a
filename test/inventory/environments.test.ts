import { describe, expect, it } from 'vitest';
import { environmentsOf, loadInventory, overlayFile } from '../../src/inventory';
import { VALID } from '../corpus/mistake';
import { withFiles } from './support';

const codes = (files: Readonly<Record<string, string>>, env?: string): string[] =>
  withFiles({ 'plr.yaml': VALID, ...files }, (cwd) =>
    loadInventory({ file: 'plr.yaml', cwd, ...(env !== undefined && { env }) }).diagnostics.map(
      ({ code, line }) => `${code} ${line}`,
    ),
  );

const line = (text: string) => VALID.split('\n').findIndex((one) => one.includes(text)) + 1;

describe('environments', () => {
  it('have overlays beside the inventory, called after it', () => {
    expect(overlayFile('a/plr.yaml', 'prod')).toBe('a/plr.prod.yaml');
    expect(overlayFile('plr.json', 'dev-1')).toBe('plr.dev-1.json');
    const files = {
      'plr.yaml': '',
      'plr.prod.yaml': '',
      'plr.dev.yaml': '',
      'plr.lock.yaml': '',
      'plr.dev.json': '',
      'x.qa.yaml': '',
    };
    expect(withFiles(files, (cwd) => environmentsOf('plr.yaml', cwd))).toEqual(['dev', 'prod']);
  });

  it('leave each other alone where their stacks and states differ', () => {
    expect(codes({ 'plr.prod.yaml': '{}', 'plr.dev.yaml': '{}' }, 'prod')).toEqual([]);
  });

  it('must not give two routers one stack', () => {
    const other = VALID.replace('  reporting:\n', '  analytics-prod:\n');
    const found = withFiles({ 'plr.yaml': other, 'plr.prod.yaml': '{}' }, (cwd) => ({
      plain: loadInventory({ file: 'plr.yaml', cwd }),
      prod: loadInventory({ file: 'plr.yaml', cwd, env: 'prod' }),
    }));
    expect(found.plain.diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['PLR1321', 'routers.analytics-prod'],
    ]);
    expect(found.prod.diagnostics.map(({ code, path }) => [code, path])).toEqual([['PLR1321', 'routers.analytics']]);
    expect([...found.plain.brokenRouters]).toEqual(['analytics-prod']);
  });

  it('must not write one state because two overlays give the same key', () => {
    const state = (key: string) => `terraform: { backend: { s3: { key: "${key}/{router}" } } }`;
    expect(codes({ 'plr.prod.yaml': state('a'), 'plr.dev.yaml': state('b') }, 'prod')).toEqual([]);
    expect(codes({ 'plr.prod.yaml': state('a'), 'plr.dev.yaml': state('a') }, 'prod')).toEqual(['PLR1323 1']);
  });

  it('must not write one state because the inventory gives one key, whichever of them runs', () => {
    const files = {
      'plr.yaml': VALID.replace('plr/{env}/{router}', 'plr/{router}'),
      'plr.prod.yaml': '{}',
      'plr.dev.yaml': '{}',
    };
    expect(codes(files, 'prod')).toEqual([`PLR1323 ${line('key: ')}`]);
    expect(codes(files)).toEqual([`PLR1323 ${line('key: ')}`]);
  });

  it('that are broken do not stop another one', () => {
    expect(codes({ 'plr.prod.yaml': '{}', 'plr.dev.yaml': '[' }, 'prod')).toEqual([]);
  });
});
