import { VALID } from '../mistake';
import { awsLine, awsRouter, type Neighbour, near, routers, whole } from './neighbour';

const ONE = awsRouter('r', 'name: abc, workspaceIds: [1]', 'a: a.corp.example:1');
const MOST_BYTES = 4 * 1024 * 1024;
const DEPTH = 50;

/** A value that is nested so deeply that the whole file has `DEPTH` levels: `terraform`, `backend`, `s3` and `note` come before it. */
const NESTED = `${'['.repeat(DEPTH - 5)}1${']'.repeat(DEPTH - 5)}`;

const BACKEND = '      region: us-east-2\ndatabricks';
const backend = (line: string): [string, string] => [BACKEND, `      region: us-east-2\n      ${line}\ndatabricks`];

/** Beside the mistakes of files and documents (10xx). */
export const FILE_NEIGHBOURS: readonly Neighbour[] = [
  near('PLR1001', 'a name with spaces and letters beyond ASCII', [], { file: 'my inventory é.yaml' }),
  near('PLR1002', 'a file in a folder whose name looks like a file', [], { file: 'folder.yaml/inventory.yaml' }),
  near('PLR1003', 'a file that nobody may write', [], { mode: 0o400 }),
  whole('PLR1004', 'UTF-8 of two, three and four bytes', `# é € 🗄\n${VALID}`),
  whole('PLR1004', 'UTF-8 with a byte order mark', `\ufeff${VALID}`),
  whole('PLR1005', 'exactly 4 MiB', `${VALID}#${'x'.repeat(MOST_BYTES - VALID.length - 2)}\n`),
  whole('PLR1006', 'comments and empty lines before the first key', `\n# inventory\n\n${VALID}`),
  near('PLR1007', 'a colon inside a plain text', [['team: data-platform', 'team: data:platform']]),
  near('PLR1007', 'single quotes inside double ones', [['key: "plr/{env}', `key: "plr/it's/{env}`]]),
  near('PLR1008', 'tabs between key and value, and in an empty line', [['port: 5432', 'port:\t5432\t# tab\n\t']]),
  whole('PLR1009', 'the marks of one document', `---\n${VALID}...\n`),
  near('PLR1010', 'one key in two maps', [['      crm: crm-eu', '      orders-db: crm-eu']]),
  near('PLR1011', 'an alias after its anchor, in another router', [
    ['id: 11111111-2222-4333-8444-555555555555', 'id: &ncc 11111111-2222-4333-8444-555555555555'],
    [
      '      crm: crm-eu.corp.example:3306\n',
      `      crm: crm-eu.corp.example:3306\n  third: { ${awsLine('eu-west-1')}, ncc: { id: *ncc }, targets: { t: t.corp.example:5 } }\n`,
    ],
  ]),
  whole(
    'PLR1012',
    'one anchor used forty times',
    routers(
      awsRouter(
        'r',
        'name: abc, workspaceIds: [1]',
        `first: { host: f.corp.example, port: 1, healthCheck: &check { interval: 30, timeout: 5 } }, ${Array.from({ length: 40 }, (_, i) => `t${i}: { host: h${i}.corp.example, port: 1, healthCheck: *check }`).join(', ')}`,
      ),
    ),
  ),
  whole('PLR1013', 'the directive of YAML 1.2', `%YAML 1.2\n---\n${VALID}`),
  near('PLR1014', 'a key in quotes and one with a question mark', [
    ['      orders-db:\n', '      "orders-db":\n'],
    ['      ledger: ledger.corp.example:1521', '      ? ledger\n      : ledger.corp.example:1521'],
  ]),
  near('PLR1015', 'a merge of a list of maps', [
    [
      '    healthCheck:\n      interval: 20',
      '    healthCheck:\n      <<: [{ interval: 30 }, { interval: 40 }]\n      healthyThreshold: 2',
    ],
  ]),
  whole(
    'PLR1016',
    'a merge that brings a target beside the own ones',
    routers(
      `  r:\n    ${awsLine()}\n    ncc: { name: abc, workspaceIds: [1] }\n    targets: &targets\n      a: a.corp.example:1\n`,
      `  s:\n    ${awsLine('us-west-2')}\n    ncc: { name: abc, workspaceIds: [2] }\n    targets:\n      <<: *targets\n      b: b.corp.example:1\n`,
    ),
    { target: ['s.a', { host: 'a.corp.example' }] },
  ),
  near('PLR1017', `${DEPTH} levels`, [backend(`note: ${NESTED}`)]),
  near('PLR1018', 'an overlay that changes nothing', [], { env: 'prod', overlay: '{}\n' }),
  ...['p', '1', 'locks', 'eu-2', 'p'.repeat(63)].map((env) =>
    near('PLR1019', `an environment called ${env}`, [], { env, overlay: '{}\n' }),
  ),
  near('PLR1022', 'an overlay with the ending of its inventory', [], { env: 'prod', overlay: '{}\n' }),
  near('PLR1023', 'no-break spaces in a comment, and behind plain ones in a text', [
    ['  team: data-platform\n', '  team: "data\n    \u00a0platform"\n  #\u00a0\u00a0comment\n'],
  ]),
  whole('PLR1024', 'lines of equals signs in a comment', `# <<<<<<< HEAD\n# =======\n#=======\n${VALID}`),
  whole(
    'PLR1025',
    'an owner with an address of e-mail beside other tags in braces',
    `${routers(ONE)}tags: { owner: data@corp.example, cost-center: c-4711, team: data }\n`,
  ),
  near('PLR1020', 'an overlay that removes a key of the inventory', [], {
    env: 'prod',
    overlay: 'routers:\n  analytics:\n    idleTimeout: null\n',
    target: ['analytics.ledger', { idleTimeout: 350 }],
  }),
  near('PLR1022', 'an overlay with the other ending, beside an inventory that has it too', [], {
    file: 'inventory.yml',
    env: 'prod',
    overlay: 'routers:\n  analytics:\n    idleTimeout: 300\n',
    warnings: ['PLR1230'],
    target: ['analytics.ledger', { idleTimeout: 300 }],
  }),
  whole(
    'PLR1021',
    'a map in braces',
    JSON.stringify({ version: 1 }).replace(
      '}',
      `, databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }, routers: { r: { ${awsLine()}, ncc: { name: abc, workspaceIds: [1] }, targets: { a: "a.corp.example:1" } } } }`,
    ),
  ),
  whole(
    'PLR1117',
    'two hundred targets without a mistake',
    routers(
      awsRouter(
        'r',
        'name: abc, workspaceIds: [1]',
        Array.from({ length: 200 }, (_, i) => `t${i}: h${i}.corp.example:1`).join(', '),
      ),
    ),
  ),
  whole(
    'PLR1115',
    'version 1 with a comment behind it',
    routers(ONE).replace('version: 1', 'version: 1 # of the inventory'),
  ),
];
