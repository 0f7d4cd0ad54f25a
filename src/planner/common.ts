import { LIMITS, limitValue } from '../limits';
import {
  compareText,
  defined,
  deploymentName,
  groupBy,
  type Inventory,
  type LockedRouter,
  type LockedTarget,
  type PlannedBackend,
  type PlannedListener,
  type PlannedRouter,
  type PlannedShard,
  plannedRetired,
  type Router,
  sharedRoute,
  type Target,
} from '../model';
import { filledBackend } from './backend';
import type { Draft } from './draft';
import type { OpenShard } from './open-shard';
import { ruleDomains } from './shards';

/** The parts of a planned router that are the same on every cloud and that no target changes. */
export type CommonRouter = Omit<
  PlannedRouter,
  'cloud' | 'aws' | 'azure' | 'principal' | 'names' | 'pools' | 'shards' | 'retired'
>;

/**
 * What a router has on every cloud. Of the limits it has those of its own cloud and of Databricks.
 * @param locked its entry in the new lock
 */
export function commonRouter(
  { env, backend }: Inventory,
  router: Router,
  locked: LockedRouter | undefined,
): CommonRouter {
  const held = LIMITS.filter(
    ({ enforcedBy, cloud }) => enforcedBy === 'terraform' && (cloud === router.cloud || cloud === 'databricks'),
  );
  return {
    name: router.name,
    deployment: deploymentName(router.name, env),
    ...defined({ env }),
    databricks: router.databricks,
    ncc: router.ncc,
    ...(locked?.ncc === 'forgotten' ? { forgetsNcc: true } : {}),
    approval: router.approval,
    ...defined({ teardown: router.teardown }),
    deletionProtection: router.deletionProtection && router.teardown === undefined,
    tags: router.tags,
    ...(backend === undefined ? {} : { backend: filledBackend(backend, router.name, env) }),
    limits: Object.fromEntries(held.map(({ id }) => [id, limitValue(id, router.limits)])),
  };
}

/** The retired ports of a lock entry as a plan shows them. */
export function retiredOf(locked: LockedRouter | undefined): PlannedRouter['retired'] {
  return (locked?.retired ?? []).map(plannedRetired);
}

/** What shards of every cloud have. */
export function commonShard(common: CommonRouter, shard: OpenShard): Omit<PlannedShard, 'reserved' | 'listeners'> {
  return {
    key: shard.key,
    name: `${common.deployment}-${shard.number}`,
    ...defined({ pin: shard.pin }),
    deletionProtection: common.deletionProtection && shard.state === undefined,
    domains: ruleDomains(shard),
  };
}

/** The targets of a shard with their entries in the new lock: the listeners, and what disabled targets keep. Both by port and name. */
export function shardTargets(
  shard: OpenShard,
  locked: LockedRouter,
): {
  readonly listening: readonly (readonly [Target, LockedTarget])[];
  readonly reserved: PlannedShard['reserved'];
} {
  const entries = shard.targets.flatMap((target) => {
    const entry = Object.hasOwn(locked.targets, target.name) ? locked.targets[target.name] : undefined;
    return entry === undefined ? [] : [[target, entry] as const];
  });
  const sorted = entries.sort(
    ([one, a], [other, b]) => a.listenerPort - b.listenerPort || compareText(one.name, other.name),
  );
  return {
    listening: sorted.filter(([{ enabled }]) => enabled),
    reserved: sorted
      .filter(([{ enabled }]) => !enabled)
      .map(([{ name }, { listenerPort }]) => ({ target: name, listenerPort })),
  };
}

/** The listeners of targets, which come by port and name: one for each target of `tcp`, one for each port that others share. */
export function listenersOf<B extends PlannedBackend>(
  listening: readonly (readonly [Target, LockedTarget])[],
  backendOf: (target: Target, locked: LockedTarget) => B,
): readonly PlannedListener<B>[] {
  const byPort = groupBy(listening, ([, { listenerPort }]) => listenerPort);
  return [...byPort.values()].flatMap((group): readonly PlannedListener<B>[] => {
    const [first, ...others] = group.map(([target, locked]) => backendOf(target, locked));
    const [leading] = group;
    if (first === undefined || leading === undefined) return [];
    const [{ route }, { listenerPort, forwarderPort }] = leading;
    const dialled = { port: listenerPort, ...defined({ forwarderPort }) };
    const shared = sharedRoute(route);
    return shared === undefined
      ? [{ ...dialled, route: 'tcp', backends: [first] }]
      : [{ ...dialled, route: shared, backends: [first, ...others] }];
  });
}

/** What backends of every cloud have. */
export function commonBackend({ matches }: Draft, target: Target): PlannedBackend {
  const renamedFrom = matches.movedFrom.get(target.name);
  return {
    target: target.name,
    ...defined({ renamedFrom }),
    hosts: target.hosts,
    port: target.port,
    domains: target.domains,
    ...defined({ path: target.path }),
    idleTimeout: target.idleTimeout,
    ...defined({ maxConnections: target.maxConnections }),
    drain: target.drain,
    healthCheck: target.healthCheck,
    ...defined({ owner: target.owner, description: target.description }),
  };
}
