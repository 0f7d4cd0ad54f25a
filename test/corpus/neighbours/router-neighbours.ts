import { limitValue } from '../../../src/limits';
import { awsRouter, type Neighbour, near, routers, whole } from './neighbour';

const NAMED = 'name: abc, workspaceIds: [1]';
const CRM = '      crm: crm-eu.corp.example:3306\n';
const BACKEND =
  'terraform:\n  backend:\n    s3:\n      bucket: acme-tfstate\n      key: "plr/{env}/{router}.tfstate"\n      region: us-east-2\n';
const backend = (text: string): [string, string] => [BACKEND, `terraform:\n  backend:\n    ${text}\n`];
const numbers = (count: number, from = 1): string => Array.from({ length: count }, (_, i) => from + i).join(', ');
const gov = (kind: string, host: string): string =>
  routers(awsRouter('r', NAMED, 'a: a.corp.example:1', `us-gov-west-1, govcloud: ${kind}`)).replace(
    '909 }',
    `909, host: "${host}" }`,
  );

/** Beside the mistakes of routers (13xx). */
export const ROUTER_NEIGHBOURS: readonly Neighbour[] = [
  near('PLR1301', 'a region that limits state', [
    ['endpointsUsed: 2', 'regions: [il-central-1]'],
    ['region: eu-west-1', 'region: il-central-1'],
  ]),
  near('PLR1301', 'a region of AWS and a location of Azure stated', [
    ['endpointsUsed: 2', 'regions: [il-central-1, newlandcentral]'],
  ]),
  near('PLR1328', 'regions and locations whose names begin as those of other partitions do', [
    ['endpointsUsed: 2', 'regions: [ca-west-9, eu-central-9, us-west-9, chilenorth]'],
    ['region: eu-west-1', 'region: eu-central-9'],
  ]),
  whole('PLR1328', "the region of GovCloud's role", gov('dod', 'https://accounts-dod.cloud.databricks.mil')),
  whole('PLR1302', 'each of the two of GovCloud', gov('civilian', 'https://accounts.cloud.databricks.us')),
  near('PLR1303', 'an account id that begins with zeros', [['"210987654321"', '"000000000001"']]),
  near('PLR1304', 'ids of 8 digits', [
    ['vpc-0a1b2c3d4e5f60718', 'vpc-0a1b2c3d'],
    ['- subnet-0a1b2c3d4e5f60718', '- subnet-0a1b2c3d'],
    ['sg-0a1b2c3d4e5f60718', 'sg-0a1b2c3d'],
  ]),
  near('PLR1305', 'two subnets in one line', [
    [
      '        - subnet-0c1b2c3d4e5f60718\n        - subnet-0d1c2d3e4f5061728\n',
      '        [subnet-0c1b2c3d4e5f60718, subnet-0d1c2d3e4f5061728]\n',
    ],
  ]),
  near('PLR1306', 'a role with a path and all characters', [['role/network-deploy', 'role/a/b-c/n_=,.@+-9']]),
  near('PLR1306', 'a role of 64 characters', [['role/network-deploy', `role/${'r'.repeat(64)}`]]),
  whole(
    'PLR1307',
    'a role of the partition of GovCloud',
    routers(
      awsRouter(
        'r',
        NAMED,
        'a: a.corp.example:1',
        'us-gov-west-1, govcloud: dod, assumeRole: { roleArn: "arn:aws-us-gov:iam::123456789012:role/a" }',
      ),
    ),
  ),
  near('PLR1308', 'name servers of all kinds', [
    ['- 10.0.0.2', '- 10.0.0.2:65535\n      - fd00::53\n      - "[fd00::53]:1"'],
  ]),
  near('PLR1309', 'one target alone is resolved here', [
    ['dns: synth', 'dns: plan'],
    ['preset: postgres', 'preset: postgres\n        dns: synth'],
  ]),
  near('PLR1310', 'an account id in capitals', [
    ['7a99b43c-b46c-432b-b0a7-814217701909', '7A99B43C-B46C-432B-B0A7-814217701909'],
  ]),
  near('PLR1311', 'the account console with a slash at its end', [
    ['https://accounts.cloud.databricks.com', 'https://accounts.cloud.databricks.com/'],
  ]),
  near('PLR1311', 'the account console in capitals', [
    ['https://accounts.cloud.databricks.com', 'https://Accounts.Cloud.Databricks.com'],
  ]),
  whole('PLR1311', 'the account console of dod', gov('dod', 'https://accounts-dod.cloud.databricks.mil')),
  whole('PLR1311', 'the second account console of dod', gov('dod', 'https://accounts-dod.cloud.databricks.us')),
  ...['abc', 'A_b-9', 'n'.repeat(30)].map((name) =>
    near('PLR1312', `an NCC called ${name}`, [['name: analytics-use2', `name: ${name}`]]),
  ),
  near('PLR1313', 'the id of an NCC in capitals', [
    ['11111111-2222-4333-8444-555555555555', 'AAAAAAAA-2222-4333-8444-555555555555'],
  ]),
  near('PLR1314', 'the smallest and the largest workspace id', [
    ['- 1234567890123456', '- 1'],
    ['- 2345678901234567', '- 9223372036854775807'],
  ]),
  near('PLR1315', 'two routers of one NCC, bound by one of them', [
    [
      CRM,
      CRM + awsRouter('second', 'id: 11111111-2222-4333-8444-555555555555', 'db: other.corp.example:1', 'eu-west-1'),
    ],
  ]),
  whole(
    'PLR1316',
    'as many workspaces as an NCC takes, in each of two NCCs',
    routers(
      awsRouter(
        'r',
        `name: abc, workspaceIds: [${numbers(limitValue('databricks.workspacesPerNcc', {}))}]`,
        'a: a.corp.example:1',
      ),
      awsRouter(
        's',
        `name: abd, workspaceIds: [${numbers(limitValue('databricks.workspacesPerNcc', {}), 1000)}]`,
        'b: b.corp.example:1',
      ),
    ),
  ),
  whole(
    'PLR1317',
    'NCCs of one name in two regions',
    routers(
      awsRouter('r', NAMED, 'a: a.corp.example:1'),
      awsRouter('s', 'name: abc, workspaceIds: [2]', 'a: a.corp.example:1', 'us-west-2'),
    ),
  ),
  whole(
    'PLR1317',
    'NCCs of one name in two accounts',
    routers(
      awsRouter('r', NAMED, 'a: a.corp.example:1'),
      awsRouter('s', 'name: abc, workspaceIds: [2]', 'a: a.corp.example:1').replace(
        '  s: {',
        '  s: { databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701910 },',
      ),
    ),
  ),
  near('PLR1318', 'an NCC by id, in capitals, in one region', [
    [
      CRM,
      CRM + awsRouter('second', 'id: 11111111-2222-4333-8444-555555555555', 'db: other.corp.example:1', 'eu-west-1'),
    ],
  ]),
  whole(
    'PLR1318',
    'the NCC of a router of the same region, in accounts of AWS that differ',
    routers(
      awsRouter('r', NAMED, 'a: a.corp.example:1'),
      awsRouter('s', 'router: r', 'b: b.corp.example:1').replace('123456789012', '210987654321'),
    ),
  ),
  whole(
    'PLR1334',
    'the NCC of a router that stands below',
    routers(awsRouter('r', 'router: s', 'a: a.corp.example:1'), awsRouter('s', NAMED, 'b: b.corp.example:1')),
  ),
  whole(
    'PLR1334',
    'an existing NCC of the name that a router makes in another region',
    routers(
      awsRouter('r', NAMED, 'a: a.corp.example:1'),
      awsRouter('s', 'existing: abc', 'b: b.corp.example:1', 'us-west-2'),
    ),
  ),
  whole(
    'PLR1335',
    'both routers of one NCC at the same step',
    routers(
      awsRouter('r', NAMED, 'a: a.corp.example:1'),
      awsRouter('s', 'router: r', 'b: b.corp.example:1'),
    ).replaceAll(': { aws', ': { teardown: prepare, aws'),
  ),
  whole(
    'PLR1335',
    'a router that leaves before the one that makes its NCC',
    routers(
      awsRouter('r', NAMED, 'a: a.corp.example:1'),
      awsRouter('s', 'router: r', 'b: b.corp.example:1').replace(': { aws', ': { teardown: prepare, aws'),
    ),
  ),
  near('PLR1319', 'an NCC by id without workspaces', [['      workspaceIds:\n        - 3456789012345678\n', '']]),
  near(
    'PLR1320',
    'a router whose only target is disabled',
    [[CRM, '      crm: { host: crm-eu.corp.example, port: 3306, enabled: false }\n']],
    {
      target: ['reporting.crm', { enabled: false }],
    },
  ),
  whole(
    'PLR1321',
    'names that continue each other, in an environment that neither ends with',
    routers(
      awsRouter('a', NAMED, 'a: a.corp.example:1'),
      awsRouter('a-b', 'name: abd, workspaceIds: [2]', 'b: b.corp.example:1'),
    ),
    { env: 'c', overlay: '{}\n' },
  ),
  near('PLR1322', 'a shard of two digits', [['approval: terraform', 'shards: { s10: { teardown: prepare } }']], {
    stage: 'check',
  }),
  near('PLR1323', 'a key of its own in the overlay', [['"plr/{env}/{router}.tfstate"', '"plr/{router}.tfstate"']], {
    env: 'prod',
    overlay: 'terraform: { backend: { s3: { key: "prod/{router}.tfstate" } } }\n',
  }),
  near('PLR1323', 'a bucket of its own in the overlay', [['"plr/{env}/{router}.tfstate"', '"{router}"']], {
    env: 'prod',
    overlay: 'terraform: { backend: { s3: { bucket: acme-prod } } }\n',
  }),
  near('PLR1324', 'both placeholders, twice, in another argument too', [
    [
      'key: "plr/{env}/{router}.tfstate"',
      'key: "{env}{env}/{router}-{router}"\n      workspace_key_prefix: "{router}"',
    ],
  ]),
  ...[
    'gcs: { bucket: acme, prefix: "{env}/{router}" }',
    'azurerm: { storage_account_name: acme, container_name: state, key: "{env}/{router}" }',
    'pg: { conn_str: "postgres://db.corp.example/{env}", schema_name: "{router}" }',
    'local: { path: "{env}-{router}.tfstate" }',
    'http: { address: "https://state.corp.example/{env}/{router}" }',
  ].map((text) => near('PLR1325', `the backend ${text.split(':')[0]}`, [backend(text)])),
  near('PLR1326', 'numbers, booleans, lists and maps', [
    [
      '      region: us-east-2\ndatabricks',
      '      region: us-east-2\n      max_retries: 0\n      encrypt: false\n      endpoints: { s3: "http://localhost" }\n      allowed_account_ids: ["1"]\ndatabricks',
    ],
  ]),
  near('PLR1327', 'an account for each cloud', [
    [
      CRM,
      `${CRM}  z:\n    databricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }\n    azure: { subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940, location: eastus2, resourceGroupName: rg, network: { addressSpace: 10.0.0.0/26 } }\n    ncc: { name: abc, workspaceIds: [2] }\n    targets: { a: a.corp.example:1 }\n`,
    ],
  ]),
  near('PLR1328', 'a region that has opened since, stated', [
    ['endpointsUsed: 2', 'regions: [mx-central-1]'],
    ['region: eu-west-1', 'region: mx-central-1'],
  ]),
  near('PLR1329', 'the workspaces of the inventory, which is no deployment beside its overlay', [], {
    env: 'prod',
    overlay: 'routers: { analytics: { ncc: { name: analytics-prod } } }\n',
  }),
  near('PLR1330', 'the NCC of the inventory, which is no deployment beside its overlay', [], {
    env: 'prod',
    overlay: '{}\n',
  }),
  near('PLR1331', 'an inventory without overlays', []),
  near(
    'PLR1332',
    'a group of the own account without it, one of another account with it',
    [['- sg-0a1b2c3d4e5f60718', '- sg-0a1b2c3d4e5f60718\n          - 210987654321/sg-0a1b2c3d4e5f60718']],
    { warnings: ['PLR1333'] },
  ),
  near('PLR1333', 'two groups of the own account', [
    ['- sg-0a1b2c3d4e5f60718', '- sg-0a1b2c3d4e5f60718\n          - sg-0a1b2c3d'],
  ]),
];
