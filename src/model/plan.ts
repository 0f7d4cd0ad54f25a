import type {
  Approval,
  AwsPlace,
  AzurePlace,
  DatabricksAccount,
  HealthCheck,
  Ncc,
  SharedRoute,
  TargetHost,
  Teardown,
} from './inventory';
import type { RetiredPort } from './lock';

/** What the planner decided; everything after it only translates. Sorted and serialisable: same input, same value. */
export interface RoutingPlan {
  readonly routers: readonly PlannedRouter[];
}

export type PlannedRouter = PlannedAwsRouter | PlannedAzureRouter;

export interface PlannedAwsRouter extends AnyPlannedRouter {
  readonly cloud: 'aws';
  readonly aws: AwsPlace;
  /** The role of Databricks that may connect to the endpoint services, by region and partition. */
  readonly principal: string;
  readonly shards: readonly PlannedAwsShard[];
}

export interface PlannedAzureRouter extends AnyPlannedRouter {
  readonly cloud: 'azure';
  readonly azure: AzurePlace;
  /** Name servers that the forwarders' engine asks, IPv4 or IPv6 addresses with an optional port; empty: the machines' own. */
  readonly resolvers: readonly string[];
  /** Names of what all pools share. */
  readonly names: AzureRouterNames;
  /** By number. A pool without shards is not here. */
  readonly pools: readonly PlannedPool[];
  readonly shards: readonly PlannedAzureShard[];
}

/** What routers of every cloud have. */
interface AnyPlannedRouter {
  readonly name: string;
  /** Router, or router and environment: the stack's folder and the first part of every physical name. */
  readonly deployment: string;
  readonly env?: string;
  readonly databricks: DatabricksAccount;
  readonly ncc: Ncc;
  /** Terraform may have made an NCC for this router before, which is not the router's any more: it is forgotten, and stays. */
  readonly forgetsNcc?: true;
  readonly approval: Approval;
  readonly teardown?: Teardown;
  readonly deletionProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** The backend with `{env}` and `{router}` filled in, or undefined for none. */
  readonly backend?: { readonly type: string; readonly config: Readonly<Record<string, unknown>> };
  /** By number. Shards whose teardown is `destroy`, or done, are not here. */
  readonly shards: readonly PlannedShard[];
  readonly retired: readonly PlannedRetired[];
  /** Limit values in force that Terraform must hold because the inventory cannot show them, by limit id. */
  readonly limits: Readonly<Record<string, number>>;
}

/** A port, or a name of a shared listener, that no target gets. */
export type PlannedRetired = Omit<RetiredPort, 'portFrom'>;

/** Names of an Azure router's own network and way out; used only where it has them. */
export interface AzureRouterNames {
  readonly virtualNetwork: string;
  readonly natGateway: string;
  readonly publicIp: string;
}

/** Azure: one load balancer with one scale set of forwarders. Every name is made of what never changes. */
export interface PlannedPool {
  /** Permanent and short, `p1`: Terraform addresses carry it. */
  readonly key: string;
  /** For people, `analytics-eus2-pool-1`. */
  readonly name: string;
  /** Keys of its shards, by number, at least one. */
  readonly shards: readonly string[];
  readonly deletionProtection: boolean;
  readonly loadBalancerName: string;
  readonly securityGroupName: string;
  /** At most 64 characters. */
  readonly scaleSetName: string;
  /** What the machines' host names begin with, at most 9 letters and digits, a letter first. */
  readonly computerNamePrefix: string;
  /** Decided when the pool is made, by its size, and kept in the lock. */
  readonly acceleratedNetworking: boolean;
}

export type PlannedShard = PlannedAwsShard | PlannedAzureShard;

export interface PlannedAwsShard extends AnyPlannedShard {
  /** At most 32 characters. */
  readonly loadBalancerName: string;
  readonly securityGroupName: string;
  /** Sorted by port. Disabled targets are not here. */
  readonly listeners: readonly PlannedListener<PlannedAwsBackend>[];
}

export interface PlannedAzureShard extends AnyPlannedShard {
  /** The pool that its frontend is on, `p1`. */
  readonly pool: string;
  /** Of the shard's frontend on the pool's load balancer: the shard's key. */
  readonly frontendName: string;
  readonly privateLinkServiceName: string;
  /** Sorted by port. Disabled targets are not here. */
  readonly listeners: readonly PlannedListener[];
}

/** What shards of every cloud have. */
interface AnyPlannedShard {
  /** Permanent and short, `s1`: Terraform addresses carry it. */
  readonly key: string;
  /** For people, `analytics-use2-1`. */
  readonly name: string;
  /** The pin of its targets, where they have one: no other target has a place on it. */
  readonly pin?: string;
  readonly deletionProtection: boolean;
  /** Domains of the rule: lower case, unique, sorted, never empty. */
  readonly domains: readonly string[];
  /** Disabled targets, which keep their slot. */
  readonly reserved: readonly { readonly target: string; readonly listenerPort: number }[];
}

/** What clients dial on a shard: a port, and how what arrives there is told apart. */
export type PlannedListener<B extends PlannedBackend = PlannedBackend> = TcpListener<B> | SharedListener<B>;

/** What listeners of every route have. */
interface AnyListener {
  /** What clients dial. */
  readonly port: number;
  /** Azure only: the port that forwarders listen on for it, unique in the pool; absent: `port` itself. */
  readonly forwarderPort?: number;
}

/** A listener of which everything goes to one backend; on Azure, a load-balancing rule and the forwarders' part behind it. */
export interface TcpListener<B extends PlannedBackend = PlannedBackend> extends AnyListener {
  readonly route: 'tcp';
  readonly backends: readonly [B];
}

/** A listener that chooses among backends by the names that clients dial, and with `http` by the paths of their requests. */
export interface SharedListener<B extends PlannedBackend = PlannedBackend> extends AnyListener {
  readonly route: SharedRoute;
  /** Sorted by target, at least one. No two have both a name and a path in common. */
  readonly backends: readonly [B, ...B[]];
}

/** What answers behind a listener: an enabled target. */
export interface PlannedBackend {
  readonly target: string;
  /** The name that the target had before, while the inventory still says so: on AWS each resource of it gets a `moved` block. */
  readonly renamedFrom?: string;
  readonly hosts: readonly [TargetHost, ...TargetHost[]];
  /** The port of every host. */
  readonly port: number;
  /** The names that clients dial. */
  readonly domains: readonly [string, ...string[]];
  /** `http` only: what the path of a request begins with; undefined: any path that no other backend of the name has. */
  readonly path?: string;
  /** Seconds. */
  readonly idleTimeout: number;
  /** Azure only: sessions that each machine keeps with the target at once; undefined: as many as the machine's memory lets. */
  readonly maxConnections?: number;
  /** Seconds that open sessions may go on after the listener has gone, or after their address has left the target. */
  readonly drain: number;
  readonly healthCheck: HealthCheck;
  /** Whom to ask about the target. */
  readonly owner?: string;
  /** What the target is, in one line. */
  readonly description?: string;
}

export interface PlannedAwsBackend extends PlannedBackend {
  /** Where addresses come from: `plan`: the dns provider; `fixed`: `addresses` alone (literal hosts, or `dns: synth`). */
  readonly resolution: 'plan' | 'fixed';
  /** IPv4 addresses, sorted by number, unique: with `plan` those of literal hosts, and else all that are known. */
  readonly addresses: readonly string[];
  /** At most 32 characters, with a hash of everything whose change replaces the target group. */
  readonly targetGroupName: string;
  /** The user's tags of what is this target's alone, over the router's; never empty. */
  readonly tags?: Readonly<Record<string, string>>;
  /** Of the router's own account: Terraform makes the rule that admits the load balancer. */
  readonly securityGroupIds: readonly string[];
  /** Of other accounts, whose owners have to make it. */
  readonly foreignSecurityGroups: readonly ForeignSecurityGroup[];
}

/** A security group of another account than the router's. */
export interface ForeignSecurityGroup {
  readonly accountId: string;
  readonly id: string;
}

/** A backend with the listener that it is behind. */
export interface ServedBackend<B extends PlannedBackend = PlannedBackend> {
  readonly listener: PlannedListener<B>;
  readonly backend: B;
}

/** The backends of a shard, by the port that clients dial: whoever asks what is served asks here, whatever its route. */
export function servedBackends<B extends PlannedBackend>(shard: {
  readonly listeners: readonly PlannedListener<B>[];
}): readonly ServedBackend<B>[] {
  return shard.listeners.flatMap((listener) => listener.backends.map((backend) => ({ listener, backend })));
}

/** The port that forwarders listen on for a listener: its own where the plan has no other. */
export function forwarderPortOf({
  port,
  forwarderPort = port,
}: Pick<PlannedListener, 'port' | 'forwarderPort'>): number {
  return forwarderPort;
}

/** The same without the listeners. */
export function backendsOf<B extends PlannedBackend>(shard: {
  readonly listeners: readonly PlannedListener<B>[];
}): readonly B[] {
  return shard.listeners.flatMap(({ backends }) => backends);
}

/** True where forwarders listen for a listener of the shards on another port than clients dial. */
export function hasForwarderPorts(shards: readonly PlannedShard[]): boolean {
  return shards.some(({ listeners }) => listeners.some((listener) => forwarderPortOf(listener) !== listener.port));
}

/** True where targets of the shards share listeners. */
export function hasSharedListeners(shards: readonly PlannedShard[]): boolean {
  return shards.some(({ listeners }) => listeners.some(({ route }) => route !== 'tcp'));
}

/** A retired port as a plan shows it: how it was given is the program's own affair. */
export function plannedRetired({ portFrom: _given, ...retired }: RetiredPort): PlannedRetired {
  return retired;
}
