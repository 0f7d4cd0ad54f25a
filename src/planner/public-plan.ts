import { compareText, type Diagnostic, type PlanChange, type PlannedRouter, type RoutingPlan } from '../model';

/** The document of `plan --format json`: a public contract, to which a version may only add. */
export interface PublicPlan {
  readonly version: 1;
  /** By the router's name. */
  readonly routers: Readonly<Record<string, PublicRouter>>;
  readonly changes: readonly PlanChange[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A router in the public document. */
interface PublicRouter {
  readonly cloud: string;
  readonly region: string;
  /** The name of the network connectivity configuration, or its id where the inventory gives that. */
  readonly ncc: string;
  readonly shards: readonly {
    readonly name: string;
    readonly domains: readonly string[];
    readonly listeners: readonly {
      readonly target: string;
      readonly listenerPort: number;
      readonly host: string;
      readonly port: number;
      readonly route: string;
      readonly domain: string;
    }[];
  }[];
  readonly retired: readonly { readonly target: string; readonly listenerPort: number }[];
}

/** The public document of a plan, its routers by name, its changes by router and target, the diagnostics as they come. */
export function toPublicPlan(
  plan: RoutingPlan,
  changes: readonly PlanChange[],
  diagnostics: readonly Diagnostic[],
): PublicPlan {
  const routers = [...plan.routers].sort((a, b) => compareText(a.name, b.name));
  return {
    version: 1,
    routers: Object.fromEntries(routers.map((router) => [router.name, publicRouter(router)])),
    changes: [...changes].sort((a, b) => compareText(a.router, b.router) || compareText(a.target, b.target)),
    diagnostics,
  };
}

function publicRouter({ cloud, aws, ncc, shards, retired }: PlannedRouter): PublicRouter {
  return {
    cloud,
    region: aws.region,
    ncc: ncc.name ?? ncc.id ?? '',
    shards: shards.map(({ name, domains, listeners }) => ({
      name,
      domains,
      listeners: listeners.map(({ target, listenerPort, host, port, route, domain }) => ({
        target,
        listenerPort,
        host,
        port,
        route,
        domain,
      })),
    })),
    retired: retired.map(({ target, listenerPort }) => ({ target, listenerPort })),
  };
}
