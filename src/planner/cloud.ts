import { byCloud, type Cloud, type CloudTable, type LockedRouter, type Router } from '../model';
import { awsRoom, awsRules } from './aws/rules';
import { azureRoom, azureRules } from './azure/rules';
import type { CloudRules } from './cloud-rules';
import type { ShardRoom } from './open-shard';

const RULES: CloudTable<Router, [locked: LockedRouter | undefined], CloudRules> = { aws: awsRules, azure: azureRules };

/** The rules of a router's cloud. @param locked the router's entry, of the same cloud */
export function cloudRules(router: Router, locked: LockedRouter | undefined): CloudRules {
  return byCloud(RULES, router, locked);
}

/** How much fits on the load balancers and shards of a router as it is locked, by cloud. */
const LOCKED_ROOM: Readonly<Record<Cloud, (locked: LockedRouter, limits: Router['limits']) => ShardRoom>> = {
  aws: (_locked, limits) => awsRoom(limits),
  azure: ({ azure }, limits) => azureRoom(azure?.loadBalancing ?? 'per-target', limits),
};

/** How much fits on the load balancers and shards of a router as it is locked. @param limits what the inventory states */
export function lockedRoom(locked: LockedRouter, limits: Router['limits']): ShardRoom {
  return LOCKED_ROOM[locked.cloud](locked, limits);
}

/** What a load balancer is known by, by cloud. */
const BALANCER: Readonly<Record<Cloud, string>> = { aws: 'shard', azure: 'pool' };

/** How a load balancer is called, by the key that ports are unique on. */
export function balancerWords(cloud: Cloud, key: string): string {
  return `${BALANCER[cloud]} ${key}`;
}
