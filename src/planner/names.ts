import { createHash } from 'node:crypto';
import { limit } from '../limits';

const HASH_LENGTH = 8;

/** What a physical name is made of. */
export interface NameParts {
  /** What a person should recognise; cut where it is too long. */
  readonly readable: string;
  /** What must stay readable whole, such as a shard's number. @default nothing */
  readonly suffix?: string;
  /** Everything that makes the resource another one; hashed as JSON, so that no two lists of values read the same. */
  readonly seed: readonly unknown[];
  /** The longest name allowed, characters. */
  readonly max: number;
}

/** A name of lower-case letters, digits and single hyphens, none at an edge, that ends in 8 hex digits of the seed's hash. */
export function physicalName({ readable, suffix, seed, max }: NameParts): string {
  const hash = createHash('sha256').update(JSON.stringify(seed)).digest('hex').slice(0, HASH_LENGTH);
  const tail = suffix === undefined ? hash : `${suffix}-${hash}`;
  const head = hyphenated(hyphenated(readable).slice(0, max - tail.length - 1));
  return head === '' ? tail : `${head}-${tail}`;
}

function hyphenated(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** What the names of a shard's own resources derive from. */
export interface ShardNames {
  readonly router: string;
  readonly env: string | undefined;
  readonly deployment: string;
  readonly shard: string;
  readonly number: number;
  readonly vpcId: string;
  /** How often a change of the network has replaced the shard's load balancer; 0: never, and no name shows it. */
  readonly generation: number;
}

/** What the generation adds to a seed: nothing as long as the first load balancer stands. */
function generationSeed({ generation }: ShardNames): readonly number[] {
  return generation === 0 ? [] : [generation];
}

function shardName(kind: string, names: ShardNames, max: number, more: readonly number[] = []): string {
  const { router, env, deployment, shard, number, vpcId } = names;
  return physicalName({
    readable: `plr-${deployment}`,
    suffix: String(number),
    seed: [kind, router, env ?? null, shard, vpcId, ...more],
    max,
  });
}

/** `plr-<deployment>-<number>-<hash>`, another one where the shard, its generation or the VPC is another one. */
export function loadBalancerName(names: ShardNames): string {
  return shardName('load balancer', names, limit('aws.nameLength').value, generationSeed(names));
}

/** The same form as the load balancer's, with more room. It outlives a generation: no change of subnets replaces it. */
export function securityGroupName(names: ShardNames): string {
  return shardName('security group', names, limit('aws.securityGroupNameLength').value);
}

/**
 * `<origin>-<hash>`. The hash covers what replaces a target group: port, protocol, target type, VPC, and the load
 * balancer's generation, since a group can be on one load balancer only; so the new group can be made before the old one
 * goes. A rename keeps the origin and so the name.
 */
export function targetGroupName(names: ShardNames, origin: string, port: number): string {
  const { router, env, shard, vpcId } = names;
  return physicalName({
    readable: origin,
    seed: ['target group', router, env ?? null, shard, origin, port, 'TCP', 'ip', vpcId, ...generationSeed(names)],
    max: limit('aws.nameLength').value,
  });
}
