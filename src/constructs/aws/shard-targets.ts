import {
  compareText,
  type HealthCheck,
  type PlannedAwsBackend,
  type PlannedAwsShard,
  type ServedBackend,
  servedBackends,
} from '../../model';
import { terraformText } from '../terraform-text';

/**
 * A target as the shard's Terraform sees it: one value of the map over which the shard's resources stand. All that the
 * planner decided is here; all that Terraform has to compute is computed from it.
 */
export type ShardTarget = {
  readonly host: string;
  readonly domain: string;
  readonly port: number;
  readonly listener_port: number;
  /** `plan`: Terraform resolves the host when it plans; `fixed`: `addresses` holds them. */
  readonly resolution: 'plan' | 'fixed';
  readonly addresses: readonly string[];
  readonly target_group_name: string;
  readonly idle_timeout: number;
  readonly deregistration_delay: number;
  readonly health_check: {
    readonly protocol: HealthCheck['protocol'];
    /** A port, or `traffic-port`: the target's own. */
    readonly port: string;
    readonly path: string | null;
    readonly matcher: string | null;
    readonly interval: number;
    readonly timeout: number;
    readonly healthy_threshold: number;
    readonly unhealthy_threshold: number;
  };
};

/** The shard's targets by name. */
export function shardTargets(shard: Pick<PlannedAwsShard, 'listeners'>): Record<string, ShardTarget> {
  const byName = [...servedBackends(shard)].sort((a, b) => compareText(a.backend.target, b.backend.target));
  return Object.fromEntries(byName.map((served) => [served.backend.target, shardTarget(served)]));
}

function shardTarget({ listener, backend }: ServedBackend<PlannedAwsBackend>): ShardTarget {
  const {
    hosts: [host],
    domains: [domain],
  } = backend;
  return {
    host: terraformText(host.name),
    domain: terraformText(domain),
    port: backend.port,
    listener_port: listener.port,
    resolution: backend.resolution,
    addresses: backend.addresses,
    target_group_name: backend.targetGroupName,
    idle_timeout: backend.idleTimeout,
    deregistration_delay: backend.drain,
    health_check: shardHealthCheck(backend.healthCheck),
  };
}

function shardHealthCheck(check: HealthCheck): ShardTarget['health_check'] {
  return {
    protocol: check.protocol,
    port: check.port === undefined ? 'traffic-port' : String(check.port),
    path: check.path === undefined ? null : terraformText(check.path),
    matcher: check.matcher === undefined ? null : terraformText(check.matcher),
    interval: check.interval,
    timeout: check.timeout,
    healthy_threshold: check.healthyThreshold,
    unhealthy_threshold: check.unhealthyThreshold,
  };
}
