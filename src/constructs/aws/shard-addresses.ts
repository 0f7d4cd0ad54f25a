import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { DataDnsARecordSet } from '../../bindings';
import { expression, forEach, pinned, shardResource } from '../expression';
import type { AwsNetwork } from './network';

/** IPv4 addresses that a load balancer may reach: RFC 1918 and 100.64/10, as a pattern of their text. */
const PRIVATE_ADDRESS = '^(10|172[.](1[6-9]|2[0-9]|3[01])|192[.]168|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))[.]';

export interface ShardAddressesProps {
  /** The shard's key, or undefined in a module. */
  readonly shard?: string;
  readonly network: AwsNetwork;
  /** The reference of the map of targets. */
  readonly targets: string;
  /** True where at least one target is resolved by Terraform: the dns provider is needed then. */
  readonly resolves: boolean;
}

/**
 * From targets to addresses: what Terraform resolves, which of them lie in the VPC, and which ports of which networks
 * the load balancer has to reach. Everything is computed once, in locals: an expression inside a resource of which
 * there are many is computed as often.
 */
export class ShardAddresses extends Construct {
  /** By `<target group>/<address>`: target, address, port and the VPC's CIDR that holds the address, or null. */
  public readonly attachments: string;
  /** By `<port>/<cidr>`: the port and the network that the load balancer's security group lets out to. */
  public readonly egress: string;
  /** The ports of each target, by name: its own, and that of its health check where another. */
  public readonly ports: string;

  public constructor(scope: Construct, id: string, props: ShardAddressesProps) {
    super(scope, id);
    const local = (part: string, terraform: string): string => {
      const name = shardResource(props.shard, part);
      pinned(new TerraformLocal(this, part, expression(terraform)), name);
      return `local.${name}`;
    };
    const targets = props.targets;
    const addresses = local('addresses', addressesByTarget(targets, props.resolves ? this.lookUp(props) : undefined));
    this.ports = local(
      'ports',
      `{ for name, t in ${targets} : name => distinct([tostring(t.port), replace(t.health_check.port, "traffic-port", tostring(t.port))]) }`,
    );
    this.attachments = local('attachments', attachments(targets, addresses, props.network.vpcCidrs));
    this.egress = local('egress', egress(this.attachments, this.ports));
  }

  private lookUp(props: ShardAddressesProps): string {
    const name = shardResource(props.shard, 'address');
    const answer = new DataDnsARecordSet(this, 'address', {
      host: expression('each.value.host'),
      lifecycle: {
        postcondition: [
          {
            condition: expression('length(self.addrs) > 0'),
            errorMessage: `The host \${each.value.host} of target \${each.key} has no IPv4 address; a name with AAAA records only cannot be a target. ${WAY_OUT}`,
          },
          {
            condition: expression(`alltrue([for a in self.addrs : can(regex("${PRIVATE_ADDRESS}", a))])`),
            errorMessage: `The host \${each.value.host} of target \${each.key} resolves to \${join(", ", self.addrs)}; a load balancer reaches private addresses only (10/8, 172.16/12, 192.168/16, 100.64/10). Perhaps this machine asks another name server than the VPC. ${WAY_OUT}`,
          },
        ],
      },
    });
    // No depends_on, ever: with one the addresses would be unknown while planning, and so would the keys made of them.
    forEach(pinned(answer, name), `{ for name, t in ${props.targets} : name => t if t.resolution == "plan" }`);
    return `data.dns_a_record_set.${name}`;
  }
}

const WAY_OUT =
  'To go on without it: set enabled: false, or dns: synth to take the addresses from the lock; a destroy goes through with -refresh=false.';

function addressesByTarget(targets: string, answers: string | undefined): string {
  const value =
    answers === undefined
      ? 't.addresses'
      : `t.resolution == "plan" ? tolist(${answers}[name].addrs) : tolist(t.addresses)`;
  return `{ for name, t in ${targets} : name => distinct(${value}) }`;
}

/**
 * Keyed by the target group and not by the target: the key outlives a rename, and a replaced target group gets new
 * attachments beside the old ones. An address lies in a network where both have the same first address at that length.
 */
function attachments(targets: string, addresses: string, cidrs: string): string {
  const network = `one([for c in ${cidrs} : c if cidrhost("\${a}/\${split("/", c)[1]}", 0) == cidrhost(c, 0)])`;
  const ofTarget = `{ for a in list : "\${${targets}[name].target_group_name}/\${a}" => { target = name, address = a, port = ${targets}[name].port, network = ${network} } }`;
  return `merge([for name, list in ${addresses} : ${ofTarget}]...)`;
}

function egress(attachments: string, ports: string): string {
  const network = 'a.network == null ? "${a.address}/32" : a.network';
  const ofAddress = `[for port in ${ports}[a.target] : { port = tonumber(port), cidr = ${network} }]`;
  const needed = `flatten([for a in ${attachments} : ${ofAddress}])`;
  return `{ for rule in distinct(${needed}) : "\${rule.port}/\${rule.cidr}" => rule }`;
}
