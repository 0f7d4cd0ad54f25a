import { VALID_AZURE } from './azure-inventory';
import { CRM, hint, ID, PLACE, slip, slips, VNET } from './azure-slips';
import type { Mistake } from './mistake';

const ELEVEN_NAMES = Array.from({ length: 11 }, (_, index) => `n${index}.corp.example`).join(', ');
const SUBNET = `      subnetId: ${VNET}/subnets/forwarders\n`;
const NAT = `      natSubnetId: ${VNET}/subnets/private-link\n      natAddresses`;
const subnet = (name: string, code: string, id: string): Mistake =>
  slip(`subnetId: ${name}`, code, SUBNET, `      subnetId: ${id} #!\n`);
const nat = (name: string, code: string, id: string): Mistake =>
  slip(`natSubnetId: ${name}`, code, NAT, `      natSubnetId: ${id} #!\n      natAddresses`);
const location = (name: string, text: string, code = 'PLR1301'): Mistake =>
  slip(`location: ${name}`, code, 'location: eastus2', `location: ${text} #!`);
const space = (name: string, text: string): Mistake =>
  slip(`addressSpace: ${name}`, 'PLR1606', 'addressSpace: 10.20.0.0/24', `addressSpace: ${text} #!`);
const tag = (name: string, code: string, text: string): Mistake =>
  slip(`tag: ${name}`, code, 'cost-center: "4711"', `${text} #!`);

/** A router of AWS in one line, with what it needs. */
const onAws = (databricks: string, mark = ''): string =>
  `  aws-one: { ${databricks}aws: { accountId: "123456789012", region: us-east-2, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e] }, ncc: { name: use2, workspaceIds: [7] }, targets: { a: a.corp.example:1 } }${mark}\n`;

const OTHER_ACCOUNT = 'databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }, ';

const clouds: Mistake[] = [
  slip(
    'aws and azure',
    'PLR1110',
    PLACE,
    '  analytics:\n    aws: { accountId: "123456789012", region: us-east-2, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e] }\n    azure: #!\n',
  ),
  {
    ...slip('neither aws nor azure', 'PLR1102', '', ''),
    edits: [],
    text: 'version: 1\ndatabricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }\nrouters:\n  r: #!\n    ncc: { id: 11111111-2222-4333-8444-555555555556 }\n    targets: { x: x.corp.example:1 }\n',
  },
  {
    ...slip('overlay brings the other cloud', 'PLR1110', '', ''),
    edits: [],
    env: 'prod',
    overlay:
      'routers:\n  baked:\n    aws: #!\n      { accountId: "123456789012", region: us-east-2, vpcId: vpc-0a1b2c3d, subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e] }\n',
  },
  slip('the cloud misspelt', 'PLR1101', PLACE, '  analytics:\n    azur: #!\n'),
  slip('region for location', 'PLR1118', 'location: eastus2', 'region: eastus2 #!'),
  slip('account for subscription', 'PLR1118', `subscriptionId: ${ID}\n`, 'accountId: "123456789012" #!\n'),
  slip('vpcId', 'PLR1118', 'location: eastus2', 'location: eastus2\n      vpcId: vpc-0a1b2c3d #!'),
  slip('subnetIds', 'PLR1118', SUBNET, '      subnetIds: [subnet-0a1b2c3d, subnet-0b1c2d3e] #!\n'),
  slip('profile', 'PLR1118', 'location: eastus2', 'location: eastus2\n      profile: network #!'),
  slip('assumeRole', 'PLR1118', 'location: eastus2', 'location: eastus2\n      assumeRole: {} #!'),
  slip('govcloud', 'PLR1118', 'location: eastus2', 'location: eastus2\n      govcloud: dod #!'),
  {
    ...slip('location on AWS', 'PLR1118', '', ''),
    edits: [[CRM, CRM + onAws('', ' #!').replace('region: us-east-2', 'location: us-east-2')]],
    base: VALID_AZURE.replace('  host: https://accounts.azuredatabricks.net\n', ''),
    severity: 'error',
  },
  slip(
    'a health check of several domains that names none',
    'PLR1252',
    'port: 8443',
    `port: 8443\n        domains: [a.corp.example, b.corp.example] #!`,
  ),
  slip(
    'more domains than a rule takes',
    'PLR1251',
    'port: 3050\n        domain: legacy.corp.example',
    `port: 3050\n        domains: [${ELEVEN_NAMES}] #!`,
  ),
  slip('dns: plan', 'PLR1118', 'dns: runtime', 'dns: plan #!'),
  slip('dns: synth of a target', 'PLR1118', 'enabled: false', 'dns: synth #!'),
  slip('tags of a target', 'PLR1118', 'enabled: false', 'tags: { team: crm } #!'),
  slip('an owner with a password', 'PLR1406', 'enabled: false', 'owner: "me, password: hunter2" #!'),
  slip('security groups', 'PLR1118', 'enabled: false', 'securityGroupIds: [sg-0a1b2c3d] #!'),
  hint(slip('former name of drain, of a target', 'PLR1121', 'enabled: false', 'deregistrationDelay: 10 #!')),
  hint(slip('former name of drain, of a router', 'PLR1121', 'dns: runtime', 'deregistrationDelay: 10 #!')),
  {
    ...slip('host of a health check on AWS', 'PLR1118', '', ''),
    edits: [
      [
        CRM,
        CRM +
          onAws(OTHER_ACCOUNT, ' #!').replace(
            'a: a.corp.example:1',
            'a: { host: a.corp.example, port: 1, healthCheck: { protocol: HTTPS, host: web.corp.example } }',
          ),
      ],
    ],
    base: VALID_AZURE.replace('  host: https://accounts.azuredatabricks.net\n', ''),
    severity: 'error',
  },
  {
    ...slip('no health check on AWS', 'PLR1118', '', ''),
    edits: [
      [
        CRM,
        CRM +
          onAws(OTHER_ACCOUNT, ' #!').replace(
            'a: a.corp.example:1',
            'a: { host: a.corp.example, port: 1, healthCheck: none }',
          ),
      ],
    ],
    base: VALID_AZURE.replace('  host: https://accounts.azuredatabricks.net\n', ''),
    severity: 'error',
  },
  slip('loadBalancing a level too high', 'PLR1101', 'dns: runtime', 'loadBalancing: ha-ports #!'),
  slips(
    'location a level too high',
    'PLR1101',
    ['      location: eastus2\n', ''],
    ['    dns: runtime\n', '    dns: runtime\n    location: eastus2 #!\n'],
  ),
  slip('engine a level too high', 'PLR1101', '      loadBalancing: per-target', '      engine: nginx #!'),
];

const places: Mistake[] = [
  location('misspelt', 'westeuropa'),
  location('as the portal shows it', 'East US 2'),
  location('in upper case', 'EastUS2'),
  location('of AWS', 'us-east-2'),
  location('of Azure Government', 'usgovvirginia', 'PLR1328'),
  location('of China', 'chinanorth3', 'PLR1328'),
  location('a geography', 'europe'),
  {
    ...slip('location of Azure on AWS', 'PLR1301', '', ''),
    edits: [
      [
        CRM,
        `${CRM}${onAws('databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }, ', ' #!').replace('us-east-2', 'eastus2')}`,
      ],
    ],
  },
  slip(
    'location missing',
    'PLR1102',
    `${PLACE}      subscriptionId: ${ID}\n      tenantId: 5b0e7d2c-91f4-4a36-8c0d-7e6f2a1b3c4d\n      location: eastus2\n`,
    `  analytics:\n    azure: #!\n      subscriptionId: ${ID}\n`,
  ),
  slip(
    'resource group missing',
    'PLR1102',
    '  trial:\n    azure:\n      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d941\n      location: westus\n      resourceGroupName: rg-trial\n',
    '  trial:\n    azure: #!\n      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d941\n      location: westus\n',
  ),
  slip('resource group with a space', 'PLR1602', 'resourceGroupName: rg-plr', 'resourceGroupName: rg plr #!'),
  slip('resource group with !', 'PLR1602', 'resourceGroupName: rg-plr', 'resourceGroupName: rg-plr! #!'),
  slip('resource group with a dot at the end', 'PLR1602', 'resourceGroupName: rg-plr', 'resourceGroupName: rg-plr. #!'),
  slip(
    'resource group of 91 characters',
    'PLR1602',
    'resourceGroupName: rg-plr',
    `resourceGroupName: ${'r'.repeat(91)} #!`,
  ),
  slip(
    'id of a resource group',
    'PLR1602',
    'resourceGroupName: rg-plr',
    `resourceGroupName: /subscriptions/${ID}/resourceGroups/rg-plr #!`,
  ),
  slip('subscription is a name', 'PLR1601', `subscriptionId: ${ID}\n`, 'subscriptionId: Production #!\n'),
  slip(
    'subscription of zeros',
    'PLR1601',
    `subscriptionId: ${ID}\n`,
    'subscriptionId: 00000000-0000-0000-0000-000000000000 #!\n',
  ),
  slip(
    'tenant is a domain',
    'PLR1601',
    'tenantId: 5b0e7d2c-91f4-4a36-8c0d-7e6f2a1b3c4d',
    'tenantId: corp.onmicrosoft.com #!',
  ),
  slip('tenant is the subscription', 'PLR1601', 'tenantId: 5b0e7d2c-91f4-4a36-8c0d-7e6f2a1b3c4d', `tenantId: ${ID} #!`),
  slip(
    'another subscription than the subnets',
    'PLR1604',
    `subscriptionId: ${ID}\n`,
    'subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d949 #!\n',
  ),
  subnet('a name', 'PLR1603', 'forwarders'),
  subnet('in lower case', 'PLR1603', `${VNET}/subnets/forwarders`.toLowerCase()),
  subnet('resourcegroups', 'PLR1603', `${VNET}/subnets/forwarders`.replace('resourceGroups', 'resourcegroups')),
  subnet('a virtual network', 'PLR1603', VNET),
  subnet('a slash at the end', 'PLR1603', `${VNET}/subnets/forwarders/`),
  subnet('without a slash at the start', 'PLR1603', `${VNET}/subnets/forwarders`.slice(1)),
  subnet('a subscription that is a name', 'PLR1603', `${VNET}/subnets/forwarders`.replace(ID, 'prod')),
  subnet('a name with a space', 'PLR1603', `${VNET}/subnets/my forwarders`),
  subnet('of AWS', 'PLR1603', 'subnet-0a1b2c3d4e5f60718'),
  subnet('of the VPN gateway', 'PLR1603', `${VNET}/subnets/GatewaySubnet`),
  subnet('a Terraform expression', 'PLR1603', `${VNET}/subnets/\${var.subnet}`),
  nat('the same subnet', 'PLR1604', `${VNET}/subnets/forwarders`),
  nat('the same subnet in upper case', 'PLR1604', `${VNET}/subnets/FORWARDERS`),
  nat('of another virtual network', 'PLR1604', `${VNET.replace('vnet-hub', 'vnet-spoke')}/subnets/private-link`),
  nat(
    'of another subscription',
    'PLR1604',
    `${VNET.replace(ID, 'aaaaaaaa-5b7e-4d0f-9c26-8e3a71b5d940')}/subnets/private-link`,
  ),
  nat('of the firewall', 'PLR1603', `${VNET}/subnets/AzureFirewallSubnet`),
  slips('natSubnetId missing', 'PLR1102', [PLACE, '  analytics:\n    azure: #!\n'], [NAT, '      natAddresses']),
  slips('subnetId missing', 'PLR1102', [PLACE, '  analytics:\n    azure: #!\n'], [SUBNET, '']),
  slip('natSubnetId misspelt', 'PLR1101', NAT, NAT.replace('natSubnetId', 'natSubnetID').replace('\n', ' #!\n')),
  slips(
    'no network at all',
    'PLR1102',
    ['  trial:\n    azure:\n', '  trial:\n    azure: #!\n'],
    ['      network:\n        addressSpace: 10.20.0.0/24\n', ''],
  ),
  slip(
    'a network of its own and subnets',
    'PLR1110',
    '      natAddresses: 2',
    '      network: { addressSpace: 10.20.0.0/24 } #!',
  ),
  slips('a network of its own without a subscription', 'PLR1102', [
    '  trial:\n    azure:\n      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d941\n',
    '  trial:\n    azure: #!\n',
  ]),
  space('malformed', '10.20.0/24'),
  space('without a length', '10.20.0.0'),
  space('length 33', '10.20.0.0/33'),
  space('host bits', '10.20.0.1/24'),
  space('public', '20.20.0.0/24'),
  space('larger than the private range that it begins in', '172.16.0.0/11'),
  space('/15', '10.20.0.0/15'),
  space('/30', '10.20.0.0/30'),
  space('IPv6', '"fd00::/64"'),
  slip('a target inside the network of its own', 'PLR1216', 'host: 10.79.0.82', 'host: 10.20.0.9 #!'),
  slip(
    'a target that is a Private Link Service',
    'PLR1216',
    'host: crm.corp.example',
    'host: plr-x.6fbf1cba-2b3d-4c50-9a3a-1a5d1f0a7b11.eastus2.azure.privatelinkservice #!',
  ),
  slip('name server of IPv6', 'PLR1308', '- 10.0.0.53', '- fd00::53 #!'),
  slip('name server on the machine itself', 'PLR1308', '- 10.0.0.53', '- 127.0.0.53 #!'),
  slip('name server on the machine itself, with a port', 'PLR1308', '- 10.0.0.53', '- 127.0.0.1:5353 #!'),
  slip('name server at the loopback address of IPv6', 'PLR1308', '- 10.0.0.53', '- "::1" #!'),
  slip('name server at no address', 'PLR1308', '- 10.0.0.53', '- 0.0.0.0 #!'),
  slip('name server at a multicast address', 'PLR1308', '- 10.0.0.53', '- 224.0.0.251 #!'),
  slip('name server at a link-local address', 'PLR1308', '- 10.0.0.53', '- 169.254.0.53 #!'),
  slip('name server by name', 'PLR1308', '- 10.0.0.53', '- dns.corp.example #!'),
  slip(
    'two NAT gateways for one subnet',
    'PLR1610',
    CRM,
    `${CRM}  second: { azure: { location: eastus2, resourceGroupName: rg, subnetId: ${VNET}/subnets/Forwarders, natSubnetId: ${VNET}/subnets/private-link }, ncc: { id: 11111111-2222-4333-8444-555555555557 }, targets: { a: a.corp.example:1 } } #!\n`,
  ),
  slip('9 NAT addresses', 'PLR1104', 'natAddresses: 2', 'natAddresses: 9 #!'),
  slip('no NAT address', 'PLR1104', 'natAddresses: 2', 'natAddresses: 0 #!'),
  slip('loadBalancing unknown', 'PLR1105', 'loadBalancing: per-target', 'loadBalancing: haports #!'),
  slip(
    'visibility empty',
    'PLR1605',
    'visibility:\n        - 11111111-2222-4333-8444-555555555550\n        - 11111111-2222-4333-8444-555555555551\n      autoApproval:\n        - 11111111-2222-4333-8444-555555555551\n',
    'visibility: [] #!\n',
  ),
  slip('visibility of all and of one', 'PLR1605', '- 11111111-2222-4333-8444-555555555550', '- "*" #!'),
  slip('visibility is a name', 'PLR1601', '- 11111111-2222-4333-8444-555555555550', '- databricks #!'),
  slip(
    'visibility is a word',
    'PLR1103',
    'visibility:\n        - 11111111-2222-4333-8444-555555555550\n        - 11111111-2222-4333-8444-555555555551\n',
    'visibility: "*" #!\n',
  ),
  slip(
    'visibility twice',
    'PLR1114',
    '- 11111111-2222-4333-8444-555555555550\n        - 11111111-2222-4333-8444-555555555551',
    '- 11111111-2222-4333-8444-555555555551\n        - 11111111-2222-4333-8444-555555555551 #!',
  ),
  slip(
    'automatic approval outside visibility',
    'PLR1605',
    'autoApproval:\n        - 11111111-2222-4333-8444-555555555551',
    'autoApproval:\n        - 11111111-2222-4333-8444-555555555559 #!',
  ),
  slip(
    'automatic approval of all',
    'PLR1605',
    'autoApproval:\n        - 11111111-2222-4333-8444-555555555551',
    'autoApproval:\n        - "*" #!',
  ),
  slip(
    'automatic approval is no id',
    'PLR1601',
    'autoApproval:\n        - 11111111-2222-4333-8444-555555555551',
    'autoApproval:\n        - prod #!',
  ),
];

const accounts: Mistake[] = [
  slip(
    'account console of AWS',
    'PLR1311',
    'https://accounts.azuredatabricks.net',
    'https://accounts.cloud.databricks.com #!',
  ),
  slip(
    'account console of Azure Government',
    'PLR1311',
    'https://accounts.azuredatabricks.net',
    'https://accounts.azuredatabricks.us #!',
  ),
  slip(
    'host of a workspace',
    'PLR1311',
    'https://accounts.azuredatabricks.net',
    'https://adb-654321.11.azuredatabricks.net #!',
  ),
  ...[
    'acme.database.windows.net',
    'acme.privatelink.database.windows.net',
    'acme.blob.core.windows.net',
    'acme.dfs.core.windows.net',
    'acme.z16.web.core.windows.net',
  ].map((name) => hint(slip(`host ${name}`, 'PLR1238', 'host: crm.corp.example', `host: ${name} #!`))),
  hint(
    slip(
      'unknown account console',
      'PLR1311',
      'https://accounts.azuredatabricks.net',
      'https://databricks.corp.example #!',
    ),
  ),
  slip(
    "router's own account console of AWS",
    'PLR1311',
    PLACE,
    '  analytics:\n    databricks:\n      accountId: 7a99b43c-b46c-432b-b0a7-814217701909\n      host: https://accounts.cloud.databricks.com #!\n    azure:\n',
  ),
  slip(
    "router's own account without an id",
    'PLR1102',
    PLACE,
    '  analytics:\n    databricks: #!\n      host: https://accounts.azuredatabricks.net\n    azure:\n',
  ),
  slip(
    'account is the subscription',
    'PLR1310',
    'accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39',
    `accountId: ${ID} #!`,
  ),
  slips(
    "a router on AWS with Azure's account console",
    'PLR1311',
    [CRM, CRM + onAws('')],
    ['https://accounts.azuredatabricks.net', 'https://accounts.azuredatabricks.net #!'],
  ),
  hint(
    slips(
      'one account for two clouds',
      'PLR1327',
      [CRM, CRM + onAws('', ' #!')],
      ['  host: https://accounts.azuredatabricks.net\n', ''],
    ),
  ),
  hint(
    slip(
      'one account for two clouds, each with its own',
      'PLR1327',
      CRM,
      CRM + onAws('databricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }, ', ' #!'),
    ),
  ),
  slips(
    'no account for one of the routers',
    'PLR1102',
    ['version: 1\n', 'version: 1 #!\n'],
    [
      'databricks:\n  accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39\n  host: https://accounts.azuredatabricks.net\n',
      '',
    ],
    [
      '  trial:\n    azure:',
      '  trial:\n    databricks: { accountId: c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39 }\n    azure:',
    ],
  ),
  slip(
    'NCC by id in two locations',
    'PLR1318',
    'id: 11111111-2222-4333-8444-555555555556',
    'id: 11111111-2222-4333-8444-555555555555 #!',
  ),
  slips(
    'NCC of one name twice',
    'PLR1317',
    ['location: westeurope', 'location: eastus2'],
    ['      id: 11111111-2222-4333-8444-555555555556\n', '      name: analytics-eus2 #!\n      workspaceIds: [8]\n'],
  ),
  slips(
    'domain in two routers of one NCC',
    'PLR1223',
    ['location: westeurope', 'location: westus'],
    ['id: 11111111-2222-4333-8444-555555555556', 'id: 11111111-2222-4333-8444-555555555555'],
    [CRM, '      crm: files.corp.example:3306 #!\n'],
  ),
  slips('one state for all routers', 'PLR1323', ['"plr/{env}/{router}.tfstate"', '"plr.tfstate" #!']),
];

const tags: Mistake[] = [
  tag('with <', 'PLR1403', '"a<b": x'),
  tag('with /', 'PLR1403', 'team/cost: x'),
  tag('with ?', 'PLR1403', '"why?": x'),
  tag('with a backslash', 'PLR1403', "'a\\b': x"),
  tag('with a line end', 'PLR1403', '"a\\nb": x'),
  tag('value with a line end', 'PLR1403', 'a: "b\\nc"'),
  tag('empty', 'PLR1107', '"": x'),
  tag('of Microsoft', 'PLR1401', 'microsoft-team: x'),
  tag('of Azure, in upper case', 'PLR1401', 'AzureTeam: x'),
  tag('of Windows', 'PLR1401', 'windows: x'),
  tag('of this program', 'PLR1401', 'privatelink-router:pool: p1'),
  tag('name of 513 characters', 'PLR1402', `${'k'.repeat(513)}: x`),
  tag('value of 257 characters', 'PLR1402', `x: ${'v'.repeat(257)}`),
  tag("that differs by letter case from the inventory's", 'PLR1405', 'Team: x'),
  tag('that differs by letter case from its neighbour', 'PLR1405', 'owner: x\n      Owner: y'),
  tag('that differs by letter case from ours', 'PLR1405', 'name: x'),
  slip(
    '51 tags',
    'PLR1404',
    '    tags:\n      cost-center: "4711"\n',
    `    tags: #!\n${Array.from({ length: 44 }, (_, index) => `      t${index}: x\n`).join('')}`,
  ),
  slips(
    'tag that AWS keeps, beside a router on AWS',
    'PLR1401',
    ['team: data-platform', 'aws:team: data-platform #!'],
    [CRM, CRM + onAws('databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }, ')],
  ),
  slips(
    'tag that Azure refuses, beside a router on AWS',
    'PLR1403',
    ['team: data-platform', 'a/b: data-platform #!'],
    [CRM, CRM + onAws('databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }, ')],
  ),
];

/** Mistakes of a router on Azure: its cloud, place, accounts and tags. */
export const AZURE_MISTAKES: readonly Mistake[] = [...clouds, ...places, ...accounts, ...tags];
