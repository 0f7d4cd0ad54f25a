import { awsRouter, type Neighbour, near } from './neighbour';

const HOST = 'host: orders.corp.example';
const ADDRESS = 'host: 10.40.7.12';
const ORDERS = 'preset: postgres';
const CRM = '      crm: crm-eu.corp.example:3306\n';
const orders = (line: string): [string, string] => [ORDERS, `${ORDERS}\n        ${line}`];
const host = (code: string, text: string, name = text): Neighbour =>
  near(code, `host ${name}`, [[HOST, `host: ${text}`]], { target: ['analytics.orders-db', { host: text }] });
const address = (code: string, text: string): Neighbour =>
  near(code, `address ${text}`, [[ADDRESS, `host: ${text}`]], {
    target: ['analytics.legacy', { host: text, literal: true }],
  });
const TEN_NAMES = Array.from({ length: 10 }, (_, index) => `n${index}.corp.example`).join(', ');
const OWN = 'plr-analytics-1-0a1b2c3d-0123456789abcdef.elb';

/** Beside the mistakes of targets (12xx). */
export const TARGET_NEIGHBOURS: readonly Neighbour[] = [
  host('PLR1201', 'https.corp.example'),
  host('PLR1201', 'jdbc.postgresql.corp.example'),
  host('PLR1202', '5432.corp.example'),
  host('PLR1203', 'any.corp.example'),
  host('PLR1204', 'a--b.corp.example'),
  near('PLR1237', 'two ports of one host as a target each', [
    ['ledger: ledger.corp.example:1521', 'ledger: ledger.corp.example:80\n      ledger-443: ledger.corp.example:443'],
  ]),
  host('PLR1238', 's3.us-east-2.amazonaws.com.corp.example'),
  host('PLR1238', 'minio-s3.corp.example'),
  host('PLR1238', 'acme.blob.core.windows.net', 'of Azure Storage, from AWS'),
  host('PLR1234', 'tcp.sql07.corp.example'),
  host('PLR1234', 'server.database.corp.example'),
  host('PLR1235', 'mongodb.srv.corp.example'),
  near('PLR1235', 'a host with an underscore that is no SRV record', [
    ['        host: 10.40.7.12', '        host: _mongodb.corp.example'],
  ]),
  near('PLR1114', 'one host in the lists of two targets', [
    [
      'ledger: ledger.corp.example:1521',
      'ledger: { hosts: [a.corp.example, b.corp.example], port: 1, domain: ledger.corp.example }\n      again: { hosts: [b.corp.example, c.corp.example], port: 1, domain: again.corp.example }',
    ],
  ]),
  near('PLR1217', 'several hosts with a domain', [
    [
      'ledger: ledger.corp.example:1521',
      'ledger: { hosts: [10.40.7.14, b.corp.example], port: 1, domain: ledger.corp.example }',
    ],
  ]),
  near('PLR1236', 'several hosts as a target each', [
    ['ledger: ledger.corp.example:1521', 'ledger: ledger.corp.example:1521\n      ledger-2: ledger2.corp.example:1521'],
  ]),
  host('PLR1205', `${'a'.repeat(63)}.corp.example`, 'label of 63 characters'),
  host('PLR1205', 'a.b.4x'),
  host('PLR1206', `${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(53)}.example`, 'of 253 characters'),
  near(
    'PLR1207',
    'an underscore in a host with a domain of its own',
    [[HOST, 'host: orders_db.corp.example\n        domain: orders.corp.example']],
    {
      target: ['analytics.orders-db', { host: 'orders_db.corp.example', domains: ['orders.corp.example'] }],
    },
  ),
  host('PLR1208', 'orders.example'),
  host('PLR1209', 'fd00.corp.example'),
  ...[
    '10.0.0.0',
    '10.255.255.255',
    '172.16.0.0',
    '172.31.255.255',
    '192.168.0.0',
    '192.168.255.255',
    '100.64.0.0',
    '100.127.255.255',
  ].map((text) => address('PLR1210', text)),
  address('PLR1211', '192.168.0.1'),
  address('PLR1212', '10.0.0.255'),
  near(
    'PLR1213',
    'letters that names may have',
    [[HOST, 'host: Bücher.corp.example\n        domain: buecher.corp.example']],
    {
      target: ['analytics.orders-db', { host: 'xn--bcher-kva.corp.example' }],
    },
  ),
  near('PLR1214', 'an international host with a domain in ASCII', [
    [HOST, 'host: bücher.corp.example\n        domain: buecher.corp.example'],
  ]),
  host('PLR1214', 'xn--bcher-kva.corp.example'),
  near('PLR1215', 'a host under a private suffix with a public domain', [
    [HOST, 'host: orders.acme.internal\n        domain: orders.corp.example'],
  ]),
  host('PLR1215', 'internal.corp.example'),
  host(
    'PLR1216',
    `plr-reporting-1-0a1b2c3d-0123456789abcdef.elb.us-east-2.amazonaws.com`,
    'load balancer of another router',
  ),
  host('PLR1216', `${OWN}.us-west-2.amazonaws.com`, 'load balancer of the same name in another region'),
  near(
    'PLR1217',
    'an address under a shared name',
    [
      ['approval: terraform', 'domains: { shared: db.corp.example }'],
      ['        domain: legacy.corp.example\n', ''],
    ],
    { warnings: ['PLR1232'], target: ['analytics.legacy', { domains: ['db.corp.example'] }] },
  ),
  near('PLR1218', 'a domain that spells an address', [
    ['domain: legacy.corp.example', 'domain: 10-40-7-12.corp.example'],
  ]),
  host('PLR1219', 'vpce-0a1b2c3d-abc.s3.us-east-2.vpce.amazonaws.com', "endpoint of AWS' own service"),
  near(
    'PLR1221',
    'one host with another port',
    [['ledger: ledger.corp.example:1521', 'ledger: orders.corp.example:1521']],
    {
      target: ['analytics.ledger', { host: 'orders.corp.example', port: 1521 }],
    },
  ),
  near(
    'PLR1221',
    'one host and port at two targets with domains of their own',
    [
      [ORDERS, `${ORDERS}\n        domains: [b.corp.example, A.corp.example.]`],
      ['ledger: ledger.corp.example:1521', 'ledger: { host: orders.corp.example, port: 5432, domain: c.corp.example }'],
    ],
    { target: ['analytics.orders-db', { domains: ['a.corp.example', 'b.corp.example'] }] },
  ),
  near('PLR1251', 'as many domains as a rule takes', [orders(`domains: [${TEN_NAMES}]`)]),
  near('PLR1252', 'a health check by HTTP of several domains on AWS, which names none', [
    orders('domains: [a.corp.example, b.corp.example]\n        healthCheck: { protocol: HTTP }'),
  ]),
  near('PLR1221', 'one host and port in two routers', [[CRM, '      crm: orders.corp.example:5432\n']]),
  near('PLR1223', 'one domain in routers of two NCCs', [
    [CRM, '      crm: { host: crm-eu.corp.example, port: 3306, domain: orders.corp.example }\n'],
  ]),
  near('PLR1223', 'two domains in two routers of one NCC', [
    [
      CRM,
      CRM +
        awsRouter(
          'second',
          'id: 11111111-2222-4333-8444-555555555555',
          'db: { host: crm-eu.corp.example, port: 3307, domain: crm-2.corp.example }',
          'eu-west-1',
        ),
    ],
  ]),
  near('PLR1224', 'a port from the preset', [['        port: 5432\n', '']], {
    target: ['analytics.orders-db', { port: 5432 }],
  }),
  near('PLR1225', 'the last preset of the table', [['preset: postgres', 'preset: https']], {
    target: ['analytics.orders-db', { port: 5432, preset: 'https' }],
  }),
  near('PLR1226', 'a protocol that keeps its clients', [['preset: postgres', 'preset: mysql']]),
  near('PLR1227', 'a timeout equal to the interval', [['timeout: 5\n', 'timeout: 10\n']]),
  near('PLR1227', 'an interval equal to the timeout of the router', [orders('healthCheck: { interval: 10 }')]),
  near(
    'PLR1228',
    'path and matcher with HTTP',
    [orders('healthCheck: { protocol: HTTP, path: /health, matcher: "200" }')],
    {
      target: [
        'analytics.orders-db',
        {
          healthCheck: {
            protocol: 'HTTP',
            path: '/health',
            matcher: '200',
            interval: 20,
            timeout: 10,
            healthyThreshold: 3,
            unhealthyThreshold: 3,
          },
        },
      ],
    },
  ),
  near('PLR1228', 'path of the target, protocol of the router', [
    ['      interval: 20', '      protocol: HTTPS\n      interval: 20'],
    orders('healthCheck: { path: /health }'),
  ]),
  ...['/', `/${'~'.repeat(1023)}`, '/a?b=c&d#e'].map((path) =>
    near('PLR1229', `path ${path.slice(0, 12)}`, [orders(`healthCheck: { protocol: HTTP, path: "${path}" }`)]),
  ),
  ...['200', '599', '200-200', '200-599', '200,301,400-404'].map((codes) =>
    near('PLR1229', `status codes ${codes}`, [orders(`healthCheck: { protocol: HTTP, matcher: "${codes}" }`)]),
  ),
  near('PLR1230', "as long as the endpoint's own", [orders('idleTimeout: 350')]),
  near('PLR1230', 'as long as the keep-alive', [['preset: postgres', 'preset: https\n        idleTimeout: 60']]),
  near('PLR1231', 'not longer than the endpoint', [['idleTimeout: 350', 'idleTimeout: 349']], {
    warnings: ['PLR1230'],
  }),
  near('PLR1232', 'a name of each target', [['approval: terraform', 'domains: per-target']]),
  near('PLR1250', 'a Kafka broker whose listener port is its own', [
    [ORDERS, 'preset: kafka\n        listenPort: 5432'],
  ]),
];
