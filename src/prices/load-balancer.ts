import { HOURS_A_MONTH, price } from './table';

/** Load-balancing rules that the price of a load balancer's first rules covers. */
const FIRST_RULES = 5;

/** What the load-balancing rules of one Standard Load Balancer cost in a month, US dollars by list price. @param rules at least one */
export function rulesMonth(rules: number): number {
  const more = Math.max(0, rules - FIRST_RULES) * price('azure.loadBalancerRule');
  return (price('azure.loadBalancerFirstRules') + more) * HOURS_A_MONTH;
}

/** What machines of the default size cost in a month, US dollars by list price: a measure, whatever size a pool has. */
export function machinesMonth(machines: number): number {
  return machines * price('azure.machineD2sV5') * HOURS_A_MONTH;
}
