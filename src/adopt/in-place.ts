import { listed } from '../model';
import { type AdoptFinding, warned } from './findings';
import type { Found } from './resource-types';

/** What a router's endpoint service and load balancer have otherwise, and who notices once they are taken over. */
export function changedInPlace(
  loadBalancer: Found<'loadBalancer'>,
  service: Found<'endpointService'> | undefined,
): readonly AdoptFinding[] {
  return [
    ...(service === undefined ? [] : [...acceptance(service), ...addressTypes(service)]),
    ...dualStack(loadBalancer),
  ];
}

function acceptance({ resource, values }: Found<'endpointService'>): readonly AdoptFinding[] {
  if (String(values.acceptance_required) !== 'false') return [];
  return [
    warned(
      'PLR9123',
      resource.address,
      `${values.service_name} accepts each connection by itself; from the first apply on it waits for acceptance, since every customer of Databricks in the region has the role that it admits`,
      'Connections that exist stay. Accept new ones by hand, or have the router do it: `approval: terraform` accepts the endpoint of its own rule.',
    ),
  ];
}

function addressTypes({ resource, values }: Found<'endpointService'>): readonly AdoptFinding[] {
  const types = values.supported_ip_address_types ?? [];
  if (types.length === 0 || (types.length === 1 && types[0] === 'ipv4')) return [];
  return [
    warned(
      'PLR9124',
      resource.address,
      `${values.service_name} has the address types ${listed(types)}; a router's service has ipv4 alone, which is changed in place`,
      'Databricks connects over IPv4. See to it that no endpoint of anybody else connects over IPv6 before you apply.',
    ),
  ];
}

function dualStack({ resource, values }: Found<'loadBalancer'>): readonly AdoptFinding[] {
  if (values.ip_address_type !== 'dualstack') return [];
  return [
    warned(
      'PLR9125',
      resource.address,
      `${values.name} has IPv6 addresses too; it keeps them as long as it is not replaced, and the one that takes its place has IPv4 alone`,
      'Nothing is to be done for Databricks. Move clients that dial its IPv6 addresses before a subnet or the VPC changes.',
    ),
  ];
}
