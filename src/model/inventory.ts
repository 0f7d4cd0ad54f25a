/**
 * The checked inventory: what the loader hands to the planner. Every default is filled in, every host is
 * normalised (lower case, no trailing dot, IDN as punycode), every map is in the order of the file.
 */

import { byCloud, type CloudTable } from './clouds';
import type { Forwarder } from './forwarder';

/**
 * How a target's host becomes addresses: by Terraform at plan, by this program at synth (AWS both), or by the forwarder's
 * engine at run time (Azure, always).
 */
export type DnsMode = 'plan' | 'synth' | 'runtime';

/**
 * How a listener chooses among targets. `tcp`: it has one. `sni`: by the name in the TLS hello, which nobody opens. `http`: by the
 * Host of each request, and its path.
 */
export type Route = (typeof ROUTES)[number];

export const ROUTES = ['tcp', 'sni', 'http'] as const;

/** The routes whose listeners have room for many targets. */
export type SharedRoute = Exclude<Route, 'tcp'>;

/** The route, where many targets can share its listener. */
export function sharedRoute(route: Route): SharedRoute | undefined {
  return route === 'tcp' ? undefined : route;
}

export type PortStrategy = 'base-port' | 'preserve';

/** Who accepts the private endpoint: the same apply, or a person with the command that an output gives. */
export type Approval = 'terraform' | 'manual';

/** The two steps of taking a router or an emptied shard away: protection off, then everything but NCC and bindings. */
export type Teardown = 'prepare' | 'destroy';

/** A load balancer's health check of one target. Times in whole seconds. */
export interface HealthCheck {
  /** `none`, Azure only: nothing is checked, and the rest has no meaning. */
  readonly protocol: 'TCP' | 'HTTP' | 'HTTPS' | 'none';
  /** The port that is probed; undefined: the target's own port. */
  readonly port?: number;
  /** HTTP and HTTPS only. */
  readonly path?: string;
  /** HTTP and HTTPS only: accepted status codes, as AWS writes them, `200-399`. */
  readonly matcher?: string;
  /** HTTP and HTTPS only, Azure only: the name that the check gives as Host and in its TLS hello; undefined: the target's domain. */
  readonly host?: string;
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** Where a target answers. */
export interface TargetHost {
  /** A DNS name in lower case (punycode where it was international), or an IPv4 address. */
  readonly name: string;
  /** True where `name` is an IPv4 address and nothing is resolved. */
  readonly literal: boolean;
  /** Kept back until none of the target's other hosts answers. */
  readonly backup?: true;
}

/** A host and port to be reached, or several hosts on one port. */
export interface Target {
  readonly name: string;
  /** What answers: one host, or several that share the sessions; each once, sorted. */
  readonly hosts: readonly [TargetHost, ...TargetHost[]];
  /** The port of every host. */
  readonly port: number;
  readonly route: Route;
  /**
   * `http` only: what the path of a request begins with, whole segments, `/orders`; undefined: any path of the names that no other
   * target has by a longer one.
   */
  readonly path?: string;
  /** The names that clients in Databricks dial: lower case, each once, sorted. Shared names are filled in here too. */
  readonly domains: readonly [string, ...string[]];
  readonly enabled: boolean;
  readonly dns: DnsMode;
  /** The preset's name, where one was given. */
  readonly preset?: string;
  /** A listener port that the user chose. */
  readonly listenPort?: number;
  /** The target shares shards only with targets of the same pin; undefined: with those that have none. */
  readonly pin?: string;
  /** The name that this target had before. */
  readonly renamedFrom?: string;
  /** Seconds without a byte after which a session is cut: by AWS's load balancer, or by the forwarder. */
  readonly idleTimeout: number;
  /** Azure only: sessions that each machine keeps with the target at once; undefined: as many as the machine's memory lets. */
  readonly maxConnections?: number;
  /**
   * Seconds that open sessions may go on after the target's port has closed, because the target was removed, disabled or
   * moved, and those to an address that has left the target, after it left.
   */
  readonly drain: number;
  readonly healthCheck: HealthCheck;
  /** Whom to ask about the target. */
  readonly owner?: string;
  /** What the target is, in one line. */
  readonly description?: string;
  /** AWS only: tags of what is this target's alone. */
  readonly tags?: Readonly<Record<string, string>>;
  /** AWS only: security groups of the target that should admit this router: ids, with `ACCOUNT/` before those of another account. */
  readonly securityGroupIds: readonly string[];
}

/** Where a router of AWS stands. */
export interface AwsPlace {
  readonly accountId: string;
  readonly region: string;
  /** Which Databricks on GovCloud: decides the principal. Undefined outside GovCloud. */
  readonly govcloud?: 'civilian' | 'dod';
  readonly vpcId: string;
  readonly subnetIds: readonly string[];
  readonly profile?: string;
  readonly assumeRole?: { readonly roleArn: string; readonly sessionName?: string; readonly externalId?: string };
}

/** Where a router of Azure stands, and how it balances. */
export interface AzurePlace {
  readonly subscriptionId: string;
  readonly tenantId?: string;
  readonly location: string;
  /** A resource group that exists. */
  readonly resourceGroupName: string;
  readonly network: AzureNetwork;
  /** NAT addresses of each Private Link Service, 1 to 8. */
  readonly natAddresses: number;
  /** Subscriptions that see the services, `*` for all; a connection waits for approval all the same. */
  readonly visibility: readonly string[];
  /** Subscriptions whose connections are approved unasked; each is within `visibility`. */
  readonly autoApproval: readonly string[];
  /** A load-balancing rule for each target, or a single one for all ports. */
  readonly loadBalancing: LoadBalancing;
  readonly forwarder: Forwarder;
}

/** Subnets that exist, by their ids, or a small network of our own. */
export type AzureNetwork =
  | { readonly subnetId: string; readonly natSubnetId: string; readonly addressSpace?: undefined }
  | { readonly addressSpace: string; readonly subnetId?: undefined; readonly natSubnetId?: undefined };

export type LoadBalancing = 'per-target' | 'ha-ports';

/**
 * The network connectivity configuration: a new one by name, or one that exists, by id or by its name. Workspace ids are
 * exact decimal strings.
 */
export type Ncc = NewNcc | KnownNcc | FoundNcc;

interface NewNcc {
  readonly name: string;
  readonly id?: undefined;
  readonly existing?: undefined;
  readonly router?: undefined;
  readonly workspaceIds: readonly string[];
}

interface KnownNcc {
  readonly id: string;
  readonly name?: undefined;
  readonly existing?: undefined;
  readonly router?: undefined;
  readonly workspaceIds: readonly string[];
}

/** One that Terraform looks up by its name. */
interface FoundNcc {
  readonly existing: string;
  /** The router of the inventory that makes it, and binds its workspaces; undefined: nobody here does. */
  readonly router?: string;
  readonly name?: undefined;
  readonly id?: undefined;
  readonly workspaceIds: readonly string[];
}

/** What people know an NCC by: its name, or its id where the inventory gives that. */
export function nccLabel(ncc: Ncc): string {
  if (ncc.name !== undefined) return ncc.name;
  return ncc.id === undefined ? ncc.existing : ncc.id;
}

/** One deployment: a cloud, a region, a network, its targets. */
export type Router = AwsRouter | AzureRouter;

export interface AwsRouter extends AnyRouter {
  readonly cloud: 'aws';
  readonly aws: AwsPlace;
}

export interface AzureRouter extends AnyRouter {
  readonly cloud: 'azure';
  readonly azure: AzurePlace;
}

/** What routers of every cloud have. */
interface AnyRouter {
  readonly name: string;
  /** The Databricks account: the router's own, or the inventory's. */
  readonly databricks: DatabricksAccount;
  readonly ncc: Ncc;
  readonly basePort: number;
  readonly portStrategy: PortStrategy;
  readonly approval: Approval;
  readonly teardown?: Teardown;
  /** Steps of taking emptied shards away, by shard name (`s2`). */
  readonly shardTeardown: Readonly<Record<string, Teardown>>;
  readonly deletionProtection: boolean;
  /** The name that many targets share, or undefined: each target has a domain of its own. */
  readonly sharedDomain?: string;
  /** Name servers for `dns: synth`, IPv4 or IPv6 addresses with an optional port; empty: the machine's own. */
  readonly resolvers: readonly string[];
  /** The inventory's tags and the router's, merged; the router's win. */
  readonly tags: Readonly<Record<string, string>>;
  /** What the user stated about limits: raised values and what is used already, by limit id. */
  readonly limits: Readonly<Record<string, number>>;
  readonly targets: readonly Target[];
}

/** A Terraform backend as the inventory gives it, `{env}` and `{router}` still in place, or undefined for none. */
export interface Backend {
  readonly type: string;
  readonly config: Readonly<Record<string, unknown>>;
}

export interface DatabricksAccount {
  readonly accountId: string;
  /** The account console's address: `https://accounts.cloud.databricks.com`, `https://accounts.azuredatabricks.net` on Azure, unless given or GovCloud. */
  readonly host: string;
}

export interface Inventory {
  readonly version: 1;
  /** The environment whose overlay was laid over, or undefined. */
  readonly env?: string;
  readonly backend?: Backend;
  readonly routers: readonly Router[];
}

/** A router, planned or not: what says where it stands. */
type Placed =
  | { readonly cloud: 'aws'; readonly aws: AwsPlace }
  | { readonly cloud: 'azure'; readonly azure: AzurePlace };

const REGIONS: CloudTable<Placed, [], string> = {
  aws: ({ aws }) => aws.region,
  azure: ({ azure }) => azure.location,
};

/** The region of AWS, or the location of Azure, that a router stands in; its NCC is of the same. */
export function regionOf(router: Placed): string {
  return byCloud(REGIONS, router);
}

/** One deployment's name: the router's, with the environment where there is one. The stack's folder and the physical names carry it. */
export function deploymentName(router: string, env: string | undefined): string {
  return env === undefined ? router : `${router}-${env}`;
}

/** What `{env}` becomes where no environment was chosen: the word that Terraform has for its own. */
const NO_ENV = 'default';

/** A text of the backend with `{env}` and `{router}` filled in. What is filled in is not read again. */
export function filledText(text: string, router: string, env: string | undefined): string {
  return text.replace(/\{env\}|\{router\}/g, (found) => (found === '{router}' ? router : (env ?? NO_ENV)));
}
