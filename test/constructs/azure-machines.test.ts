import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { azureRouter, azureShard, fiveAzureTargets, placeWith } from './support/azure-plans';
import { at, has, type Tree, terraformOf } from './support/synthesized';

const tree = terraformOf(azureRouter([azureShard(1, fiveAzureTargets())]));
const machines = (of: Tree = tree): Tree => at(of, 'resource', 'azurerm_linux_virtual_machine_scale_set', 'p1');

describe('the machines of a pool', () => {
  it('are spread over racks rather than balanced over zones, and are as many as asked for', () => {
    expect(machines()).toMatchObject({
      zone_balance: false,
      platform_fault_domain_count: 1,
      overprovision: false,
      single_placement_group: true,
      instances: 2,
    });
  });

  it('let nobody in by password, start from signed code, and keep their disk for any size', () => {
    expect(machines()).toMatchObject({
      admin_username: 'forwarder',
      disable_password_authentication: true,
      secure_boot_enabled: true,
      vtpm_enabled: true,
      os_disk: { caching: 'ReadWrite', storage_account_type: 'StandardSSD_LRS', disk_size_gb: 64 },
      boot_diagnostics: {},
    });
  });

  it('are rolled over in batches that leave half of them, the ill ones first, and stop where the new ones are ill', () => {
    expect(machines()).toMatchObject({
      upgrade_mode: 'Rolling',
      rolling_upgrade_policy: {
        max_batch_instance_percent: 50,
        max_unhealthy_instance_percent: 50,
        max_unhealthy_upgraded_instance_percent: 20,
        pause_time_between_batches: 'PT30S',
        cross_zone_upgrades_enabled: false,
        prioritize_unhealthy_instances_enabled: true,
        maximum_surge_instances_enabled: false,
      },
    });
  });

  it('get newer versions of their image from Azure where that is asked for alone, and say so always', () => {
    const upgraded = terraformOf(
      azureRouter([azureShard(1, fiveAzureTargets())], { azure: placeWith({ imageUpgrades: true }) }),
    );
    const policy = (on: boolean): Tree => ({
      automatic_os_upgrade_policy: { enable_automatic_os_upgrade: on, disable_automatic_rollback: false },
    });
    expect(machines()).toMatchObject(policy(false));
    expect(machines(upgraded)).toMatchObject(policy(true));
  });

  it('are encrypted at their hosts where that is asked for alone, and say so always', () => {
    const asked = azureRouter([azureShard(1, fiveAzureTargets())], { azure: placeWith({ encryptionAtHost: true }) });
    expect(machines()).toMatchObject({ encryption_at_host_enabled: false });
    expect(machines(terraformOf(asked))).toMatchObject({ encryption_at_host_enabled: true });
  });

  it('get as long as Azure takes to come up, to be repaired, and to leave', () => {
    expect(machines()).toMatchObject({
      automatic_instance_repair: { enabled: true, grace_period: 'PT30M', action: 'Replace' },
      termination_notification: { enabled: true, timeout: 'PT5M' },
      extensions_time_budget: 'PT45M',
      timeouts: { create: '90m', update: '90m' },
    });
  });

  it('have more time for their extension than its script waits', () => {
    const script = readFileSync(join(__dirname, '..', '..', 'src', 'forwarder', 'apply.sh.tftpl'), 'utf8');
    const waits = [...script.matchAll(/^(\w+)_within=(\d+)$/gm)].map(([, name, seconds]) => [name, Number(seconds)]);
    expect(Object.keys(Object.fromEntries(waits))).toEqual(['begun', 'engine']);
    const [, minutes = '0'] = /^PT(\d+)M$/.exec(String(machines().extensions_time_budget)) ?? [];
    // An engine that does not come up is followed by the one before.
    const { begun, engine } = Object.fromEntries(waits) as Readonly<Record<string, number>>;
    const installing = 600;
    expect(Number(begun) + 2 * Number(engine) + installing).toBeLessThan(Number(minutes) * 60);
  });

  it('get a new configuration by the extension, of the newest minor version, and as long as a roll-out may take', () => {
    expect(at(tree, 'resource', 'azurerm_virtual_machine_scale_set_extension', 'p1_configuration')).toMatchObject({
      publisher: 'Microsoft.Azure.Extensions',
      type: 'CustomScript',
      type_handler_version: '2.1',
      auto_upgrade_minor_version: true,
      settings: '${jsonencode({ script = local.p1_apply_script })}',
      timeouts: { create: '90m', update: '90m' },
    });
  });

  it('ask DNS every second, send keep-alives in half the time of Private Link, and answer Azure’s probes alone', () => {
    expect(at(tree, 'locals', 'forwarder')).toMatchObject({
      keepalive: 120,
      resolve_interval: 1,
      noticed_after: 15,
      probes: ['168.63.129.16/32'],
    });
  });
});

it.each(['p1_health', 'p1_ready'])(
  'the probe %s notices a dead machine within ten seconds, the shortest that Azure takes',
  (name) => {
    expect(at(tree, 'resource', 'azurerm_lb_probe', name)).toMatchObject({
      interval_in_seconds: 5,
      number_of_probes: 2,
      probe_threshold: 2,
    });
  },
);

describe('the way out by a NAT gateway', () => {
  const address = (of: Tree): Tree => at(of, 'resource', 'azurerm_public_ip', 'egress');

  it('has one fixed address in every zone, and forgets idle connections as soon as Azure lets it', () => {
    expect(address(tree)).toMatchObject({ allocation_method: 'Static', sku: 'Standard', zones: ['1', '2', '3'] });
    expect(at(tree, 'resource', 'azurerm_nat_gateway', 'router')).toMatchObject({
      sku_name: 'Standard',
      idle_timeout_in_minutes: 4,
    });
    expect(at(tree, 'resource', 'azurerm_subnet_nat_gateway_association', 'vm')).toMatchObject({
      subnet_id: '${local.vm_subnet_id}',
      nat_gateway_id: '${azurerm_nat_gateway.router.id}',
    });
  });

  it('has no zone where the location has none', () => {
    const of = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ zones: [] }) }));
    expect(has(address(of), 'zones')).toBe(false);
    expect(has(machines(of), 'zones')).toBe(false);
  });
});

describe('the connections of a Private Link Service', () => {
  it('are ours while they wait or stand, whatever the letters of the endpoint’s name', () => {
    expect(at(tree, 'locals', 's1_connections')).toBe(
      '${[for c in data.azurerm_private_link_service_endpoint_connections.s1.private_endpoint_connections : c if contains(["Pending", "Approved"], c.status) && lower(c.private_endpoint_name) == lower(coalesce(local.s1_endpoint_name, "/"))]}',
    );
  });

  it('are approved where there is one of our name, and none where there are more', () => {
    const approval = at(tree, 'resource', 'azurerm_resource_group_template_deployment', 's1_approval');
    const conditions = at<Tree[]>(approval, 'lifecycle', 'precondition');
    expect(conditions.map(({ condition }) => condition)).toEqual(['${length(local.s1_connections) <= 1}']);
    expect(at(approval, 'deployment_mode')).toBe('Incremental');
  });
});

it('a rule without a source, a destination or a port, which Azure refuses, is none', () => {
  const whole = (...pairs: string[]): string => pairs.map((pair) => `(${pair})`).join(' && ');
  const condition = whole(
    'r.source_address_prefix != "" || length(r.source_address_prefixes) > 0',
    'r.destination_address_prefix != "" || length(r.destination_address_prefixes) > 0',
    'r.destination_port_range != "" || length(r.destination_port_ranges) > 0',
  );
  expect(at(tree, 'resource', 'azurerm_network_security_group', 'p1', 'security_rule')).toBe(
    `\${[for r in local.p1_security_rules : r if ${condition}]}`,
  );
});
