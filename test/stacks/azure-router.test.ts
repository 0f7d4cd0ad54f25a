import { describe, expect, it } from 'vitest';
import {
  azureListener,
  azureRouter,
  azureShard,
  fiveAzureTargets,
  PLACE,
  placeWith,
} from '../constructs/support/azure-plans';
import { TCP_CHECK } from '../constructs/support/plans';
import { at, has, terraformOf } from '../constructs/support/synthesized';

const five = [azureShard(1, fiveAzureTargets(), { deletionProtection: true })];
const tree = terraformOf(azureRouter(five, { deletionProtection: true }));

describe('a stack of Azure', () => {
  it('names its providers in full and by range', () => {
    expect(at(tree, 'terraform', 'required_providers')).toEqual({
      azurerm: { source: 'registry.terraform.io/hashicorp/azurerm', version: '>= 4.59, < 5' },
      databricks: { source: 'registry.terraform.io/databricks/databricks', version: '>= 1.121, < 2' },
    });
  });

  it('goes to the subscription of the router, and registers nothing', () => {
    expect(at(tree, 'provider', 'azurerm')).toEqual([
      {
        features: [{}],
        subscription_id: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
        resource_provider_registrations: 'none',
      },
    ]);
    const azure = { ...PLACE, tenantId: 'aaaaaaaa-0000-4000-8000-00000000000a' };
    expect(at(terraformOf(azureRouter(five, { azure })), 'provider', 'azurerm', '0', 'tenant_id')).toBe(azure.tenantId);
  });

  it('has no moved block: rules are keyed by port', () => {
    const renamed = [azureShard(1, [azureListener('orders', 10000, { renamedFrom: 'orders-db' })])];
    expect(has(terraformOf(azureRouter(renamed)), 'moved')).toBe(false);
  });

  it('leaves no path, no time and no note of the machine behind', () => {
    const text = JSON.stringify(tree);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/\b20\d\d-\d\d-\d\dT/);
    expect(text).not.toContain('uniqueId');
  });

  it('is empty but for what is forgotten when the router leaves', () => {
    const leaving = terraformOf(azureRouter([], { teardown: 'destroy' }));
    expect([has(leaving, 'resource'), has(leaving, 'locals'), has(leaving, 'output')]).toEqual([false, false, false]);
    expect(at(leaving, 'removed')).toEqual([
      { from: 'databricks_mws_network_connectivity_config.ncc', lifecycle: { destroy: false } },
      { from: 'databricks_mws_ncc_binding.workspace', lifecycle: { destroy: false } },
    ]);
    expect(at(leaving, '//', 'privatelink-router')).toEqual({ router: 'analytics-eus2' });
  });
});

describe('tags on Azure', () => {
  it('are one tag whatever their letter case, since Azure takes them so', () => {
    const tags = { 'Managed-By': 'us', Team: 'x', 'Privatelink-Router:Router': 'forged' };
    expect(at(terraformOf(azureRouter(five, { tags })), 'locals', 'tags')).toEqual({
      'Managed-By': 'us',
      Team: 'x',
      'privatelink-router:router': 'analytics-eus2',
    });
  });

  it('stand on everything that takes them', () => {
    for (const [type, tags] of [
      ['lb', '${local.p1_tags}'],
      ['network_security_group', '${local.p1_tags}'],
      ['linux_virtual_machine_scale_set', '${local.p1_tags}'],
      ['private_link_service', '${merge(local.tags, { "privatelink-router:shard" = "analytics-eus2-1" })}'],
      ['public_ip', '${local.tags}'],
      ['nat_gateway', '${local.tags}'],
      ['resource_group_template_deployment', '${local.tags}'],
    ] as const) {
      const [resource] = Object.values(at(tree, 'resource', `azurerm_${type}`));
      expect([type, at(resource, 'tags')]).toEqual([type, tags]);
    }
  });
});

describe('outputs of Azure', () => {
  it('are there for people and pipelines, each described', () => {
    expect(Object.keys(at(tree, 'output')).sort()).toEqual([
      'connections',
      'egress_address',
      'firewall_rules',
      'frontend_addresses',
      'load_balancer_ids',
      'ncc_id',
      'private_endpoint_names',
      'private_endpoint_states',
      'private_link_service_aliases',
      'private_link_service_ids',
      'scale_set_ids',
    ]);
    for (const output of Object.values(at(tree, 'output')))
      expect((output as { description: string }).description).toMatch(/^[A-Z].*\.$/);
  });

  it('find a frontend by its name', () => {
    expect(at(tree, 'output', 'frontend_addresses', 'value', 's1')).toBe(
      '${one([for f in azurerm_lb.p1.frontend_ip_configuration : f.private_ip_address if f.name == "s1"])}',
    );
  });

  it('say what stands in the way of a service that may go, whoever approves', () => {
    expect(has(tree, 'output', 'rejection_commands')).toBe(false);
    const open = [azureShard(1, fiveAzureTargets())];
    const commands = (approval: 'terraform' | 'manual'): string =>
      at(terraformOf(azureRouter(open, { approval })), 'output', 'rejection_commands', 'value', 's1');
    expect(commands('manual')).toMatch(/az network private-link-service connection delete --ids .*"\]\}$/);
    // What Terraform approved goes with the approval; the others do not.
    expect(commands('terraform')).toMatch(/if !contains\(\[for own in local\.s1_connections : own\.connection_id\]/);
  });

  it('say what comes after teardown: prepare', () => {
    const leaving = terraformOf(azureRouter([azureShard(1, [])], { teardown: 'prepare' }));
    const steps = at<string>(leaving, 'output', 'next_steps', 'value');
    expect(steps).toContain('Run the rejection_commands, where there are any.');
    expect(steps).toContain('teardown: destroy');
  });
});

describe('what firewalls have to admit', () => {
  const destinations = (router: Parameters<typeof terraformOf>[0]): unknown =>
    at(terraformOf(router), 'locals', 'firewall_destinations');
  const check = { ...TCP_CHECK, port: 8008 };
  const shards = [
    azureShard(2, [azureListener('b', 10001, { healthCheck: check })]),
    azureShard(1, [azureListener('a', 10000)]),
  ];

  it('is each target, by name, with the port of its health check', () => {
    expect(destinations(azureRouter(shards))).toEqual([
      { purpose: 'target a', protocol: 'tcp', destination: 'a.corp.example', port: 5432 },
      { purpose: 'target b', protocol: 'tcp', destination: 'b.corp.example', port: 5432 },
      { purpose: 'target b', protocol: 'tcp', destination: 'b.corp.example', port: 8008 },
    ]);
  });

  it('is no health check of an engine that makes none', () => {
    const router = azureRouter(shards, { azure: placeWith({ engine: 'nginx' }) });
    expect(JSON.stringify(destinations(router))).not.toContain('8008');
  });

  it('is each name server over UDP and TCP, and the mirror', () => {
    const egress = { kind: 'mirror', mirror: 'https://apt.corp.example:8443/ubuntu' } as const;
    const router = azureRouter([azureShard(1, [])], {
      azure: placeWith({ egress }),
      resolvers: ['10.0.0.2', '10.0.0.3:5353', 'fd00::2', '[fd00::3]:5353', '[fd00::4]'],
    });
    const server = (destination: string, port: number) =>
      (['udp', 'tcp'] as const).map((protocol) => ({ purpose: 'name server', protocol, destination, port }));
    expect(destinations(router)).toEqual([
      ...server('10.0.0.2', 53),
      ...server('10.0.0.3', 5353),
      ...server('fd00::2', 53),
      ...server('fd00::3', 5353),
      ...server('fd00::4', 53),
      { purpose: 'package mirror', protocol: 'tcp', destination: 'apt.corp.example', port: 8443 },
    ]);
  });

  it.each([
    ['http://apt.corp.example/ubuntu', 80],
    ['https://apt.corp.example', 443],
  ])('knows the port of %s', (mirror, port) => {
    const router = azureRouter([azureShard(1, [])], { azure: placeWith({ egress: { kind: 'mirror', mirror } }) });
    expect(destinations(router)).toMatchObject([{ port }]);
  });
});
