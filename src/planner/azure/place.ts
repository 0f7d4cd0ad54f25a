import { type AzureRouter, compareText, type Finding, type LockedAzure, type LockedRouter } from '../../model';
import { error, routerPath } from '../findings';

/** Where a router of Azure stands, as the lock keeps it. */
export function lockedAzure({ azure }: AzureRouter): LockedAzure {
  const { subscriptionId, location, resourceGroupName, network, natAddresses, forwarder, loadBalancing } = azure;
  return {
    subscriptionId: subscriptionId.toLowerCase(),
    location,
    resourceGroupName,
    ...(network.addressSpace === undefined
      ? { natSubnetId: network.natSubnetId.toLowerCase() }
      : { addressSpace: network.addressSpace }),
    natAddresses,
    zones: [...forwarder.zones].sort(compareText),
    loadBalancing,
  };
}

/** What is pinned, with its way below `azure` in the inventory. */
type PinnedKey = Exclude<keyof LockedAzure, 'natAddresses'>;

const PINNED: Readonly<Record<PinnedKey, readonly string[]>> = {
  subscriptionId: ['subscriptionId'],
  location: ['location'],
  resourceGroupName: ['resourceGroupName'],
  natSubnetId: ['natSubnetId'],
  addressSpace: ['network', 'addressSpace'],
  zones: ['forwarder', 'zones'],
  loadBalancing: ['loadBalancing'],
};

const KEYS = Object.keys(PINNED) as readonly PinnedKey[];

/**
 * Holds what Azure replaces or refuses half-way: location, subscription, resource group, NAT subnet, zones, the kind of
 * load balancing (PLR2521), and fewer NAT addresses than before (PLR2522). What was taken down stands nowhere any more.
 */
export function placeFindings(router: AzureRouter, locked: LockedRouter | undefined): readonly Finding[] {
  const before = locked?.azure;
  if (before === undefined || locked?.teardown === 'destroy') return [];
  const now = lockedAzure(router);
  const moved = movedAway(router.name, before, now, KEYS);
  return moved.length > 0 ? moved : fewerAddresses(router.name, before, now);
}

/** A router that goes with `teardown: destroy` must be looked for where it stands; nothing else decides anything then. */
export function removalFindings(router: AzureRouter, locked: LockedRouter | undefined): readonly Finding[] {
  const before = locked?.azure;
  return before === undefined ? [] : movedAway(router.name, before, lockedAzure(router), ['subscriptionId']);
}

/** One finding for everything that is pinned and changes. */
function movedAway(
  router: string,
  before: LockedAzure,
  now: LockedAzure,
  keys: readonly PinnedKey[],
): readonly Finding[] {
  const changed = keys.filter((key) => JSON.stringify(before[key]) !== JSON.stringify(now[key]));
  // A key that is new beside one that goes is told by that one: another network, said once.
  const [first] = changed.filter((key) => now[key] !== undefined);
  if (first === undefined) return [];
  const words = changed.map((key) => `${key} changes from ${shown(before[key])} to ${shown(now[key])}`);
  return [
    error(
      'PLR2521',
      routerPath(router, 'azure', ...PINNED[first]),
      `${router} cannot live through this: ${words.join(', ')}; Azure would replace its Private Link Services or refuse the change half-way`,
      `Put it back. To change it, add a router of another name as you want it, let clients go over to that, and then take ${router} away with \`teardown: prepare\` and \`teardown: destroy\`. Where nothing of ${router} was ever applied, take its entry out of the lock instead and run \`privatelink-router lock\`.`,
    ),
  ];
}

function shown(value: string | readonly string[] | undefined): string {
  if (value === undefined) return 'none';
  return typeof value === 'string' ? value : `[${value.join(', ')}]`;
}

function fewerAddresses(router: string, before: LockedAzure, now: LockedAzure): readonly Finding[] {
  if (now.natAddresses >= before.natAddresses) return [];
  return [
    error(
      'PLR2522',
      routerPath(router, 'azure', 'natAddresses'),
      `natAddresses of ${router} goes from ${before.natAddresses} to ${now.natAddresses}; a Private Link Service keeps every NAT address that it has`,
      `Put ${before.natAddresses} back. Only a router of another name can have fewer.`,
    ),
  ];
}
