import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import {
  LinuxVirtualMachineScaleSet,
  type LinuxVirtualMachineScaleSetConfig,
  VirtualMachineScaleSetExtension,
} from '../../bindings';
import { expression, mapExpression, numberExpression, pinned, shardResource } from '../expression';
import { terraformText, terraformValue } from '../terraform-text';
import { asFlag, asNumber, asText, Reference, type ValueOrRef } from '../value-or-ref';
import type { ForwarderMachine, GivenForwarder } from './forwarder-machine';
import type { AzureNetwork } from './network';
import { placeholderPublicKey } from './placeholder-ssh-key';
import type { PoolConfiguration } from './pool-configuration';
import type { PoolLoadBalancer } from './pool-load-balancer';
import type { PoolSecurityGroup } from './pool-security-group';
import { machineZones } from './zones';

/** The machines' only user. A change replaces the scale set. */
const USER = 'forwarder';

/** Gigabytes: no smaller than the disks of the usual Linux images, since a disk must hold its image. */
const DISK_SIZE_GB = 64;

/**
 * How long a roll-out may take on one batch of machines: the apply script waits 25 minutes for the bootstrap of a new one and for
 * an earlier run together, then installs and starts the engine. Azure's bounds: 15 min to 2 h.
 */
const EXTENSIONS_TIME_BUDGET = 'PT45M';

/** A new machine has this long to become healthy before it is replaced. Azure's bounds: 10 to 90 minutes. */
const REPAIR_GRACE_PERIOD = 'PT30M';

/** Warning that a machine gets before it is deleted. Azure's bounds: 5 to 15 minutes. */
const TERMINATION_NOTICE = 'PT5M';

/** How long Terraform waits for a roll-out over all machines. */
const ROLLOUT_TIMEOUT = '90m';

/** `PlannedPool`, of which Terraform may fill in the names. */
export interface GivenPool {
  /** Undefined in a module, which has one pool. */
  readonly key?: string;
  readonly name: ValueOrRef<string>;
  readonly deletionProtection: boolean;
  readonly loadBalancerName: ValueOrRef<string>;
  readonly securityGroupName: ValueOrRef<string>;
  readonly scaleSetName: ValueOrRef<string>;
  readonly computerNamePrefix: ValueOrRef<string>;
  readonly acceleratedNetworking: ValueOrRef<boolean>;
}

/** Bounds that only Terraform can hold, since it renders the files; undefined: not checked. */
export interface PoolLimits {
  /** Bytes of the bootstrap. */
  readonly customData?: number;
  /** Bytes of the extension's script, base64 included. */
  readonly extensionScript?: number;
}

export interface PoolScaleSetProps {
  readonly plan: GivenPool;
  readonly forwarder: GivenForwarder;
  readonly network: AzureNetwork;
  readonly machine: ForwarderMachine;
  readonly balancer: PoolLoadBalancer;
  readonly securityGroup: PoolSecurityGroup;
  readonly configuration: PoolConfiguration;
  /** What has to stand before a machine boots. */
  readonly after: readonly ITerraformDependable[];
  readonly limits: PoolLimits;
  readonly tags: string;
}

/** The forwarders of a pool, and the extension that brings each new configuration to all of them. */
export class PoolScaleSet extends Construct {
  public readonly scaleSet: LinuxVirtualMachineScaleSet;
  public readonly configuration: VirtualMachineScaleSetExtension;

  public constructor(scope: Construct, id: string, props: PoolScaleSetProps) {
    super(scope, id);
    this.scaleSet = pinned(this.machines(props), shardResource(props.plan.key));
    // New custom data reaches new machines alone; an extension whose settings change runs again on all of them.
    this.configuration = pinned(
      new VirtualMachineScaleSetExtension(this, 'configuration', {
        name: 'configuration',
        virtualMachineScaleSetId: this.scaleSet.id,
        publisher: 'Microsoft.Azure.Extensions',
        type: 'CustomScript',
        typeHandlerVersion: '2.1',
        autoUpgradeMinorVersion: true,
        settings: expression(`jsonencode({ script = ${props.configuration.script} })`),
        timeouts: { create: ROLLOUT_TIMEOUT, update: ROLLOUT_TIMEOUT },
        lifecycle: { precondition: scriptSize(props) },
      }),
      shardResource(props.plan.key, 'configuration'),
    );
  }

  private machines(props: PoolScaleSetProps): LinuxVirtualMachineScaleSet {
    const { plan, forwarder, network, balancer } = props;
    const { zones, image, ssh } = forwarder;
    const machines = new LinuxVirtualMachineScaleSet(this, 'machines', {
      name: asText(plan.scaleSetName),
      computerNamePrefix: asText(plan.computerNamePrefix),
      location: expression(network.location),
      resourceGroupName: expression(network.resourceGroupName),
      sku: asText(forwarder.size),
      instances: asNumber(forwarder.instances),
      ...machineZones(zones),
      zoneBalance: false,
      // One domain means: spread over as many racks as there are.
      platformFaultDomainCount: 1,
      overprovision: false,
      singlePlacementGroup: true,
      adminUsername: USER,
      disablePasswordAuthentication: true,
      adminSshKey: [{ username: USER, publicKey: asText(ssh?.publicKey ?? placeholderPublicKey()) }],
      secureBootEnabled: true,
      vtpmEnabled: true,
      encryptionAtHostEnabled: asFlag(forwarder.encryptionAtHost ?? false),
      ...imageArguments(image),
      // The one type of disk that every size of machine takes.
      osDisk: { caching: 'ReadWrite', storageAccountType: 'StandardSSD_LRS', diskSizeGb: DISK_SIZE_GB },
      customData: expression(`base64encode(${props.machine.bootstrap})`),
      networkInterface: [
        {
          name: 'nic',
          primary: true,
          enableAcceleratedNetworking: asFlag(plan.acceleratedNetworking),
          networkSecurityGroupId: props.securityGroup.group.id,
          ipConfiguration: [
            {
              name: 'ipconfig',
              primary: true,
              subnetId: expression(network.vmSubnetId),
              loadBalancerBackendAddressPoolIds: [balancer.machines.id],
            },
          ],
        },
      ],
      healthProbeId: balancer.health.id,
      upgradeMode: 'Rolling',
      // Always said: a scale set whose block goes keeps what it had.
      automaticOsUpgradePolicy: {
        enableAutomaticOsUpgrade: asFlag(forwarder.imageUpgrades ?? false),
        disableAutomaticRollback: false,
      },
      rollingUpgradePolicy: rollingUpgrade(forwarder.instances),
      automaticInstanceRepair: { enabled: true, gracePeriod: REPAIR_GRACE_PERIOD, action: 'Replace' },
      terminationNotification: { enabled: true, timeout: TERMINATION_NOTICE },
      extensionsTimeBudget: EXTENSIONS_TIME_BUDGET,
      // Empty: in storage that Azure manages.
      bootDiagnostics: {},
      tags: mapExpression(props.tags),
      timeouts: { create: ROLLOUT_TIMEOUT, update: ROLLOUT_TIMEOUT },
      // A probe is of use to a scale set only once a rule uses it: without this order most first applies fail.
      dependsOn: [balancer.permanentRule, ...props.after],
      lifecycle: { precondition: bootstrapSize(props) },
    });
    if (image instanceof Reference) machines.addOverride('dynamic', { source_image_reference: imageBlock(image) });
    return machines;
  }
}

/** The image by its id, or by what the marketplace calls it. Where only Terraform knows which, the latter is a dynamic block. */
function imageArguments(
  image: GivenForwarder['image'],
): Pick<LinuxVirtualMachineScaleSetConfig, 'sourceImageId' | 'sourceImageReference'> {
  if (image instanceof Reference) return { sourceImageId: expression(`${image.terraform}.id`) };
  if (image.id !== undefined) return { sourceImageId: terraformText(image.id) };
  const { publisher, offer, sku, version } = image;
  return { sourceImageReference: terraformValue({ publisher, offer, sku, version }) };
}

function imageBlock(image: Reference): Record<string, unknown> {
  const parts = ['publisher', 'offer', 'sku', 'version'].map((part) => [
    part,
    expression(`source_image_reference.value.${part}`),
  ]);
  return {
    for_each: expression(`[for image in [${image.terraform}] : image if image.id == null]`),
    content: Object.fromEntries(parts),
  };
}

/** One machine at a time of up to five, a fifth of more; a machine that is ill already counts among those. */
function rollingUpgrade(
  instances: ValueOrRef<number>,
): NonNullable<LinuxVirtualMachineScaleSetConfig['rollingUpgradePolicy']> {
  const batch =
    instances instanceof Reference
      ? new Reference(`max(20, ceil(100 / ${instances.terraform}))`)
      : Math.max(20, Math.ceil(100 / instances));
  return {
    maxBatchInstancePercent: asNumber(batch),
    maxUnhealthyInstancePercent:
      batch instanceof Reference ? numberExpression(`max(50, ${batch.terraform})`) : Math.max(50, batch),
    maxUnhealthyUpgradedInstancePercent: 20,
    pauseTimeBetweenBatches: 'PT30S',
    crossZoneUpgradesEnabled: false,
    prioritizeUnhealthyInstancesEnabled: true,
    maximumSurgeInstancesEnabled: false,
  };
}

function bootstrapSize({ limits, machine }: PoolScaleSetProps): { condition: string; errorMessage: string }[] {
  if (limits.customData === undefined) return [];
  // In base64, whose letters are bytes: the length of a text counts characters.
  const size = `floor(length(base64encode(${machine.bootstrap})) * 3 / 4)`;
  return [
    {
      condition: expression(`${size} <= ${limits.customData}`),
      errorMessage: `The bootstrap of the forwarders has \${${size}} bytes, and Azure takes ${limits.customData} as custom data. Shorten what egress adds to it.`,
    },
  ];
}

function scriptSize({ limits, configuration, plan }: PoolScaleSetProps): { condition: string; errorMessage: string }[] {
  if (limits.extensionScript === undefined) return [];
  return [
    {
      condition: expression(`length(${configuration.script}) <= ${limits.extensionScript}`),
      errorMessage: `The configuration of the forwarders of ${asText(plan.name)} has \${length(${configuration.script})} bytes, and Azure's script extension takes ${limits.extensionScript}. Give some of the pool's targets to another router.`,
    },
  ];
}
