import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { shardTargets } from '../../src/constructs';
import { PRESETS } from '../../src/inventory';
import { LIMITS, raiseKey } from '../../src/limits';
import { EMPTY_LOCK } from '../../src/lock';
import { MODULES, type ModuleInput } from '../../src/modules';
import { moduleJson } from '../../src/modules/main-json';
import { renderVariables } from '../../src/modules/variables';
import { emitInto } from '../support/emit';
import { awsRouter } from '../terraform/support/emission';
import { describeWith } from '../terraform/support/gate';
import { attributes as attributesWithDefaults, camel, keysAt, schemaAt } from './support/inventory-keys';
import { Terraform } from './support/terraform';

const definition = (() => {
  const found = MODULES.find(({ name }) => name === 'aws-privatelink-router');
  if (found === undefined) throw new Error('there is no AWS module');
  return found;
})();

/** The attributes of an object type at one depth of indentation: the outermost object's is 1. */
function attributes(type: string, depth: number): readonly string[] {
  return [...attributesWithDefaults(type, depth).keys()];
}

function input(name: string): ModuleInput {
  const found = definition.inputs.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no input ${name}`);
  return found;
}

/** Keys of the inventory that the module has not, each with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'routers.*.databricks': "the provider databricks is the caller's, and another module uses it",
  'routers.*.azure': 'the module is for AWS',
  'routers.*.ncc': 'the databricks module has it',
  'routers.*.portStrategy': 'no lock keeps ports; the order of the list does',
  'routers.*.dns': 'Terraform resolves, or addresses are given',
  'routers.*.resolvers': 'nothing is resolved outside Terraform',
  'routers.*.teardown': 'deletion_protection is a variable, and terraform destroy does the rest',
  'routers.*.shards': 'a module is one shard',
  'routers.*.aws': 'its keys are inputs of their own',
  'routers.*.aws.accountId': "the provider is the caller's",
  'routers.*.aws.profile': "the provider is the caller's",
  'routers.*.aws.assumeRole': "the provider is the caller's",
  'routers.*.maxConnections': 'it is of forwarders, on Azure',
  'routers.*.targets.*.renamedFrom': 'moved blocks are the caller’s',
  'routers.*.targets.*.hosts': 'a target of a module has one host',
  'routers.*.targets.*.backup': 'it is of forwarders, on Azure',
  'routers.*.targets.*.domains': 'a target of a module has one domain',
  'routers.*.targets.*.shard': 'a module is one shard',
  'routers.*.targets.*.maxConnections': 'it is of forwarders, on Azure',
  'routers.*.targets.*.route': 'there is one',
  'routers.*.targets.*.path': 'a module for AWS has no forwarders, and each target a port of its own',
  'routers.*.targets.*.tls': 'a module for AWS has no forwarders, and each target a port of its own',
  'routers.*.targets.*.dns': 'Terraform resolves, or addresses are given',
  'routers.*.targets.*.owner': 'a module has tags for all of its targets alone',
  'routers.*.targets.*.description': 'a module has tags for all of its targets alone',
  'routers.*.targets.*.tags': 'a module has tags for all of its targets alone',
};

describe('the inputs of the AWS module', () => {
  it('are named as in the inventory, and have its defaults', () => {
    for (const { name, inventory, ...given } of definition.inputs) {
      if (inventory === undefined) continue;
      const schema = schemaAt(inventory);
      expect(schema, inventory).toBeDefined();
      const key = inventory.split('.').at(-1) ?? '';
      if (key !== '*') expect(camel(name)).toBe(key);
      const known = schema?.default;
      if (known !== undefined && known !== 'per-target') expect([name, given.default]).toEqual([name, known]);
    }
    expect(input('domains').default).toEqual({});
    expect(schemaAt('routers.*.domains')?.default).toBe('per-target');
  });

  it('are everything that the inventory has, or the reason is known', () => {
    const has = new Set(definition.inputs.map(({ inventory }) => inventory));
    const paths = [
      ...keysAt('routers.*').map((key) => `routers.*.${key}`),
      ...keysAt('routers.*.aws').map((key) => `routers.*.aws.${key}`),
    ];
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !has.has(path) && LEFT_OUT[path] === undefined)).toEqual([]);
    expect(paths.filter((path) => has.has(path) && LEFT_OUT[path] !== undefined)).toEqual([]);
  });

  it('have the attributes of a target, with its names and defaults', () => {
    const own = ['name', 'addresses', 'target_group_name', 'listener_port'];
    const names = attributes(input('targets').type, 1);
    const keys = keysAt('routers.*.targets.*');
    expect(names.filter((name) => !own.includes(name) && !keys.includes(camel(name)))).toEqual([]);
    expect(keys).toContain('listenPort');
    const missing = keys.filter((key) => key !== 'listenPort' && !names.map(camel).includes(key));
    expect(missing.filter((key) => LEFT_OUT[`routers.*.targets.*.${key}`] === undefined)).toEqual([]);
    expect(input('targets').type).toMatch(/enabled += optional\(bool, true\)/);
    expect(schemaAt('routers.*.targets.*.enabled')?.default).toBe(true);
    // A network load balancer sends the address that it probes.
    const check = keysAt('routers.*.targets.*.healthCheck').filter((key) => key !== 'host');
    expect(attributes(input('targets').type, 2).map(camel)).toEqual(check);
    expect(attributes(input('health_check').type, 1).map(camel)).toEqual(check);
  });
});

describe('the limits of the AWS module', () => {
  it('are those that only Terraform can hold, with the values of the table', () => {
    const held = LIMITS.filter(
      ({ cloud, adjustable, enforcedBy }) => cloud === 'aws' && adjustable && enforcedBy === 'terraform',
    );
    expect(held.length).toBeGreaterThan(1);
    const { type } = input('limits');
    expect(attributes(type, 1).map(camel).sort()).toEqual([...held.map(({ id }) => raiseKey(id)), 'regions'].sort());
    for (const { id, value } of held) {
      const [, given] =
        new RegExp(
          `${raiseKey(id).replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} += optional\\(number, (\\d+)\\)`,
        ).exec(type) ?? [];
      expect([id, Number(given)]).toEqual([id, value]);
    }
  });
});

/** A router as an inventory writes it and as a caller of the module does. */
interface Sample {
  readonly name: string;
  readonly vpcId: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly shared?: string;
  readonly tuning: Readonly<Record<string, unknown>>;
  readonly targets: readonly Readonly<Record<string, unknown>>[];
}

const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 17, maxLength: 17 });
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/);
const absent = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

const check = fc
  .record(
    {
      port: fc.integer({ min: 1, max: 65535 }),
      interval: fc.integer({ min: 30, max: 300 }),
      timeout: fc.integer({ min: 2, max: 10 }),
      healthyThreshold: fc.integer({ min: 2, max: 10 }),
      unhealthyThreshold: fc.integer({ min: 2, max: 10 }),
    },
    { requiredKeys: [] },
  )
  .chain((numbers) =>
    fc
      .constantFrom(
        {},
        { protocol: 'TCP' },
        { protocol: 'HTTP', path: '/up' },
        { protocol: 'HTTPS', matcher: '200,302' },
      )
      .map((words) => ({ ...numbers, ...words })),
  );

const tuning = fc.record(
  {
    idleTimeout: fc.integer({ min: 60, max: 6000 }),
    drain: fc.integer({ min: 0, max: 3600 }),
    healthCheck: check,
  },
  { requiredKeys: [] },
);

const target = fc.record({
  name,
  tuning,
  preset: absent(fc.constantFrom(...PRESETS.keys())),
  port: fc.integer({ min: 1, max: 65535 }),
  asksPort: fc.boolean(),
  literal: fc.boolean(),
  domain: absent(fc.constantFrom('one.acme-data.com', 'Two.acme-data.com', 'three.acme-data.com.')),
  enabled: fc.boolean(),
});

const sample: fc.Arbitrary<Sample> = fc
  .record({
    name,
    vpcId: hex.map((digits) => `vpc-${digits}`),
    tags: fc.constantFrom({}, { team: 'data' }, { Name: 'own', 'managed-by': 'us' }),
    shared: absent(fc.constant('all.acme-data.com')),
    tuning,
    targets: fc.uniqueArray(target, { minLength: 1, maxLength: 6, selector: (one) => one.name }),
  })
  .map(({ shared, targets, ...router }) => ({
    ...router,
    ...(shared === undefined ? {} : { shared }),
    targets: targets.map((one, index) => ({
      name: one.name,
      host: one.literal ? `10.0.${index}.1` : `Host-${index}.acme-data.com`,
      ...(one.preset === undefined || one.asksPort ? { port: one.port } : {}),
      ...(one.preset === undefined ? {} : { preset: one.preset }),
      ...(one.domain === undefined && one.literal && shared === undefined
        ? { domain: `literal-${index}.acme-data.com` }
        : one.domain === undefined
          ? {}
          : { domain: one.domain }),
      enabled: one.enabled,
      ...one.tuning,
    })),
  }));

const snake = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(snake);
  if (typeof value !== 'object' || value === null) return value;
  const words = (key: string): string => key.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [words(key), snake(item)]));
};

const SUBNETS = ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'];

/** What the planner makes of it: the first shard of a router without an environment, every port as the module has it. */
function planned(folder: string, { name: router, vpcId, tags, shared, tuning: own, targets }: Sample): unknown {
  const entries = targets.map(({ name: key, ...rest }, index) => [key, { ...rest, listenPort: 10000 + index }]);
  const document = {
    version: 1,
    databricks: { accountId: '7a99b43c-b46c-432b-b0a7-814217701909' },
    routers: {
      [router]: {
        aws: { accountId: '123456789012', region: 'us-east-2', vpcId, subnetIds: SUBNETS },
        ncc: { name: 'analytics', workspaceIds: [] },
        tags,
        ...(shared === undefined ? {} : { domains: { shared } }),
        ...own,
        targets: Object.fromEntries(entries),
      },
    },
  };
  const [shard] = awsRouter(emitInto(folder, { document, lock: EMPTY_LOCK }).plan).shards;
  if (shard === undefined) throw new Error('the router has no shard');
  return {
    targets: shardTargets(shard),
    domains: shard.domains,
    load_balancer_name: shard.loadBalancerName,
    security_group_name: shard.securityGroupName,
  };
}

/** The part of the module that needs no provider, with what it computes as an output. */
function computing(): Readonly<Record<string, string>> {
  const { locals } = moduleJson(definition) as { readonly locals: Readonly<Record<string, unknown>> };
  const wanted = ['targets', 'domains', 'load_balancer_name', 'security_group_name'];
  const needed = ['presets', 'no_preset', 'slots', 'health_checks', 'enabled_domains', ...wanted];
  const output = { value: Object.fromEntries(wanted.map((key) => [key, `\${local.${key}}`])) };
  return {
    'main.tf.json': JSON.stringify({
      locals: Object.fromEntries(needed.map((key) => [key, locals[key]])),
      output: { computed: output },
    }),
    'variables.tf': renderVariables(definition.inputs),
  };
}

describeWith(['terraform'], 'what the AWS module computes', () => {
  const terraform = new Terraform([]);
  const scratch = mkdtempSync(join(tmpdir(), 'plr-aws-module-'));
  afterAll(() => {
    terraform.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is what the planner decides: names, targets, health checks, domains, defaults', () => {
    const samples = fc.sample(sample, { numRuns: 25, seed: 20261121 });
    const calls = samples.map(({ name: router, vpcId, tags, shared, tuning: own, targets }) => ({
      name: router,
      vpc_id: vpcId,
      tags,
      domains: shared === undefined ? {} : { shared },
      ...(snake(own) as object),
      targets: snake(targets),
    }));
    const module = terraform.root(computing());
    const blocks = calls.map((given, index) => [
      `sample_${index}`,
      [{ source: module, region: 'us-east-2', subnet_ids: SUBNETS, ...given }],
    ]);
    const outputs = calls.map((_, index) => [`sample_${index}`, { value: `\${module.sample_${index}.computed}` }]);
    const root = terraform.root({
      'main.tf.json': JSON.stringify({ module: Object.fromEntries(blocks), output: Object.fromEntries(outputs) }),
    });
    terraform.must(root, 'init', '-input=false');
    terraform.must(root, 'apply', '-auto-approve', '-input=false');
    const computed = JSON.parse(terraform.must(root, 'output', '-json')) as Record<string, { value: unknown }>;
    for (const [index, given] of samples.entries()) {
      const expected = planned(join(scratch, `sample-${index}`), given);
      expect(computed[`sample_${index}`]?.value, JSON.stringify(given)).toMatchObject(
        JSON.parse(JSON.stringify(expected)),
      );
    }
  });
});

describeWith(['terraform', 'providers'], "the AWS module's own tests", () => {
  const terraform = new Terraform(['aws', 'dns']);
  afterAll(() => terraform.remove());

  it('pass with mocked providers and without credentials', () => {
    const folder = join(terraform.modules(), definition.name);
    terraform.must(folder, 'init', '-input=false');
    const { code, output } = terraform.run(folder, 'test', '-no-color');
    expect(code, output).toBe(0);
    expect(output).toMatch(/Success! \d{2,} passed, 0 failed\./);
  });
});
