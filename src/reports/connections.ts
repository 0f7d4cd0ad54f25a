import { type RoutingPlan, servedBackends } from '../model';

/** What a client of one target needs to know. */
export interface Connection {
  readonly router: string;
  readonly target: string;
  /** The name that clients in Databricks dial. */
  readonly domain: string;
  /** The port that clients dial. */
  readonly listenerPort: number;
  readonly shard: string;
  /** Where the router leads it. */
  readonly host: string;
  readonly port: number;
}

/** Who dials what, for every target that is enabled, in the plan's order. */
export function connections(plan: RoutingPlan): readonly Connection[] {
  return plan.routers.flatMap((router) =>
    router.shards.flatMap((shard) =>
      servedBackends(shard).map(
        ({
          listener,
          backend: {
            target,
            domains: [domain],
            hosts: [host],
            port,
          },
        }) => ({
          router: router.name,
          target,
          domain,
          listenerPort: listener.port,
          shard: shard.name,
          host: host.name,
          port,
        }),
      ),
    ),
  );
}
