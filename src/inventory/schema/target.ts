import * as z from 'zod/mini';
import { limitValue } from '../../limits';
import { HIGHEST_PORT, NAME_FORM, PATH_FORM, ROUTES } from '../../model';
import { fault, quote } from '../findings';
import { CLOUD_FACTS } from '../tables/clouds';
import { PRESETS } from '../tables/presets';
import { checkHostForm, checkPathForm, domainForm, matcherForm, pinForm, securityGroupForm } from '../values/forms';
import { pathForm } from '../values/path-form';
import { presetForm } from '../values/preset-form';
import { DOCS, flag, list, text, whole, word } from './field';
import { labels } from './labels';
import { reached, reachesSomething } from './reached';

const IDLE_TIMEOUTS = Object.values(CLOUD_FACTS).map(({ idleTimeout }) => idleTimeout);

const fixed = (id: Parameters<typeof limitValue>[0]): number => limitValue(id, {});

const port = (description: string) => whole({ description }, 1, HIGHEST_PORT);

/** Times and thresholds that a router may set for all of its targets, and each target for itself. */
export const tuning = {
  idleTimeout: z.optional(
    whole(
      {
        description:
          'Seconds after which a connection without a byte is cut. On AWS 60 to 6000, by the listener; default: the preset, or 350, and keep-alives have to come sooner than every 350 seconds whatever this says. On Azure 240 to 86400, by the forwarder; default: the preset, or 7200.',
      },
      Math.min(...IDLE_TIMEOUTS.map(({ min }) => fixed(min))),
      Math.max(...IDLE_TIMEOUTS.map(({ max }) => fixed(max))),
    ),
  ),
  drain: z.optional(
    whole(
      {
        description:
          'Seconds that open sessions of a removed, disabled or moved target may go on after its port has closed, and sessions to an address that has left the target after it left. Default: the preset, or 10.',
      },
      0,
      fixed('aws.deregistrationDelayMax'),
    ),
  ),
  maxConnections: z.optional(
    whole(
      {
        description:
          'Azure only: sessions that each machine keeps with the target at once; one more is refused. Default: four fifths of what the memory of the machine holds.',
      },
      1,
      fixed('azure.maxConnectionsMax'),
    ),
  ),
  healthCheck: z.optional(
    z
      .strictObject({
        protocol: z.optional(
          word(
            {
              description:
                'How the target is probed; none, on Azure only: not at all, and every connection tries the target.',
              default: 'TCP',
            },
            ['TCP', 'HTTP', 'HTTPS', 'none'],
          ),
        ),
        port: z.optional(port("The port that is probed. Default: the target's own port.")),
        path: z.optional(
          text({ description: 'The path that is asked for; HTTP and HTTPS only. Default: /' }, checkPathForm),
        ),
        matcher: z.optional(
          text(
            {
              description: 'The status codes that mean healthy; HTTP and HTTPS only. Default: 200-399',
              examples: ['200', '200-399'],
            },
            matcherForm,
          ),
        ),
        host: z.optional(
          text(
            {
              description:
                'Azure only: the name that the check gives as its Host and, with HTTPS, in its TLS hello (SNI); HTTP and HTTPS only. Default: the domain, which is what clients send.',
              examples: ['web.acme-data.com'],
            },
            checkHostForm,
          ),
        ),
        interval: z.optional(
          whole(
            { description: 'Seconds between two health checks. Default: the preset, or 10.' },
            fixed('aws.healthCheckIntervalMin'),
            fixed('aws.healthCheckIntervalMax'),
          ),
        ),
        timeout: z.optional(
          whole(
            {
              description:
                'Seconds after which a health check has failed; not more than the interval. Default: the preset, or 5.',
            },
            fixed('aws.healthCheckTimeoutMin'),
            fixed('aws.healthCheckTimeoutMax'),
          ),
        ),
        healthyThreshold: z.optional(
          whole(
            { description: 'Checks in a row that must succeed before an address gets connections.', default: 3 },
            fixed('aws.healthCheckThresholdMin'),
            fixed('aws.healthCheckThresholdMax'),
          ),
        ),
        unhealthyThreshold: z.optional(
          whole(
            { description: 'Checks in a row that must fail before an address gets no more connections.', default: 3 },
            fixed('aws.healthCheckThresholdMin'),
            fixed('aws.healthCheckThresholdMax'),
          ),
        ),
      })
      .register(DOCS, {
        description:
          'How the load balancer, or the forwarder, finds out whether an address of the target answers. On Azure with the engine haproxy only.',
        shortForm: {
          type: 'string',
          pattern: '^none$',
          description: 'Short form of { protocol: none }: no health check. Azure only.',
        },
      }),
  ),
};

export const dnsMode = (description: string) => z.optional(word({ description }, ['plan', 'synth', 'runtime']));

export const targetSchema = z
  .strictObject({
    ...reached,
    port: z.optional(port('The port of the target. Default: the one of the preset.')),
    preset: z.optional(
      text({ description: `Defaults of a protocol, one of: ${[...PRESETS.keys()].join(', ')}.` }, presetForm),
    ),
    domain: z.optional(
      text(
        {
          description:
            'The name that clients in Databricks dial. Default: the host. Needed where the host is an address.',
        },
        domainForm,
      ),
    ),
    domains: z.optional(
      list(
        {
          description:
            "The names that clients in Databricks dial, where there are several, up to as many as a rule takes; any order. All lead to the target's one listener port. In place of domain.",
        },
        text(
          {
            description: 'A name that clients in Databricks dial.',
            examples: ['api1.corp.acme-data.com'],
          },
          domainForm,
        ),
      ),
    ),
    listenPort: z.optional(
      port(
        "The port that clients dial. Default: given out by the planner, from basePort up; with the route sni or http the target's own port. Kept for good.",
      ),
    ),
    shard: z.optional(
      text(
        {
          description:
            'A name for shards of its own: targets with the same name share shards that hold no others. Kept for good. Default: the shards of all targets without one.',
          examples: ['brokers'],
        },
        pinForm,
      ),
    ),
    enabled: z.optional(flag({ description: 'False keeps the port and takes the listener away.', default: true })),
    renamedFrom: z.optional(
      text(
        { description: 'The name that the target had before; it keeps its port, and nothing is replaced.' },
        (name) =>
          NAME_FORM.test(name)
            ? undefined
            : fault(
                'PLR1109',
                `No target was ever called ${quote(name)}.`,
                'Write the name as it stood in the inventory.',
              ),
      ),
    ),
    route: z.optional(
      word(
        {
          description:
            'How clients reach the target. tcp: by a listener port of its own. sni: by the name in the TLS hello, on a port that many targets share; nobody opens the TLS. http: by the Host of each request, and its path, on a port that many targets share; for HTTP without TLS. sni and http on Azure with the engine haproxy only.',
          default: 'tcp',
        },
        ROUTES,
      ),
    ),
    path: z.optional(
      text(
        {
          description:
            'With the route http: what the path of a request begins with, in whole segments, where targets share a domain. The longest that fits decides, and the target gets the path as it came. Default: every path that no other target of the domain has.',
          pattern: PATH_FORM.source,
          examples: ['/orders'],
        },
        pathForm,
      ),
    ),
    tls: z.optional(
      word(
        {
          description:
            'With the route sni and the preset of a protocol that begins TLS after words of its own: direct says that all clients of this target begin with TLS at once, as PostgreSQL 17 (sslnegotiation=direct) and TDS 8 (Encrypt=strict) do. Default: as the preset has it.',
        },
        ['direct'],
      ),
    ),
    dns: dnsMode(
      'Who resolves the host: Terraform at plan, this program at synth, or the forwarder at runtime. Default: as the router says.',
    ),
    ...tuning,
    ...labels,
    securityGroupIds: z.optional(
      list(
        {
          description:
            'AWS only: security groups of the target to which Terraform adds the rule that admits the load balancer. Default: none.',
        },
        text(
          {
            description:
              'The id of a security group. Of another account ACCOUNT/sg-…: its owner makes the rule, with the command of an output.',
            examples: ['sg-0a1b2c3d4e5f60718', '210987654321/sg-0a1b2c3d4e5f60718'],
          },
          securityGroupForm,
        ),
      ),
    ),
  })
  .check(reachesSomething)
  .register(DOCS, {
    description: 'A host and port to be reached, or several hosts on one port.',
    oneOf: [{ required: ['host'] }, { required: ['hosts'] }],
    shortForm: {
      type: 'string',
      pattern: '^[^:\\s]+:[1-9][0-9]{0,4}$',
      description: 'Short form, host:port.',
    },
  });
