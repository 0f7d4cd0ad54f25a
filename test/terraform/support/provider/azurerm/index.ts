import { type Implementation, ProviderError } from '../kind';
import { isUnknown } from '../values';
import { type ArmKind, armKind } from './arm-kind';
import { ArmClient } from './client';
import { templateDeployment } from './deployment';
import { backendPool, balancingRule, loadBalancer, probe } from './load-balancer';
import {
  commonOf,
  natGateway,
  natGatewayAddress,
  publicIp,
  subnet,
  subnetNatGateway,
  subnetSecurityGroup,
  subnetValues,
  virtualNetwork,
} from './network';
import { privateLinkService } from './private-link';
import { scaleSet, scaleSetExtension } from './scale-set';
import { securityGroup } from './security-group';
import { idOf, object, objects, place, text, texts, type Values } from './shape';

const KINDS: readonly ArmKind[] = [
  virtualNetwork,
  subnet,
  publicIp,
  natGateway,
  natGatewayAddress,
  subnetNatGateway,
  subnetSecurityGroup,
  securityGroup,
  loadBalancer,
  backendPool,
  probe,
  balancingRule,
  privateLinkService,
  scaleSet,
  scaleSetExtension,
  templateDeployment,
];

function missing(what: string, id: string): ProviderError {
  return new ProviderError(`${what} was not found: ${id}`);
}

/** What the data sources answer. */
function dataSources(client: () => ArmClient): Implementation['data'] {
  const inGroup = (config: Values, type: string): string =>
    `/subscriptions/${client().subscriptionId}/resourceGroups/${text(config.resource_group_name)}/providers/${type}/${text(config.name)}`;
  const found = async (id: string, what: string): Promise<Values> => {
    const resource = await client().get(id);
    if (resource === undefined) throw missing(what, id);
    return resource;
  };
  return {
    azurerm_subnet: {
      read: async (config) => {
        const network = text(config.virtual_network_name);
        const id = `${inGroup({ ...config, name: network }, 'Microsoft.Network/virtualNetworks')}/subnets/${text(config.name)}`;
        const resource = await found(id, 'Subnet');
        const values = subnetValues(id, resource);
        const links = object(resource.properties);
        return {
          ...config,
          ...values,
          id,
          address_prefix: texts(values.address_prefixes)[0] ?? '',
          network_security_group_id: idOf(links.networkSecurityGroup),
          route_table_id: idOf(links.routeTable),
        };
      },
    },
    azurerm_virtual_network: {
      read: async (config) => {
        const id = inGroup(config, 'Microsoft.Network/virtualNetworks');
        const resource = await found(id, 'Virtual Network');
        const properties = object(resource.properties);
        return {
          ...config,
          ...commonOf(id, resource),
          id,
          address_space: texts(object(properties.addressSpace).addressPrefixes),
          dns_servers: texts(object(properties.dhcpOptions).dnsServers),
          subnets: objects(properties.subnets).map(({ name }) => name),
        };
      },
    },
    azurerm_resource_group: {
      read: async (config) => {
        const id = `/subscriptions/${client().subscriptionId}/resourceGroups/${text(config.name)}`;
        const resource = await found(id, 'Resource Group');
        return { ...config, id, location: place(resource.location), tags: object(resource.tags), managed_by: '' };
      },
    },
    azurerm_private_link_service_endpoint_connections: {
      read: async (config) => {
        const id = text(config.service_id);
        const resource = await found(id, 'Private Link Service');
        return {
          ...config,
          id,
          service_name: resource.name,
          location: place(resource.location),
          private_endpoint_connections: objects(object(resource.properties).privateEndpointConnections).map((one) => {
            const properties = object(one.properties);
            const state = object(properties.privateLinkServiceConnectionState);
            const endpoint = idOf(properties.privateEndpoint);
            return {
              connection_id: one.id,
              connection_name: one.name,
              private_endpoint_id: endpoint,
              private_endpoint_name: endpoint.split('/').at(-1) ?? '',
              action_required: text(state.actionsRequired),
              status: text(state.status),
            };
          }),
        };
      },
    },
    azurerm_client_config: {
      read: async (config) => ({
        ...config,
        id: client().subscriptionId,
        subscription_id: client().subscriptionId,
        tenant_id: client().tenantId,
        client_id: process.env.ARM_CLIENT_ID ?? '',
        object_id: '',
      }),
    },
  };
}

/** The resources and data sources that a router uses, acting on the Azure that the environment names. */
export function azurerm(): Implementation {
  let configured: ArmClient | undefined;
  let locations: readonly string[] | undefined;
  const client = (): ArmClient => {
    if (configured === undefined) throw new ProviderError('the azurerm provider is not configured');
    return configured;
  };
  const resources = KINDS.map((kind) => {
    const own = armKind(kind, client);
    const validate: typeof own.validate = (config) => {
      const wanted = config.location;
      const unknown =
        locations !== undefined && wanted !== undefined && !isUnknown(wanted) && !locations.includes(place(wanted));
      const problem = `"${text(wanted)}" was not found in the list of supported Azure Locations: "${locations}"`;
      return [...(unknown ? [{ summary: problem, attribute: 'location' }] : []), ...own.validate(config)];
    };
    return [kind.type, { ...own, validate }] as const;
  });
  return {
    configure: async (config) => {
      configured = new ArmClient({ subscriptionId: text(config.subscription_id), tenantId: text(config.tenant_id) });
      locations = await configured.locations();
    },
    resources: Object.fromEntries(resources),
    data: dataSources(client),
  };
}
