import { limit } from '../../limits';
import { hclPhysicalName } from '../physical-name';
import { type Rule, shown } from '../problems';

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
