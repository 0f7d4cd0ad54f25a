import {
  type AwsPlace,
  type AzureNetwork,
  type AzurePlace,
  DEFAULT_MAINTENANCE,
  defined,
  type Egress,
  type Forwarder,
  type ForwarderImage,
  type Maintenance,
  WEEKDAYS,
} from '../model';
import type { RouterView } from './checks/context';
import { DEFAULT_ENGINE, DEFAULT_IMAGE, DEFAULT_INSTANCES, DEFAULT_SIZE } from './schema/forwarder';
import { hasZones } from './tables/locations';
import { parseSubnetId } from './values/azure/ids';

type WrittenAzure = NonNullable<RouterView['written']['azure']>;
type WrittenForwarder = NonNullable<WrittenAzure['forwarder']>;

/** Zones of machines that name none, in a location that has zones or is not known here. */
const ALL_ZONES = ['1', '2', '3'] as const;

/** A router's place in AWS. */
export function awsPlace(aws: RouterView['written']['aws']): AwsPlace {
  const role = aws?.assumeRole;
  return {
    accountId: aws?.accountId ?? '',
    region: aws?.region ?? '',
    ...(aws?.govcloud !== undefined && { govcloud: aws.govcloud }),
    vpcId: aws?.vpcId ?? '',
    subnetIds: aws?.subnetIds ?? [],
    ...(aws?.profile !== undefined && { profile: aws.profile }),
    ...(role?.roleArn !== undefined && {
      assumeRole: {
        roleArn: role.roleArn,
        ...defined({ sessionName: role.sessionName, externalId: role.externalId }),
      },
    }),
  };
}

/** A router's place in Azure. Ids of subscriptions and tenants are in lower case, as Azure itself compares them. */
export function azurePlace(azure: WrittenAzure): AzurePlace {
  const location = azure.location ?? '';
  const subscription = azure.subscriptionId ?? parseSubnetId(azure.subnetId ?? '')?.subscriptionId ?? '';
  return {
    subscriptionId: subscription.toLowerCase(),
    ...(azure.tenantId !== undefined && { tenantId: azure.tenantId.toLowerCase() }),
    location,
    resourceGroupName: azure.resourceGroupName ?? '',
    network: networkOf(azure),
    natAddresses: azure.natAddresses ?? 1,
    visibility: (azure.visibility ?? ['*']).map((id) => id.toLowerCase()),
    autoApproval: (azure.autoApproval ?? []).map((id) => id.toLowerCase()),
    loadBalancing: azure.loadBalancing ?? 'per-target',
    forwarder: forwarderOf(azure.forwarder ?? {}, location),
  };
}

function networkOf({ network, subnetId, natSubnetId }: WrittenAzure): AzureNetwork {
  return network?.addressSpace !== undefined
    ? { addressSpace: network.addressSpace }
    : { subnetId: subnetId ?? '', natSubnetId: natSubnetId ?? '' };
}

function forwarderOf(forwarder: WrittenForwarder, location: string): Forwarder {
  const { engine, instances, size, zones, image, imageUpgrades, encryptionAtHost, ssh, egress, metrics, maintenance } =
    forwarder;
  return {
    engine: engine ?? DEFAULT_ENGINE,
    instances: instances ?? DEFAULT_INSTANCES,
    size: size ?? DEFAULT_SIZE,
    zones: zones === undefined ? (hasZones(location) === false ? [] : ALL_ZONES) : [...zones].sort(),
    image: imageOf(image),
    ...(imageUpgrades === true && { imageUpgrades }),
    ...(encryptionAtHost === true && { encryptionAtHost }),
    ...(ssh?.publicKey !== undefined && { ssh: { publicKey: ssh.publicKey.trim(), from: ssh.from ?? [] } }),
    egress: egressOf(egress),
    ...(metrics?.from !== undefined &&
      metrics.from.length > 0 && { metrics: { from: metrics.from.filter((one) => one !== undefined) } }),
    ...(forwarder.runCommand === true && { runCommand: true }),
    ...(egress !== 'image' && egress !== 'none' && { maintenance: maintenanceOf(maintenance) }),
  };
}

function imageOf(image: WrittenForwarder['image']): ForwarderImage {
  if (image?.id !== undefined) return { id: image.id };
  return {
    publisher: image?.publisher ?? DEFAULT_IMAGE.publisher,
    offer: image?.offer ?? DEFAULT_IMAGE.offer,
    sku: image?.sku ?? DEFAULT_IMAGE.sku,
    version: image?.version ?? DEFAULT_IMAGE.version,
  };
}

function maintenanceOf(maintenance: WrittenForwarder['maintenance']): Maintenance {
  const days = maintenance?.days ?? DEFAULT_MAINTENANCE.days;
  return {
    days: WEEKDAYS.filter((day) => days.includes(day)),
    start: maintenance?.start ?? DEFAULT_MAINTENANCE.start,
    hours: maintenance?.hours ?? DEFAULT_MAINTENANCE.hours,
  };
}

function egressOf(egress: WrittenForwarder['egress']): Egress {
  if (typeof egress === 'object') {
    const { mirror } = egress;
    if (typeof mirror !== 'object') return { kind: 'mirror', mirror: mirror ?? '' };
    const { url, signingKey, caCertificate } = mirror;
    return {
      kind: 'mirror',
      mirror: url ?? '',
      ...(signingKey !== undefined && { signingKey: lines(signingKey) }),
      ...(caCertificate !== undefined && { caCertificate: lines(caCertificate) }),
    };
  }
  return { kind: egress ?? 'nat' };
}

/** Text of several lines as a file holds it, whoever wrote it on which system. */
function lines(text: string): string {
  return `${text.replaceAll('\r', '').trim()}\n`;
}
