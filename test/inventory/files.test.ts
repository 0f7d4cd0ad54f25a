import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../src/inventory';
import { VALID } from '../corpus/mistake';
import { loadText, places, withFiles } from './support';

/** What root may read is no test: root is somebody else meanwhile. */
function asNobody<T>(read: () => T): T {
  if (process.getuid?.() !== 0) return read();
  process.seteuid?.(65534);
  try {
    return read();
  } finally {
    process.seteuid?.(0);
  }
}

describe('files', () => {
  it('says that a file is missing, and names it as the user did', () => {
    const { inventory, diagnostics, brokenRouters, locate } = withFiles({}, (cwd) =>
      loadInventory({ file: './nothing.yaml', cwd }),
    );
    expect(diagnostics).toMatchObject([{ code: 'PLR1001', severity: 'error', file: './nothing.yaml', path: '' }]);
    expect(inventory).toBeUndefined();
    expect(brokenRouters.size).toBe(0);
    expect(locate(['routers'])).toBeUndefined();
  });

  it('says that a folder is no inventory', () => {
    const { diagnostics } = withFiles({}, (cwd) => {
      mkdirSync(join(cwd, 'plr.yaml'));
      return loadInventory({ file: 'plr.yaml', cwd });
    });
    expect(diagnostics).toMatchObject([{ code: 'PLR1002', file: 'plr.yaml' }]);
  });

  it('says that a path leads through a file', () => {
    const { diagnostics } = withFiles({ a: 'x' }, (cwd) => loadInventory({ file: 'a/plr.yaml', cwd }));
    expect(diagnostics).toMatchObject([{ code: 'PLR1001' }]);
  });

  it('says that a file may not be read', () => {
    const { diagnostics } = withFiles({ 'plr.yaml': VALID }, (cwd) => {
      chmodSync(cwd, 0o755);
      chmodSync(join(cwd, 'plr.yaml'), 0);
      return asNobody(() => loadInventory({ file: 'plr.yaml', cwd }));
    });
    expect(diagnostics).toMatchObject([{ code: 'PLR1003' }]);
  });

  it('says that a path is no path', () => {
    expect(loadInventory({ file: 'a\0b.yaml' }).diagnostics).toMatchObject([{ code: 'PLR1003' }]);
  });

  it('reads relative to the folder it is given and names files as they were given', () => {
    const files = { 'plr.yaml': VALID, 'plr.prod.yaml': 'routers: { analytics: { basePort: x } }' };
    const { diagnostics } = withFiles(files, (cwd) => loadInventory({ file: './plr.yaml', env: 'prod', cwd }));
    expect(diagnostics).toMatchObject([{ file: './plr.prod.yaml', line: 1, column: 35 }]);
  });

  it('reports what is wrong with base and overlay together', () => {
    const files = { 'plr.yaml': 'a: [', 'plr.prod.yaml': '' };
    const { diagnostics } = withFiles(files, (cwd) => loadInventory({ file: 'plr.yaml', env: 'prod', cwd }));
    expect(diagnostics.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'PLR1006 plr.prod.yaml',
      'PLR1007 plr.yaml',
    ]);
  });

  it('names the overlay that it looked for, of JSON too', () => {
    const { diagnostics } = withFiles({ 'plr.json': '{}' }, (cwd) =>
      loadInventory({ file: 'plr.json', env: 'prod', cwd }),
    );
    expect(diagnostics).toMatchObject([{ code: 'PLR1018', file: 'plr.prod.json' }]);
    expect(diagnostics[0]?.message).toContain('plr.prod.json');
  });

  it('answers a list of more mistakes than a stack holds', () => {
    const text = VALID.replace('- 10.0.0.2', `- ${'1\n      - '.repeat(150_000)}1`);
    const { diagnostics, inventory } = loadText(text);
    expect(diagnostics.map(({ code }) => code)).toEqual(['PLR1117']);
    expect(inventory).toBeUndefined();
  });
});

describe('places', () => {
  it('are those of the value, of the key where the key is at fault, of the map where a key is missing', () => {
    const text = `version: 1
databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
routers:
  r:
    aws:
      accountId: "123456789012"
      regoin: us-east-2
      vpcId: vpc-1
      subnetIds: [subnet-0a1b2c3d, subnet-0a1b2c3d]
    ncc: { name: abc }
    targets:
      a: { host: a.corp.example, port: 0 }
`;
    expect(places(loadText(text))).toEqual([
      'PLR1101 7:7',
      'PLR1304 8:14',
      'PLR1114 9:36',
      'PLR1102 10:5',
      'PLR1104 12:40',
    ]);
  });

  it('do not move with a byte order mark or Windows line ends', () => {
    const wrong = VALID.replace('port: 5432', 'port: 0');
    const plain = places(loadText(wrong));
    expect(plain).toHaveLength(1);
    expect(places(loadText(`\ufeff${wrong}`))).toEqual(plain);
    expect(places(loadText(wrong.replaceAll('\n', '\r\n')))).toEqual(plain);
  });

  it('of an anchored value are told once, however often it is used', () => {
    const text = VALID.replace('protocol: TCP', 'protocol: UDP')
      .replace('        healthCheck:\n', '        healthCheck: &check\n')
      .replace('enabled: false', 'healthCheck: *check');
    expect(places(loadText(text))).toHaveLength(1);
  });

  it('are found for whatever another room asks', () => {
    const { locate } = loadText(VALID, 'routers:\n  analytics:\n    basePort: 20000\n');
    const line = (text: string) => VALID.split('\n').findIndex((one) => one.includes(text)) + 1;
    expect(locate(['routers', 'analytics', 'basePort'])).toEqual({ file: 'plr.prod.yaml', line: 3, column: 15 });
    expect(locate(['routers', 'analytics', 'targets', 'orders-db'])).toEqual({
      file: 'plr.yaml',
      line: line('orders-db:'),
      column: 7,
    });
    expect(locate(['routers', 'analytics', 'targets', 'orders-db', 'domain'])).toMatchObject({
      line: line('orders-db:'),
    });
    expect(locate(['routers', 'analytics', 'targets', 'ledger', 'port'])).toMatchObject({
      line: line('ledger:'),
      column: 15,
    });
    expect(locate(['routers', 'nobody', 'targets'])).toMatchObject({ line: line('routers:'), column: 1 });
    expect(locate([])).toEqual({ file: 'plr.yaml', line: 1, column: 1 });
  });
});

describe('what the planner gets', () => {
  it('is no inventory at all where the routers could not be read: they would look like removed ones', () => {
    for (const text of [
      VALID.replace('routers:\n', 'router:\n'),
      VALID.replace('routers:\n', 'routers: {}\nlost:\n'),
      `${VALID}routers: {}\n`,
    ]) {
      const { inventory, diagnostics } = loadText(text);
      expect(inventory).toBeUndefined();
      expect(diagnostics.length).toBeGreaterThan(0);
    }
  });

  it('is the sound routers, where the account is at fault as well', () => {
    const { inventory } = loadText(VALID.replace('7a99b43c-b46c', 'x'));
    expect(inventory?.routers).toHaveLength(2);
  });
});

describe('all at once', () => {
  it('every finding of every kind is reported in one run, sorted, and sound routers still come out', () => {
    const text = VALID.replace('team: data-platform', 'aws:team: x')
      .replace('host: orders.corp.example', 'host: https://orders.corp.example')
      .replace('listenPort: 14330', 'listenPrt: 14330')
      .replace('ledger: ledger.corp.example:1521', 'ledger: ledger.corp.example')
      .replace('host: 10.40.7.12', 'host: 8.8.8.8')
      .replace('enabled: false', 'enabled: no');
    const { diagnostics, inventory, brokenRouters } = loadText(text);
    expect(diagnostics.map(({ code }) => code)).toEqual([
      'PLR1401',
      'PLR1201',
      'PLR1101',
      'PLR1111',
      'PLR1210',
      'PLR1103',
    ]);
    expect([...brokenRouters]).toEqual(['analytics']);
    expect(inventory?.routers.map(({ name }) => name)).toEqual(['reporting']);
  });

  it('a misspelt key is suggested', () => {
    const { diagnostics } = loadText(VALID.replace('listenPort', 'listen_port'));
    expect(diagnostics[0]?.message).toContain('"listenPort"');
    expect(diagnostics[0]?.path).toBe('routers.analytics.targets.billing-sql.listen_port');
  });

  it('a region and a preset are suggested', () => {
    expect(loadText(VALID.replace('eu-west-1', 'eu-wset-1')).diagnostics[0]?.message).toContain('"eu-west-1"');
    expect(loadText(VALID.replace('preset: postgres', 'preset: postgre')).diagnostics[0]?.message).toContain(
      '"postgres"',
    );
  });

  it('text of the file reaches messages only in a form that a terminal shows and does not obey', () => {
    const { diagnostics } = loadText(VALID.replace('      orders-db:', '      "\\e[31m\\u202eorders":'));
    const all = JSON.stringify(diagnostics.map(({ message, path, fix }) => message + path + fix));
    expect(all).not.toContain('\u001b');
    expect(all).not.toContain('\u202e');
    expect(diagnostics.map(({ code }) => code)).toEqual(['PLR1109']);
  });
});
