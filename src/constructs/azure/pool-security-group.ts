import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { NetworkSecurityGroup } from '../../bindings';
import { FORWARDER_PORTS } from '../../forwarder';
import { expression, mapExpression, pinned, poolLocal, shardResource } from '../expression';
import { asText, asTexts, Reference, type ValueOrRef } from '../value-or-ref';
import type { AzureNetwork } from './network';
import { outboundRules } from './outbound-rules';
import { PROBE_PORT_RANGES } from './pool-targets';
import { admitsIn, DENIED, IS_WHOLE } from './security-rule';

/** The service tag of Azure's probes. */
const PROBES = 'AzureLoadBalancer';

export interface PoolSecurityGroupProps {
  /** The pool's key, `p1`; undefined in a module, which has one pool. */
  readonly pool?: string;
  readonly network: AzureNetwork;
  readonly name: ValueOrRef<string>;
  /** The reference of a list of the listener ports as ranges, `["10000-10004", "10007"]`. */
  readonly portRanges: string;
  /** The reference of a map of `PoolTarget` by name. */
  readonly targets: string;
  /** The reference of the settings that all machines share. */
  readonly settings: string;
  /** Networks from which people log in; empty: nobody. */
  readonly sshFrom: ValueOrRef<readonly string[]>;
  readonly tags: string;
}

/**
 * Who may speak to the machines: Azure's probes to the probes' ports, the NAT subnet to the ports in use, the networks of the
 * scrapers to the counters, nobody else to anything. And to whom they may speak: name servers, targets, and where their packages come from. The rules are the
 * group's own blocks, so that one added by hand is taken away again.
 */
export class PoolSecurityGroup extends Construct {
  public readonly group: NetworkSecurityGroup;

  public constructor(scope: Construct, id: string, props: PoolSecurityGroupProps) {
    super(scope, id);
    const { pool, network, settings, targets } = props;
    const name = poolLocal(pool, 'security_rules');
    const ssh = { destination_port_ranges: ['22'], source_address_prefixes: asTexts(props.sshFrom) };
    const clients = {
      destination_port_ranges: expression(props.portRanges),
      source_address_prefixes: expression(network.natCidrs),
    };
    pinned(
      new TerraformLocal(this, 'rules', [
        admitsIn('probes', { destination_port_ranges: PROBE_PORT_RANGES, source_address_prefix: PROBES }),
        admitsIn('clients', clients),
        ...(isEmpty(props.sshFrom) ? [] : [admitsIn('ssh', ssh)]),
        admitsIn('metrics', {
          destination_port_ranges: [String(FORWARDER_PORTS.metrics)],
          source_address_prefixes: expression(`${settings}.metrics_from`),
        }),
        ...outboundRules(this, { pool, network, settings, targets }),
        ...DENIED,
      ]),
      name,
    );
    this.group = pinned(
      new NetworkSecurityGroup(this, 'group', {
        name: asText(props.name),
        location: expression(network.location),
        resourceGroupName: expression(network.resourceGroupName),
        tags: mapExpression(props.tags),
      }),
      shardResource(pool),
    );
    this.group.addOverride('security_rule', expression(`[for r in local.${name} : r if ${IS_WHOLE}]`));
  }
}

/** True where nobody is admitted. A reference may lead to somebody. */
function isEmpty(sources: ValueOrRef<readonly string[]>): boolean {
  return !(sources instanceof Reference) && sources.length === 0;
}
