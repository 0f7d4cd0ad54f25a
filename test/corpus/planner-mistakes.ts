import { VALID_AZURE } from './azure-inventory';
import type { Mistake } from './mistake';

const slip = (name: string, code: string, from: string, to: string): Mistake => ({
  name,
  code,
  stage: 'planner',
  edits: [[from, to]],
});

const ORDERS = '      orders-db:\n';
const CRM = '      crm: crm-eu.corp.example:3306\n';

/** A stated limit of the first router, with the place of its first new target marked. */
const used = (name: string, code: string, limit: string): Mistake => ({
  name,
  code,
  stage: 'planner',
  edits: [
    ['approval: terraform', `limits: { ${limit} }`],
    [ORDERS, '      orders-db: #!\n'],
  ],
});

const SHARED_DOMAIN = Array.from(
  { length: 51 },
  (_, index) =>
    `      t${index}: { host: h${index}.corp.example, port: 1, domain: one.corp.example }${index === 50 ? ' #!' : ''}\n`,
).join('');

const onAzure = (name: string, code: string, ...edits: Mistake['edits']): Mistake => ({
  name: `Azure: ${name}`,
  code,
  stage: 'planner',
  base: VALID_AZURE,
  edits,
});

const SFTP = '      sftp: files.corp.example:22\n';

/** More than the rules of any pool allow; the first pool has one target already. */
const CROWD = Array.from(
  { length: 300 },
  (_, index) =>
    `      t${index}: { host: h${index}.corp.example, port: 1, domain: one.corp.example }${index === 298 ? ' #!' : ''}\n`,
).join('');

/** Few enough for one pool, too many for a cheap one. */
const EXPENSIVE = Array.from(
  { length: 40 },
  (_, index) => `      u${index}: { host: u${index}.corp.example, port: 1, domain: one.corp.example }\n`,
).join('');

/** With the four targets of the first router one more than one state of Terraform should have; fifty to a domain. */
const TOO_MANY = Array.from(
  { length: 497 },
  (_, index) => `      t${index}: { host: h${index}.corp.example, port: 1, domain: d${index % 10}.corp.example }\n`,
).join('');

/** A target with this many domains, of a prefix. */
const many = (name: string, prefix: string, number: number, more = ''): string => {
  const names = Array.from({ length: number }, (_, index) => `${prefix}${index}.corp.example`);
  return `      ${name}: { host: ${name}.corp.example, port: 1, domains: [${[...names, ...(more === '' ? [] : [more])].join(', ')}] }`;
};

/** Mistakes that show only when the targets are given their places, from an empty lock. */
export const PLANNER_MISTAKES: readonly Mistake[] = [
  {
    name: 'targets tied by a domain that have more of them than a rule takes',
    code: 'PLR2305',
    stage: 'planner',
    edits: [[CRM, `${CRM}${many('x', 'x', 6, 'y0.corp.example')} #!\n${many('y', 'y', 6)}\n`]],
  },
  {
    name: 'one domain with a pin and without',
    code: 'PLR2307',
    stage: 'planner',
    edits: [
      [
        CRM,
        `${CRM}      x: { host: x.corp.example, port: 1, domain: one.corp.example }\n      y: { host: y.corp.example, port: 1, domain: one.corp.example, shard: brokers } #!\n`,
      ],
    ],
  },
  used('no private endpoint left', 'PLR2401', 'endpointsUsed: 30'),
  used('no load balancer left', 'PLR2402', 'loadBalancersUsed: 60'),
  {
    ...used('no target group left', 'PLR2403', 'targetGroupsUsed: 2999'),
    edits: [
      ['approval: terraform', 'limits: { targetGroupsUsed: 2999 }'],
      ['  analytics:\n', '  analytics: #!\n'],
    ],
  },
  {
    ...slip('no listener port left', 'PLR2204', 'basePort: 10000', 'basePort: 65535'),
    edits: [
      ['basePort: 10000', 'basePort: 65535'],
      ['ledger: ledger.corp.example:1521', 'ledger: ledger.corp.example:1521 #!'],
    ],
  },
  slip('51 targets of one domain', 'PLR2301', CRM, SHARED_DOMAIN),
  slip(
    'teardown of a shard that is not there',
    'PLR2502',
    'approval: terraform',
    'shards: { s9: { teardown: prepare } } #!',
  ),
  slip('destroy before prepare', 'PLR2002', 'approval: terraform', 'teardown: destroy #!'),
  slip('renamed from itself', 'PLR2101', 'enabled: false', 'renamedFrom: old-crm #!'),
  slip('renamed from one that still stands', 'PLR2101', 'enabled: false', 'renamedFrom: ledger #!'),
  {
    ...slip('renamed twice from one', 'PLR2102', 'enabled: false', 'renamedFrom: crm #!'),
    edits: [
      ['enabled: false', 'renamedFrom: crm #!'],
      ['listenPort: 14330', 'renamedFrom: crm'],
    ],
  },
  {
    ...slip('more targets than one state of Terraform should have', 'PLR2541', ORDERS, ''),
    severity: 'warning',
    edits: [[`    targets:\n${ORDERS}`, `    targets: #!\n${TOO_MANY}${ORDERS}`]],
  },
  slip('same listener port', 'PLR2202', 'enabled: false', 'listenPort: 14330 #!'),
  onAzure(
    'no private endpoint left',
    'PLR2401',
    ['    basePort: 10000\n', '    basePort: 10000\n    limits: { endpointsUsed: 100 }\n'],
    ['      erp-sql:\n', '      erp-sql: #!\n'],
  ),
  onAzure(
    'no Private Link Service left in the subscription, which two routers share',
    'PLR2404',
    ['  endpointsUsed: 2\n', '  privateLinkServicesUsed: 799\n'],
    ['crm: crm-eu.corp.example:3306', 'crm: crm-eu.corp.example:3306 #!'],
  ),
  onAzure('300 targets of one domain', 'PLR2301', [SFTP, `${SFTP}${CROWD}`]),
  onAzure(
    'no listener port left, since Azure refuses the last one',
    'PLR2204',
    ['    basePort: 10000\n', '    basePort: 65535\n'],
    ['      parts-api:\n', '      parts-api: #!\n'],
  ),
  {
    ...onAzure(
      'own port where the machines have a service',
      'PLR2203',
      [SFTP, '      sftp: files.corp.example:22 #!\n'],
      [
        '        engine: nftables\n        egress: none\n',
        '        engine: nftables\n        egress: none\n    portStrategy: preserve\n',
      ],
    ),
    severity: 'warning',
  },
  {
    ...onAzure(
      'rules that cost more than three machines',
      'PLR2531',
      ['      loadBalancing: per-target\n', '      loadBalancing: per-target #!\n'],
      ['      erp-sql:\n', `${EXPENSIVE}      erp-sql:\n`],
    ),
    severity: 'warning',
  },
  onAzure('one listener port twice', 'PLR2202', ['port: 8443', 'port: 8443\n        listenPort: 1433 #!']),
  onAzure('destroy before prepare', 'PLR2002', ['    dns: runtime\n', '    dns: runtime\n    teardown: destroy #!\n']),
  onAzure('teardown of a shard that is not there', 'PLR2502', [
    '    dns: runtime\n',
    '    dns: runtime\n    shards: { s9: { teardown: prepare } } #!\n',
  ]),
];
