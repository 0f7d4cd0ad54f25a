import { randomUUID } from 'node:crypto';
import { demandUsable } from './addresses';
import { childId, readId } from './ids';
import { type JsonObject, object, objects, reference, same, text, texts } from './json';
import { kind, type Resource } from './kind';
import { subnetPrefixes } from './networks';
import { demand, demandFound } from './refusal';
import { listOf, type Store, settleChildren } from './store';
import { servicesOn } from './users';

/** Private Link Services that a load balancer takes, connections that a service takes, NAT addresses of a service. */
const LIMITS = { perBalancer: 8, connections: 1000, natAddresses: 8 };

export type ConnectionStatus = 'Pending' | 'Approved' | 'Rejected' | 'Disconnected';
const STATUSES: readonly string[] = ['Pending', 'Approved', 'Rejected', 'Disconnected'];

export function statusOf(connection: Resource): string {
  return text(object(connection.properties.privateLinkServiceConnectionState).status);
}

function settleFrontends(store: Store, service: Resource): void {
  const frontends = objects(service.properties.loadBalancerFrontendIpConfigurations);
  demand(frontends.length > 0, 'PrivateLinkServiceNoFrontend', `Private link service ${service.id} has no frontend.`);
  for (const link of frontends) {
    const frontend = demandFound(store.find(reference(link)), reference(link), service.id);
    const balancerId = readId(frontend.id)?.parent ?? '';
    const balancer = demandFound(store.find(balancerId), balancerId, service.id);
    demand(
      object(balancer.sku).name === 'Standard',
      'PrivateLinkServiceIsNotSupportedOnBasicLoadBalancer',
      `Private link service ${service.id} needs a Standard load balancer.`,
    );
    demand(
      same(text(balancer.location), text(service.location)),
      'PrivateLinkServiceRegionMismatch',
      `Private link service ${service.id} and load balancer ${balancer.id} are in different regions.`,
    );
    const other = servicesOn(store, frontend.id).find(({ id }) => !same(id, service.id));
    demand(
      other === undefined,
      'FrontendIPConfigurationAlreadyInUse',
      `Frontend ${frontend.id} is used by private link service ${other?.id} already.`,
    );
    const neighbours = listOf(balancer, 'frontendIPConfigurations')
      .flatMap(({ id }) => servicesOn(store, id))
      .filter(({ id }) => !same(id, service.id));
    demand(
      new Set(neighbours.map(({ id }) => id)).size < LIMITS.perBalancer,
      'PrivateLinkServicesPerLoadBalancerLimitReached',
      `Load balancer ${balancer.id} has ${LIMITS.perBalancer} private link services already.`,
    );
  }
}

function settleNat(store: Store, service: Resource, present: Resource | undefined): void {
  const addresses = settleChildren(service, 'ipConfigurations');
  demand(
    addresses.length >= 1 && addresses.length <= LIMITS.natAddresses,
    'PrivateLinkServiceIpConfigurationCount',
    `${addresses.length} NAT addresses; 1 to ${LIMITS.natAddresses} are allowed.`,
  );
  demand(
    addresses.filter(({ properties }) => properties.primary === true).length === 1,
    'PrivateLinkServicePrimaryIpConfiguration',
    `Private link service ${service.id} must have exactly one primary IP configuration.`,
  );
  for (const { id, properties } of addresses) {
    const subnetId = reference(properties.subnet);
    const subnet = demandFound(store.find(subnetId), subnetId, id);
    demand(
      subnet.properties.privateLinkServiceNetworkPolicies !== 'Enabled',
      'PrivateLinkServiceCannotBeCreatedInSubnetThatHasNetworkPoliciesEnabled',
      `Private link service ${service.id} cannot be created in a subnet ${subnetId} since it has private link service network policies enabled.`,
    );
    properties.subnet = { id: subnetId };
    const [prefix = ''] = subnetPrefixes(subnet);
    const address = text(properties.privateIPAddress);
    if (address !== '') demandUsable(address, prefix, id);
    else delete properties.privateIPAddress;
  }
  for (const gone of present === undefined ? [] : listOf(present, 'ipConfigurations')) {
    const kept = addresses.find(({ name }) => same(name, gone.name));
    demand(
      kept !== undefined,
      'PrivateLinkServiceIpConfigurationCannotBeRemoved',
      `NAT address ${gone.name} of private link service ${service.id} cannot be removed once it is set.`,
    );
    demand(
      same(reference(kept.properties.subnet), reference(gone.properties.subnet)),
      'PrivateLinkServiceIpConfigurationSubnetCannotBeChanged',
      `NAT address ${gone.name} of private link service ${service.id} cannot move to another subnet.`,
    );
  }
}

/** Only the state of a connection is the owner's to write, and only of one that its consumer has made. */
function settleConnections(wanted: Resource, present: Resource | undefined): void {
  const before = present === undefined ? [] : listOf(present, 'privateEndpointConnections');
  wanted.properties.privateEndpointConnections ??= before;
  const after = listOf(wanted, 'privateEndpointConnections');
  wanted.properties.privateEndpointConnections = after.map((connection) => {
    const made = before.find(({ name }) => same(name, text(connection.name)));
    demand(
      made !== undefined,
      'PrivateEndpointConnectionNotFound',
      `Private endpoint connection ${connection.name} of ${wanted.id} was not found: only its consumer makes one.`,
      404,
    );
    const { status, description } = object(connection.properties.privateLinkServiceConnectionState);
    demand(STATUSES.includes(text(status)), 'InvalidConnectionState', `A connection cannot become '${status}'.`);
    demand(
      statusOf(made) !== 'Disconnected' || status === 'Disconnected',
      'PrivateEndpointConnectionDisconnected',
      `Private endpoint connection ${made.name} is disconnected: its endpoint is gone.`,
    );
    return withStatus(made, text(status) as ConnectionStatus, text(description));
  });
}

export function withStatus(connection: Resource, status: ConnectionStatus, description: string): Resource {
  const privateLinkServiceConnectionState = { status, description, actionsRequired: 'None' };
  return { ...connection, properties: { ...connection.properties, privateLinkServiceConnectionState } };
}

/** A private endpoint's connection, as its consumer makes it; refused where the service is not visible to it. */
export function newConnection(service: Resource, endpointId: string, request: string): Resource {
  const subscription = readId(endpointId)?.subscription ?? '';
  const lists = (name: string): readonly string[] => texts(object(service.properties[name]).subscriptions);
  const within = (list: readonly string[]): boolean =>
    list.includes('*') || list.some((one) => same(one, subscription));
  demand(
    within(lists('visibility')) || same(readId(service.id)?.subscription ?? '', subscription),
    'LinkedAuthorizationFailed',
    `Private link service ${service.id} is not visible to subscription ${subscription}.`,
    403,
  );
  const connections = listOf(service, 'privateEndpointConnections');
  demand(
    connections.length < LIMITS.connections,
    'PrivateEndpointsPerPrivateLinkServiceLimitReached',
    `Private link service ${service.id} has ${LIMITS.connections} connections already.`,
  );
  const name = `${endpointId.slice(endpointId.lastIndexOf('/') + 1)}.${randomUUID()}`;
  const made: Resource = {
    name,
    id: childId(service.id, 'privateEndpointConnections', name),
    type: `${service.type}/privateEndpointConnections`,
    properties: {
      provisioningState: 'Succeeded',
      linkIdentifier: String(536_900_000 + connections.length),
      privateEndpoint: { id: endpointId },
    },
  };
  return withStatus(made, within(lists('autoApproval')) ? 'Approved' : 'Pending', request);
}

function lists(properties: JsonObject, name: string): readonly string[] {
  const subscriptions = texts(object(properties[name]).subscriptions);
  properties[name] = { subscriptions };
  return subscriptions;
}

export const privateLinkServices = kind('Microsoft.Network/privateLinkServices', {
  embedded: ['privateEndpointConnections'],
  settle(store, wanted, present) {
    const { properties } = wanted;
    settleConnections(wanted, present);
    settleFrontends(store, wanted);
    settleNat(store, wanted, present);
    properties.enableProxyProtocol ??= false;
    properties.fqdns ??= [];
    const visible = lists(properties, 'visibility');
    const approved = lists(properties, 'autoApproval');
    demand(
      visible.includes('*') || approved.every((one) => visible.includes(one)),
      'PrivateLinkServiceAutoApprovalNotInVisibility',
      `Auto-approval of ${wanted.id} names subscriptions to which the service is not visible.`,
    );
    properties.networkInterfaces = [{ id: `${wanted.id.replace('privateLinkServices', 'networkInterfaces')}.nic` }];
    properties.alias =
      present?.properties.alias ?? `${wanted.name}.${randomUUID()}.${wanted.location}.azure.privatelinkservice`;
  },
  release(_store, service) {
    const live = listOf(service, 'privateEndpointConnections').filter((one) =>
      ['Pending', 'Approved'].includes(statusOf(one)),
    );
    demand(
      live.length === 0,
      'PrivateLinkServiceWithPrivateEndpointConnectionsCannotBeDeleted',
      `Private link service ${service.id} cannot be deleted since it has ${live.length} private endpoint connections: ${live.map(({ name }) => name)}.`,
    );
  },
});
