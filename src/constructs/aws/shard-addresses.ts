import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { DataDnsARecordSet } from '../../bindings';
import { expression, forEach, pinned, shardResource } from '../expression';
import type { Vocabulary } from '../vocabulary';
import type { AwsNetwork } from './network';

/** IPv4 addresses that a load balancer may reach: RFC 1918 and 100.64/10, as a pattern of their text. */
const PRIVATE_ADDRESS = '^(10|172[.](1[6-9]|2[0-9]|3[01])|192[.]168|100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))[.]';

/** An answer that a provider makes up which a caller's test of a module mocks: the real one's id is the host. */
const MADE_UP = 'self.id != self.host';

export interface ShardAddressesProps {
  /** The shard's key, or undefined in a module. */
  readonly shard?: string;
  readonly network: AwsNetwork;
  /** The reference of the map of targets. */
  readonly targets: string;
  /** True where at least one target is resolved by Terraform: the dns provider is needed then. */
  readonly resolves: boolean;
  /** True where targets may bring addresses of their own, `positions`, which Terraform may not know yet. @default false */
  readonly positions?: boolean;
  /** True where the targets have `hosts`, the names to resolve, since one of them has several. @default false */
  readonly several?: boolean;
  /** In whose words messages name what the user wrote. */
  readonly words: Vocabulary;
}

/**
 * From targets to addresses: what Terraform resolves, which of them lie in the VPC, and which ports of which networks
 * the load balancer has to reach. Everything is computed once, in locals: an expression inside a resource of which
 * there are many is computed as often.
 */
export class ShardAddresses extends Construct {
  /**
   * By `<target group>/<address>`, and with `positions` by `<target>/<position>`: target, address, port and the VPC's CIDR
   * that holds the address, or null.
   */
  public readonly attachments: string;
  /**
   * By `<port>/<cidr>`, and with `positions` by `<port>/<target>/<position>`: the port and the network that the load
   * balancer's security group lets out to.
   */
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
    const { targets, positions = false, several = false } = props;
    const answers = props.resolves ? this.lookUp(props) : undefined;
    const addresses = local('addresses', addressesByTarget(targets, answers, { positions, several }));
    this.ports = local(
      'ports',
      `{ for name, t in ${targets} : name => distinct([tostring(t.port), replace(t.health_check.port, "traffic-port", tostring(t.port))]) }`,
    );
    this.attachments = local('attachments', attachments(targets, addresses, props.network.vpcCidrs, positions));
    this.egress = local('egress', egress(targets, this.attachments, this.ports, positions));
  }

  private lookUp(props: ShardAddressesProps): string {
    const name = shardResource(props.shard, 'address');
    const { withoutAddress } = props.words;
    const who = props.several === true ? 'each.value.target' : 'each.key';
    const answer = new DataDnsARecordSet(this, 'address', {
      host: expression('each.value.host'),
      lifecycle: {
        postcondition: [
          {
            condition: expression(
              props.shard === undefined ? `length(self.addrs) > 0 || ${MADE_UP}` : 'length(self.addrs) > 0',
            ),
            errorMessage: `The host \${each.value.host} of target \${${who}} has no IPv4 address; a name with AAAA records only cannot be a target. ${withoutAddress}`,
          },
          {
            condition: expression(`alltrue([for a in self.addrs : can(regex("${PRIVATE_ADDRESS}", a))])`),
            errorMessage: `The host \${each.value.host} of target \${${who}} resolves to \${join(", ", self.addrs)}; a load balancer reaches private addresses only (10/8, 172.16/12, 192.168/16, 100.64/10). Perhaps this machine asks another name server than the VPC. ${withoutAddress}`,
          },
        ],
      },
    });
    // No depends_on, ever: with one the addresses would be unknown while planning, and so would the keys made of them.
    const questions =
      props.several === true
        ? `merge([for name, t in ${props.targets} : { for host in t.hosts : "\${name}/\${host}" => { target = name, host = host } }]...)`
        : `{ for name, t in ${props.targets} : name => t if t.resolution == "plan" }`;
    forEach(pinned(answer, name), questions);
    return `data.dns_a_record_set.${name}`;
  }
}

/** Two hosts may have one address, which is attached once. */
function addressesByTarget(
  targets: string,
  answers: string | undefined,
  { positions, several }: { readonly positions: boolean; readonly several: boolean },
): string {
  const value =
    answers === undefined
      ? 't.addresses'
      : several
        ? `tolist(concat(t.addresses, flatten([for host in t.hosts : ${answers}["\${name}/\${host}"].addrs])))`
        : `t.resolution == "plan" ? tolist(${answers}[name].addrs) : tolist(t.addresses)`;
  return `{ for name, t in ${targets} : name => distinct(${value})${positions ? ' if t.resolution != "positions"' : ''} }`;
}

/**
 * Keyed by the target group and not by the target: the key outlives a rename, and a replaced target group gets new
 * attachments beside the old ones. An address lies in a network where both have the same first address at that length.
 * Addresses that Terraform may not know yet cannot be keys: there the position is.
 */
function attachments(targets: string, addresses: string, cidrs: string, positions: boolean): string {
  const within = 'cidrhost("${a}/${split("/", c)[1]}", 0) == cidrhost(c, 0)';
  // A caller's test may mock the VPC with what is no network.
  const network = `one([for c in ${cidrs} : c if ${positions ? `try(${within}, false)` : within}])`;
  const ofTarget = `{ for a in list : "\${${targets}[name].target_group_name}/\${a}" => { target = name, address = a, port = ${targets}[name].port, network = ${network} } }`;
  const found = `[for name, list in ${addresses} : ${ofTarget}]`;
  if (!positions) return `merge(${found}...)`;
  const ofPosition = `{ for i, a in t.addresses : "\${name}/\${i}" => { target = name, address = a, port = t.port, network = ${network} } }`;
  return `merge(concat(${found}, [for name, t in ${targets} : ${ofPosition} if t.resolution == "positions"])...)`;
}

/** A network of the VPC needs one rule for all of its addresses; an address that is not known yet needs one for itself. */
function egress(targets: string, attachments: string, ports: string, positions: boolean): string {
  const network = 'a.network == null ? "${a.address}/32" : a.network';
  const ofAddress = `[for port in ${ports}[a.target] : { port = tonumber(port), cidr = ${network} }]`;
  const known = positions ? ` if ${targets}[a.target].resolution != "positions"` : '';
  const needed = `flatten([for a in ${attachments} : ${ofAddress}${known}])`;
  const byNetwork = `{ for rule in distinct(${needed}) : "\${rule.port}/\${rule.cidr}" => rule }`;
  if (!positions) return byNetwork;
  const ofPort = `{ for i, a in t.addresses : "\${port}/\${name}/\${i}" => { port = tonumber(port), cidr = "\${a}/32" } }`;
  const ofTarget = `merge([for port in ${ports}[name] : ${ofPort}]...)`;
  return `merge(concat([${byNetwork}], [for name, t in ${targets} : ${ofTarget} if t.resolution == "positions"])...)`;
}
