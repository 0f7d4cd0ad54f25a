import { expect, it } from 'vitest';
import { connections } from '../../src/reports';
import { listener, plan, router, shard } from './plans';

const DECIDED = plan(
  router([shard(1, [listener('orders-db', 10000)], { reserved: [{ target: 'old-crm', listenerPort: 10001 }] })]),
);

it('the connection table names who dials what', () => {
  expect(connections(DECIDED)).toEqual([
    {
      router: 'analytics',
      target: 'orders-db',
      domain: 'orders-db.corp.acme.com',
      listenerPort: 10000,
      shard: 'analytics-1',
      host: 'orders-db.corp.acme.com',
      port: 5432,
    },
  ]);
});
