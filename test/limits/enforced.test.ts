import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../src/inventory';
import { LIMITS, type LimitId, limit, raiseKey } from '../../src/limits';
import type { AzureRouter, Router } from '../../src/model';
import { synthesize } from '../../stacks';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { edited, VALID } from '../corpus/mistake';
import {
  accept,
  awsShards,
  azureOf,
  azureRouter,
  azureTargets,
  codes,
  places,
  router,
  targets,
} from '../planner/support';

/** The errors of an inventory's text, as `code message`. */
function errorsOf(text: string): readonly string[] {
  const cwd = mkdtempSync(join(tmpdir(), 'plr-limits-'));
  try {
    writeFileSync(join(cwd, 'plr.yaml'), text);
    const { diagnostics } = loadInventory({ file: 'plr.yaml', cwd });
    return diagnostics.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`);
  } finally {
    rmSync(cwd, { recursive: true, force: true });
  }
}

type Edits = readonly (readonly [from: string, to: string])[];

const health = (key: string, more: Edits = []): ((number: number) => Edits) => {
  const before: Readonly<Record<string, number>> = { interval: 10, timeout: 5, healthyThreshold: 3 };
  return (number) => [[`          ${key}: ${before[key]}\n`, `          ${key}: ${number}\n`], ...more];
};
const text = (length: number): string => 'x'.repeat(length);
const workspaces = (number: number): string =>
  Array.from({ length: number }, (_, index) => `\n        - ${3_000_000_000_000_000 + index}`).join('');

interface Checked {
  /** The inventory that is edited. @default the one of AWS */
  readonly base?: string;
  readonly edit: (number: number) => Edits;
  readonly allowed: number;
  readonly refused: number;
}

/** For each row that the checks hold: how an inventory comes to a number, and the numbers that are and are not allowed. */
const CHECKED: Partial<Record<LimitId, Checked>> = {
  'databricks.nccsPerRegion': {
    edit: (number) => [['  endpointsUsed: 2', `  nccsUsed: ${number - 1}`]],
    allowed: 10,
    refused: 11,
  },
  'databricks.workspacesPerNcc': {
    edit: (number) => [['\n        - 1234567890123456\n        - 2345678901234567', workspaces(number)]],
    allowed: 50,
    refused: 51,
  },
  'databricks.nccsPerWorkspace': {
    edit: (number) => (number === 1 ? [] : [['3456789012345678', '1234567890123456']]),
    allowed: 1,
    refused: 2,
  },
  'databricks.nccNameMin': { edit: (n) => [['name: analytics-use2', `name: ${text(n)}`]], allowed: 3, refused: 2 },
  'databricks.nccNameMax': { edit: (n) => [['name: analytics-use2', `name: ${text(n)}`]], allowed: 30, refused: 31 },
  'aws.healthCheckIntervalMin': { edit: health('interval'), allowed: 5, refused: 4 },
  'aws.healthCheckIntervalMax': { edit: health('interval'), allowed: 300, refused: 301 },
  'aws.healthCheckTimeoutMin': { edit: health('timeout'), allowed: 2, refused: 1 },
  'aws.healthCheckTimeoutMax': {
    edit: health('timeout', [['          interval: 10\n', '          interval: 300\n']]),
    allowed: 120,
    refused: 121,
  },
  'aws.healthCheckThresholdMin': { edit: health('healthyThreshold'), allowed: 2, refused: 1 },
  'aws.healthCheckThresholdMax': { edit: health('healthyThreshold'), allowed: 10, refused: 11 },
  'aws.idleTimeoutMin': { edit: (n) => [['idleTimeout: 350', `idleTimeout: ${n}`]], allowed: 60, refused: 59 },
  'aws.idleTimeoutMax': { edit: (n) => [['idleTimeout: 350', `idleTimeout: ${n}`]], allowed: 6000, refused: 6001 },
  'aws.deregistrationDelayMax': {
    edit: (n) => [['idleTimeout: 350', `drain: ${n}`]],
    allowed: 3600,
    refused: 3601,
  },
  'aws.tagsPerResource': {
    // Six tags are the router's own, and one stands at the top of the inventory.
    edit: (n) => [
      ['      cost-center: "4711"\n', Array.from({ length: n - 7 }, (_, index) => `      tag-${index}: x\n`).join('')],
    ],
    allowed: 50,
    refused: 51,
  },
  'aws.tagKeyLength': { edit: (n) => [['team: data', `${text(n)}: data`]], allowed: 128, refused: 129 },
  'aws.tagValueLength': { edit: (n) => [['data-platform', text(n)]], allowed: 256, refused: 257 },
  'azure.forwarderMemory': {
    edit: (n) => [['size: Standard_D2s_v5', `size: ${n < 1 ? 'Standard_B1ls' : 'Standard_B1s'}`]],
    allowed: 1,
    refused: 0.5,
    base: VALID_AZURE,
  },
  'azure.natAddressesPerPrivateLinkService': {
    base: VALID_AZURE,
    edit: (n) => [['natAddresses: 2', `natAddresses: ${n}`]],
    allowed: 8,
    refused: 9,
  },
  'azure.idleTimeoutMin': {
    base: VALID_AZURE,
    edit: (n) => [
      ['crm: crm-eu.corp.example:3306', `crm: { host: crm-eu.corp.example, port: 3306, idleTimeout: ${n} }`],
    ],
    allowed: 240,
    refused: 239,
  },
  'azure.idleTimeoutMax': {
    base: VALID_AZURE,
    edit: (n) => [['idleTimeout: 36000', `idleTimeout: ${n}`]],
    allowed: 86_400,
    refused: 86_401,
  },
  'azure.maxConnectionsMax': {
    base: VALID_AZURE,
    edit: (n) => [['idleTimeout: 36000', `maxConnections: ${n}`]],
    allowed: 28_232,
    refused: 28_233,
  },
  'azure.instancesPerScaleSet': {
    base: VALID_AZURE,
    edit: (n) => [['instances: 3', `instances: ${n}`]],
    allowed: 100,
    refused: 101,
  },
  'azure.resourceGroupNameLength': {
    base: VALID_AZURE,
    edit: (n) => [['resourceGroupName: rg-plr', `resourceGroupName: ${text(n)}`]],
    allowed: 90,
    refused: 91,
  },
  'azure.tagsPerResource': {
    base: VALID_AZURE,
    // Six tags are the router's own, and one stands at the top of the inventory.
    edit: (n) => [
      ['      cost-center: "4711"\n', Array.from({ length: n - 7 }, (_, index) => `      tag-${index}: x\n`).join('')],
    ],
    allowed: 50,
    refused: 51,
  },
  'azure.tagNameLength': {
    base: VALID_AZURE,
    edit: (n) => [['cost-center', text(n)]],
    allowed: 512,
    refused: 513,
  },
  'azure.tagValueLength': {
    base: VALID_AZURE,
    edit: (n) => [['"4711"', text(n)]],
    allowed: 256,
    refused: 257,
  },
};

const ten = (shards: number, limits: Router['limits']): Router =>
  router({ targets: targets('t', shards * 10), limits });

const azureTen = (shards: number, limits: Router['limits']): AzureRouter =>
  azureRouter({ targets: azureTargets('t', shards * 10), limits });

/** A router whose name is longer than any name in the cloud may be. */
const LONG = azureRouter({ name: 'r'.repeat(100), targets: azureTargets('t', 1) });

/** For each row that the planner holds: what shows it. */
const PLANNED: Partial<Record<LimitId, (value: number) => void>> = {
  'databricks.endpointsPerRegion': (value) => {
    expect(codes(ten(2, { endpointsUsed: value - 2 }))).toEqual([]);
    expect(codes(ten(2, { endpointsUsed: value - 1 }))).toEqual(['PLR2401']);
    expect(codes(ten(2, { endpointsUsed: value - 1, endpointsPerRegion: value + 1 }))).toEqual([]);
  },
  'aws.loadBalancersPerRegion': (value) => {
    expect(codes(ten(2, { loadBalancersUsed: value - 2 }))).toEqual([]);
    expect(codes(ten(2, { loadBalancersUsed: value - 1 }))).toEqual(['PLR2402']);
    expect(codes(ten(2, { loadBalancersUsed: value - 1, loadBalancersPerRegion: value + 1 }))).toEqual([]);
  },
  'aws.targetGroupsPerRegion': (value) => {
    expect(codes(ten(1, { targetGroupsUsed: value - 10 }))).toEqual([]);
    expect(codes(ten(1, { targetGroupsUsed: value - 9 }))).toEqual(['PLR2403']);
    expect(codes(ten(1, { targetGroupsUsed: value - 9, targetGroupsPerRegion: value + 1 }))).toEqual([]);
  },
  'databricks.domainsPerRule': (value) => {
    const { lock, plan } = accept(router({ targets: targets('t', value + 1) }));
    expect(plan.routers[0]?.shards.map(({ domains }) => domains.length)).toEqual([value, 1]);
    expect(places(lock)[`t-${value}`]).toMatch(/^s2:/);
  },
  'aws.listenersPerLoadBalancer': (value) => {
    const shared = { domains: ['db.example'] } as const;
    expect(codes(router({ targets: targets('t', value, shared) }))).toEqual([]);
    expect(codes(router({ targets: targets('t', value + 1, shared) }))).toEqual(['PLR2301']);
  },
  'aws.nameLength': (value) => {
    const [shard] = awsShards(accept(router({ name: 'r'.repeat(63), targets: targets('t'.repeat(60), 1) })));
    expect(shard?.loadBalancerName).toHaveLength(value);
    expect(shard?.listeners[0]?.backends[0].targetGroupName).toHaveLength(value);
  },
  'aws.securityGroupNameLength': (value) => {
    const [shard] = awsShards(accept(router({ name: 'r'.repeat(300), targets: targets('t', 1) })));
    expect(shard?.securityGroupName).toHaveLength(value);
  },
  'databricks.endpointsPerRegionAzure': (value) => {
    expect(codes(azureTen(2, { endpointsUsed: value - 2 }))).toEqual([]);
    expect(codes(azureTen(2, { endpointsUsed: value - 1 }))).toEqual(['PLR2401']);
    expect(codes(azureTen(2, { endpointsUsed: value - 1, endpointsPerRegionAzure: value + 1 }))).toEqual([]);
  },
  'databricks.domainsPerRuleAzure': (value) => {
    const domains = (limits: AzureRouter['limits']): readonly number[] =>
      azureOf(accept(azureRouter({ targets: azureTargets('t', value + 1), limits }))).shards.map(
        (shard) => shard.domains.length,
      );
    expect(domains({})).toEqual([value, 1]);
    expect(domains({ domainsPerRuleAzure: value + 1 })).toEqual([value + 1]);
  },
  'azure.rulesPerNetworkInterface': (value) => {
    // One rule is the scale set's own.
    const shared = { domains: ['db.example'] } as const;
    expect(codes(azureRouter({ targets: azureTargets('t', value - 1, shared) }))).toEqual(['PLR2531']);
    expect(codes(azureRouter({ targets: azureTargets('t', value, shared) }))).toEqual(['PLR2301']);
  },
  'azure.privateLinkServicesPerLoadBalancer': (value) => {
    const pools = (shards: number): number => azureOf(accept(azureTen(shards, {}))).pools.length;
    expect([pools(value), pools(value + 1)]).toEqual([1, 2]);
  },
  'azure.privateLinkServicesPerSubscription': (value) => {
    expect(codes(azureTen(2, { privateLinkServicesUsed: value - 2 }))).toEqual([]);
    expect(codes(azureTen(2, { privateLinkServicesUsed: value - 1 }))).toEqual(['PLR2404']);
  },
  'azure.nameLength': (value) => {
    const { pools, shards, names } = azureOf(accept(LONG));
    const of = [pools[0]?.loadBalancerName, pools[0]?.securityGroupName, shards[0]?.privateLinkServiceName];
    for (const name of [...of, names.natGateway, names.publicIp]) expect(name).toHaveLength(value);
  },
  'azure.scaleSetNameLength': (value) => {
    const { pools, names } = azureOf(accept(LONG));
    for (const name of [pools[0]?.scaleSetName, names.virtualNetwork]) expect(name).toHaveLength(value);
  },
  'azure.computerNamePrefixLength': (value) => {
    expect(azureOf(accept(LONG)).pools[0]?.computerNamePrefix).toHaveLength(value);
  },
};

/** For each row whose excess the planner warns of: what shows it. */
const WARNED: Partial<Record<LimitId, (value: number) => void>> = {
  'terraform.targetsPerRouter': (value) => {
    const spread = (number: number, limits: Router['limits'] = {}): Router => ({
      ...router({ limits }),
      targets: targets('t', number).map((one, index) => ({
        ...one,
        domains: [`d${Math.floor(index / 50)}.corp.example`],
      })),
    });
    expect(codes(spread(value))).toEqual([]);
    expect(codes(spread(value + 1))).toEqual(['PLR2541']);
    expect(codes(spread(value + 1, { targetsPerRouter: value + 1 }))).toEqual([]);
    expect(codes(spread(20, { targetsPerRouter: 19 }))).toEqual(['PLR2541']);
  },
};

/** The preconditions that the Terraform of a router holds, as text. */
function preconditions(one: Router): string {
  const outdir = mkdtempSync(join(tmpdir(), 'plr-limits-'));
  try {
    synthesize(accept(one).plan, outdir);
    const json = readFileSync(join(outdir, 'stacks', one.name, 'cdk.tf.json'), 'utf8');
    const found: unknown[] = [];
    JSON.parse(json, (key, value) => {
      if (key === 'precondition') found.push(value);
      return value;
    });
    return JSON.stringify(found);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

describe('each row of the table', () => {
  it('is held by somebody who is tested here, or says that it is only documented', () => {
    const held: Record<string, readonly string[]> = {
      check: Object.keys(CHECKED),
      planner: Object.keys(PLANNED),
      warning: Object.keys(WARNED),
      terraform: LIMITS.filter(({ enforcedBy }) => enforcedBy === 'terraform').map(({ id }) => id),
      report: LIMITS.filter(({ enforcedBy }) => enforcedBy === 'report').map(({ id }) => id),
      documented: LIMITS.filter(({ enforcedBy }) => enforcedBy === 'documented').map(({ id }) => id),
    };
    for (const { id, enforcedBy } of LIMITS) expect(held[enforcedBy], `${id}, ${enforcedBy}`).toContain(id);
    expect(Object.values(held).flat()).toHaveLength(LIMITS.length);
  });

  it.each([VALID, VALID_AZURE])('starts from an inventory without errors', (base) => {
    expect(errorsOf(base)).toEqual([]);
  });

  it.each(Object.entries(CHECKED))('%s is held by check', (id, { base = VALID, edit, allowed, refused }) => {
    const { value } = limit(id as LimitId);
    expect([allowed, refused], 'the numbers tried are around the limit').toContain(value);
    expect(errorsOf(edited(base, edit(allowed)))).toEqual([]);
    const errors = errorsOf(edited(base, edit(refused)));
    expect(errors.length, errors.join('\n')).toBe(1);
  });

  it.each(Object.entries(PLANNED))('%s is held by the planner', (id, show) => {
    show(limit(id as LimitId).value);
  });

  it.each(Object.entries(WARNED))('%s is warned of by the planner', (id, show) => {
    show(limit(id as LimitId).value);
  });

  const terraform = LIMITS.filter(({ enforcedBy }) => enforcedBy === 'terraform');

  it.each(terraform.filter(({ adjustable }) => !adjustable).map(({ id }) => id))(
    '%s is held by a precondition',
    (id) => {
      const { value, cloud } = limit(id);
      expect(cloud).toBe('azure');
      const plain = preconditions(azureRouter({ targets: azureTargets('t', 1) }));
      expect(plain).toMatch(new RegExp(`<= ${value}\\b`));
    },
  );

  it.each(terraform.filter(({ adjustable }) => adjustable).map(({ id }) => id))(
    '%s is held by a precondition, also where it was raised',
    (id) => {
      const { value } = limit(id);
      const key = raiseKey(id);
      const plain = preconditions(router({ targets: targets('t', 1) }));
      expect(plain).toContain(key);
      expect(plain).toMatch(new RegExp(`<= ${value}\\b`));
      const raised = preconditions(router({ targets: targets('t', 1), limits: { [key]: 7777 } }));
      expect(raised).toMatch(/<= 7777\b/);
    },
  );
});
