import type { AwsRouter, Lock, LockedRouter, LockedTarget } from '../../../src/model';
import { planRouting } from '../../../src/planner';
import { azurePlace, azureRouter, azureTarget, inventory, router, target } from '../../planner/support';
import { A, after, ELEVEN, FULL, legal, ONE, type PlannerNeighbour, REMOVED, TEN } from './planner-neighbour';

/** A lock with one entry changed. */
function edited(lock: Lock, change: (entry: LockedRouter) => Partial<LockedRouter>): Lock {
  const entry = lock.routers.analytics;
  if (entry === undefined) throw new Error('the lock has no such router');
  return { ...lock, routers: { analytics: { ...entry, ...change(entry) } } };
}

const at = (
  shard: string,
  listenerPort: number,
  name: string,
  more: Partial<Extract<LockedTarget, { readonly host: string; readonly domain: string }>> = {},
): Record<string, LockedTarget> => ({
  [name]: { shard, listenerPort, host: `${name}.corp.example`, port: 5432, domain: `${name}.corp.example`, ...more },
});

/** Of s2 alone: its target is gone. */
const emptied = after(ELEVEN, FULL);
const prepare = { shardTeardown: { s2: 'prepare' } } as const;
const destroy = { shardTeardown: { s2: 'destroy' } } as const;
const PLACE = router().aws;
const [SUBNET_A = '', SUBNET_B = ''] = PLACE.subnetIds;

const teardowns: readonly PlannerNeighbour[] = [
  legal('PLR2501', 'a shard whose only target is disabled', router({ targets: [{ ...A, enabled: false }] }), {
    lock: after(ONE),
  }),
  legal('PLR2502', 'a shard that the lock has', router({ targets: TEN, ...prepare }), {
    lock: emptied,
  }),
  legal('PLR2503', 'the targets are removed in the run that prepares', router({ targets: TEN, ...prepare }), {
    lock: after(ELEVEN),
  }),
  legal('PLR2504', 'destroy after prepare', router({ targets: TEN, ...destroy }), {
    lock: after(ELEVEN, FULL, { ...FULL, ...prepare }),
  }),
  legal('PLR2505', 'destroy stays after the shard is gone', router({ targets: TEN, ...destroy }), {
    lock: after(ELEVEN, FULL, { ...FULL, ...prepare }, { ...FULL, ...destroy }),
  }),
];

const unprotected = router({ deletionProtection: false, targets: [A] });
const aws = (more: Partial<AwsRouter['aws']>, over: Partial<AwsRouter> = {}): AwsRouter =>
  router({ targets: [A], aws: { ...PLACE, ...more }, ...over });
const EAST = azureRouter({ azure: azurePlace({ natAddresses: 2 }), targets: [azureTarget('a')] });
const azure = (more: Parameters<typeof azurePlace>[0]) =>
  azureRouter({ azure: azurePlace({ natAddresses: 2, ...more }), targets: [azureTarget('a')] });
const { forwarder, network } = azurePlace();

const places: readonly PlannerNeighbour[] = [
  legal(
    'PLR2511',
    'a subnet more, with protection',
    aws({ subnetIds: [SUBNET_A, SUBNET_B, 'subnet-0c1d2e3f405162738'] }),
    { lock: after(ONE) },
  ),
  legal('PLR2511', 'the subnets in another order, with protection', aws({ subnetIds: [SUBNET_B, SUBNET_A] }), {
    lock: after(ONE),
  }),
  legal(
    'PLR2511',
    'a subnet less after the protection came off',
    aws({ subnetIds: [SUBNET_A] }, { deletionProtection: false }),
    { lock: after(ONE, unprotected), warnings: ['PLR2512'] },
  ),
  legal(
    'PLR2511',
    'a subnet less while the router is prepared for its removal',
    aws({ subnetIds: [SUBNET_A] }, { teardown: 'prepare' }),
    {
      lock: after(ONE, { ...ONE, teardown: 'prepare' }),
      warnings: ['PLR2512'],
    },
  ),
  legal(
    'PLR2512',
    'a subnet more without protection',
    aws({ subnetIds: [SUBNET_A, SUBNET_B, 'subnet-0c1d2e3f405162738'] }, { deletionProtection: false }),
    { lock: after(ONE, unprotected) },
  ),
  legal(
    'PLR2513',
    'another role of the same account',
    aws({ assumeRole: { roleArn: 'arn:aws:iam::123456789012:role/other' } }),
    { lock: after(ONE) },
  ),
  legal('PLR2513', 'another region after the router was taken down', aws({ region: 'us-west-2' }), {
    lock: REMOVED,
    warnings: ['PLR2003'],
  }),
  legal(
    'PLR2521',
    'the subscription in capitals',
    azure({ subscriptionId: azurePlace().subscriptionId.toUpperCase() }),
    { lock: after(EAST) },
  ),
  legal(
    'PLR2521',
    'the NAT subnet in capitals',
    azure({
      network:
        network.addressSpace === undefined ? { ...network, natSubnetId: network.natSubnetId.toUpperCase() } : network,
    }),
    { lock: after(EAST) },
  ),
  legal('PLR2521', 'the zones in another order', azure({ forwarder: { ...forwarder, zones: ['3', '1', '2'] } }), {
    lock: after(EAST),
  }),
  legal(
    'PLR2521',
    'another subnet of the machines, another size, more machines',
    azure({
      forwarder: { ...forwarder, size: 'Standard_D4s_v5', instances: 5 },
      network:
        network.addressSpace === undefined
          ? { ...network, subnetId: network.subnetId.replace('forwarders', 'machines') }
          : network,
    }),
    { lock: after(EAST) },
  ),
  legal('PLR2522', 'as many NAT addresses as before', EAST, { lock: after(EAST) }),
  legal('PLR2522', 'more NAT addresses', azure({ natAddresses: 8 }), { lock: after(EAST) }),
  legal(
    'PLR2524',
    'a size without, for machines without',
    azure({ forwarder: { ...forwarder, size: 'Standard_B2ms' } }),
    {
      lock: after(azure({ forwarder: { ...forwarder, size: 'Standard_B4ms' } })),
    },
  ),
  legal('PLR2524', 'another size that has it', azure({ forwarder: { ...forwarder, size: 'Standard_F4s_v2' } }), {
    lock: after(EAST),
  }),
  legal('PLR2524', 'a size that is not known', azure({ forwarder: { ...forwarder, size: 'Standard_Q2s_v9' } }), {
    lock: after(EAST),
  }),
  legal('PLR2523', 'the other cloud once the router has left the lock', azureRouter({ targets: [azureTarget('a')] }), {
    lock: planRouting({ inventory: inventory([]), lock: REMOVED }).lock,
  }),
];

const SYNTH = { dns: 'synth' } as const;
const resolved = (name: string): Lock =>
  edited(after(ONE), () => ({ targets: at('s1', 10000, name, { addresses: ['10.0.0.9'] }) }));

const others: readonly PlannerNeighbour[] = [
  legal('PLR2601', 'the lock has the addresses', router({ targets: [target('a', SYNTH)] }), { lock: resolved('a') }),
  legal(
    'PLR2601',
    'another target of the lock has the host',
    router({ targets: [target('a', SYNTH), target('b', { ...SYNTH, host: 'a.corp.example', port: 1 })] }),
    { lock: resolved('a') },
  ),
  legal('PLR2601', 'a disabled target', router({ targets: [target('a', { ...SYNTH, enabled: false })] })),
  legal(
    'PLR2601',
    'an address',
    router({ targets: [target('a', { ...SYNTH, host: '10.0.0.9', literal: true, domains: ['a.corp.example'] })] }),
  ),
  legal('PLR2701', 'one name in two regions, and in two accounts', [
    ONE,
    router({ name: 'analytics-2', targets: [A] }),
    router({ name: 'analytics-3', aws: { ...PLACE, accountId: '210987654321' }, targets: [A] }),
  ]),
];

/** Shards that go, places that change, addresses and names. */
export const PLACE_NEIGHBOURS: readonly PlannerNeighbour[] = [...teardowns, ...places, ...others];
