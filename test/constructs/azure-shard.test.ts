import { describe, expect, it } from 'vitest';
import { azureRouter, azureShard, fiveAzureTargets, PLACE, placeWith } from './support/azure-plans';
import { at, has, type Tree, terraformOf } from './support/synthesized';

const tree = terraformOf(azureRouter([azureShard(1, fiveAzureTargets())]));
const manual = terraformOf(azureRouter([azureShard(1, fiveAzureTargets())], { approval: 'manual' }));
const RULE = 'databricks_mws_ncc_private_endpoint_rule';
const APPROVAL = 'azurerm_resource_group_template_deployment';

describe('the Private Link Service', () => {
  it('names its frontend by a constructed id: a position in the list would replace it', () => {
    expect(
      at(tree, 'resource', 'azurerm_private_link_service', 's1', 'load_balancer_frontend_ip_configuration_ids'),
    ).toEqual(['${azurerm_lb.p1.id}/frontendIPConfigurations/s1']);
  });

  it('has the NAT addresses, visibility and approval of the inventory', () => {
    const azure = { ...PLACE, natAddresses: 3, visibility: ['aaaa', 'bbbb'], autoApproval: ['bbbb'] };
    const service = at(
      terraformOf(azureRouter([azureShard(1, [])], { azure })),
      'resource',
      'azurerm_private_link_service',
      's1',
    );
    expect(service).toMatchObject({
      visibility_subscription_ids: ['aaaa', 'bbbb'],
      auto_approval_subscription_ids: ['bbbb'],
    });
    expect((service.nat_ip_configuration as Tree[]).map(({ name, primary }) => [name, primary])).toEqual([
      ['nat-1', true],
      ['nat-2', false],
      ['nat-3', false],
    ]);
    for (const nat of service.nat_ip_configuration as Tree[]) expect(nat.subnet_id).toBe('${local.nat_subnet_id}');
  });

  it('stands while the load balancer is not being written: after the pool’s own rule', () => {
    expect(at(tree, 'resource', 'azurerm_private_link_service', 's1', 'depends_on')).toEqual([
      'azurerm_lb_rule.p1_health',
    ]);
  });
});

describe('the private endpoint rule', () => {
  it('leads to the service by its id, never by its alias and without a group', () => {
    const { lifecycle, ...set } = at(tree, 'resource', RULE, 's1');
    expect(set).toEqual({
      network_connectivity_config_id:
        '${databricks_mws_network_connectivity_config.ncc.network_connectivity_config_id}',
      resource_id: '${azurerm_private_link_service.s1.id}',
      domain_names: [
        'billing-sql.corp.example',
        'crm.corp.example',
        'events.corp.example',
        'ledger.corp.example',
        'orders-db.corp.example',
      ],
    });
    expect(JSON.stringify(lifecycle)).toContain('a second rule for the same Private Link Service is refused');
  });

  it('is not created before its predecessor goes: the load balancer would lose frontends in the wrong order', () => {
    const resources = Object.values(at<Record<string, Record<string, Tree>>>(tree, 'resource')).flatMap((byName) =>
      Object.entries(byName),
    );
    const first = resources
      .filter(([, block]) => has(block, 'lifecycle', 'create_before_destroy'))
      .map(([name]) => name);
    expect(first).toEqual(['ncc']);
  });

  it('is of the location and the account of the router', () => {
    expect(at(tree, 'resource', 'databricks_mws_network_connectivity_config', 'ncc', 'region')).toBe('eastus2');
    expect(at(tree, 'provider', 'databricks', '0')).toMatchObject({
      host: 'https://accounts.azuredatabricks.net',
      account_id: 'c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39',
    });
  });
});

describe('approval', () => {
  it('looks at the connections by way of locals, without depends_on: known in every plan after the first', () => {
    const data = at(tree, 'data', 'azurerm_private_link_service_endpoint_connections', 's1');
    expect(data).toEqual({
      service_id: '${local.s1_service_id}',
      resource_group_name: '${local.s1_endpoint_name == null ? local.resource_group_name : local.resource_group_name}',
    });
    expect(at(tree, 'locals', 's1_endpoint_name')).toBe(`\${${RULE}.s1.endpoint_name}`);
  });

  it('terraform: approves what the rule’s own endpoint asks for', () => {
    const template = at<string>(tree, 'resource', APPROVAL, 's1_approval', 'template_content');
    expect(template).toContain('for c in local.s1_connections');
    expect(template).toContain('status = "Approved"');
    expect(at(tree, 'resource', APPROVAL, 's1_approval', 'deployment_mode')).toBe('Incremental');
    expect(has(tree, 'output', 'approval_commands')).toBe(false);
  });

  it('manual: gives the command, and keeps an empty deployment, whose removal would take the connection', () => {
    expect(at(manual, 'resource', APPROVAL, 's1_approval', 'template_content')).toContain('resources = [] }');
    expect(JSON.stringify(manual)).not.toContain('status = \\"Approved\\"');
    expect(at(manual, 'output', 'approval_commands', 'value', 's1')).toContain(
      'az network private-link-service connection update --connection-status Approved --ids ${azurerm_private_link_service.s1.id}/privateEndpointConnections/',
    );
    expect(has(manual, 'removed')).toBe(false);
    expect(at(manual, 'terraform', 'required_version')).toBe('>= 1.5');
  });

  it('comes before any workspace is sent this way, and so do the listener ports', () => {
    expect(at(tree, 'resource', 'databricks_mws_ncc_binding', 'workspace', 'depends_on')).toEqual([
      `${RULE}.s1`,
      `${APPROVAL}.s1_approval`,
      'azurerm_lb_rule.s1_rule',
    ]);
  });
});

describe('the network', () => {
  it('that exists is read: location, network policies and IPv4 are asked for', () => {
    expect(at(tree, 'data', 'azurerm_subnet', 'nat')).toMatchObject({
      name: 'private-link',
      virtual_network_name: 'vnet-hub',
      resource_group_name: 'rg-network',
    });
    const said = JSON.stringify(at(tree, 'data'));
    expect(said).toContain('!self.private_link_service_network_policies_enabled');
    expect(said).toContain('--private-link-service-network-policies Disabled');
    expect(said).toContain('self.location == local.location');
    expect(has(tree, 'resource', 'azurerm_subnet')).toBe(false);
    expect(at(tree, 'locals', 'nat_subnet_id')).toMatch(/\/subnets\/private-link$/);
  });

  it('of our own has two subnets without a way out of their own, and policies off where NAT addresses are', () => {
    const azure = placeWith(
      { egress: { kind: 'none' }, engine: 'nftables' },
      { network: { addressSpace: '10.20.0.0/24' } },
    );
    const own = terraformOf(azureRouter([azureShard(1, [])], { azure }));
    expect(at(own, 'resource', 'azurerm_subnet', 'vm')).toMatchObject({
      default_outbound_access_enabled: false,
      private_link_service_network_policies_enabled: true,
    });
    expect(at(own, 'resource', 'azurerm_subnet', 'nat')).toMatchObject({
      default_outbound_access_enabled: false,
      private_link_service_network_policies_enabled: false,
    });
    expect(has(own, 'data', 'azurerm_subnet')).toBe(false);
  });

  it.each(['image', 'none', 'mirror'] as const)('has no way out of ours where egress is %s', (kind) => {
    const egress = kind === 'mirror' ? { kind, mirror: 'http://mirror.corp.example/ubuntu' } : { kind };
    const of = terraformOf(azureRouter([azureShard(1, [])], { azure: placeWith({ egress }) }));
    for (const type of ['nat_gateway', 'public_ip', 'subnet_nat_gateway_association']) {
      expect(has(of, 'resource', `azurerm_${type}`)).toBe(false);
    }
    expect(has(of, 'output', 'egress_address')).toBe(false);
    expect(at(of, 'locals', 'forwarder')).toMatchObject({ egress: kind, mirror: egress.mirror ?? '' });
  });
});
