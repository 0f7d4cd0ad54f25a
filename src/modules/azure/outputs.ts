import type { ModuleOutput } from '../definition';
import { FRONTEND } from './names';

const SERVICE = 'azurerm_private_link_service.this';
const CONNECTIONS = 'data.azurerm_private_link_service_endpoint_connections.this.private_endpoint_connections';
const DEPLOYMENT = 'azurerm_resource_group_template_deployment.approval';

/** The command line of one connection. @param name an expression of the connection's name */
function command(verb: string, name: string): string {
  // The id names subscription, group and service in one.
  return `"az network private-link-service connection ${verb} --ids \${${SERVICE}.id}/privateEndpointConnections/\${${name}}"`;
}

const APPROVE = `(
  length(local.connections) == 1 ? ${command('update --connection-status Approved', 'local.connections[0].connection_name')} :
  length(local.connections) == 0 ? "No endpoint of this name asks for a connection: wire private_endpoint_name, and run terraform apply -refresh-only in some minutes" :
  "More than one private endpoint has the name of that of Databricks: find out whose they are first"
)`;

/** All connections, but for the one that goes with its approval when Terraform destroys that. */
const REJECT = `[
  for c in ${CONNECTIONS} : ${command('delete', 'c.connection_name')}
  if var.approval == "manual" || !contains([for own in local.connections : own.connection_id], c.connection_id)
]`;

export const AZURE_OUTPUTS: readonly ModuleOutput[] = [
  {
    name: 'private_link_service_id',
    description: 'Id of the Private Link Service: resource_id of the module databricks-ncc-private-endpoints.',
    value: `${SERVICE}.id`,
  },
  {
    name: 'private_link_service_alias',
    description: 'Alias of the Private Link Service; Databricks takes the id.',
    value: `${SERVICE}.alias`,
  },
  { name: 'load_balancer_id', description: 'Id of the load balancer.', value: 'azurerm_lb.this.id' },
  {
    name: 'scale_set_id',
    description: 'Id of the scale set of the forwarders.',
    value: 'azurerm_linux_virtual_machine_scale_set.this.id',
  },
  {
    name: 'frontend_address',
    description: 'Address of the frontend. It answers the NAT addresses of the Private Link Service alone.',
    value: `one([for f in azurerm_lb.this.frontend_ip_configuration : f.private_ip_address if f.name == "${FRONTEND}"])`,
  },
  {
    name: 'listener_ports',
    description: 'The port to dial for each target.',
    value: '{ for name, target in local.targets : name => target.port }',
  },
  {
    name: 'connections',
    description: 'What to dial in Databricks for each target, and where it leads.',
    value: 'local.dialled',
  },
  {
    name: 'domains',
    description:
      'The names that clients dial, lower case, each once, sorted: domain_names of the module databricks-ncc-private-endpoints.',
    value: 'local.domains',
  },
  {
    name: 'firewall_rules',
    description: 'What firewalls between the forwarders and the targets have to admit.',
    value: '[for to in local.firewall_destinations : merge({ sources = local.vm_subnet_cidrs }, to)]',
  },
  {
    name: 'egress_address',
    description: 'Address as which the forwarders appear in the internet; null without a NAT gateway of ours.',
    value: 'one(azurerm_public_ip.egress[*].ip_address)',
  },
  {
    name: 'approval_command',
    description: 'How to approve the private endpoint with approval = "manual"; null otherwise.',
    value: `var.approval == "manual" ? ${APPROVE} : null`,
  },
  {
    name: 'rejection_commands',
    description: 'To run before the router is destroyed: a service with a connection cannot go.',
    value: REJECT,
  },
  {
    name: 'approved_deployment_id',
    description:
      'Id of the deployment that approves the endpoint: bind_after of the module databricks-ncc-private-endpoints, so that workspaces are bound afterwards.',
    value: `${DEPLOYMENT}.id`,
  },
];
