import type {
  Forwarder,
  PlannedAwsBackend,
  PlannedAwsRouter,
  PlannedAwsShard,
  PlannedAzureRouter,
  PlannedAzureShard,
  PlannedListener,
  PlannedRouter,
  RoutingPlan,
} from '../../src/model';
import type { BackendChange } from '../constructs/support/plans';

/** A listener with everything that a report does not look at filled in. */
export function listener(
  target: string,
  port: number,
  more: BackendChange<PlannedAwsBackend> = {},
): PlannedListener<PlannedAwsBackend> {
  const { host, literal = false, domain, ...rest } = more;
  const backend: PlannedAwsBackend = {
    target,
    hosts: [{ name: host ?? `${target}.corp.acme.com`, literal }],
    port: 5432,
    domains: [domain ?? host ?? `${target}.corp.acme.com`],
    resolution: 'plan',
    addresses: [],
    targetGroupName: `${target}-00000000`,
    idleTimeout: 350,
    drain: 30,
    healthCheck: { protocol: 'TCP', interval: 10, timeout: 5, healthyThreshold: 3, unhealthyThreshold: 3 },
    securityGroupIds: [],
    foreignSecurityGroups: [],
    ...rest,
  };
  return { port, route: 'tcp', backends: [backend] };
}

export function shard(
  number: number,
  listeners: readonly PlannedListener<PlannedAwsBackend>[],
  more: Partial<PlannedAwsShard> = {},
): PlannedAwsShard {
  return {
    key: `s${number}`,
    name: `analytics-${number}`,
    deletionProtection: true,
    loadBalancerName: `plr-analytics-${number}-00000000`,
    securityGroupName: `plr-analytics-${number}-00000000`,
    domains: [...new Set(listeners.flatMap(({ backends: [{ domains }] }) => domains))].sort(),
    listeners,
    reserved: [],
    ...more,
  };
}

export function router(shards: readonly PlannedAwsShard[], more: Partial<PlannedAwsRouter> = {}): PlannedAwsRouter {
  return {
    name: 'analytics',
    deployment: 'analytics',
    cloud: 'aws',
    aws: { accountId: '123456789012', region: 'us-east-2', vpcId: 'vpc-0a1b2c3d4e5f60718', subnetIds: [] },
    principal: 'arn:aws:iam::565502421330:role/private-connectivity-role-us-east-2',
    databricks: { accountId: '7a99b43c-b46c-432b-b0a7-814217701909', host: 'https://accounts.cloud.databricks.com' },
    ncc: { name: 'analytics-ncc', workspaceIds: ['1234567890123456'] },
    approval: 'terraform',
    deletionProtection: true,
    tags: {},
    shards,
    retired: [],
    limits: {},
    ...more,
  };
}

const SUBSCRIPTION = '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940';

/** A shard of Azure, on pool `p1` unless said otherwise. */
export function azureShard(
  number: number,
  listeners: readonly PlannedListener[],
  more: Partial<PlannedAzureShard> = {},
): PlannedAzureShard {
  return {
    key: `s${number}`,
    name: `analytics-${number}`,
    deletionProtection: true,
    domains: [...new Set(listeners.flatMap(({ backends: [{ domains }] }) => domains))].sort(),
    pool: 'p1',
    frontendName: `s${number}`,
    privateLinkServiceName: `plr-analytics-${number}-00000000`,
    listeners,
    reserved: [],
    ...more,
  };
}

/** A router of Azure with the pools that its shards name. */
export function azureRouter(
  shards: readonly PlannedAzureShard[],
  forwarder: Partial<Forwarder> = {},
  more: Partial<PlannedAzureRouter> = {},
): PlannedAzureRouter {
  const pools = [...new Set(shards.map(({ pool }) => pool))];
  return {
    name: 'analytics',
    deployment: 'analytics',
    cloud: 'azure',
    azure: {
      subscriptionId: SUBSCRIPTION,
      location: 'eastus2',
      resourceGroupName: 'rg-plr',
      network: { addressSpace: '10.20.0.0/24' },
      natAddresses: 1,
      visibility: ['*'],
      autoApproval: [],
      loadBalancing: 'per-target',
      forwarder: {
        engine: 'haproxy',
        instances: 2,
        size: 'Standard_D2s_v5',
        zones: ['1', '2', '3'],
        image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
        egress: { kind: 'nat' },
        ...forwarder,
      },
    },
    resolvers: [],
    names: { virtualNetwork: 'plr-net', natGateway: 'plr-nat', publicIp: 'plr-ip' },
    databricks: { accountId: 'c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39', host: 'https://accounts.azuredatabricks.net' },
    ncc: { name: 'analytics-ncc', workspaceIds: ['1234567890123456'] },
    approval: 'terraform',
    deletionProtection: true,
    tags: {},
    pools: pools.map((key) => ({
      key,
      name: `analytics-pool-${key.slice(1)}`,
      shards: shards.filter(({ pool }) => pool === key).map((shard) => shard.key),
      deletionProtection: true,
      loadBalancerName: `plr-${key}`,
      securityGroupName: `plr-${key}`,
      scaleSetName: `plr-${key}`,
      computerNamePrefix: `plr${key}`,
      acceleratedNetworking: true,
    })),
    shards,
    retired: [],
    limits: {},
    ...more,
  };
}

export function plan(...routers: readonly PlannedRouter[]): RoutingPlan {
  return { routers };
}
