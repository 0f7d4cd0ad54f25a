import type { PlannedAwsRouter, PlannedAwsShard } from '../../model';
import type { Admission } from '../admission';
import { type AwsBackend, awsBackendsOf } from '../backends';
import type { Endpoint } from '../endpoint';
import type { Flow } from '../hop';
import { checkEncryption, ENCRYPTED_BY, hopsToService, hopToTarget } from '../to-service';

/** The flows of a router of AWS: of each target its connections and its health check, in the plan's order. */
export function awsFlows(router: PlannedAwsRouter): readonly Flow[] {
  return router.shards.flatMap((shard) => awsBackendsOf(shard).flatMap((backend) => flowsOf(router, shard, backend)));
}

function flowsOf(router: PlannedAwsRouter, shard: PlannedAwsShard, backend: AwsBackend): readonly Flow[] {
  const { target, domains, route, check } = backend;
  const service: Endpoint = { kind: 'endpoint-service', shard: shard.key };
  const loadBalancer: Endpoint = { kind: 'load-balancer', shard: shard.key, name: shard.loadBalancerName };
  const toService = hopsToService(router, shard, backend, {
    service,
    consumers: [router.principal],
    endpointLimits: ['databricks.endpointsPerRegion', 'databricks.domainsPerRule', 'aws.endpointBandwidth'],
    serviceLimits: ['databricks.ruleExpiryDays', 'aws.endpointIdleTimeout'],
  });
  const by = admissionsOf(shard, backend);
  const limits = ['aws.targetsPerLoadBalancer', 'aws.rulesPerSecurityGroup'] as const;
  const connection: Flow = {
    purpose: { kind: 'connection', target, domains, shard: shard.key },
    hops: [
      ...toService,
      {
        owner: 'router',
        from: service,
        to: loadBalancer,
        port: backend.listenerPort,
        protocol: 'tcp',
        // The load balancer's security group is not asked: what comes over PrivateLink has been accepted already.
        admittedBy: [{ kind: 'listener', shard: shard.key }],
        encryptedBy: ENCRYPTED_BY[route],
        limits: ['aws.listenersPerLoadBalancer', 'aws.idleTimeoutMax'],
        payer: 'router-account',
      },
      hopToTarget(loadBalancer, backend, { port: backend.port, encryptedBy: ENCRYPTED_BY[route], limits, by }),
    ],
  };
  if (check === undefined) return [connection];
  const { port } = check;
  const asked = hopToTarget(loadBalancer, backend, { port, encryptedBy: checkEncryption(check), limits, by });
  return [connection, { purpose: { kind: 'health-check', target, shard: shard.key }, hops: [asked] }];
}

/** Our group lets out; groups that the inventory gives let in, and where it gives none, the target's owner does. */
function admissionsOf(
  { key: shard }: PlannedAwsShard,
  { target, securityGroupIds, foreignSecurityGroups }: AwsBackend,
): readonly [Admission, ...Admission[]] {
  const groups: readonly Admission[] = [
    ...securityGroupIds.map((id): Admission => ({ kind: 'target-security-group', id })),
    ...foreignSecurityGroups.map(({ accountId, id }): Admission => ({ kind: 'target-security-group', id, accountId })),
  ];
  const unknown: Admission = { kind: 'target-firewall', target };
  return [{ kind: 'load-balancer-security-group', shard }, ...(groups.length > 0 ? groups : [unknown])];
}
