import { ENDPOINT_WAIT_SET } from '../../model';
import type { ModuleNote } from '../definition';
import { testingNote } from '../testing-note';

const ORDER = `A target without \`listener_port\` listens on \`base_port\` + its position in \`targets\`. **Removing an entry from the middle moves the ports of all behind it**, and clients that still dial the old port reach another database, or nobody. So:

- add targets at the end;
- to take one out, set \`enabled = false\`: its rule goes, its place and its port stay;
- or give the targets behind it the \`listener_port\` that they have (the output \`listener_ports\` tells it) before you remove the entry;
- the last entry may be removed at any time.

An inventory of privatelink-router has none of this: there a lock file keeps every port.`;

const UNKNOWN = `The forwarders resolve hosts themselves, again and again, so that Terraform need not know them: a \`host\` may be an attribute of a resource of the same apply, the subnets may be made in the same apply, and \`depends_on\` on the module does no harm. Known while Terraform plans have to be: names of targets, \`preset\`, \`listener_port\`, \`enabled\`, \`base_port\`, \`nat_addresses\`, and in \`forwarder\` the engine, egress, mirror and image. What cannot be judged at plan because it is unknown is judged at apply, before anything is made of it.`;

const NETWORK = `The module reads two subnets of one virtual network: \`subnet_id\` for machines and load balancer, \`nat_subnet_id\` for the addresses as which Private Link speaks to them, with network policies for Private Link Services off. It makes no network. Every target, and every firewall on the way, has to admit the machines: the output \`firewall_rules\` lists what from where. With \`egress = "nat"\` a NAT gateway of the module is attached to \`subnet_id\`; a subnet that has one already, or a route of its own to the internet, takes \`mirror\`, or \`egress = "image"\` or \`"none"\`.`;

const CHANGES = `A change of targets reaches the machines by an extension of the scale set: it writes the engine's configuration, has the engine check it, reloads it without cutting sessions, and goes back where the engine does not come up. No machine is replaced. A port opens after the machines know it, and closes before they forget it. A change of engine travels the same way and cuts sessions once. Another ssh key, egress or maintenance window travels the same way and cuts none. Another image or size is rolled out machine by machine. \`image_upgrades\` lets Azure bring newer versions of an image by itself, machine by machine; accelerated networking can be changed only while all machines are deallocated.`;

const WIRING = `The module \`ncc-private-endpoints\` of the provider databricks makes the private endpoint. Each of the two needs something of the other:

\`\`\`hcl
module "forwarder" {
  # …
  private_endpoint_name = module.databricks.private_endpoint_name
}

module "databricks" {
  # …
  region       = var.location
  resource_id  = module.forwarder.private_link_service_id
  domain_names = module.forwarder.domains
  bind_after   = [module.forwarder.approved_deployment_id]
}
\`\`\`

Terraform finds the order by itself: load balancer and service, then the rule, then the approval, then the bindings of workspaces. Never put \`depends_on\` between the two modules: that closes the circle. Set \`${ENDPOINT_WAIT_SET}\` in the environment of terraform, so that an apply waits until Databricks has made the endpoint; where it is made later, the next apply approves it. Only the endpoint of that name is approved, and none where two bear it. With \`approval = "manual"\` nothing is approved, and the output \`approval_command\` tells how to.`;

const STAYS = `Azure cannot change these without replacing what endpoints stand on: \`name\`, \`location\`, \`resource_group_name\`, \`nat_subnet_id\`, \`forwarder.zones\`, and fewer \`nat_addresses\`. Call the module again with another \`name\`, let clients go over, and take the first one away.`;

const DESTROY =
  'Run the `rejection_commands` first, where there are any: a service with a live connection cannot be deleted. Terraform takes no variable in `prevent_destroy`, so that the module has no `deletion_protection` as an inventory has: a lock of Azure on the load balancer and the service (`azurerm_management_lock`, with the outputs `load_balancer_id` and `private_link_service_id`) does the same from outside.';

const MANY = `A module is one load balancer with one Private Link Service: at most 299 targets, and at most 10 domains, since Databricks' rule holds no more (\`limits = { domains_per_rule_azure = … }\` where Databricks has raised it). \`domains = { shared = "databases.acme-data.com" }\` puts all targets behind one name and different ports. For more, call the module again, with another \`name\`; an inventory puts up to eight services on one load balancer.`;

const MIGRATING = `What the module makes is what a stack of privatelink-router makes of the same router with one shard, under the same physical names; only the addresses in the state differ: \`azurerm_lb.this\` here is \`azurerm_lb.p1\` there, \`azurerm_private_link_service.this\` is \`azurerm_private_link_service.s1\`, and \`azurerm_lb_rule.rule["10000"]\` is \`azurerm_lb_rule.s1_rule["10000"]\`. \`terraform state mv\` from one state to the other, address by address, takes a router over in both directions; the plan after it has to show no change. To the stack take the ports as \`listenPort\` of each target; to the module give each target its \`listener_port\`.`;

/** The sections of the README. */
export const AZURE_NOTES: readonly ModuleNote[] = [
  { title: 'The order of targets is their ports', text: ORDER },
  { title: 'What need not be known yet, and depends_on', text: UNKNOWN },
  { title: 'The network, and what targets have to admit', text: NETWORK },
  { title: 'Databricks’ side', text: WIRING },
  { title: 'What a change does', text: CHANGES },
  { title: 'What cannot change', text: STAYS },
  { title: 'More than 10 domains or 299 targets', text: MANY },
  testingNote({
    call: 'forwarder',
    module: 'azure-privatelink-forwarder',
    providers: ['azurerm'],
    more: 'No endpoint asks for a connection there: override `private_endpoint_connections` of `module.forwarder.data.azurerm_private_link_service_endpoint_connections.this` to see one approved.',
  }),
  { title: 'Taking it away', text: DESTROY },
  { title: 'Coming from a stack', text: MIGRATING },
];
