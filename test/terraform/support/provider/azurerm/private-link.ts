import { isUnknown, type Value } from '../values';
import type { ArmKind } from './arm-kind';
import { address, anyId, idLike, matching, oneOf, uuid, uuidOrAll } from './checks';
import { COMMON, commonOf, commonTo, groupId } from './network';
import { given, idOf, object, objects, text, texts, type Values } from './shape';

const NAME = matching(
  /^[A-Za-z0-9]([\w.-]{0,78}\w)?$/,
  'name must be between 1 - 80 characters long, begin with a letter or number, end with a letter, number or underscore',
);

function isGiven(config: Values, name: string): boolean {
  const value = config[name];
  return value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0);
}

export const privateLinkService: ArmKind = {
  type: 'azurerm_private_link_service',
  replacing: ['name', 'location', 'resource_group_name', 'load_balancer_frontend_ip_configuration_ids'],
  defaults: { 'nat_ip_configuration.private_ip_address_version': 'IPv4' },
  checks: {
    ...COMMON,
    name: NAME,
    auto_approval_subscription_ids: uuid,
    visibility_subscription_ids: uuidOrAll,
    load_balancer_frontend_ip_configuration_ids: anyId,
    'nat_ip_configuration.name': NAME,
    'nat_ip_configuration.subnet_id': idLike('Microsoft.Network/virtualNetworks/subnets'),
    'nat_ip_configuration.private_ip_address': address,
    'nat_ip_configuration.private_ip_address_version': oneOf('IPv4'),
  },
  together: (config) => {
    const ways = ['load_balancer_frontend_ip_configuration_ids', 'destination_ip_address'];
    // What is not known yet may be either.
    const open = ways.some((name) =>
      (Array.isArray(config[name]) ? (config[name] as readonly Value[]) : [config[name]]).some(isUnknown),
    );
    const count = ways.filter((name) => isGiven(config, name)).length;
    const both = ['proxy_protocol_enabled', 'enable_proxy_protocol'].every((name) => isGiven(config, name));
    return [
      ...(open || count === 1
        ? []
        : [{ summary: 'Invalid combination of arguments', detail: `one of ${ways.join(', ')}` }]),
      ...(both ? [{ summary: 'Conflicting configuration arguments' }] : []),
    ];
  },
  id: (planned, client) => groupId(client, planned, 'Microsoft.Network/privateLinkServices'),
  write: async (client, id, planned) => {
    // What is kept besides, the connections, is not the provider's to send.
    await client.put(id, {
      ...commonTo(planned),
      properties: {
        enableProxyProtocol: planned.proxy_protocol_enabled === true || planned.enable_proxy_protocol === true,
        visibility: { subscriptions: texts(planned.visibility_subscription_ids) },
        autoApproval: { subscriptions: texts(planned.auto_approval_subscription_ids) },
        fqdns: texts(planned.fqdns),
        loadBalancerFrontendIpConfigurations: texts(planned.load_balancer_frontend_ip_configuration_ids).map((one) => ({
          id: one,
        })),
        ipConfigurations: objects(planned.nat_ip_configuration).map((one) => ({
          name: one.name,
          properties: given({
            primary: one.primary,
            subnet: { id: one.subnet_id },
            privateIPAddress: text(one.private_ip_address),
            privateIPAllocationMethod: text(one.private_ip_address) === '' ? 'Dynamic' : 'Static',
            privateIPAddressVersion: one.private_ip_address_version,
          }),
        })),
      },
    });
  },
  read: async (client, id) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    return {
      ...commonOf(id, found),
      alias: properties.alias,
      proxy_protocol_enabled: properties.enableProxyProtocol,
      enable_proxy_protocol: properties.enableProxyProtocol,
      auto_approval_subscription_ids: texts(object(properties.autoApproval).subscriptions),
      visibility_subscription_ids: texts(object(properties.visibility).subscriptions),
      fqdns: texts(properties.fqdns),
      load_balancer_frontend_ip_configuration_ids: objects(properties.loadBalancerFrontendIpConfigurations).map((one) =>
        text(one.id),
      ),
      nat_ip_configuration: objects(properties.ipConfigurations).map((one) => {
        const own = object(one.properties);
        return {
          name: one.name,
          primary: own.primary,
          subnet_id: idOf(own.subnet),
          private_ip_address: text(own.privateIPAddress),
          private_ip_address_version: own.privateIPAddressVersion,
        };
      }),
    };
  },
  remove: (client, id) => client.remove(id),
};
