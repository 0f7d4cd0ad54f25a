import type { Construct } from 'constructs';
import { PRIVATE_RANGES } from '../../model';
import { expression } from '../expression';
import type { AzureNetwork } from './network';
import { portRanges } from './port-ranges';
import { admitsOut } from './security-rule';

/** The port of name servers. */
const DNS = ['53'];

/** The ports of archives of packages. */
const ARCHIVES = ['80', '443'];

/** What Azure's services speak, the one that carries the answers of Run Command among them. */
const HTTPS = ['443'];

export interface OutboundRulesProps {
  /** The pool's key, `p1`; undefined in a module, which has one pool. */
  readonly pool: string | undefined;
  readonly network: AzureNetwork;
  /** The reference of the settings that all machines share. */
  readonly settings: string;
  /** The reference of a map of `PoolTarget` by name. */
  readonly targets: string;
}

/**
 * What the machines may ask for. A rule takes addresses and no host names: where the inventory or the network gives an
 * address, the rule names it; where it gives a host, which may have any address tomorrow, the rule names the port.
 *
 * Azure's own services on the host (168.63.129.16: DNS, DHCP, the machines' agent; 169.254.169.254: metadata) pass no rule
 * unless one has their tag, and the clock is the host's: neither needs one.
 */
export function outboundRules(scope: Construct, props: OutboundRulesProps): readonly Record<string, unknown>[] {
  const { network, settings, targets } = props;
  const { resolvers, egress, mirror } = {
    resolvers: `${settings}.resolvers`,
    egress: `${settings}.egress`,
    mirror: `${settings}.mirror`,
  };
  const ports = (part: string, which: string): string => {
    const those = `[for t in values(${targets}) : [t.host_port, t.check.port] if ${which}]`;
    return expression(portRanges(scope, props.pool, part, `distinct(flatten(${those}))`).ranges);
  };
  const dns = { protocol: '*', destination_port_ranges: DNS };
  return [
    // A tag stands alone in a rule.
    admitsOut('dns-network', { ...dns, destination_address_prefix: 'VirtualNetwork' }),
    admitsOut('dns-private', { ...dns, destination_address_prefixes: PRIVATE_RANGES }),
    admitsOut('dns-servers', {
      ...dns,
      destination_address_prefixes: expression(`distinct(${network.nameServers})`),
    }),
    admitsOut('resolvers', {
      protocol: '*',
      destination_port_ranges: expression(`distinct([for one in ${resolvers} : try(split(":", one)[1], "53")])`),
      destination_address_prefixes: expression(`distinct([for one in ${resolvers} : split(":", one)[0]])`),
    }),
    admitsOut('targets', {
      destination_port_ranges: ports('named_port', '!t.literal'),
      destination_address_prefix: '*',
    }),
    admitsOut('addresses', {
      destination_port_ranges: ports('literal_port', 't.literal'),
      destination_address_prefixes: expression(`distinct([for t in values(${targets}) : t.host if t.literal])`),
    }),
    admitsOut('packages', {
      destination_port_ranges: expression(`${egress} == "nat" ? ${JSON.stringify(ARCHIVES)} : []`),
      destination_address_prefix: 'Internet',
    }),
    admitsOut('mirror', {
      destination_port_ranges: expression(`[for url in compact([${mirror}]) : ${portOf('url')}]`),
      destination_address_prefix: expression(`try(regex("^https?://([0-9.]+)(?:[:/]|$)", ${mirror})[0], "*")`),
    }),
    admitsOut('run-command', {
      destination_port_ranges: expression(`${settings}.run_command ? ${JSON.stringify(HTTPS)} : []`),
      destination_address_prefix: 'AzureCloud',
    }),
  ];
}

/** The port of an address, as text: its own, or the scheme's. */
function portOf(url: string): string {
  return `try(regex("^https?://[^/:]+:([0-9]+)", ${url})[0], can(regex("^https:", ${url})) ? "443" : "80")`;
}
