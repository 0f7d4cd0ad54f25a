import { LONGEST_PATH } from '../../src/model';
import { hint, slip } from './azure-slips';
import type { Mistake } from './mistake';

/** The last target of the router with HAProxy in the valid inventory of Azure. */
const LAST = '      old-crm:\n        host: crm.corp.example\n        port: 3306\n        enabled: false\n';

/** A router with these targets beside its others, a line for each. */
const targets = (name: string, code: string, ...lines: readonly string[]): Mistake =>
  slip(`routes: ${name}`, code, LAST, LAST + lines.map((line) => `      ${line}\n`).join(''));

const path = (name: string, text: string): Mistake =>
  targets(`path ${name}`, 'PLR1260', `api: { host: api.corp.example, port: 8080, route: http, path: ${text} } #!`);

const protocol = (preset: string, route: string, more = ''): Mistake =>
  targets(
    `${route} on ${preset}${more}`,
    'PLR1262',
    `api: { host: api.corp.example, preset: ${preset}, route: ${route}${more} } #!`,
  );

const paths: readonly Mistake[] = [
  path('without a slash', 'orders'),
  path('that is a slash', '/'),
  path('that is slashes', '//'),
  path('with a slash at its end', '/orders/'),
  path('with two slashes', '/orders//eu'),
  path('with a query', '/orders?x=1'),
  path('with a fragment', '"/orders#top"'),
  path('with a dot', '/./orders'),
  path('with two dots', '/orders/../billing'),
  path('that ends with two dots', '/orders/..'),
  path('with an encoded slash', '/orders%2fbilling'),
  path('with a segment of three dots', '/.../a'),
  path('with a dollar sign', '/$metadata'),
  path('with a parameter', '/orders;v=1'),
  path('with a wildcard', '"/orders/*"'),
  path('with a placeholder', '"/orders/{id}"'),
  path('that is a pattern', '"/orders/[0-9]+"'),
  path('that is a URL', 'https://api.corp.example/orders'),
  path('with a space', '"/my orders"'),
  path('with a letter outside ASCII', '/bücher'),
  path('with a backslash', "'/orders\\eu'"),
  path('with a line break', '"/orders\\nb"'),
  path('too long', `/${'a'.repeat(LONGEST_PATH)}`),
];

const keys: readonly Mistake[] = [
  targets('path with sni', 'PLR1261', 'api: { host: api.corp.example, port: 443, route: sni, path: /a } #!'),
  targets('path without a route', 'PLR1261', 'api: { host: api.corp.example, port: 80, path: /health } #!'),
  targets('tls without a route', 'PLR1261', 'pg: { host: pg.corp.example, preset: postgres, tls: direct } #!'),
  targets('tls with http', 'PLR1261', 'api: { host: api.corp.example, port: 80, route: http, tls: direct } #!'),
  targets('tls of another word', 'PLR1105', 'pg: { host: pg.corp.example, preset: postgres, tls: starttls } #!'),
  targets('route https', 'PLR1105', 'api: { host: api.corp.example, preset: https, route: https } #!'),
  targets('route host', 'PLR1105', 'api: { host: api.corp.example, port: 80, route: host } #!'),
  targets('route misspelt', 'PLR1105', 'api: { host: api.corp.example, port: 443, route: snii } #!'),
  targets('route inspect', 'PLR1108', 'api: { host: api.corp.example, port: 443, route: inspect } #!'),
  targets('sni as a key', 'PLR1101', 'api: { host: api.corp.example, port: 443, sni: true } #!'),
  targets(
    'pathPrefix as a key',
    'PLR1101',
    'api: { host: api.corp.example, port: 80, route: http, pathPrefix: /a } #!',
  ),
];

const protocols: readonly Mistake[] = [
  ...['postgres', 'redshift', 'sqlserver', 'mysql', 'mariadb', 'http', 'sftp'].map((preset) => protocol(preset, 'sni')),
  ...['mysql', 'http', 'sftp'].map((preset) => protocol(preset, 'sni', ', tls: direct')),
  ...['https', 'postgres', 'ldaps', 'teradata', 'sftp'].map((preset) => protocol(preset, 'http')),
];

const ports: readonly Mistake[] = [
  targets(
    'one name twice on a port by sni',
    'PLR1263',
    'a: { host: 10.40.7.14, preset: https, route: sni, listenPort: 443, domain: api.corp.example }',
    'b: { host: 10.40.7.13, preset: https, route: sni, listenPort: 443, domain: API.corp.example. } #!',
  ),
  targets(
    'one of several names twice on a port',
    'PLR1263',
    'a: { host: 10.40.7.14, port: 1, route: sni, listenPort: 443, domains: [b.corp.example, c.corp.example] }',
    'b: { host: 10.40.7.13, port: 1, route: sni, listenPort: 443, domains: [a.corp.example, b.corp.example, c.corp.example] } #!',
  ),
  targets(
    'one name twice on a port by http',
    'PLR1263',
    'a: { host: a.corp.example, port: 80, route: http, listenPort: 80, domain: api.corp.example }',
    'b: { host: b.corp.example, port: 80, route: http, listenPort: 80, domain: api.corp.example } #!',
  ),
  targets(
    'one path twice on a port',
    'PLR1263',
    'a: { host: a.corp.example, port: 80, route: http, listenPort: 80, domain: api.corp.example, path: /a }',
    'b: { host: b.corp.example, port: 81, route: http, listenPort: 80, domain: api.corp.example, path: /a } #!',
  ),
  targets(
    'sni and http on one port',
    'PLR1264',
    'a: { host: 10.40.7.13, port: 8443, route: sni, listenPort: 443, domain: api.corp.example }',
    'b: { host: 10.40.7.13, port: 8080, route: http, listenPort: 443, domain: api.corp.example } #!',
  ),
  targets(
    'http and tcp on one port',
    'PLR1264',
    'a: { host: api.corp.example, port: 8080, route: http, listenPort: 80 }',
    'b: { host: 10.40.7.13, port: 80, listenPort: 80, domain: api.corp.example } #!',
  ),
  targets(
    'same host and port by http with one path',
    'PLR1221',
    'a: { host: api.corp.example, port: 8080, route: http, path: /a }',
    'b: { host: api.corp.example, port: 8080, route: http, path: /a } #!',
  ),
  targets(
    'same host, port and name by sni',
    'PLR1221',
    'a: { host: api.corp.example, port: 443, route: sni }',
    'b: { host: api.corp.example, port: 443, route: sni } #!',
  ),
];

const places: readonly Mistake[] = [
  slip(
    'routes: sni on nftables',
    'PLR1621',
    'sftp: files.corp.example:22',
    'api: { host: api.corp.example, port: 443, route: sni } #!',
  ),
  slip(
    'routes: http on nginx',
    'PLR1621',
    'crm: crm-eu.corp.example:3306',
    'crm: { host: crm-eu.corp.example, port: 80, route: http } #!',
  ),
  { name: 'route sni on AWS', code: 'PLR1118', edits: [['enabled: false', 'route: sni #!']] },
  { name: 'route http on AWS', code: 'PLR1118', edits: [['enabled: false', 'route: http #!']] },
];

const warnings: readonly Mistake[] = [
  targets(
    'a domain that is not the host',
    'PLR1265',
    'a: { host: a-1.corp.example, preset: https, route: sni, domain: a.corp.example } #!',
  ),
  targets(
    'a domain beside the host, and others of the router',
    'PLR1265',
    'a: { host: a-1.corp.example, preset: https, route: sni, domains: [a-1.corp.example, a.corp.example] } #!',
    'b: { host: b-1.corp.example, preset: https, route: sni, domain: b.corp.example }',
  ),
].map(hint);

/** Mistakes of targets that share a port. */
export const ROUTE_MISTAKES: readonly Mistake[] = [...paths, ...keys, ...protocols, ...ports, ...places, ...warnings];
