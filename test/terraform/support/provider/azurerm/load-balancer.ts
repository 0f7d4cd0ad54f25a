import { ProviderError } from '../kind';
import { same } from '../values';
import type { ArmKind } from './arm-kind';
import { address, anyId, atLeast, between, filled, idLike, matching, oneOf, port } from './checks';
import type { ArmClient } from './client';
import { COMMON, commonOf, commonTo, groupId } from './network';
import {
  given,
  idOf,
  named,
  object,
  objects,
  parentOf,
  text,
  texts,
  type Value,
  type Values,
  withMember,
} from './shape';

const BALANCER = 'Microsoft.Network/loadBalancers';
const RULE_NAME = matching(/^\w$|^\w[\w.-]{0,78}\w$/, 'must be 1 to 80 word characters, periods and hyphens');

/** Reads a load balancer, changes one of its lists, and writes all of it: one at a time. */
function rewrite(client: ArmClient, balancerId: string, list: string, change: (members: Value, all: Values) => Value) {
  return client.locked(balancerId, async () => {
    const found = await client.get(balancerId);
    if (found === undefined) throw new ProviderError(`retrieving ${balancerId}: it was not found`);
    const properties = object(found.properties);
    await client.put(balancerId, {
      ...found,
      properties: { ...properties, [list]: change(properties[list], properties) },
    });
  });
}

function without(members: Value, name: string): Value {
  return objects(members).filter((one) => one.name !== name);
}

/** A part of a load balancer that is a resource of its own in Terraform, but no request of its own in Azure. */
async function part(client: ArmClient, id: string, list: string): Promise<Values | undefined> {
  const found = await client.get(parentOf(id));
  return named(object(found?.properties)[list], id.split('/').at(-1) ?? '');
}

function toFrontend(frontend: Values): Values {
  return {
    name: frontend.name,
    ...given({ zones: frontend.zones }),
    properties: given({
      subnet: text(frontend.subnet_id) === '' ? null : { id: frontend.subnet_id },
      publicIPAddress: text(frontend.public_ip_address_id) === '' ? null : { id: frontend.public_ip_address_id },
      privateIPAllocationMethod: text(frontend.private_ip_address_allocation) || 'Dynamic',
      privateIPAddress: text(frontend.private_ip_address),
      privateIPAddressVersion: text(frontend.private_ip_address_version),
    }),
  };
}

function fromFrontend(frontend: Values): Values {
  const properties = object(frontend.properties);
  return {
    name: frontend.name,
    id: frontend.id,
    subnet_id: idOf(properties.subnet),
    public_ip_address_id: idOf(properties.publicIPAddress),
    private_ip_address: text(properties.privateIPAddress),
    private_ip_address_allocation: properties.privateIPAllocationMethod,
    private_ip_address_version: text(properties.privateIPAddressVersion),
    public_ip_prefix_id: '',
    gateway_load_balancer_frontend_ip_configuration_id: '',
    load_balancer_rules: objects(properties.loadBalancingRules).map(({ id }) => id),
    inbound_nat_rules: [],
    outbound_rules: [],
    zones: texts(frontend.zones),
  };
}

export const loadBalancer: ArmKind = {
  type: 'azurerm_lb',
  replacing: ['name', 'location', 'resource_group_name', 'edge_zone', 'sku', 'sku_tier'],
  replaces: (prior, wanted) => {
    const before = objects(prior.frontend_ip_configuration);
    const after = objects(wanted.frontend_ip_configuration);
    const moved = after.some((one) => {
      const old = named([...before], one.name);
      return old !== undefined && !same([...texts(old.zones)].sort(), [...texts(one.zones)].sort());
    });
    return moved || (before.length > 0 && after.length === 0) ? ['frontend_ip_configuration'] : [];
  },
  defaults: { sku: 'Standard', sku_tier: 'Regional' },
  checks: {
    ...COMMON,
    sku: oneOf('Basic', 'Standard', 'Gateway'),
    sku_tier: oneOf('Regional', 'Global'),
    'frontend_ip_configuration.name': filled,
    'frontend_ip_configuration.subnet_id': idLike('Microsoft.Network/virtualNetworks/subnets'),
    'frontend_ip_configuration.private_ip_address': (value, path) => (value === '' ? undefined : address(value, path)),
    'frontend_ip_configuration.private_ip_address_allocation': oneOf('Dynamic', 'Static'),
    'frontend_ip_configuration.private_ip_address_version': oneOf('IPv4', 'IPv6'),
    'frontend_ip_configuration.zones': filled,
  },
  id: (planned, client) => groupId(client, planned, BALANCER),
  write: (client, id, planned) =>
    client.locked(id, async () => {
      const present = object((await client.get(id))?.properties);
      await client.put(id, {
        ...commonTo(planned),
        sku: { name: planned.sku, tier: planned.sku_tier },
        properties: {
          ...present,
          frontendIPConfigurations: objects(planned.frontend_ip_configuration).map(toFrontend),
        },
      });
    }),
  read: async (client, id) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const frontends = objects(object(found.properties).frontendIPConfigurations).map(fromFrontend);
    const addresses = frontends.map((one) => text(one.private_ip_address)).filter((one) => one !== '');
    return {
      ...commonOf(id, found),
      sku: object(found.sku).name,
      sku_tier: object(found.sku).tier,
      frontend_ip_configuration: frontends,
      private_ip_address: addresses[0] ?? '',
      private_ip_addresses: addresses,
      subnet_id: '',
      public_ip_address_id: '',
    };
  },
  remove: (client, id) => client.locked(id, () => client.remove(id)),
};

export const backendPool: ArmKind = {
  type: 'azurerm_lb_backend_address_pool',
  replacing: ['name', 'loadbalancer_id', 'synchronous_mode'],
  checks: { name: filled, loadbalancer_id: idLike(BALANCER) },
  id: (planned) => `${text(planned.loadbalancer_id)}/backendAddressPools/${text(planned.name)}`,
  write: (client, id) => client.locked(parentOf(id), () => client.put(id, { properties: {} })),
  read: async (client, id) => {
    const found = await part(client, id, 'backendAddressPools');
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    const ids = (list: Value): Value => objects(list).map((one) => text(one.id));
    return {
      name: found.name,
      loadbalancer_id: parentOf(id),
      backend_ip_configurations: ids(properties.backendIPConfigurations),
      load_balancing_rules: ids(properties.loadBalancingRules),
      inbound_nat_rules: [],
      outbound_rules: [],
    };
  },
  remove: (client, id) => client.locked(parentOf(id), () => client.remove(id)),
};

export const probe: ArmKind = {
  type: 'azurerm_lb_probe',
  replacing: ['name', 'loadbalancer_id'],
  defaults: { interval_in_seconds: 15, number_of_probes: 2, probe_threshold: 1, protocol: 'Tcp' },
  checks: {
    name: RULE_NAME,
    loadbalancer_id: idLike(BALANCER),
    port: port(1),
    interval_in_seconds: atLeast(5),
    probe_threshold: between(1, 100),
    protocol: oneOf('Http', 'Https', 'Tcp'),
  },
  id: (planned) => `${text(planned.loadbalancer_id)}/probes/${text(planned.name)}`,
  write: (client, id, planned) =>
    rewrite(client, parentOf(id), 'probes', (members) =>
      withMember(members, {
        name: planned.name,
        properties: given({
          protocol: planned.protocol,
          port: planned.port,
          intervalInSeconds: planned.interval_in_seconds,
          numberOfProbes: planned.number_of_probes,
          probeThreshold: planned.probe_threshold,
          requestPath: text(planned.request_path),
        }),
      }),
    ),
  read: async (client, id) => {
    const found = await part(client, id, 'probes');
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    return {
      name: found.name,
      loadbalancer_id: parentOf(id),
      protocol: properties.protocol,
      port: properties.port,
      request_path: text(properties.requestPath),
      interval_in_seconds: properties.intervalInSeconds,
      number_of_probes: properties.numberOfProbes,
      probe_threshold: properties.probeThreshold,
      load_balancer_rules: objects(properties.loadBalancingRules).map((one) => text(one.id)),
    };
  },
  remove: (client, id) =>
    rewrite(client, parentOf(id), 'probes', (members) => without(members, id.split('/').at(-1) ?? '')),
};

function frontendId(all: Values, name: Value): string {
  const found = named(all.frontendIPConfigurations, name);
  if (found === undefined) {
    throw new ProviderError(
      `expanding Load Balancer Rule: [ERROR] Cannot find FrontEnd IP Configuration with the name ${text(name)}`,
    );
  }
  return text(found.id);
}

export const balancingRule: ArmKind = {
  type: 'azurerm_lb_rule',
  replacing: ['name', 'loadbalancer_id'],
  defaults: { disable_outbound_snat: false, idle_timeout_in_minutes: 4, load_distribution: 'Default' },
  checks: {
    name: RULE_NAME,
    loadbalancer_id: idLike(BALANCER),
    frontend_ip_configuration_name: filled,
    backend_address_pool_ids: idLike(`${BALANCER}/backendAddressPools`),
    protocol: oneOf('All', 'Tcp', 'Udp'),
    frontend_port: port(0),
    backend_port: port(0),
    idle_timeout_in_minutes: between(4, 100),
    probe_id: anyId,
  },
  together: (config) =>
    [
      ['enable_floating_ip', 'floating_ip_enabled'],
      ['enable_tcp_reset', 'tcp_reset_enabled'],
    ]
      .filter((pair) => pair.every((name) => config[name] !== null && config[name] !== undefined))
      .map(([old = '', now = '']) => ({
        summary: 'Conflicting configuration arguments',
        detail: `"${old}": conflicts with ${now}`,
      })),
  id: (planned) => `${text(planned.loadbalancer_id)}/loadBalancingRules/${text(planned.name)}`,
  write: (client, id, planned) =>
    rewrite(client, parentOf(id), 'loadBalancingRules', (members, all) => {
      const [pool] = texts(planned.backend_address_pool_ids);
      return withMember(members, {
        name: planned.name,
        properties: given({
          frontendIPConfiguration: { id: frontendId(all, planned.frontend_ip_configuration_name) },
          backendAddressPool: pool === undefined ? null : { id: pool },
          probe: text(planned.probe_id) === '' ? null : { id: planned.probe_id },
          protocol: planned.protocol,
          frontendPort: planned.frontend_port,
          backendPort: planned.backend_port,
          enableFloatingIP: planned.floating_ip_enabled === true,
          enableTcpReset: planned.tcp_reset_enabled === true,
          disableOutboundSnat: planned.disable_outbound_snat,
          idleTimeoutInMinutes: planned.idle_timeout_in_minutes,
          loadDistribution: planned.load_distribution,
        }),
      });
    }),
  read: async (client, id) => {
    const found = await part(client, id, 'loadBalancingRules');
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    const frontend = idOf(properties.frontendIPConfiguration);
    const pool = idOf(properties.backendAddressPool);
    return {
      name: found.name,
      loadbalancer_id: parentOf(id),
      frontend_ip_configuration_name: frontend.split('/').at(-1) ?? '',
      frontend_ip_configuration_id: frontend,
      backend_address_pool_ids: pool === '' ? [] : [pool],
      probe_id: idOf(properties.probe),
      protocol: properties.protocol,
      frontend_port: properties.frontendPort,
      backend_port: properties.backendPort,
      floating_ip_enabled: properties.enableFloatingIP,
      enable_floating_ip: properties.enableFloatingIP,
      tcp_reset_enabled: properties.enableTcpReset,
      enable_tcp_reset: properties.enableTcpReset,
      disable_outbound_snat: properties.disableOutboundSnat,
      idle_timeout_in_minutes: properties.idleTimeoutInMinutes,
      load_distribution: properties.loadDistribution,
    };
  },
  remove: (client, id) =>
    rewrite(client, parentOf(id), 'loadBalancingRules', (members) => without(members, id.split('/').at(-1) ?? '')),
};
