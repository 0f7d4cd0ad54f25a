import * as z from 'zod/mini';
import { CLOUDS, type Cloud, HIGHEST_PORT, type Lock, NAME_FORM, PATH_FORM, PIN_FORM } from '../model';

const name = z.string().check(z.regex(NAME_FORM, 'a name of a to z, 0 to 9 and hyphens, a letter first'));
// A suffix makes it unique where a new target takes a name that a renamed one was born with.
const origin = z.string().check(z.regex(/^[a-z][a-z0-9-]{0,79}$/, 'a name that a target had'));
const shardKey = z.string().check(z.regex(/^s[1-9][0-9]{0,8}$/, 'a shard such as s1'));
const port = z.int().check(z.gte(1), z.lte(HIGHEST_PORT));
const domain = z.string().check(z.minLength(1), z.maxLength(253));
/** How a listener chooses among targets by name; absent: it has one. */
const route = z.exactOptional(z.enum(['sni', 'http']));
const path = z.exactOptional(z.string().check(z.regex(PATH_FORM, 'a path such as /orders')));
const portFrom = z.exactOptional(z.enum(['listenPort', 'preserve']));

const lockedNetwork = z.strictObject({
  accountId: z.string().check(z.regex(/^[0-9]{12}$/, 'an account id of 12 digits')),
  region: z.string().check(z.regex(/^[a-z0-9-]{1,40}$/, 'a region')),
  vpcId: z.string().check(z.regex(/^vpc-[0-9a-f]+$/, 'the id of a VPC')),
  subnetIds: z.array(z.string().check(z.regex(/^subnet-[0-9a-f]+$/, 'the id of a subnet'))).check(
    z.minLength(1),
    z.refine((ids) => new Set(ids).size === ids.length, 'a list that has each subnet once'),
  ),
});

/** A name of a load balancer or target group that was taken over: as AWS allows it. */
const balancerName = z.exactOptional(
  z
    .string()
    .check(z.regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,30}[A-Za-z0-9])?$/, 'a name of 1 to 32 letters, digits and hyphens')),
);

/** A name of a security group that was taken over: as AWS allows it in a VPC. */
const groupName = z.exactOptional(
  z.string().check(z.regex(/^[A-Za-z0-9 ._:/()#,@[\]+=&;{}!$*-]{1,255}$/, 'the name of a security group')),
);

const severalNames = z.exactOptional(
  z.array(domain).check(
    z.minLength(2),
    z.refine((names) => new Set(names).size === names.length, 'a list that has each name once'),
  ),
);

/** What clients dial. A lock that is read has its keys in the order of these, as the planner writes them. */
const listener = { shard: shardKey, listenerPort: port };

/** The same with the port of the forwarders. */
const forwardedListener = { ...listener, forwarderPort: z.exactOptional(port) };

/** What is locked of a target beside its listener. */
const reached = {
  host: z.exactOptional(domain),
  hosts: severalNames,
  port,
  domain: z.exactOptional(domain),
  domains: severalNames,
  route,
  path,
  portFrom,
  bornAs: z.exactOptional(origin),
  addresses: z.exactOptional(z.array(z.ipv4('an IPv4 address')).check(z.minLength(1))),
};

/** What is locked of a retired port, or of a retired name, beside its listener. */
const left = { target: name, route, name: z.exactOptional(domain), path, portFrom };

/** A target has one name or several. */
const named = z.refine<{ readonly domain?: string; readonly domains?: readonly string[] }>(
  ({ domain: one, domains }) => (one === undefined) !== (domains === undefined),
  'either domain or domains',
);

/** A target has one host or several. */
const reaching = z.refine<{ readonly host?: string; readonly hosts?: readonly string[] }>(
  ({ host: one, hosts }) => (one === undefined) !== (hosts === undefined),
  'either host or hosts',
);

/** Where both are one, the lock keeps the listener port alone. */
const forwarded = z.refine<{ readonly listenerPort: number; readonly forwarderPort?: number }>(
  ({ listenerPort, forwarderPort: other }) => other !== listenerPort,
  'a forwarderPort that is not the listenerPort, or none',
);

/** Only `http` looks at paths. */
const pathOfHttp = z.refine<{ readonly route?: string; readonly path?: string }>(
  ({ route: of, path: below }) => below === undefined || of === 'http',
  'a path with the route http alone',
);

const poolKey = z.string().check(z.regex(/^p[1-9][0-9]{0,8}$/, 'a pool such as p1'));

const lockedAzure = z.strictObject({
  subscriptionId: z.string().check(z.regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/, 'the id of a subscription')),
  location: z.string().check(z.regex(/^[a-z0-9]{1,40}$/, 'a location')),
  resourceGroupName: z.string().check(z.regex(/^[\p{L}\p{N}._()-]{1,90}$/u, 'the name of a resource group')),
  natSubnetId: z.exactOptional(
    z.string().check(z.regex(/^\/subscriptions\/[^A-Z\s]+\/subnets\/[^A-Z\s/]+$/, 'the id of a subnet in lower case')),
  ),
  addressSpace: z.exactOptional(z.cidrv4('an address space')),
  natAddresses: z.int().check(z.gte(1)),
  zones: z.array(z.enum(['1', '2', '3'])),
  loadBalancing: z.enum(['per-target', 'ha-ports']),
});

const pin = z.exactOptional(z.string().check(z.regex(PIN_FORM, 'a pin such as brokers')));

const state = z.exactOptional(z.enum(['prepare', 'removed']));

const teardown = z.exactOptional(z.enum(['prepare', 'destroy']));

const ncc = z.exactOptional(z.enum(['given', 'forgotten']));

/** What is retired on a shared listener is a name. */
const retiredName = z.refine<{ readonly route?: string; readonly name?: string }>(
  (one) => (one.route === undefined) === (one.name === undefined),
  'a route and a name, or neither',
);

const awsRouter = z.strictObject({
  cloud: z.literal('aws'),
  teardown,
  ncc,
  network: z.exactOptional(lockedNetwork),
  unprotected: z.exactOptional(z.literal(true)),
  shards: z.record(
    shardKey,
    z.strictObject({
      pin,
      state,
      domains: z.array(domain),
      generation: z.exactOptional(z.int().check(z.gte(1), z.lte(1_000_000_000))),
      loadBalancerName: balancerName,
      securityGroupName: groupName,
    }),
  ),
  targets: z.record(
    name,
    z.strictObject({ ...listener, ...reached, targetGroupName: balancerName }).check(reaching, named, pathOfHttp),
  ),
  retired: z.array(z.strictObject({ ...listener, ...left }).check(retiredName, pathOfHttp)),
});

const azureRouter = z.strictObject({
  cloud: z.literal('azure'),
  teardown,
  ncc,
  azure: lockedAzure,
  pools: z
    .array(poolKey)
    .check(z.refine((pools) => new Set(pools).size === pools.length, 'a list that has each pool once')),
  acceleratedPools: z.exactOptional(z.array(poolKey)),
  shards: z.record(shardKey, z.strictObject({ pool: poolKey, pin, state, domains: z.array(domain) })),
  targets: z.record(
    name,
    z.strictObject({ ...forwardedListener, ...reached }).check(reaching, named, pathOfHttp, forwarded),
  ),
  retired: z.array(z.strictObject({ ...forwardedListener, ...left }).check(retiredName, pathOfHttp, forwarded)),
});

/** A router's entry, by its cloud. */
const ROUTERS = { aws: awsRouter, azure: azureRouter } satisfies Readonly<Record<Cloud, z.ZodMiniObject>>;

type AnyRouter = (typeof ROUTERS)[Cloud];

const lockedRouter = z.discriminatedUnion(
  'cloud',
  Object.values(ROUTERS) as [AnyRouter, ...AnyRouter[]],
  CLOUDS.map((cloud) => `"${cloud}"`).join(' or '),
);

/** The form of a lock of this version. */
export const lockSchema = z.strictObject({
  version: z.literal(1),
  routers: z.record(name, lockedRouter),
}) as z.ZodMiniType as z.ZodMiniType<Lock>;

/** What is allowed where an issue was found, in words. */
export function allowedWords(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `needed is ${issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`}`;
    case 'invalid_value':
      return `allowed is ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `allowed is ${issue.origin === 'number' || issue.origin === 'int' ? '' : 'a length of '}at least ${issue.minimum}`;
    case 'too_big':
      return `allowed is ${issue.origin === 'number' || issue.origin === 'int' ? '' : 'a length of '}at most ${issue.maximum}`;
    case 'invalid_key':
      return `the key must be ${issue.issues.map(({ message }) => message).join(', ')}`;
    default:
      return `needed is ${issue.message}`;
  }
}
