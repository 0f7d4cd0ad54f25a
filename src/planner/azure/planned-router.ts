import {
  type AzureRouter,
  comparePools,
  type Inventory,
  type LockedRouter,
  type PlannedAzureRouter,
  type PlannedAzureShard,
  type PlannedPool,
} from '../../model';
import {
  type CommonRouter,
  commonBackend,
  commonRouter,
  commonShard,
  listenersOf,
  retiredOf,
  shardTargets,
} from '../common';
import type { Draft } from '../draft';
import type { OpenBalancer, OpenShard } from '../open-shard';
import { type AzureNaming, poolNames, routerNames, shardNames } from './names';

/** A router of Azure as the constructs translate it. @param locked its entry in the new lock */
export function plannedAzureRouter(
  inventory: Inventory,
  router: AzureRouter,
  draft: Draft,
  locked: LockedRouter,
): PlannedAzureRouter {
  const common = commonRouter(inventory, router, locked);
  const naming = namingOf(common);
  const shards = [...draft.shards.open.values()];
  const balancers = [...new Set(shards.map(({ balancer }) => balancer))].sort((a, b) => comparePools(a.key, b.key));
  return {
    ...common,
    ...placeOf(common, router),
    pools: balancers.map((balancer) => plannedPool(common, naming, locked, balancer)),
    shards: shards.map((shard) => plannedShard(common, naming, draft, locked, shard)),
    retired: retiredOf(locked),
  };
}

/** A router of Azure of which only the removal is planned. @param locked its entry as it was */
export function removedAzureRouter(
  inventory: Inventory,
  router: AzureRouter,
  locked: LockedRouter | undefined,
): PlannedAzureRouter {
  const common = commonRouter(inventory, router, locked);
  return { ...common, ...placeOf(common, router), pools: [], shards: [], retired: retiredOf(locked) };
}

function namingOf({ name, env, deployment }: CommonRouter): AzureNaming {
  return { router: name, env, deployment };
}

function placeOf(
  common: CommonRouter,
  { azure, resolvers }: AzureRouter,
): Pick<PlannedAzureRouter, 'cloud' | 'azure' | 'resolvers' | 'names'> {
  return { cloud: 'azure', azure, resolvers, names: routerNames(namingOf(common)) };
}

/** A pool goes with the last of its shards: its protection comes off when that one is being taken away. */
function plannedPool(
  common: CommonRouter,
  naming: AzureNaming,
  locked: LockedRouter,
  { key, shards }: OpenBalancer,
): PlannedPool {
  return {
    key,
    ...poolNames(naming, key),
    shards: shards.map((shard) => shard.key),
    acceleratedNetworking: locked.acceleratedPools?.includes(key) === true,
    deletionProtection: common.deletionProtection && shards.some(({ state }) => state === undefined),
  };
}

function plannedShard(
  common: CommonRouter,
  naming: AzureNaming,
  draft: Draft,
  locked: LockedRouter,
  shard: OpenShard,
): PlannedAzureShard {
  const { listening, reserved } = shardTargets(shard, locked);
  return {
    ...commonShard(common, shard),
    pool: shard.balancer.key,
    ...shardNames(naming, shard.key),
    listeners: listenersOf(listening, (target) => commonBackend(draft, target)),
    reserved,
  };
}
