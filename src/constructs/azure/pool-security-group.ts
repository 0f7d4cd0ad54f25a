import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { NetworkSecurityGroup } from '../../bindings';
import { expression, mapExpression, pinned, poolLocal, shardResource } from '../expression';
import { type Given, givenText, givenTexts, Reference } from '../given';
import type { AzureNetwork } from './network';
import { PROBE_PORT_RANGES } from './pool-targets';

/** The service tag of Azure's probes. */
const PROBES = 'AzureLoadBalancer';

/** Our order of the rules, within Azure's 100 to 4096. */
const PRIORITY = { probes: 100, clients: 110, ssh: 120, rest: 4096 } as const;

export interface PoolSecurityGroupProps {
  /** The pool's key, `p1`; undefined in a module, which has one pool. */
  readonly pool?: string;
  readonly network: AzureNetwork;
  readonly name: Given<string>;
  /** The reference of a list of the listener ports as ranges, `["10000-10004", "10007"]`. */
  readonly portRanges: string;
  /** Networks from which people log in; empty: nobody. */
  readonly sshFrom: Given<readonly string[]>;
  readonly tags: string;
}

/**
 * Who may speak to the machines: Azure's probes to the probes' ports, the NAT subnet to the ports in use, nobody else
 * to anything. The rules are the group's own blocks, so that one added by hand is taken away again.
 */
export class PoolSecurityGroup extends Construct {
  public readonly group: NetworkSecurityGroup;

  public constructor(scope: Construct, id: string, props: PoolSecurityGroupProps) {
    super(scope, id);
    const { pool, network } = props;
    const name = poolLocal(pool, 'security_rules');
    const ssh = { destination_port_ranges: ['22'], source_address_prefixes: givenTexts(props.sshFrom) };
    const clients = {
      destination_port_ranges: expression(props.portRanges),
      source_address_prefixes: expression(network.natCidrs),
    };
    pinned(
      new TerraformLocal(this, 'rules', [
        rule('probes', 'Allow', { destination_port_ranges: PROBE_PORT_RANGES, source_address_prefix: PROBES }),
        rule('clients', 'Allow', clients),
        ...(isEmpty(props.sshFrom) ? [] : [rule('ssh', 'Allow', ssh)]),
        rule('rest', 'Deny', { protocol: '*', destination_port_range: '*', source_address_prefix: '*' }),
      ]),
      name,
    );
    this.group = pinned(
      new NetworkSecurityGroup(this, 'group', {
        name: givenText(props.name),
        location: expression(network.location),
        resourceGroupName: expression(network.resourceGroupName),
        tags: mapExpression(props.tags),
      }),
      shardResource(pool),
    );
    // A pool whose targets have all left has no port to open, and a rule without a port is refused.
    const ports = 'r.destination_port_range != "" || length(r.destination_port_ranges) > 0';
    // A rule without a source neither: which networks may log in is known to Terraform alone where they are a reference.
    const sources = '(r.source_address_prefix != "" || length(r.source_address_prefixes) > 0)';
    const used = props.sshFrom instanceof Reference ? `(${ports}) && ${sources}` : ports;
    this.group.addOverride('security_rule', expression(`[for r in local.${name} : r if ${used}]`));
  }
}

/** True where nobody logs in. A reference may lead to somebody. */
function isEmpty(sources: Given<readonly string[]>): boolean {
  return !(sources instanceof Reference) && sources.length === 0;
}

/** One rule with every argument that the provider knows: it takes the rules as one value, where none may be left out. */
function rule(
  name: keyof typeof PRIORITY,
  access: 'Allow' | 'Deny',
  set: Readonly<Record<string, string | readonly string[]>>,
): Record<string, unknown> {
  return {
    name,
    description: '',
    priority: PRIORITY[name],
    direction: 'Inbound',
    access,
    protocol: 'Tcp',
    source_port_range: '*',
    source_port_ranges: [],
    source_address_prefix: '',
    source_address_prefixes: [],
    source_application_security_group_ids: [],
    destination_port_range: '',
    destination_port_ranges: [],
    destination_address_prefix: '*',
    destination_address_prefixes: [],
    destination_application_security_group_ids: [],
    ...set,
  };
}
