import { byCloud, type Cloud, type CloudTable, type LockedRouter, type Router } from '../model';
import { awsRoom, awsRules } from './aws/rules';
import { azureOtherPorts, azureRoom, azureRules } from './azure/rules';
import type { CloudRules } from './cloud-rules';
import type { OtherPorts } from './forwarder-ports';
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

/** Where the forwarders of a router as it is locked listen when the port that clients dial is taken, by cloud. */
const LOCKED_OTHER_PORTS: Readonly<Record<Cloud, (locked: LockedRouter) => OtherPorts | undefined>> = {
  aws: () => undefined,
  azure: ({ azure }) => azureOtherPorts(azure?.loadBalancing ?? 'per-target'),
};

/** Where the forwarders of a router as it is locked listen when the port that clients dial is taken; undefined: nowhere else. */
export function lockedOtherPorts(locked: LockedRouter): OtherPorts | undefined {
  return LOCKED_OTHER_PORTS[locked.cloud](locked);
}

/** What a load balancer is known by, by cloud. */
const BALANCER: Readonly<Record<Cloud, string>> = { aws: 'shard', azure: 'pool' };

/** How a load balancer is called, by its key. */
export function balancerWords(cloud: Cloud, key: string): string {
  return `${BALANCER[cloud]} ${key}`;
}
