import { limitValue } from '../../limits';
import type { AwsRouter, LockedRouter } from '../../model';
import type { CloudRules } from '../cloud-rules';
import type { ShardRoom } from '../open-shard';
import { networkOf, networkStep, removalStep } from './network';

/** AWS: each shard has a network load balancer of its own, which a change of the network replaces. */
export function awsRules(router: AwsRouter, locked: LockedRouter | undefined): CloudRules {
  return {
    room: awsRoom(router.limits),
    pools: undefined,
    reservedPorts: new Map(),
    otherPorts: undefined,
    place: (states) => networkStep(router, locked, states),
    removal: () => removalStep(router, locked),
    lockedPlace: () => ({
      network: networkOf(router),
      ...(router.deletionProtection ? {} : { unprotected: true as const }),
    }),
    words: {
      crowded: ({ key }) => `shard ${key}`,
      remains: 'its load balancer and its private endpoint stay',
    },
  };
}

/** Each shard has a load balancer of its own. @param limits what the inventory states */
export function awsRoom(limits: AwsRouter['limits']): ShardRoom {
  return {
    listeners: limitValue('aws.listenersPerLoadBalancer', limits),
    shards: 1,
    domains: limitValue('databricks.domainsPerRule', limits),
  };
}
