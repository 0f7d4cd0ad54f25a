import {
  type ForeignSecurityGroup,
  forwarderPortOf,
  type HealthCheck,
  type PlannedAwsBackend,
  type PlannedAwsShard,
  type PlannedBackend,
  type PlannedShard,
  type Route,
  type ServedBackend,
  servedBackends,
} from '../model';

/** A host of a target behind a listener, as far as its packets' way is concerned. The one place of this room that reads listeners. */
export interface Backend {
  readonly target: string;
  /** The names that clients dial. */
  readonly domains: readonly [string, ...string[]];
  readonly route: Route;
  /** The port that clients dial. */
  readonly listenerPort: number;
  /** The port that forwarders listen on for it; there are none on AWS. */
  readonly forwarderPort: number;
  readonly host: string;
  readonly literal: boolean;
  readonly port: number;
  /** Undefined where nothing is checked. */
  readonly check: { readonly port: number; readonly protocol: HealthCheck['protocol'] } | undefined;
}

/** A host of a target of AWS. */
export interface AwsBackend extends Backend {
  readonly securityGroupIds: readonly string[];
  readonly foreignSecurityGroups: readonly ForeignSecurityGroup[];
}

/** Every host behind a shard, in the order of its listeners. */
export function backendsOf(shard: PlannedShard): readonly Backend[] {
  return servedBackends<PlannedBackend>(shard).flatMap(hostsOf);
}

/** Every host behind a shard of AWS, in the order of its listeners. */
export function awsBackendsOf(shard: PlannedAwsShard): readonly AwsBackend[] {
  return servedBackends<PlannedAwsBackend>(shard).flatMap((served) => {
    const { securityGroupIds, foreignSecurityGroups } = served.backend;
    return hostsOf(served).map((one) => ({ ...one, securityGroupIds, foreignSecurityGroups }));
  });
}

function hostsOf({ listener, backend }: ServedBackend): readonly Backend[] {
  const { target, domains, hosts, port, healthCheck } = backend;
  const { protocol } = healthCheck;
  return hosts.map(({ name, literal }) => ({
    target,
    domains,
    route: listener.route,
    listenerPort: listener.port,
    forwarderPort: forwarderPortOf(listener),
    host: name,
    literal,
    port,
    check: protocol === 'none' ? undefined : { port: healthCheck.port ?? port, protocol },
  }));
}
