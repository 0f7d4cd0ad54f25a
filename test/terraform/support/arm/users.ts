import { type JsonObject, object, objects, reference, same } from './json';
import type { Resource } from './kind';
import { listOf, type Store } from './store';

/** Who refers to what: the questions that a deletion, or a list of back references, asks. */

function scaleSets(store: Store): readonly Resource[] {
  return store.all('Microsoft.Compute/virtualMachineScaleSets');
}

function networkProfile(scaleSet: Resource): JsonObject {
  return object(object(scaleSet.properties.virtualMachineProfile).networkProfile);
}

/** The network interfaces that a scale set gives each machine. */
export function interfacesOf(scaleSet: Resource): readonly JsonObject[] {
  return objects(networkProfile(scaleSet).networkInterfaceConfigurations);
}

/** Their address configurations. */
function addressesOf(scaleSet: Resource): readonly JsonObject[] {
  return interfacesOf(scaleSet).flatMap((nic) => objects(object(nic.properties).ipConfigurations));
}

/** What has an address in the subnet, ids. */
export function subnetUsers(store: Store, subnetId: string): readonly string[] {
  const uses = (configurations: readonly JsonObject[]): boolean =>
    configurations.some((one) => same(reference(object(one.properties).subnet), subnetId));
  const balancers = store.all('Microsoft.Network/loadBalancers');
  const services = store.all('Microsoft.Network/privateLinkServices');
  return [
    ...balancers.filter((one) => uses(listOf(one, 'frontendIPConfigurations'))),
    ...services.filter((one) => uses(listOf(one, 'ipConfigurations'))),
    ...scaleSets(store).filter((one) => uses(addressesOf(one))),
  ].map(({ id }) => id);
}

/** Subnets that refer to a resource by one of their links. */
export function linkedSubnets(
  store: Store,
  link: 'networkSecurityGroup' | 'natGateway',
  id: string,
): readonly Resource[] {
  return store
    .all('Microsoft.Network/virtualNetworks')
    .flatMap((network) => listOf(network, 'subnets'))
    .filter((subnet) => same(reference(subnet.properties[link]), id));
}

/** Private Link Services that stand on a frontend. */
export function servicesOn(store: Store, frontendId: string): readonly Resource[] {
  return store
    .all('Microsoft.Network/privateLinkServices')
    .filter((service) =>
      objects(service.properties.loadBalancerFrontendIpConfigurations).some((one) => same(reference(one), frontendId)),
    );
}

/** Scale sets whose machines stand in a backend pool. */
export function scaleSetsIn(store: Store, poolId: string): readonly Resource[] {
  const isIn = (address: JsonObject): boolean =>
    objects(object(address.properties).loadBalancerBackendAddressPools).some((one) => same(reference(one), poolId));
  return scaleSets(store).filter((set) => addressesOf(set).some(isIn));
}

/** Scale sets that judge their machines by a probe. */
export function scaleSetsProbedBy(store: Store, probeId: string): readonly Resource[] {
  return scaleSets(store).filter((set) => same(reference(networkProfile(set).healthProbe), probeId));
}

/** Scale sets one of whose interfaces has the security group. */
export function scaleSetsWith(store: Store, groupId: string): readonly Resource[] {
  return scaleSets(store).filter((set) =>
    interfacesOf(set).some((nic) => same(reference(object(nic.properties).networkSecurityGroup), groupId)),
  );
}
