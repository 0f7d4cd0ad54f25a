import { VALID_AZURE_INVENTORIES } from './azure-valid';
import type { Mistake } from './mistake';
import { VALID } from './mistake';

/** An inventory that looks odd and is right: no error, and only the warnings that are named. */
export interface Valid extends Pick<Mistake, 'name' | 'base' | 'edits' | 'env' | 'overlay' | 'text' | 'file' | 'mode'> {
  readonly warnings?: readonly string[];
  /** A target of the result (`router.target`) and some of its values. */
  readonly target?: readonly [path: string, values: Readonly<Record<string, unknown>>];
}

const HOST = 'host: orders.corp.example';
const CRM = '      crm: crm-eu.corp.example:3306\n';
const orders = (values: Readonly<Record<string, unknown>>) => ['analytics.orders-db', values] as const;

const HEAD = 'version: 1\ndatabricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }\n';
const AWS = (region: string, more = ''): string =>
  `aws: { accountId: "123456789012", region: ${region}, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e]${more} }`;
const one = (targets: string, more = ''): string =>
  `${HEAD}routers:\n  r:\n    ${AWS('us-east-2')}\n    ncc: { name: abc, workspaceIds: [1] }\n${more}    targets:\n${targets}`;

export const VALID_INVENTORIES: readonly Valid[] = [
  ...VALID_AZURE_INVENTORIES,
  { name: 'Windows line ends', edits: [], text: VALID.replaceAll('\n', '\r\n') },
  { name: 'byte order mark', edits: [], text: `\ufeff${VALID}` },
  { name: 'document markers', edits: [], text: `%YAML 1.2\n---\n${VALID}...\n` },
  { name: 'no line end at the end', edits: [], text: VALID.trimEnd() },
  { name: 'tabs in comments and between values', edits: [['port: 5432', 'port:\t5432\t#\ttab']] },
  { name: 'quoted keys', edits: [['      orders-db:', '      "orders-db":']] },
  {
    name: 'host in upper case',
    edits: [[HOST, 'host: Orders.CORP.Example']],
    target: orders({ host: 'orders.corp.example' }),
  },
  {
    name: 'host with a dot at the end',
    edits: [[HOST, 'host: orders.corp.example.']],
    target: orders({ domains: ['orders.corp.example'] }),
  },
  {
    name: 'domain in upper case with a dot',
    edits: [['domain: legacy.corp.example', 'domain: LEGACY.corp.example.']],
    target: ['analytics.legacy', { domains: ['legacy.corp.example'], literal: true }],
  },
  {
    name: 'international name',
    edits: [[HOST, 'host: Bücher.corp.example']],
    warnings: ['PLR1214'],
    target: orders({ host: 'xn--bcher-kva.corp.example' }),
  },
  { name: 'international name in its ASCII form', edits: [[HOST, 'host: xn--bcher-kva.corp.example']] },
  {
    name: 'host with an underscore and a domain',
    edits: [[HOST, 'host: orders_db.corp.example\n        domain: orders.corp.example']],
    target: orders({ host: 'orders_db.corp.example' }),
  },
  { name: 'host that begins with digits', edits: [[HOST, 'host: 10-1-2-3.corp.example']] },
  { name: 'carrier-grade address', edits: [['host: 10.40.7.12', 'host: 100.64.0.1']] },
  { name: 'last address of 172.16/12', edits: [['host: 10.40.7.12', 'host: 172.31.255.254']] },
  {
    name: 'ports at the edges',
    edits: [
      ['port: 5432', 'port: 1'],
      ['listenPort: 14330', 'listenPort: 65535'],
    ],
  },
  { name: 'listenPort equal to basePort', edits: [['listenPort: 14330', 'listenPort: 10000']] },
  { name: 'port from the preset', edits: [['        port: 5432\n', '']], target: orders({ port: 5432 }) },
  {
    name: 'words of JavaScript as names',
    edits: [],
    text: one(
      '      constructor: a.corp.example:1\n      tostring: b.corp.example:1\n      valueof: c.corp.example:1\n',
    ),
  },
  {
    name: 'words of YAML 1.1 as names',
    edits: [],
    text: one(
      '      no: a.corp.example:1\n      on: b.corp.example:1\n      y: c.corp.example:1\n      null: d.corp.example:1\n      true: e.corp.example:1\n',
    ),
    target: ['r.no', { host: 'a.corp.example' }],
  },
  { name: 'names of 63 characters', edits: [], text: one(`      ${'t'.repeat(63)}: a.corp.example:1\n`) },
  {
    name: 'labels of 63 characters and a name of 253',
    edits: [],
    text: one(`      t: ${`${'a'.repeat(63)}.`.repeat(3)}${'b'.repeat(53)}.example:1\n`),
  },
  { name: 'workspace id in quotes', edits: [['- 1234567890123456', '- "1234567890123456"']] },
  { name: 'largest workspace id', edits: [['- 1234567890123456', '- 9223372036854775807']] },
  {
    name: 'tags beyond ASCII, empty and with spaces',
    edits: [['team: data-platform', 'team: "Größe 1 / α"\n  "a b@c": ""']],
  },
  { name: 'empty maps', edits: [['approval: terraform', 'approval: terraform\n    shards: {}\n    limits: {}']] },
  {
    name: 'health check by HTTPS',
    edits: [
      [
        'protocol: TCP',
        'protocol: HTTPS\n          path: /health?deep=1\n          matcher: 200,300-302\n          port: 8443',
      ],
    ],
    target: [
      'analytics.legacy',
      {
        healthCheck: {
          protocol: 'HTTPS',
          path: '/health?deep=1',
          matcher: '200,300-302',
          port: 8443,
          interval: 10,
          timeout: 5,
          healthyThreshold: 3,
          unhealthyThreshold: 3,
        },
      },
    ],
  },
  { name: 'timeout equal to the interval', edits: [['timeout: 5', 'timeout: 10']] },
  {
    name: 'a drain of no time',
    edits: [['preset: postgres', 'preset: postgres\n        drain: 0']],
    target: orders({ drain: 0 }),
  },
  {
    name: 'resolvers of all kinds',
    edits: [['- 10.0.0.2', '- 10.0.0.2:5353\n      - fd00::53\n      - "[fd00::53]:5353"']],
  },
  { name: 'old name that is gone', edits: [['enabled: false', 'renamedFrom: crm']] },
  { name: 'NCC by id without workspaces', edits: [['      workspaceIds:\n        - 3456789012345678\n', '']] },
  {
    name: 'NCC by id of several routers of one region',
    edits: [
      [
        CRM,
        `${CRM}  second: { ${AWS('eu-west-1')}, ncc: { id: 11111111-2222-4333-8444-555555555555 }, targets: { db: other.corp.example:1 } }\n`,
      ],
    ],
  },
  { name: 'one host in routers of two NCCs', edits: [[CRM, '      crm: orders.corp.example:5432\n']] },
  {
    name: 'shared name for addresses',
    edits: [
      ['approval: terraform', 'domains: { shared: DB.corp.example }'],
      ['        domain: legacy.corp.example\n', ''],
    ],
    warnings: ['PLR1232'],
    target: ['analytics.legacy', { domains: ['db.corp.example'] }],
  },
  {
    name: 'several hosts, sorted',
    edits: [[HOST, 'hosts: [db2.corp.example, DB1.corp.example., 10.40.7.14]\n        domain: orders.corp.example']],
    target: orders({
      hosts: [
        { name: '10.40.7.14', literal: true },
        { name: 'db1.corp.example', literal: false },
        { name: 'db2.corp.example', literal: false },
      ],
      domains: ['orders.corp.example'],
    }),
  },
  { name: 'domains said to be per target', edits: [['approval: terraform', 'domains: per-target']] },
  {
    name: 'region of its own',
    edits: [
      ['endpointsUsed: 2', 'regions: [il-central-1]'],
      ['region: eu-west-1', 'region: il-central-1'],
    ],
  },
  {
    name: 'GovCloud',
    edits: [],
    text: `${HEAD}routers:\n  r:\n    ${AWS('us-gov-west-1', ', govcloud: dod, assumeRole: { roleArn: "arn:aws-us-gov:iam::123456789012:role/a/b" }')}\n    ncc: { name: abc, workspaceIds: [1] }\n    targets: { a: a.corp.example:1 }\n`,
  },
  {
    name: 'no backend',
    edits: [
      [
        'terraform:\n  backend:\n    s3:\n      bucket: acme-tfstate\n      key: "plr/{env}/{router}.tfstate"\n      region: us-east-2\n',
        '',
      ],
    ],
  },
  {
    name: 'backend with signs of other languages, lists and numbers',
    edits: [
      [
        '      region: us-east-2\ndatabricks',
        '      region: us-east-2\n      note: "$x 100% $5 (z) {} {1}"\n      max_retries: 5\n      encrypt: true\n      endpoints: { s3: "http://localhost" }\n      allowed_account_ids: ["1"]\ndatabricks',
      ],
    ],
  },
  {
    name: 'backend of one router without placeholders',
    edits: [],
    text: one('      a: a.corp.example:1\n').replace(
      'routers:',
      'terraform: { backend: { local: { path: plr.tfstate } } }\nrouters:',
    ),
  },
  {
    name: 'alias of a list and of a map',
    edits: [
      [
        'subnetIds:\n        - subnet-0a1b2c3d4e5f60718\n        - subnet-0b1c2d3e4f5061728',
        'subnetIds: &nets\n        - subnet-0a1b2c3d4e5f60718\n        - subnet-0b1c2d3e4f5061728',
      ],
      ['subnetIds:\n        - subnet-0c1b2c3d4e5f60718\n        - subnet-0d1c2d3e4f5061728', 'subnetIds: *nets'],
    ],
  },
  {
    name: 'merge keys',
    edits: [],
    text: one(
      '      a: &a { host: a.corp.example, port: 1, idleTimeout: 300 }\n      b: { <<: *a, host: b.corp.example }\n      c: { <<: [*a, { port: 7, preset: https }], host: c.corp.example }\n',
    ),
    target: ['r.c', { host: 'c.corp.example', port: 1, preset: 'https', idleTimeout: 300 }],
  },
  { name: 'long text over lines', edits: [[HOST, 'host: >-\n          orders.corp.example']] },
  {
    name: 'flow style over lines',
    edits: [[CRM, '      crm: {\n        host: crm-eu.corp.example,\n        port: 3306,\n      }\n']],
  },
  {
    name: 'JSON',
    edits: [],
    file: 'inventory.json',
    text: JSON.stringify(
      {
        $schema: './x.json',
        version: 1,
        databricks: { accountId: '7a99b43c-b46c-432b-b0a7-814217701909' },
        routers: {
          r: {
            aws: {
              accountId: '123456789012',
              region: 'us-east-2',
              vpcId: 'vpc-0a1b2c3d',
              subnetIds: ['subnet-0a1b2c3d', 'subnet-0b1c2d3e'],
            },
            ncc: { name: 'abc', workspaceIds: [1234567890123456] },
            targets: { a: 'a.corp.example:1' },
          },
        },
      },
      undefined,
      '\t',
    ),
  },
  { name: 'endpoint of AWS itself', edits: [[HOST, 'host: vpce-0a1b2c3d-abc.s3.us-east-2.vpce.amazonaws.com']] },
  {
    name: 'load balancer of another router',
    edits: [[HOST, 'host: plr-reporting-1-0a1b2c3d-0123456789abcdef.elb.us-east-2.amazonaws.com']],
  },
  {
    name: 'overlay changes one key of a short form',
    edits: [],
    env: 'prod',
    overlay: 'routers:\n  analytics:\n    targets:\n      ledger: { enabled: false }\n',
    target: ['analytics.ledger', { host: 'ledger.corp.example', port: 1521, enabled: false }],
  },
  {
    name: 'overlay gives another host in the short form',
    edits: [],
    env: 'prod',
    overlay: 'routers:\n  analytics:\n    targets:\n      orders-db: prod.corp.example:5433\n',
    target: orders({ host: 'prod.corp.example', port: 5433, preset: 'postgres' }),
  },
  {
    name: 'overlay removes a target, a router and a list',
    edits: [],
    env: 'prod',
    overlay: 'routers:\n  reporting: null\n  analytics:\n    resolvers: ~\n    targets:\n      legacy:\n',
    target: orders({ port: 5432 }),
  },
  { name: 'empty overlay', edits: [], env: 'prod', overlay: '{}\n' },
  {
    name: 'overlay adds a router',
    edits: [],
    env: 'prod',
    overlay: `routers:\n  third: { ${AWS('us-west-2')}, ncc: { name: abc, workspaceIds: [5] }, targets: { t: t.corp.example:5 } }\n`,
    target: ['third.t', { port: 5 }],
  },
  {
    name: 'state of an overlay',
    edits: [['"plr/{env}/{router}.tfstate"', '"plr/{router}.tfstate"']],
    env: 'prod',
    overlay: 'terraform: { backend: { s3: { key: "prod/{router}.tfstate" } } }\n',
  },
];
