import { demandPrefix, isPrefix, overlap, within } from './addresses';
import { type JsonObject, object, reference, same, text, texts } from './json';
import { kind, type Resource } from './kind';
import { demand, demandFound } from './refusal';
import { listOf, type Store, settleChildren } from './store';
import { subnetUsers } from './users';

const VNET = 'Microsoft.Network/virtualNetworks';

/** The prefixes of a subnet, in whichever of the two ways they are given. */
export function subnetPrefixes(subnet: JsonObject): readonly string[] {
  const { addressPrefix, addressPrefixes } = object(subnet.properties);
  return texts(addressPrefixes).length > 0 ? texts(addressPrefixes) : [text(addressPrefix)].filter((one) => one !== '');
}

function demandUnused(store: Store, subnet: Resource): void {
  const [user] = subnetUsers(store, subnet.id);
  demand(
    user === undefined,
    'InUseSubnetCannotBeDeleted',
    `Subnet ${subnet.name} is in use by ${user} and cannot be deleted.`,
  );
}

function settleSubnet(store: Store, subnet: Resource, spaces: readonly ReturnType<typeof demandPrefix>[]): void {
  const { properties } = subnet;
  properties.delegations ??= [];
  properties.privateEndpointNetworkPolicies ??= 'Disabled';
  properties.privateLinkServiceNetworkPolicies ??= 'Enabled';
  for (const prefix of subnetPrefixes(subnet)) {
    const range = demandPrefix(prefix, subnet.id);
    demand(
      range[0].kind() === 'ipv6' || range[1] <= 29,
      'NetcfgSubnetTooSmall',
      `Subnet '${subnet.name}' of ${prefix} is smaller than /29.`,
    );
    demand(
      spaces.some((space) => within(range, space)),
      'NetcfgInvalidSubnet',
      `Subnet '${subnet.name}' is not valid because its IP address range ${prefix} is outside that of the virtual network.`,
    );
  }
  for (const link of ['networkSecurityGroup', 'natGateway', 'routeTable']) {
    const id = reference(properties[link]);
    if (id === '') delete properties[link];
    else properties[link] = { id: demandFound(store.find(id), id, subnet.id).id };
  }
  const service = subnetUsers(store, subnet.id).find((id) => /\/privateLinkServices\//i.test(id));
  demand(
    service === undefined || properties.privateLinkServiceNetworkPolicies !== 'Enabled',
    'CannotEnablePrivateLinkServiceNetworkPolicies',
    `Network policies cannot be enabled on subnet ${subnet.id}: ${service} has its NAT addresses there.`,
  );
}

export const virtualNetworks = kind(VNET, {
  embedded: ['subnets'],
  settle(store, wanted, present) {
    const { properties } = wanted;
    if (present !== undefined) properties.subnets ??= present.properties.subnets;
    properties.virtualNetworkPeerings ??= [];
    properties.enableDdosProtection ??= false;
    const spaces = texts(object(properties.addressSpace).addressPrefixes).map((one) => demandPrefix(one, wanted.id));
    const subnets = settleChildren(wanted, 'subnets');
    for (const subnet of subnets) settleSubnet(store, subnet, spaces);
    const ranges = subnets.flatMap((one) =>
      subnetPrefixes(one).map((prefix) => ({ one, range: demandPrefix(prefix, one.id) })),
    );
    for (const [index, { one, range }] of ranges.entries()) {
      const other = ranges.slice(0, index).find((before) => overlap(before.range, range));
      demand(
        other === undefined,
        'NetcfgSubnetRangesOverlap',
        `Subnet '${one.name}' is not valid because its IP address range overlaps with that of '${other?.one.name}'.`,
      );
    }
    for (const gone of present === undefined ? [] : listOf(present, 'subnets')) {
      if (!subnets.some(({ name }) => same(name, gone.name))) demandUnused(store, gone);
    }
  },
  release: (store, network) => {
    for (const subnet of listOf(network, 'subnets')) demandUnused(store, subnet);
  },
  releaseChild: (store, _network, subnet) => demandUnused(store, subnet),
});

/** Words that stand for addresses in a security rule: `*`, or a service tag, whose spelling nobody but Azure knows. */
export function isAddressWord(value: string): boolean {
  return value === '*' || isPrefix(value) || /^[A-Z][A-Za-z0-9]+(\.[A-Za-z0-9]+)?$/.test(value);
}
