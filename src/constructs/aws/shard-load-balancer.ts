import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import type { LbListener } from '../../bindings';
import { Lb, SecurityGroup, VpcEndpointService, VpcSecurityGroupEgressRule } from '../../bindings';
import type { TerraformCondition } from '../condition';
import {
  expression,
  forEach,
  listExpression,
  mapExpression,
  numberExpression,
  pinned,
  shardResource,
} from '../expression';
import { resourceTags } from '../tags';
import { asFlag, asTerm, asText, Reference, type ValueOrRef } from '../value-or-ref';
import type { Vocabulary } from '../vocabulary';
import type { AwsNetwork } from './network';
import type { ShardAddresses } from './shard-addresses';

/** Counts that only Terraform knows, since they depend on what names resolve to. */
export interface ShardLimits {
  /** Outbound rules of a security group; undefined: not checked. */
  readonly egressRules?: ValueOrRef<number>;
  /** Targets (addresses) of a load balancer with cross-zone on; undefined: not checked. */
  readonly attachments?: ValueOrRef<number>;
}

export interface ShardLoadBalancerProps {
  readonly shard?: string;
  readonly network: AwsNetwork;
  readonly addresses: ShardAddresses;
  /** At most 32 letters, digits and hyphens; carries a hash of what replaces the load balancer. */
  readonly loadBalancerName: ValueOrRef<string>;
  readonly securityGroupName: ValueOrRef<string>;
  readonly deletionProtection: ValueOrRef<boolean>;
  readonly limits: ShardLimits;
  /** What has to hold beside the limits. @default nothing */
  readonly preconditions?: readonly TerraformCondition[];
  /** The reference of the shard's tags. */
  readonly tags: string;
  /** In whose words messages name what the user wrote. */
  readonly words: Vocabulary;
}

/** The network load balancer of a shard and its security group. */
export class ShardLoadBalancer extends Construct {
  public readonly loadBalancer: Lb;
  /** The reference of the load balancer's ARN. */
  public readonly arn: string;
  public readonly securityGroup: SecurityGroup;
  public readonly egress: VpcSecurityGroupEgressRule;

  public constructor(scope: Construct, id: string, props: ShardLoadBalancerProps) {
    super(scope, id);
    this.securityGroup = pinned(
      new SecurityGroup(this, 'security-group', {
        name: asText(props.securityGroupName),
        // A description can never change without replacing the group, so it says nothing that may change; and a group that
        // was taken over keeps its own.
        description: 'privatelink-router: from the load balancer to its targets',
        vpcId: expression(props.network.vpcId),
        tags: mapExpression(resourceTags(props.tags, asTerm(props.securityGroupName))),
        lifecycle: { createBeforeDestroy: true, ignoreChanges: ['description'] },
      }),
      shardResource(props.shard, 'load_balancer'),
    );
    const securityGroupId = this.local(props, 'security_group_id', this.securityGroup.id);
    const egressTags = this.local(
      props,
      'egress_tags',
      expression(resourceTags(props.tags, asTerm(props.securityGroupName))),
    );
    // No rule lets anything in: clients come through PrivateLink alone, on which inbound rules are not enforced.
    this.egress = forEach(
      pinned(
        new VpcSecurityGroupEgressRule(this, 'egress', {
          securityGroupId: expression(securityGroupId),
          description: 'privatelink-router: to targets',
          ipProtocol: 'tcp',
          fromPort: numberExpression('each.value.port'),
          toPort: numberExpression('each.value.port'),
          cidrIpv4: expression('each.value.cidr'),
          tags: mapExpression(egressTags),
          lifecycle: { createBeforeDestroy: true },
        }),
        shardResource(props.shard, 'egress'),
      ),
      props.addresses.egress,
    );
    this.loadBalancer = pinned(
      new Lb(this, 'load-balancer', {
        name: asText(props.loadBalancerName),
        internal: true,
        loadBalancerType: 'network',
        subnets: listExpression(props.network.subnetIds),
        // From creation: a group added later to a load balancer that had none replaces it.
        securityGroups: [this.securityGroup.id],
        enforceSecurityGroupInboundRulesOnPrivateLinkTraffic: 'off',
        // A target with one address would otherwise be reached from one zone only.
        enableCrossZoneLoadBalancing: true,
        enableDeletionProtection: asFlag(props.deletionProtection),
        tags: mapExpression(resourceTags(props.tags, asTerm(props.loadBalancerName))),
        lifecycle: {
          createBeforeDestroy: true,
          precondition: [...preconditions(props), ...(props.preconditions ?? [])],
        },
      }),
      shardResource(props.shard),
    );
    this.arn = this.local(props, 'load_balancer_arn', this.loadBalancer.arn);
  }

  /** An attribute that many instances need, as a local: read from the resource it would be decoded for each of them. */
  private local(props: ShardLoadBalancerProps, part: string, value: string): string {
    const name = shardResource(props.shard, part);
    pinned(new TerraformLocal(this, part, value), name);
    return `local.${name}`;
  }
}

export interface ShardEndpointServiceProps {
  readonly shard?: string;
  readonly loadBalancer: Lb;
  /**
   * The listeners that have to stand before the service leads to the load balancer: also where a load balancer takes
   * another's place, for the service changes over in place and keeps its connections.
   */
  readonly listeners: LbListener;
  /** The ARN of the role that may connect. */
  readonly principal: ValueOrRef<string>;
  /** A Terraform expression of the service's name in tags: AWS gives it no other. */
  readonly name: string;
  readonly tags: string;
}

/** What Databricks connects to. The principal is shared by every customer of the region, so acceptance is required. */
export function shardEndpointService(
  scope: Construct,
  id: string,
  props: ShardEndpointServiceProps,
): VpcEndpointService {
  return pinned(
    new VpcEndpointService(scope, id, {
      acceptanceRequired: true,
      allowedPrincipals: [asText(props.principal)],
      networkLoadBalancerArns: [props.loadBalancer.arn],
      supportedIpAddressTypes: ['ipv4'],
      tags: mapExpression(resourceTags(props.tags, props.name)),
      dependsOn: [props.listeners],
      lifecycle: { createBeforeDestroy: true },
    }),
    shardResource(props.shard),
  );
}

function preconditions(props: ShardLoadBalancerProps): TerraformCondition[] {
  const { limits, addresses, network, words } = props;
  const elsewhere = `give some targets to ${words.otherRouter}`;
  const zones = `${network.subnets}[*].availability_zone`;
  const found = [
    {
      condition: expression(`length(distinct(${zones})) == length(${network.subnetIds})`),
      errorMessage: `Two of the subnets lie in one availability zone (\${join(", ", ${zones})}); a load balancer takes one subnet of a zone. Leave one of them out of ${words.key('subnetIds')}.`,
    },
  ];
  if (limits.egressRules !== undefined) {
    found.push({
      condition: expression(`length(${addresses.egress}) <= ${asTerm(limits.egressRules)}`),
      errorMessage: `The targets of this shard need \${length(${addresses.egress})} outbound rules, one for each port and network, and a security group holds ${shown(limits.egressRules)}. Ask AWS to raise "Inbound or outbound rules per security group" and state the new value ${words.limit('rulesPerSecurityGroup')}, or ${elsewhere}.`,
    });
  }
  if (limits.attachments !== undefined) {
    found.push({
      condition: expression(`length(${addresses.attachments}) <= ${asTerm(limits.attachments)}`),
      errorMessage: `The targets of this shard have \${length(${addresses.attachments})} addresses, and a load balancer with cross-zone balancing holds ${shown(limits.attachments)}. Ask AWS to raise "Targets per Network Load Balancer" and state the new value ${words.limit('targetsPerLoadBalancer')}, or ${elsewhere}.`,
    });
  }
  return found;
}

/** A number inside a message. */
function shown(value: ValueOrRef<number>): string {
  return value instanceof Reference ? expression(value.terraform) : String(value);
}
