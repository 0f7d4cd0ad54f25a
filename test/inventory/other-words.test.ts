import { describe, expect, it } from 'vitest';
import { PRESETS } from '../../src/inventory';
import { BACKENDS } from '../../src/inventory/checks/backend';
import { ALL_KEYS } from '../../src/inventory/schema/all-keys';
import { BACKEND_ALIASES } from '../../src/inventory/tables/backend-aliases';
import { KEY_ALIASES } from '../../src/inventory/tables/key-aliases';
import { PRESET_ALIASES, presetsMeant } from '../../src/inventory/tables/preset-aliases';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

/** `CODE message / fix` of every finding. */
const said = (text: string): string[] =>
  loadText(text).diagnostics.map(({ code, message, fix }) => `${code} ${message} / ${fix}`);
const target = (text: string): string[] =>
  said(VALID.replace(/ {6}orders-db:\n(?: {8}.*\n)+/, () => `      orders-db: ${text}\n`));
const router = (line: string): string[] => said(VALID.replace('  analytics:\n', `  analytics:\n    ${line}\n`));

describe('words for presets', () => {
  it.each([
    ['mssql', 'sqlserver'],
    ['ms-sql', 'sqlserver'],
    ['MS SQL', 'sqlserver'],
    ['tds', 'sqlserver'],
    ['pg', 'postgres'],
    ['psql', 'postgres'],
    ['PostgreSQL', 'postgres'],
    ['mongo', 'mongodb'],
    ['hana', 'saphana'],
    ['SAP_HANA', 'saphana'],
    ['elastic', 'elasticsearch'],
    ['msk', 'kafka'],
    ['Postgres', 'postgres'],
  ])('%s is answered with %s', (word, preset) => {
    expect(target(`{ host: db.corp.acme.com, port: 1, preset: "${word}" }`)).toEqual([
      `PLR1225 There is no preset ${JSON.stringify(word)}; it is called "${preset}" here. / Write preset: ${preset}.`,
    ]);
  });

  it('that say too little are answered with each that may be meant, and its port', () => {
    const [aurora] = target('{ host: db.corp.acme.com, preset: aurora }');
    expect(aurora).toContain('it may be one of postgres (port 5432), mysql (port 3306)');
    const [search] = target('{ host: db.corp.acme.com, preset: opensearch }');
    expect(search).toContain('elasticsearch (port 9200), https (port 443)');
  });

  it('lead to presets that there are, and are none themselves', () => {
    for (const [alias, presets] of PRESET_ALIASES) {
      expect(alias).toMatch(/^[a-z\d]+$/);
      expect(PRESETS.has(alias)).toBe(false);
      expect(presets.filter((name) => !PRESETS.has(name))).toEqual([]);
      expect(presetsMeant(alias)).toEqual(presets);
    }
    expect(presetsMeant('constructor')).toEqual([]);
    expect(presetsMeant('')).toEqual([]);
  });
});

describe('protocol at a target', () => {
  const protocol = (value: string) => target(`{ host: db.corp.acme.com, port: 5432, protocol: ${value} }`);

  it.each(['TCP', 'tcp', '6', 'something'])('%s is not needed', (value) => {
    const [only, ...more] = protocol(value);
    expect(more).toEqual([]);
    expect(only).toMatch(/^PLR1119 A target has no protocol; the listeners of a router are TCP.* \/ Remove the key;/);
  });

  it.each(['UDP', 'udp', 'TLS', 'TCP_UDP', 'QUIC'])('%s is not available', (value) => {
    expect(protocol(value)).toEqual([expect.stringMatching(/^PLR1119 protocol: [A-Z_]+ is not available/)]);
  });

  it('may have been meant as a preset, or as the health check', () => {
    expect(protocol('postgresql')[0]).toContain('Write preset: postgres, or remove the key.');
    expect(protocol('HTTPS')[0]).toContain('healthCheck: { protocol');
  });
});

describe('keys of other tools', () => {
  it.each([
    'hostname',
    'host_name',
    'address',
    'ip',
    'ipAddress',
    'ip-address',
    'fqdn',
    'FQDN',
    'endpoint',
    'id',
    'url',
  ])('%s is the host', (key) => {
    expect(target(`{ ${key}: db.corp.acme.com, port: 5432 }`)).toEqual([
      `PLR1101 There is no key ${JSON.stringify(key)} here; it is called host. / Write host.`,
    ]);
  });

  it.each(['target_port', 'targetPort', 'target-port', 'dbPort'])('%s is the port', (key) => {
    expect(target(`{ host: db.corp.acme.com, ${key}: 5432 }`)).toEqual(
      [
        expect.stringMatching(/^PLR1101 .*it is called port\. \/ Write port\./),
        expect.stringContaining('PLR1224'),
      ].slice(0, target(`{ host: db.corp.acme.com, ${key}: 5432 }`).length),
    );
  });

  it('are to be removed where ours stands already', () => {
    expect(target('{ host: db.corp.acme.com, port: 5432, ip: 10.0.0.1 }')).toEqual([
      'PLR1101 There is no key "ip" here; it is called host, which stands here already. / Remove it.',
    ]);
  });

  it('of the well-known router module have their answer', () => {
    expect(router('target_endpoints: []')[0]).toContain('it is called targets');
    expect(router('service_name: x')[0]).toContain('a router is named by the key that it stands under');
    expect(router('vpc_id: vpc-0a1b2c3d4e5f60718')[0]).toContain('it stands below aws: as vpcId');
    expect(target('{ host: a.corp.acme.com, port: 1, name: x }')[0]).toContain('a target is named by the key');
    expect(target('{ host: a.corp.acme.com, port: 1, target_type: ip }')[0]).toContain('Remove it.');
  });

  it('lead to keys that there are, and stand once', () => {
    for (const table of Object.values(KEY_ALIASES)) {
      const words = Object.values(table).flat();
      expect(words.filter((word, index) => words.indexOf(word) !== index)).toEqual([]);
      expect(words.filter((word) => word !== word.toLowerCase())).toEqual([]);
      expect(Object.keys(table).filter((key) => !ALL_KEYS.has(key))).toEqual([]);
    }
  });
});

describe('a list in the place of a map', () => {
  it('of targets is answered with the map, by the names of the list', () => {
    const text = VALID.replace(
      / {4}targets:\n {6}crm: .*\n/,
      '    targets: [{ name: crm, host: a, port: 1 }, { name: bi }]\n',
    );
    expect(said(text)).toEqual([
      'PLR1103 Got a list; expected a map. / Write a map whose keys are the names: targets: { crm: { host: db.corp.example, port: 5432 }, bi: { host: db.corp.example, port: 5432 } }.',
    ]);
  });

  it('repeats no name that is none', () => {
    const text = VALID.replace(
      / {4}targets:\n {6}crm: .*\n/,
      '    targets: [{ name: "a: [${x}" }, b.corp.example:1]\n',
    );
    expect(said(text)[0]).toContain('targets: { NAME: { host: db.corp.example, port: 5432 } }.');
  });

  it('of routers or tags is answered so too', () => {
    const tags = said(VALID.replace('tags:\n  team: data-platform\n', 'tags: [{ key: team, value: x }]\n'));
    expect(tags[0]).toContain('tags: { team: value }.');
    expect(said('version: 1\nrouters: [{ name: r1 }]\n').join('\n')).toContain('routers: { r1: {');
  });
});

describe('what else misleads', () => {
  it('an unknown key below domains names the keys that there are', () => {
    expect(router('domains: { whatever: x.acme.com }').join('\n')).toContain('Remove it; the only key here is shared.');
    expect(router('domains: { share: x.acme.com }')[0]).toContain('Did you mean "shared"?');
    const egress = VALID_AZURE.replace(/egress: .*/, 'egress: { url: "http://apt.acme.com" }');
    expect(said(egress).join('\n')).toContain('Move it below mirror:.');
  });

  it.each([
    ['api_01', 'api-01'],
    ['Ledger_DB', 'ledger-db'],
    ['ledgerDb', 'ledger-db'],
    ['a.b', 'a-b'],
  ])('the name %s is answered with %s', (name, better) => {
    const text = VALID.replace('      ledger: ', `      ${name}: `);
    expect(said(text)).toEqual([expect.stringContaining(`/ Rename the target, to ${better} for instance.`)]);
  });

  it.each(['01-api', 'old_crm', 'a:b', '___'])('the name %s is answered with no name that is none or taken', (name) => {
    const text = VALID.replace('      ledger: ', `      "${name}": `);
    expect(said(text)).toEqual([expect.stringMatching(/ \/ Rename the target\.$/)]);
  });

  it('the id of a subnet with a slash at its end, or out of the portal, is answered with the id', () => {
    const id = /subnetId: (\S+)/.exec(VALID_AZURE)?.[1] ?? '';
    expect(id).toMatch(/^\/subscriptions/);
    const answers = [
      `${id}/`,
      `${id}//`,
      id.slice(1),
      `"https://portal.azure.com/#@acme.com/resource${id}/overview"`,
    ].map((written) => said(VALID_AZURE.replace(`subnetId: ${id}\n`, `subnetId: ${written}\n`))[0]);
    for (const answer of answers) expect(answer).toContain(`/ Write ${id}.`);
    expect(answers[0]).toContain('ends in a slash');
  });
});

describe('words for backends', () => {
  const backend = (text: string): string[] => said(VALID.replace(/ {4}s3:\n(?: {6}.*\n)+/, `    ${text}\n`));

  it.each([
    ['cloud', 'remote'],
    ['hcp', 'remote'],
    ['azure', 'azurerm'],
    ['gcp', 'gcs'],
    ['k8s', 'kubernetes'],
    ['postgres', 'pg'],
  ])('%s is answered with %s', (word, name) => {
    const [only, ...more] = backend(`${word}: { organization: acme }`);
    expect(more).toEqual([]);
    expect(only).toContain(`PLR1325 Terraform has no backend "${word}". It is called ${name}.`);
    expect(only).toContain(`Write ${name}`);
  });

  it('lead to backends that there are', () => {
    for (const [name, words] of Object.entries(BACKEND_ALIASES)) {
      expect(BACKENDS.has(name)).toBe(true);
      expect(words.filter((word) => BACKENDS.has(word))).toEqual([]);
    }
  });

  it.each([
    ['${terraform.workspace}', '"${terraform.workspace}"'],
    ['a/${var.x}/b', '"${var.x}"'],
    ['${env}', '"${env}"'],
    ['{{env}}', '"{{env}}"'],
    ['${{ github.ref_name }}', '"${{ github.ref_name }}"'],
    ['%{if x}y%{endif}', '"%{if x}"'],
    ['$(Build.BuildId)', '"$(Build.BuildId)"'],
    ['${upper("s3cr3t")}', '"${…"'],
  ])('%s is no value of one', (expression, shown) => {
    for (const text of [
      `s3: { bucket: b, key: 'k{env}{router}${expression}' }`,
      `s3: { bucket: b, key: 'k{env}{router}', assume_role: { tags: ['${expression}'] } }`,
    ]) {
      const [only, ...more] = backend(text);
      expect(more).toEqual([]);
      expect(only).toContain(`PLR1414 ${shown} is an expression`);
      expect(only).toContain('Use {env} and {router}');
      expect(only).not.toContain('s3cr3t');
    }
  });

  it('an expression is no key of one, and prints nothing that stands beside it', () => {
    expect(backend("pg: { conn_str: 'postgres://me:s3cr3t@db/${var.x}', '${a}': '{env}{router}' }").join('\n')).toMatch(
      /PLR1414 "\$\{var\.x\}" (?!.*s3cr3t)[\s\S]*PLR1414 "\$\{a\}"(?![\s\S]*s3cr3t)/,
    );
    expect(backend("s3: { bucket: b, key: 'k{ env }{router}' }")[0]).toContain('PLR1324');
    expect(backend("s3: { bucket: b, key: 'k-$x-%ENV%-{env}-{router}' }")).toEqual([]);
  });
});
