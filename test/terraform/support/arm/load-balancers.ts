import { randomUUID } from 'node:crypto';
import { addressAt, demandUsable } from './addresses';
import { demandZones } from './egress';
import { type JsonObject, object, reference, same, text } from './json';
import { kind, type Resource } from './kind';
import { settleRules } from './load-balancing-rules';
import { subnetPrefixes } from './networks';
import { settleProbes } from './probes';
import { demand, demandFound } from './refusal';
import { listOf, type Store, settleChildren } from './store';
import { scaleSetsIn, scaleSetsProbedBy, servicesOn, subnetUsers } from './users';

/** Lists of a load balancer besides the ones that are judged: always there in an answer. */
const OTHER_LISTS = ['inboundNatRules', 'outboundRules', 'inboundNatPools'];

function settleFrontend(store: Store, frontend: Resource, present: Resource | undefined): void {
  const { properties } = frontend;
  demandZones(frontend.zones, frontend.id);
  const subnetId = reference(properties.subnet);
  demand(
    subnetId !== '',
    'SubnetOrPublicIPAddressMissing',
    `Frontend ${frontend.id} has no subnet: the stand-in knows internal load balancers only.`,
  );
  const subnet = demandFound(store.find(subnetId), subnetId, frontend.id);
  const [prefix = ''] = subnetPrefixes(subnet);
  properties.subnet = { id: subnetId };
  properties.privateIPAddressVersion ??= 'IPv4';
  if (same(text(properties.privateIPAllocationMethod), 'Static')) {
    const address = text(properties.privateIPAddress);
    demand(address !== '', 'PrivateIPAddressMissing', `Static allocation of ${frontend.id} needs an address.`);
    demandUsable(address, prefix, frontend.id);
    properties.privateIPAllocationMethod = 'Static';
    return;
  }
  properties.privateIPAllocationMethod = 'Dynamic';
  const stays = present !== undefined && same(reference(present.properties.subnet), subnetId);
  properties.privateIPAddress = stays
    ? present.properties.privateIPAddress
    : addressAt(prefix, 4 + subnetUsers(store, subnetId).length);
}

/** What a scale set or a Private Link Service still needs may not leave the load balancer. */
function demandNothingNeededLeaves(store: Store, wanted: Resource, present: Resource): void {
  const leaving = (list: string): readonly Resource[] =>
    listOf(present, list).filter((one) => !listOf(wanted, list).some(({ name }) => same(name, one.name)));
  for (const frontend of leaving('frontendIPConfigurations')) {
    const [service] = servicesOn(store, frontend.id);
    demand(
      service === undefined,
      'FrontendIPConfigurationInUseByPrivateLinkService',
      `Frontend ${frontend.id} cannot be removed: private link service ${service?.id} stands on it.`,
    );
  }
  for (const pool of leaving('backendAddressPools')) {
    const [set] = scaleSetsIn(store, pool.id);
    demand(
      set === undefined,
      'InUseBackendAddressPoolCannotBeDeleted',
      `Backend pool ${pool.id} cannot be removed: scale set ${set?.id} stands in it.`,
    );
  }
  for (const probe of listOf(present, 'probes')) {
    const [set] = scaleSetsProbedBy(store, probe.id);
    if (set === undefined) continue;
    demand(
      !leaving('probes').includes(probe),
      'CannotRemoveProbeUsedByVMSS',
      `Load balancer probe ${probe.id} cannot be removed: it is the health probe of VM scale set ${set.id}.`,
    );
    // Refused for every rule that refers to the probe, even while another one still does (azure-cli #14167).
    const rule = leaving('loadBalancingRules').find(({ properties }) => same(reference(properties.probe), probe.id));
    demand(
      rule === undefined,
      'CannotRemoveRuleUsedByProbeUsedByVMSS',
      `Load balancer rule ${rule?.id} cannot be removed because the rule references the load balancer probe ${probe.id} that is used as health probe by VM scale set ${set.id}.`,
    );
    demand(
      listOf(wanted, 'loadBalancingRules').some(({ properties }) => same(reference(properties.probe), probe.id)),
      'CannotRemoveRuleUsedByProbeUsedByVMSS',
      `No load balancer rule references ${probe.id} any more, the health probe of VM scale set ${set.id}.`,
    );
  }
}

function settle(store: Store, wanted: Resource, present: Resource | undefined): void {
  const { properties } = wanted;
  wanted.sku = { tier: 'Regional', ...object(wanted.sku) };
  properties.resourceGuid = present?.properties.resourceGuid ?? randomUUID();
  const frontends = settleChildren(wanted, 'frontendIPConfigurations');
  const before = present === undefined ? [] : listOf(present, 'frontendIPConfigurations');
  demand(
    before.length === 0 || frontends.length > 0,
    'DeletingAllFrontendIPConfigsNotAllowed',
    'Deleting all frontendIPConfigs from load balancer is not supported.',
  );
  demand(frontends.length <= 600, 'LoadBalancerLimitReached', `${frontends.length} frontends; 600 are allowed.`);
  for (const frontend of frontends) {
    settleFrontend(
      store,
      frontend,
      before.find(({ name }) => same(name, frontend.name)),
    );
  }
  for (const list of OTHER_LISTS) settleChildren(wanted, list);
  for (const pool of settleChildren(wanted, 'backendAddressPools')) {
    pool.properties.loadBalancerBackendAddresses ??= [];
  }
  settleProbes(settleChildren(wanted, 'probes'));
  settleRules(store, wanted, settleChildren(wanted, 'loadBalancingRules'));
  if (present !== undefined) demandNothingNeededLeaves(store, wanted, present);
}

/** References to others, by the id that each list of the load balancer's rules is filed under. */
function referring(rules: readonly Resource[], by: string): ReadonlyMap<string, readonly { id: string }[]> {
  const found = new Map<string, { id: string }[]>();
  for (const rule of rules) {
    const key = reference(rule.properties[by]).toLowerCase();
    found.set(key, [...(found.get(key) ?? []), { id: rule.id }]);
  }
  return found;
}

function link(properties: JsonObject, name: string, links: readonly { id: string }[] | undefined): void {
  if (links === undefined || links.length === 0) delete properties[name];
  else properties[name] = links;
}

/** One address configuration for each machine and interface in the pool. */
function machinesIn(store: Store, poolId: string): readonly { id: string }[] {
  return scaleSetsIn(store, poolId).flatMap((set) =>
    Array.from({ length: Number(object(set.sku).capacity ?? 0) }, (_, number) => ({
      id: `${set.id}/virtualMachines/${number}/networkInterfaces/nic/ipConfigurations/primary`,
    })),
  );
}

function show(store: Store, balancer: Resource): Resource {
  const rules = listOf(balancer, 'loadBalancingRules');
  const [byFrontend, byPool, byProbe] = ['frontendIPConfiguration', 'backendAddressPool', 'probe'].map((by) =>
    referring(rules, by),
  );
  for (const { id, properties } of listOf(balancer, 'frontendIPConfigurations')) {
    link(properties, 'loadBalancingRules', byFrontend?.get(id.toLowerCase()));
    const [service] = servicesOn(store, id);
    if (service === undefined) delete properties.privateLinkService;
    else properties.privateLinkService = { id: service.id };
  }
  for (const { id, properties } of listOf(balancer, 'backendAddressPools')) {
    link(properties, 'loadBalancingRules', byPool?.get(id.toLowerCase()));
    link(properties, 'backendIPConfigurations', machinesIn(store, id));
  }
  for (const { id, properties } of listOf(balancer, 'probes')) {
    link(properties, 'loadBalancingRules', byProbe?.get(id.toLowerCase()));
  }
  return balancer;
}

export const loadBalancers = kind('Microsoft.Network/loadBalancers', {
  embedded: ['frontendIPConfigurations', 'backendAddressPools', 'probes', 'loadBalancingRules'],
  settle,
  show,
  release(store, balancer) {
    for (const frontend of listOf(balancer, 'frontendIPConfigurations')) {
      const [service] = servicesOn(store, frontend.id);
      demand(
        service === undefined,
        'LoadBalancerInUseByPrivateLinkService',
        `Load balancer ${balancer.id} cannot be deleted: private link service ${service?.id} stands on it.`,
      );
    }
    for (const pool of listOf(balancer, 'backendAddressPools')) {
      const [set] = scaleSetsIn(store, pool.id);
      demand(
        set === undefined,
        'LoadBalancerInUseByVirtualMachineScaleSet',
        `Cannot delete load balancer ${balancer.id} since its child resources are in use by virtual machine scale set ${set?.id}.`,
      );
    }
  },
  releaseChild(store, balancer, child) {
    const [set] = scaleSetsIn(store, child.id);
    const rule = listOf(balancer, 'loadBalancingRules').find(({ properties }) =>
      same(reference(properties.backendAddressPool), child.id),
    );
    demand(
      set === undefined && rule === undefined,
      'InUseBackendAddressPoolCannotBeDeleted',
      `Backend pool ${child.id} is in use by ${set?.id ?? rule?.id}.`,
    );
  },
});
