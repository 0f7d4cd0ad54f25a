import * as z from 'zod/mini';
import { CAPABILITY_NAMES, ENGINE_NAMES } from '../forwarder';
import { CHANGE_KINDS, CHANGE_SUBJECTS, CLIENT_NOTICES, CLOUDS, COMPARED, HIGHEST_PORT, ROUTES } from '../model';

/** What editors and readers of the schema are told of a part of it. */
const DOCS = z.registry<{ readonly description: string }>();

function described<T extends z.core.$ZodType>(schema: T, description: string): T {
  DOCS.add(schema, { description });
  return schema;
}

const port = z.int().check(z.minimum(1), z.maximum(HIGHEST_PORT));

const backend = z.strictObject({
  target: z.string(),
  hosts: z.array(z.string()),
  backup: z.optional(
    described(z.array(z.string()), 'Hosts that are kept back until none of the others answers, where there are some.'),
  ),
  port: described(port, 'Where the hosts listen.'),
  domains: described(z.array(z.string()), 'The names that clients dial.'),
  path: described(
    z.nullable(z.string()),
    'What the path of a request begins with; null for any that no other backend of the name has, and where the route looks at none.',
  ),
  owner: z.optional(described(z.string(), 'Whom to ask about the target, where the inventory says so.')),
  description: z.optional(described(z.string(), 'What the target is, where the inventory says so.')),
});

const listener = z.strictObject({
  port: described(port, 'What clients dial.'),
  forwarderPort: z.optional(described(port, 'Azure only: what the forwarders listen on, where that is another port.')),
  route: described(
    z.enum(ROUTES),
    'How it chooses: tcp has one backend, sni the names of TLS hellos, http those of requests.',
  ),
  backends: described(z.array(backend), 'What answers: with the route tcp one target.'),
});

const shard = z.strictObject({
  name: z.string(),
  key: described(z.string(), 'As Terraform addresses and changes name it, s1.'),
  pool: z.optional(described(z.string(), 'Azure only: the pool that its frontend is on.')),
  pin: described(
    z.nullable(z.string()),
    'The name that only targets with the same one share the shard by; null where any target may.',
  ),
  domains: described(z.array(z.string()), 'The names of its private endpoint rule.'),
  listeners: z.array(listener),
});

const router = z.strictObject({
  cloud: z.enum(CLOUDS),
  region: described(z.string(), 'The region of AWS, or the location of Azure.'),
  ncc: described(
    z.string(),
    'The name of the network connectivity configuration, or its id where the inventory gives that.',
  ),
  nccRouter: z.optional(
    described(z.string(), 'The router that makes the NCC, where it is another one of the inventory.'),
  ),
  forwarder: z.optional(
    described(
      z.strictObject({
        engine: z.enum(ENGINE_NAMES),
        lacks: z.array(z.enum(CAPABILITY_NAMES)),
        acceleratedPools: described(z.array(z.string()), 'The pools whose machines have accelerated networking.'),
      }),
      'Azure only: what forwards, and what it cannot do.',
    ),
  ),
  shards: z.array(shard),
  retired: described(
    z.array(
      z.strictObject({
        target: z.string(),
        listenerPort: port,
        name: z.optional(described(z.string(), 'On a port that targets share: the name that is retired there.')),
        path: z.optional(described(z.string(), 'The path below the name, where it had one.')),
      }),
    ),
    'Ports that are given to nobody, with the target that they led to last.',
  ),
});

const values = z.record(z.string(), z.unknown());

const change = z.strictObject({
  router: z.string(),
  cloud: z.enum(CLOUDS),
  about: described(z.enum(CHANGE_SUBJECTS), 'What the change is about.'),
  target: z.optional(described(z.string(), 'Of changes about targets: its present name, or its last one.')),
  listenerPort: z.optional(
    described(port, 'Of changes about targets: the port that clients dial; before the change where it has two.'),
  ),
  shard: z.optional(described(z.string(), 'Of changes about shards: its key, s1.')),
  pool: z.optional(described(z.string(), 'Of changes about one pool of machines: its key, p1.')),
  change: described(z.enum(CHANGE_KINDS), 'What happens to it.'),
  clients: described(z.enum(CLIENT_NOTICES), 'What clients notice.'),
  what: described(z.string(), 'The word for what is different.'),
  from: described(
    values,
    'The values that differ, as they were, and those beside them without which nobody would know what is meant.',
  ),
  to: described(values, 'The same, as they will be.'),
});

const diagnostic = z.strictObject({
  code: z.string().check(z.regex(/^PLR\d{4}$/)),
  severity: z.enum(['error', 'warning']),
  message: z.string(),
  file: z.optional(z.string()),
  line: z.optional(z.int()),
  column: z.optional(z.int()),
  path: z.string(),
  fix: z.string(),
});

/** The document of `plan --format json`, version 2. */
const publicPlanSchema = z.strictObject({
  version: z.literal(2),
  routers: described(z.record(z.string(), router), 'By name. Empty where errors keep anything from being planned.'),
  compared: described(
    z.enum(COMPARED),
    'What changes come from: two whole plans; two locks, which keep places, hosts and domains alone; or nothing that could be compared.',
  ),
  changes: described(z.array(change), 'The worst for clients first.'),
  diagnostics: z.array(diagnostic),
});

/** The same as JSON Schema (2020-12). */
export function planJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(publicPlanSchema, { metadata: DOCS }), title: 'privatelink-router plan' };
}
