import type {
  HealthCheck,
  PlannedAwsBackend,
  PlannedAwsRouter,
  PlannedAwsShard,
  PlannedBackend,
  PlannedListener,
  PlannedRouter,
  RoutingPlan,
} from '../../../src/model';

/** Hand-made plans for tests of constructs and stacks: valid in every part, to be changed where a test cares. */

export const TCP_CHECK: HealthCheck = {
  protocol: 'TCP',
  interval: 10,
  timeout: 5,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
};

/** What differs of a backend; host and domain alone, since it has one of each. */
export type BackendChange<B extends PlannedBackend = PlannedBackend> = Partial<
  Omit<B, 'target' | 'hosts' | 'domains'>
> & {
  readonly host?: string;
  readonly literal?: boolean;
  readonly domain?: string;
};

export function listener(
  target: string,
  port: number,
  change: BackendChange<PlannedAwsBackend> = {},
): PlannedListener<PlannedAwsBackend> {
  const { host, literal = false, domain, ...rest } = change;
  const backend: PlannedAwsBackend = {
    target,
    hosts: [{ name: host ?? `${target}.corp.example`, literal }],
    port: 5432,
    domains: [domain ?? `${target}.corp.example`],
    resolution: 'fixed',
    addresses: ['10.20.1.10'],
    targetGroupName: `${target}-0a1b2c3d`,
    idleTimeout: 350,
    drain: 30,
    healthCheck: TCP_CHECK,
    securityGroupIds: [],
    foreignSecurityGroups: [],
    ...rest,
  };
  return { port, route: 'tcp', backends: [backend] };
}

export function shard(
  number: number,
  listeners: readonly PlannedListener<PlannedAwsBackend>[],
  change: Partial<PlannedAwsShard> = {},
): PlannedAwsShard {
  const domains = [...new Set(listeners.flatMap(({ backends: [{ domains: own }] }) => own))].sort();
  return {
    key: `s${number}`,
    name: `analytics-use2-${number}`,
    deletionProtection: false,
    loadBalancerName: `plr-analytics-use2-${number}-1111222${number}`,
    securityGroupName: `plr-analytics-use2-${number}-3333444${number}`,
    domains: domains.length === 0 ? ['emptied.corp.example'] : domains,
    listeners,
    reserved: [],
    ...change,
  };
}

export function router(shards: readonly PlannedAwsShard[], change: Partial<PlannedAwsRouter> = {}): PlannedAwsRouter {
  return {
    name: 'analytics-use2',
    deployment: 'analytics-use2',
    cloud: 'aws',
    aws: {
      accountId: '123456789012',
      region: 'us-east-2',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'],
    },
    principal: 'arn:aws:iam::565502421330:role/private-connectivity-role-us-east-2',
    databricks: {
      accountId: '7a99b43c-b46c-432b-b0a7-814217701909',
      host: 'https://accounts.cloud.databricks.com',
    },
    ncc: { name: 'analytics-use2', workspaceIds: ['1234567890123456'] },
    approval: 'terraform',
    deletionProtection: false,
    tags: { team: 'data-platform' },
    shards,
    retired: [],
    limits: { 'aws.rulesPerSecurityGroup': 60, 'aws.targetsPerLoadBalancer': 500 },
    ...change,
  };
}

/** Five databases on one shard. */
export function fiveTargets(): PlannedListener<PlannedAwsBackend>[] {
  return [
    listener('orders-db', 10000, { addresses: ['10.20.1.10', '10.20.1.11'] }),
    listener('billing-sql', 10001, { port: 1433, addresses: ['10.20.2.10'] }),
    listener('ledger', 10002, { port: 1521, addresses: ['172.31.4.4'] }),
    listener('crm', 10003, { port: 3306, addresses: ['10.20.2.12'] }),
    listener('events', 10004, { port: 9094, addresses: ['10.20.2.13', '192.168.9.9'] }),
  ];
}

export function plan(...routers: readonly PlannedRouter[]): RoutingPlan {
  return { routers };
}
