import {
  type AzureRouter,
  comparePools,
  type Inventory,
  type LockedRouter,
  type PlannedAzureRouter,
  type PlannedAzureShard,
  type PlannedPool,
} from '../../model';
import type { OpenBalancer } from '../balancers';
import type { Draft } from '../draft';
import { type Frame, listenerFrame, retiredOf, routerFrame, shardFrame, shardTargets } from '../frame';
import type { OpenShard } from '../shards';
import { type AzureNaming, poolNames, routerNames, shardNames } from './names';

/** A router of Azure as the constructs translate it. @param locked its entry in the new lock */
export function plannedAzureRouter(
  inventory: Inventory,
  router: AzureRouter,
  draft: Draft,
  locked: LockedRouter,
): PlannedAzureRouter {
  const frame = routerFrame(inventory, router);
  const naming = namingOf(frame);
  const shards = [...draft.shards.open.values()];
  const balancers = [...new Set(shards.map(({ balancer }) => balancer))].sort((a, b) => comparePools(a.key, b.key));
  return {
    ...frame,
    ...placeOf(frame, router),
    pools: balancers.map((balancer) => plannedPool(frame, naming, locked, balancer)),
    shards: shards.map((shard) => plannedShard(frame, naming, draft, locked, shard)),
    retired: retiredOf(locked),
  };
}

/** A router of Azure of which only the removal is planned. @param locked its entry as it was */
export function removedAzureRouter(
  inventory: Inventory,
  router: AzureRouter,
  locked: LockedRouter | undefined,
): PlannedAzureRouter {
  const frame = routerFrame(inventory, router);
  return { ...frame, ...placeOf(frame, router), pools: [], shards: [], retired: retiredOf(locked) };
}

function namingOf({ name, env, deployment }: Frame): AzureNaming {
  return { router: name, env, deployment };
}

function placeOf(
  frame: Frame,
  { azure, resolvers }: AzureRouter,
): Pick<PlannedAzureRouter, 'cloud' | 'azure' | 'resolvers' | 'names'> {
  return { cloud: 'azure', azure, resolvers, names: routerNames(namingOf(frame)) };
}

/** A pool goes with the last of its shards: its protection comes off when that one is being taken away. */
function plannedPool(
  frame: Frame,
  naming: AzureNaming,
  locked: LockedRouter,
  { key, shards }: OpenBalancer,
): PlannedPool {
  return {
    key,
    ...poolNames(naming, key),
    shards: shards.map((shard) => shard.key),
    acceleratedNetworking: locked.acceleratedPools?.includes(key) === true,
    deletionProtection: frame.deletionProtection && shards.some(({ state }) => state === undefined),
  };
}

function plannedShard(
  frame: Frame,
  naming: AzureNaming,
  draft: Draft,
  locked: LockedRouter,
  shard: OpenShard,
): PlannedAzureShard {
  const { listening, reserved } = shardTargets(shard, locked);
  return {
    ...shardFrame(frame, shard),
    pool: shard.balancer.key,
    ...shardNames(naming, shard.key),
    listeners: listening.map(([target, entry]) => listenerFrame(draft, target, entry)),
    reserved,
  };
}
