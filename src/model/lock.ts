import type { Cloud } from './clouds';
import type { LoadBalancing, SharedRoute } from './inventory';

/** The lock: what stays as it is between two runs, whatever happens to the inventory. `privatelink-router[.ENV].lock.json`. */
export interface Lock {
  readonly version: 1;
  readonly routers: Readonly<Record<string, LockedRouter>>;
}

export interface LockedRouter {
  readonly cloud: Cloud;
  /** The step of the teardown that was locked last; absent in ordinary life. */
  readonly teardown?: 'prepare' | 'destroy';
  /** AWS only: where the router stood when it was locked last; absent in a lock that was written before this was kept. */
  readonly network?: LockedNetwork;
  /** Azure only: what no change of the inventory may move, because Azure replaces or refuses it half-way. */
  readonly azure?: LockedAzure;
  /** Azure only, by pool name, `p1`, `p2`: a number is never given out twice. Its shards name it. */
  readonly pools?: readonly string[];
  /** Azure only: the pools whose machines have accelerated networking. Absent: none, as before this was kept. */
  readonly acceleratedPools?: readonly string[];
  /** The inventory that was locked last had `deletionProtection: false`. Absent: the load balancers are protected. */
  readonly unprotected?: true;
  /**
   * Whose the NCC is that the router takes by `existing` or `router`, kept also where it takes one by `id` afterwards. `given`:
   * never one of its own. `forgotten`: its Terraform may hold one that it made before, and has to forget it. Absent: it makes its
   * NCC, or has always had it by id.
   */
  readonly ncc?: 'given' | 'forgotten';
  /** By shard name, `s1`, `s2`: a number is never given out twice. */
  readonly shards: Readonly<Record<string, LockedShard>>;
  readonly targets: Readonly<Record<string, LockedTarget>>;
  /** Ports that once reached a target, sorted by shard and port; given out again only after `lock release`. */
  readonly retired: readonly RetiredPort[];
}

/** What makes an Azure router another one. */
export interface LockedAzure {
  readonly subscriptionId: string;
  readonly location: string;
  readonly resourceGroupName: string;
  /** Lower case, since Azure's ids differ by letter case and mean the same; absent with a network of our own. */
  readonly natSubnetId?: string;
  /** With a network of our own: its address space. */
  readonly addressSpace?: string;
  /** NAT addresses of each Private Link Service: never fewer than before. */
  readonly natAddresses: number;
  /** Sorted; empty in a location without zones. */
  readonly zones: readonly string[];
  readonly loadBalancing: LoadBalancing;
}

/** What a load balancer of AWS cannot change in place, but for a subnet more. */
export interface LockedNetwork {
  readonly accountId: string;
  readonly region: string;
  readonly vpcId: string;
  /** Sorted, each once, at least one: their order decides nothing. */
  readonly subnetIds: readonly string[];
}

export interface LockedShard {
  /** Azure only: the pool that its frontend is on, for good. */
  readonly pool?: string;
  /** Only targets with this pin have a place on it, for good. Absent: those without a pin. */
  readonly pin?: string;
  /** `prepare`: its deletion protection is off. `removed`: it has left the configuration. Absent: in use. */
  readonly state?: 'prepare' | 'removed';
  /** The domains that its rule had last, sorted: an emptied shard's rule keeps them, since a rule without any is refused. */
  readonly domains: readonly string[];
  /**
   * How often a change of the network has replaced the shard's load balancer, from 1 on; absent: never. The names of load
   * balancer and target groups carry it, since the new ones are made while the old ones still stand. It never goes down.
   */
  readonly generation?: number;
  /** AWS only: the name of a load balancer that was taken over, as it was found; absent: the planner's own. It goes with a generation. */
  readonly loadBalancerName?: string;
  /** AWS only: the name of a security group that was taken over, as it was found; absent: the planner's own. It stays as long as the VPC. */
  readonly securityGroupName?: string;
}

/** The key of the load balancer that a shard is or was on: its pool, or its own. */
export function balancerOf(shard: string, locked: Pick<LockedShard, 'pool'> | undefined): string {
  return locked?.pool ?? shard;
}

export type LockedTarget = LockedPlace & LockedHosts & LockedDomains;

/** The hosts that answer on the target's port: one, or several, sorted. */
export type LockedHosts =
  | { readonly host: string; readonly hosts?: never }
  | { readonly host?: never; readonly hosts: readonly [string, string, ...string[]] };

/** Hosts as a lock keeps them. */
export function lockedHosts([first, second, ...more]: readonly [string, ...string[]]): LockedHosts {
  return second === undefined ? { host: first } : { hosts: [first, second, ...more] };
}

/** The hosts that a lock keeps, one or several. */
export function hostsOf(locked: LockedHosts): readonly [string, ...string[]] {
  return locked.hosts === undefined ? [locked.host] : locked.hosts;
}

/** The names that clients dial: one, or several, sorted. */
export type LockedDomains =
  | { readonly domain: string; readonly domains?: never }
  | { readonly domain?: never; readonly domains: readonly [string, string, ...string[]] };

/** Names as a lock keeps them. */
export function lockedDomains([first, second, ...more]: readonly [string, ...string[]]): LockedDomains {
  return second === undefined ? { domain: first } : { domains: [first, second, ...more] };
}

/** The names that a lock keeps, one or several. */
export function domainsOf(locked: LockedDomains): readonly [string, ...string[]] {
  return locked.domains === undefined ? [locked.domain] : locked.domains;
}

/** What a lock keeps of a target beside its hosts and its names. */
interface LockedPlace {
  readonly shard: string;
  /** What clients dial, unique in the shard. */
  readonly listenerPort: number;
  /** Azure only: the port that the forwarders of the pool listen on for it, unique in the pool; absent: the listener port. */
  readonly forwarderPort?: number;
  readonly port: number;
  /** How its listener chooses among targets by name. Absent: `tcp`, the port leads to this target alone. */
  readonly route?: SharedRoute;
  /** `http` only: the path that chooses it among the targets of its names. */
  readonly path?: string;
  /**
   * How the port was given: by the target's own `listenPort`, or, `preserve`, as the target's own port, which that strategy and
   * shared routes give. Absent: by base-port, unique in the router.
   */
  readonly portFrom?: 'listenPort' | 'preserve';
  /** The name that its cloud resources' names derive from, unique in the router, where that is not the target's own: it was renamed, or its name was still in use so. */
  readonly bornAs?: string;
  /**
   * AWS only: the name of a target group that was taken over, as it was found; absent: the planner's own. It goes as soon as
   * the group has to be replaced: with another port, shard or generation.
   */
  readonly targetGroupName?: string;
  /** `dns: synth` only: the addresses of the last resolution, of all names among the hosts, sorted by number. */
  readonly addresses?: readonly string[];
}

/** What forwarders listen on for a listener that a lock keeps: its own port where the lock has no other. */
export function lockedForwarderPort({
  listenerPort,
  forwarderPort = listenerPort,
}: Pick<LockedPlace, 'listenerPort' | 'forwarderPort'>): number {
  return forwarderPort;
}

/** A port that led to a target, or on a shared listener a name. */
export interface RetiredPort {
  readonly shard: string;
  readonly listenerPort: number;
  /** Azure only: the port that the forwarders listened on for it, which no other listener of the pool gets; absent: the listener port. */
  readonly forwarderPort?: number;
  /** Of a shared listener: how it chose, and by which name. Absent: the port led to one target. */
  readonly route?: SharedRoute;
  /** The name that clients dialled; present with a route. */
  readonly name?: string;
  /** `http` only: the path below the name. */
  readonly path?: string;
  /** The target that it reached last. */
  readonly target: string;
  /** How the port had been given; absent: by base-port, so that no target of the router gets it unasked. */
  readonly portFrom?: 'listenPort' | 'preserve';
}
