import { expression, type TerraformCondition } from '../../constructs';
import { type Capability, ENGINE_NAMES, enginesWith, lackedBy } from '../../forwarder';
import { LOCATIONS } from '../../inventory';
import { HIGHEST_PORT, listed } from '../../model';
import { checkTogether } from '../health-check';
import { firstProblem, matches, noProblems, type Rule } from '../problems';
import { hclWords, problemList } from '../rules';
import { without } from './engine-words';
import { subnetPairRules, unseenApprovals } from './place-inputs';
import { DOMAINS_LIMIT } from './router-inputs';
import { hasPrivateSuffix, RESERVED_PORTS } from './target-inputs';

/** The problems that can be seen only of several inputs together: expressions of lists of texts, by local. */
export function problemLocals(): Readonly<Record<string, string>> {
  return {
    place_problems: problemList([locationRules(), zoneRules(), subnetPairRules()]),
    approval_problems: unseenApprovals(),
    engine_problems: problemList(engineRules()),
    port_problems: eachSlot(...portRules()),
    shared_port_problems: samePorts(),
    domain_problems: eachSlot(...domainRules()),
    domain_count_problems: problemList([domainCountRules()]),
    health_check_problems: `flatten([for i, t in var.targets : ${problemList(checkTogether('azure', 't.health_check', 'var.health_check', 'targets[${i}] (${t.name}).health_check'))}])`,
  };
}

/**
 * Asked of the load balancer, before anything stands on it. One for each kind of problem, so that a value which nobody
 * knows at plan keeps back no more than its own.
 */
export function azurePreconditions(): readonly TerraformCondition[] {
  return Object.keys(problemLocals()).map((local) => {
    const { condition, message } = noProblems(`local.${local}`);
    return { condition: expression(condition), errorMessage: message };
  });
}

/** What is wrong with every target by itself. */
function eachSlot(...rules: readonly Rule[]): string {
  return `[for s in local.slots : ${firstProblem(rules)}]`;
}

const SLOT = 'targets[${s.position}] (${s.name})';

function locationRules(): readonly Rule[] {
  return [
    {
      when: `!contains(concat(${hclWords(LOCATIONS)}, var.limits.regions), var.location)`,
      say: 'location is ${jsonencode(var.location)}, which is not a location of Azure that is known here. Correct it; a new one is added with limits = { regions = [${jsonencode(var.location)}] }.',
    },
  ];
}

function zoneRules(): readonly Rule[] {
  return [
    {
      when: 'length(coalesce(var.forwarder.zones, [])) > 0 && contains(local.locations_without_zones, var.location)',
      say: '${var.location} has no availability zones. Remove forwarder.zones, or choose a location that has some.',
    },
  ];
}

/** Engines that lack something, which a caller asks for all the same. */
function engineRules(): readonly (readonly Rule[])[] {
  const lacking = (capability: Capability): string => {
    const engines = ENGINE_NAMES.filter((engine) => lackedBy(engine).includes(capability));
    return `contains(${hclWords(engines)}, var.forwarder.engine)`;
  };
  const engine = 'The engine ${var.forwarder.engine}';
  const positions = (key: string): string => `[for i, t in var.targets : "targets[\${i}]" if t.${key} != null]`;
  return [
    [
      {
        when: `${lacking('healthChecks')} && (var.health_check != null || length(${positions('health_check')}) > 0)`,
        say: `${engine} ${without('healthChecks')} Remove health_check (\${join(", ", concat(var.health_check == null ? [] : ["the router's"], ${positions('health_check')}))}), or use engine = "${listed(enginesWith('healthChecks'), 'or')}".`,
      },
    ],
    [
      {
        when: `${lacking('perTargetIdleTimeout')} && length(${positions('idle_timeout')}) > 0`,
        say: `${engine} ${without('perTargetIdleTimeout')} Remove idle_timeout of \${join(", ", ${positions('idle_timeout')})} and set it once for the router, or use engine = ${listed(
          enginesWith('perTargetIdleTimeout').map((one) => `"${one}"`),
          'or',
        )}.`,
      },
    ],
  ];
}

function portRules(): readonly Rule[] {
  return [
    {
      when: `!s.asked && s.port > ${HIGHEST_PORT}`,
      say: `${SLOT} would listen on \${s.port}, which is base_port (\${var.base_port}) and its position; ${HIGHEST_PORT} is the last port. Lower base_port, or give the target a listener_port.`,
    },
    {
      when: `!s.asked && contains(keys(${RESERVED_PORTS}), tostring(s.port))`,
      say: `${SLOT} would listen on \${s.port}, which is base_port (\${var.base_port}) and its position, and no listener can have that port: \${lookup(${RESERVED_PORTS}, tostring(s.port), "")}. Give the target a listener_port.`,
    },
  ];
}

/** A port that one target asks for and another has by its position; by groups, so that it stays linear. */
function samePorts(): string {
  const who = '"targets[${s.position}] (${s.name}, ${s.asked ? "by listener_port" : "by base_port and its position"})"';
  const say = `\${join(" and ", [for s in all : ${who}])} have the same listener port, \${port}. Give one of them another listener_port.`;
  return `[for port, all in { for s in local.slots : tostring(s.port) => s... } : length(all) == 1 ? "" : "${say}"]`;
}

/** Hosts that stand for the domain as well, since there is no other. */
function domainRules(): readonly Rule[] {
  return [
    { when: 's.named', say: '' },
    {
      when: 's.literal',
      say: `${SLOT} has the address \${s.host} as its host; Databricks registers names only. Add domain with the name that clients dial, or domains = { shared = … } for all.`,
    },
    {
      when: matches(/_/, 's.host'),
      say: `${SLOT} has the host \${s.host} with an underscore; Databricks registers names of letters, digits, hyphens and dots. Give the target a domain of its own.`,
    },
    {
      when: hasPrivateSuffix('s.host'),
      say: `${SLOT} has the host \${s.host} with a private-use suffix; Databricks on Azure registers no such names. Give the target a domain under a public suffix; its host may stay as it is.`,
    },
  ];
}

function domainCountRules(): readonly Rule[] {
  const domains = 'distinct(local.slots[*].domain)';
  const most = `var.limits.${DOMAINS_LIMIT}`;
  return [
    {
      when: `length(${domains}) > ${most}`,
      say: `The targets have \${length(${domains})} domains, and Databricks' private endpoint rule has at most \${${most}}. Let targets share a name with domains = { shared = … } or a domain in common, or put some into another call of this module.`,
    },
  ];
}
