import { ENGINES } from '../../forwarder';
import type { PlannedAzureRouter, PlannedAzureShard, PlannedPool } from '../../model';
import { type Backend, backendsOf } from '../backends';
import type { Endpoint } from '../endpoint';
import type { Flow, Hop } from '../hop';
import { checkEncryption, ENCRYPTED_BY, hopsToService, hopToTarget } from '../to-service';
import { machineFlows } from './machine-flows';
import { admittedBy, forwardersOf } from './machines';

/** The flows of a router of Azure: of each target its connections and its health check, in the plan's order; then its pools'. */
export function azureFlows(router: PlannedAzureRouter): readonly Flow[] {
  const pools = new Map(router.pools.map((pool) => [pool.key, pool]));
  const ofTargets = router.shards.flatMap((shard) => {
    const pool = pools.get(shard.pool);
    if (pool === undefined) throw new Error(`shard ${shard.key} is on no pool`);
    return backendsOf(shard).flatMap((backend) => flowsOf(router, pool, shard, backend));
  });
  return [...ofTargets, ...router.pools.flatMap((pool) => machineFlows(router, pool))];
}

function flowsOf(
  router: PlannedAzureRouter,
  pool: PlannedPool,
  shard: PlannedAzureShard,
  backend: Backend,
): readonly Flow[] {
  const { target, domains, check } = backend;
  const connection: Flow = {
    purpose: { kind: 'connection', target, domains, shard: shard.key },
    hops: hopsOf(router, pool, shard, backend),
  };
  const { healthChecks } = ENGINES[router.azure.forwarder.engine].capabilities;
  if (check === undefined || !healthChecks) return [connection];
  const asked = toTarget(pool, backend, check.port, checkEncryption(check));
  return [connection, { purpose: { kind: 'health-check', target, shard: shard.key }, hops: [asked] }];
}

function hopsOf(
  router: PlannedAzureRouter,
  pool: PlannedPool,
  shard: PlannedAzureShard,
  backend: Backend,
): Flow['hops'] {
  const { key, frontendName, privateLinkServiceName } = shard;
  const encryptedBy = ENCRYPTED_BY[backend.route];
  const service: Endpoint = { kind: 'private-link-service', shard: key, name: privateLinkServiceName };
  const frontend: Endpoint = { kind: 'load-balancer', shard: key, name: frontendName };
  const same = { owner: 'router', protocol: 'tcp', encryptedBy, payer: 'router-account' } as const;
  const ports = router.azure.loadBalancing === 'ha-ports' ? 'all' : 'one';
  return [
    ...hopsToService(router, shard, backend, {
      service,
      consumers: router.azure.visibility,
      endpointLimits: ['databricks.endpointsPerRegionAzure', 'databricks.domainsPerRuleAzure'],
      serviceLimits: ['databricks.ruleExpiryDays', 'azure.privateLinkIdleTimeout'],
    }),
    {
      ...same,
      from: service,
      to: frontend,
      port: backend.listenerPort,
      admittedBy: [{ kind: 'load-balancing-rule', pool: pool.key, ports }],
      limits: ['azure.rulesPerNetworkInterface', 'azure.privateLinkServicesPerLoadBalancer'],
    },
    {
      ...same,
      from: frontend,
      to: forwardersOf(pool),
      port: backend.forwarderPort,
      // The load balancer leaves the addresses of a packet as they are: the machines see the NAT subnet.
      admittedBy: admittedBy(pool, 'clients'),
      limits: ['azure.portsPerNatAddress', 'azure.loadBalancerIdleTimeoutMax'],
    },
    toTarget(pool, backend, backend.port, encryptedBy),
  ];
}

function toTarget(pool: PlannedPool, backend: Backend, port: number, encryptedBy: Hop['encryptedBy']): Hop {
  const rule = backend.literal ? 'addresses' : 'targets';
  return hopToTarget(forwardersOf(pool), backend, {
    port,
    encryptedBy,
    limits: ['azure.maxConnectionsMax', ...(backend.literal ? (['azure.addressesPerSecurityGroup'] as const) : [])],
    by: [...admittedBy(pool, rule), { kind: 'target-firewall', target: backend.target }],
  });
}
