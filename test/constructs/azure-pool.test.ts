import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { azureListener, azureRouter, azureShard, fiveAzureTargets, PLACE, placeWith } from './support/azure-plans';
import { TCP_CHECK } from './support/plans';
import { addresses, at, has, type Tree, terraformOf } from './support/synthesized';

const tree = terraformOf(azureRouter([azureShard(1, fiveAzureTargets(), { deletionProtection: true })]));
const resource = (type: string, name: string, of: Tree = tree): Tree => at(of, 'resource', `azurerm_${type}`, name);
const haPorts = terraformOf(
  azureRouter([azureShard(1, fiveAzureTargets())], { azure: { ...PLACE, loadBalancing: 'ha-ports' } }),
);

/** True where the bytes are the compressed form of a point of the curve of ed25519 (RFC 8032, 5.1.3). */
function isPoint(bytes: Buffer): boolean {
  const p = 2n ** 255n - 19n;
  const power = (base: bigint, exponent: bigint): bigint => {
    let [result, factor] = [1n, base % p];
    for (let left = exponent; left > 0n; left >>= 1n) {
      if (left & 1n) result = (result * factor) % p;
      factor = (factor * factor) % p;
    }
    return result;
  };
  const y = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`) & (2n ** 255n - 1n);
  const d = (p - 121665n) * power(121666n, p - 2n);
  const square = (y * y - 1n + p) * power(d * y * y + 1n, p - 2n);
  return y < p && power(square, (p - 1n) / 2n) === 1n;
}

describe('a router of Azure', () => {
  it('has these addresses in Terraform: another one would replace what a user runs', () => {
    const shards = [azureShard(1, fiveAzureTargets()), azureShard(12, []), azureShard(13, [], { pool: 'p2' })];
    expect(addresses(terraformOf(azureRouter(shards)))).toEqual(
      [
        ...['p1', 'p2'].flatMap((pool) => [
          `azurerm_lb.${pool}`,
          `azurerm_lb_backend_address_pool.${pool}`,
          `azurerm_lb_probe.${pool}_health`,
          `azurerm_lb_probe.${pool}_ready`,
          `azurerm_lb_rule.${pool}_health`,
          `azurerm_linux_virtual_machine_scale_set.${pool}`,
          `azurerm_network_security_group.${pool}`,
          `azurerm_virtual_machine_scale_set_extension.${pool}_configuration`,
        ]),
        ...['s1', 's12', 's13'].flatMap((shard) => [
          `azurerm_lb_rule.${shard}_rule`,
          `azurerm_private_link_service.${shard}`,
          `azurerm_resource_group_template_deployment.${shard}_approval`,
          `data.azurerm_private_link_service_endpoint_connections.${shard}`,
          `databricks_mws_ncc_private_endpoint_rule.${shard}`,
        ]),
        'azurerm_nat_gateway.router',
        'azurerm_nat_gateway_public_ip_association.egress',
        'azurerm_public_ip.egress',
        'azurerm_subnet_nat_gateway_association.vm',
        'data.azurerm_subnet.nat',
        'data.azurerm_subnet.vm',
        'data.azurerm_virtual_network.router',
        'databricks_mws_ncc_binding.workspace',
        'databricks_mws_network_connectivity_config.ncc',
      ].sort(),
    );
  });

  it('does not depend on the order of the listeners in the plan', () => {
    const turned = [azureShard(1, [...fiveAzureTargets()].reverse(), { deletionProtection: true })];
    expect(JSON.stringify(terraformOf(azureRouter(turned)))).toBe(JSON.stringify(tree));
  });

  it('names no target in any address or key but in the map of the targets and what is rendered of it', () => {
    const { locals: _locals, ...rest } = tree;
    expect(JSON.stringify(rest)).not.toMatch(/orders-db"?[\]:]/);
    expect(resource('lb_rule', 's1_rule').name).toBe('${"port-${each.key}"}');
  });

  it('sets no argument that 5.0 drops but the one that the whole range has, and every one that 4.x would compute', () => {
    const text = JSON.stringify(tree);
    expect(text).not.toMatch(/enable_(floating_ip|tcp_reset|proxy_protocol|ip_forwarding)/);
    for (const rule of ['p1_health', 's1_rule']) {
      expect(resource('lb_rule', rule)).toMatchObject({ floating_ip_enabled: false, tcp_reset_enabled: true });
    }
    expect(resource('private_link_service', 's1').proxy_protocol_enabled).toBe(false);
  });
});

describe('the load balancer', () => {
  it('is internal, and its frontends hold in every zone', () => {
    const { frontend_ip_configuration: frontends, sku } = resource('lb', 'p1');
    expect(sku).toBe('Standard');
    expect((frontends as Tree[]).map(({ name }) => name)).toEqual(['health', 's1']);
    for (const frontend of frontends as Tree[]) {
      expect(frontend).toMatchObject({ subnet_id: '${local.vm_subnet_id}', zones: ['1', '2', '3'] });
      expect(has(frontend, 'public_ip_address_id')).toBe(false);
    }
  });

  it('has zones wherever the location has them, and none where it has none', () => {
    const zonesWith = (zones: readonly string[]): unknown => {
      const of = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ zones }) }));
      return at<Tree[]>(resource('lb', 'p1', of), 'frontend_ip_configuration').map((frontend) => frontend.zones);
    };
    expect(zonesWith(['2'])).toEqual([
      ['1', '2', '3'],
      ['1', '2', '3'],
    ]);
    expect(zonesWith([])).toEqual([undefined, undefined]);
  });

  it('gives the scale set a probe of its own with one rule that is no target’s', () => {
    expect(resource('lb_probe', 'p1_health')).toMatchObject({ port: 61080, protocol: 'Http', request_path: '/' });
    expect(resource('lb_probe', 'p1_ready')).toMatchObject({ port: 61081, protocol: 'Http', request_path: '/' });
    expect(resource('lb_rule', 'p1_health')).toMatchObject({
      frontend_ip_configuration_name: 'health',
      probe_id: '${azurerm_lb_probe.p1_health.id}',
      frontend_port: 61080,
      backend_port: 61080,
    });
    expect(resource('lb_rule', 's1_rule').probe_id).toBe('${azurerm_lb_probe.p1_ready.id}');
    const users = Object.entries(at<Record<string, Tree>>(tree, 'resource', 'azurerm_lb_rule'))
      .filter(([, rule]) => String(rule.probe_id).includes('p1_health'))
      .map(([name]) => name);
    expect(users).toEqual(['p1_health']);
    expect(resource('linux_virtual_machine_scale_set', 'p1').health_probe_id).toBe('${azurerm_lb_probe.p1_health.id}');
  });

  it('keys the rules by listener port, each on the frontend of its shard', () => {
    expect(resource('lb_rule', 's1_rule')).toMatchObject({
      for_each: '${local.s1_listeners}',
      frontend_ip_configuration_name: 's1',
      frontend_port: '${each.value}',
      backend_port: '${each.value}',
      protocol: 'Tcp',
      idle_timeout_in_minutes: 30,
      disable_outbound_snat: true,
    });
  });

  it('opens a rule after the forwarders, the security group and every service of the pool', () => {
    const two = terraformOf(azureRouter([azureShard(1, fiveAzureTargets()), azureShard(2, [])]));
    for (const rule of ['s1_rule', 's2_rule']) {
      expect(resource('lb_rule', rule, two).depends_on).toEqual([
        'azurerm_virtual_machine_scale_set_extension.p1_configuration',
        'azurerm_network_security_group.p1',
        'azurerm_private_link_service.s1',
        'azurerm_private_link_service.s2',
      ]);
    }
  });

  it('with ha-ports has one frontend and one rule, which carries the scale set’s probe', () => {
    expect(at<Tree[]>(resource('lb', 'p1', haPorts), 'frontend_ip_configuration').map(({ name }) => name)).toEqual([
      's1',
    ]);
    expect(Object.keys(at(haPorts, 'resource', 'azurerm_lb_rule'))).toEqual(['p1_all']);
    expect(Object.keys(at(haPorts, 'resource', 'azurerm_lb_probe'))).toEqual(['p1_health']);
    expect(resource('lb_rule', 'p1_all', haPorts)).toMatchObject({
      protocol: 'All',
      frontend_port: 0,
      backend_port: 0,
      frontend_ip_configuration_name: 's1',
      probe_id: '${azurerm_lb_probe.p1_health.id}',
    });
    expect(resource('linux_virtual_machine_scale_set', 'p1', haPorts).depends_on).toContain('azurerm_lb_rule.p1_all');
  });

  it('is not destroyed while the plan protects it', () => {
    const open = terraformOf(azureRouter([azureShard(1, [])]));
    for (const [type, name] of [
      ['lb', 'p1'],
      ['private_link_service', 's1'],
    ] as const) {
      expect(at(resource(type, name), 'lifecycle', 'prevent_destroy')).toBe(true);
      expect(at(resource(type, name, open), 'lifecycle', 'prevent_destroy')).toBe(false);
    }
  });
});

describe('the security group', () => {
  const rules = (of: Tree, direction = 'Inbound'): Tree[] =>
    at<Tree[]>(of, 'locals', 'p1_security_rules').filter((rule) => rule.direction === direction);

  it('admits the probes and the NAT subnet to the ports in use, and denies the rest', () => {
    expect(rules(tree).map(({ name, access, priority }) => [name, access, priority])).toEqual([
      ['probes', 'Allow', 100],
      ['clients', 'Allow', 110],
      ['metrics', 'Allow', 130],
      ['rest', 'Deny', 4096],
    ]);
    const [probes, clients, metrics, rest] = rules(tree);
    expect(probes).toMatchObject({
      source_address_prefix: 'AzureLoadBalancer',
      destination_port_ranges: ['61080', '61081'],
    });
    expect(clients).toMatchObject({
      source_address_prefixes: '${local.nat_subnet_cidrs}',
      destination_port_ranges: '${local.p1_port_ranges}',
    });
    expect(metrics).toMatchObject({
      source_address_prefixes: '${local.forwarder.metrics_from}',
      destination_port_ranges: ['61090'],
    });
    expect(rest).toMatchObject({ protocol: '*', source_address_prefix: '*', destination_port_range: '*' });
    expect(resource('linux_virtual_machine_scale_set', 'p1').network_interface).toMatchObject([
      { network_security_group_id: '${azurerm_network_security_group.p1.id}', enable_accelerated_networking: true },
    ]);
  });

  it('admits logins from the given networks alone', () => {
    const ssh = { publicKey: 'ssh-ed25519 AAAA', from: ['10.1.0.0/24'] };
    const open = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ ssh }) }));
    expect(rules(open)[2]).toMatchObject({
      name: 'ssh',
      priority: 120,
      destination_port_ranges: ['22'],
      source_address_prefixes: ['10.1.0.0/24'],
    });
    const closed = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ ssh: { ...ssh, from: [] } }) }));
    expect(JSON.stringify(rules(closed))).not.toContain('"22"');
  });

  it('gives each rule of a direction a name and a priority of its own, and both directions an end', () => {
    for (const direction of ['Inbound', 'Outbound']) {
      const all = rules(tree, direction);
      const priorities = all.map(({ priority }) => Number(priority));
      expect(priorities).toEqual([...new Set(priorities)].sort((a, b) => a - b));
      expect(all.at(-1)).toMatchObject({
        access: 'Deny',
        priority: 4096,
        protocol: '*',
        source_address_prefix: '*',
        destination_address_prefix: '*',
        destination_port_range: '*',
      });
    }
    const names = at<Tree[]>(tree, 'locals', 'p1_security_rules').map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('lets no rule outward name more than a tag, or a tag beside addresses, which Azure refuses', () => {
    for (const rule of rules(tree, 'Outbound')) {
      expect(rule.source_address_prefix).toBe('*');
      const many = rule.destination_address_prefixes;
      if (rule.destination_address_prefix !== '') expect(many).toEqual([]);
      else if (Array.isArray(many)) expect(many.filter((one) => !/^[0-9.]+\/[0-9]+$/.test(one))).toEqual([]);
    }
  });
});

describe('the scale set', () => {
  const machines = resource('linux_virtual_machine_scale_set', 'p1');

  it('is rolled out by machine, repaired, and warned of its end', () => {
    expect(machines).toMatchObject({
      upgrade_mode: 'Rolling',
      overprovision: false,
      single_placement_group: true,
      secure_boot_enabled: true,
      vtpm_enabled: true,
      zones: ['1', '2', '3'],
      automatic_instance_repair: { enabled: true, grace_period: 'PT30M', action: 'Replace' },
      termination_notification: { enabled: true, timeout: 'PT5M' },
      boot_diagnostics: {},
      os_disk: { disk_size_gb: 64, storage_account_type: 'StandardSSD_LRS' },
    });
    for (const absent of ['identity', 'admin_password', 'user_data', 'extension']) {
      expect(has(machines, absent)).toBe(false);
    }
    expect(JSON.stringify(machines.network_interface)).not.toContain('public_ip');
  });

  it.each([
    [1, 100, 100],
    [2, 50, 50],
    [3, 34, 50],
    [4, 25, 50],
    [5, 20, 50],
    [100, 20, 50],
  ])('of %i machines is changed in batches of %i %%', (instances, batch, unhealthy) => {
    const of = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ instances }) }));
    expect(resource('linux_virtual_machine_scale_set', 'p1', of)).toMatchObject({
      instances,
      rolling_upgrade_policy: { max_batch_instance_percent: batch, max_unhealthy_instance_percent: unhealthy },
    });
    expect(Math.floor((instances * batch) / 100)).toBeGreaterThanOrEqual(1);
  });

  it('has a key that is a hash where nobody logs in, and the user’s own where one is given', () => {
    const [{ public_key: key, username } = {}] = machines.admin_ssh_key as Tree[];
    expect([username, machines.admin_username]).toEqual(['forwarder', 'forwarder']);
    const [algorithm, blob = ''] = String(key).split(' ');
    const bytes = Buffer.from(blob, 'base64');
    const hash = createHash('sha256').update('privatelink-router: a key that nobody has').digest();
    expect(algorithm).toBe('ssh-ed25519');
    expect(bytes.toString('hex')).toBe(
      `0000000b${Buffer.from('ssh-ed25519').toString('hex')}00000020${hash.toString('hex')}`,
    );
    expect(isPoint(hash)).toBe(true);
    const ssh = { publicKey: 'ssh-ed25519 AAAAmine', from: [] };
    const own = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ ssh }) }));
    expect(resource('linux_virtual_machine_scale_set', 'p1', own).admin_ssh_key).toEqual([
      { username: 'forwarder', public_key: 'ssh-ed25519 AAAAmine' },
    ]);
  });

  it('stands after the rule of its probe and the way out', () => {
    expect(machines.depends_on).toEqual([
      'azurerm_lb_rule.p1_health',
      'azurerm_nat_gateway_public_ip_association.egress',
      'azurerm_subnet_nat_gateway_association.vm',
    ]);
  });

  it('takes an image by reference or by id, and has no zones where there are none', () => {
    expect(machines.source_image_reference).toMatchObject({ offer: 'ubuntu-24_04-lts' });
    const id = '/subscriptions/2f1c8a34/resourceGroups/rg/providers/Microsoft.Compute/images/baked';
    const of = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ image: { id }, zones: [] }) }));
    const baked = resource('linux_virtual_machine_scale_set', 'p1', of);
    expect(baked.source_image_id).toBe(id);
    expect([has(baked, 'source_image_reference'), has(baked, 'zones')]).toEqual([false, false]);
  });

  it('gets its configuration by an extension of its own, and custom data for the bootstrap alone', () => {
    expect(machines.custom_data).toBe('${base64encode(local.bootstrap)}');
    expect(JSON.stringify(at(tree, 'locals', 'bootstrap'))).not.toContain('targets');
    expect(resource('virtual_machine_scale_set_extension', 'p1_configuration')).toMatchObject({
      virtual_machine_scale_set_id: '${azurerm_linux_virtual_machine_scale_set.p1.id}',
      publisher: 'Microsoft.Azure.Extensions',
      type: 'CustomScript',
      type_handler_version: '2.1',
      settings: '${jsonencode({ script = local.p1_apply_script })}',
    });
  });

  it('holds the bounds of bootstrap and script in the values of the plan, and says what to do', () => {
    const limits = { 'azure.customDataSize': 111, 'azure.extensionScriptSize': 222 };
    const of = terraformOf(azureRouter([azureShard(1, [])], { limits }));
    const conditions = (type: string, name: string) =>
      at<{ condition: string; error_message: string }[]>(resource(type, name, of), 'lifecycle', 'precondition');
    const [bootstrap] = conditions('linux_virtual_machine_scale_set', 'p1');
    const [script] = conditions('virtual_machine_scale_set_extension', 'p1_configuration');
    expect(bootstrap?.condition).toContain('<= 111');
    expect(script?.condition).toBe('${length(local.p1_apply_script) <= 222}');
    expect(script?.error_message).toContain('Give some of the pool’s targets'.replace('’', "'"));
  });
});

describe('the targets', () => {
  it('stand in one map of the pool, with all that the plan says', () => {
    const check = {
      ...TCP_CHECK,
      protocol: 'HTTP' as const,
      port: 8008,
      path: '/primary',
      matcher: '200-204',
      host: 'web.acme-data.com',
    };
    const one = azureListener('pg', 10009, { port: 6432, idleTimeout: 900, healthCheck: check });
    const of = terraformOf(azureRouter([azureShard(1, fiveAzureTargets()), azureShard(2, [one])]));
    expect(Object.keys(at(of, 'locals', 'p1_targets'))).toEqual([
      'billing-sql',
      'crm',
      'events',
      'ledger',
      'orders-db',
      'pg',
    ]);
    expect(at(of, 'locals', 'p1_targets', 'pg')).toEqual({
      shard: 's2',
      port: 10009,
      host: 'pg.corp.example',
      host_port: 6432,
      literal: false,
      idle_timeout: 900,
      max_connections: 0,
      drain: 10,
      check: {
        protocol: 'HTTP',
        port: 8008,
        path: '/primary',
        matcher: '200-204',
        host: 'web.acme-data.com',
        interval: 10,
        timeout: 5,
        rise: 3,
        fall: 3,
      },
    });
    expect(at(of, 'locals', 'p1_targets', 'crm')).toMatchObject({
      literal: true,
      check: { port: 3306, path: '', matcher: '', host: '' },
    });
  });
});
