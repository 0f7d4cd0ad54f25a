import { describe, expect, it } from 'vitest';
import { parseDocument } from 'yaml';
import { cutTexts } from '../../src/inventory/source/cut-texts';
import { PLAIN, renderDiagnostics } from '../../src/reports';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

/** A piece of a password, which nothing else of an inventory holds. */
const PIECE = 'Zq9kkV7mWx';
const LEDGER = 'ledger: ledger.corp.example:1521';
const target = (text: string) => VALID.replace(LEDGER, () => `ledger: ${text}`);
const groups = (text: string) => VALID.replace(/securityGroupIds:\n *- .*/, () => `securityGroupIds: ${text}`);
const LINE = VALID.split('\n').findIndex((line) => line.includes(LEDGER)) + 1;

/** Every diagnostic, `code line:column path`. */
const found = (text: string) =>
  loadText(text).diagnostics.map(({ code, line, column, path }) => `${code} ${line}:${column} ${path}`);
const one = (column: number) => [`PLR1025 ${LINE}:${column} routers.analytics.targets.ledger`];

describe('a text that commas may have cut out of a credential', () => {
  it.each([
    ['a key that stands twice', target(`{ host: app:a,${PIECE},${PIECE}, port: 1 }`)],
    ['a key without a value', target(`{ host: app:a,${PIECE}, port: 1 }`)],
    ['a key with a value', target(`{ app:a,${PIECE}: 1 }`)],
    ['the value of a known key', target(`{ host: scott/${PIECE},x@//ora.corp.example:1521/PDB, port: 1521 }`)],
    ['what follows a password', target(`{ host: db.corp.example, port: 1, password: a,${PIECE} }`)],
    ['what follows a password that begins with a comma', target(`{ host: a.corp.example, password: ,${PIECE} }`)],
    ['a key below a password', target(`{ host: db.corp.example, port: 1, password: {${PIECE},${PIECE}} }`)],
    ['a tag', target(`{ host: app:a,!${PIECE} , port: 1 }`)],
    ['a tag of a password', target(`{ host: db.corp.example, port: 1, password: !${PIECE} x }`)],
    ['a tag of a password in a line of its own', VALID.replace('team: data-platform', `password: !${PIECE} x`)],
    ['an anchor', target(`{ host: [app:a,&${PIECE} x], port: 1 }\n      other: *y`)],
    ['a tag, where the line of the tag is harmless', target(`{ host: app:a\n        b,!${PIECE} , port: 1 }`)],
    ['a piece whose line is harmless', target(`{ host: scott/${PIECE},x\n        /@ora.corp.example:1521, port: 1 }`)],
    ['a text after an empty pair of braces', target(`{ redis://:{a},${PIECE},1@cache.corp.example:6379/0: 1 }`)],
    ['what precedes a map of one key in brackets', groups(`[https://${PIECE},a: b@git.corp.example]`)],
    ['the name of a target', VALID.replace(/targets:\n[\s\S]*/, `targets: { a: app:a,${PIECE} }\n`)],
    [
      'the name of a target whose short form is none',
      VALID.replace(/targets:\n[\s\S]*/, `targets: { a/${PIECE}: x,b: c@db.corp.example }\n`),
    ],
    [
      'a key of a mirror',
      VALID_AZURE.replace('egress: nat', `egress: { (HOST=ora.corp.example)(PASSWORD=,${PIECE})): 1 }`),
    ],
  ])('is in no message: %s', (_name, text) => {
    const { diagnostics } = loadText(text);
    expect(diagnostics).not.toEqual([]);
    const excerpts = renderDiagnostics(diagnostics, PLAIN, (_file, line) => text.split('\n')[line - 1]);
    expect(JSON.stringify(diagnostics) + excerpts).not.toContain(PIECE);
  });

  it('is told once a line, at the text that gives it away', () => {
    expect(found(target('{ host: app:a,b,c, prot: 1 }'))).toEqual(one(17));
    expect(found(target('{ host: scott/a,x@//ora.corp.example:1521/PDB, port: 1521 }'))).toEqual(one(31));
  });
});

describe('where commas may have cut a credential', () => {
  const parts = (text: string) =>
    cutTexts(parseDocument(text), text).map(({ from, to, at }) => [text.slice(from, to), text.slice(at, at + 3)]);

  it.each([
    ['a: { b: c@d.example }', []],
    ['a: { b: c@d.example, e: f }', []],
    ['a: { b/: c@d.example, e: f }', [[' b/: c@d.example, e: f }', 'b/:']]],
    ['a: [https://b,c: d@e.example]', [['https://b,c: d@e.example]', 'c: ']]],
    ['a: "[b:c,d]"', []],
    ['a: b:c,d', []],
    ['a: ["b:c,d", e]', []],
    ['a: [b:c, d]\ne: [f, g]', [['b:c, d]', 'b:c']]],
    ['a: [fd00::1, fd00::/8]', []],
  ])('%s', (text, expected) => {
    expect(parts(text)).toEqual(expected);
  });
});

describe('beside a credential', () => {
  it('keys that give nothing away are judged one by one', () => {
    expect(found(target('{ host: db.corp.example, port: 99999, user: app, password: hunter2 }'))).toEqual([
      `PLR1104 ${LINE}:46 routers.analytics.targets.ledger.port`,
      `PLR1101 ${LINE}:53 routers.analytics.targets.ledger.user`,
      `PLR1101 ${LINE}:64 routers.analytics.targets.ledger.password`,
    ]);
  });

  it('the host that is meant is named, where no comma cuts the text', () => {
    const { diagnostics } = loadText(target('{ host: app:pw@db.corp.example, port: 5432 }'));
    expect(diagnostics.map(({ fix }) => fix)).toEqual([expect.stringContaining('Write host: db.corp.example.')]);
    const quoted = loadText(target('{ host: "app:p,w@db.corp.example", port: 5432, prot: 1 }'));
    expect(quoted.diagnostics.map(({ code }) => code)).toEqual(['PLR1234', 'PLR1101']);
  });

  it('other lines of the same braces are judged', () => {
    const text = target('{ host: db.corp.example,\n        password: hunter2, foo: 1,\n        prot: 5 }');
    expect(found(text)).toEqual([
      `PLR1025 ${LINE + 1}:9 routers.analytics.targets.ledger`,
      `PLR1101 ${LINE + 2}:9 routers.analytics.targets.ledger.prot`,
    ]);
  });

  it('a missing space is told as one, with the keys that are known', () => {
    const { diagnostics } = loadText(target('{ host:db.corp.example, port:5432 }'));
    expect(diagnostics.map(({ code, message }) => `${code} ${message.slice(0, 29)}`)).toEqual([
      'PLR1120 A space is missing after host',
      'PLR1120 A space is missing after port',
    ]);
    const names = VALID.replace(
      /targets:\n[\s\S]*/,
      'targets: { ledger:ledger.corp.example:1521, b: b.corp.example:1 }\n',
    );
    expect(found(names)).toEqual([expect.stringMatching(/^PLR1120 \d+:16 routers\.analytics\.targets$/)]);
  });

  it('a text that stands alone in its brackets is judged as any other', () => {
    expect(found(groups('[app:pw@db.corp.example]'))).toEqual([expect.stringMatching(/^PLR13/)]);
  });

  it('an address of e-mail in a tag is none', () => {
    const text = VALID.replace('tags:\n  team: data-platform\n', 'tags: { owner: data@corp.example, "a<b": x }\n');
    expect(found(text)).toEqual(['PLR1403 2:35 tags."a<b"']);
  });

  it('addresses of IPv6 are none', () => {
    const text = VALID_AZURE.replace('egress: nat', 'metrics: { from: [10.90.0.0/33, fd00::/8] }');
    expect(JSON.stringify(loadText(text).diagnostics)).toContain('10.90.0.0/33');
  });
});
