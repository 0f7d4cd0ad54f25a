import { publicKey } from './azure-inventory';
import { CRM, hint, ID, LEGACY, slip, slips } from './azure-slips';
import type { Mistake } from './mistake';
import { block, CA_CERTIFICATE, SIGNING_KEY } from './trust';

const KEY = publicKey('ssh-ed25519');
const IMAGE_ID = 'Microsoft.Compute/galleries/images/images/forwarder/versions/1.2.3';
const size = (name: string, text: string): Mistake =>
  slip(`size: ${name}`, 'PLR1613', 'size: Standard_D2s_v5', `size: ${text} #!`);
const from = (name: string, code: string, text: string): Mistake =>
  slip(`ssh.from: ${name}`, code, '- 10.0.8.0/24', `- ${text} #!`);
const key = (name: string, text: string): Mistake => slip(`ssh key: ${name}`, 'PLR1617', KEY, `${text} #!`);
const blockKey = (name: string, lines: string): Mistake =>
  slip(
    `ssh key: ${name}`,
    'PLR1617',
    `publicKey: ${KEY}`,
    `publicKey: # the next line is the value\n            ${lines} #!`,
  );
const mirror = (name: string, text: string): Mistake =>
  slip(`mirror: ${name}`, 'PLR1618', 'egress: nat', `egress: { mirror: ${text} } #!`);
const MIRROR = 'https://nexus.corp.example/ubuntu';
const trust = (name: string, key: 'signingKey' | 'caCertificate', text: string, url = MIRROR): Mistake =>
  slip(
    `${key}: ${name}`,
    'PLR1618',
    '        egress: nat\n',
    `        egress:\n          mirror:\n            url: ${url}\n            ${key}: ${block(text, 14).replace('|', '| #!')}\n`,
  );
const scraper = (name: string, code: string, text: string): Mistake =>
  slip(`metrics.from: ${name}`, code, 'egress: nat', `metrics: { from: [${text}] } #!\n        egress: nat`);
const privateKey = (kind: string): string => `-----BEGIN ${kind}-----\n\nc2VjcmV0c2VjcmV0\n-----END ${kind}-----`;
const window = (name: string, text: string, code: string): Mistake =>
  slip(
    `maintenance: ${name}`,
    code,
    'size: Standard_D2s_v5',
    `size: Standard_D2s_v5\n        maintenance: { ${text} } #!`,
  );
const listenPort = (port: number, code = 'PLR1611'): Mistake =>
  slip(`listenPort ${port}`, code, 'listenPort: 1433', `listenPort: ${port} #!`);

const machines: Mistake[] = [
  slip('engine unknown', 'PLR1105', 'engine: haproxy', 'engine: envoy #!'),
  slip('engine misspelt', 'PLR1105', 'engine: haproxy', 'engine: ha-proxy #!'),
  slip('no machine', 'PLR1104', 'instances: 3', 'instances: 0 #!'),
  slip('101 machines', 'PLR1104', 'instances: 3', 'instances: 101 #!'),
  slip('a machine and a half', 'PLR1112', 'instances: 3', 'instances: 1.5 #!'),
  hint(slip('one machine', 'PLR1612', 'instances: 3', 'instances: 1 #!')),
  slips(
    'more machines than the network holds',
    'PLR1612',
    ['10.20.0.0/24', '10.20.0.0/26'],
    ['engine: nftables', 'engine: nftables\n        instances: 27 #!'],
  ),
  size('without Standard_', 'D2s_v5'),
  size('in lower case', 'standard_d2s_v5'),
  size('with a space', 'Standard D2s v5'),
  size('of AWS', 'm5.large'),
  size('of the Basic tier', 'Basic_A1'),
  size('for Arm with an image that is not', 'Standard_D2ps_v6'),
  size('without Trusted Launch', 'Standard_A2_v2'),
  size('without Trusted Launch, of the first D-series', 'Standard_D3_v2'),
  size('without Trusted Launch, of the third D-series', 'Standard_D2_v3'),
  size('of confidential machines', 'Standard_DC2as_v5'),
  size('with half a GiB', 'Standard_B1ls'),
  slips(
    'size for Arm without Trusted Launch',
    'PLR1613',
    ['sku: server', 'sku: server-arm64'],
    ['size: Standard_D2s_v5', 'size: Standard_D2ps_v5 #!'],
  ),
  slips(
    'an image for Arm on machines that are not',
    'PLR1613',
    ['sku: server', 'sku: server-arm64'],
    ['size: Standard_D2s_v5', 'size: Standard_D2s_v5 #!'],
  ),
  slip('size empty', 'PLR1107', 'size: Standard_D2s_v5', 'size: "" #!'),
  slip('zone 4', 'PLR1608', 'zones: ["1", "2", "3"]', 'zones: ["1", "2", "4"] #!'),
  slip('zone a', 'PLR1608', 'zones: ["1", "2", "3"]', 'zones: [a] #!'),
  slip('zone empty', 'PLR1608', 'zones: ["1", "2", "3"]', 'zones: [""] #!'),
  slip('zone of AWS', 'PLR1608', 'zones: ["1", "2", "3"]', 'zones: [us-east-2a] #!'),
  slip('zone twice', 'PLR1114', 'zones: ["1", "2", "3"]', 'zones: ["1", 1] #!'),
  slip('zones where there are none', 'PLR1608', 'engine: nftables', 'engine: nftables\n        zones: ["1", "2"] #!'),
  hint(slip('one zone', 'PLR1609', 'zones: ["1", "2", "3"]', 'zones: ["2"] #!')),
  hint(slip('no zone where there are some', 'PLR1609', 'zones: ["1", "2", "3"]', 'zones: [] #!')),
  slip(
    'image without an SKU',
    'PLR1102',
    '        image:\n          publisher: Canonical\n          offer: ubuntu-24_04-lts\n          sku: server\n',
    '        image: #!\n          publisher: Canonical\n          offer: ubuntu-24_04-lts\n',
  ),
  slip(
    'image with nothing',
    'PLR1102',
    '        image:\n          publisher: Canonical\n          offer: ubuntu-24_04-lts\n          sku: server\n          version: latest\n',
    '        image: {} #!\n',
  ),
  slip(
    'image as a URN',
    'PLR1103',
    '        image:\n          publisher: Canonical\n          offer: ubuntu-24_04-lts\n          sku: server\n          version: latest\n',
    '        image: Canonical:ubuntu-24_04-lts:server:latest #!\n',
  ),
  slip(
    'image by id and by name',
    'PLR1110',
    '          publisher: Canonical\n',
    `          id: /subscriptions/${ID}/resourceGroups/rg/providers/Microsoft.Compute/images/x\n          publisher: Canonical #!\n`,
  ),
  slip('publisher with a space', 'PLR1116', 'publisher: Canonical', 'publisher: Canonical Ltd #!'),
  window('time of a day that there is not', 'start: "25:00"', 'PLR1627'),
  window('time of a day in words', 'start: 1am', 'PLR1627'),
  window('time of a day with seconds', 'start: "01:00:00"', 'PLR1627'),
  window('a day that there is not', 'days: [caturday]', 'PLR1105'),
  window('no hour', 'hours: 0', 'PLR1104'),
  window('more hours than a day has', 'hours: 25', 'PLR1104'),
  slip('a window without an archive', 'PLR1627', 'egress: none', 'egress: none\n        maintenance: { hours: 2 } #!'),
  slip('version of the image', 'PLR1116', 'version: latest', 'version: newest #!'),
  slip('image of Windows', 'PLR1615', 'publisher: Canonical', 'publisher: MicrosoftWindowsServer #!'),
  slip('image of Red Hat', 'PLR1615', 'publisher: Canonical', 'publisher: RedHat #!'),
  slip('image of Azure Linux', 'PLR1615', 'publisher: Canonical', 'publisher: MicrosoftCBLMariner #!'),
  slip('image of SUSE', 'PLR1615', 'publisher: Canonical', 'publisher: SUSE #!'),
  hint(slip('image of an unknown publisher', 'PLR1615', 'publisher: Canonical', 'publisher: acme-images #!')),
  slips(
    'image of the first generation',
    'PLR1615',
    ['ubuntu-24_04-lts', '0001-com-ubuntu-server-jammy'],
    ['sku: server', 'sku: 22_04-lts #!'],
  ),
  slip('image of the first generation, as it is marked now', 'PLR1615', 'sku: server', 'sku: server-gen1 #!'),
  slips(
    'image of the first generation of Debian',
    'PLR1615',
    ['publisher: Canonical', 'publisher: Debian'],
    ['ubuntu-24_04-lts', 'debian-12'],
    ['sku: server', 'sku: "12" #!'],
  ),
  slip(
    'id of an image is a name',
    'PLR1614',
    `/subscriptions/${ID}/resourceGroups/rg-images/providers/${IMAGE_ID}`,
    'forwarder #!',
  ),
  slip('id of an image in lower case', 'PLR1614', IMAGE_ID, `${IMAGE_ID.toLowerCase()} #!`),
  slip('id of a virtual machine', 'PLR1614', IMAGE_ID, 'Microsoft.Compute/virtualMachines/forwarder #!'),
  slips(
    'image upgrades of one version',
    'PLR1620',
    ['version: latest', 'version: 24.04.202510010'],
    ['size: Standard_D2s_v5', 'size: Standard_D2s_v5\n        imageUpgrades: true #!'],
  ),
  slip(
    'image upgrades of one version of a gallery',
    'PLR1620',
    'engine: nginx',
    'engine: nginx\n        imageUpgrades: true #!',
  ),
  slips(
    'image upgrades of an image outside a gallery',
    'PLR1620',
    ['galleries/images/images/forwarder/versions/1.2.3', 'images/forwarder'],
    ['engine: nginx', 'engine: nginx\n        imageUpgrades: true #!'],
  ),
  hint(
    slip(
      'image upgrades of an image that is not on the list of Azure',
      'PLR1620',
      'size: Standard_D2s_v5',
      'size: Standard_D2s_v5\n        imageUpgrades: true #!',
    ),
  ),
  slip(
    'image upgrades as a word',
    'PLR1103',
    'size: Standard_D2s_v5',
    'size: Standard_D2s_v5\n        imageUpgrades: rolling #!',
  ),
  from('everybody', 'PLR1607', '0.0.0.0/0'),
  from('host bits', 'PLR1606', '10.0.8.1/24'),
  from('an address without a length', 'PLR1606', '10.0.8.1'),
  from('malformed', 'PLR1606', '10.0.8/24'),
  from('a number of 256', 'PLR1606', '10.0.256.0/24'),
  from('a host name', 'PLR1606', 'bastion.corp.example'),
  from('a service tag', 'PLR1606', 'VirtualNetwork'),
  from('a service tag misspelt', 'PLR1606', 'VirtualNetwrok'),
  from('a star', 'PLR1606', '"*"'),
  from('IPv6', 'PLR1606', '"fd00::/64"'),
  from('twice', 'PLR1114', '10.0.8.0/24\n            - 10.0.8.0/24'),
  hint(
    slip(
      'logins from nowhere',
      'PLR1619',
      `        ssh:
          publicKey: ${KEY}
          from:
            - 10.0.8.0/24
            - 10.0.9.7/32
`,
      `        ssh: #!
          publicKey: ${KEY}
`,
    ),
  ),
  slip('ssh without a key', 'PLR1102', `        ssh:\n          publicKey: ${KEY}\n`, '        ssh: #!\n'),
  slip(
    'a password',
    'PLR1101',
    `          publicKey: ${KEY}\n`,
    `          publicKey: ${KEY}\n          password: hunter2 #!\n`,
  ),
  slip(
    'a user',
    'PLR1101',
    `          publicKey: ${KEY}\n`,
    `          publicKey: ${KEY}\n          adminUsername: admin #!\n`,
  ),
  key('a word', 'mykey'),
  key('a path', '~/.ssh/id_ed25519.pub'),
  key('ECDSA', publicKey('ecdsa-sha2-nistp256')),
  key('DSA', 'ssh-dss AAAAB3NzaC1kc3MAAACBAP1='),
  key('RSA of 1024 bits', publicKey('ssh-rsa', 1024)),
  key('RSA of 2040 bits', publicKey('ssh-rsa', 2040)),
  key('cut', KEY.slice(0, 50)),
  key('without a body', 'ssh-ed25519'),
  key('of another type than it says', KEY.replace('ssh-ed25519 ', 'ssh-rsa ')),
  key('ed25519 of 31 bytes', publicKey('ssh-ed25519', 248)),
  key('two lines', `"${KEY}\\n${KEY}"`),
  key('a control character', `"${KEY}\\u0007"`),
  key('PEM', '"-----BEGIN PUBLIC KEY-----\\nMCowBQYDK2VwAyEA\\n-----END PUBLIC KEY-----"'),
  key('private', `"-----BEGIN OPENSSH ${'PRIVATE'} KEY-----\\nc2VjcmV0\\n-----END OPENSSH ${'PRIVATE'} KEY-----"`),
  key('private of PuTTY', '"PuTTY-User-Key-File-3: ssh-ed25519\\nEncryption: none"'),
  blockKey('private, as it is pasted', `-----BEGIN RSA ${'PRIVATE'} KEY----- c2VjcmV0`),
  slip('egress unknown', 'PLR1105', 'egress: nat', 'egress: internet #!'),
  slip('egress: mirror without an address', 'PLR1105', 'egress: nat', 'egress: mirror #!'),
  slip('egress: an address', 'PLR1105', 'egress: nat', 'egress: http://apt.corp.example/ubuntu #!'),
  slip('mirror without a value', 'PLR1106', 'egress: nat', 'egress: { mirror: } #!'),
  mirror('without a scheme', 'apt.corp.example/ubuntu'),
  mirror('by FTP', 'ftp://apt.corp.example/ubuntu'),
  mirror('with a password', 'http://me:secret@apt.corp.example/ubuntu'),
  mirror('with a quote', `"http://apt.corp.example/ubuntu'; reboot; '"`),
  mirror('with a line end', '"http://apt.corp.example/ubuntu\\ndeb http://evil.example/"'),
  mirror('with a space', '"http://apt.corp.example/ubuntu noble main"'),
  mirror('with a Terraform expression', '"http://${var.host}/ubuntu"'),
  mirror('with a query', '"http://apt.corp.example/ubuntu?x=1"'),
  mirror('with a port beyond all', 'http://apt.corp.example:99999/ubuntu'),
  mirror('of one label', 'http://mirror/ubuntu'),
  trust('a private key', 'signingKey', privateKey(`PGP ${'PRIVATE'} KEY BLOCK`)),
  trust('a word', 'signingKey', '0xA4F1'),
  trust('of SSH', 'signingKey', KEY),
  trust('without its end', 'signingKey', SIGNING_KEY.replace(/-----END[\s\S]*/, '')),
  trust('with a line around it', 'signingKey', `deb http://evil.example/ x main\n${SIGNING_KEY}`),
  trust('a private key', 'caCertificate', `${CA_CERTIFICATE}${privateKey(`EC ${'PRIVATE'} KEY`)}`),
  trust('a path', 'caCertificate', '/etc/ssl/certs/corp.pem'),
  trust('cut', 'caCertificate', CA_CERTIFICATE.replace(/\n.{20}[\s\S]*?\n-----END/, '\nMIIB\n-----END')),
  trust('with words around it', 'caCertificate', `subject=CN = Corp\n${CA_CERTIFICATE}`),
  trust('of a mirror without TLS', 'caCertificate', CA_CERTIFICATE, 'http://nexus.corp.example/ubuntu'),
  slip('mirror without a url', 'PLR1102', 'egress: nat', 'egress: { mirror: {} } #!'),
  scraper('everybody', 'PLR1607', '0.0.0.0/0'),
  scraper('half of all addresses', 'PLR1607', '0.0.0.0/1'),
  scraper('a public network', 'PLR1607', '203.0.114.0/24'),
  scraper('more than a private network', 'PLR1607', '10.0.0.0/7'),
  scraper('host bits', 'PLR1606', '10.0.8.1/24'),
  scraper('twice', 'PLR1114', '10.0.8.0/24, 10.0.8.0/24'),
  slip(
    'metrics of nftables',
    'PLR1621',
    'engine: nftables',
    'engine: nftables\n        metrics: { from: [10.0.8.0/24] } #!',
  ),
  slip('metrics of nginx', 'PLR1621', 'engine: nginx', 'engine: nginx\n        metrics: { from: [10.0.8.0/24] } #!'),
  slip('egress: none with haproxy', 'PLR1616', 'egress: nat', 'egress: none #!'),
  slip('egress: none with nginx', 'PLR1616', 'egress: image', 'egress: none #!'),
  slip('egress: image without one of the own', 'PLR1616', 'egress: nat', 'egress: image #!'),
  slip('egress: image of nftables without one of the own', 'PLR1616', 'egress: none', 'egress: image #!'),
];

const targets: Mistake[] = [
  listenPort(0, 'PLR1104'),
  listenPort(22),
  listenPort(53),
  listenPort(61080),
  listenPort(61081),
  listenPort(61090),
  listenPort(65535),
  listenPort(65536, 'PLR1104'),
  slip('port 0', 'PLR1104', 'port: 8443', 'port: 0 #!'),
  slip('port is a range', 'PLR1237', 'port: 8443', 'port: 8443-8445 #!'),
  slip('port is a list', 'PLR1237', 'port: 8443', 'port: [8443, 8444] #!'),
  slip('names that differ by letter case', 'PLR1109', '      old-crm:', '      Legacy: #!'),
  slip('name of a router with a space', 'PLR1109', '  trial:', '  "my trial": #!'),
  slip('name of a router of 64 letters', 'PLR1109', '  trial:', `  ${'t'.repeat(64)}: #!`),
  slip(
    'several hosts with nginx',
    'PLR1621',
    CRM,
    '      crm: { hosts: [a.corp.example, b.corp.example], port: 3306, domain: crm.corp.example } #!\n',
  ),
  slip(
    'a host kept back without a check that would miss the others',
    'PLR1110',
    '        host: 10.40.7.12\n',
    '        host: 10.40.7.12\n        healthCheck: none\n        backup: [10.40.7.13] #!\n',
  ),
  slip(
    'no host kept back',
    'PLR1113',
    '        host: 10.40.7.12\n',
    '        host: 10.40.7.12\n        backup: [] #!\n',
  ),
  slip(
    'a host that is kept back for itself',
    'PLR1114',
    '        host: 10.40.7.12\n',
    '        host: 10.40.7.12\n        backup: [10.40.7.12] #!\n',
  ),
  slip(
    'a public address kept back',
    'PLR1210',
    '        host: 10.40.7.12\n',
    '        host: 10.40.7.12\n        backup: [8.8.8.8] #!\n',
  ),
  slip(
    'a host kept back with nginx',
    'PLR1621',
    CRM,
    '      crm: { host: a.corp.example, backup: [b.corp.example], port: 3306 } #!\n',
  ),
  slip(
    'same host and port, with a host kept back in one of the two',
    'PLR1221',
    LEGACY,
    `${LEGACY}        backup: [10.40.7.13]\n      again: { host: 10.40.7.12, port: 3050, domain: legacy.corp.example } #!\n`,
  ),
  slip(
    'same host and port, with other hosts kept back',
    'PLR1221',
    LEGACY,
    `${LEGACY}        backup: [10.40.7.13]\n      again: { host: 10.40.7.12, backup: [10.40.7.14], port: 3050, domain: legacy.corp.example } #!\n`,
  ),
  slip(
    'health check of a target with nginx',
    'PLR1621',
    CRM,
    '      crm: { host: crm-eu.corp.example, port: 3306, healthCheck: { interval: 10 } } #!\n',
  ),
  slip(
    'health check of a target with nftables',
    'PLR1621',
    '        preset: http',
    '        healthCheck: { protocol: HTTP } #!\n        preset: http',
  ),
  slip(
    'health check of a router with nftables',
    'PLR1621',
    '    ncc:\n      id: 11111111-2222-4333-8444-555555555555',
    '    healthCheck: { interval: 10 } #!\n    ncc:\n      id: 11111111-2222-4333-8444-555555555555',
  ),
  slip(
    'idle timeout of one target with nftables',
    'PLR1621',
    '        preset: http',
    '        idleTimeout: 3600 #!\n        preset: http',
  ),
  hint(
    slips(
      'a database behind nftables',
      'PLR1622',
      ['engine: nftables', 'engine: nftables #!'],
      ['      sftp: files.corp.example:22', '      orders: { host: orders.corp.example, preset: postgres }'],
    ),
  ),
  slip('threshold 0', 'PLR1104', 'unhealthyThreshold: 3', 'unhealthyThreshold: 0 #!'),
  slip('threshold negative', 'PLR1104', 'unhealthyThreshold: 3', 'unhealthyThreshold: -1 #!'),
  slip(
    'path without HTTP',
    'PLR1228',
    '          protocol: HTTPS\n          path: /health\n          matcher: 200-299\n',
    '          path: /health #!\n',
  ),
  slip(
    'host without HTTP',
    'PLR1228',
    '          protocol: HTTPS\n          path: /health\n          matcher: 200-299\n',
    '          host: web.corp.example #!\n',
  ),
  slip('host of a check is an address', 'PLR1229', 'path: /health', 'host: 10.40.7.12 #!'),
  slip('host of a check with a port', 'PLR1202', 'path: /health', 'host: web.corp.example:443 #!'),
  slip('path without a slash', 'PLR1229', 'path: /health', 'path: health #!'),
  slip('path with a space', 'PLR1229', 'path: /health', 'path: /he alth #!'),
  slip('health check in lower case', 'PLR1105', 'protocol: HTTPS', 'protocol: https #!'),
  slip('no connection at all', 'PLR1104', 'idleTimeout: 36000', 'maxConnections: 0 #!'),
  slip('more connections than there are ports', 'PLR1104', 'idleTimeout: 36000', 'maxConnections: 28233 #!'),
  slips(
    'more connections than a small machine holds',
    'PLR1628',
    ['size: Standard_D2s_v5', 'size: Standard_B1ms'],
    ['idleTimeout: 36000', 'maxConnections: 9175 #!'],
  ),
  slips(
    'more connections than a small machine holds, of a router',
    'PLR1628',
    ['size: Standard_D2s_v5', 'size: Standard_B1ms'],
    ['idleTimeout: 14400', 'maxConnections: 20000 #!'],
  ),
  slip('half a connection', 'PLR1112', 'idleTimeout: 36000', 'maxConnections: 1.5 #!'),
  slip('idle timeout under that of Azure', 'PLR1104', 'idleTimeout: 36000', 'idleTimeout: 239 #!'),
  slip('idle timeout over that of Azure', 'PLR1104', 'idleTimeout: 36000', 'idleTimeout: 86401 #!'),
  slip('idle timeout of a router under that of Azure', 'PLR1104', 'idleTimeout: 14400', 'idleTimeout: 60 #!'),
  hint(slip('idle timeout that suits no database', 'PLR1230', 'idleTimeout: 36000', 'idleTimeout: 350 #!')),
  hint(
    slips(
      'idle timeout of a router that suits no database',
      'PLR1230',
      ['idleTimeout: 14400', 'idleTimeout: 600 #!'],
      ['        idleTimeout: 36000\n', ''],
    ),
  ),
  slip('domain under .internal', 'PLR1215', 'domain: legacy.corp.example', 'domain: legacy.acme.internal #!'),
  slip('domain under .local', 'PLR1215', 'domain: legacy.corp.example', 'domain: legacy.acme.local #!'),
  slip('host under .internal without a domain', 'PLR1215', 'host: crm.corp.example', 'host: crm.acme.internal #!'),
  slip('host of a name server of Azure', 'PLR1210', 'host: 10.40.7.12', 'host: 168.63.129.16 #!'),
  slip(
    'configuration of HAProxy in a host',
    'PLR1204',
    'host: crm.corp.example',
    'host: "crm.corp.example\\n  server evil 10.0.0.1:1" #!',
  ),
  slip(
    'configuration of nginx in a host',
    'PLR1204',
    'host: crm.corp.example',
    'host: "crm.corp.example; proxy_pass evil" #!',
  ),
];

/** Mistakes of the forwarder and of the targets behind it. */
export const FORWARDER_MISTAKES: readonly Mistake[] = [...machines, ...targets];
