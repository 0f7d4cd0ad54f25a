import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasZones, LOCATIONS, PRESETS } from '../../src/inventory';
import { EMPTY_LOCK } from '../../src/lock';
import { MODULES, writeModules } from '../../src/modules';
import { azureModule } from '../../src/modules/azure';
import { moduleJson } from '../../src/modules/main-json';
import { renderVariables } from '../../src/modules/variables';
import { CA_CERTIFICATE, SIGNING_KEY } from '../corpus/trust';
import { emitInto } from '../support/emit';
import { describeWith } from '../terraform/support/gate';
import { GOOD } from './support/azure-calls';
import { publicKey } from './support/azure-mistakes';
import { attributes, camel, keysAt, schemaAt, snake } from './support/inventory-keys';
import { Terraform } from './support/terraform';

/** Keys of the inventory that the module has not, each with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'routers.*.databricks': "the provider databricks is the caller's, and another module uses it",
  'routers.*.aws': 'the module is for Azure',
  'routers.*.azure': 'its keys are inputs of their own',
  'routers.*.ncc': 'the databricks module has it',
  'routers.*.portStrategy': 'no lock keeps ports; the order of the list does',
  'routers.*.dns': 'the forwarder resolves, always',
  'routers.*.teardown': 'there is no protection to take off, and terraform destroy does the rest',
  'routers.*.shards': 'a module is one shard',
  'routers.*.deletionProtection': 'prevent_destroy takes no variable; a lock of Azure does it from outside',
  'routers.*.deregistrationDelay': 'the former name of drain, which the module never had',
  'routers.*.azure.subscriptionId': "the provider is the caller's",
  'routers.*.azure.tenantId': "the provider is the caller's",
  'routers.*.azure.network': 'the caller makes its network',
  'routers.*.azure.loadBalancing': 'what one shard has fits rules of its own for each target',
  'routers.*.targets.*.renamedFrom': 'no address carries the name of a target',
  'routers.*.targets.*.hosts': 'a target of a module has one host',
  'routers.*.targets.*.backup': 'a target of a module has one host',
  'routers.*.targets.*.domains': 'a target of a module has one domain',
  'routers.*.targets.*.shard': 'a module is one shard',
  'routers.*.targets.*.route': 'there is one',
  'routers.*.targets.*.path': 'each target of a module has a port of its own',
  'routers.*.targets.*.tls': 'each target of a module has a port of its own',
  'routers.*.targets.*.dns': 'the forwarder resolves, always',
  'routers.*.targets.*.deregistrationDelay': 'the former name of drain, which the module never had',
  'routers.*.targets.*.securityGroupIds': 'they are of AWS',
  'routers.*.targets.*.owner': 'nothing that the module makes is one target’s alone',
  'routers.*.targets.*.description': 'nothing that the module makes is one target’s alone',
  'routers.*.targets.*.tags': 'they are of AWS',
};

function input(name: string) {
  const found = azureModule.inputs.find((one) => one.name === name);
  if (found === undefined) throw new Error(`there is no input ${name}`);
  return found;
}

describe('the inputs of the Azure module', () => {
  it('are named as in the inventory, and have its defaults', () => {
    for (const { name, inventory, ...given } of azureModule.inputs) {
      if (inventory === undefined) continue;
      const schema = schemaAt(inventory);
      expect(schema, inventory).toBeDefined();
      expect(camel(name)).toBe(inventory.split('.').at(-1));
      const known = schema?.default;
      if (known !== undefined && known !== 'per-target') expect([name, given.default]).toEqual([name, known]);
    }
    expect(input('domains').default).toEqual({});
    expect(schemaAt('routers.*.domains')?.default).toBe('per-target');
  });

  it('are everything that the inventory has, or the reason is known', () => {
    const has = new Set(azureModule.inputs.map(({ inventory }) => inventory));
    const paths = [
      ...keysAt('routers.*').map((key) => `routers.*.${key}`),
      ...keysAt('routers.*.azure').map((key) => `routers.*.azure.${key}`),
    ];
    expect(paths.length).toBeGreaterThan(20);
    expect(paths.filter((path) => !has.has(path) && LEFT_OUT[path] === undefined)).toEqual([]);
    expect(paths.filter((path) => has.has(path) && LEFT_OUT[path] !== undefined)).toEqual([]);
    expect(Object.keys(LEFT_OUT).filter((path) => schemaAt(path) === undefined)).toEqual([]);
  });

  it('have the attributes of a target, with its names and defaults', () => {
    const names = [...attributes(input('targets').type, 1).keys()];
    const keys = keysAt('routers.*.targets.*');
    expect(names.filter((name) => !keys.includes(camel(name)))).toEqual(['name', 'listener_port']);
    const missing = keys.filter((key) => !names.map(camel).includes(key) && key !== 'listenPort');
    expect(missing.filter((key) => LEFT_OUT[`routers.*.targets.*.${key}`] === undefined)).toEqual([]);
    expect(attributes(input('targets').type, 1).get('enabled')).toBe(
      String(schemaAt('routers.*.targets.*.enabled')?.default),
    );
    const check = keysAt('routers.*.targets.*.healthCheck');
    expect([...attributes(input('targets').type, 2).keys()].map(camel)).toEqual(check);
    expect([...attributes(input('health_check').type, 1).keys()].map(camel)).toEqual(check);
  });

  it('have the attributes of the forwarder, with its names and defaults', () => {
    const path = 'routers.*.azure.forwarder';
    const found = attributes(input('forwarder').type, 1);
    // In the inventory a mirror is a kind of egress, which no type of Terraform can say.
    const mirror = ['mirror', 'mirrorSigningKey', 'mirrorCaCertificate'];
    // A stack's lock remembers what its scale sets began with; a module has no lock.
    const remembered = 'acceleratedNetworking';
    expect([...found.keys()].map(camel).sort()).toEqual([...keysAt(path), ...mirror, remembered].sort());
    for (const [name, given] of found) {
      const known = name.startsWith('mirror') ? undefined : schemaAt(`${path}.${camel(name)}`)?.default;
      expect([name, given]).toEqual([name, known === undefined ? undefined : JSON.stringify(known)]);
    }
    const inner = [...attributes(input('forwarder').type, 2).keys()].map(camel);
    // A name that two of them have is there once.
    const parts = ['image', 'ssh', 'maintenance', 'metrics'].flatMap((part) => keysAt(`${path}.${part}`));
    expect(inner.sort()).toEqual([...new Set(parts)].sort());
  });
});

const absent = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,62}$/);
const given = (record: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));

const check = fc
  .record({
    port: absent(fc.integer({ min: 1, max: 65535 })),
    interval: fc.integer({ min: 30, max: 300 }),
    timeout: absent(fc.integer({ min: 2, max: 30 })),
    healthyThreshold: absent(fc.integer({ min: 2, max: 10 })),
    words: fc.constantFrom(
      {},
      { protocol: 'TCP' },
      { protocol: 'HTTP', path: '/up' },
      { protocol: 'HTTPS', matcher: '200,302', host: 'Web.Acme-Data.com.' },
    ),
  })
  .map(({ words, ...numbers }) => given({ ...numbers, ...words }));

const tuning = fc
  .record({
    idleTimeout: absent(fc.integer({ min: 240, max: 86400 })),
    maxConnections: absent(fc.integer({ min: 1, max: 28_232 })),
    drain: absent(fc.integer({ min: 0, max: 3600 })),
    healthCheck: absent(check),
  })
  .map(given);

const target = fc.record({
  name,
  tuning,
  preset: absent(fc.constantFrom(...PRESETS.keys())),
  port: fc.integer({ min: 1, max: 65535 }),
  bears: fc.boolean(),
  literal: fc.boolean(),
  domain: absent(fc.constantFrom('one.acme-data.com', 'Two.acme-data.com', 'three.acme-data.com.')),
  enabled: fc.boolean(),
});

const IMAGE_ID =
  '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg/providers/Microsoft.Compute/images/plr';

type Mirror = string | { readonly url: string; readonly signingKey?: string; readonly caCertificate?: string };

const forwarder = fc
  .record({
    engine: fc.constant('haproxy'),
    instances: absent(fc.integer({ min: 1, max: 100 })),
    zones: absent(fc.constantFrom(['1'], ['3', '1'], [])),
    image: absent(
      fc.constantFrom<Readonly<Record<string, string>>>(
        { publisher: 'Debian', offer: 'debian-12', sku: '12-gen2' },
        { publisher: 'Canonical', offer: 'x', sku: 'server', version: '1.2.3' },
        { id: IMAGE_ID },
      ),
    ),
    ssh: absent(fc.constantFrom({ publicKey: publicKey() }, { publicKey: ` ${publicKey()}\n`, from: ['10.0.8.0/24'] })),
    mirror: absent(
      fc.constantFrom<Mirror>(
        'http://apt.acme-data.com:8080/ubuntu',
        'https://apt.acme-data.com',
        { url: 'https://apt.acme-data.com', signingKey: ` ${SIGNING_KEY.replaceAll('\n', '\r\n')}` },
        { url: 'https://apt.acme-data.com', signingKey: SIGNING_KEY, caCertificate: `${CA_CERTIFICATE}\n` },
      ),
    ),
    metrics: absent(fc.constant({ from: ['10.0.8.0/24', '192.168.0.0/16'] })),
    runCommand: absent(fc.boolean()),
  })
  .map(given);

const anything = fc.record({
  name,
  location: fc.constantFrom(...LOCATIONS),
  tags: fc.constantFrom({}, { team: 'data' }, { Name: 'own', 'managed-by': 'us' }),
  shared: absent(fc.constant('all.acme-data.com')),
  resolvers: fc.constantFrom([], ['10.0.0.2', '10.0.0.3:5353']),
  tuning,
  forwarder,
  targets: fc.uniqueArray(target, { minLength: 1, maxLength: 6, selector: (one) => one.name }).map((targets) =>
    targets.map(({ tuning: own, bears, literal, ...one }, i) => ({
      ...given({
        name: one.name,
        preset: one.preset,
        port: one.preset === undefined || bears ? one.port : undefined,
        host: literal ? `10.0.${i}.1` : `Host-${i}.acme-data.com.`,
        domain: one.domain ?? (literal ? `literal-${i}.acme-data.com` : undefined),
        enabled: one.enabled,
      }),
      ...own,
    })),
  ),
});

/** Zones are named only where there are some. */
const sample = anything.map((one) => {
  if (hasZones(one.location) !== false) return one;
  const { zones: _, ...machines } = one.forwarder;
  return { ...one, forwarder: machines };
});

type Sample = typeof sample extends fc.Arbitrary<infer T> ? T : never;

/** The locals of the stack that the program makes of it: a router without an environment, every port as the module has it. */
function stackOf(folder: string, given: Sample): Readonly<Record<(typeof COMPUTED)[number], unknown>> {
  const { mirror, zones, ...machines } = given.forwarder as { mirror?: Mirror; zones?: readonly string[] };
  const entries = given.targets.map(({ name: key, ...rest }: Readonly<Record<string, unknown>>, i) => [
    key,
    { ...rest, listenPort: 10000 + i },
  ]);
  const document = {
    version: 1,
    databricks: { accountId: '7a99b43c-b46c-432b-b0a7-814217701909' },
    routers: {
      [given.name]: {
        azure: {
          location: given.location,
          resourceGroupName: GOOD.resource_group_name,
          subnetId: GOOD.subnet_id,
          natSubnetId: GOOD.nat_subnet_id,
          forwarder: {
            ...machines,
            ...(zones === undefined ? {} : { zones }),
            ...(mirror === undefined ? {} : { egress: { mirror } }),
          },
        },
        ncc: { name: 'analytics', workspaceIds: ['1'] },
        tags: given.tags,
        resolvers: given.resolvers,
        ...(given.shared === undefined ? {} : { domains: { shared: given.shared } }),
        ...given.tuning,
        targets: Object.fromEntries(entries),
      },
    },
  };
  const { out, plan } = emitInto(folder, { document, lock: EMPTY_LOCK });
  const { locals } = JSON.parse(readFileSync(join(out, 'stacks', given.name, 'cdk.tf.json'), 'utf8'));
  const [router] = plan.routers;
  if (router?.cloud !== 'azure') throw new Error('there is no router of Azure');
  const [[pool], [shard]] = [router.pools, router.shards];
  const { image, ssh } = router.azure.forwarder;
  return {
    targets: Object.fromEntries(
      Object.entries(locals.p1_targets as Record<string, { shard: string }>).map(([key, { shard: _, ...rest }]) => [
        key,
        rest,
      ]),
    ),
    forwarder: locals.forwarder,
    tags: locals.tags,
    dialled: locals.connections,
    firewall_destinations: locals.firewall_destinations,
    domains: shard?.domains,
    zones: router.azure.forwarder.zones,
    image: { publisher: null, offer: null, sku: null, version: null, id: null, ...image },
    ssh_from: ssh?.from ?? [],
    nat_gateway_name: router.names.natGateway,
    public_ip_name: router.names.publicIp,
    pool_name: pool?.name,
    load_balancer_name: pool?.loadBalancerName,
    security_group_name: pool?.securityGroupName,
    scale_set_name: pool?.scaleSetName,
    computer_name_prefix: pool?.computerNamePrefix,
    shard_name: shard?.name,
    private_link_service_name: shard?.privateLinkServiceName,
  };
}

/** What both work out, by the local's name in the module. */
const COMPUTED = [
  'targets',
  'forwarder',
  'tags',
  'dialled',
  'firewall_destinations',
  'domains',
  'zones',
  'image',
  'ssh_from',
  'nat_gateway_name',
  'public_ip_name',
  'pool_name',
  'load_balancer_name',
  'security_group_name',
  'scale_set_name',
  'computer_name_prefix',
  'shard_name',
  'private_link_service_name',
] as const;

/** The same machines as the module takes them: a mirror's key and authority stand beside it. */
function moduleForwarder(machines: Readonly<Record<string, unknown>>): unknown {
  const { mirror, ...rest } = machines as { mirror?: Mirror };
  const all = typeof mirror === 'object' ? mirror : { url: mirror };
  const { url, signingKey, caCertificate } = all as Exclude<Mirror, string>;
  return snake(given({ ...rest, mirror: url, mirrorSigningKey: signingKey, mirrorCaCertificate: caCertificate }));
}

/** The part of the module that needs no provider, with what it computes as an output. */
function computing(): Readonly<Record<string, string>> {
  const { locals } = moduleJson(azureModule) as { readonly locals: Readonly<Record<string, unknown>> };
  const output = { value: Object.fromEntries(COMPUTED.map((key) => [key, `\${local.${key}}`])) };
  const bare = Object.entries(locals).filter(
    ([, value]) => !/azurerm_|templatefile|local\.(vm|nat)_subnet|local\.network_name/.test(JSON.stringify(value)),
  );
  return {
    'main.tf.json': JSON.stringify({ locals: Object.fromEntries(bare), output: { computed: output } }),
    'variables.tf': renderVariables(azureModule.inputs),
  };
}

describeWith(['terraform'], 'what the Azure module works out', () => {
  const terraform = new Terraform([]);
  const scratch = mkdtempSync(join(tmpdir(), 'plr-azure-module-'));
  afterAll(() => {
    terraform.remove();
    rmSync(scratch, { recursive: true, force: true });
  });

  it('is what the planner decides: names, targets, health checks, domains, zones, tags, what firewalls admit', () => {
    const samples = fc.sample(sample, { numRuns: 40, seed: 20261121 });
    const module = terraform.root(computing());
    const calls = samples.map(({ shared, tuning: own, forwarder: machines, targets, ...plain }) => ({
      ...GOOD,
      ...plain,
      domains: shared === undefined ? {} : { shared },
      ...(snake(own) as object),
      forwarder: moduleForwarder(machines),
      targets: snake(targets),
    }));
    const blocks = calls.map((given, i) => [`sample_${i}`, [{ source: module, ...given }]]);
    const outputs = calls.map((_, i) => [`sample_${i}`, { value: `\${module.sample_${i}.computed}` }]);
    const root = terraform.root({
      'main.tf.json': JSON.stringify({ module: Object.fromEntries(blocks), output: Object.fromEntries(outputs) }),
    });
    terraform.must(root, 'init', '-input=false');
    terraform.must(root, 'apply', '-auto-approve', '-input=false');
    const computed = JSON.parse(terraform.must(root, 'output', '-json')) as Record<string, { value: unknown }>;
    for (const [i, given] of samples.entries()) {
      const expected = stackOf(join(scratch, `sample-${i}`), given);
      expect(computed[`sample_${i}`]?.value, JSON.stringify(given)).toEqual(JSON.parse(JSON.stringify(expected)));
    }
  });
});

describeWith(['terraform', 'azure providers'], "the Azure module's own tests", () => {
  const terraform = new Terraform(['azurerm', 'databricks']);
  const folder = terraform.root();
  beforeAll(() => {
    writeModules(folder, MODULES);
  });
  afterAll(() => terraform.remove());

  it('pass with mocked providers and without credentials', () => {
    const module = join(folder, azureModule.name);
    terraform.must(module, 'init', '-input=false');
    const { code, output } = terraform.run(module, 'test', '-no-color');
    expect(code, output).toBe(0);
    const runs = readFileSync(join(module, 'tests', 'forwarder.tftest.hcl'), 'utf8').match(/^run "/gm) ?? [];
    expect(output).toContain(`Success! ${runs.length} passed, 0 failed.`);
  });

  it.each(['basic', 'complete'])(
    'has an example %s that is valid',
    (example) => {
      const root = join(folder, azureModule.name, 'examples', example);
      terraform.must(root, 'init', '-input=false');
      expect(terraform.must(root, 'validate', '-no-color')).toContain('The configuration is valid');
    },
    240_000,
  );
});
