import { OTHER_FORWARDER_PORTS, reservedPorts } from '../../forwarder';
import { limitValue } from '../../limits';
import { AZURE_REFUSED_PORTS, type AzureRouter, type LoadBalancing, type LockedRouter } from '../../model';
import type { CloudRules } from '../cloud-rules';
import type { OtherPorts } from '../forwarder-ports';
import type { ShardRoom } from '../open-shard';
import { acceleratedPools, accelerationFindings } from './acceleration';
import { lockedAzure, placeFindings, removalFindings } from './place';

/** Rules of a pool that are no target's: the scale set's own probe needs one that stays. */
export const PERMANENT_RULES = 1;

const RESERVED = reservedPorts(AZURE_REFUSED_PORTS);

/** Azure: the shards of a pool share its load balancer and its forwarders. */
export function azureRules(router: AzureRouter, locked: LockedRouter | undefined): CloudRules {
  return {
    room: azureRoom(loadBalancingOf(router, locked), router.limits),
    pools: locked?.pools ?? [],
    reservedPorts: RESERVED,
    otherPorts: azureOtherPorts(loadBalancingOf(router, locked)),
    place: (states) => ({
      generations: new Map([...states].flatMap(([key, state]) => (state === 'removed' ? [] : [[key, 0] as const]))),
      findings: [...placeFindings(router, locked), ...accelerationFindings(router, locked, states)],
    }),
    removal: () => removalFindings(router, locked),
    lockedPlace: ({ balancers: { pools } }) => {
      const accelerated = acceleratedPools(router.azure.forwarder.size, pools, locked);
      return {
        azure: lockedAzure(router),
        pools: [...pools],
        ...(accelerated.length === 0 ? {} : { acceleratedPools: accelerated }),
      };
    },
    words: {
      crowded: ({ key, balancer }) => `shard ${key} of pool ${balancer.key}`,
      remains: 'its Private Link Service and its private endpoint stay',
    },
  };
}

/**
 * The load balancing that decides how much fits. Where the lock pins another kind, that one counts: the change itself is
 * refused, and nothing follows.
 */
function loadBalancingOf({ azure }: AzureRouter, locked: LockedRouter | undefined): LoadBalancing {
  const pinned = locked?.teardown === 'destroy' ? undefined : locked?.azure?.loadBalancing;
  return pinned ?? azure.loadBalancing;
}

/** With one rule for all ports, machines get a packet on the port that was dialled; a pool then has one shard, on which ports differ. */
export function azureOtherPorts(loadBalancing: LoadBalancing): OtherPorts | undefined {
  return loadBalancing === 'ha-ports' ? undefined : { ...OTHER_FORWARDER_PORTS, refused: RESERVED };
}

/**
 * One rule for all ports has no limit of rules, but its frontend is the only one that its load balancer may have.
 * @param limits what the inventory states
 */
export function azureRoom(loadBalancing: LoadBalancing, limits: AzureRouter['limits']): ShardRoom {
  const domains = limitValue('databricks.domainsPerRuleAzure', limits);
  return loadBalancing === 'ha-ports'
    ? { listeners: Number.POSITIVE_INFINITY, shards: 1, domains }
    : {
        listeners: limitValue('azure.rulesPerNetworkInterface', limits) - PERMANENT_RULES,
        shards: limitValue('azure.privateLinkServicesPerLoadBalancer', limits),
        domains,
      };
}
