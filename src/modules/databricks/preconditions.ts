import { LOCATIONS, PRIVATE_SUFFIXES, REGION_FORM, REGIONS } from '../../inventory';
import { limit } from '../../limits';
import { matches } from '../problems';

/** A precondition as a template each. */
interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

const perRule = limit('databricks.domainsPerRule').value;
const perRuleAzure = limit('databricks.domainsPerRuleAzure').value;

/**
 * How many domains the rule takes. Only where a higher number was stated does the cloud matter, which may be unknown at
 * plan as long as the service is.
 */
const MOST_DOMAINS = `(var.limits.domains_per_rule_azure == null ? ${perRule} : var.endpoint_service == null ? coalesce(var.limits.domains_per_rule_azure, ${perRuleAzure}) : ${perRule})`;

const isAws = matches(REGION_FORM, 'var.region');

/** Names under a suffix that no public registry gives out. */
const privateNames = `[for name in local.domain_names : name if ${matches(new RegExp(`\\.(${PRIVATE_SUFFIXES.map((suffix) => suffix.replaceAll('.', '\\.')).join('|')})$`), 'name')}]`;

/** What only several inputs together can have wrong; told at plan as far as Terraform knows them there. */
export const preconditions: readonly Precondition[] = [
  precondition(
    '(var.endpoint_service == null) != (var.resource_id == null)',
    '${var.endpoint_service == null ? "Neither endpoint_service nor resource_id is given" : "Both endpoint_service and resource_id are given"}; a rule leads to one service. Give endpoint_service on AWS, resource_id on Azure.',
  ),
  precondition(
    `contains(concat(${JSON.stringify([...REGIONS, ...LOCATIONS])}, var.limits.regions), var.region)`,
    'region, ${jsonencode(var.region)}, is not a region of AWS or a location of Azure that is known to have Databricks. Correct it; a new one is added with limits = { regions = [name] }.',
  ),
  precondition(
    'var.endpoint_service == null ? true : try(split(".", var.endpoint_service)[3] == var.region, true)',
    'endpoint_service, ${jsonencode(var.endpoint_service)}, is not in region ${jsonencode(var.region)}; a rule reaches services of its own region. Give the region of the service and the workspaces.',
  ),
  precondition(
    `var.resource_id == null || var.endpoint_service != null || !${isAws}`,
    'region, ${jsonencode(var.region)}, is a region of AWS, and resource_id is a Private Link Service of Azure. Write the location of the workspaces.',
  ),
  precondition(
    `length(local.domain_names) <= ${MOST_DOMAINS}`,
    `domain_names holds \${length(local.domain_names)} different names; a rule takes \${${MOST_DOMAINS}}. Call the module once more with the others and an endpoint of their own, or let targets share a name.`,
  ),
  precondition(
    `${isAws} || length(${privateNames}) == 0`,
    `domain_names: Databricks on Azure registers no names under a private-use suffix, and there are \${join(", ", ${privateNames})}. Write names under a public suffix.`,
  ),
];

function precondition(condition: string, errorMessage: string): Precondition {
  return { condition: `\${${condition}}`, errorMessage };
}
