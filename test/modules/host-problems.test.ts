import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { addressFault, looksLikeIPv4, malformedIPv4 } from '../../src/inventory/values/address';
import { domainForm, hostForm } from '../../src/inventory/values/forms';
import { hclValue } from '../../src/modules/hcl';
import { domainRules, hostRules, privateAddressRules } from '../../src/modules/host-problems';
import { firstProblem, type Rule, repeated } from '../../src/modules/problems';
import { describeWith } from '../terraform/support/gate';

const scratch = mkdtempSync(join(tmpdir(), 'plr-hosts-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
writeFileSync(join(scratch, 'none.tfrc'), '');

/** What terraform makes of an expression over `var.list`. */
function evaluated(expression: string, list: readonly (string | null)[]): unknown {
  const folder = mkdtempSync(join(scratch, 'run-'));
  const terraform = (...args: readonly string[]) => {
    const env = { ...process.env, CHECKPOINT_DISABLE: '1', TF_CLI_CONFIG_FILE: join(scratch, 'none.tfrc') };
    return spawnSync('terraform', args, { cwd: folder, env, encoding: 'utf8' });
  };
  writeFileSync(
    join(folder, 'main.tf'),
    `variable "list" {\n  type    = list(string)\n  default = ${hclValue(list)}\n}\noutput "answer" {\n  value = ${expression}\n}\n`,
  );
  const apply = terraform('apply', '-auto-approve', '-input=false', '-no-color');
  expect(apply.status, apply.stderr).toBe(0);
  return (JSON.parse(terraform('output', '-json').stdout) as { answer: { value: unknown } }).answer.value;
}

const problems = (rules: (text: string, where: string) => readonly Rule[], list: readonly (string | null)[]) =>
  evaluated(`[for i, text in var.list : ${firstProblem(rules('text', 'list[${i}]'))}]`, list) as string[];

const label = fc.oneof(
  fc.constantFrom(
    'db',
    'a-b',
    '-a',
    'b-',
    '',
    '1',
    '10',
    '255',
    '256',
    '01',
    'x_y',
    'localhost',
    'a'.repeat(64),
    'vpce',
    '*',
  ),
  fc.string({ unit: fc.constantFrom(...'abz019-_. :/@,\\[]%*"$'), minLength: 1, maxLength: 5 }),
);
const name = fc
  .tuple(fc.array(label, { maxLength: 5 }), fc.constantFrom('', '', '.', ':5432', '/x'))
  .map(([labels, end]) => labels.join('.') + end);
const octet = fc.oneof(fc.constantFrom(10, 172, 192, 168, 100, 169, 254, 127, 0, 224, 203, 198), fc.nat(300));
const address = fc.tuple(octet, octet, octet, octet).map((parts) => parts.join('.'));
const goodName = fc
  .array(fc.constantFrom('db', 'a-b', 'x', '1a', 'example', 'X_y', 'corp'), { minLength: 1, maxLength: 4 })
  .map((labels) => labels.join('.'));
const goodAddress = fc
  .tuple(fc.constantFrom('10.0', '172.31', '192.168', '100.100', '172.15', '100.128'), fc.nat(255), fc.nat(255))
  .map((parts) => parts.join('.'));
const HOSTS = [
  'db.corp.example.com',
  'DB.Corp.example.COM.',
  'https://db.example.com/x',
  'jdbc:oracle:thin:@db:1521',
  'fd00::1',
  '[fd00::1]:5432',
  '10.0.0.1,10.0.0.2',
  'sql01\\INSTANCE.example.com',
  '0x7f.1',
  '169.254.169.254',
  '100.64.0.1',
  '172.32.0.1',
  ' db.example.com',
  'db.exa\u200bmple.com',
  `${'a.'.repeat(126)}de`,
  `${'a.'.repeat(126)}d`,
  ...fc.sample(fc.oneof(name, address, goodName, goodAddress), { numRuns: 600, seed: 3 }),
];

describeWith(['terraform'], 'what a module says of a host', () => {
  it('is what the check of the inventory says', () => {
    const wrong = HOSTS.map((text) => hostForm(text) !== undefined);
    expect(problems(hostRules, HOSTS).map((text) => text !== '')).toEqual(wrong);
    expect(wrong.filter(Boolean).length).toBeGreaterThan(100);
    expect(wrong.filter((one) => !one).length).toBeGreaterThan(50);
  });

  it('is what the check says of a domain', () => {
    const wrong = HOSTS.map((text) => domainForm(text) !== undefined);
    expect(problems(domainRules, HOSTS).map((text) => text !== '')).toEqual(wrong);
  });

  it('lets only private addresses stand where an address belongs', () => {
    const private4 = (text: string) =>
      looksLikeIPv4(text) && malformedIPv4(text) === undefined && addressFault(text) === undefined;
    const wrong = HOSTS.map((text) => !private4(text));
    expect(problems(privateAddressRules, HOSTS).map((text) => text !== '')).toEqual(wrong);
    expect(wrong.filter((one) => !one).length).toBeGreaterThan(20);
  });

  it('names the place, the value, what is allowed and what to do', () => {
    const list = [null, '', 'x"y${z}.example.com', '8.8.8.8', 'db.example.com'];
    expect(problems(hostRules, list)).toEqual([
      'list[0] is null; a host is expected.',
      'list[1] is empty; a host is expected.',
      'list[2], "x\\"y${z}.example.com", holds a character that no host has: letters, digits, hyphens and dots are allowed. Correct the name.',
      'list[3], "8.8.8.8", is a public address; targets are private: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10. Use the private address.',
      '',
    ]);
  });

  it('tells both places of what stands twice', () => {
    expect(evaluated(repeated('var.list', 'names'), ['a', 'b', 'a'])).toEqual([
      '',
      '',
      'names[2] is names[0] again, "a"; remove one of the two.',
    ]);
  });
});
