import { admissionCommand } from '../../constructs';
import { NO_PRESET, PRESETS, type Preset } from '../../inventory';
import { principalOf } from '../../planner';
import { tableCheck } from '../health-check';
import { targetGroupName } from './names';

type Defaults = Pick<Preset, 'idleTimeout' | 'drain' | 'healthCheck'>;

/** What a protocol's table says, in the words of the module. */
function defaultsOf({ idleTimeout, drain, healthCheck }: Defaults): Record<string, unknown> {
  return {
    idle_timeout: idleTimeout,
    drain,
    health_check: tableCheck(healthCheck),
  };
}

/** Tables as locals: values that hold no expression but the region in the role's name. */
export function tableLocals(): Readonly<Record<string, unknown>> {
  const presets = [...PRESETS].map(([name, preset]) => [name, { port: preset.port, ...defaultsOf(preset) }]);
  return {
    presets: Object.fromEntries(presets),
    no_preset: defaultsOf(NO_PRESET),
    principals: {
      commercial: principalOf({ region: '${var.region}' }),
      civilian: principalOf({ region: '${var.region}', govcloud: 'civilian' }),
      dod: principalOf({ region: '${var.region}', govcloud: 'dod' }),
    },
  };
}

/** Hosts and domains as the inventory normalises them. */
function plainName(text: string): string {
  return `lower(trimsuffix(${text}, "."))`;
}

/**
 * The targets by position, disabled ones too. Everything here has a value whatever the caller wrote, so that it is our own
 * messages that tell what is wrong.
 */
const SLOTS = `[for i, t in var.targets : {
  at                   = "targets[\${i}] (\${coalesce(t.name, "without a name")})"
  name                 = coalesce(t.name, tostring(i))
  enabled              = t.enabled
  host                 = t.host == null ? "" : ${plainName('t.host')}
  literal              = can(regex("^[0-9.]+$", t.host))
  port                 = t.port != null ? t.port : try(local.presets[t.preset].port, 0)
  domain               = try(${plainName('coalesce(t.domain, var.domains.shared)')}, ${plainName('t.host')}, "")
  named                = t.domain != null || var.domains.shared != null
  asks_port            = t.listener_port != null
  listener_port        = coalesce(t.listener_port, var.base_port + i)
  positions            = t.addresses != null
  addresses            = t.addresses
  defaults             = try(local.presets[t.preset], local.no_preset)
  idle_timeout         = t.idle_timeout
  drain                = try(coalesce(t.drain, t.deregistration_delay), null)
  health_check         = t.health_check
  security_group_ids   = t.security_group_ids
  own_groups           = [for group in t.security_group_ids : group if !can(regex("/", group))]
  target_group_name    = t.target_group_name
}]`;

/** The health check in force by position: the target's own words, then the module's, then the protocol's table. */
const CHECKS = `[for s in local.slots : merge(s.defaults.health_check, { for key, value in var.health_check : key => value if value != null }, { for key, value in s.health_check : key => value if value != null })]`;

const own = (key: string): string => `coalesce(s.${key}, var.${key}, s.defaults.${key})`;

/** The enabled targets by name, in the form that the shard takes. Of two of one name it takes the first: a message says it. */
const TARGETS = `{ for name, same in { for i, s in local.slots : s.name => {
  host                 = s.host
  domain               = s.domain
  port                 = s.port
  listener_port        = s.listener_port
  resolution           = s.positions ? "positions" : s.literal ? "fixed" : "plan"
  addresses            = s.positions ? s.addresses : [for host in [s.host] : host if s.literal]
  target_group_name    = coalesce(s.target_group_name, ${targetGroupName('s.name', 's.port')})
  idle_timeout         = ${own('idle_timeout')}
  deregistration_delay = coalesce(s.drain, var.drain, var.deregistration_delay, s.defaults.drain)
  health_check = {
    protocol            = local.health_checks[i].protocol
    port                = try(tostring(local.health_checks[i].port), "traffic-port")
    path                = local.health_checks[i].protocol == "TCP" ? null : try(local.health_checks[i].path, "/")
    matcher             = local.health_checks[i].protocol == "TCP" ? null : try(local.health_checks[i].matcher, "200-399")
    interval            = local.health_checks[i].interval
    timeout             = local.health_checks[i].timeout
    healthy_threshold   = local.health_checks[i].healthy_threshold
    unhealthy_threshold = local.health_checks[i].unhealthy_threshold
  }
}... if s.enabled } : name => same[0] }`;

/** The rules of the targets' own security groups, as the inventory's shards have them. */
export const ADMISSIONS = `merge(flatten([for s in local.slots : [for group in s.own_groups : [for port in local.ports[s.name] : [for i, subnet in local.subnet_ids : {
  "\${group}/\${port}/\${subnet}" = { security_group_id = group, port = tonumber(port), subnet = i }
}]]] if s.enabled])...)`;

/** The commands for the owners of groups in other accounts, by group; a map expression. */
export const FOREIGN_ADMISSIONS = `{ for group in distinct(flatten([for s in local.slots : setsubtract(s.security_group_ids, s.own_groups) if s.enabled])) : group => ${admissionCommand(
  {
    region: 'var.region',
    group: 'group',
    ports:
      'sort(distinct(flatten([for s in local.slots : [for port in local.ports[s.name] : port] if s.enabled && contains(s.security_group_ids, group)])))',
    cidrs: 'local.subnet_cidrs',
  },
)} }`;

/** What is computed of the inputs, by the local's name. */
export const COMPUTED_LOCALS: Readonly<Record<string, string>> = {
  slots: SLOTS,
  health_checks: CHECKS,
  targets: TARGETS,
  enabled_domains: 'distinct([for s in local.slots : s.domain if s.enabled])',
  // The rule of a router whose targets are all disabled keeps their names.
  domains: 'sort(length(local.enabled_domains) > 0 ? local.enabled_domains : distinct(local.slots[*].domain))',
  principal: 'local.principals[coalesce(var.govcloud, "commercial")]',
};
