import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { EMPTY_LOCK, parseLock, serializeLock } from '../../src/lock';
import type { LockedRouter } from '../../src/model';
import { locked, lockOf } from './sample';

/** The errors of a text, as `code:line path`. */
function errors(text: string): readonly string[] {
  const { lock, diagnostics } = parseLock(text, 'x.lock.json');
  expect(lock).toBeUndefined();
  for (const { code, file, fix, severity } of diagnostics) {
    expect(Object.keys(CATALOGUE)).toContain(code);
    expect({ file, severity }).toEqual({ file: 'x.lock.json', severity: 'error' });
    expect(fix).not.toBe('');
  }
  return diagnostics.map(({ code, line, path }) => `${code}:${line} ${path}`);
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

function contradiction(over: Partial<LockedRouter>): { text: string; errors: readonly string[] } {
  const text = serializeLock(lockOf(over));
  return { text, errors: errors(text) };
}

describe('a lock that is sound', () => {
  it('is read', () => {
    expect(parseLock(serializeLock(EMPTY_LOCK), 'x')).toEqual({ lock: EMPTY_LOCK, diagnostics: [] });
    expect(parseLock(serializeLock(lockOf()), 'x').lock).toEqual(lockOf());
  });
});

describe('a lock that is no lock', () => {
  it.each([
    ['', 'PLR3002:1 '],
    ['  \n', 'PLR3002:1 '],
    ['{\n  "version": 1,\n  "routers": {\n', 'PLR3002:4 '],
    ['{\n  "version": 1,\n  "routers": {},\n}\n', 'PLR3002:4 '],
    ['{\n  "version": 1\n  "routers": {}\n}\n', 'PLR3002:3 '],
    ['{ "version": 1, "routers": {} } {}', 'PLR3002:1 '],
    ['[]', 'PLR3004:1 '],
    ['null', 'PLR3004:1 '],
    ['"text"', 'PLR3004:1 '],
  ])('%j: %s', (text, expected) => {
    expect(errors(text)).toEqual([expected]);
  });

  it('of a newer version is refused before anything else of it is judged', () => {
    expect(errors('{\n  "routers": [],\n  "version": 2\n}')).toEqual(['PLR3003:3 version']);
    expect(parseLock('{ "version": 2 }', 'x').diagnostics[0]?.message).toContain('the lock has version 2');
  });

  it('names every value of the wrong form, with its line', () => {
    const text = serializeLock(lockOf())
      .replace('"listenerPort": 14330', '"listenerPort": 70000')
      .replace('"port": 5432', '"prot": 5432')
      .replace('"s2": {', '"S2": {')
      .replace('"10.0.0.9"', '"10.0.0.900"');
    expect(errors(text)).toEqual([
      `PLR3004:${lineOf(text, '"S2"')} routers.analytics.shards.S2`,
      `PLR3004:${lineOf(text, '70000')} routers.analytics.targets.billing-sql.listenerPort`,
      `PLR3004:${lineOf(text, '"crm": {')} routers.analytics.targets.crm.port`,
      `PLR3004:${lineOf(text, '10.0.0.900')} routers.analytics.targets.crm.addresses.0`,
      `PLR3004:${lineOf(text, '"prot"')} routers.analytics.targets.crm.prot`,
    ]);
    expect(parseLock(text, 'x').diagnostics.map(({ message }) => message)).toEqual([
      'routers.analytics.shards.S2: the key must be a shard such as s1',
      'routers.analytics.targets.billing-sql.listenerPort: allowed is at most 65535',
      'routers.analytics.targets.crm.port: needed is a value of type number',
      'routers.analytics.targets.crm.addresses.0: needed is an IPv4 address',
      'routers.analytics.targets.crm.prot: this key is not known',
    ]);
  });

  it('names what is wrong with network, protection and generations', () => {
    const text = serializeLock(lockOf())
      .replace('"123456789012"', '"12345678901"')
      .replace('"vpc-0a1b2c3d4e5f60718"', '"0a1b"')
      .replace('"subnet-0b1c2d3e4f5061728"', '"subnet-0a1b2c3d4e5f60718"')
      .replace('"unprotected": true', '"unprotected": false')
      .replace('"generation": 2', '"generation": 0');
    const network = lineOf(text, '"network"');
    expect(errors(text)).toEqual([
      `PLR3004:${network} routers.analytics.network.accountId`,
      `PLR3004:${network} routers.analytics.network.vpcId`,
      `PLR3004:${network} routers.analytics.network.subnetIds`,
      `PLR3004:${lineOf(text, '"unprotected"')} routers.analytics.unprotected`,
      `PLR3004:${lineOf(text, '"generation"')} routers.analytics.shards.s1.generation`,
    ]);
    expect(parseLock(text, 'x').diagnostics.map(({ message }) => message.replace(/^[^:]+: /, ''))).toEqual([
      'needed is an account id of 12 digits',
      'needed is the id of a VPC',
      'needed is a list that has each subnet once',
      'allowed is true',
      'allowed is at least 1',
    ]);
  });

  it('is refused where a key stands twice, which JSON itself would not say', () => {
    const text = serializeLock(lockOf()).replace('        "crm":', '        "orders-db": {},\n        "crm":');
    const twice = text.replace('{}', '{ "shard": "s1", "listenerPort": 10009, "host": "h", "port": 1, "domain": "d" }');
    expect(errors(twice)).toEqual([`PLR3005:${lineOf(twice, '"bornAs"')} routers.analytics.targets.orders-db`]);
  });

  it('is refused where a target has no name, or says in two ways which', () => {
    const text = serializeLock(lockOf());
    const at = `PLR3004:${lineOf(text, '"crm": {')} routers.analytics.targets.crm`;
    const crm = '"domain": "crm.corp.example"';
    expect(errors(text.replace(`, ${crm}`, ''))).toEqual([at]);
    expect(errors(text.replace(crm, `${crm}, "domains": ["a.example", "b.example"]`))).toEqual([at]);
    expect(errors(text.replace(crm, '"domains": ["a.example"]'))).toEqual([`${at}.domains`]);
    expect(errors(text.replace(crm, '"domains": ["a.example", "a.example"]'))).toEqual([`${at}.domains`]);
  });

  it('is refused where a name would vanish in the reader', () => {
    const text = serializeLock(lockOf()).replace('"crm":', '"__proto__":');
    expect(errors(text)).toEqual([`PLR3004:${lineOf(text, '__proto__')} routers.analytics.targets.__proto__`]);
  });
});

describe('a lock that contradicts itself', () => {
  it('two targets on one port of a shard', () => {
    const { text, errors: found } = contradiction({ targets: { a: locked(10000), b: locked(10000) } });
    expect(found).toEqual([`PLR3006:${lineOf(text, '"b": {')} routers.analytics.targets.b`]);
    const { message } = parseLock(text, 'x').diagnostics[0] ?? {};
    expect(message).toBe(`both a and b have port 10000 of shard s1 (the other is at line ${lineOf(text, '"a": {')})`);
  });

  it('a port of base-port on two shards, but not one that was asked for', () => {
    const shards = { s1: { domains: ['db.corp.example'] }, s2: { domains: ['b.example'] } };
    const other = { shard: 's2', domain: 'b.example' };
    const { errors: found } = contradiction({ shards, targets: { a: locked(10000), b: locked(10000, other) } });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^PLR3006:/);
    const asked = { portFrom: 'preserve' as const };
    const fine = lockOf({ shards, targets: { a: locked(5432, asked), b: locked(5432, { ...other, ...asked }) } });
    expect(parseLock(serializeLock(fine), 'x').diagnostics).toEqual([]);
  });

  it('one of the names of a target on another shard', () => {
    const shards = { s1: { domains: ['b.example'] }, s2: { domains: ['a.example'] } };
    const { domain: _domain, ...other } = locked(10001, { shard: 's2' });
    const b = { ...other, domains: ['a.example', 'b.example'] as const };
    const { text, errors: found } = contradiction({
      shards,
      targets: { a: locked(10000, { domain: 'b.example' }), b },
    });
    expect(found).toEqual([`PLR3009:${lineOf(text, '"b": {')} routers.analytics.targets.b`]);
  });

  it.each([
    ['a target on an unknown shard', { targets: { a: locked(10000, { shard: 's9' }) } }, 'PLR3007'],
    ['a target on a shard that is gone', { targets: { a: locked(10000, { shard: 's2' }) } }, 'PLR3007'],
    [
      'a target on a shard that is being taken away',
      { shards: { s1: { state: 'prepare' as const, domains: ['db.corp.example'] } }, targets: { a: locked(10000) } },
      'PLR3007',
    ],
    ['a retired port on an unknown shard', { retired: [{ shard: 's9', listenerPort: 10009, target: 'x' }] }, 'PLR3007'],
    ['a retired port in use', { retired: [{ shard: 's1', listenerPort: 10000, target: 'x' }] }, 'PLR3008'],
    [
      'a port that is retired twice',
      {
        retired: [
          { shard: 's1', listenerPort: 10009, target: 'x' },
          { shard: 's1', listenerPort: 10009, target: 'y' },
        ],
      },
      'PLR3008',
    ],
    [
      'a domain on two shards',
      {
        shards: { s1: { domains: ['db.corp.example'] }, s2: { domains: ['b.example'] } },
        targets: { a: locked(10000), b: locked(10001, { shard: 's2' }) },
      },
      'PLR3009',
    ],
    [
      'a domain in two rules',
      { shards: { s1: { domains: ['db.corp.example'] }, s2: { domains: ['db.corp.example'] } }, targets: {} },
      'PLR3009',
    ],
    ['two targets of one origin', { targets: { a: locked(10000), b: locked(10001, { bornAs: 'a' }) } }, 'PLR3010'],
    ['a shard without a domain', { shards: { s1: { domains: [] } }, targets: {} }, 'PLR3011'],
  ])('%s', (_, over: Partial<LockedRouter>, code) => {
    const { errors: found } = contradiction(over);
    expect(found).toHaveLength(1);
    expect(found[0]?.slice(0, 7)).toBe(code);
  });
});

describe('a merge conflict', () => {
  const lines = serializeLock(lockOf()).split('\n');
  const at = lines.findIndex((line) => line.includes('"crm"'));
  const ours = lines[at] ?? '';
  const theirs = ours.replace('10001', '10005');

  it('is answered with the lines to settle', () => {
    const text = lines.toSpliced(at, 1, '<<<<<<< HEAD', ours, '=======', theirs, '>>>>>>> feature/crm').join('\n');
    expect(errors(text)).toEqual([`PLR3001:${at + 1} `]);
    const [found] = parseLock(text, 'x').diagnostics;
    expect(found?.message).toBe(
      `lines ${at + 1} to ${at + 5} hold a merge conflict: "HEAD" (lines ${at + 2} to ${at + 2}) and "feature/crm" (lines ${at + 4} to ${at + 4})`,
    );
    expect(found?.fix).toContain('Run `privatelink-router lock --base REF`');
  });

  it('is known in the style that shows the ancestor, with Windows line ends, and more than once', () => {
    const conflict = ['<<<<<<< HEAD\r', ours, '||||||| 1234567\r', ours, '=======\r', theirs, '>>>>>>> b\r'];
    const text = [...conflict, ...lines, ...conflict].join('\n');
    expect(errors(text)).toEqual(['PLR3001:1 ', `PLR3001:${7 + lines.length + 1} `]);
  });

  it('is known where a marker was lost', () => {
    expect(errors(`{\n<<<<<<< HEAD\n${ours}\n}`)).toEqual(['PLR3001:2 ']);
  });

  it('either side, taken whole, is a lock again', () => {
    for (const side of [ours, theirs]) {
      expect(parseLock(lines.toSpliced(at, 1, side).join('\n'), 'x').diagnostics).toEqual([]);
    }
  });
});
