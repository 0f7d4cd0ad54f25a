import { describe, expect, it } from 'vitest';
import { HOST_FORM, PATH_FORM, portOf } from '../../src/model';

describe('a port as it is written', () => {
  it('is a number from 1 to 65535 without zeros before it', () => {
    expect(['1', '443', '65535'].map(portOf)).toEqual([1, 443, 65535]);
    expect(['0', '65536', '99999', '123456', '0443', '-1', '4e2', ' 443', '443\n', ''].map(portOf)).toEqual(
      Array(10).fill(undefined),
    );
  });
});

describe('the form of a host', () => {
  it('is labels of 1 to 63 characters with dots between them', () => {
    const label = 'a'.repeat(63);
    for (const host of ['db', 'db-1.corp.example', '_srv._tcp.corp.example', `${label}.example`, '10.40.7.12']) {
      expect(host).toMatch(HOST_FORM);
    }
    for (const host of [
      '',
      '.',
      'db.',
      'db..example',
      '-db.example',
      'db-.example',
      'DB',
      `${label}a.example`,
      'a b',
    ]) {
      expect(host).not.toMatch(HOST_FORM);
    }
  });
});

describe('the form of a path', () => {
  it('is segments of plain characters, each behind a slash', () => {
    for (const path of ['/a', '/orders/eu', '/v1.2', '/..a', '/a../b', '/x:v=1/a+b', '/@me', '/-']) {
      expect(path).toMatch(PATH_FORM);
    }
    for (const path of [
      '',
      '/',
      'a',
      '/a/',
      '//a',
      '/a//b',
      '/.',
      '/..',
      '/a/./b',
      '/a/../b',
      '/a/..',
      '/a b',
      '/a%2f',
      '/a%2fb',
      '/%41',
      '/a;b',
      '/ä',
    ]) {
      expect(path).not.toMatch(PATH_FORM);
    }
    for (const path of [
      '/a*',
      '/a;v=1',
      "/a'",
      '/a?b',
      '/a#b',
      '/ü',
      '/a\\b',
      '/{a}',
      '/a"',
      '/a\n',
      '/a\n/b',
      '\n/a',
    ]) {
      expect(path).not.toMatch(PATH_FORM);
    }
  });

  it('is one that Terraform can read, which looks neither ahead nor back', () => {
    expect(PATH_FORM.source).not.toMatch(/\(\?[=!<]|\\[1-9]/);
    expect(PATH_FORM.flags).toBe('');
  });
});
