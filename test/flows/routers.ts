import fc from 'fast-check';
import {
  type AzureNetwork,
  type Egress,
  type Engine,
  type HealthCheck,
  type PlannedBackend,
  type PlannedRouter,
  type Router,
  servedBackends,
  type Target,
} from '../../src/model';
import { accept, azurePlace, azureRouter, azureTarget, router, target } from '../planner/support';

/** Random routers of both clouds, planned: every kind of target, group, egress and network that a flow depends on. */

const PORTS = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 65_535 }));
const FOREIGN = '210987654321/';
const GROUPS = ['sg-0a1b2c3d4e5f60718', 'sg-0b1c2d3e4f5061728', `${FOREIGN}sg-0c1d2e3f405162738`];

const subset = <T>(values: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...values]);

function check(protocols: readonly HealthCheck['protocol'][]): fc.Arbitrary<HealthCheck> {
  const times = { interval: 10, timeout: 5, healthyThreshold: 3, unhealthyThreshold: 3 };
  return fc
    .record({ protocol: fc.constantFrom(...protocols), port: fc.option(PORTS, { nil: undefined }) })
    .map(({ protocol, port }) => ({
      ...times,
      protocol,
      ...(port === undefined || protocol === 'none' ? {} : { port }),
    }));
}

/** What targets of every cloud differ in; names come from their place in the list. */
const COMMON = {
  /** An address ends in it; undefined: a name. */
  last: fc.option(fc.integer({ min: 1, max: 254 }), { nil: undefined }),
  port: PORTS,
  shared: fc.boolean(),
  enabled: fc.boolean(),
};

function places(i: number, { last, shared }: { readonly last: number | undefined; readonly shared: boolean }) {
  const host = last === undefined ? `t${i}.corp.example` : `10.7.${i}.${last}`;
  return {
    hosts: [{ name: host, literal: last !== undefined }],
    domains: [shared ? 'shared.corp.example' : `t${i}.own.example`],
  } satisfies Partial<Target>;
}

const AWS_TARGETS = fc
  .array(
    fc.record({
      ...COMMON,
      healthCheck: check(['TCP', 'HTTP', 'HTTPS']),
      securityGroupIds: subset(GROUPS),
      dns: fc.constantFrom('plan' as const, 'synth' as const),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map(({ last, shared, ...one }, i) => target(`t${i}`, { ...one, ...places(i, { last, shared }) })));

const SUBNETS = ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728', 'subnet-0c1d2e3f405162738'];

const AWS = fc
  .record({
    targets: AWS_TARGETS,
    subnets: fc.integer({ min: 1, max: 3 }),
    approval: fc.constantFrom('terraform' as const, 'manual' as const),
  })
  .map(({ subnets, ...rest }): Router => {
    const one = router(rest);
    return { ...one, aws: { ...one.aws, subnetIds: SUBNETS.slice(0, subnets) } };
  });

const AZURE_TARGETS = fc
  .array(fc.record({ ...COMMON, healthCheck: check(['TCP', 'HTTP', 'HTTPS', 'none']) }), { maxLength: 12 })
  .map((all) =>
    all.map(({ last, shared, ...one }, i) => azureTarget(`t${i}`, { ...one, ...places(i, { last, shared }) })),
  );

const EGRESS: readonly Egress[] = [
  { kind: 'nat' },
  { kind: 'image' },
  { kind: 'none' },
  { kind: 'mirror', mirror: 'https://apt.corp.example:8443/ubuntu' },
  { kind: 'mirror', mirror: 'http://10.0.5.5/ubuntu' },
];

const NETWORKS: readonly AzureNetwork[] = [azurePlace().network, { addressSpace: '10.80.0.0/24' }];

const AZURE = fc
  .record({
    targets: AZURE_TARGETS,
    engine: fc.constantFrom<Engine>('haproxy', 'nginx', 'nftables'),
    egress: fc.constantFrom(...EGRESS),
    ssh: fc.option(subset(['10.1.0.0/24', '10.2.0.0/24']), { nil: undefined }),
    metrics: fc.option(fc.constant(['10.0.8.0/24']), { nil: undefined }),
    runCommand: fc.boolean(),
    resolvers: subset(['10.0.0.53', '10.0.0.54:5353']),
    network: fc.constantFrom(...NETWORKS),
    loadBalancing: fc.constantFrom('per-target' as const, 'ha-ports' as const),
  })
  .map(({ targets, resolvers, network, loadBalancing, ...parts }): Router => {
    const { engine, egress, ssh, metrics, runCommand } = parts;
    const forwarder = {
      ...azurePlace().forwarder,
      engine,
      egress,
      ...(ssh !== undefined && { ssh: { publicKey: 'ssh-ed25519 AAAA', from: ssh } }),
      ...(metrics !== undefined && { metrics: { from: metrics } }),
      ...(runCommand && { runCommand: true as const }),
    };
    return azureRouter({ targets, resolvers, azure: azurePlace({ network, loadBalancing, forwarder }) });
  });

function planned(one: Router): PlannedRouter {
  const [found] = accept(one).plan.routers;
  if (found === undefined) throw new Error('a plan has its router');
  return found;
}

/** Planned routers of AWS. */
export const AWS_ROUTERS = AWS.map(planned).map((one) => {
  if (one.cloud !== 'aws') throw new Error('a router keeps its cloud');
  return one;
});

/** Planned routers of Azure. */
export const AZURE_ROUTERS = AZURE.map(planned).map((one) => {
  if (one.cloud !== 'azure') throw new Error('a router keeps its cloud');
  return one;
});

/** Every host of a plan with its listener and shard, in the plan's order: what flows are compared with. */
export function hostsOf(router: PlannedRouter) {
  return router.shards.flatMap((shard) =>
    servedBackends<PlannedBackend>(shard).flatMap(({ listener, backend }) =>
      backend.hosts.map(({ name, literal }) => ({
        ...backend,
        host: name,
        literal,
        listenerPort: listener.port,
        shard: shard.key,
        shardName: shard.name,
      })),
    ),
  );
}
