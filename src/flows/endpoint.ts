/**
 * What a hop begins at or leads to. Keys and names are the plan's own, so that a reader finds the rest there: `shard` is a
 * shard's key, `pool` a pool's.
 */
export type Endpoint =
  | Clients
  | PrivateEndpoint
  | EndpointService
  | PrivateLinkService
  | LoadBalancer
  | Forwarders
  | TargetHost
  | Probes
  | Networks
  | NameServers
  | NameServer
  | NatGateway
  | PackageArchives
  | PackageMirror
  | MetadataService
  | CloudServices;

/** Serverless compute of the workspaces that are bound to the network connectivity configuration. */
interface Clients {
  readonly kind: 'clients';
}

/** The private endpoint of a shard, which Databricks makes in a network of its own. */
interface PrivateEndpoint {
  readonly kind: 'private-endpoint';
  readonly shard: string;
}

/** AWS: the VPC endpoint service of a shard, which the private endpoint connects to. */
interface EndpointService {
  readonly kind: 'endpoint-service';
  readonly shard: string;
}

/** Azure: the Private Link Service of a shard, which the private endpoint connects to. It speaks on from the NAT subnet. */
interface PrivateLinkService {
  readonly kind: 'private-link-service';
  readonly shard: string;
  readonly name: string;
}

/** AWS: the load balancer of a shard, which speaks from the router's subnets. Azure: the shard's frontend on its pool's. */
interface LoadBalancer {
  readonly kind: 'load-balancer';
  readonly shard: string;
  readonly name: string;
}

/** Azure: the machines of a pool, which speak from their own subnet. */
export interface Forwarders {
  readonly kind: 'forwarders';
  readonly pool: string;
}

/** What answers in the end. */
interface TargetHost {
  readonly kind: 'target';
  readonly target: string;
  readonly host: string;
  /** True where `host` is an address; a name may lead to any address tomorrow. */
  readonly literal: boolean;
}

/** Azure's own probes, which come from 168.63.129.16 in every location. */
interface Probes {
  readonly kind: 'probes';
}

/** Networks that the inventory names: `ssh.from`, `metrics.from`. */
interface Networks {
  readonly kind: 'networks';
  readonly cidrs: readonly string[];
}

/** Name servers of which the inventory has no address. */
interface NameServers {
  readonly kind: 'name-servers';
  /**
   * `cloud`: the cloud's own (168.63.129.16). `virtual-network`: any in the network or connected to it. `private-networks`:
   * any with a private address. `network-settings`: those that the virtual network gives its machines, if it gives some.
   */
  readonly of: 'cloud' | 'virtual-network' | 'private-networks' | 'network-settings';
}

/** One of the inventory's `resolvers`. */
interface NameServer {
  readonly kind: 'name-server';
  readonly address: string;
}

/** The router's own way to the internet. */
interface NatGateway {
  readonly kind: 'nat-gateway';
  readonly name: string;
}

/** The archives of the machines' system in the internet. */
interface PackageArchives {
  readonly kind: 'package-archives';
}

/** The mirror of `egress`. */
interface PackageMirror {
  readonly kind: 'package-mirror';
  /** A name or an address. */
  readonly host: string;
  /** True where `host` is an address. */
  readonly literal: boolean;
}

/** Where a machine learns what the cloud does to it, 169.254.169.254. */
interface MetadataService {
  readonly kind: 'metadata-service';
}

/** The cloud's public addresses. */
interface CloudServices {
  readonly kind: 'cloud-services';
}
