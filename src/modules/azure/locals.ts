import { placeholderPublicKey } from '../../constructs';
import { enginesWith } from '../../forwarder';
import { DEFAULT_IMAGE, hasZones, LOCATIONS, NO_PRESET, PRESETS, type Preset } from '../../inventory';
import { sizesWith } from '../../limits';
import { DEFAULT_MAINTENANCE, WEEKDAYS } from '../../model';
import { tableCheck } from '../health-check';
import { IPV4 } from '../host-problems';
import { matches } from '../problems';
import { hclWords } from '../rules';
import { nameLocals } from './names';

/** Tables as locals: the same that the inventory has its defaults from. */
export function tableLocals(): Readonly<Record<string, unknown>> {
  return {
    presets: Object.fromEntries(
      [...PRESETS].map(([name, preset]) => [name, { port: preset.port, ...defaults(preset) }]),
    ),
    no_preset: defaults(NO_PRESET),
    locations_without_zones: LOCATIONS.filter((location) => hasZones(location) === false),
    default_image: { ...DEFAULT_IMAGE, id: null },
    unused_public_key: placeholderPublicKey(),
  };
}

function defaults({
  forwarderIdleTimeout,
  drain,
  healthCheck,
}: Pick<Preset, 'forwarderIdleTimeout' | 'drain' | 'healthCheck'>): Record<string, unknown> {
  return { idle_timeout: forwarderIdleTimeout, drain, health_check: tableCheck(healthCheck) };
}

/** The part of a health check in force: the target's own word, then the one of all, then the protocol's table. */
function check(part: string, table = `preset.health_check.${part}`): string {
  return `coalesce(try(t.health_check.${part}, null), try(var.health_check.${part}, null), ${table})`;
}

/**
 * Every target by position, disabled ones too, with every default filled in. What is wrong with it is told by the
 * preconditions, so that nothing here fails where they would speak.
 */
const SLOTS = `flatten([for i, t in var.targets : [for preset in [try(local.presets[t.preset], local.no_preset)] : {
  position      = i
  name          = t.name
  enabled       = t.enabled
  host          = lower(trimsuffix(t.host, "."))
  literal       = ${matches(IPV4, 't.host')}
  host_port     = coalesce(t.port, try(preset.port, null), 0)
  domain        = lower(trimsuffix(coalesce(t.domain, var.domains.shared, t.host), "."))
  named         = t.domain != null || var.domains.shared != null
  port          = coalesce(t.listener_port, var.base_port + i)
  asked         = t.listener_port != null
  idle_timeout  = coalesce(t.idle_timeout, var.idle_timeout, preset.idle_timeout)
  max_connections = coalesce(t.max_connections, var.max_connections, 0)
  drain         = coalesce(t.drain, var.drain, preset.drain)
  checked_port  = try(coalesce(try(t.health_check.port, null), try(var.health_check.port, null)), null)
  check = {
    protocol = ${check('protocol')}
    path     = ${check('path', '"/"')}
    matcher  = ${check('matcher', '"200-399"')}
    host     = lower(trimsuffix(coalesce(try(t.health_check.host, null), try(var.health_check.host, null), t.domain, var.domains.shared, t.host), "."))
    interval = ${check('interval')}
    timeout  = ${check('timeout')}
    rise     = ${check('healthy_threshold')}
    fall     = ${check('unhealthy_threshold')}
  }
}]])`;

/** The enabled targets by name as the forwarders' files and the rules take them. Of two of one name, the first. */
const TARGETS = `{ for name, all in { for s in local.slots : s.name => s... if s.enabled } : name => {
  port         = all[0].port
  host         = all[0].host
  host_port    = all[0].host_port
  literal      = all[0].literal
  idle_timeout = all[0].idle_timeout
  max_connections = all[0].max_connections
  drain        = all[0].drain
  check = merge(all[0].check, {
    port    = coalesce(all[0].checked_port, all[0].host_port)
    path    = all[0].check.protocol == "TCP" ? "" : all[0].check.path
    matcher = all[0].check.protocol == "TCP" ? "" : all[0].check.matcher
    host    = all[0].check.protocol == "TCP" ? "" : all[0].check.host
  })
} }`;

/** What to dial for each target and where it leads, as a stack's output of that name. */
const DIALLED = `{ for name, all in { for s in local.slots : s.name => s... if s.enabled } : name => {
  domain        = all[0].domain
  listener_port = all[0].port
  shard         = local.shard_name
  host          = all[0].host
  port          = all[0].host_port
} }`;

const ENGINES_THAT_CHECK = enginesWith('healthChecks');

/** What firewalls have to admit from the forwarders: targets by name, then name servers, then the mirror. */
const DESTINATIONS = `concat(
  flatten([for name, all in { for s in local.slots : s.name => s... if s.enabled } : [for port in distinct(compact([
    tostring(all[0].host_port),
    contains(${hclWords(ENGINES_THAT_CHECK)}, var.forwarder.engine) && all[0].checked_port != null ? tostring(all[0].checked_port) : "",
  ])) : {
    purpose     = "target \${name}"
    protocol    = "tcp"
    destination = all[0].host
    port        = tonumber(port)
  }]]),
  flatten([for server in var.resolvers : [for protocol in ["udp", "tcp"] : {
    purpose     = "name server"
    protocol    = protocol
    destination = split(":", server)[0]
    port        = try(tonumber(split(":", server)[1]), 53)
  }]]),
  [for mirror in compact([local.mirror]) : {
    purpose     = "package mirror"
    protocol    = "tcp"
    destination = regex("^https?://([^/:]+)", mirror)[0]
    port        = try(tonumber(regex("^https?://[^/:]+:([0-9]+)", mirror)[0]), startswith(mirror, "https:") ? 443 : 80)
  }],
)`;

const IMAGE = `var.forwarder.image == null ? local.default_image : {
  publisher = var.forwarder.image.publisher
  offer     = var.forwarder.image.offer
  sku       = var.forwarder.image.sku
  version   = var.forwarder.image.id == null ? coalesce(var.forwarder.image.version, local.default_image.version) : null
  id        = var.forwarder.image.id
}`;

/** Text of several lines as a file holds it; empty where there is none. */
function fileText(value: string): string {
  return `${value} == null ? "" : "\${trimspace(replace(${value}, "\\r", ""))}\\n"`;
}

/** Days in the week's order, so that another order is no other configuration. */
const MAINTENANCE = `{
  days  = [for day in ${hclWords(WEEKDAYS)} : day if contains(coalesce(try(var.forwarder.maintenance.days, null), ${hclWords(WEEKDAYS)}), day)]
  start = coalesce(try(var.forwarder.maintenance.start, null), "${DEFAULT_MAINTENANCE.start}")
  hours = coalesce(try(var.forwarder.maintenance.hours, null), ${DEFAULT_MAINTENANCE.hours})
}`;

/** What is worked out of the inputs; expressions, by local. */
export function computedLocals(): Readonly<Record<string, string>> {
  return {
    ...nameLocals(),
    slots: SLOTS,
    targets: TARGETS,
    dialled: DIALLED,
    enabled_domains: 'distinct([for s in local.slots : s.domain if s.enabled])',
    // The rule of a router whose targets are all disabled keeps their names.
    domains: 'sort(length(local.enabled_domains) > 0 ? local.enabled_domains : distinct(local.slots[*].domain))',
    zones:
      'sort(var.forwarder.zones == null ? (contains(local.locations_without_zones, var.location) ? [] : ["1", "2", "3"]) : var.forwarder.zones)',
    image: IMAGE,
    accelerated_networking: `coalesce(var.forwarder.accelerated_networking, ${matches(
      sizesWith((size) => size.acceleratedNetworking),
      'var.forwarder.size',
    )})`,
    mirror: 'coalesce(var.forwarder.mirror, " ") == " " ? "" : var.forwarder.mirror',
    egress: 'local.mirror == "" ? var.forwarder.egress : "mirror"',
    mirror_signing_key: fileText('var.forwarder.mirror_signing_key'),
    mirror_ca_certificate: fileText('var.forwarder.mirror_ca_certificate'),
    metrics_from: 'coalesce(try(var.forwarder.metrics.from, null), [])',
    maintenance: MAINTENANCE,
    ssh_public_key: 'try(trimspace(var.forwarder.ssh.public_key), local.unused_public_key)',
    ssh_from: 'coalesce(try(var.forwarder.ssh.from, null), [])',
    firewall_destinations: DESTINATIONS,
  };
}
