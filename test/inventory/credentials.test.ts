import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../src/cli/main';
import { holdsCredential, mayHoldCredential, mayHoldPair } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { RUNS_FACTOR, runs } from '../support/runs';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'plr-credentials-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const COMMANDS = [
  ['check'],
  ['check', '--format', 'json'],
  ['plan'],
  ['plan', '--format', 'json'],
  ['plan', '--format', 'markdown'],
];

/** Everything that `check` and `plan` print of an inventory, in every format, and whether they refused it. */
async function printed(text: string): Promise<{ all: string; code: number }> {
  const file = join(folder, 'plr.yaml');
  writeFileSync(file, text);
  let all = '';
  let code = 0;
  const output = { write: (part: string) => (all += part) };
  for (const [command = '', ...options] of COMMANDS) {
    code = Math.max(code, await main([command, file, ...options], { stdout: output, stderr: output, env: {} }));
  }
  return { all, code };
}

/** Stands in the middle of every secret; nothing else that is printed holds it. */
const MARK = 'Zq9kkV7mWx';

/** Where a secret stands in what people paste. */
const CONNECTIONS: readonly ((secret: string) => string)[] = [
  (secret) => `postgres://app:${secret}@db.corp.example:5432/app?sslmode=require`,
  (secret) => `redis://:${secret}@cache.corp.example:6379/0`,
  (secret) => `https://${secret}@git.corp.example/x`,
  (secret) => `mongodb+srv://app:${secret}@cluster0.ab12.mongodb.example/?w=majority`,
  (secret) => `mongodb://app:${secret}@a.corp.example:27017,b.corp.example:27017/x`,
  (secret) => `app:${secret}@db.corp.example:5432`,
  (secret) => `scott/${secret}@//ora.corp.example:1521/PDB`,
  (secret) => `jdbc:oracle:thin:scott/"${secret}"@ora.corp.example:1521:PDB`,
  (secret) => `jdbc:postgresql://db.corp.example:5432/app?user=me@corp&password=${secret}&ssl=true`,
  (secret) => `jdbc:db2://db2.corp.example:50000/ERP:user=x;password=${secret};`,
  (secret) => `jdbc:sqlserver://sql.corp.example:1433;databaseName=erp;user=sa;password={${secret}};encrypt=true`,
  (secret) => `https://api.corp.example/v1?token=${secret}`,
  (secret) => `https://acme.blob.core.windows.net/x?sv=2022&sig=${secret}`,
  (secret) => `Server=tcp:sql.corp.example,1433;User ID=sa;Password=${secret};Encrypt=true`,
  (secret) => `Driver={ODBC Driver 18 for SQL Server};Server=sql.corp.example;UID=sa;PWD={${secret}}`,
  (secret) => `host=pg.corp.example port=5432 user=app password='${secret}' sslpassword='${secret}'`,
  (secret) => `DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=${secret};EndpointSuffix=core.windows.net`,
  (secret) => `Endpoint=sb://acme.servicebus.windows.net/;SharedAccessKeyName=x;SharedAccessKey=${secret}`,
  (secret) => `pg.corp.example:5432:app:me:${secret}`,
  (secret) => `(DESCRIPTION=(ADDRESS=(HOST=ora.corp.example)(PORT=1521))(SECURITY=(PASSWORD=${secret})))`,
];

const odd = fc.string({ unit: fc.constantFrom(...'@:/?#;,&=%"\'{}()\\!*.+-_ 1aB'), maxLength: 6 });
const secret = fc.tuple(odd, odd).map(([before, after]) => `${before}${MARK}${after}`);
const connection = fc.tuple(fc.constantFrom(...CONNECTIONS), secret).map(([make, inside]) => make(inside));

/** The text as somebody writes it: in quotes, without, in braces, in a block, in a list. */
const written = fc.constantFrom<(text: string) => string>(
  (text) => JSON.stringify(text),
  (text) => `'${text.replaceAll("'", "''")}'`,
  (text) => text,
  (text) => `{ host: ${text}, port: 5432 }`,
  (text) => `{ host: ${JSON.stringify(text)}, port: 5432 }`,
  (text) => `[${text}]`,
  (text) => `[x, ${text}, y]`,
  (text) => `>-\n            ${text}`,
  (text) => `{ ${text}: 1 }`,
  (text) => `{ ${JSON.stringify(text)}: 1 }`,
  (text) => `{ port: 5432, host: { name: ${text} } }`,
  (text) => `{ host: db.corp.example, port: 5432, password: ${text} }`,
  (text) => `{ host: db.corp.example, port: 5432, password: ${JSON.stringify(text)}, unknown: 1 }`,
);

describe.each([
  ['AWS', VALID],
  ['Azure', VALID_AZURE],
])('a credential in an inventory of %s', (_cloud, valid) => {
  const lines = valid.split('\n');
  const values = lines.flatMap((line, index) => (/^ *(- |[\w-]+: )\S/.test(line) ? [index] : []));

  it('is in no output of check and plan, wherever it stands', { timeout: 300_000 * RUNS_FACTOR }, async () => {
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...values), connection, written, async (index, text, write) => {
        const copy = [...lines];
        copy[index] = (lines[index] ?? '').replace(
          /^( *(?:- |[\w-]+: )).*/,
          (_all, before: string) => before + write(text),
        );
        const { all, code } = await printed(copy.join('\n'));
        expect(all, copy[index]).not.toContain(MARK);
        refused += code;
      }),
      { numRuns: runs(120) },
    );
    expect(refused).toBeGreaterThan(runs(70));
  });
});

describe('a credential', () => {
  const targets = (target: string) => VALID.replace('ledger: ledger.corp.example:1521', () => `ledger: ${target}`);

  it('at an unknown key is not repeated, and the key is shown', async () => {
    for (const target of [
      `{ host: db.corp.example, port: 1, user: app, pin: ${MARK} }`,
      `\n        host: db.corp.example\n        port: 1\n        passwort: ${MARK}`,
    ]) {
      const { all, code } = await printed(targets(target));
      expect(code).toBe(1);
      expect(all).toMatch(/There is no key "(?:pin|passwort)" here/);
      expect(all).toMatch(/\d \| +(?:pin|passwort)\n/);
      expect(all).not.toContain(MARK);
    }
  });

  it('is not repeated where commas cut it, or where it reads as an alias, an anchor, a tag or a number', async () => {
    for (const target of [
      `{ host: postgres://app:a,${MARK},b@db.corp.example/x, port: 1 }`,
      `{ host: app:a,${MARK}, port: 1 }`,
      `{ host: db.corp.example, port: 1, password: *${MARK} }`,
      `[Endpoint=sb://db.corp.example/;SharedAccessKey=,*${MARK}]`,
      `{ host: db.corp.example, port: 1, password: !${MARK}@x 1 }`,
    ]) {
      const { all, code } = await printed(targets(target));
      expect(code, target).toBe(1);
      expect(all, target).not.toContain(MARK);
    }
    const anchored = VALID.replace('team: data-platform', `password: &${MARK} x\n  team: *nobody`);
    expect((await printed(anchored)).all).not.toContain(MARK);
    const numbers = VALID.replace('team: data-platform', 'db-password: 4815162342');
    expect((await printed(numbers)).all).not.toContain('4815162342');
    const backend = VALID.replace(
      /s3:\n.*\n.*\n.*\n/,
      'http:\n      address: https://x.example/{router}\n      password: 0048151\n',
    );
    expect((await printed(backend)).all).not.toContain('0048151');
  });

  it('is not repeated as an expression or placeholder of a backend, and other ones are', async () => {
    const backend = (line: string) => VALID.replace(/s3:\n.*\n.*\n.*\n/, () => `http:\n      ${line}\n`);
    for (const line of [
      `address: "postgres://app:{{${MARK})@db.corp.example:5432/app"`,
      'address: "postgres://app:{zqxkkv}@db.corp.example:5432/app"',
      'password: "{zqxkkv}"',
    ]) {
      const { all, code } = await printed(backend(line));
      expect(code, line).toBe(1);
      expect(all, line).toMatch(/A part of the text is (?:an expression|no placeholder)/);
      expect(all, line).not.toMatch(new RegExp(`${MARK}|zqxkkv`));
    }
    expect((await printed(backend('address: "https://x.example/{envv}"'))).all).toContain('"{envv}" is no placeholder');
  });

  it('is named with the host that is meant', async () => {
    const { all } = await printed(targets(`postgres://app:${MARK}@db.corp.example:5432/app`));
    expect(all).toContain('Write host: db.corp.example, port: 5432. A password or token has no place in an inventory');
  });
});

describe('what may hold a credential', () => {
  it.each([
    'orders.corp.example',
    'orders.corp.example:5432',
    'postgresql://orders.corp.example:5432/app',
    'SASL_SSL://kafka.corp.example:9094',
    'a.corp.example:1,b.corp.example:2',
    'arn:aws:iam::123456789012:role/network-deploy',
    '/subscriptions/x/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets/s',
    'fd00::1',
    '[fd00::1]:53',
    'https://accounts.cloud.databricks.com',
    'tcp:sql07.corp.example,14331',
    'Standard_D2s_v5',
  ])('is not %s', (text) => {
    expect([mayHoldCredential(text), holdsCredential(text)]).toEqual([false, false]);
  });

  it.each([
    ['me@orders.corp.example', false],
    ['jdbc:oracle:thin:@ora.corp.example:1521:X', false],
    ['host=pg.corp.example', false],
    ['dapi0123456789abcdef0123456789abcdef', true],
    ['app:hunter2@db.corp.example', true],
    ['scott/tiger@db.corp.example', true],
    ['redis://:hunter2@cache.corp.example', true],
    ['https://x.example/?token=1', true],
    ['AccountKey=abc', true],
    ['postgres://app:hun%40ter2', false],
  ])('is %s; beyond doubt: %s', (text, certain) => {
    expect([mayHoldCredential(text), holdsCredential(text)]).toEqual([true, certain]);
  });

  it('in a line is a pair of user and password too', () => {
    expect(mayHoldPair('    host: app:hunter2')).toBe(true);
    expect(mayHoldPair('    host: db.corp.example')).toBe(false);
    expect(mayHoldPair('    ledger: ledger.corp.example:1521')).toBe(false);
    expect(mayHoldPair('    roleArn: arn:aws:iam::123456789012:role/network-deploy')).toBe(false);
  });
});
