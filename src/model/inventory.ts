/**
 * The checked inventory: what the loader hands to the planner. Every default is filled in, every host is
 * normalised (lower case, no trailing dot, IDN as punycode), every map is in the order of the file.
 */

/** How a target's host becomes addresses. `literal`: the host is an IPv4 address. */
export type DnsMode = 'plan' | 'synth';

/** What Databricks' clients speak to the listener. The other routes of the design come later. */
export type Route = 'tcp';

export type PortStrategy = 'base-port' | 'preserve';

/** Who accepts the private endpoint: the same apply, or a person with the command that an output gives. */
export type Approval = 'terraform' | 'manual';

/** The two steps of taking a router or an emptied shard away: protection off, then everything but NCC and bindings. */
export type Teardown = 'prepare' | 'destroy';

/** A load balancer's health check of one target. Times in whole seconds. */
export interface HealthCheck {
  readonly protocol: 'TCP' | 'HTTP' | 'HTTPS';
  /** The port that is probed; undefined: the target's own port. */
  readonly port?: number;
  /** HTTP and HTTPS only. */
  readonly path?: string;
  /** HTTP and HTTPS only: accepted status codes, as AWS writes them, `200-399`. */
  readonly matcher?: string;
  readonly interval: number;
  readonly timeout: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** One `host:port` to be reached. */
export interface Target {
  readonly name: string;
  /** A DNS name in lower case (punycode where it was international), or an IPv4 address. */
  readonly host: string;
  /** True where `host` is an IPv4 address and nothing is resolved. */
  readonly literal: boolean;
  readonly port: number;
  readonly route: Route;
  /** The name that clients in Databricks dial, lower case. Shared names are filled in here too. */
  readonly domain: string;
  readonly enabled: boolean;
  readonly dns: DnsMode;
  /** The preset's name, where one was given. */
  readonly preset?: string;
  /** A listener port that the user chose. */
  readonly listenPort?: number;
  /** The name that this target had before. */
  readonly renamedFrom?: string;
  readonly idleTimeout: number;
  readonly deregistrationDelay: number;
  readonly healthCheck: HealthCheck;
  /** Security groups of the target that this router should open for itself, ids. */
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

/** The network connectivity configuration: a new one by name, or one that exists by id. Workspace ids are exact decimal strings. */
export type Ncc =
  | { readonly name: string; readonly id?: undefined; readonly workspaceIds: readonly string[] }
  | { readonly id: string; readonly name?: undefined; readonly workspaceIds: readonly string[] };

/** One deployment: a cloud, a region, a network, its targets. */
export interface Router {
  readonly name: string;
  readonly cloud: 'aws';
  readonly aws: AwsPlace;
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
  /** The account console's address, `https://accounts.cloud.databricks.com` unless given or GovCloud. */
  readonly host: string;
}

export interface Inventory {
  readonly version: 1;
  /** The environment whose overlay was laid over, or undefined. */
  readonly env?: string;
  readonly backend?: Backend;
  readonly databricks: DatabricksAccount;
  readonly routers: readonly Router[];
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
