import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { LbRule, PrivateLinkService } from '../../bindings';
import type { AzurePlace, LoadBalancing, PlannedAzureShard } from '../../model';
import { expression, forEach, mapExpression, numberExpression, pinned, shardResource } from '../expression';
import { RESERVED_TAG_PREFIX } from '../tags';
import { terraformText } from '../terraform-text';
import type { AzureNetwork } from './network';
import type { AzurePool } from './pool';

export interface AzureShardProps {
  readonly plan: PlannedAzureShard;
  readonly azure: AzurePlace;
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
    const own = `{ "${RESERVED_TAG_PREFIX}shard" = "${terraformText(plan.name)}" }`;
    const service = new PrivateLinkService(this, 'service', {
      name: terraformText(plan.privateLinkServiceName),
      location: expression(network.location),
      resourceGroupName: expression(network.resourceGroupName),
      loadBalancerFrontendIpConfigurationIds: [pool.balancer.frontendId(plan.frontendName)],
      visibilitySubscriptionIds: azure.visibility.map(terraformText),
      autoApprovalSubscriptionIds: azure.autoApproval.map(terraformText),
      natIpConfiguration: Array.from({ length: azure.natAddresses }, (_, i) => ({
        name: `nat-${i + 1}`,
        primary: i === 0,
        subnetId: expression(network.natSubnetId),
        privateIpAddressVersion: 'IPv4',
      })),
      tags: mapExpression(`merge(${props.tags}, ${own})`),
      // While the load balancer is being written, Azure takes no service on it: the rules that come with the pool are
      // written before, the targets' rules after.
      dependsOn: [pool.balancer.permanentRule],
      lifecycle: { preventDestroy: plan.deletionProtection },
    });
    // Its name in 5.0, which the bindings do not know yet. Always set, since 4.x computes it otherwise.
    service.addOverride('proxy_protocol_enabled', false);
    this.service = pinned(service, shardResource(plan.key));
  }

  /**
   * The rules, keyed by listener port: a rename, a new host, and two targets that swap their ports touch none.
   *
   * They open after the forwarders are configured and the security group admits the port, and close before either
   * forgets it. They come after every service of the pool, because a rule is a write of the whole load balancer.
   *
   * @param services the Private Link Services of all the pool's shards
   */
  public addRules(services: readonly PrivateLinkService[]): void {
    const { plan, pool } = this.props;
    const listeners = shardResource(plan.key, 'listeners');
    const ports = `{ for name, t in ${pool.targets} : tostring(t.port) => t.port if t.shard == "${plan.key}" }`;
    pinned(new TerraformLocal(this, 'listeners', expression(ports)), listeners);
    this.rules = forEach(
      pinned(
        new LbRule(this, 'rule', {
          ...pool.balancer.listenerRule(plan.frontendName),
          frontendPort: numberExpression('each.value'),
          backendPort: numberExpression('each.value'),
          dependsOn: [pool.machines.configuration, pool.securityGroup.group, ...services],
        }),
        shardResource(plan.key, 'rule'),
      ),
      `local.${listeners}`,
    );
  }
}

/** Adds the rules of a pool's shards, unless one rule carries all ports. */
export function addListenerRules(shards: readonly AzureShard[], loadBalancing: LoadBalancing): void {
  if (loadBalancing === 'ha-ports') return;
  const services = shards.map(({ service }) => service);
  for (const shard of shards) shard.addRules(services);
}
