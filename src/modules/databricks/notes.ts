import { limit } from '../../limits';
import { ENDPOINT_WAIT_SET } from '../../model';
import type { ModuleNote } from '../definition';
import { testingNote } from '../testing-note';

export const notes: readonly ModuleNote[] = [
  {
    title: 'With the module that makes the endpoint service',
    text: `
The three steps depend on each other in turn: the rule needs the service, the acceptance needs the endpoint that the rule made,
the workspaces need the acceptance. Give each module what it needs from the other; Terraform orders single resources, so this is no
circle:

\`\`\`hcl
module "router" { # aws-privatelink-router
  # …
  private_endpoint_id = module.databricks.private_endpoint_id
}

module "databricks" { # databricks-ncc-private-endpoints
  # …
  domain_names     = module.router.domains
  endpoint_service = module.router.endpoint_service_name
  bind_after       = [module.router.accepted_endpoint_id]
}
\`\`\`

On Azure, \`resource_id = module.forwarder.private_link_service_id\`, \`bind_after = [module.forwarder.approved_deployment_id]\`, and
back, \`private_endpoint_name = module.databricks.private_endpoint_name\`. Never write \`depends_on\` from one of these modules to the
other: that would wait for all of it, and the circle would be one.`,
  },
  {
    title: 'Applying',
    text: `
Set \`${ENDPOINT_WAIT_SET}\` in the environment of Terraform: the provider then
waits until Databricks has made the endpoint, so that the same apply can accept it. The provider has to be that of the account, with
\`host\` and \`account_id\`; set its \`http_timeout_seconds\` to 300, since making an endpoint takes minutes.

A rule that nobody accepts within ${limit('databricks.ruleExpiryDays').value} days expires. A plan that meets an expired, rejected or disconnected rule stops, and says the
commands that make it again.`,
  },
  {
    title: 'Several rules in one network connectivity configuration',
    text: `
Call the module once for each endpoint. One call makes the configuration by \`ncc = { name = … }\`, the others use it by
\`ncc = { id = module.first.ncc_id }\`; the last of them lists the workspaces, with \`bind_after\` naming the others' \`rule_id\`
(\`examples/complete\`). An endpoint service stands in one rule of a configuration only.`,
  },
  testingNote({
    call: 'databricks',
    module: 'databricks-ncc-private-endpoints',
    providers: ['databricks'],
    more: 'Alone, the module can be applied with bare mocks as well; these answers are for the modules beside it, which ask what an endpoint is called.',
  }),
  {
    title: 'Taking it away',
    text: `
Databricks deletes no configuration that workspaces are attached to, and the provider cannot detach them: \`terraform destroy\` fails
there. Let Terraform forget both first, destroy the rest, and attach the workspaces to another configuration:

\`\`\`console
terraform state rm 'module.databricks.databricks_mws_ncc_binding.workspace' 'module.databricks.databricks_mws_network_connectivity_config.ncc'
terraform destroy
\`\`\`

A change of
\`ncc.name\` or \`region\` makes a new configuration before the old one goes, which then cannot go for the same reason. To rename, make
the new one by a call of its own.`,
  },
  {
    title: 'What has to be known at plan',
    text: `
\`ncc.name\` and \`ncc.workspace_ids\`: how many resources there are depends on them. Everything else may come of resources that the same
apply makes. A workspace that is made in the same apply is bound by a \`databricks_mws_ncc_binding\` of your own, with \`ncc_id\`.`,
  },
];
