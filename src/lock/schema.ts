import { z } from 'zod';
import type { Lock } from '../model';

const name = z.string().regex(/^[a-z][a-z0-9-]{0,62}$/, 'a name of a to z, 0 to 9 and hyphens, a letter first');
const shardKey = z.string().regex(/^s[1-9][0-9]{0,8}$/, 'a shard such as s1');
const port = z.int().min(1).max(65535);
const domain = z.string().min(1).max(253);
const portFrom = z.enum(['listenPort', 'preserve']).exactOptional();

const lockedTarget = z.strictObject({
  shard: shardKey,
  listenerPort: port,
  host: domain,
  port,
  domain,
  portFrom,
  // A suffix makes it unique where a new target takes a name that a renamed one was born with.
  bornAs: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,79}$/, 'a name that a target had')
    .exactOptional(),
  addresses: z.array(z.ipv4('an IPv4 address')).min(1).exactOptional(),
});

const lockedRouter = z.strictObject({
  cloud: z.literal('aws'),
  teardown: z.enum(['prepare', 'destroy']).exactOptional(),
  shards: z.record(
    shardKey,
    z.strictObject({ state: z.enum(['prepare', 'removed']).exactOptional(), domains: z.array(domain) }),
  ),
  targets: z.record(name, lockedTarget),
  retired: z.array(z.strictObject({ shard: shardKey, listenerPort: port, target: name, portFrom })),
});

/** The form of a lock of this version. */
export const lockSchema: z.ZodType<Lock> = z.strictObject({
  version: z.literal(1),
  routers: z.record(name, lockedRouter),
});
