import { ENGINE_NAMES, enginesWith } from '../../forwarder';
import { DEFAULT_ENGINE, DEFAULT_INSTANCES, DEFAULT_SIZE, TIME_OF_DAY } from '../../inventory';
import { limit } from '../../limits';
import { DEFAULT_MAINTENANCE, listed, WEEKDAYS } from '../../model';
import type { ModuleInput } from '../definition';
import { hclObjectType } from '../hcl';
import { noProblems, type Rule, repeated, shown } from '../problems';
import { formRules, hclWords, itemProblems, problemList, wholeRules, wordRules } from '../rules';
import { egressRules, mirrorRules, trustRules } from './egress-rules';
import { without } from './engine-words';
import { imageRules } from './image-rules';
import { sizeRules } from './size-rules';
import { loginRules, scraperRules } from './source-rules';
import { sshKeyRules } from './ssh-key';

const MAX_INSTANCES = limit('azure.instancesPerScaleSet').value;

const TYPE = hclObjectType({
  engine: `optional(string, "${DEFAULT_ENGINE}")`,
  instances: `optional(number, ${DEFAULT_INSTANCES})`,
  size: `optional(string, "${DEFAULT_SIZE}")`,
  zones: 'optional(list(string))',
  image: optional({
    id: 'optional(string)',
    publisher: 'optional(string)',
    offer: 'optional(string)',
    sku: 'optional(string)',
    version: 'optional(string)',
  }),
  ssh: optional({ public_key: 'string', from: 'optional(list(string))' }),
  egress: 'optional(string, "nat")',
  mirror: 'optional(string)',
  maintenance: optional({ days: 'optional(list(string))', start: 'optional(string)', hours: 'optional(number)' }),
  mirror_signing_key: 'optional(string)',
  mirror_ca_certificate: 'optional(string)',
  run_command: 'optional(bool, false)',
  accelerated_networking: 'optional(bool)',
  image_upgrades: 'optional(bool, false)',
  encryption_at_host: 'optional(bool, false)',
  metrics: optional({ from: 'list(string)' }),
});

function optional(attributes: Readonly<Record<string, string>>): string {
  return `optional(${hclObjectType(attributes)})`;
}

/** The machines behind the load balancer. */
export function forwarderInput(): ModuleInput {
  return {
    name: 'forwarder',
    type: TYPE,
    description: `The machines behind the load balancer. engine: ${listed(ENGINE_NAMES, 'or')}. instances: 1 to ${MAX_INSTANCES}; while a single one is repaired nothing is reached. zones: the availability zones, default all that the location has; a change needs a router of another name. image: an id, or publisher, offer and sku of a Debian or Ubuntu (version: latest), default Ubuntu 24.04 LTS. ssh: who may log in, with which public key and from which networks; default nobody. egress: where the engine is installed from: nat (the internet, by a NAT gateway of ours), image (the image has it) or none (nftables stands on the stock image). mirror: the address of an apt mirror of the private network, instead of nat. mirror_signing_key: the public key with which the mirror signs, OpenPGP in armour; mirror_ca_certificate: the certificates, PEM, of the authority that signed the mirror's own; default what the image knows. metrics: the private networks that read the engine's counters on port 61090, with haproxy; default the machine alone. run_command: admits the machines to port 443 of Azure's public addresses, over which the answers of az vmss run-command come back, where the subnet has a way to the internet of its own; with nat they are admitted anyway. image_upgrades: whether Azure brings each new version of the image to the machines, one after the other; needs the version latest, or the id of a gallery's image without a version. encryption_at_host: whether the hosts encrypt disks and caches too; the subscription must have the feature EncryptionAtHost, and machines that exist get it when they are replaced. accelerated_networking: default on where the size is known to have it; Azure switches it only while all machines are deallocated, so set it to what a scale set that exists has before size changes that. maintenance: when security updates are installed and take effect, machine after machine: days (${WEEKDAYS.join(', ')}; default all), start (HH:MM in UTC, default ${DEFAULT_MAINTENANCE.start}) and hours (1 to 24, default ${DEFAULT_MAINTENANCE.hours}).`,
    inventory: 'routers.*.azure.forwarder',
    default: {},
    validations: [
      noProblems(
        problemList([
          wordRules('var.forwarder.engine', 'forwarder.engine', ENGINE_NAMES),
          wholeRules('var.forwarder.instances', 'forwarder.instances', 1, MAX_INSTANCES),
          sizeRules(),
          egressRules(),
          mirrorRules(),
          trustRules(),
          metricsRules(),
        ]),
      ),
      noProblems(itemProblems('coalesce(var.forwarder.zones, [])', 'forwarder.zones', 'zone', [zoneRules()])),
      noProblems(repeated('[for zone in coalesce(var.forwarder.zones, []) : zone if zone != null]', 'forwarder.zones')),
      noProblems(problemList(imageRules())),
      noProblems(problemList([maintenanceRules()])),
      noProblems(
        itemProblems('coalesce(try(var.forwarder.maintenance.days, null), [])', 'forwarder.maintenance.days', 'day', [
          dayRules(),
        ]),
      ),
      noProblems(
        repeated(
          '[for day in coalesce(try(var.forwarder.maintenance.days, null), []) : day if day != null]',
          'forwarder.maintenance.days',
        ),
      ),
      noProblems(problemList([sshKeyRules('try(trimspace(var.forwarder.ssh.public_key), null)')])),
      noProblems(
        itemProblems('coalesce(try(var.forwarder.ssh.from, null), [])', 'forwarder.ssh.from', 'cidr', [loginRules()]),
      ),
      noProblems(
        repeated(
          '[for cidr in coalesce(try(var.forwarder.ssh.from, null), []) : cidr if cidr != null]',
          'forwarder.ssh.from',
        ),
      ),
      noProblems(
        itemProblems('coalesce(try(var.forwarder.metrics.from, null), [])', 'forwarder.metrics.from', 'cidr', [
          scraperRules(),
        ]),
      ),
      noProblems(
        repeated(
          '[for cidr in coalesce(try(var.forwarder.metrics.from, null), []) : cidr if cidr != null]',
          'forwarder.metrics.from',
        ),
      ),
    ],
  };
}

function metricsRules(): readonly Rule[] {
  return [
    {
      when: `var.forwarder.metrics != null && !contains(${hclWords(enginesWith('metrics'))}, var.forwarder.engine)`,
      say: `The engine \${var.forwarder.engine} ${without('metrics')} Remove forwarder.metrics, or use engine = "${listed(enginesWith('metrics'), 'or')}".`,
    },
  ];
}

/** A window that is none, or in which nothing is installed. */
function maintenanceRules(): readonly Rule[] {
  const part = (name: string): string => `try(var.forwarder.maintenance.${name}, null)`;
  const mirror = 'coalesce(var.forwarder.mirror, " ") != " "';
  const archive = `(${mirror} || !contains(["image", "none"], var.forwarder.egress))`;
  return [
    ...formRules(
      part('start'),
      'forwarder.maintenance.start',
      TIME_OF_DAY,
      'is no time of a day: two digits of hours, a colon, two digits of minutes, in UTC, as in 01:00.',
    ),
    ...wholeRules(part('hours'), 'forwarder.maintenance.hours', 1, 24),
    {
      when: `try(length(var.forwarder.maintenance.days) == 0, false)`,
      say: 'forwarder.maintenance.days is empty. Name a day, or leave days away: every day.',
    },
    {
      when: `var.forwarder.maintenance != null && !${archive}`,
      say: 'With egress = "${var.forwarder.egress}" the machines reach no archive, so there is nothing to install in a window. Remove forwarder.maintenance; updates come with the next image.',
    },
  ];
}

function dayRules(): readonly Rule[] {
  return wordRules('day', 'forwarder.maintenance.days[${i}]', WEEKDAYS);
}

function zoneRules(): readonly Rule[] {
  return [
    {
      when: '!contains(["1", "2", "3"], zone)',
      say: `forwarder.zones[\${i}], \${${shown('zone')}}, is no availability zone; they are "1", "2" and "3".`,
    },
  ];
}
