import type { ArmKind } from './arm-kind';
import { between, filled, idLike, matching, oneOf, tagNames } from './checks';
import type { ArmClient } from './client';
import { given, idOf, object, objects, parentOf, place, placeOf, text, texts, type Value, type Values } from './shape';

export const GROUP_NAME = matching(
  /^[-\w._()]*[-\w_()]$/,
  'may only contain alphanumeric characters, dash, underscores, parentheses and periods',
);

/** What most resources of a group have. */
export const COMMON = { location: filled, resource_group_name: GROUP_NAME, tags: tagNames } as const;

/** The id of a resource of the planned group. */
export function groupId(client: ArmClient, planned: Values, type: string): string {
  return `/subscriptions/${client.subscriptionId}/resourceGroups/${text(planned.resource_group_name)}/providers/${type}/${text(planned.name)}`;
}

/** Name, group, location and tags as they are. */
export function commonOf(id: string, found: Values): Values {
  return { ...placeOf(id), location: place(found.location), tags: object(found.tags) };
}

/** Location and tags as they are sent. */
export function commonTo(planned: Values): Values {
  return { location: place(planned.location), tags: object(planned.tags) };
}

async function remove(client: ArmClient, id: string): Promise<void> {
  await client.remove(id);
}

export const virtualNetwork: ArmKind = {
  type: 'azurerm_virtual_network',
  replacing: ['name', 'location', 'resource_group_name', 'edge_zone'],
  defaults: { private_endpoint_vnet_policies: 'Disabled' },
  checks: { ...COMMON, name: filled },
  id: (planned, client) => groupId(client, planned, 'Microsoft.Network/virtualNetworks'),
  write: async (client, id, planned) => {
    const present = object((await client.get(id))?.properties);
    await client.put(id, {
      ...commonTo(planned),
      properties: {
        ...given({ subnets: present.subnets }),
        addressSpace: { addressPrefixes: texts(planned.address_space) },
        dhcpOptions: { dnsServers: texts(planned.dns_servers) },
      },
    });
  },
  read: async (client, id) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    return {
      ...commonOf(id, found),
      address_space: texts(object(properties.addressSpace).addressPrefixes),
      dns_servers: texts(object(properties.dhcpOptions).dnsServers),
      guid: properties.resourceGuid ?? '',
      subnet: [],
    };
  },
  remove,
};

/** The network whose subnets are written one at a time. */
function networkOf(subnetId: string): string {
  return parentOf(subnetId);
}

export function subnetValues(id: string, found: Values): Values {
  const properties = object(found.properties);
  const prefixes = texts(properties.addressPrefixes);
  return {
    name: id.split('/').at(-1) ?? '',
    virtual_network_name: id.split('/')[8] ?? '',
    resource_group_name: id.split('/')[4] ?? '',
    address_prefixes: prefixes.length > 0 ? prefixes : [text(properties.addressPrefix)],
    default_outbound_access_enabled: properties.defaultOutboundAccess ?? true,
    private_endpoint_network_policies: properties.privateEndpointNetworkPolicies ?? 'Disabled',
    private_link_service_network_policies_enabled: properties.privateLinkServiceNetworkPolicies === 'Enabled',
    service_endpoints: [],
  };
}

export const subnet: ArmKind = {
  type: 'azurerm_subnet',
  replacing: ['name', 'resource_group_name', 'virtual_network_name'],
  defaults: {
    default_outbound_access_enabled: true,
    private_endpoint_network_policies: 'Disabled',
    private_link_service_network_policies_enabled: true,
  },
  checks: { name: filled, resource_group_name: GROUP_NAME },
  id: (planned, client) =>
    `/subscriptions/${client.subscriptionId}/resourceGroups/${text(planned.resource_group_name)}/providers/Microsoft.Network/virtualNetworks/${text(planned.virtual_network_name)}/subnets/${text(planned.name)}`,
  write: (client, id, planned) =>
    client.locked(networkOf(id), async () => {
      const present = object((await client.get(id))?.properties);
      const [prefix = ''] = texts(planned.address_prefixes);
      await client.put(id, {
        properties: {
          ...given({ natGateway: present.natGateway, networkSecurityGroup: present.networkSecurityGroup }),
          addressPrefix: prefix,
          defaultOutboundAccess: planned.default_outbound_access_enabled,
          privateEndpointNetworkPolicies: planned.private_endpoint_network_policies,
          privateLinkServiceNetworkPolicies:
            planned.private_link_service_network_policies_enabled === true ? 'Enabled' : 'Disabled',
        },
      });
    }),
  read: async (client, id) => {
    const found = await client.get(id);
    return found === undefined ? undefined : subnetValues(id, found);
  },
  remove: (client, id) => client.locked(networkOf(id), () => client.remove(id)),
};

export const publicIp: ArmKind = {
  type: 'azurerm_public_ip',
  replacing: [
    ...['name', 'location', 'resource_group_name', 'edge_zone', 'ip_tags', 'ip_version', 'public_ip_prefix_id'],
    ...['sku', 'sku_tier', 'zones'],
  ],
  defaults: {
    ddos_protection_mode: 'VirtualNetworkInherited',
    idle_timeout_in_minutes: 4,
    ip_version: 'IPv4',
    sku: 'Standard',
    sku_tier: 'Regional',
  },
  checks: {
    ...COMMON,
    name: filled,
    allocation_method: oneOf('Static', 'Dynamic'),
    idle_timeout_in_minutes: between(4, 30),
    sku: oneOf('Basic', 'Standard', 'StandardV2'),
  },
  together: ({ sku, allocation_method: method }) => [
    ...(sku === 'Basic' ? [{ summary: 'creation of new `Basic` SKU public IP addresses is no longer permitted' }] : []),
    ...(method === 'Dynamic' && sku !== 'Basic'
      ? [{ summary: '`allocation_method` must be set to `Static` when `sku` is set to `Standard` or `StandardV2`' }]
      : []),
  ],
  id: (planned, client) => groupId(client, planned, 'Microsoft.Network/publicIPAddresses'),
  write: (client, id, planned) =>
    client.put(id, {
      ...commonTo(planned),
      ...given({ zones: planned.zones }),
      sku: { name: planned.sku, tier: planned.sku_tier },
      properties: {
        publicIPAllocationMethod: planned.allocation_method,
        publicIPAddressVersion: planned.ip_version,
        idleTimeoutInMinutes: planned.idle_timeout_in_minutes,
      },
    }),
  read: async (client, id) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    return {
      ...commonOf(id, found),
      allocation_method: properties.publicIPAllocationMethod,
      ip_version: properties.publicIPAddressVersion,
      idle_timeout_in_minutes: properties.idleTimeoutInMinutes,
      ip_address: properties.ipAddress,
      fqdn: '',
      sku: object(found.sku).name,
      sku_tier: object(found.sku).tier,
      zones: texts(found.zones),
    };
  },
  remove,
};

export const natGateway: ArmKind = {
  type: 'azurerm_nat_gateway',
  replacing: ['name', 'location', 'resource_group_name', 'sku_name', 'zones'],
  defaults: { idle_timeout_in_minutes: 4, sku_name: 'Standard' },
  checks: {
    ...COMMON,
    name: filled,
    idle_timeout_in_minutes: between(4, 120),
    sku_name: oneOf('Standard', 'StandardV2'),
  },
  id: (planned, client) => groupId(client, planned, 'Microsoft.Network/natGateways'),
  write: (client, id, planned) =>
    client.locked(id, async () => {
      const present = object((await client.get(id))?.properties);
      await client.put(id, {
        ...commonTo(planned),
        ...given({ zones: planned.zones }),
        sku: { name: planned.sku_name },
        properties: {
          ...given({ publicIpAddresses: present.publicIpAddresses }),
          idleTimeoutInMinutes: planned.idle_timeout_in_minutes,
        },
      });
    }),
  read: async (client, id) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    return {
      ...commonOf(id, found),
      idle_timeout_in_minutes: properties.idleTimeoutInMinutes,
      resource_guid: properties.resourceGuid,
      sku_name: object(found.sku).name,
      zones: texts(found.zones),
    };
  },
  remove,
};

export const natGatewayAddress: ArmKind = {
  type: 'azurerm_nat_gateway_public_ip_association',
  replacing: ['nat_gateway_id', 'public_ip_address_id'],
  checks: {
    nat_gateway_id: idLike('Microsoft.Network/natGateways'),
    public_ip_address_id: idLike('Microsoft.Network/publicIPAddresses'),
  },
  id: (planned) => `${text(planned.nat_gateway_id)}|${text(planned.public_ip_address_id)}`,
  write: (client, id) => withAddress(client, id, (list, address) => [...list, address]),
  read: async (client, id) => {
    const [gateway = '', address = ''] = id.split('|');
    const found = await client.get(gateway);
    const there = objects(object(found?.properties).publicIpAddresses).some((one) => text(one.id) === address);
    return there ? { nat_gateway_id: gateway, public_ip_address_id: address } : undefined;
  },
  remove: (client, id) => withAddress(client, id, (list, address) => list.filter((one) => one !== address)),
};

/** Writes a NAT gateway with another list of public addresses. */
function withAddress(
  client: ArmClient,
  id: string,
  change: (addresses: readonly string[], address: string) => readonly string[],
): Promise<void> {
  const [gateway = '', address = ''] = id.split('|');
  return client.locked(gateway, async () => {
    const found = object(await client.get(gateway));
    const properties = object(found.properties);
    const present = objects(properties.publicIpAddresses).map((one) => text(one.id));
    const publicIpAddresses = change(present, address).map((one) => ({ id: one }));
    await client.put(gateway, { ...found, properties: { ...properties, publicIpAddresses } });
  });
}

/** A subnet's link to another resource, which is a resource of its own in Terraform. */
function subnetAssociation(type: string, attribute: string, link: string, target: string): ArmKind {
  const relink = (client: ArmClient, subnetId: string, value: Value): Promise<void> =>
    client.locked(networkOf(subnetId), async () => {
      const found = object(await client.get(subnetId));
      const { [link]: _gone, ...rest } = object(found.properties);
      await client.put(subnetId, { ...found, properties: { ...rest, ...given({ [link]: value }) } });
    });
  return {
    type,
    replacing: ['subnet_id', attribute],
    checks: { subnet_id: idLike('Microsoft.Network/virtualNetworks/subnets'), [attribute]: idLike(target) },
    id: (planned) => text(planned.subnet_id),
    write: (client, id, planned) => relink(client, id, { id: planned[attribute] }),
    read: async (client, id) => {
      const linked = idOf(object((await client.get(id))?.properties)[link]);
      return linked === '' ? undefined : { subnet_id: id, [attribute]: linked };
    },
    remove: (client, id) => relink(client, id, undefined),
  };
}

export const subnetNatGateway = subnetAssociation(
  'azurerm_subnet_nat_gateway_association',
  'nat_gateway_id',
  'natGateway',
  'Microsoft.Network/natGateways',
);

export const subnetSecurityGroup = subnetAssociation(
  'azurerm_subnet_network_security_group_association',
  'network_security_group_id',
  'networkSecurityGroup',
  'Microsoft.Network/networkSecurityGroups',
);
