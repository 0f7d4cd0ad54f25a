import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { LbRule, PrivateLinkService, type PrivateLinkServiceNatIpConfiguration } from '../../bindings';
import type { LoadBalancing } from '../../model';
import { expression, forEach, mapExpression, pinned, shardResource } from '../expression';
import { RESERVED_TAG_PREFIX } from '../tags';
import { asTerm, asText, asTexts, Reference, type ValueOrRef } from '../value-or-ref';
import type { AzureNetwork } from './network';
import type { AzurePool } from './pool';

/** `PlannedAzureShard`, of which Terraform may fill in the names. */
interface GivenAzureShard {
  /** Undefined in a module, which has one shard. */
  readonly key?: string;
  readonly name: ValueOrRef<string>;
  readonly deletionProtection: boolean;
  readonly frontendName: string;
  readonly privateLinkServiceName: ValueOrRef<string>;
}

/** Who sees a Private Link Service, and with how many addresses it speaks; of which Terraform may fill in any part. */
interface GivenService {
  readonly natAddresses: ValueOrRef<number>;
  readonly visibility: ValueOrRef<readonly string[]>;
  readonly autoApproval: ValueOrRef<readonly string[]>;
}

export interface AzureShardProps {
  readonly plan: GivenAzureShard;
  readonly azure: GivenService;
  readonly network: AzureNetwork;
  readonly pool: AzurePool;
  readonly tags: string;
}

/** One shard on Azure: the Private Link Service on its frontend, and the load-balancing rules of its listener ports. */
export class AzureShard extends Construct {
  public readonly service: PrivateLinkService;
  /** Undefined where one rule of the pool carries all ports. */
  public rules?: LbRule;

  private readonly props: AzureShardProps;

  public constructor(scope: Construct, id: string, props: AzureShardProps) {
    super(scope, id);
    this.props = props;
    const { plan, azure, network, pool } = props;
    const own = `{ "${RESERVED_TAG_PREFIX}shard" = ${asTerm(plan.name)} }`;
    const service = new PrivateLinkService(this, 'service', {
      name: asText(plan.privateLinkServiceName),
      location: expression(network.location),
      resourceGroupName: expression(network.resourceGroupName),
      loadBalancerFrontendIpConfigurationIds: [pool.balancer.frontendId(plan.frontendName)],
      visibilitySubscriptionIds: asTexts(azure.visibility),
      autoApprovalSubscriptionIds: asTexts(azure.autoApproval),
      natIpConfiguration: natAddresses(azure.natAddresses, network),
      tags: mapExpression(`merge(${props.tags}, ${own})`),
      // While the load balancer is being written, Azure takes no service on it: the rules that come with the pool are
      // written before, the targets' rules after.
      dependsOn: [pool.balancer.permanentRule],
      lifecycle: { preventDestroy: plan.deletionProtection },
    });
    // Its name in 5.0, which the bindings do not know yet. Always set, since 4.x computes it otherwise.
    service.addOverride('proxy_protocol_enabled', false);
    if (azure.natAddresses instanceof Reference) {
      service.addOverride('dynamic', { nat_ip_configuration: natBlocks(azure.natAddresses, network) });
    }
    this.service = pinned(service, shardResource(plan.key));
  }

  /**
   * The rules, keyed by listener port, with the port of the forwarders as the value: a rename, a new host, and two targets that swap their ports touch none.
   *
   * They open after the forwarders are configured and the security group admits the port, and close before either
   * forgets it. They come after every service of the pool, because a rule is a write of the whole load balancer.
   *
   * @param services the Private Link Services of all the pool's shards
   */
  public addRules(services: readonly PrivateLinkService[]): void {
    const { plan, pool } = this.props;
    const listeners = shardResource(plan.key, 'listeners');
    const listenerPort = pool.otherPorts ? 'try(t.listener_port, t.port)' : 't.port';
    const ports =
      plan.key === undefined
        ? // Two targets on one port are told by a precondition, which comes before Terraform's own word for one key twice.
          `{ for port, all in { for t in values(${pool.targets}) : tostring(t.port) => t.port... } : port => all[0] }`
        : pool.sharedPorts
          ? `{ for port, all in { for name, t in ${pool.targets} : tostring(${listenerPort}) => t.port... if t.shard == "${plan.key}" } : port => all[0] }`
          : `{ for name, t in ${pool.targets} : tostring(${listenerPort}) => t.port if t.shard == "${plan.key}" }`;
    pinned(new TerraformLocal(this, 'listeners', expression(ports)), listeners);
    this.rules = forEach(
      pinned(
        new LbRule(this, 'rule', {
          ...pool.balancer.listenerRule(plan.frontendName, pool.otherPorts),
          dependsOn: [pool.machines.configuration, pool.securityGroup.group, ...services],
        }),
        shardResource(plan.key, 'rule'),
      ),
      `local.${listeners}`,
    );
  }
}

function natAddresses(count: ValueOrRef<number>, network: AzureNetwork): PrivateLinkServiceNatIpConfiguration[] {
  if (count instanceof Reference) return [];
  return Array.from({ length: count }, (_, i) => ({
    name: `nat-${i + 1}`,
    primary: i === 0,
    subnetId: expression(network.natSubnetId),
    privateIpAddressVersion: 'IPv4',
  }));
}

/** As many of them as Terraform finds. */
function natBlocks(count: Reference, network: AzureNetwork): Record<string, unknown> {
  return {
    for_each: expression(`range(${count.terraform})`),
    content: {
      name: expression('"nat-${nat_ip_configuration.value + 1}"'),
      primary: expression('nat_ip_configuration.value == 0'),
      subnet_id: expression(network.natSubnetId),
      private_ip_address_version: 'IPv4',
    },
  };
}

/** Adds the rules of a pool's shards, unless one rule carries all ports. */
export function addListenerRules(shards: readonly AzureShard[], loadBalancing: LoadBalancing): void {
  if (loadBalancing === 'ha-ports') return;
  const services = shards.map(({ service }) => service);
  for (const shard of shards) shard.addRules(services);
}
