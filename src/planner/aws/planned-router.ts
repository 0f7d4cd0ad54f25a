import {
  type AwsRouter,
  defined,
  type Inventory,
  type LockedRouter,
  type LockedTarget,
  type PlannedAwsBackend,
  type PlannedAwsRouter,
  type PlannedAwsShard,
  sortAddresses,
  type Target,
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
import type { OpenShard } from '../open-shard';
import { loadBalancerName, type ShardNames, securityGroupName, targetGroupName } from './names';
import { principalOf } from './principals';

/** A router of AWS as the constructs translate it. @param locked its entry in the new lock */
export function plannedAwsRouter(
  inventory: Inventory,
  router: AwsRouter,
  draft: Draft,
  locked: LockedRouter,
): PlannedAwsRouter {
  const common = commonRouter(inventory, router, locked);
  const shards = [...draft.shards.open.values()].map((shard) => plannedShard(common, router, draft, locked, shard));
  return { ...common, ...placeOf(router), shards, retired: retiredOf(locked) };
}

/** A router of AWS of which only the removal is planned. @param locked its entry as it was */
export function removedAwsRouter(
  inventory: Inventory,
  router: AwsRouter,
  locked: LockedRouter | undefined,
): PlannedAwsRouter {
  return { ...commonRouter(inventory, router, locked), ...placeOf(router), shards: [], retired: retiredOf(locked) };
}

function placeOf({ aws }: AwsRouter): Pick<PlannedAwsRouter, 'cloud' | 'aws' | 'principal'> {
  return { cloud: 'aws', aws, principal: principalOf(aws) };
}

function plannedShard(
  common: CommonRouter,
  { aws }: AwsRouter,
  draft: Draft,
  locked: LockedRouter,
  shard: OpenShard,
): PlannedAwsShard {
  const entry = locked.shards[shard.key];
  const names: ShardNames = {
    router: common.name,
    env: common.env,
    deployment: common.deployment,
    shard: shard.key,
    number: shard.number,
    vpcId: aws.vpcId,
    generation: entry?.generation ?? 0,
  };
  const { listening, reserved } = shardTargets(shard, locked);
  return {
    ...commonShard(common, shard),
    loadBalancerName: entry?.loadBalancerName ?? loadBalancerName(names),
    securityGroupName: entry?.securityGroupName ?? securityGroupName(names),
    listeners: listenersOf(listening, (target, entry) => backend(draft, target, entry, names)),
    reserved,
  };
}

function backend(draft: Draft, target: Target, entry: LockedTarget, names: ShardNames): PlannedAwsBackend {
  return {
    ...commonBackend(draft, target),
    resolution: target.dns === 'synth' || target.hosts.every(({ literal }) => literal) ? 'fixed' : 'plan',
    addresses: addressesOf(target, entry),
    targetGroupName: entry.targetGroupName ?? targetGroupName(names, entry.bornAs ?? target.name, target.port),
    ...defined({ tags: target.tags }),
    ...securityGroups(target),
  };
}

/** What is known without Terraform: the addresses among the hosts, and what the lock has of the names. */
function addressesOf({ hosts }: Target, { addresses = [] }: LockedTarget): readonly string[] {
  return sortAddresses([...hosts.filter(({ literal }) => literal).map(({ name }) => name), ...addresses]);
}

/** Whose groups a router may open: those without an account before them. */
function securityGroups({
  securityGroupIds,
}: Target): Pick<PlannedAwsBackend, 'securityGroupIds' | 'foreignSecurityGroups'> {
  const foreign = securityGroupIds.flatMap((group) => {
    const [accountId = '', id] = group.split('/');
    return id === undefined ? [] : [{ accountId, id }];
  });
  return { securityGroupIds: securityGroupIds.filter((group) => !group.includes('/')), foreignSecurityGroups: foreign };
}
