import { awsLine, awsRouter, type Neighbour, near, routers, whole } from './neighbour';

const ORDERS = 'preset: postgres';
const orders = (line: string): [string, string] => [ORDERS, `${ORDERS}\n        ${line}`];
const NAMED = 'name: abc, workspaceIds: [1]';
const r = (targets: string): string => routers(awsRouter('r', NAMED, targets));

/** Beside the mistakes of shape (11xx). */
export const SHAPE_NEIGHBOURS: readonly Neighbour[] = [
  near('PLR1101', 'the place of the schema', [
    ['version: 1\n', 'version: 1\n$schema: ./privatelink-router.schema.json\n'],
  ]),
  near(
    'PLR1101',
    'healthCheck at the target that the router has too',
    [orders('healthCheck: { interval: 30, timeout: 30 }')],
    {
      target: [
        'analytics.orders-db',
        { healthCheck: { protocol: 'TCP', interval: 30, timeout: 30, healthyThreshold: 3, unhealthyThreshold: 3 } },
      ],
    },
  ),
  whole(
    'PLR1102',
    'databricks at each router and not at the top',
    r('a: a.corp.example:1')
      .replace(/^databricks.*\n/m, '')
      .replace('  r: {', '  r: { databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 },'),
  ),
  near('PLR1103', 'a workspace id in quotes', [['- 1234567890123456', '- "1234567890123456"']]),
  ...(
    [
      ['port', 1],
      ['port', 65535],
    ] as const
  ).map(([key, value]) =>
    near('PLR1104', `${key} ${value}`, [['port: 5432', `${key}: ${value}`]], {
      target: ['analytics.orders-db', { port: value }],
    }),
  ),
  near('PLR1104', 'the smallest numbers', [
    ['interval: 10', 'interval: 5'],
    ['timeout: 5\n', 'timeout: 2\n'],
    ['          healthyThreshold: 3', '          healthyThreshold: 2'],
    ['unhealthyThreshold: 3', 'unhealthyThreshold: 2'],
    orders('drain: 0\n        idleTimeout: 350'),
    ['basePort: 10000', 'basePort: 1'],
  ]),
  near('PLR1104', 'the largest numbers', [
    ['interval: 10', 'interval: 300'],
    ['timeout: 5\n', 'timeout: 120\n'],
    ['          healthyThreshold: 3', '          healthyThreshold: 10'],
    ['unhealthyThreshold: 3', 'unhealthyThreshold: 10'],
    orders('drain: 3600'),
    ['basePort: 10000', 'basePort: 65530'],
  ]),
  near('PLR1105', 'each word of approval, portStrategy and dns', [
    ['approval: terraform', 'approval: manual'],
    ['portStrategy: base-port', 'portStrategy: preserve'],
    orders('dns: plan'),
  ]),
  near('PLR1106', 'a key without a value in an overlay, which removes', [], {
    env: 'prod',
    overlay: 'routers:\n  analytics:\n    idleTimeout:\n',
  }),
  near('PLR1107', 'a tag with an empty value', [['team: data-platform', 'team: ""']]),
  near('PLR1108', 'what this version has of the same key', [orders('dns: synth')]),
  whole(
    'PLR1109',
    'names of one letter, of 63, with a digit or hyphen at the end',
    r(`a: a.corp.example:1, ${'t'.repeat(63)}: b.corp.example:1, db2: c.corp.example:1, db-: d.corp.example:1`),
  ),
  whole(
    'PLR1109',
    'pins that are nearly the keys of shards and pools',
    r(
      'a: { host: a.corp.example, port: 1, shard: s }, b: { host: b.corp.example, port: 1, shard: s2a }, c: { host: c.corp.example, port: 1, shard: t1 }',
    ),
  ),
  near('PLR1110', 'a profile without a role', [
    [
      '      assumeRole:\n        roleArn: arn:aws:iam::123456789012:role/network-deploy\n        sessionName: plr-session\n        externalId: acme-1\n',
      '      profile: network\n',
    ],
  ]),
  near('PLR1111', 'the short form with the last port', [['ledger.corp.example:1521', 'ledger.corp.example:65535']], {
    target: ['analytics.ledger', { port: 65535 }],
  }),
  near('PLR1112', 'zero', [orders('drain: 0')], {
    target: ['analytics.orders-db', { drain: 0 }],
  }),
  whole('PLR1113', 'one target', r('a: a.corp.example:1')),
  near('PLR1113', 'maps that may be empty', [
    ['approval: terraform', 'approval: terraform\n    shards: {}\n    limits: {}'],
  ]),
  near('PLR1114', 'one security group at two targets', [
    ['preset: sqlserver', 'preset: sqlserver\n        securityGroupIds: [sg-0a1b2c3d4e5f60718]'],
  ]),
  near('PLR1116', 'a session name of 64 characters, with all that it may have', [
    ['sessionName: plr-session', `sessionName: a+=,.@-_${'9'.repeat(56)}`],
  ]),
  near('PLR1116', 'a session name of 2 characters', [['sessionName: plr-session', 'sessionName: "ab"']]),
  whole(
    'PLR1118',
    'each cloud with its own keys',
    routers(
      `  r: { ${awsLine()}, ncc: { ${NAMED} }, drain: 5, dns: plan, targets: { a: a.corp.example:1 } }\n`,
      '  z:\n    databricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }\n    azure: { subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940, location: eastus2, resourceGroupName: rg, network: { addressSpace: 10.0.0.0/26 } }\n    ncc: { name: abc, workspaceIds: [2] }\n    dns: runtime\n    targets: { a: a.corp.example:1 }\n',
    ),
  ),
  near('PLR1119', 'the protocol of the health check', [orders('healthCheck: { protocol: HTTPS, matcher: "200" }')]),
  near('PLR1121', 'the present name, of a target and of its router', [
    orders('drain: 30'),
    ['approval: terraform', 'approval: terraform\n    drain: 60'],
  ]),
  near('PLR1120', 'a tab, or two spaces, after a colon', [
    ['port: 5432', 'port:\t5432'],
    ['port: 1433', 'port:  1433'],
  ]),
];
