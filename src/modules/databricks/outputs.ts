import type { ModuleOutput } from '../definition';

const RULE = 'databricks_mws_ncc_private_endpoint_rule.this';

export const outputs: readonly ModuleOutput[] = [
  {
    name: 'ncc_id',
    description: 'Network connectivity configuration that holds the rule; give it to further rules as ncc = { id }.',
    value: 'local.ncc_id',
  },
  { name: 'rule_id', description: 'The private endpoint rule.', value: `${RULE}.rule_id` },
  {
    name: 'private_endpoint_id',
    description:
      'AWS: the VPC endpoint that Databricks made, for the private_endpoint_id of aws-privatelink-router; empty until it is made.',
    value: `${RULE}.vpc_endpoint_id`,
  },
  {
    name: 'private_endpoint_name',
    description:
      'Azure: the private endpoint that Databricks made, for the private_endpoint_name of azure-privatelink-forwarder; empty until it is made.',
    value: `${RULE}.endpoint_name`,
  },
  {
    name: 'connection_state',
    description: 'State of the rule when Terraform last looked; only ESTABLISHED carries traffic.',
    value: `${RULE}.connection_state`,
  },
  {
    name: 'domain_names',
    description: 'The names that the rule sends to the endpoint: lower case, each once, sorted.',
    value: 'local.domain_names',
  },
];
