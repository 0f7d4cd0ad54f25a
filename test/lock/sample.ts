import type { Lock, LockedRouter, LockedTarget } from '../../src/model';

/** A locked target of one name. */
type OneName = Extract<LockedTarget, { readonly host: string; readonly domain: string }>;

export function locked(listenerPort: number, over: Partial<OneName> = {}): LockedTarget {
  return { shard: 's1', listenerPort, host: 'db.corp.example', port: 5432, domain: 'db.corp.example', ...over };
}

export function lockedRouter(over: Partial<LockedRouter> = {}): LockedRouter {
  return {
    cloud: 'aws',
    network: {
      accountId: '123456789012',
      region: 'us-east-2',
      vpcId: 'vpc-0a1b2c3d4e5f60718',
      subnetIds: ['subnet-0a1b2c3d4e5f60718', 'subnet-0b1c2d3e4f5061728'],
    },
    unprotected: true,
    shards: {
      s1: { domains: ['crm.corp.example', 'db.corp.example'], generation: 2 },
      s2: { state: 'removed', domains: [] },
    },
    targets: {
      'billing-sql': locked(14330, { port: 1433, portFrom: 'listenPort' }),
      crm: locked(10001, {
        host: 'crm.corp.example',
        domain: 'crm.corp.example',
        addresses: ['10.0.0.9', '10.0.0.10'],
      }),
      'orders-db': locked(10000, { bornAs: 'orders' }),
    },
    retired: [{ shard: 's1', listenerPort: 10002, target: 'old-db' }],
    ...over,
  };
}

/** A router of Azure: two pools, the second of which was left by its only shard. */
export function lockedAzureRouter(over: Partial<LockedRouter> = {}): LockedRouter {
  return {
    cloud: 'azure',
    azure: {
      subscriptionId: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
      location: 'eastus2',
      resourceGroupName: 'rg-privatelink-router',
      natSubnetId:
        '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourcegroups/rg/providers/microsoft.network/virtualnetworks/hub/subnets/nat',
      natAddresses: 2,
      zones: ['1', '3'],
      loadBalancing: 'per-target',
    },
    pools: ['p1', 'p2'],
    shards: {
      s1: { pool: 'p1', domains: ['db.corp.example'] },
      s2: { pool: 'p1', domains: ['erp.corp.example'] },
      s3: { pool: 'p2', state: 'removed', domains: [] },
    },
    targets: {
      'orders-db': locked(10000),
      erp: locked(10001, { shard: 's2', host: 'erp.corp.example', domain: 'erp.corp.example' }),
    },
    retired: [
      { shard: 's1', listenerPort: 10002, target: 'old-db' },
      { shard: 's3', listenerPort: 10003, target: 'gone' },
    ],
    ...over,
  };
}

/** A lock with a router of Azure alone. */
export function azureLockOf(over: Partial<LockedRouter> = {}): Lock {
  return { version: 1, routers: { 'analytics-eus2': lockedAzureRouter(over) } };
}

export function lockOf(over: Partial<LockedRouter> = {}): Lock {
  return { version: 1, routers: { analytics: lockedRouter(over) } };
}
