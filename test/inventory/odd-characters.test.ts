import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isHost, parseHost } from '../../src/inventory/values/host';
import { loadText } from './support';

const AZURE_SUBNET =
  '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v/subnets';

/** Every finding of an inventory with this router and target. */
function findings(target: string, router = ''): { code: string; severity: string; message: string }[] {
  return loadText(`version: 1
databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
routers:
  r1:
    azure: { location: westeurope, resourceGroupName: rg, subnetId: ${AZURE_SUBNET}/fwd, natSubnetId: ${AZURE_SUBNET}/pl }
    ncc: { name: r1-ncc, workspaceIds: [1234567890123456] }
    ${router}
    targets:
      db: ${target}
      other: other.acme-data.com:1
`).diagnostics.map(({ code, severity, message }) => ({ code, severity, message }));
}

const TYPOGRAPHIC: readonly (readonly [character: string, point: string])[] = [
  ['“', 'U+201C'],
  ['”', 'U+201D'],
  ['‘', 'U+2018'],
  ['’', 'U+2019'],
  ['„', 'U+201E'],
  ['‚', 'U+201A'],
  ['«', 'U+00AB'],
  ['′', 'U+2032'],
  ['″', 'U+2033'],
  ['´', 'U+00B4'],
  ['‐', 'U+2010'],
  ['‑', 'U+2011'],
  ['‒', 'U+2012'],
  ['–', 'U+2013'],
  ['—', 'U+2014'],
  ['―', 'U+2015'],
  ['−', 'U+2212'],
  ['﹣', 'U+FE63'],
  ['－', 'U+FF0D'],
  ['\u00ad', 'U+00AD'],
  ['\u00a0', 'U+00A0'],
  ['\u202f', 'U+202F'],
  ['\u3000', 'U+3000'],
  ['\u200b', 'U+200B'],
  ['\u200d', 'U+200D'],
  ['\u2060', 'U+2060'],
  ['\ufe0f', 'U+FE0F'],
  ['\u3164', 'U+3164'],
  ['\u202e', 'U+202E'],
  ['→', 'U+2192'],
  ['➜', 'U+279C'],
  ['🚀', 'U+1F680'],
  ['★', 'U+2605'],
  ['©', 'U+00A9'],
  ['€', 'U+20AC'],
  ['…', 'U+2026'],
  ['。', 'U+3002'],
  ['①', 'U+2460'],
  ['ｄ', 'U+FF44'],
  ['ﬁ', 'U+FB01'],
  ['𝐝', 'U+1D41D'],
];

describe('a character that only looks right', () => {
  it.each(TYPOGRAPHIC)('is an error that names it: %j %s', (character, point) => {
    const name = JSON.stringify(`db${character}x.acme-data.com`);
    for (const [target, router] of [
      [`{ host: ${name}, port: 5432 }`],
      [`{ host: 10.0.0.5, port: 5432, domain: ${name} }`],
      [`{ host: 10.0.0.5, port: 5432 }`, `domains: { shared: ${name} }`],
      [`${name.slice(0, -1)}:5432"`],
    ] as const) {
      const [only, another] = findings(target, router);
      expect([only?.code, only?.severity, another?.code], target).toEqual(['PLR1204', 'error', undefined]);
      expect(only?.message, target).toContain(point);
    }
  });

  it('is shown where a person sees it, and by its code point alone where nobody does', () => {
    const [curly] = findings('{ host: “db.acme-data.com”, port: 5432 }');
    expect(curly?.message).toContain('holds “ (U+201C, a curly quote) and ” (U+201D, a curly quote)');
    const [space] = findings('{ host: "db\u00a0x.acme-data.com", port: 5432 }');
    expect(space?.message).toContain('"db\\u00a0x.acme-data.com" holds U+00A0, a no-break space;');
  });

  it('is named in every other text that it makes wrong', () => {
    for (const router of ['resolvers: ["10.0.0.2–3"]', 'ncc2: x']) {
      const found = findings('{ host: 10.0.0.5, port: 5432, domain: db.acme-data.com }', router);
      expect(found.some(({ message }) => message.includes('– (U+2013, an en dash)'))).toBe(router.includes('–'));
    }
    const named = loadText('version: 1\nrouters:\n  r–1:\n    targets: { db–1: "h.example:1" }\n').diagnostics;
    expect(named.filter(({ message }) => message.includes('– (U+2013, an en dash)')).length).toBe(2);
  });
});

describe('letters of other scripts', () => {
  it.each([
    ['bücher.example', 'xn--bcher-kva.example'],
    ['例え.example', 'xn--r8jz45g.example'],
    ['почта.example', 'xn--80a1acny.example'],
    ['δοκιμή.example', 'xn--jxalpdlp.example'],
    ['शहर.example', 'xn--t2blj.example'],
    ['น้ำ.example', undefined],
    ['cel·la.example', 'xn--cella-sja.example'],
    ['データ・ベース.example', undefined],
  ])('stay names: %s', (text, ascii) => {
    const host = parseHost(text);
    expect(isHost(host)).toBe(true);
    if (isHost(host) && ascii !== undefined) expect(host.name).toBe(ascii);
    const warned = findings(`{ host: 10.0.0.5, port: 5432, domain: ${text} }`);
    expect(warned.map(({ code, severity }) => `${code} ${severity}`)).toEqual(['PLR1214 warning']);
  });
});

it('no name is taken that holds anything but letters, digits, marks, hyphens, dots and underscores', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }), (middle) => {
      const text = `a${middle}b.example`;
      if (!isHost(parseHost(text))) return;
      for (const char of text) {
        expect(char).toMatch(/^[\p{L}\p{M}\p{Nd}\p{Nl}._\u00b7\u0375\u05f3\u05f4\u30fb-]$/u);
        if (char > '~') expect(char.normalize('NFKC')).not.toMatch(/^[!-~]+$/);
      }
    }),
    { numRuns: 20_000 },
  );
});
