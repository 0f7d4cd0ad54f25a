import type { TerraformCondition } from '../../constructs';
import { expression } from '../../constructs';
import { LOAD_BALANCER, REGIONS } from '../../inventory';
import { limitValue } from '../../limits';
import { HIGHEST_PORT } from '../../model';
import { firstProblem, matches, noProblems, pattern, type Rule, shown } from '../problems';

/** What can be seen only of several inputs together, or of their defaults: asked before the load balancer is planned. */
export function awsPreconditions(): readonly TerraformCondition[] {
  return [
    ...[...placeRules(), bothDrains()].map((rule) => condition(`[${firstProblem([rule])}]`)),
    each(...portRules()),
    each(sameEnd()),
    each(...nameRules()),
    domainCount(),
    each(...checkRules()),
    sameEgress(),
  ];
}

function condition(problems: string): TerraformCondition {
  const { condition: holds, message } = noProblems(problems);
  return { condition: expression(holds), errorMessage: message };
}

/** A condition of every target by itself. */
function each(...rules: readonly Rule[]): TerraformCondition {
  return condition(`[for i, s in local.slots : ${firstProblem(rules)}]`);
}

function placeRules(): readonly Rule[] {
  const gov = 'startswith(var.region, "us-gov-")';
  return [
    {
      when: `!contains(concat(${JSON.stringify(REGIONS)}, var.limits.regions), var.region)`,
      say: `region is \${${shown('var.region')}}, which is not a region that Databricks on AWS is known to run in. Correct it; a new one is added with limits = { regions = [\${${shown('var.region')}}] }.`,
    },
    {
      when: `${gov} && var.govcloud == null`,
      say: '${var.region} has two Databricks; which one is not stated. Add govcloud = "civilian", or govcloud = "dod".',
    },
    {
      when: `!${gov} && var.govcloud != null`,
      say: '${var.region} is not a region of GovCloud. Remove govcloud.',
    },
  ];
}

function bothDrains(): Rule {
  return {
    when: 'var.drain != null && var.deregistration_delay != null',
    say: 'drain and deregistration_delay, the former name of drain, are both given. Remove deregistration_delay.',
  };
}

function portRules(): readonly Rule[] {
  const holder = '[for other in local.slots : other if !other.asks_port && other.listener_port == s.listener_port]';
  return [
    {
      when: `!s.asks_port && s.listener_port > ${HIGHEST_PORT}`,
      say: `\${s.at} would listen on \${s.listener_port}, which is base_port (\${var.base_port}) + its position; ${HIGHEST_PORT} is the last port. Lower base_port, or give the target a listener_port.`,
    },
    {
      when: `s.asks_port && length(${holder}) > 0`,
      say: `\${s.at} asks for the listener port \${s.listener_port}, which \${${holder}[0].at} has by its position: base_port (\${var.base_port}) + \${${holder}[0].listener_port - var.base_port}. Choose another listener_port.`,
    },
  ];
}

function sameEnd(): Rule {
  const before = '[for j, other in local.slots : other if j < i && other.host == s.host && other.port == s.port]';
  return {
    when: `s.port != 0 && length(${before}) > 0`,
    say: `\${s.at} leads to \${s.host}:\${s.port}, as \${${before}[0].at} does already. Remove one of the two; clients can share a target.`,
  };
}

function nameRules(): readonly Rule[] {
  // Names of load balancers are cut to fit, so that the readable part may be a beginning only.
  const found = `try(regex(${pattern(LOAD_BALANCER)}, s.host), ["", ""])`;
  const bare = `replace(${found}[0], "/-[0-9]+$/", "")`;
  const own = `(${bare} == var.name || (length(${found}[0]) >= 8 && startswith(var.name, ${found}[0])) || (length(${bare}) >= 8 && startswith(var.name, ${bare})))`;
  return [
    {
      when: 's.literal && !s.named',
      say: '${s.at} has the address ${s.host} as its host; Databricks registers names only. Add domain with the name that clients dial, or domains = { shared = … } for all.',
    },
    {
      when: `!s.named && !s.literal && ${matches(/_/, 's.host')}`,
      say: '${s.at} has the host ${s.host} with an underscore; Databricks registers names of letters, digits, hyphens and dots. Give the target a domain of its own.',
    },
    {
      when: `${found}[1] == var.region && ${found}[0] != "" && ${own}`,
      say: "${s.at} has this router's own load balancer as its host: connections would go round in circles. Write the host of the target itself.",
    },
  ];
}

function domainCount(): TerraformCondition {
  const most = limitValue('databricks.domainsPerRule', {});
  return {
    condition: expression(`length(distinct(local.slots[*].domain)) <= ${most}`),
    errorMessage: `The targets have \${length(distinct(local.slots[*].domain))} domains, and Databricks' private endpoint rule has at most ${most}. Let targets share a name with domains = { shared = … } or a domain in common, or put some into another call of this module.`,
  };
}

function checkRules(): readonly Rule[] {
  const check = 'local.health_checks[i]';
  const loose = (key: string): Rule => ({
    when: `${check}.protocol == "TCP" && s.health_check.${key} != null`,
    say: `\${s.at} has health_check.${key}, which has a meaning only with protocol HTTP or HTTPS; its health check is TCP. Add protocol = "HTTP" (or "HTTPS"), or remove ${key}.`,
  });
  return [
    {
      when: `${check}.timeout > ${check}.interval`,
      say: `\${s.at} has a health check with a timeout of \${${check}.timeout} s, longer than its interval of \${${check}.interval} s. Set timeout to at most interval.`,
    },
    loose('path'),
    loose('matcher'),
  ];
}

/** Where an address has a rule for itself, AWS would refuse the same rule for another target: one host, one health check port. */
function sameEgress(): TerraformCondition {
  const rules = '[for key, rule in local.egress : "${rule.port}/${rule.cidr}"]';
  return {
    condition: expression(`length(distinct(${rules})) == length(${rules})`),
    errorMessage: `Two targets reach one address on one port: \${join(", ", distinct([for key, rule in local.egress : "\${rule.cidr} port \${rule.port}" if length([for other in local.egress : other if other.port == rule.port && other.cidr == rule.cidr]) > 1]))}. Where targets bring addresses, each address and port, that of health checks included, can have one rule only. Leave addresses away where Terraform knows the host while it plans, or let the health checks use the targets' own ports.`,
  };
}
