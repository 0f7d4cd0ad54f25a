import { OTHER_FORWARDER_PORTS } from '../../../src/forwarder';
import type { Lock } from '../../../src/model';
import { azureRouter, azureTarget, router, target, targets } from '../../planner/support';
import { A, after, B, FULL, legal, ONE, type PlannerNeighbour, REMOVED, TEN, TWO } from './planner-neighbour';

const routerSteps: readonly PlannerNeighbour[] = [
  legal('PLR2001', 'a router that was taken down leaves the inventory', [], {
    lock: REMOVED,
  }),
  legal(
    'PLR2002',
    'destroy after prepare',
    { ...ONE, teardown: 'destroy' },
    { lock: after(ONE, { ...ONE, teardown: 'prepare' }) },
  ),
  legal('PLR2002', 'prepare at the first run', { ...ONE, teardown: 'prepare' }),
  legal('PLR2003', 'a router whose teardown was dropped before destroy', ONE, {
    lock: after(ONE, { ...ONE, teardown: 'prepare' }),
    places: { a: 's1:10000' },
  }),
];

const renames: readonly PlannerNeighbour[] = [
  legal('PLR2101', 'the old name is gone', router({ targets: [{ ...B, renamedFrom: 'a' }] }), {
    lock: after(ONE),
    places: { b: 's1:10000' },
  }),
  legal('PLR2101', 'the old name is a target of another router', [
    router({ name: 'other', targets: [{ ...B, renamedFrom: 'a' }] }),
    ONE,
  ]),
  legal('PLR2102', 'two routers claim one old name', [
    router({ targets: [{ ...B, renamedFrom: 'a' }] }),
    router({ name: 'other', ncc: { name: 'other', workspaceIds: ['7'] }, targets: [{ ...B, renamedFrom: 'a' }] }),
  ]),
  legal('PLR2103', 'the key stays after the rename was done', router({ targets: [{ ...B, renamedFrom: 'a' }] }), {
    lock: after(ONE, router({ targets: [{ ...B, renamedFrom: 'a' }] })),
    places: { b: 's1:10000' },
  }),
  legal(
    'PLR2104',
    'a name that comes back with the port that it asks for',
    router({ targets: [{ ...A, listenPort: 12000 }, B] }),
    {
      lock: after(TWO, router({ targets: [B] })),
      places: { a: 's1:12000', b: 's1:10001' },
    },
  ),
];

/** On s1 a port that was asked for is retired, on s2 a target wants it. */
const asked = after(
  router({ targets: [...TEN, target('x', { domains: ['t-0.corp.example'], listenPort: 15000 })] }),
  FULL,
);

/** A pool of which every other port of the forwarders but the last is retired. */
function crowdedPool(): Lock {
  const lock = after(azureRouter({ targets: [azureTarget('a', { pin: 'x', listenPort: 443 })] }));
  const entry = lock.routers.analytics;
  if (entry === undefined) throw new Error('nothing was locked');
  const { lowest, highest } = OTHER_FORWARDER_PORTS;
  const all = Array.from({ length: highest - 1 - lowest }, (_, index) => lowest + index);
  const retired = all.map((listenerPort) => ({ shard: 's1', listenerPort, target: 'old' }));
  return { ...lock, routers: { analytics: { ...entry, retired } } };
}

const ports: readonly PlannerNeighbour[] = [
  legal(
    'PLR2201',
    'a port that is retired on another load balancer, where a target had asked for it',
    router({ targets: [...TEN, target('y', { listenPort: 15000 })] }),
    {
      lock: asked,
      places: { y: 's2:15000' },
    },
  ),
  legal(
    'PLR2201',
    'the port beside the retired one',
    router({ targets: [...TEN, target('y', { domains: ['t-0.corp.example'], listenPort: 15001 })] }),
    {
      lock: asked,
      places: { y: 's1:15001' },
    },
  ),
  legal(
    'PLR2202',
    'a port that another target asked for on another load balancer',
    router({
      targets: [...TEN.slice(0, 9), { ...(TEN[9] ?? A), listenPort: 15000 }, target('y', { listenPort: 15000 })],
    }),
    {
      places: { 't-9': 's1:15000', y: 's2:15000' },
    },
  ),
  legal(
    'PLR2202',
    'on Azure a port that another target asked for on another shard of the pool',
    azureRouter({
      targets: [azureTarget('a', { pin: 'x', listenPort: 443 }), azureTarget('b', { pin: 'y', listenPort: 443 })],
    }),
    {
      places: { a: 's1:443', b: 's2:443' },
    },
  ),
  legal('PLR2202', 'the listenPort that the target has already', router({ targets: [{ ...A, listenPort: 10000 }] }), {
    lock: after(ONE),
    places: { a: 's1:10000' },
  }),
  legal('PLR2202', 'a port that base-port has not reached yet', router({ targets: [A, { ...B, listenPort: 10002 }] }), {
    places: { a: 's1:10000', b: 's1:10002' },
  }),
  legal(
    'PLR2203',
    'one own port on two load balancers',
    router({
      portStrategy: 'preserve',
      targets: targets('t', 11).map((t, i) => ({ ...t, port: i === 10 ? 5000 : 5000 + i })),
    }),
    {
      places: { 't-0': 's1:5000', 't-10': 's2:5000' },
    },
  ),
  legal(
    'PLR2203',
    'on Azure the highest port that machines do not need',
    azureRouter({ portStrategy: 'preserve', targets: [azureTarget('a', { port: 65534 })] }),
    {
      places: { a: 's1:65534' },
    },
  ),
  legal(
    'PLR2205',
    'the last port of the forwarders of a pool',
    azureRouter({
      targets: [azureTarget('a', { pin: 'x', listenPort: 443 }), azureTarget('b', { pin: 'y', listenPort: 443 })],
    }),
    {
      lock: crowdedPool(),
      places: { a: 's1:443', b: 's2:443' },
    },
  ),
  legal('PLR2204', 'the last port', router({ basePort: 65535, targets: [A] }), { places: { a: 's1:65535' } }),
  legal(
    'PLR2204',
    'the last port, while another has a port of its own',
    router({ basePort: 65535, targets: [A, { ...B, listenPort: 1 }] }),
    {
      places: { a: 's1:65535', b: 's1:1' },
    },
  ),
];

/** Steps of routers, renames and listener ports. */
export const PORT_NEIGHBOURS: readonly PlannerNeighbour[] = [...routerSteps, ...renames, ...ports];
