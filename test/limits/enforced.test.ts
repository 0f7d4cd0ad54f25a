import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadInventory } from '../../src/inventory';
import { LIMITS, type LimitId, limit, raiseKey } from '../../src/limits';
import type { Router } from '../../src/model';
import { synthesize } from '../../stacks';
import { edited, VALID } from '../corpus/mistake';
import { accept, awsShards, codes, places, router, targets } from '../planner/support';

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

/** For each row that the checks hold: how an inventory comes to a number, and the numbers that are and are not allowed. */
const CHECKED: Partial<Record<LimitId, { edit: (number: number) => Edits; allowed: number; refused: number }>> = {
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
    edit: (n) => [['idleTimeout: 350', `deregistrationDelay: ${n}`]],
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
};

const ten = (shards: number, limits: Router['limits']): Router =>
  router({ targets: targets('t', shards * 10), limits });

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
    const shared = { domain: 'db.example' };
    expect(codes(router({ targets: targets('t', value, shared) }))).toEqual([]);
    expect(codes(router({ targets: targets('t', value + 1, shared) }))).toEqual(['PLR2301']);
  },
  'aws.nameLength': (value) => {
    const [shard] = awsShards(accept(router({ name: 'r'.repeat(63), targets: targets('t'.repeat(60), 1) })));
    expect(shard?.loadBalancerName).toHaveLength(value);
    expect(shard?.listeners[0]?.targetGroupName).toHaveLength(value);
  },
  'aws.securityGroupNameLength': (value) => {
    const [shard] = awsShards(accept(router({ name: 'r'.repeat(300), targets: targets('t', 1) })));
    expect(shard?.securityGroupName).toHaveLength(value);
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
      terraform: LIMITS.filter(({ enforcedBy }) => enforcedBy === 'terraform').map(({ id }) => id),
      documented: LIMITS.filter(({ enforcedBy }) => enforcedBy === 'documented').map(({ id }) => id),
    };
    for (const { id, enforcedBy } of LIMITS) expect(held[enforcedBy], `${id}, ${enforcedBy}`).toContain(id);
    expect(Object.values(held).flat()).toHaveLength(LIMITS.length);
  });

  it('starts from an inventory without errors', () => {
    expect(errorsOf(VALID)).toEqual([]);
  });

  it.each(Object.entries(CHECKED))('%s is held by check', (id, { edit, allowed, refused }) => {
    const { value } = limit(id as LimitId);
    expect([allowed, refused], 'the numbers tried are around the limit').toContain(value);
    expect(errorsOf(edited(VALID, edit(allowed)))).toEqual([]);
    const errors = errorsOf(edited(VALID, edit(refused)));
    expect(errors.length, errors.join('\n')).toBe(1);
  });

  it.each(Object.entries(PLANNED))('%s is held by the planner', (id, show) => {
    show(limit(id as LimitId).value);
  });

  it.each(LIMITS.filter(({ enforcedBy }) => enforcedBy === 'terraform').map(({ id }) => id))(
    '%s is held by a precondition',
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
