import { LONGEST_PATH } from '../../../src/model';
import { VALID_AZURE } from '../azure-inventory';
import { type Neighbour, near } from './neighbour';

const LAST = '      old-crm:\n        host: crm.corp.example\n        port: 3306\n        enabled: false\n';

/** A router with HAProxy that has these targets too, a line for each. */
const routes = (code: string, name: string, lines: readonly string[], more: Partial<Neighbour> = {}): Neighbour =>
  near(code, `routes: ${name}`, [[LAST, LAST + lines.map((line) => `      ${line}\n`).join('')]], {
    base: VALID_AZURE,
    ...more,
  });

const path = (text: string): Neighbour =>
  routes('PLR1260', `path ${text.slice(0, 30)}`, [
    `api: { host: api.corp.example, port: 8080, route: http, path: "${text}" }`,
  ]);

const sni = (preset: string, more = ''): Neighbour =>
  routes(
    'PLR1262',
    `sni on ${preset}${more}`,
    [`api: { host: api.corp.example, preset: ${preset}, route: sni${more} }`],
    {
      ...(REDIRECTS.includes(preset) && { warnings: ['PLR1226'] }),
    },
  );

/** Presets that warn of redirects whatever the route is. A Kafka broker that listens on its own port does not. */
const REDIRECTS = ['mongodb', 'cassandra', 'neo4j', 'redis', 'elasticsearch', 'snowflake'];

/** Beside the mistakes of targets that share a port. */
export const ROUTE_NEIGHBOURS: readonly Neighbour[] = [
  ...['/a', '/v1.2/orders', '/v1:batch', '/a=b+c', '/..a/.b', '/A~b_c-d', '/users/@me'].map(path),
  path(`/${'a'.repeat(LONGEST_PATH - 1)}`),
  routes(
    'PLR1261',
    'path with http and direct TLS with sni',
    [
      'api: { host: api.corp.example, port: 8080, route: http, path: /orders }',
      'pg: { host: pg.corp.example, preset: postgres, route: sni, tls: direct }',
    ],
    { target: ['analytics.api', { route: 'http', path: '/orders', port: 8080 }] },
  ),
  ...[
    ...['https', 'ldaps', 'kafka', 'snowflake', 'mongodb', 'redis', 'elasticsearch', 'db2', 'saphana', 'teradata'],
    ...['cassandra', 'neo4j'],
  ].map((preset) => sni(preset)),
  ...['postgres', 'redshift', 'https'].map((preset) => sni(preset, ', tls: direct')),
  sni('sqlserver', ', port: 1434, tls: direct'),
  routes('PLR1262', 'http on http, and on a preset of plain HTTP', [
    'api: { host: api.corp.example, preset: http, route: http }',
  ]),
  routes(
    'PLR1262',
    'http on Elasticsearch without TLS',
    ['es: { host: es.corp.example, preset: elasticsearch, route: http }'],
    { warnings: ['PLR1226'] },
  ),
  routes('PLR1105', 'route tcp, written out', ['api: { host: api.corp.example, port: 8080, route: tcp }'], {
    target: ['analytics.api', { route: 'tcp' }],
  }),
  near('PLR1118', 'route tcp on AWS', [['enabled: false', 'route: tcp']]),
  near(
    'PLR1621',
    'route tcp on nftables',
    [['sftp: files.corp.example:22', 'sftp: { host: files.corp.example, port: 22, route: tcp }']],
    {
      base: VALID_AZURE,
    },
  ),
  routes('PLR1263', 'many names on a port', [
    'a: { host: a.corp.example, preset: https, route: sni }',
    'b: { host: b.corp.example, preset: https, route: sni }',
    'c: { host: c.corp.example, port: 8443, route: sni, listenPort: 443 }',
    'd: { host: 10.40.7.13, port: 8443, route: sni, listenPort: 443, domain: d.corp.example }',
  ]),
  routes('PLR1263', 'one name on two ports', [
    'a: { host: 10.40.7.13, preset: https, route: sni, listenPort: 443, domain: a.corp.example }',
    'b: { host: 10.40.7.14, preset: https, route: sni, listenPort: 8443, domain: a.corp.example }',
  ]),
  routes('PLR1263', 'paths that overlap, and none', [
    'a: { host: a.corp.example, port: 8080, route: http, listenPort: 80, domain: api.corp.example }',
    'b: { host: b.corp.example, port: 8080, route: http, listenPort: 80, domain: api.corp.example, path: /a }',
    'c: { host: c.corp.example, port: 8080, route: http, listenPort: 80, domain: api.corp.example, path: /a/b }',
    'd: { host: d.corp.example, port: 8080, route: http, listenPort: 80, domain: api.corp.example, path: /A }',
  ]),
  routes('PLR1264', 'sni and http on ports of their own', [
    'a: { host: 10.40.7.13, port: 8443, route: sni, listenPort: 443, domain: a.corp.example }',
    'b: { host: 10.40.7.14, port: 8080, route: http, listenPort: 80, domain: a.corp.example }',
  ]),
  routes('PLR1221', 'one host and port behind two names by sni', [
    'a: { host: 10.40.7.13, port: 443, route: sni, domain: a.corp.example }',
    'b: { host: 10.40.7.13, port: 443, route: sni, domain: b.corp.example }',
  ]),
  routes('PLR1221', 'one host and port behind two paths', [
    'a: { host: apps.corp.example, port: 8080, route: http, path: /a }',
    'b: { host: apps.corp.example, port: 8080, route: http, path: /b }',
    'c: { host: apps.corp.example, port: 8080, route: http }',
  ]),
  routes('PLR1265', 'the host among its domains, and a host that is an address', [
    'a: { host: A.corp.example., preset: https, route: sni, domain: a.corp.example }',
    'b: { host: 10.40.7.13, preset: https, route: sni, domain: b.corp.example }',
    'c: { host: c-1.corp.example, preset: https, route: sni, domain: c.corp.example, enabled: false }',
  ]),
  routes('PLR1110', 'hosts kept back, a health check and limits behind a shared port', [
    'a: { hosts: [a1.corp.example, a.corp.example], backup: [a3.corp.example], domain: a.corp.example, preset: https, route: sni, maxConnections: 500, shard: apis, healthCheck: { protocol: HTTPS, path: /health } }',
  ]),
];
