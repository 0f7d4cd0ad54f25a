import type {
  PlannedAwsListener,
  PlannedAwsRouter,
  PlannedAwsShard,
  PlannedRouter,
  RoutingPlan,
} from '../../src/model';

/** A listener with everything that a report does not look at filled in. */
export function listener(
  target: string,
  listenerPort: number,
  more: Partial<PlannedAwsListener> = {},
): PlannedAwsListener {
  return {
    target,
    listenerPort,
    host: `${target}.corp.acme.com`,
    literal: false,
    port: 5432,
    route: 'tcp',
    domain: more.host ?? `${target}.corp.acme.com`,
    resolution: 'plan',
    addresses: [],
    targetGroupName: `${target}-00000000`,
    idleTimeout: 350,
    deregistrationDelay: 30,
    healthCheck: { protocol: 'TCP', interval: 10, timeout: 5, healthyThreshold: 3, unhealthyThreshold: 3 },
    securityGroupIds: [],
    ...more,
  };
}

export function shard(
  number: number,
  listeners: readonly PlannedAwsListener[],
  more: Partial<PlannedAwsShard> = {},
): PlannedAwsShard {
  return {
    key: `s${number}`,
    name: `analytics-${number}`,
    deletionProtection: true,
    loadBalancerName: `plr-analytics-${number}-00000000`,
    securityGroupName: `plr-analytics-${number}-00000000`,
    domains: [...new Set(listeners.map(({ domain }) => domain))].sort(),
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

export function plan(...routers: readonly PlannedRouter[]): RoutingPlan {
  return { routers };
}
