import { limit } from '../../limits';
import type { Finding, LockedRouter, PlannedAzureRouter, PlannedPool } from '../../model';
import { machinesMonth, rulesMonth } from '../../prices';
import { count, routerPath, warning } from '../findings';
import { PERMANENT_RULES } from './rules';

/** The size whose price the machines are compared by; the default of an inventory. */
const MEASURE = 'Standard_D2s_v5';

const dollars = (amount: number): string => `$${Math.round(amount).toLocaleString('en-US')}`;

/**
 * A router whose load-balancing rules cost more than its machines would be cheaper with one rule for all ports.
 * @param locked its entry in the lock before this plan; a router that has one cannot change its kind of load balancing
 */
export function ruleCost(router: PlannedAzureRouter, locked: LockedRouter | undefined): readonly Finding[] {
  const { loadBalancing, forwarder } = router.azure;
  if (loadBalancing === 'ha-ports' || router.teardown !== undefined) return [];
  const rules = router.pools.map((pool) => rulesOf(router, pool));
  const perTarget = rules.reduce((sum, number) => sum + rulesMonth(number), 0);
  const machines = forwarder.instances * router.pools.length;
  if (perTarget <= machinesMonth(machines)) return [];
  const number = rules.reduce((sum, one) => sum + one, 0);
  const message = `The ${count(number, 'load-balancing rule')} of this router cost about ${dollars(perTarget)} a month by list price; ${count(machines, 'machine')} of ${MEASURE} cost ${dollars(machinesMonth(machines))}.`;
  const one = `One rule for all ports costs ${dollars(rulesMonth(PERMANENT_RULES))} a month for each pool, and a pool then has room for ${limit('databricks.domainsPerRuleAzure').value} domains.`;
  const fix =
    locked === undefined
      ? `${one} Set loadBalancing: ha-ports before the first apply, since it cannot be changed later, or keep a rule for each target if that is worth its price.`
      : `${one} That takes a new router with loadBalancing: ha-ports, because this one cannot change its kind; nothing is wrong if a rule for each target is worth its price.`;
  return [warning('PLR2531', routerPath(router.name, 'azure', 'loadBalancing'), message, fix)];
}

/** Load-balancing rules of a pool: one for each listener, and the permanent one. */
function rulesOf({ shards }: PlannedAzureRouter, pool: PlannedPool): number {
  const listeners = shards.filter((shard) => shard.pool === pool.key).flatMap((shard) => shard.listeners);
  return listeners.length + PERMANENT_RULES;
}
