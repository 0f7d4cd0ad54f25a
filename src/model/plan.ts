import type { Approval, AwsPlace, DatabricksAccount, HealthCheck, Ncc, Route, Teardown } from './inventory';

/** What the planner decided; everything after it only translates. Sorted and serialisable: same input, same value. */
export interface RoutingPlan {
  readonly routers: readonly PlannedRouter[];
}

export interface PlannedRouter {
  readonly name: string;
  /** Router, or router and environment: the stack's folder and the first part of every physical name. */
  readonly deployment: string;
  readonly env?: string;
  readonly cloud: 'aws';
  readonly aws: AwsPlace;
  /** The role of Databricks that may connect to the endpoint services, by region and partition. */
  readonly principal: string;
  readonly databricks: DatabricksAccount;
  readonly ncc: Ncc;
  readonly approval: Approval;
  readonly teardown?: Teardown;
  readonly deletionProtection: boolean;
  readonly tags: Readonly<Record<string, string>>;
  /** The backend with `{env}` and `{router}` filled in, or undefined for none. */
  readonly backend?: { readonly type: string; readonly config: Readonly<Record<string, unknown>> };
  /** By number. Shards whose teardown is `destroy`, or done, are not here. */
  readonly shards: readonly PlannedShard[];
  readonly retired: readonly { readonly target: string; readonly shard: string; readonly listenerPort: number }[];
  /** Limit values in force that Terraform must hold because the inventory cannot show them, by limit id. */
  readonly limits: Readonly<Record<string, number>>;
}

export interface PlannedShard {
  /** Permanent and short, `s1`: Terraform addresses carry it. */
  readonly key: string;
  /** For people, `analytics-use2-1`. */
  readonly name: string;
  readonly deletionProtection: boolean;
  /** At most 32 characters. */
  readonly loadBalancerName: string;
  readonly securityGroupName: string;
  /** Domains of the rule: lower case, unique, sorted, never empty. */
  readonly domains: readonly string[];
  /** Sorted by listener port. Disabled targets are not here. */
  readonly listeners: readonly PlannedListener[];
  /** Disabled targets, which keep their slot. */
  readonly reserved: readonly { readonly target: string; readonly listenerPort: number }[];
}

export interface PlannedListener {
  readonly target: string;
  /** The name that the target had before, while the inventory still says so: each resource of it gets a `moved` block. */
  readonly renamedFrom?: string;
  readonly listenerPort: number;
  readonly host: string;
  readonly port: number;
  readonly route: Route;
  readonly domain: string;
  /** Where addresses come from: `plan`: the dns provider; `fixed`: `addresses` (a literal host, or `dns: synth`). */
  readonly resolution: 'plan' | 'fixed';
  /** IPv4 addresses, sorted by number, unique. Empty where `resolution` is `plan`, or where nothing was resolved yet. */
  readonly addresses: readonly string[];
  /** At most 32 characters, with a hash of everything whose change replaces the target group. */
  readonly targetGroupName: string;
  readonly idleTimeout: number;
  readonly deregistrationDelay: number;
  readonly healthCheck: HealthCheck;
  readonly securityGroupIds: readonly string[];
}

/** What a plan changes against a lock. */
export interface PlanChange {
  readonly router: string;
  readonly target: string;
  readonly change: 'added' | 'removed' | 'moved' | 'changed';
  readonly from: Readonly<Record<string, unknown>>;
  readonly to: Readonly<Record<string, unknown>>;
}
