import * as z from 'zod/mini';
import { ENGINE_NAMES, FORWARDER_PORTS } from '../../forwarder';
import { limitValue } from '../../limits';
import { DEFAULT_MAINTENANCE, type Engine, WEEKDAYS } from '../../model';
import { imageIdForm } from '../values/azure/ids';
import { imageVersionForm, sizeForm, timeOfDayForm, zoneForm } from '../values/azure/names';
import { loginSourceFault, scraperSourceFault } from '../values/cidr';
import { textForm } from '../values/forms';
import { mirrorForm } from '../values/mirror';
import { sshKeyFault } from '../values/ssh-key';
import { caCertificateForm, signingKeyForm } from '../values/trust';
import { DOCS, digits, flag, list, text, whole, word } from './field';

/** What forwards unless an inventory says otherwise. */
export const DEFAULT_ENGINE: Engine = 'haproxy';

/** Machines of a forwarder that names no number: one may fall, or be changed, while the other goes on. */
export const DEFAULT_INSTANCES = 2;

/** Two cores, 12.5 Gbps, in every location; the cheapest that is no burstable one. */
export const DEFAULT_SIZE = 'Standard_D2s_v5';

/** Ubuntu 24.04 LTS: HAProxy 2.8, nginx 1.24 and nftables 1.0.9 are its own packages. */
export const DEFAULT_IMAGE = {
  publisher: 'Canonical',
  offer: 'ubuntu-24_04-lts',
  sku: 'server',
  version: 'latest',
} as const;

const HOURS_OF_A_DAY = 24;

const NAME_CHARACTERS = 'letters, digits and . _ -';

const imagePart = (what: string) =>
  textForm(`the ${what} of an image`, /^[A-Za-z0-9][\w.-]*$/, NAME_CHARACTERS, 1, 128);

const imageSchema = z
  .strictObject({
    id: z.optional(
      text(
        { description: 'The id of an image, or of an image of a gallery. Not together with the others.' },
        imageIdForm,
      ),
    ),
    publisher: z.optional(
      text({ description: 'The publisher of an image of the marketplace.' }, imagePart('publisher')),
    ),
    offer: z.optional(text({ description: 'Its offer.' }, imagePart('offer'))),
    sku: z.optional(text({ description: 'Its SKU.' }, imagePart('SKU'))),
    version: z.optional(
      text(
        { description: 'Its version, latest or three numbers.', default: DEFAULT_IMAGE.version, examples: ['latest'] },
        imageVersionForm,
      ),
    ),
  })
  .register(DOCS, {
    description: 'The image of the machines, a Debian or Ubuntu. Default: Ubuntu 24.04 LTS of Canonical.',
    oneOf: [{ required: ['id'] }, { required: ['publisher', 'offer', 'sku'] }],
  });

const sshSchema = z
  .strictObject({
    publicKey: text({ description: 'The public key of whoever logs in, one line, RSA or ed25519.' }, sshKeyFault),
    from: z.optional(
      list(
        { description: 'The networks from which port 22 is admitted. Default: none.' },
        text({ description: 'A network, such as 10.0.8.0/24.' }, loginSourceFault),
      ),
    ),
  })
  .register(DOCS, { description: 'Who may log in to the machines. Default: nobody; the SSH server is off.' });

const metricsSchema = z
  .strictObject({
    from: list(
      { description: 'The networks of the scrapers.' },
      text({ description: 'A private network, such as 10.0.8.0/24.' }, scraperSourceFault),
    ),
  })
  .register(DOCS, {
    description: `Who reads the engine's counters, in Prometheus' form, at /metrics on port ${FORWARDER_PORTS.metrics} of each machine. Default: the machine itself alone.`,
  });

const mirrorSchema = z
  .union([
    text({ description: 'The http or https address of the mirror.' }, mirrorForm),
    z
      .strictObject({
        url: text({ description: 'The http or https address of the mirror.' }, mirrorForm),
        signingKey: z.optional(
          text(
            {
              description:
                'The public key with which the mirror signs its lists, OpenPGP in armour. Default: the keys of the image.',
            },
            signingKeyForm,
          ),
        ),
        caCertificate: z.optional(
          text(
            {
              description:
                "The certificates of the authority that signed the mirror's own, PEM. Default: the authorities of the image.",
            },
            caCertificateForm,
          ),
        ),
      })
      .register(DOCS, { description: 'A mirror with a signing key or an authority of its own.' }),
  ])
  .register(DOCS, { description: 'An apt mirror of the private network.' });

const egressSchema = z
  .union([
    z.enum(['nat', 'image', 'none']),
    z
      .strictObject({ mirror: mirrorSchema })
      .register(DOCS, { description: 'From an apt mirror of the private network.' }),
  ])
  .register(DOCS, {
    description:
      'Where the machines get the engine from: nat (the internet, by a NAT gateway of ours), image (the image has it), none (nftables stands on the stock image), or a mirror.',
    default: 'nat',
  });

const maintenanceSchema = z
  .strictObject({
    days: z.optional(
      z
        .array(word({ description: 'A day of the week in UTC, by its first three letters.' }, WEEKDAYS))
        .check(z.minLength(1))
        .register(DOCS, {
          description: 'The days on which the window begins. Default: every day.',
          examples: [['sat', 'sun']],
        }),
    ),
    start: z.optional(
      text(
        { description: 'When it begins, HH:MM in UTC.', default: DEFAULT_MAINTENANCE.start, examples: ['02:30'] },
        timeOfDayForm,
      ),
    ),
    hours: z.optional(
      whole({ description: 'How long it is, in hours.', default: DEFAULT_MAINTENANCE.hours }, 1, HOURS_OF_A_DAY),
    ),
  })
  .register(DOCS, {
    description:
      'When security updates are installed and take effect, one machine after the other: what was updated is restarted, and a machine that wants it is rebooted, after its sessions had five minutes to end.',
  });

/** The machines of a router in Azure. */
export const forwarderSchema = z
  .strictObject({
    engine: z.optional(word({ description: 'What forwards on the machines.', default: DEFAULT_ENGINE }, ENGINE_NAMES)),
    instances: z.optional(
      whole(
        { description: 'Machines of each pool.', default: DEFAULT_INSTANCES },
        1,
        limitValue('azure.instancesPerScaleSet', {}),
      ),
    ),
    size: z.optional(text({ description: 'The size of the machines.', default: DEFAULT_SIZE }, sizeForm)),
    zones: z.optional(
      list(
        {
          description:
            'The availability zones of the machines. Default: all three; none in a location that has none. A change needs a router of another name.',
        },
        digits({ description: 'A zone, 1, 2 or 3.', pattern: '^[123]$' }, zoneForm),
      ),
    ),
    image: z.optional(imageSchema),
    imageUpgrades: z.optional(
      flag({
        description:
          'Whether Azure brings each new version of the image to the machines, one after the other: an image of the marketplace of the version latest, or one of a gallery without a version.',
        default: false,
      }),
    ),
    encryptionAtHost: z.optional(
      flag({
        description:
          "Whether the machines' hosts encrypt their disks and caches too. The subscription must have the feature EncryptionAtHost registered. A machine that exists gets it when it is replaced.",
        default: false,
      }),
    ),
    ssh: z.optional(sshSchema),
    egress: z.optional(egressSchema),
    metrics: z.optional(metricsSchema),
    runCommand: z.optional(
      flag({
        description:
          "Admits the machines to port 443 of Azure's public addresses, over which the answers of az vmss run-command come back: for a subnet with a way to the internet of its own. With egress: nat they are admitted anyway.",
        default: false,
      }),
    ),
    maintenance: z.optional(maintenanceSchema),
  })
  .register(DOCS, { description: 'The machines behind the load balancer.' });
