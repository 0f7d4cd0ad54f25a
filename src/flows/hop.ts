import type { LimitId } from '../limits';
import type { Admission } from './admission';
import type { Endpoint } from './endpoint';

/** One step of a packet's way. */
export interface Hop {
  /** Whose the receiving end is: whom to ask where the hop fails. */
  readonly owner: Owner;
  readonly from: Endpoint;
  readonly to: Endpoint;
  /** The port that is dialled at `to`. */
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
  /** Never empty. */
  readonly admittedBy: readonly Admission[];
  readonly encryptedBy: Encryption;
  /** The quotas that this hop meets. */
  readonly limits: readonly LimitId[];
  /** Who pays for what the hop leads to and for the bytes on the way there. */
  readonly payer: Payer;
}

/**
 * `databricks`: nobody else reaches it. `router`: who applies this. `target`: the owner of the target. `network`: who runs
 * the network's name servers and mirrors. `cloud`: AWS or Azure.
 */
type Owner = 'databricks' | 'router' | 'target' | 'network' | 'cloud';

/**
 * `client-and-target`: they may, and nobody opens it on the way. `sender`: by TLS, and `to` opens it. `ssh`: by that.
 * `nobody`: it is readable on the way.
 */
export type Encryption = 'client-and-target' | 'sender' | 'ssh' | 'nobody';

/** `databricks-account`: on Databricks' bill. `router-account`: on the bill of the router's account or subscription. `nobody`: free. */
type Payer = 'databricks-account' | 'router-account' | 'nobody';

/** A packet's way: each hop begins where the one before it ends. */
export interface Flow {
  readonly purpose: Purpose;
  /** Never empty. */
  readonly hops: readonly [Hop, ...Hop[]];
}

/** What a flow is for. */
export type Purpose = Connection | HealthCheckOf | MachinePurpose;

/** A client in Databricks dials one of a target's domains. A target of several hosts has a flow for each. */
interface Connection {
  readonly kind: 'connection';
  readonly target: string;
  readonly domains: readonly [string, ...string[]];
  /** The key of its shard. */
  readonly shard: string;
}

/** Whether a target is well: asked by the load balancer, or by the forwarders. */
interface HealthCheckOf {
  readonly kind: 'health-check';
  readonly target: string;
  readonly shard: string;
}

/** What the machines of a pool need or offer beside the targets. */
interface MachinePurpose {
  readonly kind: 'probe' | 'login' | 'metrics' | 'name-lookup' | 'packages' | 'run-command' | 'metadata';
  readonly pool: string;
}
