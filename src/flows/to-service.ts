import type { LimitId } from '../limits';
import { nccLabel, type PlannedRouter, type PlannedShard, type Route } from '../model';
import type { Admission } from './admission';
import type { Backend } from './backends';
import type { Endpoint } from './endpoint';
import type { Encryption, Hop } from './hop';

/** Who encrypts what a listener of a route carries. */
export const ENCRYPTED_BY: Readonly<Record<Route, Encryption>> = {
  tcp: 'client-and-target',
  sni: 'client-and-target',
  http: 'nobody',
};

/** What the clouds say each in their own way of the hops up to the shard's service. */
export interface ServiceTerms {
  readonly service: Endpoint;
  /** Who may ask for a connection. */
  readonly consumers: readonly string[];
  /** The quotas of the private endpoint. */
  readonly endpointLimits: readonly LimitId[];
  /** The quotas of the connection between endpoint and service. */
  readonly serviceLimits: readonly LimitId[];
}

/** From the clients in Databricks to the service of a shard: the same on every cloud. */
export function hopsToService(
  router: PlannedRouter,
  { key: shard }: PlannedShard,
  { domains, route, listenerPort: port }: Backend,
  terms: ServiceTerms,
): readonly [Hop, Hop] {
  const endpoint: Endpoint = { kind: 'private-endpoint', shard };
  const same = { port, protocol: 'tcp', encryptedBy: ENCRYPTED_BY[route] } as const;
  return [
    {
      owner: 'databricks',
      from: { kind: 'clients' },
      to: endpoint,
      ...same,
      admittedBy: [
        { kind: 'workspace-binding', ncc: nccLabel(router.ncc) },
        { kind: 'network-policy', domains },
        { kind: 'private-endpoint-rule', shard, domains },
      ],
      limits: terms.endpointLimits,
      payer: 'databricks-account',
    },
    {
      owner: 'router',
      from: endpoint,
      to: terms.service,
      ...same,
      admittedBy: [
        { kind: 'allowed-consumers', consumers: terms.consumers },
        { kind: 'endpoint-approval', shard, by: router.approval },
      ],
      limits: terms.serviceLimits,
      // The owner of an endpoint pays its hours and bytes; the service itself is free.
      payer: 'nobody',
    },
  ];
}

/** The hop to the target's own host, which others have to admit too. @param by those that let it out, or in */
export function hopToTarget(
  from: Endpoint,
  { target, host, literal }: Backend,
  rest: Pick<Hop, 'port' | 'encryptedBy' | 'limits'> & { readonly by: readonly [Admission, ...Admission[]] },
): Hop {
  const { by: admittedBy, port, encryptedBy, limits } = rest;
  return {
    owner: 'target',
    from,
    to: { kind: 'target', target, host, literal },
    port,
    protocol: 'tcp',
    admittedBy,
    encryptedBy,
    limits,
    payer: 'router-account',
  };
}

/** Who encrypts what a health check asks. */
export function checkEncryption({ protocol }: NonNullable<Backend['check']>): Encryption {
  return protocol === 'HTTPS' ? 'sender' : 'nobody';
}
