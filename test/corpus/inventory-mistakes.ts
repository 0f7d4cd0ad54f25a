import type { Mistake } from './mistake';

const HOST = 'host: orders.corp.example';
const LEDGER = 'ledger: ledger.corp.example:1521';
const DOMAIN = 'domain: legacy.corp.example';

type Edit = readonly [from: string, to: string];

/** One mistake by one edit. */
const slip = (name: string, code: string, from: string, to: string): Mistake => ({ name, code, edits: [[from, to]] });
const slips = (name: string, code: string, ...edits: Edit[]): Mistake => ({ name, code, edits });
const hint = (name: string, code: string, from: string, to: string): Mistake => ({
  ...slip(name, code, from, to),
  severity: 'warning',
});

const host = (name: string, code: string, value: string): Mistake =>
  slip(`host: ${name}`, code, HOST, `host: ${value} #!`);
const domain = (name: string, code: string, value: string): Mistake =>
  slip(`domain: ${name}`, code, DOMAIN, `domain: ${value} #!`);
const address = (name: string, code: string, value: string): Mistake =>
  slip(`address: ${name}`, code, 'host: 10.40.7.12', `host: ${value} #!`);
const port = (name: string, code: string, value: string): Mistake =>
  slip(`port: ${name}`, code, 'port: 5432', `port: ${value} #!`);
const backend = (name: string, code: string, config: string): Mistake =>
  slip(
    `backend: ${name}`,
    code,
    `    s3:
      bucket: acme-tfstate
      key: "plr/{env}/{router}.tfstate"
      region: us-east-2
`,
    config,
  );

const LONG_LABEL = 'a'.repeat(64);
const LONG_NAME = `${'abcdefghi.'.repeat(25)}example`;
const many = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join('');

/** A whole router in one line, for mistakes that need several. */
const router = (name: string, rest: { region?: string; ncc: string; targets?: string; mark?: string }): string =>
  `  ${name}: { aws: { accountId: "123456789012", region: ${rest.region ?? 'us-east-2'}, vpcId: vpc-0a1b2c3d4e5f60718, subnetIds: [subnet-0a1b2c3d4e5f60718, subnet-0b1c2d3e4f5061728] }, ncc: ${rest.ncc}, targets: ${rest.targets ?? `{ db: ${name}.other.example:5432 }`} }${rest.mark ?? ''}\n`;

const REPORTING = '  reporting:\n';

const documents: Mistake[] = [
  { name: 'empty file', code: 'PLR1006', edits: [], text: '', line: 1 },
  { name: 'comments alone', code: 'PLR1006', edits: [], text: '# nothing\n\n', line: 1 },
  { name: 'null document', code: 'PLR1006', edits: [], text: '---\nnull\n', line: 1 },
  { name: 'a list', code: 'PLR1021', edits: [], text: '- version: 1\n', line: 1 },
  { name: 'a word', code: 'PLR1021', edits: [], text: 'hello\n', line: 1 },
  { name: 'JSON in a YAML file cut off', code: 'PLR1007', edits: [], text: '{"version": 1,\n', line: 2 },
  { name: 'trailing comma in JSON', code: 'PLR1007', edits: [], text: '{"version": 1,\n}', file: 'i.json', line: 2 },
  { name: 'comment in JSON', code: 'PLR1007', edits: [], text: '{ # one\n"version": 1}', file: 'i.json', line: 1 },
  { name: 'half a character of UTF-16', code: 'PLR1004', edits: [], text: Buffer.from([0xff, 0xfe, 0x61]) },
  { name: 'Latin-1', code: 'PLR1004', edits: [], text: Buffer.from('a: caf\xe9\n', 'latin1') },
  { name: '5 MB', code: 'PLR1005', edits: [], text: `version: 1\n${'# filler\n'.repeat(600_000)}` },
  slip('tab as indentation', 'PLR1008', '  team: data-platform', '\tteam: data-platform #!'),
  slip('second document', 'PLR1009', 'limits:\n', '--- #!\nlimits:\n'),
  slip('key twice', 'PLR1010', '        port: 5432\n', '        port: 5432\n        port: 5433 #!\n'),
  slip('target twice', 'PLR1010', 'old-crm:\n', 'ledger: other.corp.example:1522 #!\n      old-crm:\n'),
  slip('router twice', 'PLR1010', REPORTING, '  analytics: {} #!\n  reporting:\n'),
  slip('unclosed quote', 'PLR1007', 'externalId: acme-1', "externalId: 'acme-1 #!"),
  slip('colon in a plain text', 'PLR1007', 'team: data-platform', 'team: data: platform #!'),
  slip('reserved first character', 'PLR1007', 'team: data-platform', 'team: @data #!'),
  slip('bad escape', 'PLR1007', 'cost-center: "4711"', 'cost-center: "\\q" #!'),
  slip('brackets around an IPv6 address, unquoted', 'PLR1007', LEDGER, 'ledger: [fd00::1]:1521 #!'),
  slip('unknown alias', 'PLR1011', 'team: data-platform', 'team: *team #!'),
  slip('alias inside itself', 'PLR1011', 'tags:\n  team: data-platform', 'tags: &t\n  team: *t #!'),
  slip('tag', 'PLR1013', 'team: data-platform', 'team: !secret data-platform #!'),
  slip('binary tag', 'PLR1013', 'team: data-platform', 'team: !!binary aGVsbG8= #!'),
  slip('YAML 1.1', 'PLR1013', 'version: 1\n', '%YAML 1.1 #!\n---\nversion: 1\n'),
  slip('list as key', 'PLR1014', '  team: data-platform', '  ? [team] #!\n  : data-platform\n  team: x'),
  slip('merge key without a map', 'PLR1015', '  team: data-platform', '  <<: team #!\n  team: data-platform'),
  slip('nesting without end', 'PLR1017', 'team: data-platform', `team: ${'['.repeat(60)}${']'.repeat(60)} #!`),
  slip('indentation without end', 'PLR1017', 'team: data-platform', `team:\n${'- '.repeat(1500)}x #!`),
  slip('nesting beyond the parser', 'PLR1017', 'team: data-platform', `team: ${'['.repeat(9000)} #!`),
  {
    name: 'alias bomb',
    code: 'PLR1012',
    edits: [],
    text: `a0: &a0 [x, x, x, x, x, x, x, x, x]\n${many(9, (i) => `a${i + 1}: &a${i + 1} [${`*a${i}, `.repeat(9)}]\n`)}`,
    line: 7,
  },
  slip('control character', 'PLR1007', 'team: data-platform', 'team: data\u0001platform #!'),
  slip('key __proto__', 'PLR1101', '  team: data-platform', '  team: data-platform\n  __proto__: x #!'),
  { name: 'overlay that is missing', code: 'PLR1018', edits: [], env: 'prod' },
  { name: 'environment with a slash', code: 'PLR1019', edits: [], env: '../prod' },
  { name: 'environment called lock', code: 'PLR1019', edits: [], env: 'lock' },
  {
    name: 'overlay removes what is not there',
    code: 'PLR1020',
    severity: 'warning',
    edits: [],
    env: 'prod',
    overlay: 'routers:\n  analytics:\n    basPort: null #!\n',
  },
  {
    name: 'overlay brings the mistake',
    code: 'PLR1104',
    edits: [],
    env: 'prod',
    overlay: 'routers:\n  analytics:\n    targets:\n      orders-db:\n        port: 70000 #!\n',
  },
  {
    name: 'overlay removes a key that is needed',
    code: 'PLR1102',
    edits: [],
    env: 'prod',
    overlay: 'routers:\n  reporting:\n    aws:\n      vpcId: null #!\n',
  },
  {
    name: 'overlay is a list',
    code: 'PLR1021',
    edits: [],
    env: 'prod',
    overlay: '- 1 #!\n',
  },
];

const shape: Mistake[] = [
  slip('version missing', 'PLR1102', 'version: 1\ntags:', 'tags: #!'),
  slip('version 2', 'PLR1115', 'version: 1', 'version: 2 #!'),
  slip('version in quotes', 'PLR1115', 'version: 1', 'version: "1" #!'),
  slip('unknown key at the top', 'PLR1101', 'limits:\n', 'limit: {} #!\nlimits:\n'),
  slip('misspelt required key', 'PLR1101', 'vpcId: vpc-0a', 'vpcID: vpc-0a1b2c3d4e5f60718 #!\n      #vpc-0a'),
  slip('misspelt key of a target', 'PLR1101', HOST, 'hots: orders.corp.example #!'),
  slip('key in snake case', 'PLR1101', 'listenPort: 14330', 'listen_port: 14330 #!'),
  slip('unknown key of a health check', 'PLR1101', 'interval: 10', 'intervall: 10 #!'),
  slips(
    'databricks missing',
    'PLR1102',
    ['version: 1\n', 'version: 1 #!\n'],
    [
      'databricks:\n  accountId: 7a99b43c-b46c-432b-b0a7-814217701909\n  host: https://accounts.cloud.databricks.com\n',
      '',
    ],
  ),
  slip(
    'region missing',
    'PLR1102',
    '    aws:\n      accountId: "210987654321"\n      profile: reporting\n      region: eu-west-1\n',
    '    aws: #!\n      accountId: "210987654321"\n      profile: reporting\n',
  ),
  slips(
    'targets missing',
    'PLR1102',
    [REPORTING, '  reporting: #!\n'],
    ['    targets:\n      crm: crm-eu.corp.example:3306\n', ''],
  ),
  slip('host missing', 'PLR1102', `orders-db:\n        ${HOST}`, 'orders-db: #!'),
  slip('host without a value', 'PLR1106', HOST, 'host: #!'),
  slip('target without a value', 'PLR1106', LEDGER, 'ledger: #!'),
  slip('host is a list', 'PLR1103', HOST, 'host: [orders.corp.example] #!'),
  slip('host is a number', 'PLR1103', HOST, 'host: 42 #!'),
  slip('targets is a list', 'PLR1103', 'targets:\n      crm: crm-eu.corp.example:3306', 'targets: [crm] #!'),
  slip('enabled: no', 'PLR1103', 'enabled: false', 'enabled: no #!'),
  slip('enabled: on', 'PLR1103', 'enabled: false', 'enabled: on #!'),
  slip(
    'subnets as one text',
    'PLR1103',
    'subnetIds:\n        - subnet-0c1b2c3d4e5f60718\n        - subnet-0d1c2d3e4f5061728',
    'subnetIds: subnet-0c1b2c3d4e5f60718 #!',
  ),
  slip('tag value is a number', 'PLR1103', 'cost-center: "4711"', 'cost-center: 4711 #!'),
  slip('account id without quotes', 'PLR1103', '"123456789012"\n      assumeRole', '123456789012 #!\n      assumeRole'),
  slip(
    'account id that looks octal',
    'PLR1103',
    '"123456789012"\n      assumeRole',
    '012345678901 #!\n      assumeRole',
  ),
  port('0', 'PLR1104', '0'),
  port('65536', 'PLR1104', '65536'),
  port('negative', 'PLR1104', '-1'),
  port('too big for a number', 'PLR1104', '99999999999999999999'),
  port('in quotes', 'PLR1103', '"5432"'),
  port('fraction', 'PLR1112', '5432.5'),
  port('needless fraction', 'PLR1112', '5432.0'),
  port('exponent', 'PLR1112', '5e3'),
  port('leading zero', 'PLR1112', '05432'),
  port('hexadecimal', 'PLR1112', '0x1538'),
  port('infinity', 'PLR1112', '.inf'),
  port('base sixty', 'PLR1103', '22:22'),
  port('a date', 'PLR1103', '2024-01-01'),
  slip('basePort 0', 'PLR1104', 'basePort: 10000', 'basePort: 0 #!'),
  slip('listenPort 65536', 'PLR1104', 'listenPort: 14330', 'listenPort: 65536 #!'),
  slip('portStrategy misspelt', 'PLR1105', 'portStrategy: base-port', 'portStrategy: baseport #!'),
  slip('approval unknown', 'PLR1105', 'approval: terraform', 'approval: nobody #!'),
  slip('domains unknown word', 'PLR1105', 'approval: terraform', 'domains: per-router #!'),
  slip('domains without a name', 'PLR1102', 'approval: terraform', 'domains: {} #!'),
  slip('route sni', 'PLR1108', 'enabled: false', 'route: sni #!'),
  slip('route http', 'PLR1108', 'enabled: false', 'route: http #!'),
  slip('route inspect', 'PLR1108', 'enabled: false', 'route: inspect #!'),
  slip('route udp', 'PLR1105', 'enabled: false', 'route: udp #!'),
  slip('dns runtime', 'PLR1118', 'dns: synth', 'dns: runtime #!'),
  slip('teardown unknown', 'PLR1105', 'approval: terraform', 'teardown: now #!'),
  slip('name of a router', 'PLR1109', REPORTING, '  Reporting: #!\n'),
  slip('name of a target with an underscore', 'PLR1109', LEDGER, `led_ger: ledger.corp.example:1521 #!`),
  slip('name of a target too long', 'PLR1109', 'ledger:', `l${'x'.repeat(63)}: ledger.corp.example:1521 #!\n      #`),
  slip('name of a target is a number', 'PLR1109', 'ledger:', '42: ledger.corp.example:1521 #!\n      #'),
  slip('name of a shard', 'PLR1322', 'approval: terraform', 'shards: { shard2: { teardown: prepare } } #!'),
  slip('short form without a port', 'PLR1111', LEDGER, 'ledger: ledger.corp.example #!'),
  slip('short form with a word as port', 'PLR1111', LEDGER, 'ledger: ledger.corp.example:oracle #!'),
  slip('short form without a host', 'PLR1111', LEDGER, 'ledger: ":1521" #!'),
  slip('short form, port too high', 'PLR1104', LEDGER, 'ledger: ledger.corp.example:99999 #!'),
  slip('short form, port with a leading zero', 'PLR1112', LEDGER, 'ledger: ledger.corp.example:01521 #!'),
  slip('short form is a number', 'PLR1103', LEDGER, 'ledger: 1521 #!'),
  slip('short form is a URL', 'PLR1201', LEDGER, 'ledger: https://ledger.corp.example:1521 #!'),
  slip('short form of JDBC', 'PLR1201', LEDGER, 'ledger: jdbc:oracle:thin:@ledger.corp.example:1521 #!'),
  slip('short form with an IPv6 address', 'PLR1209', LEDGER, 'ledger: "[fd00::1]:1521" #!'),
  slip('short form with a literal address', 'PLR1217', LEDGER, 'ledger: 10.1.2.3:1521 #!'),
  {
    name: 'no router',
    code: 'PLR1113',
    edits: [],
    text: 'version: 1\ndatabricks:\n  accountId: 7a99b43c-b46c-432b-b0a7-814217701909\nrouters: {} #!\n',
  },
  slip(
    'no subnet',
    'PLR1113',
    'subnetIds:\n        - subnet-0c1b2c3d4e5f60718\n        - subnet-0d1c2d3e4f5061728',
    'subnetIds: [] #!',
  ),
  slip('subnet twice', 'PLR1114', 'subnet-0d1c2d3e4f5061728', 'subnet-0c1b2c3d4e5f60718 #!'),
  slip('workspace twice in one list', 'PLR1114', '- 2345678901234567', '- "1234567890123456" #!'),
  slip('resolver twice', 'PLR1114', '- 10.0.0.2', '- 10.0.0.2\n      - 10.0.0.2 #!'),
  slip(
    'security group twice',
    'PLR1114',
    '- sg-0a1b2c3d4e5f60718',
    '- sg-0a1b2c3d4e5f60718\n          - sg-0a1b2c3d4e5f60718 #!',
  ),
  slip('empty profile', 'PLR1107', 'profile: reporting', 'profile: "" #!'),
];

const hosts: Mistake[] = [
  host('scheme', 'PLR1201', 'https://orders.corp.example'),
  host('JDBC URL', 'PLR1201', 'postgresql://orders.corp.example:5432/db'),
  host('port', 'PLR1202', 'orders.corp.example:5432'),
  host('wildcard', 'PLR1203', '"*.corp.example"'),
  host('path', 'PLR1204', 'orders.corp.example/db'),
  host('user', 'PLR1204', 'me@orders.corp.example'),
  host('two hosts', 'PLR1236', 'a.corp.example,b.corp.example'),
  host('settings of ODBC', 'PLR1234', '"Server=tcp:sql.corp.example,1433;Database=erp"'),
  host('SRV records', 'PLR1235', 'mongodb+srv://cluster0.ab12.mongodb.example/'),
  host('named instance', 'PLR1204', 'sql.corp.example\\INST1'),
  host('space', 'PLR1204', 'orders .corp.example'),
  host('invisible character', 'PLR1204', 'orders\u200b.corp.example'),
  host('Terraform expression', 'PLR1204', '"${var.host}.corp.example"'),
  host('semicolon', 'PLR1204', 'orders;.corp.example'),
  host('empty label', 'PLR1205', 'orders..corp.example'),
  host('leading dot', 'PLR1205', '.corp.example'),
  host('two dots at the end', 'PLR1205', 'orders.corp.example..'),
  host('label too long', 'PLR1205', `${LONG_LABEL}.corp.example`),
  host('hyphen at the edge', 'PLR1205', 'orders-.corp.example'),
  host('number at the end', 'PLR1205', 'orders.corp.123'),
  host('name too long', 'PLR1206', LONG_NAME),
  host('underscore without a domain', 'PLR1207', 'orders_db.corp.example'),
  host('single label', 'PLR1208', 'orders'),
  host('localhost', 'PLR1208', 'localhost'),
  host('under localhost', 'PLR1211', 'db.localhost'),
  host('no international name', 'PLR1213', 'xn--a.example'),
  host('address in wide digits', 'PLR1204', '１０.0.0.1'),
  host('empty', 'PLR1107', '""'),
  host('spaces', 'PLR1107', '"  "'),
  address('IPv6', 'PLR1209', '"fd00::1"'),
  address('IPv6 in brackets', 'PLR1209', '"[fd00::1]"'),
  address('IPv6 that holds IPv4', 'PLR1209', '"::ffff:10.0.0.1"'),
  address('public', 'PLR1210', '8.8.8.8'),
  address('public, beside a private range', 'PLR1210', '172.32.0.1'),
  address('loopback', 'PLR1211', '127.0.0.1'),
  address('link-local', 'PLR1211', '169.254.10.1'),
  address('metadata', 'PLR1211', '169.254.169.254'),
  address('unspecified', 'PLR1211', '0.0.0.0'),
  address('multicast', 'PLR1211', '224.0.0.1'),
  address('broadcast', 'PLR1211', '255.255.255.255'),
  address('documentation', 'PLR1211', '192.0.2.10'),
  address('number too high', 'PLR1212', '10.0.0.300'),
  address('leading zero', 'PLR1212', '10.0.0.010'),
  address('three numbers', 'PLR1212', '10.0.1'),
  address('hexadecimal', 'PLR1212', '0x0a.0.0.1'),
  address('network', 'PLR1204', '10.0.0.0/24'),
  slip(
    'address without a domain',
    'PLR1217',
    `      legacy:
        host: 10.40.7.12
        port: 3050
        ${DOMAIN}`,
    `      legacy: #!
        host: 10.40.7.12
        port: 3050`,
  ),
  domain('wildcard', 'PLR1203', '"*.corp.example"'),
  domain('scheme', 'PLR1201', 'tcp://legacy.corp.example'),
  domain('port', 'PLR1202', 'legacy.corp.example:3050'),
  domain('address', 'PLR1218', '10.40.7.12'),
  domain('public address', 'PLR1218', '8.8.8.8'),
  domain('IPv6 address', 'PLR1218', '"fd00::1"'),
  domain('single label', 'PLR1208', 'legacy'),
  domain('underscore', 'PLR1207', 'legacy_db.corp.example'),
  domain('label too long', 'PLR1205', `${LONG_LABEL}.corp.example`),
  domain('name too long', 'PLR1206', LONG_NAME),
  domain('empty', 'PLR1107', '""'),
  host('endpoint service', 'PLR1216', 'vpce-svc-0123456789abcdef0.us-east-2.vpce.amazonaws.com'),
  host('name of an endpoint service', 'PLR1216', 'com.amazonaws.vpce.us-east-2.vpce-svc-0123456789abcdef0'),
  host('own load balancer', 'PLR1216', 'plr-analytics-1-0a1b2c3d-0123456789abcdef.elb.us-east-2.amazonaws.com'),
];

const targets: Mistake[] = [
  slip(
    'port missing',
    'PLR1224',
    `legacy:
        host: 10.40.7.12
        port: 3050`,
    `legacy: #!
        host: 10.40.7.12`,
  ),
  slip('preset unknown', 'PLR1225', 'preset: postgres', 'preset: postgresql #!'),
  slip('preset of JavaScript', 'PLR1225', 'preset: postgres', 'preset: constructor #!'),
  slip(
    'same host and port',
    'PLR1221',
    'old-crm:\n        host: crm.corp.example\n        port: 3306',
    'old-crm:\n        host: Orders.corp.example. #!\n        port: 5432',
  ),
  slip('same host and port in the short form', 'PLR1221', LEDGER, 'ledger: orders.corp.example:5432 #!'),
  slip('same listener port', 'PLR1222', 'enabled: false', 'listenPort: 14330 #!'),
  slip('renamed from what is no name', 'PLR1109', 'enabled: false', 'renamedFrom: Old_CRM #!'),
  slip('renamed from itself', 'PLR1233', 'enabled: false', 'renamedFrom: old-crm #!'),
  slip('renamed from one that still stands', 'PLR1233', 'enabled: false', 'renamedFrom: ledger #!'),
  slips(
    'renamed twice from one',
    'PLR1233',
    ['enabled: false', 'renamedFrom: crm #!'],
    ['listenPort: 14330', 'renamedFrom: crm'],
  ),
  slip('health check slower than its interval', 'PLR1227', 'timeout: 5', 'timeout: 11 #!'),
  slip("timeout against the router's interval", 'PLR1227', 'enabled: false', 'healthCheck: { timeout: 21 } #!'),
  slips(
    "interval against the preset's timeout",
    'PLR1227',
    ['      interval: 20\n      timeout: 10\n', '      interval: 20\n'],
    ['enabled: false', 'preset: mysql\n        healthCheck: { interval: 9 } #!'],
  ),
  slips(
    "router's interval against the preset's timeout",
    'PLR1227',
    ['      interval: 20\n      timeout: 10\n', '      interval: 9\n'],
    ['enabled: false', 'preset: mysql #!'],
  ),
  slip("router's timeout longer than its interval", 'PLR1227', 'timeout: 10', 'timeout: 30 #!'),
  slip('interval too short', 'PLR1104', 'interval: 10', 'interval: 4 #!'),
  slip('interval too long', 'PLR1104', 'interval: 10', 'interval: 301 #!'),
  slip('timeout too short', 'PLR1104', 'timeout: 5', 'timeout: 1 #!'),
  slip('timeout too long', 'PLR1104', 'timeout: 5', 'timeout: 121 #!'),
  slip('threshold too low', 'PLR1104', '          healthyThreshold: 3', '          healthyThreshold: 1 #!'),
  slip('threshold too high', 'PLR1104', 'unhealthyThreshold: 3', 'unhealthyThreshold: 11 #!'),
  slip('health check by UDP', 'PLR1105', 'protocol: TCP', 'protocol: UDP #!'),
  slip('health check in lower case', 'PLR1105', 'protocol: TCP', 'protocol: tcp #!'),
  slip('path without HTTP', 'PLR1228', 'protocol: TCP', 'protocol: TCP\n          path: / #!'),
  slip('matcher without HTTP', 'PLR1228', 'protocol: TCP', 'matcher: "200" #!'),
  slip('path without a slash', 'PLR1229', 'protocol: TCP', 'protocol: HTTP\n          path: health #!'),
  slip('matcher backwards', 'PLR1229', 'protocol: TCP', 'protocol: HTTPS\n          matcher: 399-200 #!'),
  slip('matcher is a number', 'PLR1103', 'protocol: TCP', 'protocol: HTTPS\n          matcher: 200 #!'),
  slip('port of a health check', 'PLR1104', 'protocol: TCP', 'port: 0 #!'),
  slip('idle timeout too short', 'PLR1104', 'enabled: false', 'idleTimeout: 59 #!'),
  slip('idle timeout too long', 'PLR1104', 'enabled: false', 'idleTimeout: 6001 #!'),
  slip('deregistration delay too long', 'PLR1104', 'enabled: false', 'deregistrationDelay: 3601 #!'),
  slip('deregistration delay negative', 'PLR1104', 'enabled: false', 'deregistrationDelay: -1 #!'),
  slip('security group malformed', 'PLR1304', '- sg-0a1b2c3d4e5f60718', '- sg-xyz #!'),
];

const routers: Mistake[] = [
  slip('region misspelt', 'PLR1301', 'region: eu-west-1', 'region: eu-wset-1 #!'),
  slip('region of China', 'PLR1328', 'region: eu-west-1', 'region: cn-north-1 #!'),
  slip('region of China, stated', 'PLR1328', 'endpointsUsed: 2', 'regions: [cn-north-1] #!'),
  slip('region of the European Sovereign Cloud', 'PLR1328', 'region: eu-west-1', 'region: eusc-de-east-1 #!'),
  slip('a zone for a region', 'PLR1301', 'region: eu-west-1', 'region: eu-west-1a #!'),
  slip('region stated, but malformed', 'PLR1301', 'endpointsUsed: 2', 'regions: [Mars] #!'),
  slips(
    'GovCloud not said which',
    'PLR1302',
    ['    aws:\n      accountId: "210987654321"', '    aws: #!\n      accountId: "210987654321"'],
    ['region: eu-west-1', 'region: us-gov-west-1'],
  ),
  slip('govcloud elsewhere', 'PLR1302', 'region: eu-west-1', 'region: eu-west-1\n      govcloud: dod #!'),
  slip(
    'GovCloud and commercial in one inventory',
    'PLR1311',
    'host: https://accounts.cloud.databricks.com',
    'host: https://accounts.cloud.databricks.us #!',
  ),
  slip('account id of 11 digits', 'PLR1303', '"210987654321"', '"21098765432" #!'),
  slip('account id of zeros', 'PLR1303', '"210987654321"', '"000000000000" #!'),
  slip('account id with hyphens', 'PLR1303', '"210987654321"', '2109-8765-4321 #!'),
  slip('VPC malformed', 'PLR1304', 'vpc-0b1b2c3d4e5f60718', 'vpc-0b1b #!'),
  slip('VPC in upper case', 'PLR1304', 'vpc-0b1b2c3d4e5f60718', 'vpc-0B1B2C3D4E5F60718 #!'),
  slip('subnet for a VPC', 'PLR1304', 'vpc-0b1b2c3d4e5f60718', 'subnet-0b1b2c3d4e5f60718 #!'),
  slip('subnet malformed', 'PLR1304', 'subnet-0d1c2d3e4f5061728', 'subnet-12345 #!'),
  slip('role malformed', 'PLR1306', 'arn:aws:iam::123456789012:role/network-deploy', 'network-deploy #!'),
  slip(
    'user for a role',
    'PLR1306',
    'arn:aws:iam::123456789012:role/network-deploy',
    'arn:aws:iam::123456789012:user/me #!',
  ),
  slip(
    'role of another account',
    'PLR1307',
    'arn:aws:iam::123456789012:role/network-deploy',
    'arn:aws:iam::999999999999:role/network-deploy #!',
  ),
  slip(
    'role of another partition',
    'PLR1307',
    'arn:aws:iam::123456789012:role/network-deploy',
    'arn:aws-us-gov:iam::123456789012:role/network-deploy #!',
  ),
  slip(
    'profile and role',
    'PLR1110',
    '      region: us-east-2\n      vpcId',
    '      profile: x-1 #!\n      region: us-east-2\n      vpcId',
  ),
  slip('session name malformed', 'PLR1116', 'plr-session', 'plr session #!'),
  slip('external id too short', 'PLR1116', 'externalId: acme-1', 'externalId: a #!'),
  slip('profile with brackets', 'PLR1116', 'profile: reporting', 'profile: "[reporting]" #!'),
  slip('resolver is a name', 'PLR1308', '- 10.0.0.2', '- ns.corp.example #!'),
  slip('resolver with a wrong port', 'PLR1308', '- 10.0.0.2', '- 10.0.0.2:70000 #!'),
  slip('Databricks account is an AWS account', 'PLR1310', '7a99b43c-b46c-432b-b0a7-814217701909', '"123456789012" #!'),
  slip(
    'Databricks account of zeros',
    'PLR1310',
    '7a99b43c-b46c-432b-b0a7-814217701909',
    '00000000-0000-0000-0000-000000000000 #!',
  ),
  slip(
    'host of a workspace',
    'PLR1311',
    'https://accounts.cloud.databricks.com',
    'https://dbc-a1b2.cloud.databricks.com #!',
  ),
  slip('host of Azure', 'PLR1311', 'https://accounts.cloud.databricks.com', 'https://accounts.azuredatabricks.net #!'),
  slip('host without a scheme', 'PLR1311', 'https://accounts.cloud.databricks.com', 'accounts.cloud.databricks.com #!'),
  slip(
    'host of GovCloud outside of it',
    'PLR1311',
    'https://accounts.cloud.databricks.com',
    'https://accounts-dod.cloud.databricks.mil #!',
  ),
  slip('name of the NCC too short', 'PLR1312', 'name: analytics-use2', 'name: ab #!'),
  slip('name of the NCC too long', 'PLR1312', 'name: analytics-use2', `name: ${'a'.repeat(31)} #!`),
  slip('name of the NCC with a dot', 'PLR1312', 'name: analytics-use2', 'name: analytics.use2 #!'),
  slip('id of the NCC malformed', 'PLR1313', '11111111-2222-4333-8444-555555555555', 'ncc-1 #!'),
  slip(
    'composite id of the NCC',
    'PLR1313',
    '11111111-2222-4333-8444-555555555555',
    '7a99b43c-b46c-432b-b0a7-814217701909/11111111-2222-4333-8444-555555555555 #!',
  ),
  slip(
    'NCC with name and id',
    'PLR1110',
    'name: analytics-use2',
    'name: analytics-use2\n      id: 11111111-2222-4333-8444-555555555556 #!',
  ),
  slip('NCC with neither', 'PLR1102', '    ncc:\n      id: 11111111-2222-4333-8444-555555555555\n', '    ncc: #!\n'),
  slip(
    'NCC without workspaces',
    'PLR1102',
    '    ncc:\n      name: analytics-use2\n      workspaceIds:\n        - 1234567890123456\n        - 2345678901234567\n',
    '    ncc: #!\n      name: analytics-use2\n',
  ),
  slip('workspace is a name', 'PLR1314', '- 3456789012345678', '- production #!'),
  slip('workspace with an exponent', 'PLR1314', '- 3456789012345678', '- 3.456e15 #!'),
  slip('workspace with a leading zero', 'PLR1314', '- 3456789012345678', '- 03456789012345678 #!'),
  slip('workspace with a fraction', 'PLR1314', '- 3456789012345678', '- 3456789012345678.0 #!'),
  slip('workspace 0', 'PLR1314', '- 3456789012345678', '- 0 #!'),
  slip('workspace negative', 'PLR1314', '- 3456789012345678', '- -5 #!'),
  slip('workspace beyond 64 bits', 'PLR1314', '- 3456789012345678', '- 9223372036854775808 #!'),
  slip('workspace is a URL', 'PLR1314', '- 3456789012345678', '- https://dbc-a1b2.cloud.databricks.com #!'),
  slip('workspace in two NCCs', 'PLR1315', '- 3456789012345678', '- 1234567890123456 #!'),
  slip(
    '51 workspaces',
    'PLR1316',
    'workspaceIds:\n        - 3456789012345678',
    `workspaceIds: #!\n${many(51, (i) => `        - ${i + 100}\n`)}        #`,
  ),
  slip(
    'NCC of one name in one region twice',
    'PLR1317',
    REPORTING,
    router('second', { ncc: '{ name: analytics-use2, workspaceIds: [77] }', mark: ' #!' }) + REPORTING,
  ),
  slip(
    'NCC by id in two regions',
    'PLR1318',
    '      crm: crm-eu.corp.example:3306\n',
    `      crm: crm-eu.corp.example:3306\n${router('second', { ncc: '{ id: 11111111-2222-4333-8444-555555555555 }', mark: ' #!' })}`,
  ),
  slip(
    'domain in two routers of one NCC',
    'PLR1223',
    '      crm: crm-eu.corp.example:3306\n',
    `      crm: crm-eu.corp.example:3306\n${router('second', { region: 'eu-west-1', ncc: '{ id: 11111111-2222-4333-8444-555555555555 }', targets: '{ db: crm-eu.corp.example:3307 }', mark: ' #!' })}`,
  ),
  slip(
    '11 NCCs in one region',
    'PLR1413',
    REPORTING,
    many(10, (i) =>
      router(`r${i}`, { ncc: `{ name: ncc-${i}, workspaceIds: [${i + 100}] }`, mark: i === 9 ? ' #!' : '' }),
    ) + REPORTING,
  ),
  slips(
    'NCCs used elsewhere',
    'PLR1413',
    ['endpointsUsed: 2', 'nccsUsed: 10'],
    ['name: analytics-use2', 'name: analytics-use2 #!'],
  ),
];

const backends: Mistake[] = [
  backend('unknown', 'PLR1325', '    s4: #!\n      bucket: x\n'),
  backend('two', 'PLR1110', '    local: { path: "{env}/{router}" }\n    s3: #!\n      bucket: x\n'),
  slip(
    'backend: none',
    'PLR1113',
    '  backend:\n    s3:\n      bucket: acme-tfstate\n      key: "plr/{env}/{router}.tfstate"\n      region: us-east-2\n',
    '  backend: {} #!\n',
  ),
  backend('a text', 'PLR1103', '    s3: mine #!\n'),
  backend(
    'placeholder misspelt',
    'PLR1324',
    '    s3:\n      bucket: x\n      key: "{env}/{rooter}/{router}.tfstate" #!\n',
  ),
  backend(
    'argument without a value',
    'PLR1326',
    '    s3:\n      bucket: x\n      key: "{env}/{router}.tfstate"\n      region: #!\n',
  ),
  backend(
    'argument with a leading zero',
    'PLR1112',
    '    s3:\n      bucket: x\n      key: "{env}/{router}.tfstate"\n      max_retries: 010 #!\n',
  ),
  backend('one state for two routers', 'PLR1323', '    s3:\n      bucket: x\n      key: plr.tfstate #!\n'),
  {
    ...backend(
      'one state for two environments',
      'PLR1323',
      '    s3:\n      bucket: x\n      key: "{router}.tfstate" #!\n',
    ),
    env: 'prod',
    overlay: '{}\n',
  },
];

const tags: Mistake[] = [
  slip('tag of AWS', 'PLR1401', 'team: data-platform', 'aws:team: data-platform #!'),
  slip('tag of AWS in upper case', 'PLR1401', 'team: data-platform', 'AWS:team: data-platform #!'),
  slip('tag of this program', 'PLR1401', 'cost-center: "4711"', 'privatelink-router:shard: s1 #!'),
  slip('tag key too long', 'PLR1402', 'team: data-platform', `${'k'.repeat(129)}: x #!`),
  slip('tag value too long', 'PLR1402', 'team: data-platform', `team: ${'v'.repeat(257)} #!`),
  slip('tag key with a character', 'PLR1403', 'team: data-platform', '"team?": x #!'),
  slip('tag value with a character', 'PLR1403', 'team: data-platform', 'team: a<b> #!'),
  slip('tag value with a Terraform expression', 'PLR1403', 'team: data-platform', 'team: "${var.team}" #!'),
  slip('tag with an empty key', 'PLR1107', 'team: data-platform', '"": x #!'),
  slip(
    'too many tags',
    'PLR1404',
    '    tags:\n      cost-center: "4711"\n',
    `    tags: #!\n${many(44, (i) => `      t${i}: x\n`)}`,
  ),
  slip('limit misspelt', 'PLR1411', 'loadBalancersPerRegion: 60', 'loadBalancerPerRegion: 60 #!'),
  slip('limit that nobody raises', 'PLR1412', 'loadBalancersPerRegion: 60', 'listenersPerLoadBalancer: 60 #!'),
  slip('limit negative', 'PLR1104', 'endpointsUsed: 2', 'endpointsUsed: -2 #!'),
  slip('limit 0', 'PLR1104', 'loadBalancersPerRegion: 60', 'loadBalancersPerRegion: 0 #!'),
  slip('regions in a router', 'PLR1411', 'approval: terraform', 'limits: { regions: [us-east-9] } #!'),
];

const warnings: Mistake[] = [
  hint(
    'one subnet',
    'PLR1305',
    'subnetIds:\n        - subnet-0c1b2c3d4e5f60718\n        - subnet-0d1c2d3e4f5061728',
    'subnetIds: [subnet-0c1b2c3d4e5f60718] #!',
  ),
  hint('private-use suffix .internal', 'PLR1215', 'host: orders.corp.example', 'host: orders.acme.internal #!'),
  hint('private-use suffix .local', 'PLR1215', 'host: orders.corp.example', 'host: orders.acme.local #!'),
  hint('private-use suffix .corp', 'PLR1215', 'domain: legacy.corp.example', 'domain: legacy.acme.corp #!'),
  hint('private-use suffix .home.arpa', 'PLR1215', 'domain: legacy.corp.example', 'domain: legacy.home.arpa #!'),
  hint('international name', 'PLR1214', 'host: orders.corp.example', 'host: bücher.corp.example #!'),
  hint(
    'interface endpoint',
    'PLR1219',
    'host: orders.corp.example',
    'host: vpce-0a1b2c3d4e5f60718-abcdefgh.vpce-svc-0123456789abcdef0.us-east-2.vpce.amazonaws.com #!',
  ),
  hint('idle timeout beyond the endpoint', 'PLR1231', 'enabled: false', 'idleTimeout: 3600 #!'),
  hint(
    'idle timeout under the keep-alive',
    'PLR1230',
    'preset: postgres',
    'preset: postgres\n        idleTimeout: 120 #!',
  ),
  hint("router's idle timeout under the keep-alive of a target", 'PLR1230', 'idleTimeout: 350', 'idleTimeout: 120 #!'),
  hint('Kafka', 'PLR1226', 'preset: postgres', 'preset: kafka #!'),
  hint('Oracle', 'PLR1226', 'preset: postgres', 'preset: oracle #!'),
  hint('MongoDB', 'PLR1226', 'preset: postgres', 'preset: mongodb #!'),
  hint('shared name', 'PLR1232', 'approval: terraform', 'domains: { shared: db.corp.example } #!'),
  hint('resolvers without synth', 'PLR1309', 'dns: synth\n    resolvers:', 'dns: plan\n    resolvers: #!'),
  hint(
    'no workspace',
    'PLR1319',
    '      workspaceIds:\n        - 1234567890123456\n        - 2345678901234567',
    '      workspaceIds: [] #!',
  ),
  hint(
    'unknown account console',
    'PLR1311',
    'host: https://accounts.cloud.databricks.com',
    'host: https://databricks.corp.example #!',
  ),
  hint('no target', 'PLR1320', 'targets:\n      crm: crm-eu.corp.example:3306', 'targets: {} #!'),
  {
    ...hint(
      'merge key hides a target',
      'PLR1016',
      '    targets:\n      crm: crm-eu.corp.example:3306\n',
      '    targets:\n      <<: *more\n      crm: crm-eu.corp.example:3306 #!\n',
    ),
    edits: [
      ['    targets:\n      orders-db:', '    targets: &more\n      crm: other.corp.example:1\n      orders-db:'],
      [
        '    targets:\n      crm: crm-eu.corp.example:3306\n',
        '    targets:\n      <<: *more\n      crm: crm-eu.corp.example:3306 #!\n',
      ],
    ],
  },
];

/** Every mistake that the files alone show. */
export const INVENTORY_MISTAKES: readonly Mistake[] = [
  ...documents,
  ...shape,
  ...hosts,
  ...targets,
  ...routers,
  ...backends,
  ...tags,
  ...warnings,
];
