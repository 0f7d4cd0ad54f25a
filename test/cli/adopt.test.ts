import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oldRouter, shown, stateFile } from '../adopt/sample';
import { BuiltCommand, inventoryText, Scratch } from './harness';

const scratch = new Scratch();
let command: BuiltCommand;

beforeAll(() => {
  command = new BuiltCommand();
});
afterAll(() => {
  command?.remove();
  scratch.remove();
});

const STATE = { 'state.json': shown(oldRouter()) };
const OLD_TARGETS = { mysql: 'mysql.corp.acme.com:3306', pg: 'pg.corp.acme.com:5432' };
/** The subnets of the old load balancer, as the inventory's. */
const INVENTORY = inventoryText(OLD_TARGETS);

function read(folder: string, name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

describe('adopt', () => {
  it('writes the call of the module, tells what it found, and warns to standard error', () => {
    const folder = scratch.folder(STATE);
    const { code, stdout, stderr } = command.run(folder, ['adopt', '--state', 'state.json']);
    expect(code).toBe(0);
    expect(stderr.match(/^warning PLR\d{4}/gm)).toEqual(['warning PLR9115', 'warning PLR9116']);
    expect(stdout).toContain('shared-router-nlb becomes shared-router: 2 ports as they were');
    expect(stdout).toMatch(/mysql +10000 +mysql\.corp\.acme\.com:3306\n +postgres +10001 +pg\.corp\.acme\.com:5432/);
    expect(stdout).toContain('wrote adopted/adopt.tf');
    expect(read(folder, 'adopted/adopt.tf')).toContain('source = "./modules/aws-privatelink-router"');
    expect(readdirSync(join(folder, 'adopted'))).toEqual(['adopt.tf']);
  });

  it('reads what `terraform show -json > state.json` writes in Windows PowerShell', () => {
    const folder = scratch.folder();
    writeFileSync(join(folder, 'state.json'), `\ufeff${STATE['state.json']}`, 'utf16le');
    const { code, stdout } = command.run(folder, ['adopt', '--state', 'state.json']);
    expect(code).toBe(0);
    expect(stdout).toContain('2 ports as they were');
  });

  it('reads a state file as well, gives one JSON document, and takes the hosts that are given', () => {
    const items = oldRouter().filter(({ mode }) => mode !== 'data');
    const folder = scratch.folder({ 'terraform.tfstate': stateFile(items) });
    const { code, stdout } = command.run(folder, [
      ...['adopt', '--state', 'terraform.tfstate', '--format', 'json', '--import', '--name', 'analytics'],
      ...['--host', '10000=My.Corp.Acme.com.', '--out', 'here'],
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      version: 1,
      to: 'module',
      router: 'analytics',
      written: ['here/adopt.tf', 'here/forget.tf'],
      targets: [
        { name: 'mysql', listenerPort: 10000, host: 'my.corp.acme.com', port: 3306 },
        { name: 'postgres', listenerPort: 10001, host: null, port: 5432, addresses: ['10.0.2.20'] },
      ],
      diagnostics: [{ code: 'PLR9115' }, { code: 'PLR9116' }, { code: 'PLR9109' }],
    });
  });

  it('overwrites nothing: it names each file that is there and writes none', () => {
    const folder = scratch.folder({ ...STATE, 'adopted/import.tf': 'mine', 'adopted/privatelink-router.yaml': 'mine' });
    const { code, stderr } = command.run(folder, ['adopt', '--state', 'state.json', '--to', 'stack']);
    expect(code).toBe(1);
    expect(stderr.match(/adopted\/\S+ is there already/g)).toEqual([
      'adopted/privatelink-router.yaml is there already',
      'adopted/import.tf is there already',
    ]);
    expect(readdirSync(join(folder, 'adopted')).sort()).toEqual(['import.tf', 'privatelink-router.yaml']);
    expect(read(folder, 'adopted/import.tf')).toBe('mine');
  });

  it('puts the ports of an inventory of one’s own into its lock, which then plans with nothing changed', () => {
    const folder = scratch.folder({ ...STATE, 'privatelink-router.yaml': INVENTORY });
    const arguments_ = ['adopt', '--state', 'state.json', '--to', 'stack', '--inventory', 'privatelink-router.yaml'];
    const first = command.run(folder, arguments_);
    expect(first.code, first.stderr).toBe(0);
    expect(readdirSync(join(folder, 'adopted')).sort()).toEqual(['forget.tf', 'import.tf']);
    const lock = read(folder, 'privatelink-router.lock.json');
    expect(lock).toContain('"pg": { "shard": "s1", "listenerPort": 10001, "host": "pg.corp.acme.com", "port": 5432');
    expect(lock).toContain('"loadBalancerName": "shared-router-nlb"');
    expect(command.run(folder, ['lock', '--frozen'])).toMatchObject({ code: 0 });
    expect(read(folder, 'adopted/import.tf')).toContain('to = aws_lb_listener.s1_listener["pg"]');
    const again = command.run(folder, [...arguments_, '--out', 'elsewhere']);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain('analytics is in the lock privatelink-router.lock.json already');
    expect(read(folder, 'privatelink-router.lock.json')).toBe(lock);
  });

  it('says which listener the inventory has no target for, and which router it has not', () => {
    const folder = scratch.folder({
      ...STATE,
      'privatelink-router.yaml': inventoryText({ mysql: 'mysql.corp.acme.com:3306' }),
    });
    const base = ['adopt', '--state', 'state.json', '--to', 'stack', '--inventory', 'privatelink-router.yaml'];
    const { code, stderr } = command.run(folder, base);
    expect(code).toBe(1);
    expect(stderr).toContain('does not say clearly which target of analytics the listener on port 10001 leads to');
    expect(command.run(folder, [...base, '--name', 'other']).stderr).toContain('has no router other; it has analytics');
    expect(readdirSync(folder).sort()).toEqual(['privatelink-router.yaml', 'state.json']);
  });

  it('says everything that keeps it from taking over, and writes nothing', () => {
    const folder = scratch.folder({ 'plan.json': '{"format_version":"1.2","resource_changes":[]}' });
    const plan = command.run(folder, ['adopt', '--state', 'plan.json']);
    expect(plan).toMatchObject({ code: 1, stdout: '' });
    expect(plan.stderr).toContain('error PLR9101 plan.json');
    expect(command.run(folder, ['adopt', '--state', 'nothing.json']).stderr).toContain('PLR9002');
    expect(readdirSync(folder)).toEqual(['plan.json']);
  });

  it.each([
    [[], "required option '--state <file>' not specified"],
    [['--to', 'table'], 'Allowed choices are module, stack'],
    [['--host', '10000'], 'a listener port, an equals sign and a host are needed'],
    [['--host', '99999=a.example'], 'a listener port, an equals sign and a host are needed'],
    [
      ['--host', '1=postgres://app:hunter2@a.example'],
      '--host is (a text that may hold a credential, not shown here): a',
    ],
    [['--host', '1=a b'], 'a listener port, an equals sign and a host are needed'],
    [['--host', '1=a.example', '--host', '1=b.example'], '--host names the listener port 1 twice'],
    [['--name', 'A b'], 'a to z, 0 to 9 and hyphens are allowed'],
    [['--shared-domain', '10.0.0.1'], 'a domain name is needed'],
    [['--to', 'stack', '--import'], 'a stack always imports'],
    [['--to', 'stack', '--source', 'x'], '--source is for a module'],
    [['--rule', 'x'], '--rule is for a stack'],
    [['--to', 'stack', '--rule', 'x'], 'the ids of the NCC and of the rule are needed'],
    [['--env', 'prod'], '--env needs --inventory'],
    [['--inventory', 'x', '--shared-domain', 'a.example'], '--shared-domain does not go with --inventory'],
    [['--out', ''], '--out is empty'],
  ] as const)('refuses the command line %j', (options, message) => {
    const state = options.length === 0 ? [] : ['--state', 'state.json'];
    const { code, stderr } = command.run(scratch.folder(STATE), ['adopt', ...state, ...options]);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});
