import { reservedPorts } from '../../forwarder';
import { ALIAS, PRESETS, PRIVATE_SUFFIXES, SERVICE } from '../../inventory';
import { limit } from '../../limits';
import { AZURE_REFUSED_PORTS, HIGHEST_PORT, listed, NAME_FORM } from '../../model';
import type { ModuleInput } from '../definition';
import { hclObjectType } from '../hcl';
import { checkParts, checkTogether, checkType } from '../health-check';
import { domainRules, hostRules } from '../host-problems';
import { matches, noProblems, type Rule, shown } from '../problems';
import { formRules, hclMap, itemProblems, problemList, unlessNull, wholeRules } from '../rules';

/** One rule of a network interface is the scale set's own probe's. */
const MAX_TARGETS = limit('azure.rulesPerNetworkInterface').value - 1;

/** One range on both clouds. */
const DRAIN = [0, limit('aws.deregistrationDelayMax').value] as const;

const IDLE_TIMEOUT = [limit('azure.idleTimeoutMin').value, limit('azure.idleTimeoutMax').value] as const;

const MAX_CONNECTIONS = [1, limit('azure.maxConnectionsMax').value] as const;

const TARGETS_TYPE = `list(${hclObjectType({
  name: 'string',
  host: 'string',
  port: 'optional(number)',
  preset: 'optional(string)',
  domain: 'optional(string)',
  listener_port: 'optional(number)',
  enabled: 'optional(bool, true)',
  idle_timeout: 'optional(number)',
  max_connections: 'optional(number)',
  drain: 'optional(number)',
  health_check: `optional(${checkType('azure')})`,
})})`;

/** What can name a router or a target. */
export function nameRules(value: string, where: string): readonly Rule[] {
  return [
    { when: `${value} == null`, say: `${where} is null; a name is expected.` },
    ...formRules(
      value,
      where,
      NAME_FORM,
      'is no name: lower-case letters, digits and hyphens, a letter first, at most 63 characters. Choose another one; it stays for good.',
    ),
  ];
}

/** True where a name ends in a private-use suffix. An expression. */
export function hasPrivateSuffix(name: string): string {
  const suffixes = PRIVATE_SUFFIXES.map((suffix) => suffix.replaceAll('.', '[.]'));
  return matches(new RegExp(`[.](${suffixes.join('|')})[.]?$`), `lower(${name})`);
}

/** A domain, with everything that is known of it alone. */
function registeredRules(value: string, where: string): readonly Rule[] {
  return [
    ...domainRules(value, where),
    {
      when: hasPrivateSuffix(value),
      say: `${where}, \${${shown(value)}}, ends in a private-use suffix; Databricks on Azure registers no such names. Write a name under a public suffix; the host may stay as it is.`,
    },
  ];
}

function endpointRules(host: string, where: string): readonly Rule[] {
  const name = `trimsuffix(lower(${host}), ".")`;
  return [
    {
      when: `${matches(ALIAS, name)} || ${matches(SERVICE, name)}`,
      say: `${where}, \${${shown(host)}}, is a Private Link Service or an endpoint service, which nobody connects to by this name. Write the host of the target itself.`,
    },
  ];
}

/** Why no listener has a port, by the port; an expression of a map. */
export const RESERVED_PORTS = hclMap(reservedPorts(AZURE_REFUSED_PORTS));

const PRESET_PORTS = hclMap([...PRESETS].map(([name, { port }]) => [name, port]));

/** The problems of each target by itself. */
function eachTarget(): string {
  const at = 'targets[${i}]';
  const key = 'tostring(t.listener_port)';
  const portRules: readonly Rule[] = [
    {
      when: 't.port == null && t.preset == null',
      say: `${at} has no port, and no preset that knows one. Add port or preset.`,
    },
    ...wholeRules('t.port', `${at}.port`, 1, HIGHEST_PORT),
  ];
  const presetRules: readonly Rule[] = [
    {
      when: unlessNull('t.preset', `!contains(keys(${PRESET_PORTS}), t.preset)`),
      say: `${at}.preset is \${${shown('t.preset')}}; there is no such preset: ${listed([...PRESETS.keys()], 'or')} is expected. Leave the preset away and give the port.`,
    },
  ];
  const listenerRules: readonly Rule[] = [
    ...wholeRules('t.listener_port', `${at}.listener_port`, 1, HIGHEST_PORT),
    {
      when: unlessNull('t.listener_port', `contains(keys(${RESERVED_PORTS}), ${key})`),
      say: `${at}.listener_port is \${t.listener_port}, and no listener can have that port: \${lookup(${RESERVED_PORTS}, ${key}, "")}. Choose another one, or leave it away.`,
    },
  ];
  return itemProblems('var.targets', 'targets', 't', [
    nameRules('t.name', `${at}.name`),
    [...hostRules('t.host', `${at}.host`), ...endpointRules('t.host', `${at}.host`)],
    portRules,
    presetRules,
    unlessGiven('t.domain', registeredRules('t.domain', `${at}.domain`)),
    listenerRules,
    idleTimeoutRules('t.idle_timeout', `${at}.idle_timeout`),
    maxConnectionsRules('t.max_connections', `${at}.max_connections`),
    wholeRules('t.drain', `${at}.drain`, ...DRAIN),
    ...checkParts('azure', 't.health_check', `${at}.health_check`),
  ]);
}

/** Rules of a value that may be left away. */
export function unlessGiven(value: string, rules: readonly Rule[]): readonly Rule[] {
  return [{ when: `${value} == null`, say: '' }, ...rules];
}

/** The forwarder's own timer. */
function idleTimeoutRules(value: string, where: string): readonly Rule[] {
  return wholeRules(value, where, ...IDLE_TIMEOUT);
}

/** Sessions of one machine with one target. */
function maxConnectionsRules(value: string, where: string): readonly Rule[] {
  return wholeRules(value, where, ...MAX_CONNECTIONS);
}

/**
 * Targets that share what only one may have, by groups of their positions: linear, and Terraform's own word for one key
 * twice never comes before ours.
 *
 * @param key an expression of what they share, null where there is nothing
 * @param say a template of the first and of the others, as templates themselves, and of `key`
 */
function shared(key: string, say: (first: string, others: string) => string): string {
  const groups = `{ for i, t in var.targets : "\${${key}}" => i... if try(${key}, null) != null }`;
  const others = '${join(" and ", [for i in slice(at, 1, length(at)) : "targets[${i}]"])}';
  return `[for key, at in ${groups} : length(at) == 1 ? "" : "${say('targets[${at[0]}]', others)}"]`;
}

function pairs(): readonly string[] {
  const port = `coalesce(t.port, lookup(${PRESET_PORTS}, coalesce(t.preset, "-"), 0))`;
  const end = `"\${lower(trimsuffix(t.host, "."))}:\${${port}}"`;
  const named = `can(regex(${JSON.stringify(NAME_FORM.source)}, t.name)) ? t.name : null`;
  return [
    shared(
      `(${named})`,
      (first, others) => `${first} (\${key}) and ${others} have the same name; names are unique. Rename one of them.`,
    ),
    shared(
      't.listener_port',
      (first, others) =>
        `${first} and ${others} have the same listener_port, \${key}. Choose another one, or leave it away.`,
    ),
    shared(
      end,
      (first, others) =>
        `${first} and ${others} are the same, \${${shown('key')}}. Remove one of them; clients can share a target.`,
    ),
  ];
}

/** The ordered list of targets. */
export function targetsInput(): ModuleInput {
  return {
    name: 'targets',
    type: TARGETS_TYPE,
    description: `What is to be reached, in an order that stays: host and port (or a preset that knows the port), and the domain that clients in Databricks dial (default: the host). The listener port is listener_port, or base_port and the position in this list; enabled = false keeps both and takes the listener away. At most ${MAX_TARGETS}. Presets: ${[...PRESETS.keys()].join(', ')}. Times in seconds; idle_timeout ${IDLE_TIMEOUT[0]} to ${IDLE_TIMEOUT[1]}, max_connections in sessions of each machine, drain ${DRAIN[0]} to ${DRAIN[1]}. health_check and idle_timeout only with an engine that has them. The list may be empty; Databricks' rule needs a name all the same.`,
    inventory: 'routers.*.targets',
    validations: [
      noProblems(eachTarget()),
      ...pairs().map(noProblems),
      {
        condition: `length(var.targets) <= ${MAX_TARGETS}`,
        message: `There are \${length(var.targets)} targets; a load balancer of this module has room for ${MAX_TARGETS}, disabled ones included. Give some to another router.`,
      },
    ],
  };
}

/** What holds for all targets that do not say it themselves. */
export function tuningInputs(): readonly ModuleInput[] {
  return [
    {
      name: 'health_check',
      type: checkType('azure'),
      description:
        'How the forwarder finds out whether an address of a target answers, for targets that do not say it themselves; with the engine haproxy only. protocol TCP, HTTP or HTTPS; host, the name that a check by HTTP or HTTPS asks for, by default the domain; interval and timeout in seconds. null: as the preset has it.',
      inventory: 'routers.*.healthCheck',
      default: null,
      nullable: true,
      validations: [
        noProblems(problemList(checkParts('azure', 'var.health_check', 'health_check'))),
        noProblems(problemList(checkTogether('azure', 'var.health_check', 'null', 'health_check'))),
      ],
    },
    {
      name: 'idle_timeout',
      type: 'number',
      description: `Seconds without a byte after which the forwarder cuts a connection, ${IDLE_TIMEOUT[0]} to ${IDLE_TIMEOUT[1]}, for targets that do not say it themselves. null: as the preset has it, or 7200.`,
      inventory: 'routers.*.idleTimeout',
      default: null,
      nullable: true,
      validations: [noProblems(problemList([idleTimeoutRules('var.idle_timeout', 'idle_timeout')]))],
    },
    {
      name: 'max_connections',
      type: 'number',
      description: `Sessions that each machine keeps with one target at once, ${MAX_CONNECTIONS[0]} to ${MAX_CONNECTIONS[1]}, for targets that do not say it themselves; one more is refused. null: four fifths of what the memory of the machine holds.`,
      inventory: 'routers.*.maxConnections',
      default: null,
      nullable: true,
      validations: [noProblems(problemList([maxConnectionsRules('var.max_connections', 'max_connections')]))],
    },
    {
      name: 'drain',
      type: 'number',
      description: `Seconds that open sessions of a removed, disabled or moved target may go on after its port has closed, and those to an address that has left its target, ${DRAIN[0]} to ${DRAIN[1]}, for targets that do not say it themselves. null: as the preset has it, or 10.`,
      inventory: 'routers.*.drain',
      default: null,
      nullable: true,
      validations: [noProblems(problemList([wholeRules('var.drain', 'drain', ...DRAIN)]))],
    },
  ];
}
