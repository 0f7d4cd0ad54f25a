import { describe, expect, it } from 'vitest';
import { azureRouter, azureShard, fiveAzureTargets, placeWith } from '../constructs/support/azure-plans';
import { fiveTargets, router, shard } from '../constructs/support/plans';
import { at, type Tree, terraformOf } from '../constructs/support/synthesized';

/** The values of a stack's outputs, by name. */
function outputs(tree: Tree): Record<string, unknown> {
  const all = at<Record<string, { value: unknown }>>(tree, 'output');
  return Object.fromEntries(Object.entries(all).map(([name, { value }]) => [name, value]));
}

const two = { s1: 's1', s2: 's2' } as const;
/** The same reference for each of two shards. */
function each(reference: (shard: string) => string): Record<string, string> {
  return Object.fromEntries(Object.values(two).map((key) => [key, `\${${reference(key)}}`]));
}

describe('each output of AWS leads to what it says', () => {
  const shards = [shard(1, fiveTargets(), { deletionProtection: true }), shard(2, [])];

  it('with approval by Terraform', () => {
    const admitted = (key: string) =>
      `{ for name, ports in local.${key}_ports : name => flatten([for port in ports : [for cidr in local.subnet_cidrs : { protocol = "tcp", from_port = tonumber(port), to_port = tonumber(port), cidr_ipv4 = cidr }]]) }`;
    expect(outputs(terraformOf(router(shards)))).toEqual({
      ncc_id: '${databricks_mws_network_connectivity_config.ncc.network_connectivity_config_id}',
      endpoint_service_names: each((key) => `aws_vpc_endpoint_service.${key}.service_name`),
      load_balancer_arns: each((key) => `aws_lb.${key}.arn`),
      security_group_ids: each((key) => `aws_security_group.${key}_load_balancer.id`),
      private_endpoint_ids: each((key) => `databricks_mws_ncc_private_endpoint_rule.${key}.vpc_endpoint_id`),
      private_endpoint_states: each((key) => `databricks_mws_ncc_private_endpoint_rule.${key}.connection_state`),
      connections: '${local.connections}',
      target_admission_cidrs: '${local.subnet_cidrs}',
      target_security_group_rules: `\${merge([${admitted('s1')}, ${admitted('s2')}]...)}`,
    });
  });

  it('with approval by a person: a command for each shard, and a rejection for each that leaves', () => {
    const manual = outputs(terraformOf(router(shards, { approval: 'manual' })));
    const command = (verb: string, key: string) => {
      const id = `databricks_mws_ncc_private_endpoint_rule.${key}.vpc_endpoint_id`;
      return `\${startswith(coalesce(${id}, "none"), "vpce-") ? "aws ec2 ${verb}-vpc-endpoint-connections --region \${local.region} --service-id \${aws_vpc_endpoint_service.${key}.id} --vpc-endpoint-ids \${${id}}" : "Databricks has not made the endpoint yet: run terraform apply -refresh-only in some minutes"}`;
    };
    expect(manual.approval_commands).toEqual({ s1: command('accept', 's1'), s2: command('accept', 's2') });
    // s1 is protected, and so is not about to go.
    expect(manual.rejection_commands).toEqual({ s2: command('reject', 's2') });
  });
});

describe('each output of Azure leads to what it says', () => {
  const shards = [azureShard(1, fiveAzureTargets(), { deletionProtection: true }), azureShard(2, [], { pool: 'p2' })];
  const frontend = (key: string, pool: string) =>
    `\${one([for f in azurerm_lb.${pool}.frontend_ip_configuration : f.private_ip_address if f.name == "${key}"])}`;

  it('with approval by Terraform and a NAT gateway of our own', () => {
    const { rejection_commands: _, ...rest } = outputs(terraformOf(azureRouter(shards)));
    expect(rest).toEqual({
      ncc_id: '${databricks_mws_network_connectivity_config.ncc.network_connectivity_config_id}',
      private_link_service_ids: each((key) => `azurerm_private_link_service.${key}.id`),
      private_link_service_aliases: each((key) => `azurerm_private_link_service.${key}.alias`),
      private_endpoint_names: each((key) => `databricks_mws_ncc_private_endpoint_rule.${key}.endpoint_name`),
      private_endpoint_states: each((key) => `databricks_mws_ncc_private_endpoint_rule.${key}.connection_state`),
      frontend_addresses: { s1: frontend('s1', 'p1'), s2: frontend('s2', 'p2') },
      load_balancer_ids: { p1: '${azurerm_lb.p1.id}', p2: '${azurerm_lb.p2.id}' },
      scale_set_ids: {
        p1: '${azurerm_linux_virtual_machine_scale_set.p1.id}',
        p2: '${azurerm_linux_virtual_machine_scale_set.p2.id}',
      },
      connections: '${local.connections}',
      firewall_rules: '${[for to in local.firewall_destinations : merge({ sources = local.vm_subnet_cidrs }, to)]}',
      egress_address: '${azurerm_public_ip.egress.ip_address}',
    });
  });

  it('without a NAT gateway there is no address of it', () => {
    const without = terraformOf(azureRouter(shards, { azure: placeWith({ egress: { kind: 'image' } }) }));
    expect(Object.keys(outputs(without))).not.toContain('egress_address');
  });

  it('commands: the approval of our own endpoint, and the deletion of every other connection of what leaves', () => {
    const all = (key: string) =>
      `data.azurerm_private_link_service_endpoint_connections.${key}.private_endpoint_connections`;
    const connection = (verb: string, key: string, name: string) =>
      `az network private-link-service connection ${verb} --ids \${azurerm_private_link_service.${key}.id}/privateEndpointConnections/\${${name}}`;
    const approve = (key: string) =>
      `\${length(local.${key}_connections) == 1 ? "${connection('update --connection-status Approved', key, `local.${key}_connections[0].connection_name`)}" : length(local.${key}_connections) == 0 ? "Databricks has not made the endpoint yet: run terraform apply -refresh-only in some minutes" : "More than one private endpoint has the name of that of Databricks: find out whose they are first"}`;
    const manual = outputs(terraformOf(azureRouter(shards, { approval: 'manual' })));
    expect(manual.approval_commands).toEqual({ s1: approve('s1'), s2: approve('s2') });
    const remove = connection('delete', 's2', 'c.connection_name');
    expect(manual.rejection_commands).toEqual({ s2: `\${[for c in ${all('s2')} : "${remove}"]}` });
    // Our own connection goes with its approval, where Terraform made that.
    expect(outputs(terraformOf(azureRouter(shards))).rejection_commands).toEqual({
      s2: `\${[for c in ${all('s2')} : "${remove}" if !contains([for own in local.s2_connections : own.connection_id], c.connection_id)]}`,
    });
  });
});
