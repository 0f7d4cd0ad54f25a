import { describe, expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import { planRouting, toPublicPlan } from '../../src/planner';
import { accept, azurePlace, azureRouter, azureTargets, inventory, NOTHING, router, target } from './support';

describe('a plan', () => {
  it('is sorted by router, whatever the order of the file, and carries what the constructs need', () => {
    const routers = ['b', 'a'].map((name) => router({ name, targets: [target('x')] }));
    const backend = { type: 's3', config: { key: '{env}/{router}.tfstate' } };
    const { plan } = planRouting({ inventory: inventory(routers, { env: 'prod', backend }), lock: NOTHING });
    expect(plan.routers.map(({ name, deployment }) => [name, deployment])).toEqual([
      ['a', 'a-prod'],
      ['b', 'b-prod'],
    ]);
    expect(plan.routers[0]).toMatchObject({
      env: 'prod',
      backend: { type: 's3', config: { key: 'prod/a.tfstate' } },
      limits: { 'aws.targetsPerLoadBalancer': 500, 'aws.rulesPerSecurityGroup': 60 },
      shards: [{ key: 's1', name: 'a-prod-1', deletionProtection: true }],
    });
    const azure = accept(azureRouter({ targets: azureTargets('x', 1) })).plan.routers[0];
    expect(azure?.limits).toEqual({ 'azure.customDataSize': 65_535, 'azure.extensionScriptSize': 262_144 });
    const open = accept(router({ deletionProtection: false, targets: [target('x')] }));
    expect(open.plan.routers[0]?.shards[0]?.deletionProtection).toBe(false);
  });

  it.each([
    ['AWS', router({ targets: [target('x', { enabled: false }), target('y')] })],
    ['Azure', azureRouter({ targets: azureTargets('x', 2, { enabled: false }) })],
  ])('is JSON, and the lock too: nothing is lost on the way, on %s', (_cloud, one) => {
    const { plan, lock } = accept(one);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
    expect(JSON.parse(JSON.stringify(lock))).toEqual(lock);
  });
});

const NO_CHANGES = { changes: [], compared: 'plans', diagnostics: [] } as const;

describe('the public document', () => {
  it('has the shape that the contract says, and nothing else', () => {
    const first = accept(router({ targets: [target('old'), target('orders-db')] }));
    const { plan, lock } = accept(router({ targets: [target('orders-db')] }), first.lock);
    const changes = compareDeployments(first, { plan, lock });
    const diagnostic = { code: 'PLR1203', severity: 'warning' as const, message: 'm', path: 'routers', fix: 'f' };
    expect(toPublicPlan(plan, { changes, compared: 'plans', diagnostics: [diagnostic] })).toEqual({
      version: 2,
      routers: {
        analytics: {
          cloud: 'aws',
          region: 'us-east-2',
          ncc: 'analytics',
          shards: [
            {
              name: 'analytics-1',
              key: 's1',
              pin: null,
              domains: ['orders-db.corp.example'],
              listeners: [
                {
                  port: 10001,
                  route: 'tcp',
                  backends: [
                    {
                      target: 'orders-db',
                      hosts: ['orders-db.corp.example'],
                      port: 5432,
                      domains: ['orders-db.corp.example'],
                      path: null,
                    },
                  ],
                },
              ],
            },
          ],
          retired: [{ target: 'old', listenerPort: 10000 }],
        },
      },
      compared: 'plans',
      changes: [
        {
          router: 'analytics',
          cloud: 'aws',
          about: 'target',
          target: 'old',
          listenerPort: 10000,
          change: 'removed',
          clients: 'lose access',
          what: 'target',
          from: { shard: 's1', listenerPort: 10000, host: 'old.corp.example', port: 5432, domain: 'old.corp.example' },
          to: {},
        },
      ],
      diagnostics: [diagnostic],
    });
  });

  it('names location, forwarder and pools on Azure', () => {
    const one = azureRouter({
      targets: azureTargets('t', 1),
      azure: azurePlace({ forwarder: { ...azurePlace().forwarder, engine: 'nginx' } }),
    });
    expect(toPublicPlan(accept(one).plan, NO_CHANGES).routers.analytics).toEqual({
      cloud: 'azure',
      region: 'eastus2',
      ncc: 'analytics',
      forwarder: {
        engine: 'nginx',
        lacks: ['healthChecks', 'severalHosts', 'backup', 'metrics', 'stockImage'],
        acceleratedPools: ['p1'],
      },
      shards: [
        {
          name: 'analytics-1',
          key: 's1',
          pool: 'p1',
          pin: null,
          domains: ['t-0.corp.example'],
          listeners: [
            {
              port: 10000,
              route: 'tcp',
              backends: [
                {
                  target: 't-0',
                  hosts: ['t-0.corp.example'],
                  port: 5432,
                  domains: ['t-0.corp.example'],
                  path: null,
                },
              ],
            },
          ],
        },
      ],
      retired: [],
    });
  });

  it('gives the id of a configuration that exists', () => {
    const one = router({ ncc: { id: '1a2b', workspaceIds: [] }, targets: [target('x')] });
    expect(toPublicPlan(accept(one).plan, NO_CHANGES).routers.analytics?.ncc).toBe('1a2b');
  });

  it('says whose configuration it is', () => {
    const shared = { existing: 'shared-use2', router: 'orders', workspaceIds: [] };
    const one = router({ ncc: shared, targets: [target('x')] });
    expect(toPublicPlan(accept(one).plan, NO_CHANGES).routers.analytics).toMatchObject({
      ncc: 'shared-use2',
      nccRouter: 'orders',
    });
  });
});
