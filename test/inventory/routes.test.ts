import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/inventory';
import { CHOOSES_BY, routeMeant } from '../../src/inventory/tables/route-aliases';
import { clash, LONGEST_PATH, PATH_FORM, ROUTES, type Route, selectorsOf } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { runs } from '../support/runs';
import { loadText } from './support';

const PARTS = /^ {6}parts-api:\n(?: {8}.*\n)+/m;

/** The router with HAProxy of the valid inventory of Azure, with these targets in the place of one. */
const withTargets = (lines: readonly string[], base = VALID_AZURE): string =>
  base.replace(PARTS, () => lines.map((line) => `      ${line}\n`).join(''));
const said = (text: string): string[] =>
  loadText(text).diagnostics.map(({ code, message, fix }) => `${code} ${message} / ${fix}`);
const codes = (...lines: readonly string[]): string[] =>
  loadText(withTargets(lines)).diagnostics.map(({ code }) => code);
const read = (name: string, ...lines: readonly string[]) =>
  loadText(withTargets(lines)).inventory?.routers[0]?.targets.find((target) => target.name === name);

describe('the route of a target', () => {
  it('is tcp unless the target says another, and has a path with http alone', () => {
    const lines = [
      'a: { host: a.corp.example, port: 80 }',
      'b: { host: b.corp.example, preset: https, route: sni }',
      'c: { host: c.corp.example, port: 8080, listenPort: 80, route: http, path: /Orders/EU }',
    ];
    expect(read('a', ...lines)).toMatchObject({ route: 'tcp' });
    expect(read('a', ...lines)).not.toHaveProperty('path');
    expect(read('b', ...lines)).toMatchObject({ route: 'sni', domains: ['b.corp.example'], port: 443 });
    expect(read('b', ...lines)).not.toHaveProperty('listenPort');
    expect(read('c', ...lines)).toMatchObject({ route: 'http', path: '/Orders/EU', listenPort: 80 });
  });

  it.each([
    ['https', 'sni'],
    ['TLS-passthrough', 'sni'],
    ['Host-Header', 'http'],
    ['path', 'http'],
    ['L7', 'http'],
    ['port', 'tcp'],
    ['SNI', 'sni'],
  ])('%s is answered with %s', (word, route) => {
    const [finding] = said(withTargets([`a: { host: a.corp.example, port: 443, route: ${word} }`]));
    expect(finding).toContain(`There is no route "${word}"`);
    expect(finding).toContain(CHOOSES_BY[routeMeant(word) ?? 'tcp']);
    expect(finding).toMatch(new RegExp(`Write route: ${route}\\.$`));
  });

  it.each(['', 'constructor', 'udp', '__proto__'])('no word of people is %j', (word) => {
    expect(routeMeant(word)).toBeUndefined();
  });

  it('on AWS is refused with both ways around, whatever else is to be said of it', () => {
    const text = VALID.replace('preset: postgres', 'preset: postgres\n        route: sni');
    expect(said(text)).toEqual([
      expect.stringMatching(
        /^PLR1118 route: sni needs forwarders.*layer-7 proxy of yours, which has all the names as domains\.$/,
      ),
    ]);
  });

  it('that cannot be had goes with the keys that belong to it', () => {
    const lines = [
      'a: { host: a.corp.example, preset: mysql, route: sni, tls: direct }',
      'b: { host: b.corp.example, preset: sftp, route: http, path: /a }',
    ];
    const [tls, path] = said(withTargets(lines));
    expect(tls).toContain('Remove route and tls, so that the target has a listener port of its own.');
    expect(path).toContain('Remove route and path, so that the target has a listener port of its own.');
  });

  it('which the engine cannot read is answered with the engine that can', () => {
    const text = VALID_AZURE.replace(
      'sftp: files.corp.example:22',
      'api: { host: a.corp.example, port: 443, route: sni }',
    );
    expect(said(text)).toEqual([
      expect.stringMatching(
        /^PLR1621 The engine nftables .*by the name in the TLS hello.* Use engine: haproxy, or remove route, so that/,
      ),
    ]);
  });
});

describe('protocols', () => {
  it('have a reason, where their clients do not begin with TLS and the name of a host', () => {
    for (const [name, { hello, plainHttp }] of PRESETS) {
      expect(hello.instead === '', name).toBe(hello.comes === 'at once');
      expect(hello.direct !== undefined, name).toBe(hello.comes === 'direct');
      if (plainHttp) expect(['http', 'elasticsearch']).toContain(name);
    }
  });

  it.each([...PRESETS])('%s takes by the check what its row says', (name, { hello, plainHttp }) => {
    const refused = (more: string): boolean =>
      codes(`a: { host: a.corp.example, preset: ${name}, ${more} }`).includes('PLR1262');
    expect(refused('route: sni')).toBe(hello.comes !== 'at once');
    expect(refused('route: sni, tls: direct')).toBe(hello.comes === 'never');
    expect(refused('route: http')).toBe(!plainHttp);
    expect(refused('route: tcp')).toBe(false);
  });

  it('that start TLS after words of their own are told when it would do', () => {
    const [postgres] = said(withTargets(['a: { host: a.corp.example, preset: postgres, route: sni }']));
    expect(postgres).toContain('clients of postgres ask the server for TLS in a message of their own');
    expect(postgres).toContain('add tls: direct where all begin with TLS at once: servers from PostgreSQL 17 on');
    const [mysql] = said(withTargets(['a: { host: a.corp.example, preset: mysql, route: sni }']));
    expect(mysql).toContain('wait for the greeting of the server');
    expect(mysql).not.toContain('tls: direct');
    const [http] = said(withTargets(['a: { host: a.corp.example, preset: http, route: sni }']));
    expect(http).toMatch(/Write route: http\.$/);
    const [https] = said(withTargets(['a: { host: a.corp.example, preset: https, route: http }']));
    expect(https).toMatch(/those of https come encrypted.* Write route: sni/);
  });

  it('without a preset may have any route', () => {
    expect(codes('a: { host: a.corp.example, port: 1, route: sni }')).toEqual([]);
    expect(codes('a: { host: a.corp.example, port: 1, route: http }')).toEqual([]);
  });
});

describe('a shared domain', () => {
  const shared = VALID_AZURE.replace(
    '    basePort: 10000\n',
    '    basePort: 10000\n    domains: { shared: all.corp.example }\n',
  );
  const errors = (line: string): string[] =>
    said(withTargets([line], shared)).filter((text) => !text.startsWith('PLR1232'));

  it.each(['sni', 'http'])('chooses no target by %s', (route) => {
    expect(errors(`a: { host: a.corp.example, port: 443, route: ${route} }`)).toEqual([
      expect.stringMatching(
        /^PLR1110 route: \w+ and the shared domain all\.corp\.example exclude each other.*the name of all/,
      ),
    ]);
  });

  it('is the affair of the others, where the target has a name of its own', () => {
    expect(errors('a: { host: a.corp.example, port: 443, route: sni, domain: a.corp.example }')).toEqual([]);
    expect(errors('a: { host: a.corp.example, port: 443 }')).toEqual([]);
  });
});

describe('names at one port', () => {
  const NAMES = Array.from({ length: 10 }, (_, index) => `n${index}.corp.example`).join(', ');

  it('that two targets have in common are told once, with both targets', () => {
    const lines = ['a', 'b'].map(
      (name, index) =>
        `${name}: { host: 10.40.7.2${index}, port: 443, route: sni, listenPort: 443, domains: [${NAMES}] }`,
    );
    expect(said(withTargets(lines))).toEqual([
      expect.stringMatching(/^PLR1263 n0\.corp\.example at the port 443 is the target a already \(plr\.yaml:\d+\)/),
    ]);
  });

  it('are judged only where the inventory itself says the port: the lock may have another', () => {
    const name = 'domain: a.corp.example, route: sni';
    expect(
      codes(
        `a: { host: 10.40.7.20, port: 443, ${name} }`,
        `b: { host: 10.40.7.21, port: 443, ${name}, listenPort: 443 }`,
      ),
    ).toEqual([]);
  });

  it('are refused as the planner refuses them on a listener, except for two targets of tcp, which it tells itself', () => {
    const end = fc.record({
      route: fc.constantFrom<Route>(...ROUTES),
      path: fc.constantFrom(undefined, '/a', '/a/b', '/A'),
    });
    const written = (name: string, host: number, { route, path }: { route: Route; path: string | undefined }): string =>
      `${name}: { host: 10.40.7.${host}, port: 1, listenPort: 443, domain: a.corp.example, route: ${route}${path === undefined || route !== 'http' ? '' : `, path: ${path}`} }`;
    fc.assert(
      fc.property(end, end, (one, other) => {
        const [first, second] = [one, other].map(({ route, path }) =>
          selectorsOf({ route, domains: ['a.corp.example'], ...(path !== undefined && route === 'http' && { path }) }),
        );
        const clashing = first?.some((a) => second?.some((b) => clash(a, b))) === true;
        const told = codes(written('a', 20, one), written('b', 21, other));
        expect(told.length > 0).toBe(clashing && (one.route !== 'tcp' || other.route !== 'tcp'));
      }),
      { numRuns: runs(100) },
    );
  });

  it('with two routes are told with both', () => {
    const [finding] = said(
      withTargets([
        'a: { host: 10.40.7.20, port: 443, route: sni, listenPort: 443, domain: a.corp.example }',
        'b: { host: 10.40.7.21, port: 80, route: http, listenPort: 443, domain: a.corp.example, path: /a }',
      ]),
    );
    expect(finding).toMatch(
      /^PLR1264 The port 443 of a\.corp\.example has the route sni already, by the target a .*route http/,
    );
  });

  it('that a target keeps while it is switched off are left to the planner', () => {
    const name = 'port: 443, listenPort: 443, domain: a.corp.example, route: sni';
    expect(codes(`a: { host: 10.40.7.20, ${name} }`, `b: { host: 10.40.7.21, ${name}, enabled: false }`)).toEqual([]);
    expect(codes(`a: { host: 10.40.7.20, ${name} }`, `b: { host: 10.40.7.21, ${name} }`)).toEqual(['PLR1263']);
  });

  it('at two targets of tcp are left to the planner', () => {
    expect(
      codes(
        'a: { host: 10.40.7.20, port: 1, listenPort: 443, domain: a.corp.example }',
        'b: { host: 10.40.7.21, port: 1, listenPort: 443, domain: a.corp.example }',
      ),
    ).toEqual([]);
  });
});

it('certificates are spoken of once for a router, with the names that they need', () => {
  const lines = Array.from(
    { length: 20 },
    (_, index) =>
      `t${index}: { host: h${index}.corp.example, preset: https, route: sni, domain: d${index}.corp.example }`,
  );
  expect(said(withTargets(lines))).toEqual([
    expect.stringMatching(/^PLR1265 .*: d0\.corp\.example, d1\.corp\.example, .* and 15 more\. /),
  ]);
});

describe('a path', () => {
  const finding = (path: string) =>
    said(withTargets([`a: { host: a.corp.example, port: 80, route: http, path: ${JSON.stringify(path)} }`]));

  it.each([
    ['/', 'every path', 'Remove path'],
    ['orders', 'does not begin with "/"', 'Write "/" before it'],
    ['/orders/', 'ends with "/"', 'Remove it'],
    ['/a?b', 'goes on behind its path', 'before ? and #'],
    ['/a%2Fb', 'holds an escape', 'no escapes'],
    ['/orders/*', 'holds a wildcard', 'includes whatever is below it'],
    ['/orders/..', 'of dots alone', 'without it'],
    ['https://a.corp.example/orders', 'is a URL', 'its host as domain'],
    ['/a\u2013b', 'an en dash', 'Use letters'],
  ])('%s is answered in words of its own', (path, message, fix) => {
    const [only, ...others] = finding(path);
    expect(others).toEqual([]);
    expect(only).toMatch(/^PLR1260 /);
    expect(only).toContain(message);
    expect(only?.split(' / ').at(-1)).toContain(fix);
  });

  it('that is taken comes out as it is, and has what the form has', () => {
    const piece = fc.oneof(
      fc.string({ unit: fc.constantFrom(...'abzAZ09-._~:@+='), minLength: 1, maxLength: 5 }),
      fc.string({ unit: fc.constantFrom(...'./a%*?#; \\"\n'), maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 4 }), (pieces) => {
        const path = `/${pieces.join('/')}`;
        const target = read('a', `a: { host: a.corp.example, port: 80, route: http, path: ${JSON.stringify(path)} }`);
        const right = pieces.length > 0 && pieces.every((one) => /^[\w\-.~:@+=]+$/.test(one) && !/^\.+$/.test(one));
        // A piece may hold slashes of its own.
        const whole = pieces.join('/').split('/');
        expect(target?.path).toBe(
          right || (PATH_FORM.test(path) && whole.every((one) => !/^\.*$/.test(one))) ? path : undefined,
        );
      }),
      { numRuns: runs(150) },
    );
  });

  it('has its length', () => {
    expect(finding(`/${'a'.repeat(LONGEST_PATH - 1)}`)).toEqual([]);
    expect(finding(`/${'a'.repeat(LONGEST_PATH)}`)).toEqual([
      expect.stringContaining(`${LONGEST_PATH + 1} characters; at most ${LONGEST_PATH}`),
    ]);
  });
});

it('the words of routes lead to routes that there are', () => {
  for (const route of ROUTES) expect(routeMeant(route)).toBe(route);
});
