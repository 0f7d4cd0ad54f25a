import { Construct } from 'constructs';
import { AzureLb, LbBackendAddressPool, LbProbe, LbRule, type LbRuleConfig } from '../../bindings';
import { FORWARDER_PORTS } from '../../forwarder';
import type { LoadBalancing } from '../../model';
import type { TerraformCondition } from '../condition';
import { expression, mapExpression, numberExpression, pinned, shardResource } from '../expression';
import { terraformText } from '../terraform-text';
import { asText, type ValueOrRef } from '../value-or-ref';
import type { AzureNetwork } from './network';
import { frontendZones } from './zones';

/** Minutes without a byte, between Azure's 4 and 100: the forwarders' own timers and keep-alives come first. */
const IDLE_TIMEOUT_MINUTES = 30;

/** The frontend of the permanent rule. No service stands on it, so that no shard's leaving ever concerns it. */
const HEALTH_FRONTEND = 'health';

/** Asked often enough to notice a dead machine within ten seconds, the shortest that Azure takes. */
const PROBE = { intervalInSeconds: 5, numberOfProbes: 2, probeThreshold: 2, requestPath: '/', protocol: 'Http' };

/** Seconds from a machine's first no to the moment at which no new connection comes: the next probe may be an interval away. */
export const UNHEALTHY_AFTER_SECONDS = PROBE.intervalInSeconds * (PROBE.probeThreshold + 1);

/** What every rule says: 5.0's names of the arguments, which 4.x computes unless they are set. */
const RULE = {
  idleTimeoutInMinutes: IDLE_TIMEOUT_MINUTES,
  floatingIpEnabled: false,
  tcpResetEnabled: true,
  disableOutboundSnat: true,
  loadDistribution: 'Default',
};

export interface PoolLoadBalancerProps {
  /** The pool's key, `p1`; undefined in a module, which has one pool. */
  readonly pool?: string;
  readonly network: AzureNetwork;
  readonly name: ValueOrRef<string>;
  /** Names of the shards' frontends, in the order of the shards. */
  readonly frontends: readonly string[];
  readonly loadBalancing: LoadBalancing;
  /** The machines' zones; empty in a location without zones. */
  readonly zones: ValueOrRef<readonly string[]>;
  readonly deletionProtection: boolean;
  /** What has to be so before anything of the pool is planned. @default nothing */
  readonly preconditions?: readonly TerraformCondition[];
  readonly tags: string;
}

/** The internal load balancer of a pool, its probes, and the rule that stands whatever its targets do. */
export class PoolLoadBalancer extends Construct {
  public readonly loadBalancer: AzureLb;
  public readonly machines: LbBackendAddressPool;
  /** The scale set's own probe. */
  public readonly health: LbProbe;
  /**
   * The one rule that uses the scale set's probe: Azure refuses to remove any rule that does, so it is none of a target's.
   * With `ha-ports` it is the rule for all ports.
   */
  public readonly permanentRule: LbRule;
  /** The probe of the targets' rules; undefined with `ha-ports`, whose single rule carries the scale set's. */
  public readonly ready?: LbProbe;

  public constructor(scope: Construct, id: string, props: PoolLoadBalancerProps) {
    super(scope, id);
    const { pool } = props;
    const perTarget = props.loadBalancing === 'per-target';
    const [first = HEALTH_FRONTEND] = props.frontends;
    this.loadBalancer = this.balancer(props, perTarget ? [HEALTH_FRONTEND, ...props.frontends] : props.frontends);
    this.machines = pinned(
      new LbBackendAddressPool(this, 'machines', { name: 'forwarders', loadbalancerId: this.loadBalancer.id }),
      shardResource(pool),
    );
    this.health = this.probe(pool, 'health');
    if (perTarget) this.ready = this.probe(pool, 'ready');
    this.permanentRule = pinned(
      new LbRule(this, 'permanent-rule', {
        ...RULE,
        name: perTarget ? 'health' : 'all',
        loadbalancerId: this.loadBalancer.id,
        frontendIpConfigurationName: perTarget ? HEALTH_FRONTEND : terraformText(first),
        backendAddressPoolIds: [this.machines.id],
        probeId: this.health.id,
        protocol: perTarget ? 'Tcp' : 'All',
        frontendPort: perTarget ? FORWARDER_PORTS.health : 0,
        backendPort: perTarget ? FORWARDER_PORTS.health : 0,
      }),
      shardResource(pool, perTarget ? 'health' : 'all'),
    );
  }

  /**
   * What the rule of one listener says: `each` has the port that clients dial as its key, and the forwarders' as its value.
   * @param otherPorts true where the two of a listener of the pool differ: two shards may then have one listener port, and
   *   such a rule is named after both ports, since names are unique on the load balancer
   */
  public listenerRule(frontend: string, otherPorts: boolean): LbRuleConfig {
    return {
      ...RULE,
      name: expression(
        otherPorts
          ? 'each.key == tostring(each.value) ? "port-${each.key}" : "port-${each.key}-${each.value}"'
          : '"port-${each.key}"',
      ),
      loadbalancerId: this.loadBalancer.id,
      frontendIpConfigurationName: terraformText(frontend),
      backendAddressPoolIds: [this.machines.id],
      ...(this.ready === undefined ? {} : { probeId: this.ready.id }),
      protocol: 'Tcp',
      frontendPort: numberExpression(otherPorts ? 'tonumber(each.key)' : 'each.value'),
      backendPort: numberExpression('each.value'),
    };
  }

  /**
   * The id of a frontend, constructed: by its position in the list it would change with a frontend more, and with it the
   * service would be replaced.
   */
  public frontendId(frontend: string): string {
    return `${this.loadBalancer.id}/frontendIPConfigurations/${terraformText(frontend)}`;
  }

  private balancer(props: PoolLoadBalancerProps, frontends: readonly string[]): AzureLb {
    return pinned(
      new AzureLb(this, 'load-balancer', {
        name: asText(props.name),
        location: expression(props.network.location),
        resourceGroupName: expression(props.network.resourceGroupName),
        sku: 'Standard',
        skuTier: 'Regional',
        frontendIpConfiguration: frontends.map((name) => ({
          name: terraformText(name),
          subnetId: expression(props.network.vmSubnetId),
          privateIpAddressAllocation: 'Dynamic',
          privateIpAddressVersion: 'IPv4',
          ...frontendZones(props.zones),
        })),
        tags: mapExpression(props.tags),
        lifecycle: {
          preventDestroy: props.deletionProtection,
          ...(props.preconditions === undefined ? {} : { precondition: [...props.preconditions] }),
        },
      }),
      shardResource(props.pool),
    );
  }

  private probe(pool: string | undefined, name: 'health' | 'ready'): LbProbe {
    return pinned(
      new LbProbe(this, name, { ...PROBE, name, loadbalancerId: this.loadBalancer.id, port: FORWARDER_PORTS[name] }),
      shardResource(pool, name),
    );
  }
}
