import type {
  AwsRouter,
  AzurePlace,
  AzureRouter,
  HealthCheck,
  Inventory,
  Lock,
  PlannedAwsShard,
  PlannedAzureRouter,
  Router,
  RoutingPlan,
  Target,
} from '../../src/model';
import { type PlanningResult, planRouting } from '../../src/planner';

const HEALTH_CHECK: HealthCheck = {
  protocol: 'TCP',
  interval: 10,
  timeout: 5,
  healthyThreshold: 3,
  unhealthyThreshold: 3,
};

/** Values of a target; one host may stand as `host`, with `literal` where it is an address. */
export type TargetValues = Partial<Target> & { readonly host?: string; readonly literal?: boolean };

export function target(name: string, { host: given, literal = false, ...over }: TargetValues = {}): Target {
  const host = given ?? `${name}.corp.example`;
  return {
    name,
    hosts: [{ name: host, literal }],
    port: 5432,
    route: 'tcp',
    domains: [host],
    enabled: true,
    dns: 'plan',
    idleTimeout: 350,
    drain: 30,
    healthCheck: HEALTH_CHECK,
    securityGroupIds: [],
    ...over,
  };
}

/** `number` targets `<prefix>-0`, `<prefix>-1` … */
export function targets(prefix: string, number: number, over: TargetValues = {}): Target[] {
  return Array.from({ length: number }, (_, index) => target(`${prefix}-${index}`, over));
}

/** What routers of both clouds have, filled in. */
const ANY = {
  name: 'analytics',
  ncc: { name: 'analytics', workspaceIds: ['1234567890123456'] },
  basePort: 10000,
  portStrategy: 'base-port',
  approval: 'terraform',
  shardTeardown: {},
  deletionProtection: true,
  resolvers: [],
  tags: {},
  limits: {},
  targets: [],
} as const;

/** A router of AWS. */
export function router(over: Partial<AwsRouter> = {}): AwsRouter {
  return {
    ...ANY,
    cloud: 'aws',
    aws: {
      accountId: '123456789012',
      region: 'us-east-2',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'],
    },
    databricks: { accountId: '7a99b43c-b46c-432b-b0a7-814217701909', host: 'https://accounts.cloud.databricks.com' },
    ...over,
  };
}

const SUBSCRIPTION = '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940';
const NETWORK = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/hub`;

/** Where a router of Azure stands: subnets that exist, HAProxy on two machines in three zones. */
export function azurePlace(over: Partial<AzurePlace> = {}): AzurePlace {
  return {
    subscriptionId: SUBSCRIPTION,
    location: 'eastus2',
    resourceGroupName: 'rg-privatelink-router',
    network: { subnetId: `${NETWORK}/subnets/forwarders`, natSubnetId: `${NETWORK}/subnets/nat` },
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
    },
    ...over,
  };
}

/** A router of Azure; its targets follow DNS at run time, as `azureTarget` makes them. */
export function azureRouter(over: Partial<AzureRouter> = {}): AzureRouter {
  return {
    ...ANY,
    cloud: 'azure',
    azure: azurePlace(),
    databricks: { accountId: 'c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39', host: 'https://accounts.azuredatabricks.net' },
    ...over,
  };
}

/** A target as the inventory gives it to a router of Azure. */
export function azureTarget(name: string, over: TargetValues = {}): Target {
  return target(name, { dns: 'runtime', idleTimeout: 3600, ...over });
}

/** `number` targets of Azure `<prefix>-0`, `<prefix>-1` … */
export function azureTargets(prefix: string, number: number, over: Partial<Target> = {}): Target[] {
  return Array.from({ length: number }, (_, index) => azureTarget(`${prefix}-${index}`, over));
}

export function inventory(routers: readonly Router[], over: Partial<Inventory> = {}): Inventory {
  return { version: 1, routers, ...over };
}

export const NOTHING: Lock = { version: 1, routers: {} };

/** Plans one router and demands that nothing is an error. */
export function accept(one: Router, lock: Lock = NOTHING): PlanningResult {
  const result = planRouting({ inventory: inventory([one]), lock });
  const errors = result.findings.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new Error(errors.map(({ code, message }) => `${code} ${message}`).join('\n'));
  return result;
}

/** The shards of a plan's routers of AWS. */
export function awsShards({ plan }: { readonly plan: RoutingPlan }): readonly PlannedAwsShard[] {
  return plan.routers.flatMap((one) => (one.cloud === 'aws' ? one.shards : []));
}

/** The one router of Azure of a plan. */
export function azureOf({ plan }: { readonly plan: RoutingPlan }): PlannedAzureRouter {
  const [one] = plan.routers;
  if (one?.cloud !== 'azure') throw new Error('the plan has no router of Azure first');
  return one;
}

/** The codes of what planning one router finds. */
export function codes(one: Router, lock: Lock = NOTHING): readonly string[] {
  return planRouting({ inventory: inventory([one]), lock }).findings.map(({ code }) => code);
}

/** `shard:port` of each target in the lock. */
export function places(lock: Lock, name = 'analytics'): Record<string, string> {
  return Object.fromEntries(
    Object.entries(lock.routers[name]?.targets ?? {}).map(([key, { shard, listenerPort }]) => [
      key,
      `${shard}:${listenerPort}`,
    ]),
  );
}
