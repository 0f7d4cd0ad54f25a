import { publicKey, VALID_AZURE } from './azure-inventory';
import { block, CA_CERTIFICATE, SIGNING_KEY } from './trust';
import type { Valid } from './valid-inventories';

type Edit = readonly [from: string, to: string];

const azure = (name: string, ...edits: Edit[]): Valid => ({ name: `Azure: ${name}`, base: VALID_AZURE, edits });
const warned = (warnings: readonly string[], valid: Valid): Valid => ({ ...valid, warnings });

const IMAGE = `        image:
          publisher: Canonical
          offer: ubuntu-24_04-lts
          sku: server
          version: latest
`;
const CRM = '      crm: crm-eu.corp.example:3306\n';

/** The shortest router that there is. */
const SHORT = `version: 1
databricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }
routers:
  r:
    azure: { subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940, location: eastus2, resourceGroupName: rg, network: { addressSpace: 10.0.0.0/26 } }
    ncc: { name: abc, workspaceIds: [1] }
    targets: { a: a.corp.example:1 }
`;

/** The shortest router of AWS, with an account of its own. */
const AWS = `  aws-one:
    databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }
    aws: { accountId: "123456789012", region: us-east-2, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e] }
    ncc: { name: analytics-use2, workspaceIds: [7] }
    targets: { a: sql01.corp.example:1433 }
`;

export const VALID_AZURE_INVENTORIES: readonly Valid[] = [
  azure('as it stands'),
  { name: 'Azure: the shortest', edits: [], text: SHORT, target: ['r.a', { dns: 'runtime', idleTimeout: 7200 }] },
  azure('targets that share ports by name and path', [
    '      old-crm:\n',
    '      pg: { host: pg.corp.example, preset: postgres, route: sni, tls: direct }\n      a: { host: A.corp.example., preset: https, route: sni }\n      b: { host: 10.40.7.13, port: 8443, route: sni, listenPort: 443, domains: [b.corp.example, c.corp.example] }\n      d: { host: apps.corp.example, port: 8080, route: http, listenPort: 80, path: /orders }\n      e: { host: apps.corp.example, port: 8080, route: http, listenPort: 80 }\n      old-crm:\n',
  ]),
  azure('zones as numbers, in any order', ['zones: ["1", "2", "3"]', 'zones: [3, 1, 2]']),
  azure('two zones', ['zones: ["1", "2", "3"]', 'zones: ["3", "1"]']),
  azure('zones left away', ['        zones: ["1", "2", "3"]\n', '']),
  azure('no zones where there are none', ['engine: nftables', 'engine: nftables\n        zones: []']),
  azure(
    'a location of its own',
    ['limits:\n', 'limits:\n  regions: [newlandcentral]\n'],
    ['location: westeurope', 'location: newlandcentral'],
  ),
  azure('image left away', [IMAGE, '']),
  azure('version of the image left away', ['          version: latest\n', '']),
  azure('version of an image', ['version: latest', 'version: 24.04.202510010']),
  azure(
    'image of Debian',
    ['publisher: Canonical', 'publisher: Debian'],
    ['ubuntu-24_04-lts', 'debian-12'],
    ['sku: server', 'sku: 12-gen2'],
  ),
  azure('an own image', ['galleries/images/images/forwarder/versions/1.2.3', 'images/forwarder']),
  azure('image of a gallery without a version', ['/versions/1.2.3', '']),
  azure('machines and image for Arm', ['Standard_D2s_v5', 'Standard_D2ps_v6'], ['sku: server', 'sku: server-arm64']),
  ...[
    'Standard_B2ms',
    'Standard_DS2_v2',
    'Standard_F4s_v2',
    'Standard_E4-2ads_v5',
    'Standard_D2_v4',
    'Standard_M128s',
    'Standard_NC4as_T4_v3',
  ].map((size) => azure(`size ${size}`, ['Standard_D2s_v5', size])),
  azure('100 machines', ['instances: 3', 'instances: 100']),
  azure('key of RSA', [publicKey('ssh-ed25519'), publicKey('ssh-rsa', 2048)]),
  azure('key without a comment, with a line end', [
    publicKey('ssh-ed25519'),
    `|-\n            ${publicKey('ssh-rsa', 4096).replace(/ ops@.*/, '')}`,
  ]),
  azure('key with a comment of several words', ['ops@corp.example', "Ops' Größe 1 (2026)"]),
  azure('nobody logs in', [
    `        ssh:
          publicKey: ${publicKey('ssh-ed25519')}
          from:
            - 10.0.8.0/24
            - 10.0.9.7/32
`,
    '',
  ]),
  warned(
    ['PLR1619'],
    azure('logins from nowhere', ['          from:\n            - 10.0.8.0/24\n            - 10.0.9.7/32\n', '']),
  ),
  azure('mirror', ['egress: nat', 'egress: { mirror: "http://apt.corp.example/ubuntu" }']),
  azure('mirror at an address, with a port', [
    'egress: nat',
    'egress: { mirror: "https://10.0.0.9:8443/a/b-c_d.e~f/" }',
  ]),
  azure('mirror with a key and an authority of its own', [
    'egress: nat',
    `egress:
          mirror:
            url: https://nexus.corp.example:8443/repository/ubuntu
            signingKey: ${block(SIGNING_KEY, 14)}
            caCertificate: ${block(CA_CERTIFICATE + CA_CERTIFICATE, 14)}`,
  ]),
  azure('mirror with a url alone', ['egress: nat', 'egress: { mirror: { url: "http://apt.corp.example/ubuntu" } }']),
  azure('metrics for two networks', [
    'egress: nat',
    'metrics: { from: [10.0.8.0/24, 100.64.0.0/10] }\n        egress: nat',
  ]),
  azure('Run Command', ['egress: nat', 'runCommand: true\n        egress: nat']),
  azure('nftables with a mirror', ['egress: none', 'egress: { mirror: "http://apt.corp.example/ubuntu" }']),
  azure('everybody sees the services', [
    '        - 11111111-2222-4333-8444-555555555550\n        - 11111111-2222-4333-8444-555555555551\n      autoApproval',
    '        - "*"\n      autoApproval',
  ]),
  azure('visibility left away', [
    'visibility:\n        - 11111111-2222-4333-8444-555555555550\n        - 11111111-2222-4333-8444-555555555551\n      autoApproval',
    'autoApproval',
  ]),
  azure('8 NAT addresses', ['natAddresses: 2', 'natAddresses: 8']),
  azure(
    'ids in upper case',
    ['- 11111111-2222-4333-8444-555555555551\n      auto', '- 11111111-2222-4333-8444-AAAAAAAAAAAA\n      auto'],
    ['- 11111111-2222-4333-8444-555555555551\n      load', '- 11111111-2222-4333-8444-aaaaaaaaaaaa\n      load'],
  ),
  azure('name of a resource group with all it may have', [
    'resourceGroupName: rg-plr',
    `resourceGroupName: R_g.(1)-${'x'.repeat(81)}`,
  ]),
  azure('subscription from the subnet', ['      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940\n', '']),
  azure('largest network of our own', ['10.20.0.0/24', '172.16.0.0/16']),
  azure('smallest network of our own', ['10.20.0.0/24', '192.168.1.64/26']),
  azure(
    'idle timeouts at the edges',
    ['idleTimeout: 36000', 'idleTimeout: 86400'],
    ['port: 8443', 'port: 8443\n        idleTimeout: 240'],
  ),
  azure(
    'most connections at the edges',
    ['idleTimeout: 36000', 'maxConnections: 28232'],
    ['port: 8443', 'port: 8443\n        maxConnections: 1'],
  ),
  azure('short idle timeout for an API', [
    'host: parts.corp.example',
    'host: parts.corp.example\n        preset: https\n        idleTimeout: 300',
  ]),
  azure('router-wide idle timeout of nftables', [
    '      id: 11111111-2222-4333-8444-555555555555\n',
    '      id: 11111111-2222-4333-8444-555555555555\n    idleTimeout: 14400\n',
  ]),
  azure('host under a private-use suffix, with a domain', [
    'host: crm.corp.example',
    'host: crm.acme.internal\n        domain: crm.corp.example',
  ]),
  azure('names of one letter and of 63', ['old-crm:', `${'o'.repeat(63)}:`], ['legacy:', 'l:']),
  azure('tags as Azure takes them', ['team: data-platform', 'team: "Größe <1> & α? 100%"\n  "a:b #c": ""']),
  azure('tag of 512 and 256 characters', ['team: data-platform', `${'k'.repeat(512)}: ${'v'.repeat(256)}`]),
  azure('own value of managed-by', ['cost-center: "4711"', 'managed-by: us\n      Name: x']),
  azure(
    'listener ports beside the reserved ones',
    ['listenPort: 1433', 'listenPort: 61079'],
    ['port: 8443', 'port: 8443\n        listenPort: 65534'],
  ),
  azure('ports that only targets have', ['port: 8443', 'port: 65535'], ['port: 3050', 'port: 61080']),
  azure('NCC of one name in one location in two accounts', [
    CRM,
    `${CRM}${SHORT.slice(SHORT.indexOf('  r:')).replace('    ncc: { name: abc', '    databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }\n    ncc: { name: analytics-eus2')}`,
  ]),
  azure('a router on AWS beside it', [CRM, CRM + AWS]),
  azure(
    'an account for each router',
    [
      'databricks:\n  accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39\n  host: https://accounts.azuredatabricks.net\n',
      '',
    ],
    ...['analytics', 'trial', 'baked'].map(
      (name): Edit => [
        `  ${name}:\n    azure:`,
        `  ${name}:\n    databricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }\n    azure:`,
      ],
    ),
  ),
  azure('two routers of one subnet, one NAT gateway', ['subnets/nginx', 'subnets/forwarders']),
  warned(['PLR1226'], azure('databases behind nftables that speak often', ['preset: http', 'preset: cassandra'])),
  {
    ...azure('overlay takes the router into another place'),
    env: 'prod',
    overlay:
      'routers:\n  trial:\n    azure: { location: eastus2, forwarder: { engine: haproxy, egress: ~, instances: 4 } }\n',
  },
];
