import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import type { WrittenRouter } from '../schema/inventory';
import { meantAt } from '../shape/key-faults';
import { hasZones } from '../tables/locations';
import { addressNumber, LOOPBACK, unreachableKind } from '../values/address';
import { parseSubnetId } from '../values/azure/ids';
import { isNetwork, parseNetwork } from '../values/cidr';
import type { Check, CheckContext, Loose, RouterView } from './context';
import { noRegion, regionsOf } from './regions';
import { listedTwice } from './targets';

type WrittenAzure = Loose<NonNullable<WrittenRouter['azure']>>;

/** Each router of Azure by itself: location, network, who sees its services and whom it approves. */
export const checkAzure: Check = function* (context) {
  const locations = regionsOf('azure', context);
  for (const router of context.routers) {
    const { azure } = router.written;
    if (azure === undefined) continue;
    const path = [...router.path, 'azure'];
    if (azure.location !== undefined && !locations.has(azure.location)) {
      yield errorAt([...path, 'location'], noRegion('azure', azure.location, locations));
    }
    yield* network(path, azure, context);
    yield* subscription(path, azure, context);
    yield* zones(path, azure, context);
    yield* whoSees(path, azure, context);
    yield* ownAddresses(router, azure);
    yield* resolvers(router);
  }
};

/** Two subnets that exist, or a network of our own: all of the one and nothing of the other. */
function* network(path: ValuePath, azure: WrittenAzure, context: CheckContext): Iterable<InventoryFinding> {
  const subnets = ['subnetId', 'natSubnetId'] as const;
  const given = subnets.filter((key) => context.has([...path, key]));
  const own = context.has([...path, 'network']);
  const meant = meantAt(context.root, path);
  if (own && given.length > 0) {
    const reason = fault(
      'PLR1110',
      `A router stands in a network of its own (network) or in subnets that exist (subnetId and natSubnetId), not in both.`,
      'Remove network, or remove subnetId and natSubnetId (in an overlay: set them to null).',
    );
    yield errorAt([...path, 'network'], reason, { at: 'key' });
    return;
  }
  if (!own && given.length === 0 && !meant.some((key) => [...subnets, 'network'].includes(key))) {
    const reason = fault(
      'PLR1102',
      'The router has no network: neither subnetId and natSubnetId nor network is here.',
      'Add subnetId and natSubnetId, or network: { addressSpace: 10.20.0.0/24 } for a trial.',
    );
    yield errorAt([...path, 'subnetId'], reason);
    return;
  }
  const [only] = given;
  if (given.length === 1 && only !== undefined) {
    const other = only === 'subnetId' ? 'natSubnetId' : 'subnetId';
    if (meant.includes(other)) return;
    const reason = fault(
      'PLR1102',
      `The key "${other}" is missing here: the subnet of the ${other === 'subnetId' ? 'machines and the load balancer' : 'NAT addresses of the Private Link Services'}.`,
      `Add ${other}: the id of another subnet of the same virtual network.`,
    );
    yield errorAt([...path, other], reason);
    return;
  }
  yield* twoSubnets(path, azure);
}

function* twoSubnets(path: ValuePath, azure: WrittenAzure): Iterable<InventoryFinding> {
  const [vm, nat] = [parseSubnetId(azure.subnetId ?? ''), parseSubnetId(azure.natSubnetId ?? '')];
  if (vm === undefined || nat === undefined) return;
  const same = (key: 'subscriptionId' | 'resourceGroupName' | 'virtualNetwork' | 'subnet'): boolean =>
    vm[key].toLowerCase() === nat[key].toLowerCase();
  if (!same('subscriptionId') || !same('resourceGroupName') || !same('virtualNetwork')) {
    const reason = fault(
      'PLR1604',
      `The two subnets belong to two virtual networks, ${vm.virtualNetwork} of ${vm.resourceGroupName} and ${nat.virtualNetwork} of ${nat.resourceGroupName}${same('subscriptionId') ? '' : ', in two subscriptions'}.`,
      'Name two subnets of one virtual network.',
    );
    yield errorAt([...path, 'natSubnetId'], reason);
  } else if (same('subnet')) {
    const reason = fault(
      'PLR1604',
      'The machines and the NAT addresses of the Private Link Services would share a subnet; Azure puts NAT addresses into none that has its network policies on.',
      'Make a second subnet in the virtual network, a /28 is enough, and name it here.',
    );
    yield errorAt([...path, 'natSubnetId'], reason);
  }
}

function* subscription(path: ValuePath, azure: WrittenAzure, context: CheckContext): Iterable<InventoryFinding> {
  const stated = context.has([...path, 'subscriptionId']);
  if (context.has([...path, 'network']) && !context.has([...path, 'subnetId']) && !stated) {
    if (meantAt(context.root, path).includes('subscriptionId')) return;
    const reason = fault(
      'PLR1102',
      'The key "subscriptionId" is missing here: with a network of our own, no subnet says which subscription is meant.',
      'Add subscriptionId: `az account show --query id`.',
    );
    yield errorAt([...path, 'subscriptionId'], reason);
    return;
  }
  const subnet = parseSubnetId(azure.subnetId ?? '');
  const id = azure.subscriptionId?.toLowerCase() ?? subnet?.subscriptionId;
  if (id !== undefined && azure.tenantId?.toLowerCase() === id) {
    const reason = fault(
      'PLR1601',
      'The id of the tenant is that of the subscription.',
      'Write the id of the tenant: `az account show --query tenantId`.',
    );
    yield errorAt([...path, 'tenantId'], reason);
  }
  if (subnet === undefined || azure.subscriptionId === undefined) return;
  if (subnet.subscriptionId === azure.subscriptionId.toLowerCase()) return;
  const reason = fault(
    'PLR1604',
    `The router stands in the subscription ${azure.subscriptionId}, its subnet in ${subnet.subscriptionId}; machines and their virtual network share one.`,
    'Remove subscriptionId, or name subnets of that subscription.',
  );
  yield errorAt([...path, 'subscriptionId'], reason);
}

function* zones(path: ValuePath, azure: WrittenAzure, context: CheckContext): Iterable<InventoryFinding> {
  const key = [...path, 'forwarder', 'zones'];
  const given = azure.forwarder?.zones;
  if (given === undefined || azure.location === undefined) return;
  yield* listedTwice(key, given, context);
  const has = hasZones(azure.location);
  if (given.length > 0 && has === false) {
    const reason = fault(
      'PLR1608',
      `${azure.location} has no availability zones.`,
      'Remove zones, or choose a location that has some.',
    );
    yield errorAt(key, reason);
  } else if (given.length === 1 || (given.length === 0 && has === true)) {
    const reason = fault(
      'PLR1609',
      given.length === 1
        ? 'All machines stand in one availability zone: the router falls with it.'
        : `The machines stand in no availability zone, though ${azure.location} has three: all of them may fall at once.`,
      'Remove zones for all three.',
    );
    yield warningAt(key, reason);
  }
}

function* whoSees(path: ValuePath, azure: WrittenAzure, context: CheckContext): Iterable<InventoryFinding> {
  const { visibility, autoApproval } = azure;
  const folded = (list: readonly string[] | undefined) => list?.map((id) => id.toLowerCase());
  yield* listedTwice([...path, 'visibility'], folded(visibility), context);
  yield* listedTwice([...path, 'autoApproval'], folded(autoApproval), context);
  if (visibility?.length === 0) {
    const reason = fault(
      'PLR1605',
      'Nobody outside the own subscription sees the Private Link Services: Databricks cannot connect.',
      'Write ["*"], or remove visibility: a connection waits for approval all the same.',
    );
    yield errorAt([...path, 'visibility'], reason);
    return;
  }
  const all = visibility?.indexOf('*') ?? -1;
  if (all >= 0 && visibility !== undefined && visibility.length > 1) {
    const reason = fault(
      'PLR1605',
      '"*" means every subscription; others beside it mean nothing.',
      'Write "*" alone, or the subscriptions without it.',
    );
    yield errorAt([...path, 'visibility', all], reason);
    return;
  }
  if (context.has([...path, 'visibility']) ? visibility === undefined : true) return;
  for (const [index, id] of (autoApproval ?? []).entries()) {
    if (all >= 0 || folded(visibility)?.includes(id.toLowerCase())) continue;
    const reason = fault(
      'PLR1605',
      `The subscription ${id} would be approved unasked, but does not see the services: visibility does not list it.`,
      'Add it to visibility, or remove it here.',
    );
    yield errorAt([...path, 'autoApproval', index], reason);
  }
}

/** In a network of our own stand our machines and nothing else. */
function* ownAddresses({ targets }: RouterView, azure: WrittenAzure): Iterable<InventoryFinding> {
  const space = azure.network?.addressSpace;
  const own = space === undefined ? undefined : parseNetwork(space);
  if (own === undefined || !isNetwork(own)) return;
  for (const { host, path } of targets.flatMap(({ hosts }) => hosts)) {
    if (!host.literal) continue;
    const value = addressNumber(host.name);
    if (value < own.first || value >= own.first + own.size) continue;
    const reason = fault(
      'PLR1216',
      `${host.name} lies in the router's own network ${space}, where its machines stand and nothing else.`,
      'Correct the address, or choose another addressSpace.',
    );
    yield errorAt(path, reason);
  }
}

/** Name servers that a machine of a forwarder can ask: at IPv4 addresses, and not at its own. */
function* resolvers({ path, written }: RouterView): Iterable<InventoryFinding> {
  for (const [index, resolver] of (written.resolvers ?? []).entries()) {
    const at = [...path, 'resolvers', index];
    if ((resolver.match(/:/g) ?? []).length >= 2) {
      const reason = fault(
        'PLR1308',
        `The name server ${resolver} has an IPv6 address; the machines of a forwarder have IPv4 addresses alone.`,
        'Write its IPv4 address.',
      );
      yield errorAt(at, reason);
      continue;
    }
    const kind = unreachableKind(resolver.split(':')[0] ?? '');
    if (kind === undefined) continue;
    const reason = fault(
      'PLR1308',
      `The name server ${resolver} is ${kind}, where no other machine answers${kind === LOOPBACK ? '; on each forwarder its own cache listens there and would ask itself' : ''}.`,
      'Write the address of a name server in the network, or remove resolvers for those of the virtual network.',
    );
    yield errorAt(at, reason);
  }
}
