import * as z from 'zod/mini';
import { LIMITS, RAISE_KEYS, USED_KEYS } from '../../limits';
import { CLOUDS, type Cloud, HIGHEST_PORT, NAME_FORM } from '../../model';
import { domainForm, nccIdForm, nccNameForm, resolverForm, shardNameForm, workspaceIdForm } from '../values/forms';
import { accountSchema } from './account';
import { awsSchema } from './aws';
import { azureSchema } from './azure';
import { DOCS, digits, flag, list, text, whole, word } from './field';
import { tagsSchema } from './labels';
import { dnsMode, targetSchema, tuning } from './target';

/** The default of `basePort`, the one of the article that routers of this kind go back to. */
export const DEFAULT_BASE_PORT = 10000;

/** More than any provider grants; it only keeps a slip of the keyboard out. */
const STATED_MAX = 1_000_000;

/** What can be stated of limits: raised values and what is used already, a key for each. */
function limitsShape(): Record<string, z.ZodMiniOptional<z.ZodMiniNumber>> {
  const what = new Map(LIMITS.map((row) => [row.id as string, row]));
  const shape: Record<string, z.ZodMiniOptional<z.ZodMiniNumber>> = {};
  for (const [key, id] of USED_KEYS) {
    const row = what.get(id);
    shape[key] = z.optional(
      whole({ description: `Used already outside this inventory: ${row?.what ?? id}.`, default: 0 }, 0, STATED_MAX),
    );
  }
  for (const [key, id] of RAISE_KEYS) {
    const row = what.get(id);
    shape[key] = z.optional(
      whole(
        {
          description: `${row?.enforcedBy === 'warning' ? 'More than we recommend' : 'Raised by the provider'}: ${row?.what ?? id}.`,
          default: row?.value,
        },
        1,
        STATED_MAX,
      ),
    );
  }
  return shape;
}

const STATED = limitsShape();

const routerLimitsSchema = z.strictObject(STATED).register(DOCS, {
  description: "What the provider has raised and what is used already; wins over the inventory's own `limits`.",
});

export const inventoryLimitsSchema = z
  .strictObject({
    ...STATED,
    regions: z.optional(
      list({ description: 'Regions that this version does not know yet.' }, text({ description: 'Name of a region.' })),
    ),
  })
  .register(DOCS, { description: 'What the providers have raised and what is used already.' });

const nccSchema = z
  .strictObject({
    name: z.optional(
      text(
        { description: 'The name of a new NCC. A change replaces it.', pattern: '^[0-9a-zA-Z_-]{3,30}$' },
        nccNameForm,
      ),
    ),
    id: z.optional(text({ description: 'The id of an NCC that exists, a UUID.' }, nccIdForm)),
    existing: z.optional(
      text(
        {
          description: 'The name of an NCC that exists in the account and the region, which Terraform looks up.',
          pattern: '^[0-9a-zA-Z_-]{3,30}$',
        },
        nccNameForm,
      ),
    ),
    router: z.optional(
      text({
        description:
          'The router of this inventory whose NCC this router uses too. That one makes it, has its workspaces, and is applied first.',
      }),
    ),
    workspaceIds: z.optional(
      list(
        { description: 'The workspaces that are bound to the NCC.' },
        digits({ description: 'The id of a workspace.', pattern: '^[1-9][0-9]{0,18}$' }, workspaceIdForm),
      ),
    ),
  })
  .register(DOCS, {
    description:
      'The network connectivity configuration: a new one by name, one that exists by id or by its name, or that of another router.',
    oneOf: [
      { required: ['name', 'workspaceIds'] },
      { required: ['id'] },
      { required: ['existing'] },
      { required: ['router'] },
    ],
  });

const teardown = (description: string) => word({ description }, ['prepare', 'destroy']);

/** Where a router stands, by the cloud that it names. */
const PLACES = {
  aws: z.optional(awsSchema),
  azure: z.optional(azureSchema),
} satisfies Readonly<Record<Cloud, z.ZodMiniType>>;

export const routerSchema = z
  .strictObject({
    databricks: z.optional(accountSchema("The Databricks account of this router, instead of the inventory's own.")),
    ...PLACES,
    ncc: nccSchema,
    basePort: z.optional(
      whole(
        { description: 'The first listener port that is given out. New targets only.', default: DEFAULT_BASE_PORT },
        1,
        HIGHEST_PORT,
      ),
    ),
    portStrategy: z.optional(
      word(
        {
          description: "How new targets get their port: the lowest free one, or the target's own.",
          default: 'base-port',
        },
        ['base-port', 'preserve'],
      ),
    ),
    dns: dnsMode(
      'Who resolves the hosts. On AWS plan (Terraform, the default) or synth (this program; the lock keeps the addresses), on Azure always runtime (the forwarder).',
    ),
    resolvers: z.optional(
      list(
        {
          description:
            "Name servers: on AWS the ones that are asked for dns: synth, on Azure the forwarder's. Default: the machine's own.",
        },
        text({ description: 'An IPv4 or IPv6 address, with a port where it is not 53.' }, resolverForm),
      ),
    ),
    approval: z.optional(
      word({ description: 'Who accepts the private endpoint: the same apply, or a person.', default: 'terraform' }, [
        'terraform',
        'manual',
      ]),
    ),
    teardown: z.optional(teardown('The two steps of taking the router away: first prepare, apply, then destroy.')),
    deletionProtection: z.optional(
      flag({
        description: 'Guards the load balancers, and on Azure the Private Link Services, against deletion.',
        default: true,
      }),
    ),
    domains: z.optional(
      z
        .union([
          z.literal('per-target'),
          z
            .strictObject({ shared: text({ description: 'The name that the targets share.' }, domainForm) })
            .register(DOCS, { description: 'One name for all targets that have no domain of their own.' }),
        ])
        .register(DOCS, { description: 'A name for each target, or one that many share.', default: 'per-target' }),
    ),
    shards: z.optional(
      z
        .record(
          z.string(),
          z
            .strictObject({ teardown: teardown('The two steps of taking an emptied shard away.') })
            .register(DOCS, { description: 'A shard that has emptied.' }),
        )
        .register(DOCS, { description: 'Emptied shards, by name.', propertyNames: { pattern: shardNameForm.source } }),
    ),
    tags: z.optional(tagsSchema('Tags of every resource.')),
    limits: z.optional(routerLimitsSchema),
    ...tuning,
    targets: z
      .record(z.string(), targetSchema)
      .register(DOCS, { description: 'What is to be reached, by name.', propertyNames: { pattern: NAME_FORM.source } }),
  })
  .register(DOCS, {
    description: 'One deployment: a cloud, a region, a network and its targets.',
    oneOf: CLOUDS.map((cloud) => ({ required: [cloud] })),
  });
