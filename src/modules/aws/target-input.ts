import { ALIAS, PRESETS, SERVICE } from '../../inventory';
import { limitValue } from '../../limits';
import { HIGHEST_PORT, NAME_FORM } from '../../model';
import type { ModuleInput, ModuleValidation } from '../definition';
import { hclObjectType } from '../hcl';
import { checkParts, checkType } from '../health-check';
import { domainRules, hostRules, privateAddressRules } from '../host-problems';
import { firstProblem, matches, noProblems, type Rule, shown } from '../problems';
import { problemList, unlessNull, wholeRules, wordRules } from '../rules';
import { physicalNameRule } from './names';

const limit = (id: Parameters<typeof limitValue>[0]): number => limitValue(id, {});

const LISTENERS = limit('aws.listenersPerLoadBalancer');

/** Where a target stands in the list, for messages: a template over `i` and `t`. */
const AT = 'targets[${i}] (${coalesce(t.name, "without a name")})';

/** The ordered list of targets. */
export const TARGETS: ModuleInput = {
  name: 'targets',
  type: `list(${hclObjectType({
    name: 'string',
    host: 'string',
    port: 'optional(number)',
    preset: 'optional(string)',
    domain: 'optional(string)',
    listener_port: 'optional(number)',
    enabled: 'optional(bool, true)',
    idle_timeout: 'optional(number)',
    drain: 'optional(number)',
    deregistration_delay: 'optional(number)',
    health_check: `optional(${checkType('aws')}, {})`,
    security_group_ids: 'optional(list(string), [])',
    addresses: 'optional(list(string))',
    target_group_name: 'optional(string)',
  })})`,
  description: `What is to be reached, in an order that stays: a target without listener_port listens on base_port + its position. name: lower-case letters, digits and hyphens. host: a fully qualified name, or a private IPv4 address. port: of the target, or preset: one of ${[...PRESETS.keys()].join(', ')}. domain: the name that clients dial, by default the host. enabled = false keeps the place and takes the listener away. idle_timeout, drain: seconds; drain was called deregistration_delay, which is still read. security_group_ids: groups of the target that get the rule that admits the load balancer; of another account ACCOUNT/sg-…, where the owner makes it with a command of foreign_security_group_commands. addresses: where Terraform cannot know them while it plans. target_group_name: one that was taken over. The list may be empty; Databricks' rule needs a name all the same.`,
  inventory: 'routers.*.targets',
  validations: [
    {
      condition: `length(var.targets) <= ${LISTENERS}`,
      message: `There are \${length(var.targets)} targets; a load balancer has at most ${LISTENERS} listeners, and a disabled target keeps its place. Put the others into another call of this module.`,
    },
    each(
      {
        when: 't.name == null',
        say: `targets[\${i}] has no name. Give it one: lower-case letters, digits and hyphens.`,
      },
      {
        when: `!${matches(NAME_FORM, 't.name')}`,
        say: `targets[\${i}].name is \${${shown('t.name')}}; a name has lower-case letters, digits and hyphens, a letter first, at most 63 characters. Rename the target.`,
      },
    ),
    twice('name', 'have both the name', 'Rename one of the two.'),
    twice('listener_port', 'ask both for the listener port', 'Choose another one, or leave it away.'),
    each(...hostRules('t.host', `${AT}.host`), ...loopRules()),
    each(...optional('t.domain', domainRules('t.domain', `${AT}.domain`))),
    each(
      ...wordRules('t.preset', `${AT}.preset`, [...PRESETS.keys()]),
      {
        when: 't.port == null && t.preset == null',
        say: `${AT} has no port, and no preset that knows one. Add port or preset.`,
      },
      ...wholeRules('t.port', `${AT}.port`, 1, HIGHEST_PORT),
    ),
    each(...wholeRules('t.listener_port', `${AT}.listener_port`, 1, HIGHEST_PORT)),
    each(
      ...wholeRules('t.idle_timeout', `${AT}.idle_timeout`, limit('aws.idleTimeoutMin'), limit('aws.idleTimeoutMax')),
    ),
    each(...wholeRules('t.drain', `${AT}.drain`, 0, limit('aws.deregistrationDelayMax'))),
    each(
      {
        when: 't.deregistration_delay != null && t.drain != null',
        say: `${AT} has drain and deregistration_delay, the former name of drain. Remove deregistration_delay.`,
      },
      ...wholeRules('t.deregistration_delay', `${AT}.deregistration_delay`, 0, limit('aws.deregistrationDelayMax')),
    ),
    noProblems(
      `flatten([for i, t in var.targets : ${problemList(checkParts('aws', 't.health_check', `${AT}.health_check`))}])`,
    ),
    ofList(
      'security_group_ids',
      '!can(regex("^([0-9]{12}/)?sg-([0-9a-f]{8}|[0-9a-f]{17})$", item))',
      `is \${item == null ? "null" : ${shown('item')}}, which is not the id of a security group: sg- and 8 or 17 hexadecimal digits in lower case, after ACCOUNT/ where another account has it. Copy it from the AWS console.`,
    ),
    again('security_group_ids'),
    each({
      when: unlessNull('t.addresses', 'length(t.addresses) == 0'),
      say: `${AT}.addresses is empty. List the target's private addresses, or leave it away: Terraform then resolves the host.`,
    }),
    noProblems(
      `flatten([for i, t in var.targets : [for n, item in coalesce(t.addresses, []) : ${firstProblem(privateAddressRules('item', `${AT}.addresses[\${n}]`))}]])`,
    ),
    again('addresses'),
    each(...optional('t.target_group_name', [physicalNameRule('t.target_group_name', `${AT}.target_group_name`)])),
  ],
};

/** A validation of every target by itself. */
function each(...rules: readonly Rule[]): ModuleValidation {
  return noProblems(`[for i, t in var.targets : ${firstProblem(rules)}]`);
}

/** Rules for a value that may be null. */
function optional(value: string, rules: readonly Rule[]): readonly Rule[] {
  return [{ when: `${value} == null`, say: '' }, ...rules];
}

/** Hosts to which nobody connects: endpoint services, by their names. */
function loopRules(): readonly Rule[] {
  const say = (what: string): string =>
    `${AT}.host, \${${shown('t.host')}}, is ${what}, which nobody connects to by this name; a router is one itself. Write the host of the target itself.`;
  return [
    { when: matches(SERVICE, 'lower(trimsuffix(t.host, "."))'), say: say('an endpoint service') },
    { when: matches(ALIAS, 'lower(trimsuffix(t.host, "."))'), say: say('the alias of a Private Link Service') },
  ];
}

/** A validation of each item of a list that targets have. */
function ofList(list: string, wrong: string, what: string): ModuleValidation {
  const say = `${AT}.${list}[\${n}] ${what}`;
  return noProblems(
    `flatten([for i, t in var.targets : [for n, item in coalesce(t.${list}, []) : ${firstProblem([{ when: wrong, say }])}]])`,
  );
}

/** An item twice in one list. */
function again(list: string): ModuleValidation {
  const say = `${AT}.${list}[\${n}] is \${${shown('item')}} again. Remove one of the two.`;
  const rule: Rule = { when: `try(index(t.${list}, item) < n, false)`, say };
  return noProblems(
    `flatten([for i, t in var.targets : [for n, item in coalesce(t.${list}, []) : ${firstProblem([rule])}]])`,
  );
}

/** A value that two targets have, each pair of neighbours told once. */
function twice(key: string, what: string, remedy: string): ModuleValidation {
  const before = `[for j, other in var.targets : j if j < i && other.${key} != null && other.${key} == t.${key}]`;
  const say = `targets[\${${before}[0]}]${key === 'name' ? '' : ` (\${var.targets[${before}[0]].name})`} and targets[\${i}]${key === 'name' ? '' : ' (${t.name})'} ${what} \${${key === 'name' ? shown('t.name') : `t.${key}`}}. ${remedy}`;
  return noProblems(`[for i, t in var.targets : ${firstProblem([{ when: `length(${before}) > 0`, say }])}]`);
}
