import { publicKey, VALID_AZURE } from '../azure-inventory';
import { CRM, ID, LEGACY, VNET } from '../azure-slips';
import { type Neighbour, near } from './neighbour';

type Edit = readonly [from: string, to: string];
const azure = (code: string, name: string, ...edits: Edit[]): Neighbour =>
  near(code, `Azure: ${name}`, edits, { base: VALID_AZURE });

const SUBNET = `      subnetId: ${VNET}/subnets/forwarders\n`;
const NAT = `      natSubnetId: ${VNET}/subnets/private-link\n      natAddresses`;
const SIZE = 'size: Standard_D2s_v5';
const NFT = 'engine: nftables';
const TRIAL = '      id: 11111111-2222-4333-8444-555555555555\n';
const IMAGE = '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-images/';
const second = (subnet: string, egress: string): Edit => [
  CRM,
  `${CRM}  second: { azure: { location: eastus2, resourceGroupName: rg, subnetId: ${subnet}, natSubnetId: ${VNET}/subnets/private-link, forwarder: { engine: nftables, egress: ${egress} } }, ncc: { id: 11111111-2222-4333-8444-555555555557 }, targets: { a: a.corp.example:1 } }\n`,
];

const ELEVEN_NAMES = Array.from({ length: 11 }, (_, index) => `n${index}.corp.example`).join(', ');

/** Beside the mistakes of Azure and its forwarders (16xx), and of other codes where Azure draws the line elsewhere. */
export const AZURE_NEIGHBOURS: readonly Neighbour[] = [
  azure('PLR1118', 'most connections of a router', ['dns: runtime', 'dns: runtime\n    maxConnections: 5000']),
  azure(
    'PLR1628',
    'as many connections as a small machine holds',
    ['size: Standard_D2s_v5', 'size: Standard_B1ms'],
    ['idleTimeout: 36000', 'maxConnections: 9174'],
  ),
  azure('PLR1104', 'as many connections as there are ports', ['idleTimeout: 36000', 'maxConnections: 28232']),
  azure('PLR1118', 'dns: runtime at a target', ['enabled: false', 'enabled: false\n        dns: runtime']),
  azure('PLR1118', 'tags of the router, owner and description of a target', [
    'enabled: false',
    'owner: "Kundendienst (CRM) <crm@acme.com>"\n        description: "CRM & Partner: 100 %"',
  ]),
  azure('PLR1118', 'the host of a health check', ['path: /health', 'host: web.acme-data.com']),
  azure('PLR1118', 'no health check, in short', [
    '    healthCheck:\n      interval: 20\n      timeout: 10\n',
    '    healthCheck: none\n',
  ]),
  azure('PLR1227', 'times that do not fit and that nothing keeps, since nothing is checked', [
    '    healthCheck:\n      interval: 20\n      timeout: 10\n',
    '    healthCheck:\n      protocol: none\n      interval: 10\n      timeout: 20\n',
  ]),
  azure('PLR1228', 'host of the target, protocol of the router', [
    '    healthCheck:\n      interval: 20',
    '    healthCheck:\n      protocol: HTTP\n      host: web_1.corp.example\n      interval: 20',
  ]),
  azure(
    'PLR1252',
    'a health check of several domains that names one',
    ['path: /health', 'path: /health\n          host: b.corp.example'],
    ['port: 8443', 'port: 8443\n        domains: [b.corp.example, a.corp.example]'],
  ),
  azure(
    'PLR1251',
    'more domains where an account has more',
    ['dns: runtime', 'dns: runtime\n    limits: { domainsPerRuleAzure: 11 }'],
    ['port: 3050\n        domain: legacy.corp.example', `port: 3050\n        domains: [${ELEVEN_NAMES}]`],
  ),
  azure('PLR1229', 'a host in capitals, with the dot of its root', ['path: /health', 'host: Web.Acme-Data.com.']),
  azure(
    'PLR1104',
    'the shortest and the longest idle timeout',
    ['idleTimeout: 36000', 'idleTimeout: 86400'],
    ['port: 8443', 'port: 8443\n        idleTimeout: 240'],
  ),
  azure('PLR1110', 'an image by its publisher without a version', ['          version: latest\n', '']),
  azure('PLR1114', 'one subscription in visibility and in autoApproval, in other letters', [
    '- 11111111-2222-4333-8444-555555555551\n      load',
    '- 11111111-2222-4333-8444-555555555550\n      load',
  ]),
  azure('PLR1116', 'a version of an image of three numbers', ['version: latest', 'version: "0.0.0"']),
  azure('PLR1215', 'a host under a private suffix with a public domain', [
    'host: crm.corp.example',
    'host: crm.acme.internal\n        domain: crm.corp.example',
  ]),
  azure('PLR1216', 'a target just beside the network of its own', ['host: 10.79.0.82', 'host: 10.20.1.0']),
  azure('PLR1216', 'a target just before the network of its own', ['host: 10.79.0.82', 'host: 10.19.255.255']),
  azure('PLR1216', 'the network of another router', ['host: 10.40.7.12', 'host: 10.20.0.9']),
  azure('PLR1238', 'a managed instance of SQL, which stands in a network', [
    'host: crm.corp.example',
    'host: acme.a1b2c3d4e5f6.database.windows.net',
  ]),
  azure('PLR1627', 'the last minute of a day', [
    SIZE,
    `${SIZE}\n        maintenance: { days: [sun], start: "23:59", hours: 1 }`,
  ]),
  azure('PLR1238', 'S3, from Azure', ['host: crm.corp.example', 'host: s3.us-east-2.amazonaws.com']),
  azure('PLR1230', 'one hour', ['idleTimeout: 36000', 'idleTimeout: 3600']),
  azure(
    'PLR1301',
    'a location that has opened since',
    ['limits:\n', 'limits:\n  regions: [newlandcentral]\n'],
    ['location: westeurope', 'location: newlandcentral'],
  ),
  azure('PLR1308', 'the name server of Azure', ['- 10.0.0.53', '- 168.63.129.16']),
  azure('PLR1308', 'a name server with a port', ['- 10.0.0.53', '- 10.0.0.53:5353']),
  azure('PLR1401', 'reserved words inside a key, and the prefix of AWS', [
    'cost-center: "4711"',
    '"my-microsoft": a\n      "aws:x": b',
  ]),
  azure('PLR1402', 'a key of 512 and a value of 256 characters', [
    'cost-center: "4711"',
    `${'k'.repeat(512)}: ${'v'.repeat(256)}`,
  ]),
  azure('PLR1403', 'signs that a value may have and a key not', ['cost-center: "4711"', 'cost: "<> % & \\\\ ? /"']),
  azure('PLR1405', 'the very letters of our own tags', ['cost-center: "4711"', 'managed-by: us\n      Name: x']),
  azure(
    'PLR1601',
    'subscription, tenant and account in capitals',
    [`subscriptionId: ${ID}\n`, `subscriptionId: ${ID.toUpperCase()}\n`],
    ['5b0e7d2c-91f4-4a36-8c0d-7e6f2a1b3c4d', '5B0E7D2C-91F4-4A36-8C0D-7E6F2A1B3C4D'],
  ),
  azure('PLR1602', 'a resource group of 90 characters', [
    'resourceGroupName: rg-plr',
    `resourceGroupName: _.(R)-${'9'.repeat(84)}`,
  ]),
  azure('PLR1602', 'a resource group of one character', ['resourceGroupName: rg-plr', 'resourceGroupName: g']),
  azure('PLR1603', 'a subnet whose name begins as a reserved one does', [
    SUBNET,
    `      subnetId: ${VNET}/subnets/GatewaySubnet2\n`,
  ]),
  azure('PLR1603', 'names with every character', [SUBNET, `      subnetId: ${VNET}/subnets/F_or.w-9\n`]),
  azure('PLR1604', 'the subscription in capitals beside subnets in small letters', [
    `subscriptionId: ${ID}\n`,
    `subscriptionId: ${ID.toUpperCase()}\n`,
  ]),
  azure('PLR1604', 'a subnet in capitals beside the subscription in small letters', [
    SUBNET,
    `      subnetId: ${VNET.replace(ID, ID.toUpperCase())}/subnets/forwarders\n`,
  ]),
  azure('PLR1604', 'one virtual network in other letters', [
    NAT,
    `      natSubnetId: ${VNET.replace('vnet-hub', 'VNET-Hub').replace('rg-network', 'RG-Network')}/subnets/private-link\n      natAddresses`,
  ]),
  azure('PLR1604', 'a network in another resource group than the router', [
    'resourceGroupName: rg-plr',
    'resourceGroupName: rg-elsewhere',
  ]),
  azure('PLR1605', 'everybody sees and one is approved', [
    '        - 11111111-2222-4333-8444-555555555550\n        - 11111111-2222-4333-8444-555555555551\n      autoApproval',
    '        - "*"\n      autoApproval',
  ]),
  azure(
    'PLR1605',
    'the approved subscription in other letters',
    ['- 11111111-2222-4333-8444-555555555550\n', '- AAAAAAAA-2222-4333-8444-555555555550\n'],
    ['- 11111111-2222-4333-8444-555555555551\n      load', '- aaaaaaaa-2222-4333-8444-555555555550\n      load'],
  ),
  ...['10.20.0.0/16', '10.20.0.0/26', '192.168.255.192/26', '172.31.0.0/16', '100.64.0.0/24'].map((space) =>
    azure('PLR1606', `a network ${space}`, ['addressSpace: 10.20.0.0/24', `addressSpace: ${space}`]),
  ),
  azure('PLR1607', 'half of all addresses', ['- 10.0.8.0/24', '- 128.0.0.0/1']),
  azure('PLR1608', 'no zones where there are none', [NFT, `${NFT}\n        zones: []`]),
  azure('PLR1608', 'zones as numbers', ['zones: ["1", "2", "3"]', 'zones: [3, 1]']),
  azure('PLR1609', 'two zones', ['zones: ["1", "2", "3"]', 'zones: ["2", "3"]']),
  azure('PLR1610', 'one subnet, the other router without a gateway', second(`${VNET}/subnets/Forwarders`, 'none')),
  azure(
    'PLR1610',
    'a subnet of that name in another virtual network',
    second(`${VNET.replace('vnet-hub', 'vnet-spoke')}/subnets/forwarders`, 'nat'),
    [
      `natSubnetId: ${VNET}/subnets/private-link, forwarder`,
      `natSubnetId: ${VNET.replace('vnet-hub', 'vnet-spoke')}/subnets/private-link, forwarder`,
    ],
  ),
  azure(
    'PLR1611',
    'ports beside the reserved ones',
    ['listenPort: 1433', 'listenPort: 61079'],
    ['port: 8443', 'port: 8443\n        listenPort: 65534'],
  ),
  azure('PLR1611', 'a target whose own port is reserved at the front', ['port: 3050', 'port: 65535']),
  azure('PLR1612', 'two machines', ['instances: 3', 'instances: 2']),
  azure(
    'PLR1612',
    'as many machines as the network has room for',
    ['10.20.0.0/24', '10.20.0.0/26'],
    [NFT, `${NFT}\n        instances: 26`],
  ),
  azure(
    'PLR1613',
    'machines and image for Arm',
    [SIZE, 'size: Standard_D2ps_v6'],
    ['sku: server', 'sku: server-ARM64'],
  ),
  azure('PLR1613', 'the least memory, and Trusted Launch', [SIZE, 'size: Standard_B1s']),
  azure('PLR1613', 'a size that is not known', [SIZE, 'size: Standard_Q2s_v9']),
  azure('PLR1613', 'a family that has a p', [SIZE, 'size: Standard_NP10s']),
  azure('PLR1614', 'an image of a gallery without a version', ['/versions/1.2.3', '']),
  azure('PLR1614', 'a subscription in capitals', [IMAGE, IMAGE.replace(ID, ID.toUpperCase())]),
  azure('PLR1615', 'a publisher in small letters', ['publisher: Canonical', 'publisher: canonical']),
  azure(
    'PLR1615',
    'an image of the second generation beside one of the first',
    ['ubuntu-24_04-lts', '0001-com-ubuntu-server-jammy'],
    ['sku: server', 'sku: 22_04-lts-gen2'],
  ),
  azure(
    'PLR1615',
    'an image of Debian of the second generation',
    ['publisher: Canonical', 'publisher: Debian'],
    ['ubuntu-24_04-lts', 'debian-12'],
    ['sku: server', 'sku: 12-gen2'],
  ),
  azure(
    'PLR1620',
    'image upgrades of an image of a gallery without a version',
    ['/versions/1.2.3', ''],
    ['engine: nginx', 'engine: nginx\n        imageUpgrades: true'],
  ),
  azure(
    'PLR1620',
    'image upgrades of an image on the list of Azure',
    ['ubuntu-24_04-lts', '0001-com-ubuntu-server-jammy'],
    ['sku: server', 'sku: 22_04-LTS-Gen2'],
    [SIZE, `${SIZE}\n        imageUpgrades: true`],
  ),
  azure('PLR1619', 'logins from one address', ['            - 10.0.8.0/24\n', '']),
  azure('PLR1616', 'the stock engine without egress', [
    'egress: none',
    'egress: { mirror: "http://apt.corp.example" }',
  ]),
  azure('PLR1616', 'an image of its own with the engine', ['engine: nginx', 'engine: haproxy']),
  azure('PLR1617', 'an RSA key of 2048 bits', [publicKey('ssh-ed25519'), publicKey('ssh-rsa', 2048)]),
  azure('PLR1618', 'a mirror at an address, with a port and a path', [
    'egress: nat',
    'egress: { mirror: "https://10.0.0.9:8443/a/b-c_d.e~f/" }',
  ]),
  azure('PLR1607', 'metrics for a private network', [
    'egress: nat',
    'metrics: { from: [172.16.0.0/12] }\n        egress: nat',
  ]),
  azure('PLR1621', 'the idle timeout of a router of nftables', [TRIAL, `${TRIAL}    idleTimeout: 14400\n`]),
  azure('PLR1621', 'several hosts with haproxy', [
    '        host: 10.40.7.12',
    '        hosts: [10.40.7.12, 10.40.7.13, legacy.corp.example]',
  ]),
  azure('PLR1110', 'a host kept back, with a check', [
    '        host: 10.40.7.12',
    '        host: 10.40.7.12\n        healthCheck: { protocol: TCP }\n        backup: [b.corp.example]',
  ]),
  azure('PLR1221', 'one host kept back by two targets', [
    LEGACY,
    `${LEGACY}        backup: [10.40.7.14]\n      again: { host: 10.40.7.13, backup: [10.40.7.14], port: 3050, domain: again.corp.example }\n`,
  ]),
  azure('PLR1221', 'the host of one target kept back by another', [
    LEGACY,
    `${LEGACY}        backup: [10.40.7.13]\n      again: { host: 10.40.7.13, backup: [10.40.7.12], port: 3050, domain: again.corp.example }\n`,
  ]),
  azure('PLR1221', 'one host and port at two targets with domains of their own and hosts kept back', [
    LEGACY,
    `${LEGACY}        backup: [10.40.7.13]\n      again: { host: 10.40.7.12, backup: [10.40.7.13], port: 3050, domain: again.corp.example }\n`,
  ]),
  azure('PLR1621', 'a host kept back with haproxy', [
    '        host: 10.40.7.12',
    '        host: 10.40.7.12\n        backup: [10.40.7.13]',
  ]),
  azure('PLR1621', 'the idle timeout of one target of nginx', [
    'crm: crm-eu.corp.example:3306',
    'crm: { host: crm-eu.corp.example, port: 3306, idleTimeout: 14400 }',
  ]),
  azure('PLR1622', 'a protocol that speaks often', ['preset: http', 'preset: https']),
];
