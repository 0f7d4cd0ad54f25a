import {
  backendsOf,
  compareText,
  forwarderPortOf,
  hostsInOne,
  type PlannedAzureShard,
  type ServedBackend,
  type SharedRoute,
  servedBackends,
} from '../../model';
import { terraformValue } from '../terraform-text';

/**
 * A target as its pool's Terraform sees it: one value of the map that the forwarders' configuration is rendered from and
 * that the load-balancing rules stand over.
 */
export type PoolTarget = {
  /** The shard whose frontend the target is behind. */
  readonly shard: string;
  /** The port that the forwarders listen on, unique in the pool. */
  readonly port: number;
  /** The port that clients dial at the load balancer, unique in the shard; absent: `port` itself. */
  readonly listener_port?: number;
  /** Only where targets share the listener: by what it chooses among them. */
  readonly route?: SharedRoute;
  /** With a route: the names that lead to the target. */
  readonly names?: readonly string[];
  /** With a route: the path below its names, with `http`; empty: any that no other target has. */
  readonly path?: string;
  readonly host: string;
  readonly host_port: number;
  /** True where `host` is an IPv4 address. */
  readonly literal: boolean;
  /** Only where the target has several hosts; `host` is then all of them in one text, for who compares. */
  readonly hosts?: readonly { readonly host: string; readonly literal: boolean; readonly backup: boolean }[];
  /** Seconds. */
  readonly idle_timeout: number;
  /** Sessions on each machine at once; 0: as many as the memory of the machine lets. */
  readonly max_connections: number;
  /** Seconds that open sessions may go on after the port has closed, or after their address has left the target. */
  readonly drain: number;
  /** Path, matcher and host are empty where the check has none; times in seconds. */
  readonly check: {
    /** `none`: nothing is checked. */
    readonly protocol: 'TCP' | 'HTTP' | 'HTTPS' | 'none';
    readonly port: number;
    readonly path: string;
    readonly matcher: string;
    /** The Host of the check, and its SNI. */
    readonly host: string;
    readonly interval: number;
    readonly timeout: number;
    readonly rise: number;
    readonly fall: number;
  };
};

/** True where a target of the shards has several hosts. */
export function severalHostsIn(shards: readonly PlannedAzureShard[]): boolean {
  return shards.some((shard) => backendsOf(shard).some(({ hosts }) => hosts.length > 1));
}

/** The targets of a pool's shards by name, as Terraform text. */
export function poolTargets(shards: readonly PlannedAzureShard[]): Record<string, PoolTarget> {
  const targets = shards.flatMap((shard) =>
    servedBackends(shard).map((served): [string, PoolTarget] => [served.backend.target, poolTarget(shard.key, served)]),
  );
  return terraformValue(Object.fromEntries(targets.sort(([a], [b]) => compareText(a, b))));
}

function poolTarget(shard: string, { listener, backend }: ServedBackend): PoolTarget {
  const {
    healthCheck: check,
    hosts,
    domains: [domain],
  } = backend;
  return {
    shard,
    port: forwarderPortOf(listener),
    ...(forwarderPortOf(listener) === listener.port ? {} : { listener_port: listener.port }),
    ...(listener.route === 'tcp' ? {} : { route: listener.route, names: backend.domains, path: backend.path ?? '' }),
    host: hostsInOne(hosts),
    host_port: backend.port,
    literal: hosts.length === 1 && hosts[0].literal,
    ...(hosts.length === 1
      ? {}
      : { hosts: hosts.map(({ name, literal, backup = false }) => ({ host: name, literal, backup })) }),
    idle_timeout: backend.idleTimeout,
    max_connections: backend.maxConnections ?? 0,
    drain: backend.drain,
    check: {
      protocol: check.protocol,
      port: check.port ?? backend.port,
      path: check.path ?? '',
      matcher: check.matcher ?? '',
      // Of several domains the inventory names the one.
      host: check.protocol === 'TCP' ? '' : (check.host ?? domain),
      interval: check.interval,
      timeout: check.timeout,
      rise: check.healthyThreshold,
      fall: check.unhealthyThreshold,
    },
  };
}
