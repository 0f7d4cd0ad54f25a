import type { Construct } from 'constructs';
import type { ForwarderRule, PlannedPorts, RulePeer } from '../../flows';
import { PRIVATE_RANGES } from '../../model';
import { expression } from '../expression';
import { asTexts, Reference, type ValueOrRef } from '../value-or-ref';
import type { AzureNetwork } from './network';
import { portRanges } from './port-ranges';
import { type Addresses, admits } from './security-rule';

/** Where the rules find what only the router or Terraform knows. */
export interface RuleTerms {
  /** The pool's key, `p1`; undefined in a module, which has one pool. */
  readonly pool?: string;
  readonly network: AzureNetwork;
  /** The reference of a list of the listener ports as ranges, `["10000-10004", "10007"]`. */
  readonly portRanges: string;
  /** The reference of a map of `PoolTarget` by name. */
  readonly targets: string;
  /** True where a target has several hosts. @default false */
  readonly several?: boolean;
  /** The reference of the settings that all machines share. */
  readonly settings: string;
  /** Networks from which people log in; empty: nobody. */
  readonly sshFrom: ValueOrRef<readonly string[]>;
}

/** The rules as arguments of the provider, in their order. @param scope takes the locals of ports */
export function securityRules(
  scope: Construct,
  rules: readonly ForwarderRule[],
  terms: RuleTerms,
): readonly Record<string, unknown>[] {
  return rules
    .filter(({ peer }) => peer !== 'ssh-networks' || !isEmpty(terms.sshFrom))
    .map((rule) => admits(rule, PEERS[rule.peer](terms), portsOf(scope, rule, terms)));
}

/** True where nobody is admitted. A reference may lead to somebody. */
function isEmpty(sources: ValueOrRef<readonly string[]>): boolean {
  return !(sources instanceof Reference) && sources.length === 0;
}

/** The hosts of a target: its list, or what it says of its only one. */
const HOSTS = 'try(t.hosts, [t])';

/** Whom each kind of peer is for Azure. A service tag stands alone. */
const PEERS: Readonly<Record<RulePeer, (terms: RuleTerms) => Addresses>> = {
  probes: () => ({ prefix: 'AzureLoadBalancer' }),
  'nat-subnet': ({ network }) => ({ prefixes: expression(network.natCidrs) }),
  'ssh-networks': ({ sshFrom }) => ({ prefixes: asTexts(sshFrom) }),
  'metrics-networks': ({ settings }) => ({ prefixes: expression(`${settings}.metrics_from`) }),
  'virtual-network': () => ({ prefix: 'VirtualNetwork' }),
  'private-networks': () => ({ prefixes: PRIVATE_RANGES }),
  'network-name-servers': ({ network }) => ({ prefixes: expression(`distinct(${network.nameServers})`) }),
  resolvers: ({ settings }) => ({
    prefixes: expression(`distinct([for one in ${settings}.resolvers : split(":", one)[0]])`),
  }),
  anywhere: () => ({ prefix: '*' }),
  'literal-targets': ({ targets, several = false }) => ({
    prefixes: expression(
      several
        ? `distinct(flatten([for t in values(${targets}) : [for h in ${HOSTS} : h.host if h.literal]]))`
        : `distinct([for t in values(${targets}) : t.host if t.literal])`,
    ),
  }),
  internet: () => ({ prefix: 'Internet' }),
  mirror: ({ settings }) => ({
    prefix: expression(`try(regex("^https?://([0-9.]+)(?:[:/]|$)", ${settings}.mirror)[0], "*")`),
  }),
  'cloud-services': () => ({ prefix: 'AzureCloud' }),
};

/** Ports that the plan gives, worked out by Terraform from what it was told of the plan. */
const PLANNED_PORTS: Readonly<Record<PlannedPorts, (scope: Construct, terms: RuleTerms) => string>> = {
  listeners: (_, terms) => terms.portRanges,
  'named-targets': (scope, terms) => targetPorts(scope, terms, 'named_port', '!t.literal', '!h.literal'),
  'literal-targets': (scope, terms) => targetPorts(scope, terms, 'literal_port', 't.literal', 'h.literal'),
  resolvers: (_, { settings }) => `distinct([for one in ${settings}.resolvers : try(split(":", one)[1], "53")])`,
  mirror: (_, { settings }) => `[for url in compact([${settings}.mirror]) : ${portOf('url')}]`,
};

/** The condition of what a rule goes with. */
const CHOSEN: Readonly<Record<NonNullable<ForwarderRule['with']>, (terms: RuleTerms) => string>> = {
  'nat-gateway': ({ settings }) => `${settings}.egress == "nat"`,
  'run-command': ({ settings }) => `${settings}.run_command`,
};

function portsOf(
  scope: Construct,
  { ports, with: choice }: ForwarderRule,
  terms: RuleTerms,
): string | readonly string[] {
  if (typeof ports === 'string') return expression(PLANNED_PORTS[ports](scope, terms));
  const texts = ports.map(String);
  return choice === undefined ? texts : expression(`${CHOSEN[choice](terms)} ? ${JSON.stringify(texts)} : []`);
}

/** The ports of some targets and of their checks, as ranges. */
function targetPorts(
  scope: Construct,
  { pool, targets, several = false }: RuleTerms,
  part: string,
  ofTarget: string,
  ofHost: string,
): string {
  const which = several ? `anytrue([for h in ${HOSTS} : ${ofHost}])` : ofTarget;
  const those = `[for t in values(${targets}) : [t.host_port, t.check.port] if ${which}]`;
  return portRanges(scope, pool, part, `distinct(flatten(${those}))`).ranges;
}

/** The port of an address, as text: its own, or the scheme's. */
function portOf(url: string): string {
  return `try(regex("^https?://[^/:]+:([0-9]+)", ${url})[0], can(regex("^https:", ${url})) ? "443" : "80")`;
}
