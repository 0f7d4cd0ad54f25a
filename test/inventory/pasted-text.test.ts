import { describe, expect, it } from 'vitest';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

const found = (text: string): string[] =>
  loadText(text).diagnostics.map(({ code, line, column, message }) => `${code} ${line}:${column} ${message}`);
const HEAD = `${VALID.slice(0, VALID.indexOf('      orders-db:\n'))}      other: other.corp.acme.com:1\n`;
const lineOf = (line: string): number => VALID.split('\n').indexOf(line) + 1;
const AT = HEAD.split('\n').length;
const block = (...lines: string[]): string[] => found(`${HEAD}${lines.join('\n')}\n`);

describe('a colon without a space', () => {
  it.each([
    ['every line', ['      a:', '        host:a.corp.acme.com', '        port:5432'], `${AT + 1}:9`, 'host:'],
    ['the first line', ['      a:', '        host:a.corp.acme.com', '        port: 5432'], `${AT + 1}:9`, 'host:'],
    ['the last line', ['      a:', '        host: a.corp.acme.com', '        port:5432'], `${AT + 2}:9`, 'port:'],
    [
      'the middle',
      ['      a:', '        host: a.acme.com', '        port:1', '        preset: x'],
      `${AT + 2}:9`,
      'port:',
    ],
    ['a line in flow form', ['      a: { host: a.corp.acme.com,port:5433 }'], `${AT}:34`, 'port:'],
    ['two in flow form', ['      a: {host:a.corp.acme.com, port: 5433}'], `${AT}:11`, 'host:'],
    ['a quoted value', ['      a: { host:"a.corp.acme.com", port: 5433 }'], `${AT}:12`, 'host:'],
  ])('is told with its key: %s', (_name, lines, at, key) => {
    const [only, ...more] = block(...lines);
    expect(more).toEqual([]);
    expect(only).toContain(`PLR1120 ${at} A space is missing after ${key}`);
  });

  it('is told of the name of a target, once', () => {
    expect(
      found(`${HEAD.replace(/\n {6}other: .*\n$/, '')} { c:d.corp.acme.com:5432, e: f.corp.acme.com:1 }\n`),
    ).toEqual([expect.stringContaining('PLR1120')]);
  });

  it('is told of other maps', () => {
    const ncc = VALID.replace(
      /ncc:\n {6}name: .*\n {6}workspaceIds:\n(?: {8}.*\n)+/,
      'ncc:\n      name:abc\n      id:x\n',
    );
    expect(found(ncc)).toEqual([expect.stringMatching(/PLR1120 .* name:,/)]);
    expect(found(VALID.replace('version: 1\n', 'version:1\n'))).toEqual([
      expect.stringMatching(/PLR1120 1:1 .* version:,/),
    ]);
  });

  it('may look like one with a space', () => {
    expect(block('      a:', '        host: a.corp.acme.com', '        port:\u00a05432')).toEqual([
      expect.stringMatching(/PLR1120 .*U\+00A0/),
    ]);
    expect(block('      a: { host: a.corp.acme.com, port:\u00a05432 }')).toEqual([
      expect.stringMatching(/PLR1120 .*U\+00A0/),
    ]);
  });

  it('repeats nothing but keys that are known', () => {
    const [only] = block('      a:', '        host: a.corp.acme.com', '        s3cr3t:hunter2');
    expect(only).toContain('PLR1120');
    expect(only).not.toMatch(/s3cr3t|hunter2/);
  });
});

describe('a space that indents nothing', () => {
  it.each([
    ['\u00a0', 'A no-break space (U+00A0)'],
    ['\u2003', 'A space of Unicode (U+2003)'],
    ['\u3000', 'An ideographic space (U+3000)'],
    ['\u202f', 'A narrow no-break space (U+202F)'],
    ['\u200b', 'A space of no width (U+200B)'],
  ])('is named: %j', (space, name) => {
    for (const [text, line] of [
      [VALID.replace('  team: data-platform', `${space}${space}team: data-platform`), 3],
      [
        VALID.replace('    ncc:\n      name: analytics', `    ncc:\n    ${space}${space}name: analytics`),
        lineOf('      name: analytics-use2'),
      ],
      [VALID.replaceAll(/^ +/gm, (spaces) => space.repeat(spaces.length)), 3],
      [
        VALID.replace('        - 1234567890123456', `        ${space}- 1234567890123456`),
        lineOf('        - 1234567890123456'),
      ],
    ] as const) {
      const [only, ...more] = found(text);
      expect(more).toEqual([]);
      expect(only).toContain(`PLR1023 ${line}:`);
      expect(only).toContain(`${name} indents this line`);
    }
  });

  it('may stand in a text of several lines, and in a comment', () => {
    const text = VALID.replace('team: data-platform', 'team: "data\n    \u00a0platform"').replace(
      'limits:',
      '#\u00a0\u00a0comment\nlimits:',
    );
    expect(found(text).filter((one) => one.startsWith('PLR1023'))).toEqual([]);
    const folded = VALID_AZURE.replace(/^( *)location: (.*)$/m, '$1location: >-\n$1  $2\n$1  \u00a0');
    expect(found(folded).filter((one) => one.startsWith('PLR1023'))).toEqual([]);
  });
});

describe('a merge conflict', () => {
  const conflict = (middle: string) =>
    VALID.replace(
      '        port: 5432\n',
      `<<<<<<< HEAD\n        port: 5432\n${middle}=======\n        port: 5433\n>>>>>>> feature/x\n`,
    );

  it.each([
    ['as git writes it', ''],
    ['with the common ancestor', '||||||| 1a2b3c4\n        port: 5431\n'],
  ])('is told with its lines: %s', (_name, middle) => {
    const text = conflict(middle);
    const end = text.split('\n').indexOf('>>>>>>> feature/x') + 1;
    for (const written of [text, text.replaceAll('\n', '\r\n')]) {
      const [only, ...more] = found(written);
      expect(more).toEqual([]);
      expect(only).toMatch(new RegExp(`^PLR1024 (\\d+):1 Lines \\1 to ${end} hold a merge conflict`));
    }
  });

  it('is told of each, and of markers that are left over', () => {
    const two = conflict('').replace('  reporting:\n', '<<<<<<< HEAD\n  reporting:\n=======\n  reports:\n>>>>>>> b\n');
    expect(found(two).map((one) => one.slice(0, 7))).toEqual(['PLR1024', 'PLR1024']);
    for (const left of ['=======', '>>>>>>> b', '||||||| 1a2b3c4', '<<<<<<< HEAD']) {
      const line = VALID.split('\n').indexOf('  reporting:') + 1;
      const [only, ...more] = found(VALID.replace('  reporting:\n', `${left}\n  reporting:\n`));
      expect(more).toEqual([]);
      expect(only).toContain(`PLR1024 ${line}:1`);
    }
  });

  it('is told of an overlay too', () => {
    const { diagnostics } = loadText(VALID, '<<<<<<< HEAD\ntags: {}\n=======\nlimits: {}\n>>>>>>> b\n');
    expect(diagnostics).toMatchObject([{ code: 'PLR1024', file: 'plr.prod.yaml', line: 1 }]);
  });

  it('is none where a text only looks so', () => {
    expect(found(`# <<<<<<< HEAD\n#=======\n${VALID}`)).toEqual([]);
    expect(found(VALID.replace('team: data-platform', 'team: "======="'))).toEqual(
      [expect.stringMatching(/^PLR1403/)].slice(
        0,
        found(VALID.replace('team: data-platform', 'team: "======="')).length,
      ),
    );
  });
});

describe('keys of the user', () => {
  it('hold anchors at the top, also of an overlay', () => {
    const text = `x-defaults: &pg { preset: postgres, port: 6432 }\n${VALID.replace('      crm: ', '      bi: { <<: *pg, host: bi.corp.acme.com }\n      crm: ')}`;
    const overlay = 'x-o: &o { host: c.corp.acme.com, port: 1 }\nrouters: { reporting: { targets: { c: *o } } }\n';
    const loaded = loadText(text, overlay);
    expect(loaded.diagnostics).toEqual([]);
    const targets = loaded.inventory?.routers[1]?.targets;
    expect(targets?.find(({ name }) => name === 'bi')).toMatchObject({ preset: 'postgres', port: 6432 });
    expect(targets?.find(({ name }) => name === 'c')).toMatchObject({ hosts: [{ name: 'c.corp.acme.com' }] });
  });

  it('stand nowhere else', () => {
    const [only] = loadText(VALID.replace('    ncc:\n      name', '    x-mine: 1\n    ncc:\n      name')).diagnostics;
    expect(only).toMatchObject({ code: 'PLR1101' });
    expect(only?.fix).toContain('stand at the top of the file');
  });

  it('may hold anything, and a fault is told where it is used', () => {
    expect(found(`x-notes: [1, { a: null }]\n${VALID}`)).toEqual([]);
    expect(found(`x-p: &p 0\n${VALID.replace('port: 5432', 'port: *p')}`)).toEqual([
      expect.stringMatching(/^PLR1104 1:9/),
    ]);
  });
});
