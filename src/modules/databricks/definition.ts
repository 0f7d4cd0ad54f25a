import { TerraformLocal, type TerraformStack } from 'cdktf';
import { NetworkConnectivity, PrivateEndpointRule, pinned, Reference, WorkspaceBindings } from '../../constructs';
import type { ModuleDefinition } from '../definition';
import { moduleFiles } from '../files';
import { inputs } from './inputs';
import { notes } from './notes';
import { outputs } from './outputs';
import { preconditions } from './preconditions';

/** One private endpoint rule, with the network connectivity configuration it stands in and the workspaces bound to that. */
export const databricksModule: ModuleDefinition = {
  name: 'databricks-ncc-private-endpoints',
  provider: 'databricks',
  registryName: 'ncc-private-endpoints',
  title: 'Private endpoint rule of a Databricks network connectivity configuration',
  purpose: `
Sends names that serverless compute of Databricks dials to a private endpoint: on AWS to an endpoint service (PrivateLink), on
Azure to a Private Link Service. Makes the network connectivity configuration (NCC) or uses one that exists, makes the rule, and
binds workspaces once the endpoint is accepted. The services themselves are made by its neighbours, \`aws-privatelink-router\` and
\`azure-privatelink-forwarder\`, or by you.`,
  providers: ['databricks'],
  requiredVersion: '>= 1.3',
  inputs,
  outputs,
  notes,
  companions: [],
  files: moduleFiles('databricks'),
  fill,
};

function fill(stack: TerraformStack): void {
  // As the server keeps them: any other order or letter case would be a change in every plan.
  const domains = 'sort(distinct([for name in var.domain_names : trimsuffix(lower(name), ".")]))';
  pinned(new TerraformLocal(stack, 'domains', `\${${domains}}`), 'domain_names');
  const ncc = new NetworkConnectivity(stack, 'ncc', {
    ncc: { name: new Reference('var.ncc.name'), id: new Reference('var.ncc.id') },
    region: new Reference('var.region'),
  });
  pinned(new TerraformLocal(stack, 'ncc-id', ncc.id), 'ncc_id');
  const { rule } = new PrivateEndpointRule(stack, 'endpoint', {
    nccId: '${local.ncc_id}',
    origin: { services: { aws: new Reference('var.endpoint_service'), azure: new Reference('var.resource_id') } },
    domains: new Reference('local.domain_names'),
    preconditions,
  });
  new WorkspaceBindings(stack, 'workspaces', {
    nccId: '${local.ncc_id}',
    workspaceIds: new Reference('var.ncc.workspace_ids'),
    after: [rule, { fqn: 'var.bind_after' }],
  });
}
