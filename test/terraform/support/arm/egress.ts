import { randomUUID } from 'node:crypto';
import { type Json, object, objects, reference, same, texts } from './json';
import { kind } from './kind';
import { demand, demandFound } from './refusal';
import { linkedSubnets } from './users';

/** Zones are `1`, `2` and `3` everywhere that has any. */
export function demandZones(zones: Json, user: string): void {
  for (const zone of texts(zones)) {
    demand(
      ['1', '2', '3'].includes(zone),
      'InvalidAvailabilityZone',
      `The zone(s) '${zone}' for resource '${user}' is not supported.`,
    );
  }
}

export const publicAddresses = kind('Microsoft.Network/publicIPAddresses', {
  settle(store, wanted, present) {
    const { properties } = wanted;
    const sku = object(wanted.sku);
    demandZones(wanted.zones, wanted.id);
    wanted.sku = { name: 'Standard', tier: 'Regional', ...sku };
    properties.publicIPAllocationMethod ??= 'Dynamic';
    demand(
      object(wanted.sku).name === 'Basic' || properties.publicIPAllocationMethod === 'Static',
      'PublicIPStandardMustBeStatic',
      `Standard public IP ${wanted.id} must have AllocationMethod set to Static.`,
    );
    properties.publicIPAddressVersion ??= 'IPv4';
    properties.idleTimeoutInMinutes ??= 4;
    properties.ipTags ??= [];
    properties.resourceGuid = present?.properties.resourceGuid ?? randomUUID();
    properties.ipAddress =
      present?.properties.ipAddress ?? `203.0.113.${10 + store.all('Microsoft.Network/publicIPAddresses').length}`;
  },
  release(store, address) {
    const gateway = store
      .all('Microsoft.Network/natGateways')
      .find((one) => objects(one.properties.publicIpAddresses).some((link) => same(reference(link), address.id)));
    demand(
      gateway === undefined,
      'PublicIPAddressCannotBeDeleted',
      `Public IP address ${address.id} can not be deleted since it is still allocated to resource ${gateway?.id}.`,
    );
  },
});

export const natGateways = kind('Microsoft.Network/natGateways', {
  settle(store, wanted, present) {
    const { properties } = wanted;
    wanted.sku = { name: 'Standard', ...object(wanted.sku) };
    demandZones(wanted.zones, wanted.id);
    demand(
      texts(wanted.zones).length <= 1,
      'NatGatewayWithMultipleZones',
      `NAT gateway ${wanted.id} of sku Standard takes one zone or none.`,
    );
    properties.idleTimeoutInMinutes ??= 4;
    properties.resourceGuid = present?.properties.resourceGuid ?? randomUUID();
    for (const link of objects(properties.publicIpAddresses)) {
      demandFound(store.find(reference(link)), reference(link), wanted.id);
    }
  },
  release(store, gateway) {
    const [subnet] = linkedSubnets(store, 'natGateway', gateway.id);
    demand(
      subnet === undefined,
      'InUseNatGatewayCannotBeDeleted',
      `NAT gateway ${gateway.id} cannot be deleted since it is in use by subnet ${subnet?.id}.`,
    );
  },
  show(store, gateway) {
    const subnets = linkedSubnets(store, 'natGateway', gateway.id).map(({ id }) => ({ id }));
    if (subnets.length > 0) gateway.properties.subnets = subnets;
    else delete gateway.properties.subnets;
    return gateway;
  },
});
