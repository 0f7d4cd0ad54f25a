import type { Finding, LockedRouter, PlannedAzureRouter } from '../../model';
import { count, routerPath, shortList, warning } from '../findings';

/**
 * Shards of pins that are new, where each brings a pool of machines of its own.
 * @param locked the router's entry in the lock before this plan
 */
export function pinCost(router: PlannedAzureRouter, locked: LockedRouter | undefined): readonly Finding[] {
  const { loadBalancing, forwarder } = router.azure;
  const added = router.shards.filter(({ key, pin }) => pin !== undefined && locked?.shards[key] === undefined);
  if (loadBalancing !== 'ha-ports' || added.length === 0) return [];
  const pools = added.map(({ key, pool, pin }) => `shard ${key} of ${pin} in ${pool}`);
  return [
    warning(
      'PLR2532',
      routerPath(router.name, 'azure', 'loadBalancing'),
      `With ha-ports a pin costs a pool, that is a load balancer and ${count(forwarder.instances, 'machine')}: new ${pools.length > 1 ? 'are' : 'is'} ${shortList(pools)}.`,
      'Nothing is wrong if that is worth its price. With loadBalancing: per-target, which takes another router, shards of several pins share a pool.',
    ),
  ];
}
