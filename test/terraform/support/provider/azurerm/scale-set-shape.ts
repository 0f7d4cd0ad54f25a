import { commonOf } from './network';
import { given, idOf, object, objects, only, text, texts, type Value, type Values } from './shape';

export function toSku(planned: Values): Values {
  return { name: planned.sku, tier: 'Standard', capacity: planned.instances };
}

function optionalId(id: Value): Values | null {
  return text(id) === '' ? null : { id };
}

function toInterface(nic: Values): Values {
  return {
    name: nic.name,
    properties: given({
      primary: nic.primary,
      enableAcceleratedNetworking: nic.enable_accelerated_networking,
      enableIPForwarding: nic.enable_ip_forwarding,
      dnsSettings: { dnsServers: texts(nic.dns_servers) },
      networkSecurityGroup: optionalId(nic.network_security_group_id),
      ipConfigurations: objects(nic.ip_configuration).map((one) => ({
        name: one.name,
        properties: given({
          primary: one.primary,
          privateIPAddressVersion: one.version,
          subnet: optionalId(one.subnet_id),
          loadBalancerBackendAddressPools: texts(one.load_balancer_backend_address_pool_ids).map((id) => ({ id })),
        }),
      })),
    }),
  };
}

function toImage(planned: Values): Values {
  const id = text(planned.source_image_id);
  return id === '' ? { ...object(only(planned.source_image_reference)) } : { id };
}

function toSecurity(planned: Values): Values | null {
  const [secureBoot, vtpm] = [planned.secure_boot_enabled === true, planned.vtpm_enabled === true];
  const uefi = secureBoot || vtpm;
  if (!uefi && planned.encryption_at_host_enabled !== true) return null;
  return given({
    encryptionAtHost: planned.encryption_at_host_enabled === true ? true : null,
    securityType: uefi ? 'TrustedLaunch' : null,
    uefiSettings: uefi ? { secureBootEnabled: secureBoot, vTpmEnabled: vtpm } : null,
  });
}

/** What each machine is made of. */
export function toProfile(planned: Values): Values {
  const user = text(planned.admin_username);
  const disk = object(only(planned.os_disk));
  const notice = only(planned.termination_notification);
  const diagnostics = only(planned.boot_diagnostics);
  return given({
    priority: planned.priority,
    osProfile: given({
      adminUsername: user,
      adminPassword: text(planned.admin_password),
      computerNamePrefix: text(planned.computer_name_prefix) || text(planned.name),
      customData: text(planned.custom_data),
      allowExtensionOperations: planned.extension_operations_enabled,
      linuxConfiguration: {
        disablePasswordAuthentication: planned.disable_password_authentication,
        provisionVMAgent: planned.provision_vm_agent,
        ssh: {
          publicKeys: objects(planned.admin_ssh_key).map((key) => ({
            path: `/home/${text(key.username)}/.ssh/authorized_keys`,
            keyData: text(key.public_key),
          })),
        },
      },
    }),
    diagnosticsProfile:
      diagnostics === undefined
        ? null
        : { bootDiagnostics: given({ enabled: true, storageUri: diagnostics.storage_account_uri }) },
    networkProfile: given({
      healthProbe: optionalId(planned.health_probe_id),
      networkInterfaceConfigurations: objects(planned.network_interface).map(toInterface),
    }),
    storageProfile: {
      imageReference: toImage(planned),
      osDisk: given({
        caching: disk.caching,
        createOption: 'FromImage',
        osType: 'Linux',
        diskSizeGB: disk.disk_size_gb,
        writeAcceleratorEnabled: disk.write_accelerator_enabled,
        managedDisk: { storageAccountType: disk.storage_account_type },
      }),
    },
    extensionProfile: { extensionsTimeBudget: planned.extensions_time_budget },
    securityProfile: toSecurity(planned),
    scheduledEventsProfile:
      notice === undefined
        ? null
        : { terminateNotificationProfile: { enable: notice.enabled, notBeforeTimeout: notice.timeout } },
  });
}

/** What holds for the scale set as a whole. */
export function toProperties(planned: Values): Values {
  const rolling = only(planned.rolling_upgrade_policy);
  const upgrades = only(planned.automatic_os_upgrade_policy);
  const repair = only(planned.automatic_instance_repair);
  const scaleIn = only(planned.scale_in);
  const zonal = texts(planned.zones).length > 0;
  return given({
    orchestrationMode: 'Uniform',
    overprovision: planned.overprovision,
    singlePlacementGroup: planned.single_placement_group,
    doNotRunExtensionsOnOverprovisionedVMs: planned.do_not_run_extensions_on_overprovisioned_machines,
    zoneBalance: planned.zone_balance === true ? true : null,
    platformFaultDomainCount:
      typeof planned.platform_fault_domain_count === 'number' ? planned.platform_fault_domain_count : null,
    upgradePolicy: given({
      mode: planned.upgrade_mode,
      automaticOSUpgradePolicy:
        upgrades === undefined
          ? null
          : {
              enableAutomaticOSUpgrade: upgrades.enable_automatic_os_upgrade,
              disableAutomaticRollback: upgrades.disable_automatic_rollback,
            },
      rollingUpgradePolicy:
        rolling === undefined
          ? null
          : given({
              maxBatchInstancePercent: rolling.max_batch_instance_percent,
              maxUnhealthyInstancePercent: rolling.max_unhealthy_instance_percent,
              maxUnhealthyUpgradedInstancePercent: rolling.max_unhealthy_upgraded_instance_percent,
              pauseTimeBetweenBatches: rolling.pause_time_between_batches,
              prioritizeUnhealthyInstances: rolling.prioritize_unhealthy_instances_enabled === true,
              maxSurge: rolling.maximum_surge_instances_enabled === true,
              enableCrossZoneUpgrade: zonal ? rolling.cross_zone_upgrades_enabled === true : null,
            }),
    }),
    automaticRepairsPolicy:
      repair === undefined
        ? null
        : {
            enabled: repair.enabled,
            // The real provider sends an empty text where nothing was said.
            gracePeriod: text(repair.grace_period),
            ...given({ repairAction: text(repair.action) }),
          },
    scaleInPolicy:
      scaleIn === undefined ? null : { rules: [scaleIn.rule], forceDeletion: scaleIn.force_deletion_enabled },
  });
}

function fromInterface(nic: Values): Values {
  const properties = object(nic.properties);
  return {
    name: nic.name,
    primary: properties.primary,
    enable_accelerated_networking: properties.enableAcceleratedNetworking,
    enable_ip_forwarding: properties.enableIPForwarding,
    network_security_group_id: idOf(properties.networkSecurityGroup),
    dns_servers: texts(object(properties.dnsSettings).dnsServers),
    auxiliary_mode: '',
    auxiliary_sku: '',
    ip_configuration: objects(properties.ipConfigurations).map((one) => {
      const own = object(one.properties);
      return {
        name: one.name,
        primary: own.primary,
        version: own.privateIPAddressVersion,
        subnet_id: idOf(own.subnet),
        load_balancer_backend_address_pool_ids: objects(own.loadBalancerBackendAddressPools).map(({ id }) => id),
      };
    }),
  };
}

function fromPolicies(properties: Values): Values {
  const { mode, automaticOSUpgradePolicy, rollingUpgradePolicy } = object(properties.upgradePolicy);
  const upgrades = object(automaticOSUpgradePolicy);
  const rolling = object(rollingUpgradePolicy);
  const repair = object(properties.automaticRepairsPolicy);
  const scaleIn = object(properties.scaleInPolicy);
  return {
    upgrade_mode: mode,
    automatic_os_upgrade_policy:
      automaticOSUpgradePolicy === undefined
        ? []
        : [
            {
              enable_automatic_os_upgrade: upgrades.enableAutomaticOSUpgrade,
              disable_automatic_rollback: upgrades.disableAutomaticRollback,
            },
          ],
    rolling_upgrade_policy:
      rollingUpgradePolicy === undefined
        ? []
        : [
            {
              max_batch_instance_percent: rolling.maxBatchInstancePercent,
              max_unhealthy_instance_percent: rolling.maxUnhealthyInstancePercent,
              max_unhealthy_upgraded_instance_percent: rolling.maxUnhealthyUpgradedInstancePercent,
              pause_time_between_batches: rolling.pauseTimeBetweenBatches,
              prioritize_unhealthy_instances_enabled: rolling.prioritizeUnhealthyInstances,
              maximum_surge_instances_enabled: rolling.maxSurge,
              cross_zone_upgrades_enabled: rolling.enableCrossZoneUpgrade ?? false,
            },
          ],
    automatic_instance_repair:
      properties.automaticRepairsPolicy === undefined
        ? []
        : [{ enabled: repair.enabled, grace_period: repair.gracePeriod, action: repair.repairAction }],
    scale_in:
      properties.scaleInPolicy === undefined
        ? []
        : [{ rule: texts(scaleIn.rules)[0] ?? 'Default', force_deletion_enabled: scaleIn.forceDeletion ?? false }],
  };
}

/** The attributes of a scale set as it is; its custom data is never shown, and so not here. */
export function fromScaleSet(id: string, found: Values): Values {
  const properties = object(found.properties);
  const profile = object(properties.virtualMachineProfile);
  const os = object(profile.osProfile);
  const linux = object(os.linuxConfiguration);
  const network = object(profile.networkProfile);
  const storage = object(profile.storageProfile);
  const disk = object(storage.osDisk);
  const image = object(storage.imageReference);
  const security = object(profile.securityProfile);
  const notice = object(object(profile.scheduledEventsProfile).terminateNotificationProfile);
  const diagnostics = object(object(profile.diagnosticsProfile).bootDiagnostics);
  return {
    ...commonOf(id, found),
    ...fromPolicies(properties),
    zones: texts(found.zones),
    sku: object(found.sku).name,
    instances: object(found.sku).capacity,
    unique_id: properties.uniqueId,
    overprovision: properties.overprovision,
    single_placement_group: properties.singlePlacementGroup,
    zone_balance: properties.zoneBalance,
    platform_fault_domain_count: properties.platformFaultDomainCount,
    do_not_run_extensions_on_overprovisioned_machines: properties.doNotRunExtensionsOnOverprovisionedVMs,
    priority: profile.priority,
    admin_username: os.adminUsername,
    computer_name_prefix: os.computerNamePrefix,
    extension_operations_enabled: os.allowExtensionOperations,
    disable_password_authentication: linux.disablePasswordAuthentication,
    provision_vm_agent: linux.provisionVMAgent,
    admin_ssh_key: objects(object(linux.ssh).publicKeys).map((key) => ({
      username: text(key.path).split('/')[2] ?? '',
      public_key: key.keyData,
    })),
    network_interface: objects(network.networkInterfaceConfigurations).map(fromInterface),
    health_probe_id: idOf(network.healthProbe),
    os_disk: [
      {
        caching: disk.caching,
        disk_size_gb: disk.diskSizeGB,
        storage_account_type: object(disk.managedDisk).storageAccountType,
        write_accelerator_enabled: disk.writeAcceleratorEnabled,
      },
    ],
    source_image_id: text(image.id),
    source_image_reference:
      image.id === undefined
        ? [{ publisher: image.publisher, offer: image.offer, sku: image.sku, version: image.version }]
        : [],
    boot_diagnostics: diagnostics.enabled === true ? [{ storage_account_uri: text(diagnostics.storageUri) }] : [],
    termination_notification:
      notice.enable === undefined ? [] : [{ enabled: notice.enable, timeout: notice.notBeforeTimeout }],
    extensions_time_budget: object(profile.extensionProfile).extensionsTimeBudget,
    encryption_at_host_enabled: security.encryptionAtHost ?? false,
    secure_boot_enabled: object(security.uefiSettings).secureBootEnabled ?? false,
    vtpm_enabled: object(security.uefiSettings).vTpmEnabled ?? false,
    extension: [],
  };
}
