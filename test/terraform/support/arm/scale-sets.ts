import { randomUUID } from 'node:crypto';
import { demandZones } from './egress';
import { readId } from './ids';
import { type JsonObject, object, objects, reference, same, text } from './json';
import { type Kind, kind, type Resource } from './kind';
import { extensionsOf, type Fleet, roll } from './machines';
import { demand, demandFound } from './refusal';
import { settleExtension } from './scale-set-extensions';
import { settleOs } from './scale-set-os';
import { listOf, type Store } from './store';
import { interfacesOf } from './users';

export const SCALE_SET = 'Microsoft.Compute/virtualMachineScaleSets';

/** Sizes that the stand-in has; Azure refuses one that it does not know. */
const SIZES: readonly string[] = [
  ...['Standard_D2s_v5', 'Standard_D4s_v5', 'Standard_D8s_v5', 'Standard_D2ds_v5', 'Standard_D2as_v5'],
  ...['Standard_B2s', 'Standard_B2ls_v2', 'Standard_F2s_v2', 'Standard_F4s_v2'],
];

function settleStorage(profile: JsonObject): void {
  const storage = object(profile.storageProfile);
  const disk = object(storage.osDisk);
  disk.osType ??= 'Linux';
  disk.diskSizeGB ??= 30;
  const image = object(storage.imageReference);
  demand(Object.keys(image).length > 0, 'InvalidParameter', "Required parameter 'imageReference' is missing (null).");
  const words = `${image.publisher}:${image.offer}:${image.sku}:${image.version}`;
  demand(
    image.offer === undefined || /^(Canonical:(ubuntu-|0001-)|Debian:debian-)/i.test(words),
    'PlatformImageNotFound',
    `The platform image '${words}' is not available.`,
    404,
  );
}

function settleNetwork(store: Store, scaleSet: Resource): void {
  const interfaces = interfacesOf(scaleSet);
  demand(
    interfaces.filter((nic) => object(nic.properties).primary === true).length === 1,
    'InvalidParameter',
    `Scale set ${scaleSet.id} must have exactly one primary network interface configuration.`,
  );
  for (const nic of interfaces) {
    const properties = object(nic.properties);
    properties.dnsSettings ??= { dnsServers: [] };
    properties.enableAcceleratedNetworking ??= false;
    properties.enableIPForwarding ??= false;
    properties.disableTcpStateTracking ??= false;
    const group = reference(properties.networkSecurityGroup);
    if (group !== '') demandFound(store.find(group), group, scaleSet.id);
    for (const address of objects(properties.ipConfigurations)) {
      const settings = object(address.properties);
      settings.privateIPAddressVersion ??= 'IPv4';
      demandFound(store.find(reference(settings.subnet)), reference(settings.subnet), scaleSet.id);
      for (const pool of objects(settings.loadBalancerBackendAddressPools)) {
        demandFound(store.find(reference(pool)), reference(pool), scaleSet.id);
      }
    }
  }
}

/** Sizes of the stand-in's that have no accelerated networking. */
const SLOW_SIZES: readonly string[] = ['Standard_B2s', 'Standard_F2s_v2'];

/** Accelerated networking needs a size that has it, and is switched only while every machine is deallocated. */
function demandAcceleration(wanted: Resource, present: Resource | undefined, size: string, fleet: Fleet): void {
  const isOn = (scaleSet: Resource): boolean =>
    interfacesOf(scaleSet).some((nic) => object(nic.properties).enableAcceleratedNetworking === true);
  demand(
    !isOn(wanted) || !SLOW_SIZES.some((one) => same(one, size)),
    'VMSizeIsNotPermittedToEnableAcceleratedNetworking',
    `Virtual Machine size ${size} is not in the allowed list of VM sizes for accelerated networking to be enabled on the VM.`,
  );
  demand(
    present === undefined || isOn(present) === isOn(wanted) || fleet.machines.length === 0,
    'OperationNotAllowed',
    `Accelerated networking of ${wanted.id} can be changed only when all its virtual machines are stopped (deallocated).`,
  );
}

/** The probe that judges the machines must be there, and a rule of its load balancer must use it. */
function demandProbe(store: Store, scaleSet: Resource, probeId: string): void {
  const probe = demandFound(store.find(probeId), probeId, scaleSet.id);
  const balancer = store.find(readId(probe.id)?.parent ?? '');
  const rules = balancer === undefined ? [] : listOf(balancer, 'loadBalancingRules');
  demand(
    rules.some(({ properties }) => same(reference(properties.probe), probe.id)),
    'CannotUseHealthProbeWithoutLoadBalancingRule',
    `VM scale set ${scaleSet.id} cannot use probe ${probeId} as a HealthProbe since no load balancing rule uses it.`,
  );
}

function settlePolicies(properties: JsonObject, hasHealth: boolean): void {
  properties.upgradePolicy ??= { mode: 'Manual' };
  const { mode, rollingUpgradePolicy } = object(properties.upgradePolicy);
  demand(
    mode !== 'Rolling' || hasHealth,
    'InvalidParameter',
    'Rolling Upgrade mode is not supported for this Virtual Machine Scale Set because a health probe or health extension was not provided.',
  );
  if (rollingUpgradePolicy !== undefined && rollingUpgradePolicy !== null) {
    const policy = object(rollingUpgradePolicy);
    const { maxBatchInstancePercent: batch = 20, maxUnhealthyInstancePercent: unhealthy = 20 } = policy;
    demand(
      [batch, unhealthy].every((value) => Number(value) >= 5 && Number(value) <= 100),
      'InvalidParameter',
      `rollingUpgradePolicy: batch ${batch} % and unhealthy ${unhealthy} % must be 5 to 100.`,
    );
    demand(
      Number(unhealthy) >= Number(batch),
      'InvalidParameter',
      'rollingUpgradePolicy.maxUnhealthyInstancePercent must be at least maxBatchInstancePercent.',
    );
    policy.rollbackFailedInstancesOnPolicyBreach ??= false;
  }
  if (properties.automaticRepairsPolicy !== undefined && properties.automaticRepairsPolicy !== null) {
    const repairs = object(properties.automaticRepairsPolicy);
    demand(
      hasHealth || repairs.enabled !== true,
      'InvalidParameter',
      'Automatic repairs need a health probe or health extension.',
    );
    demand(repairs.gracePeriod !== '', 'InvalidParameter', "automaticRepairsPolicy.gracePeriod '' is no duration.");
    repairs.gracePeriod ??= 'PT10M';
    repairs.repairAction ??= 'Replace';
  }
}

function settle(store: Store, wanted: Resource, present: Resource | undefined, fleet: Fleet): void {
  const { properties } = wanted;
  const profile = object(properties.virtualMachineProfile);
  // The provider always sends an empty object, which Azure does not keep.
  if (Object.keys(object(properties.additionalCapabilities)).length === 0) delete properties.additionalCapabilities;
  const capacity = Number(object(wanted.sku).capacity ?? 0);
  const size = text(object(wanted.sku).name);
  wanted.sku = { tier: 'Standard', ...object(wanted.sku), capacity };
  demand(
    SIZES.some((one) => same(one, size)),
    'InvalidParameter',
    `The value ${size} provided for the VM size is not valid.`,
  );
  properties.singlePlacementGroup ??= true;
  const most = properties.singlePlacementGroup === true ? 100 : 1000;
  demand(capacity <= most, 'InvalidParameter', `Capacity ${capacity} exceeds the ${most} of the placement group.`);
  demandZones(wanted.zones, wanted.id);
  properties.orchestrationMode ??= 'Uniform';
  properties.overprovision ??= true;
  properties.doNotRunExtensionsOnOverprovisionedVMs ??= false;
  properties.zoneBalance ??= false;
  properties.platformFaultDomainCount ??= Array.isArray(wanted.zones) ? 1 : 5;
  properties.uniqueId = present?.properties.uniqueId ?? randomUUID();
  fleet.customData = settleOs(object(profile.osProfile), present !== undefined) ?? fleet.customData;
  settleStorage(profile);
  settleNetwork(store, wanted);
  demandAcceleration(wanted, present, size, fleet);
  const probe = reference(object(profile.networkProfile).healthProbe);
  if (probe !== '') demandProbe(store, wanted, probe);
  for (const extension of extensionsOf(wanted)) settleExtension(wanted, extension, undefined);
  const health = extensionsOf(wanted).some((one) => /^applicationhealth/i.test(text(object(one.properties).type)));
  settlePolicies(properties, probe !== '' || health);
}

/** Scale sets, with the machines that they make. */
export class ScaleSets {
  public readonly kind: Kind;
  private readonly fleets = new Map<string, Fleet>();

  public constructor() {
    this.kind = kind(SCALE_SET, {
      name: /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}[A-Za-z0-9_]$|^[A-Za-z0-9]$/,
      settle: (store, wanted, present) => {
        const before = this.fleets.get(wanted.id.toLowerCase());
        const fleet: Fleet = { customData: before?.customData ?? '', machines: before?.machines ?? [] };
        settle(store, wanted, present, fleet);
        roll(wanted, fleet, present);
        this.fleets.set(wanted.id.toLowerCase(), fleet);
      },
      release: (_store, scaleSet) => {
        this.fleets.delete(scaleSet.id.toLowerCase());
      },
    });
  }

  public fleet(scaleSet: Resource): Fleet {
    return this.fleets.get(scaleSet.id.toLowerCase()) ?? { customData: '', machines: [] };
  }
}
