import type { Lock, LockedRouter, LockedTarget } from '../../src/model';

export function locked(listenerPort: number, over: Partial<LockedTarget> = {}): LockedTarget {
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

export function lockOf(over: Partial<LockedRouter> = {}): Lock {
  return { version: 1, routers: { analytics: lockedRouter(over) } };
}
