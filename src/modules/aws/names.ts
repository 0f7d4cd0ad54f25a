import { limit } from '../../limits';
import { type Rule, shown } from '../problems';

/** Hexadecimal digits of the hash at the end of a name. */
const HASH_LENGTH = 8;

/** What a physical name is made of; all expressions of Terraform. */
export interface HclName {
  readonly readable: string;
  /** @default nothing */
  readonly suffix?: string;
  /** The items of the list that is hashed. */
  readonly seed: readonly string[];
  /** The longest name allowed, characters. */
  readonly max: number;
}

/** The same name as the planner makes of the same parts, as an expression. */
export function hclPhysicalName({ readable, suffix, seed, max }: HclName): string {
  const tail = (suffix === undefined ? 0 : suffix.length + 1) + HASH_LENGTH;
  const whole = `trim(replace(lower(${readable}), "/[^a-z0-9]+/", "-"), "-")`;
  const head = `trim(substr(${whole}, 0, ${max - tail - 1}), "-")`;
  const hash = `substr(sha256(jsonencode([${seed.join(', ')}])), 0, ${HASH_LENGTH})`;
  const parts = [head, ...(suffix === undefined ? [] : [`"${suffix}"`]), hash];
  return `join("-", compact([${parts.join(', ')}]))`;
}

/** The key, number and environment of the one shard that a module is. */
const SHARD = 's1';
const NUMBER = '1';
const NO_ENVIRONMENT = 'null';

function shardName(kind: string, max: number): string {
  return hclPhysicalName({
    readable: '"plr-${var.name}"',
    suffix: NUMBER,
    seed: [JSON.stringify(kind), 'var.name', NO_ENVIRONMENT, JSON.stringify(SHARD), 'var.vpc_id'],
    max,
  });
}

/** The name of the load balancer: the one that was taken over, or ours. */
export const LOAD_BALANCER_NAME = `coalesce(var.load_balancer_name, ${shardName('load balancer', limit('aws.nameLength').value)})`;

/** The name of its security group. */
export const SECURITY_GROUP_NAME = `coalesce(var.security_group_name, ${shardName('security group', limit('aws.securityGroupNameLength').value)})`;

/** The name of a target group, of expressions of the target's name and port. */
export function targetGroupName(name: string, port: string): string {
  return hclPhysicalName({
    readable: name,
    seed: [
      '"target group"',
      'var.name',
      NO_ENVIRONMENT,
      JSON.stringify(SHARD),
      name,
      port,
      '"TCP"',
      '"ip"',
      'var.vpc_id',
    ],
    max: limit('aws.nameLength').value,
  });
}

/** What can be wrong with the name of a load balancer or target group. @param where a template */
export function physicalNameRule(name: string, where: string): Rule {
  const max = limit('aws.nameLength').value;
  return {
    when: `!can(regex("^[0-9A-Za-z]([0-9A-Za-z-]*[0-9A-Za-z])?$", ${name})) || length(${name}) > ${max}`,
    say: `${where} is \${${shown(name)}}; at most ${max} letters, digits and hyphens are allowed, no hyphen at an edge. Write the name that stands in AWS, or leave it away.`,
  };
}
