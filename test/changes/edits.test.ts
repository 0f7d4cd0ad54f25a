import { describe, expect, it } from 'vitest';
import type { PlanChange } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { changesOf, type Document } from './deployment';

/** A change in the form in which these tests expect it: what, of whom, how, and what clients notice. */
function short({ about, target, shard, pool, change, what, clients }: PlanChange): string {
  return `${[about, target ?? shard ?? pool].filter(Boolean).join(' ')}: ${what} ${change}, ${clients}`;
}

const edit = (text: string, change: (document: Document) => void): string[] => changesOf(text, change).map(short);

/** What an edit below the router `analytics` of AWS changes. */
const aws = (change: (router: Document) => void): string[] => edit(VALID, ({ routers }) => change(routers.analytics));

/** Gives a target a list of domains in place of its one. */
function several(target: Document, domains: readonly string[]): void {
  delete target.domain;
  Object.assign(target, { domains });
}

/** Gives a target a list of hosts in place of its one. */
function among(target: Document, hosts: readonly string[]): void {
  delete target.host;
  Object.assign(target, { hosts });
}

/** The same of Azure. */
const azure = (change: (router: Document) => void): string[] =>
  edit(VALID_AZURE, ({ routers }) => change(routers.analytics));

describe('what an edit of a router of AWS changes', () => {
  it.each<readonly [string, (router: Document) => void, readonly string[]]>([
    ['nothing', () => {}, []],
    [
      'the first step of a teardown',
      (r) => Object.assign(r, { teardown: 'prepare' }),
      ['router: teardown changed, nothing'],
    ],
    [
      'no protection',
      (r) => Object.assign(r, { deletionProtection: false }),
      ['router: deletion protection changed, nothing'],
    ],
    ['approval', (r) => Object.assign(r, { approval: 'manual' }), ['router: approval changed, nothing']],
    ['a tag', (r) => Object.assign(r.tags, { team: 'x' }), ['router: tags changed, nothing']],
    [
      'whom to ask about a target, what it is, and its tags',
      (r) =>
        Object.assign(r.targets['orders-db'], { owner: 'me@acme.com', description: 'Orders', tags: { team: 'x' } }),
      [
        'target orders-db: description changed, nothing',
        'target orders-db: owner changed, nothing',
        'target orders-db: tags changed, nothing',
      ],
    ],
    [
      'a longer idle timeout of one target',
      (r) => Object.assign(r.targets['orders-db'], { idleTimeout: 4000 }),
      ['target orders-db: idle timeout changed, nothing'],
    ],
    [
      'a shorter one',
      (r) => Object.assign(r.targets['orders-db'], { idleTimeout: 60 }),
      ['target orders-db: idle timeout changed, interrupted'],
    ],
    [
      'a health check',
      (r) => Object.assign(r.targets.legacy.healthCheck, { interval: 30 }),
      ['target legacy: health check changed, nothing'],
    ],
    [
      'a group less',
      (r) => Object.assign(r.targets['orders-db'], { securityGroupIds: [] }),
      ['target orders-db: security groups changed, lose access'],
    ],
    [
      'a group more',
      (r) => r.targets['orders-db'].securityGroupIds.push('sg-0a1b2c3d4e5f60719'),
      ['target orders-db: security groups changed, nothing'],
    ],
    [
      'a host more, where one stays',
      (r) => among(r.targets.legacy, ['10.40.7.12', 'legacy.corp.example']),
      ['target legacy: host changed, nothing'],
    ],
    [
      'other hosts altogether',
      (r) => among(r.targets.legacy, ['10.40.7.13', 'legacy.corp.example']),
      ['target legacy: host changed, reach another target'],
    ],
    ['a workspace more', (r) => r.ncc.workspaceIds.push(4567890123456789), ['ncc: workspaces changed, nothing']],
    [
      'another workspace',
      (r) => Object.assign(r.ncc, { workspaceIds: [1234567890123456, 4567890123456789] }),
      ['ncc: workspaces changed, nothing'],
    ],
    [
      'another name of the NCC',
      (r) => Object.assign(r.ncc, { name: 'renamed-use2' }),
      ['ncc: network connectivity configuration replaced, interrupted'],
    ],
    [
      'an NCC that exists, by name',
      (r) => Object.assign(r, { ncc: { existing: 'made-by-hand', workspaceIds: r.ncc.workspaceIds } }),
      ['ncc: network connectivity configuration replaced, interrupted'],
    ],
    ['a subnet more', (r) => r.aws.subnetIds.push('subnet-0c1d2e3f405162738'), ['router: subnets changed, nothing']],
    [
      'another role',
      (r) => Object.assign(r.aws.assumeRole, { roleArn: 'arn:aws:iam::123456789012:role/other' }),
      ['router: role changed, nothing'],
    ],
    [
      'a disabled target',
      (r) => Object.assign(r.targets['billing-sql'], { enabled: false }),
      ['target billing-sql: enabled changed, lose access'],
    ],
    ['an enabled one', (r) => delete r.targets['old-crm'].enabled, ['target old-crm: enabled changed, nothing']],
    [
      'another host',
      (r) => Object.assign(r.targets['orders-db'], { host: 'other.corp.example', domain: 'orders.corp.example' }),
      ['target orders-db: host changed, reach another target'],
    ],
    [
      'another port of the target',
      (r) => Object.assign(r.targets['orders-db'], { port: 5433 }),
      ['target orders-db: host changed, reach another target'],
    ],
    [
      'another listener port',
      (r) => Object.assign(r.targets['billing-sql'], { listenPort: 14331 }),
      ['target billing-sql: listener port moved, lose access'],
    ],
    [
      'another domain',
      (r) => Object.assign(r.targets.legacy, { domain: 'legacy2.corp.example' }),
      ['target legacy: domain changed, lose access'],
    ],
    [
      'a name more',
      (r) => several(r.targets.legacy, ['legacy.corp.example', 'a.corp.example']),
      ['target legacy: domain changed, nothing'],
    ],
    [
      'other names',
      (r) => several(r.targets.legacy, ['b.corp.example', 'a.corp.example']),
      ['target legacy: domain changed, lose access'],
    ],
    ['its one name in a list', (r) => several(r.targets.legacy, ['legacy.corp.example']), []],
    ['a target less', (r) => delete r.targets.legacy, ['target legacy: target removed, lose access']],
    ['a disabled target less', (r) => delete r.targets['old-crm'], ['target old-crm: target removed, nothing']],
    [
      'a target more',
      (r) => Object.assign(r.targets, { more: 'more.corp.example:5432' }),
      ['target more: target added, nothing'],
    ],
    [
      'a disabled target more',
      (r) => Object.assign(r.targets, { more: { host: 'more.corp.example', port: 5432, enabled: false } }),
      ['target more: target added, nothing'],
    ],
    [
      'another name of a target',
      (r) => {
        r.targets.renamed = { ...r.targets.legacy, renamedFrom: 'legacy' };
        delete r.targets.legacy;
      },
      ['target renamed: name changed, nothing'],
    ],
    [
      'drain',
      (r) => Object.assign(r, { drain: 77 }),
      [
        'target billing-sql: drain changed, nothing',
        'target ledger: drain changed, nothing',
        'target legacy: drain changed, nothing',
        'target orders-db: drain changed, nothing',
      ],
    ],
    [
      'the order of its tags',
      (r) => Object.assign(r, { tags: { zzz: '1', ...r.tags } }),
      ['router: tags changed, nothing'],
    ],
  ])('%s', (_name, change, expected) => {
    expect(aws(change)).toEqual(expected);
  });

  it('tells an edit beside the routers of each router', () => {
    expect(edit(VALID, (document) => Object.assign(document.tags, { team: 'other' }))).toContain(
      'router: tags changed, nothing',
    );
    const backend = changesOf(VALID, (document) => {
      document.terraform.backend.s3.key = 'another/{env}/{router}.tfstate';
      document.terraform.backend.s3.access_key = 'AKIA0SECRET';
    });
    expect(backend.map(short)).toContain('router: backend changed, nothing');
    expect(JSON.stringify(backend)).not.toMatch(/AKIA0SECRET|another/);
  });

  it('tells a change of the order alone, since bytes differ', () => {
    const text = VALID.replace('tags:\n  team: data-platform', 'tags:\n  team: data-platform\n  zone: b');
    const other = changesOf(text, (document) =>
      Object.assign(document, { tags: { zone: 'b', team: 'data-platform' } }),
    );
    expect([...new Set(other.map(short))]).toEqual(['router: order of keys changed, nothing']);
  });
});

describe('what an edit of a router of Azure changes', () => {
  const forwarder = (change: (forwarder: Document) => void): string[] => azure((r) => change(r.azure.forwarder));

  it.each<readonly [string, (forwarder: Document) => void, readonly string[]]>([
    ['size', (f) => Object.assign(f, { size: 'Standard_D4s_v5' }), ['machines: size changed, interrupted']],
    ['more instances', (f) => Object.assign(f, { instances: 4 }), ['machines: instances changed, nothing']],
    ['fewer instances', (f) => Object.assign(f, { instances: 2 }), ['machines: instances changed, interrupted']],
    [
      'egress',
      (f) => Object.assign(f, { egress: { mirror: 'http://apt.corp.example/ubuntu' } }),
      ['machines: egress changed, interrupted'],
    ],
    [
      'image upgrades',
      (f) => Object.assign(f, { imageUpgrades: true }),
      ['machines: image upgrades changed, interrupted'],
    ],
    [
      'encryption at host',
      (f) => Object.assign(f, { encryptionAtHost: true }),
      ['machines: encryption at host changed, nothing'],
    ],
    ['ssh', (f) => delete f.ssh, ['machines: ssh changed, nothing']],
    [
      'maintenance',
      (f) => Object.assign(f, { maintenance: { days: ['sun'], start: '02:30', hours: 2 } }),
      ['machines: maintenance changed, nothing'],
    ],
    ['image', (f) => Object.assign(f.image, { version: '24.04.202501010' }), ['machines: image changed, interrupted']],
  ])('%s', (_name, change, expected) => {
    expect(forwarder(change)).toEqual(expected);
  });

  it('tells another engine', () => {
    const other = edit(VALID_AZURE, ({ routers }) =>
      Object.assign(routers.baked.azure.forwarder, { engine: 'haproxy' }),
    );
    expect(other).toEqual(['machines: engine changed, interrupted']);
  });

  it.each<readonly [string, (router: Document) => void, readonly string[]]>([
    ['NAT addresses', (r) => Object.assign(r.azure, { natAddresses: 3 }), ['router: NAT addresses changed, nothing']],
    ['resolvers', (r) => Object.assign(r, { resolvers: ['10.0.0.54'] }), ['machines: resolvers changed, nothing']],
    [
      'visibility',
      (r) => r.azure.visibility.push('11111111-2222-4333-8444-555555555552'),
      ['router: visibility changed, nothing'],
    ],
    [
      'the first step of a teardown',
      (r) => Object.assign(r, { teardown: 'prepare' }),
      ['router: teardown changed, nothing'],
    ],
    ['a target less', (r) => delete r.targets['erp-sql'], ['target erp-sql: target removed, lose access']],
    ['approval', (r) => Object.assign(r, { approval: 'manual' }), ['router: approval changed, nothing']],
    [
      'a host that is kept back',
      (r) => Object.assign(r.targets.legacy, { backup: ['10.40.7.13'] }),
      ['target legacy: backup changed, nothing'],
    ],
  ])('%s', (_name, change, expected) => {
    expect(azure(change)).toEqual(expected);
  });

  it('a host that is kept back no longer', () => {
    const host = '        host: 10.40.7.12\n';
    const from = VALID_AZURE.replace(host, `${host}        backup: [10.40.7.13, 10.40.7.14]\n`);
    const after = edit(from, ({ routers }) => routers.analytics.targets.legacy.backup.shift());
    expect(after).toEqual(['target legacy: backup changed, interrupted']);
  });
});
