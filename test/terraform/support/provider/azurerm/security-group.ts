import { ProviderError } from '../kind';
import type { ArmKind } from './arm-kind';
import { between, filled, matching, oneOf } from './checks';
import { COMMON, commonOf, commonTo, groupId } from './network';
import { object, objects, text, texts, type Values } from './shape';

/** Attributes that are given in one of two ways: as one text or as several. */
const EITHER = [
  ['source_address_prefix', 'source_address_prefixes', 'sourceAddressPrefix', 'sourceAddressPrefixes'],
  [
    'destination_address_prefix',
    'destination_address_prefixes',
    'destinationAddressPrefix',
    'destinationAddressPrefixes',
  ],
  ['source_port_range', 'source_port_ranges', 'sourcePortRange', 'sourcePortRanges'],
  ['destination_port_range', 'destination_port_ranges', 'destinationPortRange', 'destinationPortRanges'],
] as const;

function toRule(rule: Values): Values {
  const properties: Values = {
    description: rule.description,
    priority: rule.priority,
    direction: rule.direction,
    access: rule.access,
    protocol: rule.protocol,
  };
  for (const [one, many, oneTo, manyTo] of EITHER) {
    const [single, several] = [text(rule[one]), texts(rule[many])];
    if (single !== '' && several.length > 0) {
      throw new ProviderError(
        `building list of Network Security Group Rules: only one of "${one}" and "${many}" can be used per security rule`,
      );
    }
    if (single !== '') properties[oneTo] = single;
    else properties[manyTo] = several;
  }
  return { name: rule.name, properties };
}

function fromRule(rule: Values): Values {
  const properties = object(rule.properties);
  return {
    name: rule.name,
    description: text(properties.description),
    priority: properties.priority,
    direction: properties.direction,
    access: properties.access,
    protocol: properties.protocol,
    source_application_security_group_ids: [],
    destination_application_security_group_ids: [],
    ...Object.fromEntries(
      EITHER.flatMap(([one, many, oneFrom, manyFrom]) => [
        [one, text(properties[oneFrom])],
        [many, texts(properties[manyFrom])],
      ]),
    ),
  };
}

export const securityGroup: ArmKind = {
  type: 'azurerm_network_security_group',
  replacing: ['name', 'location', 'resource_group_name'],
  checks: {
    ...COMMON,
    name: filled,
    'security_rule.priority': between(100, 4096),
    'security_rule.protocol': oneOf('*', 'Tcp', 'Udp', 'Icmp', 'Ah', 'Esp'),
    'security_rule.access': oneOf('Allow', 'Deny'),
    'security_rule.direction': oneOf('Inbound', 'Outbound'),
    'security_rule.description': matching(/^.{0,140}$/s, 'expected a length in the range (0 - 140)'),
  },
  id: (planned, client) => groupId(client, planned, 'Microsoft.Network/networkSecurityGroups'),
  write: (client, id, planned) =>
    client.put(id, {
      ...commonTo(planned),
      properties: { securityRules: objects(planned.security_rule).map(toRule) },
    }),
  read: async (client, id) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const rules = objects(object(found.properties).securityRules).map(fromRule);
    return { ...commonOf(id, found), security_rule: rules };
  },
  remove: (client, id) => client.remove(id),
};
