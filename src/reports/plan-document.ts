import type { Diagnostic, PlanChange, PlannedRouter, RoutingPlan } from '../model';

/** One listener as `plan --format json` gives it. */
export interface ListenerDocument {
  readonly target: string;
  readonly listenerPort: number;
  readonly host: string;
  readonly port: number;
  readonly route: string;
  readonly domain: string;
}

/** One shard as `plan --format json` gives it. */
export interface ShardDocument {
  readonly name: string;
  readonly domains: readonly string[];
  readonly listeners: readonly ListenerDocument[];
  /** Disabled targets, which keep their port and have no listener. */
  readonly reserved: readonly { readonly target: string; readonly listenerPort: number }[];
}

/** One router as `plan --format json` gives it. */
export interface RouterDocument {
  readonly cloud: string;
  readonly region: string;
  /** The name of the network connectivity configuration, or its id where it exists already. */
  readonly ncc: string;
  readonly shards: readonly ShardDocument[];
  readonly retired: readonly { readonly target: string; readonly listenerPort: number; readonly shard: string }[];
}

/** What `plan --format json` prints: a public contract. A key is only ever added within one version. */
export interface PlanDocument {
  readonly version: 1;
  /** By the router's name; empty where an error kept the planner from deciding. */
  readonly routers: Readonly<Record<string, RouterDocument>>;
  readonly changes: readonly PlanChange[];
  readonly diagnostics: readonly Diagnostic[];
}

function routerDocument(router: PlannedRouter): RouterDocument {
  return {
    cloud: router.cloud,
    region: router.aws.region,
    ncc: router.ncc.name ?? router.ncc.id ?? '',
    shards: router.shards.map((shard) => ({
      name: shard.name,
      domains: shard.domains,
      listeners: shard.listeners.map(({ target, listenerPort, host, port, route, domain }) => ({
        target,
        listenerPort,
        host,
        port,
        route,
        domain,
      })),
      reserved: shard.reserved.map(({ target, listenerPort }) => ({ target, listenerPort })),
    })),
    retired: router.retired.map(({ target, listenerPort, shard }) => ({ target, listenerPort, shard })),
  };
}

/** The document of a plan. @param plan undefined where there are errors: its routers are then empty */
export function planDocument(
  plan: RoutingPlan | undefined,
  changes: readonly PlanChange[],
  diagnostics: readonly Diagnostic[],
): PlanDocument {
  const routers = (plan?.routers ?? []).map((router) => [router.name, routerDocument(router)] as const);
  return { version: 1, routers: Object.fromEntries(routers), changes, diagnostics };
}
