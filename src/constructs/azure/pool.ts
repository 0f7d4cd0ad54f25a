import type { ITerraformDependable } from 'cdktf';
import { TerraformLocal } from 'cdktf';
import { Construct } from 'constructs';
import { defined, type LoadBalancing } from '../../model';
import type { TerraformCondition } from '../condition';
import { expression, pinned, poolLocal } from '../expression';
import { RESERVED_TAG_PREFIX } from '../tags';
import { asTerm } from '../value-or-ref';
import type { ForwarderMachine, GivenForwarder } from './forwarder-machine';
import type { AzureNetwork } from './network';
import { PoolConfiguration } from './pool-configuration';
import { PoolLoadBalancer } from './pool-load-balancer';
import { type GivenPool, type PoolLimits, PoolScaleSet } from './pool-scale-set';
import { PoolSecurityGroup } from './pool-security-group';

export interface AzurePoolProps {
  readonly plan: GivenPool;
  /** Names of its shards' frontends, in the order of the shards. */
  readonly frontends: readonly string[];
  readonly network: AzureNetwork;
  readonly machine: ForwarderMachine;
  readonly forwarder: GivenForwarder;
  readonly loadBalancing: LoadBalancing;
  /** The reference of a map of `PoolTarget` by name. */
  readonly targets: string;
  /** True where a target has several hosts. @default false */
  readonly several?: boolean;
  /** True where the forwarders listen for a target on another port than clients dial. @default false */
  readonly otherPorts?: boolean;
  /** True where targets share listeners. @default false */
  readonly sharedPorts?: boolean;
  /** What has to stand before a machine boots. */
  readonly after: readonly ITerraformDependable[];
  readonly limits: PoolLimits;
  /** What has to be so before anything of the pool is planned. @default nothing */
  readonly preconditions?: readonly TerraformCondition[];
  /** The reference of the tags that all resources share. */
  readonly tags: string;
}

/** One load balancer with one scale set of forwarders; its shards put their frontends and services on it. */
export class AzurePool extends Construct {
  public readonly balancer: PoolLoadBalancer;
  public readonly securityGroup: PoolSecurityGroup;
  public readonly machines: PoolScaleSet;
  /** The reference of the map of the pool's targets. */
  public readonly targets: string;
  /** True where the forwarders listen for a target on another port than clients dial. */
  public readonly otherPorts: boolean;
  /** True where targets share listeners. */
  public readonly sharedPorts: boolean;

  public constructor(scope: Construct, id: string, props: AzurePoolProps) {
    super(scope, id);
    const { plan, network, machine, forwarder } = props;
    const pool = plan.key;
    const inPool = pool === undefined ? {} : { pool };
    const own = `{ "${RESERVED_TAG_PREFIX}pool" = ${asTerm(plan.name)} }`;
    const tagsLocal = poolLocal(pool, 'tags');
    pinned(new TerraformLocal(this, 'tags', expression(`merge(${props.tags}, ${own})`)), tagsLocal);
    const tags = `local.${tagsLocal}`;
    this.targets = props.targets;
    this.otherPorts = props.otherPorts ?? false;
    this.sharedPorts = props.sharedPorts ?? false;
    const configuration = new PoolConfiguration(this, 'configuration', {
      ...inPool,
      network,
      machine,
      engine: forwarder.engine,
      targets: props.targets,
      sharedPorts: this.sharedPorts,
    });
    this.balancer = new PoolLoadBalancer(this, 'load-balancer', {
      ...inPool,
      network,
      name: plan.loadBalancerName,
      frontends: props.frontends,
      loadBalancing: props.loadBalancing,
      zones: forwarder.zones,
      deletionProtection: plan.deletionProtection,
      ...defined({ preconditions: props.preconditions }),
      tags,
    });
    this.securityGroup = new PoolSecurityGroup(this, 'security-group', {
      ...inPool,
      network,
      name: plan.securityGroupName,
      portRanges: configuration.portRanges,
      targets: props.targets,
      ...defined({ several: props.several }),
      settings: machine.settings,
      sshFrom: forwarder.ssh?.from ?? [],
      tags,
    });
    this.machines = new PoolScaleSet(this, 'machines', {
      plan,
      forwarder,
      network,
      machine,
      balancer: this.balancer,
      securityGroup: this.securityGroup,
      configuration,
      after: props.after,
      limits: props.limits,
      tags,
    });
  }
}
