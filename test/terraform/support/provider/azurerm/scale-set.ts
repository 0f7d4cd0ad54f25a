import { type Problem, ProviderError } from '../kind';
import { isUnknown, same } from '../values';
import type { ArmKind } from './arm-kind';
import { anyId, atLeast, base64, duration, filled, idLike, json, matching, oneOf, sshKey, wholeNumber } from './checks';
import { COMMON, commonTo, groupId } from './network';
import { fromScaleSet, toProfile, toProperties, toSku } from './scale-set-shape';
import { given, object, objects, only, text, texts, type Values } from './shape';

const SCALE_SET = 'Microsoft.Compute/virtualMachineScaleSets';
/** What a name of a machine may not hold. */
const PREFIX = matching(/^[^\\/"[\]:/<>+=;,?*@&~!#$%^()_{}']{1,58}$/, 'is longer than 58 or has a special character');

const DEFAULTS = {
  disable_password_authentication: true,
  do_not_run_extensions_on_overprovisioned_machines: false,
  extension_operations_enabled: true,
  extensions_time_budget: 'PT1H30M',
  instances: 0,
  max_bid_price: -1,
  overprovision: true,
  priority: 'Regular',
  provision_vm_agent: true,
  resilient_vm_creation_enabled: false,
  resilient_vm_deletion_enabled: false,
  single_placement_group: true,
  upgrade_mode: 'Manual',
  zone_balance: false,
  'network_interface.enable_accelerated_networking': false,
  'network_interface.enable_ip_forwarding': false,
  'network_interface.primary': false,
  'network_interface.ip_configuration.primary': false,
  'network_interface.ip_configuration.version': 'IPv4',
  'os_disk.write_accelerator_enabled': false,
  'scale_in.force_deletion_enabled': false,
  'scale_in.rule': 'Default',
  'termination_notification.timeout': 'PT5M',
};

function imageProblem(config: Values): readonly Problem[] {
  const values = [config.source_image_id, config.source_image_reference];
  const known = values.filter((one) => !isUnknown(one));
  const given = known.filter((one) => (Array.isArray(one) ? one.length > 0 : text(one) !== '')).length;
  // What is unknown may turn out to be given, or not.
  if (given === 1 || (given === 0 && known.length < values.length)) return [];
  const detail = 'one of `source_image_id,source_image_reference` must be specified';
  return [{ summary: 'Invalid combination of arguments', detail }];
}

/** What the provider refuses only when it applies. */
function demandSound(planned: Values): void {
  const mode = text(planned.upgrade_mode);
  const rolling = only(planned.rolling_upgrade_policy);
  const probe = text(planned.health_probe_id);
  const zonal = texts(planned.zones).length > 0;
  const faults: readonly (readonly [boolean, string])[] = [
    [
      mode === 'Manual' && rolling !== undefined,
      'a `rolling_upgrade_policy` block cannot be specified when `upgrade_mode` is set to "Manual"',
    ],
    [
      mode === 'Manual' && only(planned.automatic_os_upgrade_policy) !== undefined,
      'an `automatic_os_upgrade_policy` block cannot be specified when `upgrade_mode` is not set to `Automatic` or `Rolling`',
    ],
    [
      mode === 'Rolling' && rolling === undefined,
      'a `rolling_upgrade_policy` block must be specified when `upgrade_mode` is set to "Rolling"',
    ],
    [
      mode === 'Rolling' && probe === '',
      '`health_probe_id` must be set or a health extension must be specified when `upgrade_mode` is set to "Rolling"',
    ],
    [
      rolling?.cross_zone_upgrades_enabled === true && !zonal,
      '`rolling_upgrade_policy.0.cross_zone_upgrades_enabled` can only be set to `true` when `zones` is specified',
    ],
    [
      rolling?.maximum_surge_instances_enabled === true && planned.overprovision === true,
      '`rolling_upgrade_policy.0.maximum_surge_instances_enabled` can only be set to `true` when `overprovision` is disabled (set to `false`)',
    ],
    [
      only(planned.automatic_instance_repair) !== undefined && probe === '',
      '`automatic_instance_repair` can only be set if there is an application Health extension or a `health_probe_id` defined',
    ],
    [
      planned.disable_password_authentication === true &&
        text(planned.admin_password) === '' &&
        objects(planned.admin_ssh_key).length === 0,
      'at least one SSH key must be specified if `disable_password_authentication` is enabled',
    ],
    [planned.zone_balance === true && !zonal, '`zone_balance` can only be set to `true` when zones are specified'],
  ];
  const fault = faults.find(([holds]) => holds);
  if (fault !== undefined) throw new ProviderError(fault[1]);
}

/** A PATCH of what has changed: the parts that are not sent stay as they are. */
function changes(planned: Values, prior: Values, present: Values): Values {
  const changed = (...names: readonly string[]): boolean => names.some((name) => !same(prior[name], planned[name]));
  const profile = object(object(present.properties).virtualMachineProfile);
  const wanted = toProfile(planned);
  const os = object(wanted.osProfile);
  const wholly = (part: string, ...names: readonly string[]): Values =>
    changed(...names) ? { [part]: wanted[part] } : {};
  const properties = toProperties(planned);
  return {
    ...(changed('tags') ? { tags: object(planned.tags) } : {}),
    ...(changed('zones') ? { zones: texts(planned.zones) } : {}),
    ...(changed('sku', 'instances') ? { sku: toSku(planned) } : {}),
    properties: {
      ...(changed('rolling_upgrade_policy', 'automatic_os_upgrade_policy')
        ? { upgradePolicy: properties.upgradePolicy }
        : { upgradePolicy: object(present.properties).upgradePolicy }),
      ...(changed('automatic_instance_repair')
        ? given({ automaticRepairsPolicy: properties.automaticRepairsPolicy })
        : {}),
      ...(changed('scale_in') ? given({ scaleInPolicy: properties.scaleInPolicy }) : {}),
      ...(changed('overprovision') ? { overprovision: planned.overprovision } : {}),
      virtualMachineProfile: {
        ...wholly('networkProfile', 'network_interface', 'health_probe_id'),
        ...wholly('diagnosticsProfile', 'boot_diagnostics'),
        ...(changed('termination_notification')
          ? given({ scheduledEventsProfile: wanted.scheduledEventsProfile })
          : {}),
        storageProfile: {
          imageReference: object(profile.storageProfile).imageReference,
          ...(changed('os_disk', 'source_image_id', 'source_image_reference') ? object(wanted.storageProfile) : {}),
        },
        ...(changed('admin_ssh_key', 'custom_data')
          ? {
              osProfile: given({
                ...(changed('custom_data') ? { customData: text(planned.custom_data) } : {}),
                ...(changed('admin_ssh_key') ? { linuxConfiguration: { ssh: object(os.linuxConfiguration).ssh } } : {}),
              }),
            }
          : {}),
        ...(changed('extensions_time_budget')
          ? { extensionProfile: { extensionsTimeBudget: planned.extensions_time_budget } }
          : {}),
      },
    },
  };
}

export const scaleSet: ArmKind = {
  type: 'azurerm_linux_virtual_machine_scale_set',
  replacing: [
    ...['name', 'location', 'resource_group_name', 'admin_username', 'admin_password', 'computer_name_prefix'],
    ...['platform_fault_domain_count', 'priority', 'provision_vm_agent', 'secure_boot_enabled', 'vtpm_enabled'],
    ...['upgrade_mode', 'zone_balance', 'extension_operations_enabled', 'network_interface.name'],
    ...['os_disk.storage_account_type', 'os_disk.disk_encryption_set_id', 'os_disk.security_encryption_type'],
  ],
  replaces: (prior, wanted) => {
    const zones = texts(wanted.zones);
    const [before, after] = [prior, wanted].map(({ rolling_upgrade_policy: blocks }) => objects(blocks).length);
    return [
      ...(texts(prior.zones).some((zone) => !zones.includes(zone)) ? ['zones'] : []),
      ...(before === after ? [] : ['rolling_upgrade_policy']),
    ];
  },
  defaults: DEFAULTS,
  computedBlocks: ['extension'],
  checks: {
    ...COMMON,
    name: matching(
      /^[A-Za-z0-9][\w.-]{0,79}$/,
      'must begin with an alphanumeric character and be at most 80 characters',
    ),
    computer_name_prefix: PREFIX,
    sku: filled,
    instances: [wholeNumber, atLeast(0)],
    zones: filled,
    admin_username: filled,
    upgrade_mode: oneOf('Automatic', 'Manual', 'Rolling'),
    health_probe_id: anyId,
    custom_data: base64,
    extensions_time_budget: duration('PT15M', 'PT2H'),
    'admin_ssh_key.public_key': sshKey,
    'os_disk.caching': oneOf('None', 'ReadOnly', 'ReadWrite'),
    'os_disk.storage_account_type': oneOf(
      ...['Premium_LRS', 'Premium_ZRS', 'Standard_LRS', 'StandardSSD_LRS', 'StandardSSD_ZRS'],
    ),
    'network_interface.ip_configuration.subnet_id': idLike('Microsoft.Network/virtualNetworks/subnets'),
    'rolling_upgrade_policy.pause_time_between_batches': duration(),
    'automatic_instance_repair.grace_period': duration('PT10M', 'PT1H30M'),
    'automatic_instance_repair.action': oneOf('Reimage', 'Replace', 'Restart'),
    'termination_notification.timeout': duration('PT5M', 'PT15M'),
    'scale_in.rule': oneOf('Default', 'NewestVM', 'OldestVM'),
  },
  together: imageProblem,
  id: (planned, client) => groupId(client, planned, SCALE_SET),
  write: async (client, id, planned, prior) => {
    demandSound(planned);
    if (prior !== undefined) {
      await client.patch(id, changes(planned, prior, object(await client.get(id))));
      return;
    }
    await client.put(id, {
      ...commonTo(planned),
      ...(texts(planned.zones).length === 0 ? {} : { zones: texts(planned.zones) }),
      sku: toSku(planned),
      properties: { ...toProperties(planned), virtualMachineProfile: toProfile(planned) },
    });
  },
  read: async (client, id) => {
    const found = await client.get(id);
    return found === undefined ? undefined : fromScaleSet(id, found);
  },
  remove: async (client, id) => {
    const found = await client.get(id);
    if (found === undefined) return;
    // Scaled to nothing first, as the provider does it unless a feature says no.
    await client.patch(id, { sku: { ...object(found.sku), capacity: 0 } });
    await client.remove(id);
  },
};

export const scaleSetExtension: ArmKind = {
  type: 'azurerm_virtual_machine_scale_set_extension',
  replacing: ['name', 'virtual_machine_scale_set_id', 'publisher', 'type'],
  defaults: { auto_upgrade_minor_version: true, failure_suppression_enabled: false },
  checks: {
    name: filled,
    virtual_machine_scale_set_id: idLike(SCALE_SET),
    publisher: filled,
    type: filled,
    type_handler_version: filled,
    settings: json,
    protected_settings: json,
  },
  id: (planned) => `${text(planned.virtual_machine_scale_set_id)}/extensions/${text(planned.name)}`,
  write: (client, id, planned, prior) => {
    const parsed = (name: string): Values => {
      const changed = prior === undefined || !same(prior[name], planned[name]);
      const value = text(planned[name]);
      const key = name === 'settings' ? 'settings' : 'protectedSettings';
      return changed && value !== '' ? { [key]: JSON.parse(value) } : {};
    };
    return client.put(id, {
      name: planned.name,
      properties: {
        publisher: planned.publisher,
        type: planned.type,
        typeHandlerVersion: planned.type_handler_version,
        autoUpgradeMinorVersion: planned.auto_upgrade_minor_version,
        enableAutomaticUpgrade: planned.automatic_upgrade_enabled === true,
        suppressFailures: planned.failure_suppression_enabled,
        ...given({ forceUpdateTag: planned.force_update_tag }),
        ...parsed('settings'),
        ...parsed('protected_settings'),
      },
    });
  },
  read: async (client, id, state) => {
    const found = await client.get(id);
    if (found === undefined) return undefined;
    const properties = object(found.properties);
    const own = text(state.settings);
    const settings = properties.settings === undefined ? '' : JSON.stringify(properties.settings);
    return {
      name: found.name,
      virtual_machine_scale_set_id: id.split('/').slice(0, -2).join('/'),
      publisher: properties.publisher,
      type: properties.type,
      type_handler_version: properties.typeHandlerVersion,
      auto_upgrade_minor_version: properties.autoUpgradeMinorVersion,
      automatic_upgrade_enabled: properties.enableAutomaticUpgrade,
      failure_suppression_enabled: properties.suppressFailures,
      force_update_tag: text(properties.forceUpdateTag),
      settings: own !== '' && settings !== '' && same(JSON.parse(own), JSON.parse(settings)) ? own : settings,
    };
  },
  remove: (client, id) => client.remove(id),
};
