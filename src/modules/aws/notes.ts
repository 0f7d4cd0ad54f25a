import { PRESETS } from '../../inventory';
import { ENDPOINT_WAIT_SET, HIGHEST_PORT } from '../../model';
import type { ModuleNote } from '../definition';
import { testingNote } from '../testing-note';

const TARGET = `| Attribute | What it is | Default |
| --- | --- | --- |
| \`name\` | Lower-case letters, digits and hyphens, a letter first, at most 63. Another name is another target. | |
| \`host\` | A fully qualified name, or a private IPv4 address: 10/8, 172.16/12, 192.168/16 or 100.64/10. | |
| \`port\` | Of the target, 1 to ${HIGHEST_PORT}. | the preset's |
| \`preset\` | Defaults of a protocol: ${[...PRESETS.keys()].map((name) => `\`${name}\``).join(', ')}. | none |
| \`domain\` | The name that clients in Databricks dial. Needed where the host is an address. | \`domains.shared\`, or the host |
| \`listener_port\` | The port that clients dial. | \`base_port\` + position |
| \`enabled\` | \`false\` keeps the place and takes the listener away. | \`true\` |
| \`idle_timeout\` | Seconds after which a connection without a byte is cut, 60 to 6000. | the module's, the preset's, 350 |
| \`drain\` | Seconds that open sessions may go on after the target was removed or disabled, or their address has left it, 0 to 3600: the deregistration delay of its target group, after which the load balancer ends them. Its former name \`deregistration_delay\` is still read, here and as the module's own input; both names at one place are refused. | the module's, the preset's, 10 |
| \`health_check\` | As the module's own \`health_check\`, value by value. | the module's, the preset's |
| \`security_group_ids\` | Groups of the target that get the rule that admits the load balancer; \`ACCOUNT/sg-…\` for one of another account, which gets none. | none |
| \`addresses\` | The target's private addresses, where Terraform cannot know them while it plans: see below. | resolved |
| \`target_group_name\` | Of a target group that was taken over. | made of name and port |`;

const ORDER = `A target without \`listener_port\` listens on \`base_port\` + its position in \`targets\`. **Removing an entry from the middle moves the ports of all behind it**, and clients that still dial the old port reach another database, or nobody. So:

- add targets at the end;
- to take one out, set \`enabled = false\`: its listener goes, its place and its port stay;
- or give the targets behind it the \`listener_port\` that they have (the output \`listener_ports\` tells it) before you remove the entry;
- the last entry may be removed at any time.

A place belongs to its target. Another target in the place of one that went would get its port, and clients that still dial it; and since AWS takes no second listener on a port, the apply may fail until the first one is gone: disable the old target and apply before.

Another \`name\` is another target too. To rename one in place, write \`moved\` blocks for its listener and its target group, and keep the name of the group (\`target_group_name\`); of a target with \`addresses\` move the attachments and outbound rules as well:

\`\`\`hcl
moved {
  from = module.router.aws_lb_listener.listener["billing"]
  to   = module.router.aws_lb_listener.listener["accounts"]
}

moved {
  from = module.router.aws_lb_target_group.target["billing"]
  to   = module.router.aws_lb_target_group.target["accounts"]
}
\`\`\`

An inventory of privatelink-router has none of this: there a lock file keeps every port.`;

const UNKNOWN = `Terraform has to know while it plans which addresses there are: each is a resource of its own. Names are therefore resolved by a data source, and what the data source hangs on must be known. Where it is not, every enabled target brings \`addresses\`, a list whose length is known even if its values are not yet:

- with \`depends_on\` on the module (Terraform then reads all data sources of the module at apply);
- where \`host\` is an attribute of a resource of the same apply, such as a database that is being made;
- where the VPC or its subnets are made in the same apply.

\`\`\`hcl
targets = [{
  name      = "orders-db"
  host      = aws_db_instance.orders.address
  domain    = "orders.acme-data.com"
  port      = 5432
  addresses = [aws_network_interface.orders.private_ip]
}]
\`\`\`

Given addresses are keyed by their position, \`orders-db/0\`: a changed address replaces that entry alone. Keep their order: change an address at its place, add and remove at the end. Where two swap their places, or one goes from the middle, an address that should stay is taken out of its group, or the apply fails, and only the next apply puts that right. A target that goes over from resolved to given addresses, or back, needs that second apply too. Each has an outbound rule of its own, so that two targets cannot share an address and a port, that of a health check included. Names of targets, ports, \`listener_port\`, \`enabled\` and \`security_group_ids\` have to be known while Terraform plans in any case, and so do \`subnet_ids\` where a target has \`security_group_ids\`.

Without \`addresses\`, Terraform resolves the host whenever it plans, with the resolver of the machine it runs on, which has to see the private zone.`;

const ADMISSION =
  'The load balancer speaks to targets from the networks of its subnets: `target_admission_cidrs`. Every target has to admit them; `target_security_group_rules` lists the rules by target, and `security_group_ids` has the module add them to the groups that you name. Of a group in another account write `ACCOUNT/sg-…`: the module makes no rule there, and the output `foreign_security_group_commands` has the command for its owner. AWS takes a rule once: where two calls of the module in the same subnets reach one group on one port, one of the two names the group. AWS’ guide for Network Load Balancers recommends a rule whose source is the security group of the load balancer. Here it matches nothing: Databricks’ setup turns the enforcement of inbound rules on PrivateLink traffic off, and so does this module; with it off, a reference to that group does not match what comes through PrivateLink. So the source is the networks of the subnets. Subnets of their own for the load balancer keep them small.';

const WIRING = `The module \`ncc-private-endpoints\` of the provider databricks makes the private endpoint. Each of the two needs something of the other:

\`\`\`hcl
module "router" {
  # …
  private_endpoint_id = module.databricks.private_endpoint_id
}

module "databricks" {
  # …
  endpoint_service = module.router.endpoint_service_name
  domain_names     = module.router.domains
  bind_after       = [module.router.accepted_endpoint_id]
}
\`\`\`

Terraform finds the order by itself: load balancer and service, then the rule, then the acceptance, then the bindings of workspaces. Never put \`depends_on\` between the two modules: that closes the circle. Set \`${ENDPOINT_WAIT_SET}\` in the environment of terraform, so that an apply waits until Databricks has made the endpoint. With \`approval = "manual"\` nothing is accepted, and the output \`approval_command\` tells how to.`;

const DESTROY =
  'Set `deletion_protection = false` and apply; then destroy. Where `approval` is `manual`, run the `rejection_command` before: a service with a live connection cannot be deleted. A subnet that goes, or another VPC, replaces the load balancer: take the protection off before, and put it back after.';

const MANY = `A module is one load balancer: at most 50 targets, and at most 10 domains, since Databricks' rule holds no more. \`domains = { shared = "databases.acme-data.com" }\` puts all targets behind one name and different ports. For more, call the module again, with another \`name\`; listener ports may repeat then, since each has a name and an endpoint of its own.`;

const MIGRATING = `What the module makes is what a stack of privatelink-router makes of the same router with one shard, under the same physical names; only the addresses in the state differ: \`aws_lb.this\` here is \`aws_lb.s1\` there, and \`aws_lb_listener.listener["orders-db"]\` is \`aws_lb_listener.s1_listener["orders-db"]\`. \`terraform state mv\` from one state to the other, address by address, takes a router over in both directions; the plan after it has to show no change. To the stack take the ports as \`listenPort\` of each target; to the module give each target its \`listener_port\`.

What a module of the well-known router article made is taken over by \`privatelink-router adopt\`: it writes the call of this module with every port as it is (\`listener_port\`), the names that stand in AWS (\`load_balancer_name\`, \`security_group_name\`, \`target_group_name\`), and the \`moved\` or \`import\` blocks. The example \`router-article\` maps that module's variables.`;

/** The sections of the README. */
export const AWS_NOTES: readonly ModuleNote[] = [
  { title: 'A target', text: TARGET },
  { title: 'The order of targets is their ports', text: ORDER },
  { title: 'Hosts that are not known yet, and depends_on', text: UNKNOWN },
  { title: 'What targets have to admit', text: ADMISSION },
  { title: 'Databricks’ side', text: WIRING },
  { title: 'More than 50 targets or 10 domains', text: MANY },
  testingNote({
    call: 'router',
    module: 'aws-privatelink-router',
    providers: ['aws', 'dns'],
    more: 'A host that is mocked has no address. With `security_group_ids` the plan needs these answers too, for the CIDRs of the subnets. They are of us-east-2: in another region override `service_name` of `module.router.aws_vpc_endpoint_service.this`.',
  }),
  { title: 'Taking it away', text: DESTROY },
  { title: 'Coming from a stack, or from another module', text: MIGRATING },
];
