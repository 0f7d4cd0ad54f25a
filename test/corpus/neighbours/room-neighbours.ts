import { limitValue } from '../../../src/limits';
import type { Target } from '../../../src/model';
import { azurePlace, azureRouter, azureTarget, azureTargets, router, target, targets } from '../../planner/support';
import { A, after, B, ELEVEN, FULL, legal, ONE, type PlannerNeighbour, TEN, TWO } from './planner-neighbour';

const PLACE = router().aws;
const prepare = { shardTeardown: { s2: 'prepare' } } as const;
const shared = (number: number, domain = 'one.corp.example', prefix = 't') =>
  targets(prefix, number, { domains: [domain] });
const LISTENERS = limitValue('aws.listenersPerLoadBalancer', {});
const POOL = limitValue('azure.rulesPerNetworkInterface', {}) - 1;

const X = ['x0.corp.example', 'x1.corp.example', 'x2.corp.example', 'x3.corp.example', 'x4.corp.example'] as const;
const Y = ['x0.corp.example', 'y1.corp.example', 'y2.corp.example', 'y3.corp.example', 'y4.corp.example'] as const;
const SEVERAL = [target('x', { domains: X }), target('y', { domains: Y })];

const shards: readonly PlannerNeighbour[] = [
  legal('PLR2301', 'as many targets of one domain as a load balancer takes', router({ targets: shared(LISTENERS) })),
  legal(
    'PLR2301',
    'as many targets of one domain as a pool takes',
    azureRouter({ targets: azureTargets('t', POOL, { domains: ['one.corp.example'] }) }),
    { warnings: ['PLR2531'] },
  ),
  legal(
    'PLR2531',
    'rules that cost as much as two machines',
    azureRouter({ targets: azureTargets('t', 20, { domains: ['one.corp.example'] }) }),
  ),
  legal(
    'PLR2302',
    'a new domain that stands on the same shard',
    router({ targets: [{ ...A, domains: ['b.corp.example'] }, B] }),
    { lock: after(TWO), places: { a: 's1:10000' } },
  ),
  legal(
    'PLR2306',
    'the pin that the shard has, of a target that comes with one that has it',
    router({ targets: [A, { ...B, pin: 'x' }, target('c', { pin: 'x' })] }),
    { lock: after(router({ targets: [A, { ...B, pin: 'x' }] })), places: { b: 's2:10001', c: 's2:10002' } },
  ),
  legal(
    'PLR2307',
    'two targets of one domain and one pin, and one of another pin and domain',
    router({
      targets: [
        target('p', { domains: ['one.corp.example'], pin: 'x' }),
        target('q', { domains: ['one.corp.example'], pin: 'x' }),
        target('r', { domains: ['two.corp.example'], pin: 'y' }),
      ],
    }),
    { places: { p: 's1:10000', q: 's1:10001', r: 's2:10002' } },
  ),
  legal(
    'PLR2532',
    'a pin on a pool that its shard shares',
    azureRouter({ targets: [azureTarget('a'), azureTarget('b', { pin: 'x' })] }),
  ),
  legal(
    'PLR2303',
    'a new domain in place of the only target of the old ONE, on a FULL shard',
    router({ targets: [{ ...(TEN[0] ?? A), domains: ['new.corp.example'] }, ...TEN.slice(1)] }),
    {
      lock: after(FULL),
      places: { 't-0': 's1:10000' },
    },
  ),
  legal(
    'PLR2303',
    'the tenth domain',
    router({
      targets: [
        ...TEN.slice(0, 8),
        { ...(TEN[8] ?? A), domains: ['x.corp.example'] },
        { ...(TEN[9] ?? A), domains: ['y.corp.example'] },
      ],
    }),
    {
      lock: after(
        router({
          targets: [
            ...TEN.slice(0, 8),
            { ...(TEN[8] ?? A), domains: ['x.corp.example'] },
            { ...(TEN[9] ?? A), domains: ['x.corp.example'] },
          ],
        }),
      ),
    },
  ),
  legal(
    'PLR2305',
    'targets tied by a domain that have as many of them as a rule takes',
    router({ targets: [...SEVERAL, target('z', { domains: ['x4.corp.example', 'z.corp.example'] })] }),
    { places: { x: 's1:10000', y: 's1:10001', z: 's1:10002' } },
  ),
  legal('PLR2305', 'a name more on the shard of the others', router({ targets: SEVERAL }), {
    lock: after(router({ targets: [target('x', { domains: ['x0.corp.example'] }), ...SEVERAL.slice(1)] })),
    places: { x: 's1:10000' },
  }),
  legal(
    'PLR2304',
    'a new domain while a shard is being taken away',
    router({ targets: [...TEN, target('new')], ...prepare }),
    {
      lock: after(ELEVEN, FULL, { ...FULL, ...prepare }),
      places: { new: 's3:10011' },
    },
  ),
];

const budgets: readonly PlannerNeighbour[] = [
  legal('PLR2401', 'the last private endpoint', router({ limits: { endpointsUsed: 29 }, targets: [A] })),
  legal('PLR2401', 'all of them used, none needed more', router({ limits: { endpointsUsed: 29 }, targets: [A, B] }), {
    lock: after(ONE),
  }),
  legal('PLR2401', 'all used in another region', [
    router({ limits: { endpointsUsed: 29 }, targets: [A] }),
    router({ name: 'other', aws: { ...PLACE, region: 'us-west-2' }, targets: [A] }),
  ]),
  legal('PLR2402', 'the last load balancer', router({ limits: { loadBalancersUsed: 49 }, targets: [A] })),
  legal(
    'PLR2402',
    'one more, where AWS raised the limit',
    router({ limits: { loadBalancersUsed: 50, loadBalancersPerRegion: 51 }, targets: [A] }),
  ),
  legal('PLR2403', 'the last target group', router({ limits: { targetGroupsUsed: 2998 }, targets: [A, B] })),
  legal(
    'PLR2404',
    'the last Private Link Service',
    azureRouter({ limits: { privateLinkServicesUsed: 799 }, targets: [azureTarget('a')] }),
  ),
  legal('PLR2404', 'all used in another subscription', [
    azureRouter({ limits: { privateLinkServicesUsed: 799 }, targets: [azureTarget('a')] }),
    azureRouter({
      name: 'other',
      azure: azurePlace({ subscriptionId: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d949' }),
      targets: [azureTarget('a')],
    }),
  ]),
];

const STATE = limitValue('terraform.targetsPerRouter', {});
/** Fifty to a domain. */
const spread = (number: number): Target[] =>
  Array.from({ length: number }, (_, index) =>
    target(`t-${index}`, { domains: [`d${Math.floor(index / LISTENERS)}.corp.example`] }),
  );

const states: readonly PlannerNeighbour[] = [
  legal('PLR2541', 'as many targets as one router should have', router({ targets: spread(STATE) })),
  legal(
    'PLR2541',
    'one target more, which has no port open',
    router({ targets: [...spread(STATE), target('off', { enabled: false })] }),
  ),
  legal(
    'PLR2541',
    'as many targets as the inventory says are all right',
    router({ targets: spread(STATE + 1), limits: { targetsPerRouter: STATE + 1 } }),
  ),
  legal(
    'PLR2541',
    'more targets, of which none is a resource',
    azureRouter({
      azure: azurePlace({ loadBalancing: 'ha-ports' }),
      targets: azureTargets('t', STATE + 1, { domains: ['one.corp.example'] }),
    }),
  ),
];

/** Room on shards, what a region or subscription has, and what one state of Terraform takes. */
export const ROOM_NEIGHBOURS: readonly PlannerNeighbour[] = [...shards, ...budgets, ...states];
