import { describe, expect, it } from 'vitest';
import { connections, planDocument } from '../../src/reports';
import { listener, plan, router, shard } from './plans';

const DECIDED = plan(
  router([shard(1, [listener('orders-db', 10000)], { reserved: [{ target: 'old-crm', listenerPort: 10001 }] })], {
    retired: [{ target: 'gone', shard: 's1', listenerPort: 10003 }],
  }),
  router([], { name: 'empty', ncc: { id: 'ncc-1', workspaceIds: [] } }),
);

describe('a plan as a document', () => {
  it('has the keys of the public contract and no others', () => {
    expect(planDocument(DECIDED, [], [])).toEqual({
      version: 1,
      routers: {
        analytics: {
          cloud: 'aws',
          region: 'us-east-2',
          ncc: 'analytics-ncc',
          shards: [
            {
              name: 'analytics-1',
              domains: ['orders-db.corp.acme.com'],
              listeners: [
                {
                  target: 'orders-db',
                  listenerPort: 10000,
                  host: 'orders-db.corp.acme.com',
                  port: 5432,
                  route: 'tcp',
                  domain: 'orders-db.corp.acme.com',
                },
              ],
              reserved: [{ target: 'old-crm', listenerPort: 10001 }],
            },
          ],
          retired: [{ target: 'gone', listenerPort: 10003, shard: 's1' }],
        },
        empty: { cloud: 'aws', region: 'us-east-2', ncc: 'ncc-1', shards: [], retired: [] },
      },
      changes: [],
      diagnostics: [],
    });
  });

  it('is there without a plan too', () => {
    const diagnostics = [{ code: 'PLR1203', severity: 'error', message: 'm', path: 'p', fix: 'f' }] as const;
    expect(planDocument(undefined, [], diagnostics)).toEqual({ version: 1, routers: {}, changes: [], diagnostics });
  });
});

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
