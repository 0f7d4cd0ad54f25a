import type { Approval } from '../model';
import type { ForwarderRuleName } from './azure/forwarder-rules';

/** One that lets a hop through. Where a hop has several, each of them has to. */
export type Admission =
  | PrivateEndpointRule
  | WorkspaceBinding
  | NetworkPolicy
  | AllowedConsumers
  | EndpointApproval
  | Listener
  | LoadBalancingRule
  | LoadBalancerSecurityGroup
  | TargetSecurityGroup
  | TargetFirewall
  | ForwarderSecurityGroup
  | Unguarded;

/** Databricks' rule of the shard has the domains among its names and is ESTABLISHED. */
interface PrivateEndpointRule {
  readonly kind: 'private-endpoint-rule';
  readonly shard: string;
  readonly domains: readonly string[];
}

/** The workspace is bound to the network connectivity configuration, by its name or its id. */
interface WorkspaceBinding {
  readonly kind: 'workspace-binding';
  readonly ncc: string;
}

/** Where the account restricts what serverless compute may dial, its policy has the domains. */
interface NetworkPolicy {
  readonly kind: 'network-policy';
  readonly domains: readonly string[];
}

/** Who may ask for a connection at all: a role of AWS, or subscriptions of Azure, `*` for all. */
interface AllowedConsumers {
  readonly kind: 'allowed-consumers';
  readonly consumers: readonly string[];
}

/** Somebody accepted the shard's private endpoint: the apply, or a person. */
interface EndpointApproval {
  readonly kind: 'endpoint-approval';
  readonly shard: string;
  readonly by: Approval;
}

/** AWS: a listener of the shard's load balancer. Its security group is not asked: see `enforceSecurityGroupInboundRules…`. */
interface Listener {
  readonly kind: 'listener';
  readonly shard: string;
}

/** Azure: the load-balancing rule of the port, or with `ha-ports` the pool's single one. */
interface LoadBalancingRule {
  readonly kind: 'load-balancing-rule';
  readonly pool: string;
  readonly ports: 'one' | 'all';
}

/** AWS: an outbound rule of the load balancer's security group. */
interface LoadBalancerSecurityGroup {
  readonly kind: 'load-balancer-security-group';
  readonly shard: string;
}

/** AWS: an inbound rule of a security group that the inventory gives for the target. */
export interface TargetSecurityGroup {
  readonly kind: 'target-security-group';
  readonly id: string;
  /** The account that it is of, where that is another than the router's: its owner has to make the rule. */
  readonly accountId?: string;
}

/** What stands before the target, of which the inventory says nothing: its owner has to open it. */
interface TargetFirewall {
  readonly kind: 'target-firewall';
  readonly target: string;
}

/** Azure: a rule of the security group of a pool's machines. */
export interface ForwarderSecurityGroup {
  readonly kind: 'forwarder-security-group';
  readonly pool: string;
  readonly rule: ForwarderRuleName;
}

/** The cloud lets it through whatever the rules say. */
interface Unguarded {
  readonly kind: 'unguarded';
}
