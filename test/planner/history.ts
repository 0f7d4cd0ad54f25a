import fc from 'fast-check';
import {
  type AwsPlace,
  type AzurePlace,
  type Cloud,
  type Inventory,
  type LoadBalancing,
  type Lock,
  domainsOf as lockedNames,
  type Router,
  type Target,
} from '../../src/model';
import { moveTargets, releasePort } from '../../src/planner';
import { domainGroups } from '../../src/planner/domain-groups';
import { azurePlace, azureRouter, azureTargets, inventory, NOTHING, router, target } from './support';

/** What a user does to inventory and lock between two runs. */
export type Step =
  | {
      kind: 'add';
      names: number[];
      domain: number;
      port: number;
      enabled: boolean;
      listenPort?: number;
      synth: boolean;
    }
  | { kind: 'remove'; picks: number[] }
  | { kind: 'rename'; pick: number; name: number; keeps: boolean }
  | { kind: 'forgetRenames' }
  | { kind: 'enable'; pick: number; enabled: boolean }
  | { kind: 'host'; pick: number; host: number }
  | { kind: 'port'; pick: number; port: number }
  | { kind: 'domain'; pick: number; domain: number }
  | { kind: 'listenPort'; pick: number; listenPort?: number }
  | { kind: 'basePort'; basePort: number }
  | { kind: 'strategy'; preserve: boolean }
  | { kind: 'limits'; endpoints: number; used: number }
  | { kind: 'shuffle'; seed: number }
  | { kind: 'teardown'; shard: number; step: 'prepare' | 'destroy' | 'none' }
  | { kind: 'empty'; shard: number }
  | { kind: 'takeAway'; shard: number }
  | { kind: 'move'; pick: number; shard: number }
  | { kind: 'release'; pick: number }
  | { kind: 'subnets'; count: number; first: number }
  | { kind: 'vpc'; vpc: number }
  | { kind: 'location'; there: boolean }
  | { kind: 'natAddresses'; count: number }
  | { kind: 'engine'; nginx: boolean; instances: number }
  | { kind: 'protection'; on: boolean };

const PORTS = [5432, 1433, 10_001, 10_004];
const index = fc.noBias(fc.nat(2000));
const smallPort = fc.integer({ min: 10_000, max: 10_040 });
const batch = (most: number): fc.Arbitrary<number[]> => fc.array(index, { minLength: 1, maxLength: most, size: 'max' });
const optionalPort = fc.option(smallPort, { nil: undefined });

type Weighted = readonly (readonly [number, fc.Arbitrary<Step>])[];

/** @param most targets that one step adds at most @param shards the last that steps pick @param takes those that they take away @param endpoints the endpoints of a region that a step may state */
const anySteps = (
  most: number,
  shards: number,
  takes: readonly [number, number],
  endpoints: fc.Arbitrary<number>,
): Weighted => [
  [
    6,
    fc
      .tuple(batch(most), index, index, fc.boolean(), optionalPort, fc.boolean())
      .map(([names, domain, port, enabled, listenPort, synth]) => ({
        kind: 'add' as const,
        names,
        domain,
        port,
        enabled,
        synth,
        ...(listenPort === undefined || names.length > 1 ? {} : { listenPort }),
      })),
  ],
  [4, fc.array(index, { minLength: 1, maxLength: 15 }).map((picks) => ({ kind: 'remove' as const, picks }))],
  [3, fc.record({ kind: fc.constant('rename' as const), pick: index, name: index, keeps: fc.boolean() })],
  [1, fc.constant({ kind: 'forgetRenames' as const })],
  [2, fc.record({ kind: fc.constant('enable' as const), pick: index, enabled: fc.boolean() })],
  [2, fc.record({ kind: fc.constant('host' as const), pick: index, host: index })],
  [1, fc.record({ kind: fc.constant('port' as const), pick: index, port: index })],
  [4, fc.record({ kind: fc.constant('domain' as const), pick: index, domain: index })],
  [
    3,
    fc.tuple(index, optionalPort).map(([pick, listenPort]) => ({
      kind: 'listenPort' as const,
      pick,
      ...(listenPort === undefined ? {} : { listenPort }),
    })),
  ],
  [1, fc.record({ kind: fc.constant('basePort' as const), basePort: smallPort })],
  [1, fc.record({ kind: fc.constant('strategy' as const), preserve: fc.boolean() })],
  [1, fc.record({ kind: fc.constant('limits' as const), endpoints, used: fc.nat(3) })],
  [2, fc.record({ kind: fc.constant('shuffle' as const), seed: fc.nat() })],
  [
    4,
    fc.record({
      kind: fc.constant('teardown' as const),
      shard: fc.noBias(fc.nat(shards)),
      step: fc.constantFrom('prepare' as const, 'destroy' as const, 'none' as const),
    }),
  ],
  [6, fc.record({ kind: fc.constant('takeAway' as const), shard: fc.integer({ min: takes[0], max: takes[1] }) })],
  [1, fc.record({ kind: fc.constant('empty' as const), shard: fc.noBias(fc.nat(shards)) })],
  [6, fc.record({ kind: fc.constant('move' as const), pick: index, shard: fc.noBias(fc.nat(shards + 2)) })],
  [2, fc.record({ kind: fc.constant('release' as const), pick: index })],
  [4, fc.record({ kind: fc.constant('protection' as const), on: fc.boolean() })],
];

const awsSteps: Weighted = [
  ...anySteps(25, 4, [0, 2], fc.integer({ min: 3, max: 14 })),
  [
    6,
    fc.record({
      kind: fc.constant('subnets' as const),
      count: fc.integer({ min: 1, max: 3 }),
      first: fc.noBias(fc.nat(3)),
    }),
  ],
  [1, fc.record({ kind: fc.constant('vpc' as const), vpc: fc.nat(1) })],
];

const azureSteps: Weighted = [
  ...anySteps(100, 9, [2, 3], fc.integer({ min: 8, max: 30 })),
  [1, fc.record({ kind: fc.constant('location' as const), there: fc.boolean() })],
  [2, fc.record({ kind: fc.constant('natAddresses' as const), count: fc.integer({ min: 1, max: 8 }) })],
  [
    1,
    fc.record({
      kind: fc.constant('engine' as const),
      nginx: fc.boolean(),
      instances: fc.integer({ min: 1, max: 5 }),
    }),
  ],
];

/** Histories of a router of a cloud. */
export function steps(cloud: Cloud): fc.Arbitrary<Step[]> {
  const weighted = cloud === 'aws' ? awsSteps : azureSteps;
  return fc.array(fc.oneof(...weighted.map(([weight, arbitrary]) => ({ weight, arbitrary }))), {
    minLength: 25,
    maxLength: 70,
    size: 'max',
  });
}

/** Inventory and lock between two runs. */
export interface World {
  readonly router: Router;
  readonly lock: Lock;
}

/** What one step did, beside the new world: what it moved on purpose. */
export interface Stepped {
  readonly world: World;
  /** Targets whose place the step changed by `lock move`. */
  readonly moved: ReadonlySet<string>;
}

/** Enough to fill a pool: three domains with many targets, and 50 targets with a domain each. */
function many(number: number): readonly Target[] {
  return [
    ...[0, 1, 2].flatMap((domain) => azureTargets(`many-${domain}`, number, { domains: [`d${domain}.corp.example`] })),
    ...azureTargets('own', 50),
  ];
}

/** The start of a history, by what balances its load. */
export const START: Readonly<Record<'aws' | LoadBalancing, World>> = {
  aws: { router: router(), lock: NOTHING },
  'per-target': { router: azureRouter({ targets: many(70) }), lock: NOTHING },
  'ha-ports': {
    router: azureRouter({ targets: many(101), azure: azurePlace({ loadBalancing: 'ha-ports' }) }),
    lock: NOTHING,
  },
};

export function inventoryOf(world: World): Inventory {
  return inventory([world.router]);
}

const SUBNETS = ['a', 'b', 'c', 'd'].map((digit) => `subnet-0${digit}`);

/** Some of four subnets, in a circle: of two choices one may have more, fewer or others than the other one. */
function someSubnets(count: number, first: number): readonly string[] {
  return [...SUBNETS, ...SUBNETS].slice(first, first + count);
}

/** Fewer names on AWS, so that they come back; more on Azure, so that pools fill. */
const NAMES: Readonly<Record<Cloud, number>> = { aws: 90, azure: 700 };
const nameOf = ({ cloud }: Router, number: number): string => `t${number % NAMES[cloud]}`;
const domainOf = (number: number, name: string): string =>
  number % 3 === 0 ? `${name}.own.example` : `d${number % 14}.corp.example`;

/** Of one target in six, two of them. */
function domainsOf(number: number, name: string): Target['domains'] {
  const first = domainOf(number, name);
  const second = number % 6 === 1 ? domainOf(Math.floor(number / 7), name) : first;
  if (first === second) return [first];
  return first < second ? [first, second] : [second, first];
}

/** Applies a step as a user would; a step that makes no sense here leaves the world as it is. */
export function applyStep(world: World, step: Step): Stepped {
  const { router: before, lock } = world;
  const picked = (pick: number): Target | undefined => before.targets[pick % Math.max(before.targets.length, 1)];
  const change = (router: Router): Stepped => ({ world: { router, lock }, moved: new Set() });
  const changeTarget = (pick: number, edit: (target: Target) => Target): Stepped => {
    const chosen = picked(pick);
    return change({ ...before, targets: before.targets.map((one) => (one === chosen ? edit(one) : one)) });
  };
  const inAws = (edit: (aws: AwsPlace) => AwsPlace): Stepped =>
    change(before.cloud === 'aws' ? { ...before, aws: edit(before.aws) } : before);
  const inAzure = (edit: (azure: AzurePlace) => AzurePlace): Stepped =>
    change(before.cloud === 'azure' ? { ...before, azure: edit(before.azure) } : before);
  switch (step.kind) {
    case 'add':
      return change({ ...before, targets: [...before.targets, ...newTargets(before, step)] });
    case 'remove': {
      const gone = new Set(step.picks.map(picked));
      return change({ ...before, targets: before.targets.filter((one) => !gone.has(one)) });
    }
    case 'rename':
      return changeTarget(step.pick, (one) => renamed(before, one, step));
    case 'forgetRenames':
      return change({ ...before, targets: before.targets.map(({ renamedFrom: _, ...one }) => one) });
    case 'enable':
      return changeTarget(step.pick, (one) => ({ ...one, enabled: step.enabled }));
    case 'host':
      return changeTarget(step.pick, (one) => ({
        ...one,
        hosts: [{ name: `h${step.host}.corp.example`, literal: false }],
      }));
    case 'port':
      return changeTarget(step.pick, (one) => ({ ...one, port: PORTS[step.port % PORTS.length] ?? 5432 }));
    case 'domain':
      return changeTarget(step.pick, (one) => ({ ...one, domains: domainsOf(step.domain, one.name) }));
    case 'listenPort':
      return changeTarget(step.pick, ({ listenPort: _, ...one }) =>
        step.listenPort === undefined ? one : { ...one, listenPort: step.listenPort },
      );
    case 'basePort':
      return change({ ...before, basePort: step.basePort });
    case 'strategy':
      return change({ ...before, portStrategy: step.preserve ? 'preserve' : 'base-port' });
    case 'limits':
      return change({
        ...before,
        limits: {
          endpointsPerRegion: step.endpoints,
          endpointsPerRegionAzure: step.endpoints,
          endpointsUsed: step.used,
        },
      });
    case 'shuffle':
      return change({ ...before, targets: shuffled(before.targets, step.seed) });
    case 'teardown':
      return change(withTeardown(before, `s${step.shard + 1}`, step.step));
    case 'empty':
      return change(emptied(world, `s${step.shard + 1}`));
    case 'takeAway': {
      const key = `s${step.shard + 1}`;
      const entry = lock.routers[before.name];
      const empty = !Object.values(entry?.targets ?? {}).some(({ shard }) => shard === key);
      if (!empty) return change(emptied(world, key));
      return change(withTeardown(before, key, entry?.shards[key]?.state === undefined ? 'prepare' : 'destroy'));
    }
    case 'move':
      return moved(world, picked(step.pick), `s${step.shard + 1}`);
    case 'subnets':
      return inAws((aws) => ({ ...aws, subnetIds: someSubnets(step.count, step.first) }));
    case 'vpc':
      return inAws((aws) => ({ ...aws, vpcId: `vpc-0${step.vpc}` }));
    case 'location':
      return inAzure((azure) => ({ ...azure, location: step.there ? 'westeurope' : 'eastus2' }));
    case 'natAddresses':
      return inAzure((azure) => ({ ...azure, natAddresses: step.count }));
    case 'engine': {
      const { nginx, instances } = step;
      const engine = nginx ? 'nginx' : 'haproxy';
      return inAzure((azure) => ({ ...azure, forwarder: { ...azure.forwarder, engine, instances } }));
    }
    case 'protection':
      return change({ ...before, deletionProtection: step.on });
    case 'release': {
      const retired = lock.routers[before.name]?.retired ?? [];
      const port = retired[step.pick % Math.max(retired.length, 1)]?.listenerPort;
      if (port === undefined) return { world, moved: new Set() };
      const edit = releasePort(lock, before.name, port);
      return { world: { ...world, lock: 'lock' in edit ? edit.lock : lock }, moved: new Set() };
    }
  }
}

function withTeardown(before: Router, key: string, step: 'prepare' | 'destroy' | 'none'): Router {
  const { [key]: _, ...rest } = before.shardTeardown;
  return { ...before, shardTeardown: step === 'none' ? rest : { ...rest, [key]: step } };
}

/** The router without the targets of a shard. */
function emptied({ router: before, lock }: World, key: string): Router {
  const entries = lock.routers[before.name]?.targets ?? {};
  return { ...before, targets: before.targets.filter((one) => entries[one.name]?.shard !== key) };
}

function newTargets(before: Router, step: Extract<Step, { kind: 'add' }>): Target[] {
  const present = new Set(before.targets.map(({ name }) => name));
  const names = [...new Set(step.names.map((number) => nameOf(before, number)))].filter((name) => !present.has(name));
  return names.map((name) =>
    target(name, {
      host: `${name}.corp.example`,
      domains: domainsOf(step.domain, name),
      port: PORTS[step.port % PORTS.length] ?? 5432,
      enabled: step.enabled,
      dns: before.cloud === 'azure' ? 'runtime' : step.synth ? 'synth' : 'plan',
      ...(step.listenPort === undefined ? {} : { listenPort: step.listenPort }),
    }),
  );
}

function renamed(before: Router, one: Target, step: Extract<Step, { kind: 'rename' }>): Target {
  const name = nameOf(before, step.name);
  if (before.targets.some((other) => other.name === name)) return one;
  const { renamedFrom: _, ...rest } = one;
  return step.keeps ? { ...rest, name, renamedFrom: one.name } : { ...rest, name };
}

function moved(world: World, chosen: Target | undefined, shard: string): Stepped {
  const { lock, router: before } = world;
  const targets = lock.routers[before.name]?.targets ?? {};
  const all = Object.entries(targets).map(([name, one]) => ({ name, domains: lockedNames(one) }));
  const names = (domainGroups(all).find((group) => group.some(({ name }) => name === chosen?.name)) ?? []).map(
    ({ name }) => name,
  );
  if (names.length === 0) return { world, moved: new Set() };
  const edit = moveTargets(lock, inventoryOf(world), before.name, names, shard);
  if (!('lock' in edit)) return { world, moved: new Set() };
  return { world: { ...world, lock: edit.lock }, moved: new Set(names) };
}

export function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const keyed = items.map((item) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return { item, key: state };
  });
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}
