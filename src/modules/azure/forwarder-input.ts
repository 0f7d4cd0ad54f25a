import { CAPABILITIES, type Capability, ENGINES } from '../../forwarder';
import {
  DEFAULT_INSTANCES,
  DEFAULT_SIZE,
  FIRST_GENERATION,
  SIZE_FORM,
  TIME_OF_DAY,
  WITHOUT_APT,
} from '../../inventory';
import { limit, sizesWith } from '../../limits';
import { DEFAULT_MAINTENANCE, type Engine, PRIVATE_RANGES, WEEKDAYS } from '../../model';
import type { ModuleInput } from '../definition';
import { IPV4 } from '../host-problems';
import { matches, noProblems, type Rule, repeated, shown } from '../problems';
import { formRules, hclWords, itemProblems, listed, problemList, unlessNull, wholeRules, wordRules } from '../rules';
import { sshKeyRules } from './ssh-key';

const MEMORY = limit('azure.forwarderMemory').value;

const NO_TRUSTED_LAUNCH = sizesWith((size) => !size.trustedLaunch);
const NOT_ACCELERATED = sizesWith((size) => !size.acceleratedNetworking);
const LITTLE_MEMORY = sizesWith((size) => size.vcpus === 1 && size.memoryGiB < MEMORY);

const MAX_INSTANCES = limit('azure.instancesPerScaleSet').value;

/** Longer than any address of a mirror. */
const MAX_MIRROR = 500;

const engines = Object.keys(ENGINES) as Engine[];

/** The engines that can do something. */
export function able(capability: Capability): readonly Engine[] {
  return engines.filter((engine) => ENGINES[engine].capabilities[capability]);
}

/** Without what an engine goes, in the words of the check. */
export function without(capability: Capability): string {
  const { what, without: missing } = CAPABILITIES[capability];
  return `does not have ${what}. ${missing}`;
}

const TYPE = `object({
  engine    = optional(string, "haproxy")
  instances = optional(number, ${DEFAULT_INSTANCES})
  size      = optional(string, "${DEFAULT_SIZE}")
  zones     = optional(list(string))
  image = optional(object({
    id        = optional(string)
    publisher = optional(string)
    offer     = optional(string)
    sku       = optional(string)
    version   = optional(string)
  }))
  ssh = optional(object({
    public_key = string
    from       = optional(list(string))
  }))
  egress = optional(string, "nat")
  mirror = optional(string)
  maintenance = optional(object({
    days  = optional(list(string))
    start = optional(string)
    hours = optional(number)
  }))

  mirror_signing_key     = optional(string)
  mirror_ca_certificate  = optional(string)
  run_command            = optional(bool, false)
  accelerated_networking = optional(bool)
  image_upgrades         = optional(bool, false)
  encryption_at_host     = optional(bool, false)

  metrics = optional(object({
    from = list(string)
  }))
})`;

/** The machines behind the load balancer. */
export function forwarderInput(): ModuleInput {
  return {
    name: 'forwarder',
    type: TYPE,
    description: `The machines behind the load balancer. engine: ${listed(engines)}. instances: 1 to ${MAX_INSTANCES}; while a single one is repaired nothing is reached. zones: the availability zones, default all that the location has; a change needs a router of another name. image: an id, or publisher, offer and sku of a Debian or Ubuntu (version: latest), default Ubuntu 24.04 LTS. ssh: who may log in, with which public key and from which networks; default nobody. egress: where the engine is installed from: nat (the internet, by a NAT gateway of ours), image (the image has it) or none (nftables stands on the stock image). mirror: the address of an apt mirror of the private network, instead of nat. mirror_signing_key: the public key with which the mirror signs, OpenPGP in armour; mirror_ca_certificate: the certificates, PEM, of the authority that signed the mirror's own; default what the image knows. metrics: the private networks that read the engine's counters on port 61090, with haproxy; default the machine alone. run_command: admits the machines to port 443 of Azure's public addresses, over which the answers of az vmss run-command come back, where the subnet has a way to the internet of its own; with nat they are admitted anyway. image_upgrades: whether Azure brings each new version of the image to the machines, one after the other; needs the version latest, or the id of a gallery's image without a version. encryption_at_host: whether the hosts encrypt disks and caches too; the subscription must have the feature EncryptionAtHost, and machines that exist get it when they are replaced. accelerated_networking: default on where the size is known to have it; Azure switches it only while all machines are deallocated, so set it to what a scale set that exists has before size changes that. maintenance: when security updates are installed and take effect, machine after machine: days (${WEEKDAYS.join(', ')}; default all), start (HH:MM in UTC, default ${DEFAULT_MAINTENANCE.start}) and hours (1 to 24, default ${DEFAULT_MAINTENANCE.hours}).`,
    inventory: 'routers.*.azure.forwarder',
    default: {},
    validations: [
      noProblems(
        problemList([
          wordRules('var.forwarder.engine', 'forwarder.engine', engines),
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

function sizeRules(): readonly Rule[] {
  const size = 'var.forwarder.size';
  return [
    {
      when: matches(/^[Bb]asic_/, size),
      say: `forwarder.size is \${${shown(size)}}, of the Basic tier, whose machines stand behind no load balancer. Use a size such as ${DEFAULT_SIZE}.`,
    },
    ...formRules(
      size,
      'forwarder.size',
      SIZE_FORM,
      `is no size of machines: Standard_, the family in upper case, the number of cores. Use a size such as ${DEFAULT_SIZE}.`,
    ),
    {
      when: `${matches(/arm64/, 'lower(try(var.forwarder.image.sku, ""))')} && !${matches(ARM_SIZE, size)}`,
      say: `forwarder.image.sku is for Arm processors; machines of the size \${${size}} have others. Choose a size with a p behind the number of cores, such as Standard_D2ps_v6.`,
    },
    {
      when: `${matches(ARM_SIZE, size)} && try(var.forwarder.image.id, null) == null && !${matches(/arm64/, 'lower(try(var.forwarder.image.sku, ""))')}`,
      say: `Machines of the size \${${size}} have Arm processors; the image is for others. Choose a size without the p, or an image for arm64.`,
    },
    {
      when: matches(NO_TRUSTED_LAUNCH, size),
      say: `Machines of the size \${${size}} do not start with Trusted Launch (Secure Boot and a virtual TPM), which every forwarder has. Use a size such as ${DEFAULT_SIZE}.`,
    },
    {
      when: matches(LITTLE_MEMORY, size),
      say: `Machines of the size \${${size}} have less than ${MEMORY} GiB of memory, which system, engine and name server need. Use a size such as ${DEFAULT_SIZE}.`,
    },
    {
      when: `coalesce(var.forwarder.accelerated_networking, false) && ${matches(NOT_ACCELERATED, size)}`,
      say: `forwarder.accelerated_networking is true, and the size \${${size}} has none. Use another size, or leave it away.`,
    },
  ];
}

/** The letter p behind the number of cores. */
const ARM_SIZE = /^Standard_[A-Z]+\d+(-\d+)?[a-z]*p/;

function egressRules(): readonly Rule[] {
  const egress = 'var.forwarder.egress';
  const stock = able('stockImage');
  const onStock = `contains(${hclWords(stock)}, var.forwarder.engine)`;
  return [
    ...wordRules(egress, 'forwarder.egress', ['nat', 'image', 'none']),
    {
      when: `${egress} != "nat" && var.forwarder.mirror != null`,
      say: `forwarder.egress is \${${egress}}, and forwarder.mirror is given as well; the engine comes from one place. Remove one of the two.`,
    },
    {
      when: `${egress} == "none" && !${onStock}`,
      say: `With egress = "none" nothing is installed, and \${var.forwarder.engine} is not on the stock image; ${listed(stock)} is. Use engine = "${stock[0]}", or egress = "nat", "image" or a mirror.`,
    },
    {
      when: `${egress} == "image" && try(var.forwarder.image.id, null) == null`,
      say: 'With egress = "image" the image has ${var.forwarder.engine} already, but no image of that kind is named. Add image = { id = … } of an image that has it.',
    },
  ];
}

function mirrorRules(): readonly Rule[] {
  const mirror = 'var.forwarder.mirror';
  const host = `try(regex("^https?://([^/:]+)", ${mirror})[0], "")`;
  const port = `try(tonumber(regex("^https?://[^/:]+:([0-9]+)", ${mirror})[0]), 1)`;
  const form = /^https?:\/\/[A-Za-z0-9.-]+(:[1-9][0-9]{0,4})?(\/[A-Za-z0-9._~-]*)*$/;
  const dots = /\/\/.*\/\/|\/[.][.]?(\/|$)/;
  const badHost = `!${matches(IPV4, host)} && (!${matches(/[.]/, host)} || ${matches(/(^|[.])-|-([.]|$)|[.][.]|^[.]|[.]$|[.][0-9]+$/, host)})`;
  return [
    {
      when: unlessNull(mirror, matches(/@/, mirror)),
      say: 'The address of forwarder.mirror holds a name and password, which would stand in the state and on every machine. Let the mirror admit the subnet of the machines, and leave name and password away.',
    },
    {
      when: unlessNull(
        mirror,
        `!${matches(form, mirror)} || ${matches(dots, mirror)} || length(${mirror}) > ${MAX_MIRROR} || ${port} > 65535 || ${badHost}`,
      ),
      say: `forwarder.mirror, \${${shown(mirror)}}, is not the address of a mirror: http:// or https://, a fully qualified host, a port where it has one, and a path of letters, digits and . _ ~ -. Write an address such as http://apt.corp.example/ubuntu.`,
    },
  ];
}

/** No message repeats any of the text: what was pasted by mistake may be the private half. */
function trustRules(): readonly Rule[] {
  const [key, ca] = ['var.forwarder.mirror_signing_key', 'var.forwarder.mirror_ca_certificate'];
  const secret = (value: string): string => unlessNull(value, matches(/PRIVATE KEY/, value));
  const clean = (value: string): string => `trimspace(replace(${value}, "\\r", ""))`;
  const armour =
    /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n([A-Za-z]+: [ -~]*\n)*[ \t]*\n([A-Za-z0-9+/]{1,76}={0,2}\n)+(=[A-Za-z0-9+/]{4}\n)?-----END PGP PUBLIC KEY BLOCK-----$/;
  const pem = /^(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n*)+$/;
  return [
    {
      when: `(${secret(key)}) || (${secret(ca)})`,
      say: 'A private key stands in forwarder.mirror_signing_key or forwarder.mirror_ca_certificate. It is not repeated here; treat it as known to others: replace it. Write the public key, or the certificate alone.',
    },
    {
      when: `(${key} != null || ${ca} != null) && var.forwarder.mirror == null`,
      say: 'forwarder.mirror_signing_key and forwarder.mirror_ca_certificate say whom to trust of a mirror, and forwarder.mirror names none. Add it, or remove them.',
    },
    {
      when: unlessNull(key, `!${matches(armour, clean(key))}`),
      say: 'forwarder.mirror_signing_key is no public key of OpenPGP in armour: one block from -----BEGIN PGP PUBLIC KEY BLOCK----- to its END. Write what gpg --armor --export KEY prints.',
    },
    {
      when: unlessNull(ca, `!${matches(pem, clean(ca))}`),
      say: "forwarder.mirror_ca_certificate is no certificate in PEM: blocks from -----BEGIN CERTIFICATE----- to -----END CERTIFICATE-----, and nothing else. Write the certificate of the authority that signed the mirror's.",
    },
    {
      when: unlessNull(ca, matches(/^http:/, 'coalesce(var.forwarder.mirror, " ")')),
      say: 'forwarder.mirror_ca_certificate is of use with https alone, and forwarder.mirror begins with http://. Write https://, or remove the certificate.',
    },
  ];
}

function metricsRules(): readonly Rule[] {
  return [
    {
      when: `var.forwarder.metrics != null && !contains(${hclWords(able('metrics'))}, var.forwarder.engine)`,
      say: `The engine \${var.forwarder.engine} ${without('metrics')} Remove forwarder.metrics, or use engine = "${listed(able('metrics'))}".`,
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

const UUID = '[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}';
const NAME = '[A-Za-z0-9_.()-]{1,90}';
const IMAGE_ID = new RegExp(
  `^/subscriptions/${UUID}/resourceGroups/${NAME}/providers/Microsoft[.]Compute/(images/${NAME}|galleries/${NAME}/images/${NAME}(/versions/${NAME})?)$`,
);

function imageRules(): readonly (readonly Rule[])[] {
  const part = (name: string): string => `try(var.forwarder.image.${name}, null)`;
  const parts = ['publisher', 'offer', 'sku'].map(part);
  const id = part('id');
  const none = `alltrue([for part in [${[...parts, part('version')].join(', ')}] : part == null])`;
  const all = `alltrue([for part in [${parts.join(', ')}] : part != null])`;
  const words = (name: string, what: string): readonly Rule[] =>
    formRules(
      part(name),
      `forwarder.image.${name}`,
      /^[A-Za-z0-9][A-Za-z0-9_.-]{0,127}$/,
      `is not the ${what} of an image: 1 to 128 letters, digits and . _ -. Correct it.`,
    );
  return [
    [
      {
        when: `${id} != null && !${none}`,
        say: 'forwarder.image is named by its id, or by publisher, offer and sku, not by both. Remove the id, or the others.',
      },
      {
        when: `var.forwarder.image != null && ${id} == null && !${all}`,
        say: 'forwarder.image lacks some of publisher, offer and sku. Add them, or an id.',
      },
      {
        when: `${matches(/^microsoft(windows|sqlserver|visualstudio)/, `lower(${part('publisher')})`)}`,
        say: 'forwarder.image is of a publisher of Windows; the forwarder runs on Debian or Ubuntu. Remove image for Ubuntu 24.04 LTS, or name an image of Debian or Ubuntu.',
      },
      {
        when: `contains(${hclWords([...WITHOUT_APT.keys()])}, try(lower(${part('publisher')}), ""))`,
        say: `forwarder.image is of \${${part('publisher')}}, whose Linux has no apt; the machines are set up by apt and would never get their engine. Remove image for Ubuntu 24.04 LTS, or name an image of Debian or Ubuntu.`,
      },
      ...FIRST_GENERATION.map((row) => ({
        when: `try(lower(${part('publisher')}) == "${row.publisher}" && ${matches(row.offer, `lower(${part('offer')})`)} && ${'first' in row ? matches(row.first, `lower(${part('sku')})`) : `!${matches(row.second, `lower(${part('sku')})`)}`}, false)`,
        say: `forwarder.image.sku, \${${shown(part('sku'))}}, is of the first generation, which has no Secure Boot; every machine starts with it. Name the SKU of the second generation.`,
      })),
    ],
    formRules(
      id,
      'forwarder.image.id',
      IMAGE_ID,
      'is not the id of an image: /subscriptions/UUID/resourceGroups/NAME/providers/Microsoft.Compute/images/NAME, or …/galleries/NAME/images/NAME, with or without /versions/1.2.3. Copy it: az image show --query id.',
    ),
    [
      {
        when: `var.forwarder.image_upgrades && ${id} != null && (${matches(/\/versions\/[^/]+$/, id)} || !${matches(/\/galleries\//, id)})`,
        say: 'With image_upgrades = true, forwarder.image.id is one that never has a newer version. Name an image of a gallery without /versions/…, or leave image_upgrades away.',
      },
      {
        when: `var.forwarder.image_upgrades && coalesce(${part('version')}, "latest") != "latest"`,
        say: 'With image_upgrades = true, forwarder.image.version is one that never changes. Write "latest", or leave image_upgrades away.',
      },
    ],
    words('publisher', 'publisher'),
    words('offer', 'offer'),
    words('sku', 'SKU'),
    formRules(
      part('version'),
      'forwarder.image.version',
      /^(latest|\d{1,10}([.]\d{1,15}){2})$/,
      'is not the version of an image: latest, or three numbers with dots.',
    ),
  ];
}

/** The networks that logins may come from: any but all of them. */
function loginRules(): readonly Rule[] {
  const key = 'forwarder.ssh.from';
  return sourceRules(key, {
    when: matches(/\/0$/, 'cidr'),
    say: `${key}[\${i}], \${${shown('cidr')}}, is every address there is. Name the networks of the people who log in.`,
  });
}

/** The networks that metrics may be read from: private ones. */
function scraperRules(): readonly Rule[] {
  const key = 'forwarder.metrics.from';
  const bits = 'tonumber(split("/", cidr)[1])';
  const within = ([range, least]: readonly [RegExp, number]): string =>
    `(${matches(range, 'cidr')} && ${bits} >= ${least})`;
  const ranges: readonly (readonly [RegExp, number])[] = [
    [/^10[.]/, 8],
    [/^172[.](1[6-9]|2[0-9]|3[01])[.]/, 12],
    [/^192[.]168[.]/, 16],
    [/^100[.](6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7])[.]/, 10],
  ];
  return sourceRules(key, {
    when: `!(${ranges.map(within).join(' || ')})`,
    say: `${key}[\${i}], \${${shown('cidr')}}, is not private; metrics are read from within ${PRIVATE_RANGES.join(', ')}. Name the networks of the scrapers.`,
  });
}

/** Networks of a list, written as a network is and not too wide. */
function sourceRules(key: string, tooWide: Rule): readonly Rule[] {
  const value = `${key}[\${i}], \${${shown('cidr')}},`;
  return [
    {
      when: matches(/:/, 'cidr'),
      say: `${value} is a network of IPv6; machines are IPv4. Write a network such as 10.20.0.0/24.`,
    },
    {
      when: matches(IPV4, 'cidr'),
      say: `${value} is an address without the length of a network. Write \${cidr}/32 for this address alone.`,
    },
    {
      when: `!${matches(new RegExp(`${IPV4.source.replace(/\$$/, '')}/(0|[1-9]|[12][0-9]|3[0-2])$`), 'cidr')}`,
      say: `${value} is not a network: an IPv4 address, a slash and 0 to 32. Write a network such as 10.20.0.0/24.`,
    },
    tooWide,
    {
      when: 'cidrhost(cidr, 0) != split("/", cidr)[0]',
      say: `${value} is an address inside a network, which begins at \${cidrhost(cidr, 0)}. Write \${cidrhost(cidr, 0)}/\${split("/", cidr)[1]}, if that is what is meant.`,
    },
  ];
}
