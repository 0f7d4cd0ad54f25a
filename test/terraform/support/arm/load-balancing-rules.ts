import { reference, same, text } from './json';
import type { Resource } from './kind';
import { demand } from './refusal';
import { listOf, type Store } from './store';
import { scaleSetsIn } from './users';

/** Rules that a network interface takes, and a load balancer. */
const RULES = { perInterface: 300, perBalancer: 1500 };
const PROTOCOLS = ['Tcp', 'Udp', 'All'];
const DISTRIBUTIONS = ['Default', 'SourceIP', 'SourceIPProtocol'];

function settleRule(rule: Resource, known: (list: string) => ReadonlySet<string>): void {
  const { name, properties } = rule;
  properties.enableFloatingIP ??= false;
  properties.enableTcpReset ??= false;
  properties.disableOutboundSnat ??= false;
  properties.idleTimeoutInMinutes ??= 4;
  properties.loadDistribution ??= 'Default';
  for (const [link, list] of [
    ['frontendIPConfiguration', 'frontendIPConfigurations'],
    ['backendAddressPool', 'backendAddressPools'],
    ['probe', 'probes'],
  ] as const) {
    const id = reference(properties[link]);
    if (link !== 'frontendIPConfiguration' && properties[link] === undefined) continue;
    demand(
      known(list).has(id.toLowerCase()),
      'InvalidResourceReference',
      `Resource ${id} referenced by resource ${rule.id} was not found in the load balancer.`,
    );
    if (link === 'backendAddressPool') properties.backendAddressPools = [{ id }];
  }
  const protocol = PROTOCOLS.find((one) => same(one, text(properties.protocol))) ?? text(properties.protocol);
  properties.protocol = protocol;
  const [front, back] = [Number(properties.frontendPort), Number(properties.backendPort)];
  if (protocol === 'All') {
    demand(front === 0 && back === 0, 'HAPortsRuleNeedsPortsZero', `Rule ${name} of protocol All needs ports 0.`);
  } else {
    demand(
      front >= 1 && front <= 65534,
      'InvalidFrontendPort',
      `Frontend port ${front} of ${name} is not in 1..65534.`,
    );
    demand(back >= 1 && back <= 65535, 'InvalidBackendPort', `Backend port ${back} of ${name} is not in 1..65535.`);
  }
  const idle = Number(properties.idleTimeoutInMinutes);
  demand(idle >= 4 && idle <= 100, 'InvalidIdleTimeout', `Idle timeout ${idle} of ${name} is not in 4..100 minutes.`);
  demand(
    DISTRIBUTIONS.includes(text(properties.loadDistribution)),
    'InvalidLoadDistribution',
    `Error converting value "${properties.loadDistribution}" of ${name} to type 'LoadDistribution'.`,
  );
}

/** No two rules may share a frontend's port, or a pool's port without floating IP. */
function demandApart(rules: readonly Resource[]): void {
  const fronts = new Map<string, string>();
  const backs = new Map<string, string>();
  for (const { id, properties } of rules) {
    const front = `${reference(properties.frontendIPConfiguration)}/${properties.protocol}/${properties.frontendPort}`;
    demand(
      !fronts.has(front.toLowerCase()),
      'RulesUseSameFrontendPortProtocolAndIPConfig',
      `Load balancing rules ${fronts.get(front.toLowerCase())} and ${id} use the same frontend port ${properties.frontendPort} and protocol ${properties.protocol}.`,
    );
    fronts.set(front.toLowerCase(), id);
    const pool = reference(properties.backendAddressPool);
    if (properties.enableFloatingIP === true || pool === '') continue;
    const back = `${pool}/${properties.protocol}/${properties.backendPort}`.toLowerCase();
    demand(
      !backs.has(back),
      'RulesOfSameLoadBalancerTypeUseSameBackendPortProtocolAndIPConfig',
      `Load balancing rules ${backs.get(back)} and ${id} use the same backend port ${properties.backendPort} and protocol ${properties.protocol} with floatingIP disabled, and the same backend pool.`,
    );
    backs.set(back, id);
  }
}

/** Completes and judges all rules of a load balancer, as each write of it does. */
export function settleRules(store: Store, balancer: Resource, rules: readonly Resource[]): void {
  const lists = new Map<string, ReadonlySet<string>>();
  const known = (list: string): ReadonlySet<string> => {
    const ids = lists.get(list) ?? new Set(listOf(balancer, list).map(({ id }) => id.toLowerCase()));
    lists.set(list, ids);
    return ids;
  };
  demand(
    rules.length <= RULES.perBalancer,
    'LoadBalancerLimitReached',
    `${rules.length} load balancing rules; ${RULES.perBalancer} are allowed.`,
  );
  for (const rule of rules) settleRule(rule, known);
  demandApart(rules);
  const all = rules.find(({ properties }) => properties.protocol === 'All' && properties.enableFloatingIP !== true);
  demand(
    all === undefined || rules.length === 1,
    'HAPortsRuleExcludesOtherRules',
    `Load balancing rule ${all?.id} is for all ports: no other rule may stand beside it.`,
  );
  for (const pool of listOf(balancer, 'backendAddressPools')) {
    const count = rules.filter(({ properties }) => same(reference(properties.backendAddressPool), pool.id)).length;
    demand(
      count <= RULES.perInterface || scaleSetsIn(store, pool.id).length === 0,
      'LoadBalancingRulesPerNicLimitReached',
      `${count} load balancing rules on pool ${pool.id}: a network interface takes ${RULES.perInterface}.`,
    );
  }
}
