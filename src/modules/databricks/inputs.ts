import { LOCATION_FORM, REGION_FORM, SOVEREIGN } from '../../inventory';
import { limit } from '../../limits';
import type { ModuleInput } from '../definition';
import { hclObjectType } from '../hcl';
import { domainRules } from '../host-problems';
import { outOfReach } from '../partitions';
import { firstProblem, matches, noProblems, type Rule, repeated, shown } from '../problems';

const UUID = /^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/;
const NIL_UUID = /^[0-]+$/;

/** The largest number that an id of a workspace can be, 2^63 - 1. */
const WORKSPACE_MAX = '9223372036854775807';

const [nameMin, nameMax] = [limit('databricks.nccNameMin').value, limit('databricks.nccNameMax').value];
const workspacesMax = limit('databricks.workspacesPerNcc').value;

const rule = (when: string, say: string): Rule => ({ when, say });
const list = (...rules: readonly Rule[]): string => `[${firstProblem(rules)}]`;

const NCC_PROBLEMS = `concat(${[
  list(
    rule(
      'var.ncc.name != null && var.ncc.id != null',
      'ncc has a name (a new one) and an id (one that exists); remove one of the two.',
    ),
    rule(
      'var.ncc.name == null && var.ncc.id == null',
      'ncc has neither a name nor an id; write the name of a new one, or the id of one that exists.',
    ),
    rule(
      `var.ncc.name != null && !${matches(new RegExp(`^[0-9a-zA-Z_-]{${nameMin},${nameMax}}$`), 'var.ncc.name')}`,
      `ncc.name, \${${shown('var.ncc.name')}}, is no name of an NCC: ${nameMin} to ${nameMax} letters, digits, hyphens and underscores. Shorten or correct it.`,
    ),
    rule(
      `var.ncc.id != null && ${matches(/\//, 'var.ncc.id')}`,
      `ncc.id, \${${shown('var.ncc.id')}}, holds a slash; the id of an NCC is a UUID alone. Write the part after the slash, or take the attribute network_connectivity_config_id.`,
    ),
    rule(
      `var.ncc.id != null && (!${matches(UUID, 'var.ncc.id')} || ${matches(NIL_UUID, 'var.ncc.id')})`,
      `ncc.id, \${${shown('var.ncc.id')}}, is not the id of an NCC, a UUID. Copy the network connectivity configuration id from the account console.`,
    ),
  ),
  `[for i, id in var.ncc.workspace_ids : ${firstProblem([
    rule('id == null', 'ncc.workspace_ids[${i}] is null; write the id of a workspace.'),
    rule(
      `!${matches(/^[1-9][0-9]{0,18}$/, 'id')} || try(tonumber(id) > ${WORKSPACE_MAX}, false)`,
      `ncc.workspace_ids[\${i}], \${${shown('id')}}, is not the id of a workspace, a whole number in plain decimal digits. Copy the digits after o= from the address of the workspace.`,
    ),
  ])}]`,
  repeated('var.ncc.workspace_ids', 'ncc.workspace_ids'),
  list(
    rule(
      `length(var.ncc.workspace_ids) > ${workspacesMax}`,
      `ncc.workspace_ids has \${length(var.ncc.workspace_ids)} workspaces; at most ${workspacesMax} are bound to one NCC. Give the others an NCC of their own.`,
    ),
  ),
].join(', ')})`;

const elsewhere = outOfReach('var.region', 'region');

const REGION_PROBLEMS = list(
  rule(
    matches(SOVEREIGN, 'lower(var.region)'),
    `region, \${${shown('var.region')}}, is of another cloud of Azure, with other endpoints and another Databricks. Write a public location, such as eastus2.`,
  ),
  rule(
    `!${matches(REGION_FORM, 'var.region')} && !${matches(LOCATION_FORM, 'var.region')}`,
    `region, \${${shown('var.region')}}, is not a region of AWS or a location of Azure. Write a region such as us-east-2, or a location such as eastus2.`,
  ),
  rule(`${matches(REGION_FORM, 'var.region')} && (${elsewhere.when})`, elsewhere.say),
);

const DOMAIN_PROBLEMS = `concat(${list(
  rule(
    'length(var.domain_names) == 0',
    'domain_names is empty; a rule has at least one. Write the names that clients dial; where they are those of a router without targets, give it one first (enabled = false will do).',
  ),
)}, [for i, name in var.domain_names : ${firstProblem(domainRules('name', 'domain_names[${i}]'))}])`;

const SERVICE_PROBLEMS = list(
  rule('var.endpoint_service == null', ''),
  rule(
    `!${matches(/^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]{8,17}$/, 'var.endpoint_service')}`,
    `endpoint_service, \${${shown('var.endpoint_service')}}, is not the name of an endpoint service: com.amazonaws.vpce.us-east-2.vpce-svc-… Write the name, not the id, the ARN or the load balancer.`,
  ),
);

const RESOURCE_PROBLEMS = list(
  rule('var.resource_id == null', ''),
  rule(
    matches(/\.azure\.privatelinkservice$/, 'var.resource_id'),
    `resource_id, \${${shown('var.resource_id')}}, is the alias of a Private Link Service; Databricks takes its id. Write the id.`,
  ),
  rule(
    matches(/\/providers\/[mM]icrosoft\.[nN]etwork\/loadBalancers\//, 'var.resource_id'),
    `resource_id, \${${shown('var.resource_id')}}, is a load balancer; Databricks takes the Private Link Service before it. Write the id of that.`,
  ),
  rule(
    `!${matches(/^\/[sS]ubscriptions\/[0-9a-fA-F-]{36}\/[rR]esource[gG]roups\/[^/]+\/providers\/[mM]icrosoft\.[nN]etwork\/[pP]rivate[lL]ink[sS]ervices\/[^/]+$/, 'var.resource_id')}`,
    `resource_id, \${${shown('var.resource_id')}}, is not the id of a Private Link Service: /subscriptions/…/resourceGroups/…/providers/Microsoft.Network/privateLinkServices/… Write the id.`,
  ),
);

const domainsAzure = limit('databricks.domainsPerRuleAzure');

const LIMITS_PROBLEMS = list(
  rule('var.limits.domains_per_rule_azure == null', ''),
  rule(
    'var.limits.domains_per_rule_azure < 1 || floor(var.limits.domains_per_rule_azure) != var.limits.domains_per_rule_azure',
    `limits.domains_per_rule_azure, \${var.limits.domains_per_rule_azure}, is no whole number from 1 on. Write the limit that Databricks has raised for you.`,
  ),
);

export const inputs: readonly ModuleInput[] = [
  {
    name: 'region',
    type: 'string',
    description: 'The region of the workspaces: of AWS (us-east-2), or a location of Azure (eastus2).',
    inventory: 'routers.*.aws.region',
    validations: [noProblems(REGION_PROBLEMS)],
  },
  {
    name: 'ncc',
    type: hclObjectType({
      name: 'optional(string)',
      id: 'optional(string)',
      workspace_ids: 'optional(list(string), [])',
    }),
    description: `The network connectivity configuration: a new one by name (${nameMin} to ${nameMax} characters; a change replaces it), or one that exists by id, which may be unknown at plan. workspace_ids are bound to it, at most ${workspacesMax}, and have to be known at plan; a workspace has one NCC, and a second binding replaces the first in silence.`,
    inventory: 'routers.*.ncc',
    validations: [noProblems(NCC_PROBLEMS)],
  },
  {
    name: 'domain_names',
    type: 'list(string)',
    description: `The names that clients dial, 1 to ${limit('databricks.domainsPerRule').value}; any order, letter case and repetition. Each reaches every port of the endpoint.`,
    own: 'In an inventory the domains come of the targets.',
    validations: [noProblems(DOMAIN_PROBLEMS)],
  },
  {
    name: 'endpoint_service',
    type: 'string',
    description:
      'AWS: the name of the VPC endpoint service, com.amazonaws.vpce.…; may be unknown at plan. Either this or resource_id.',
    own: "A router makes its own endpoint service; here it is another module's.",
    default: null,
    nullable: true,
    validations: [noProblems(SERVICE_PROBLEMS)],
  },
  {
    name: 'resource_id',
    type: 'string',
    description:
      'Azure: the id of the Private Link Service, not its alias; may be unknown at plan. Either this or endpoint_service. A change, of letter case alone too, replaces the rule.',
    own: "A router makes its own Private Link Service; here it is another module's.",
    default: null,
    nullable: true,
    validations: [noProblems(RESOURCE_PROBLEMS)],
  },
  {
    name: 'bind_after',
    type: 'list(string)',
    description:
      'Values that exist once the endpoint is accepted, such as accepted_endpoint_id of aws-privatelink-router: workspaces are bound after them, so that none is sent to an endpoint that carries nothing yet.',
    own: 'A router accepts the endpoint itself, and binds afterwards.',
    default: [],
  },
  {
    name: 'limits',
    type: hclObjectType({
      domains_per_rule_azure: 'optional(number)',
      regions: 'optional(list(string), [])',
    }),
    description: `What Databricks has raised: domains_per_rule_azure, ${domainsAzure.what} (${domainsAzure.value} by default). regions are such that this version does not know yet.`,
    inventory: 'routers.*.limits',
    default: {},
    validations: [noProblems(LIMITS_PROBLEMS)],
  },
];
