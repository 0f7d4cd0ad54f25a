import {
  backendsOf,
  compareText,
  type HealthCheck,
  hostNames,
  type PlannedAwsBackend,
  type PlannedAwsShard,
  type ServedBackend,
  servedBackends,
} from '../../model';
import { RESERVED_TAG_PREFIX } from '../tags';
import { terraformText, terraformValue } from '../terraform-text';

/**
 * A target as the shard's Terraform sees it: one value of the map over which the shard's resources stand. All that the
 * planner decided is here; all that Terraform has to compute is computed from it.
 */
export type ShardTarget = {
  readonly host: string;
  /** The names that Terraform resolves; no target of the shard has the list, or each does: where one has several hosts. */
  readonly hosts?: readonly string[];
  /** The names that clients dial, for who reads the configuration. */
  readonly domain: string;
  readonly port: number;
  readonly listener_port: number;
  /** `plan`: Terraform resolves the names when it plans; `fixed`: `addresses` holds all. */
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
  /** Tags of its target group and listener alone; no target of the shard has any, or each has this map. */
  readonly tags?: Readonly<Record<string, string>>;
};

/** The shard's targets by name. */
export function shardTargets(shard: Pick<PlannedAwsShard, 'listeners'>): Record<string, ShardTarget> {
  const byName = [...servedBackends(shard)].sort((a, b) => compareText(a.backend.target, b.backend.target));
  const tagged = tagsTargets(shard);
  const several = hasSeveralHosts(shard);
  return Object.fromEntries(
    byName.map((served) => {
      const tags = tagged ? { tags: terraformValue(ownTags(served.backend)) } : {};
      const hosts = several ? { hosts: terraformValue(resolvedNames(served.backend)) } : {};
      return [served.backend.target, { ...shardTarget(served), ...hosts, ...tags }];
    }),
  );
}

/** True where a target of the shard has several hosts. */
export function hasSeveralHosts(shard: Pick<PlannedAwsShard, 'listeners'>): boolean {
  return backendsOf(shard).some(({ hosts }) => hosts.length > 1);
}

function resolvedNames({ hosts, resolution }: PlannedAwsBackend): readonly string[] {
  return resolution === 'plan' ? hosts.filter(({ literal }) => !literal).map(({ name }) => name) : [];
}

/** True where a target of the shard has tags of its own. */
export function tagsTargets(shard: Pick<PlannedAwsShard, 'listeners'>): boolean {
  return backendsOf(shard).some((backend) => Object.keys(ownTags(backend)).length > 0);
}

/** The user's tags of a target, and whom to ask under our prefix. A description is prose, which a tag does not take. */
function ownTags({ owner, tags }: PlannedAwsBackend): Readonly<Record<string, string>> {
  return {
    ...tags,
    ...(owner === undefined ? {} : { [`${RESERVED_TAG_PREFIX}owner`]: owner }),
  };
}

function shardTarget({ listener, backend }: ServedBackend<PlannedAwsBackend>): ShardTarget {
  const { hosts, domains } = backend;
  return {
    host: terraformText(hostNames(hosts).join(', ')),
    domain: terraformText(domains.join(', ')),
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
