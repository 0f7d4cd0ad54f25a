import { PLAIN_CHECK } from '../inventory';
import { limit } from '../limits';
import { type Cloud, type HealthCheck, HIGHEST_PORT } from '../model';
import { hclObjectType } from './hcl';
import { checkedHostRules } from './host-problems';
import { matches, type Rule, shown } from './problems';
import { formRules, unlessNull, wholeRules, wordRules } from './rules';

const MAX_PATH = 1024;

/** What a cloud's health checks have beside what all have. */
const CHECKS: Readonly<
  Record<Cloud, { readonly host: boolean; readonly protocols: readonly HealthCheck['protocol'][] }>
> = {
  aws: { host: false, protocols: ['TCP', 'HTTP', 'HTTPS'] },
  azure: { host: true, protocols: ['TCP', 'HTTP', 'HTTPS', 'none'] },
};

/** The type of a health check, of a target or of all; a network load balancer's has no host. */
export function checkType(cloud: Cloud): string {
  return hclObjectType({
    protocol: 'optional(string)',
    port: 'optional(number)',
    path: 'optional(string)',
    matcher: 'optional(string)',
    ...(CHECKS[cloud].host && { host: 'optional(string)' }),
    interval: 'optional(number)',
    timeout: 'optional(number)',
    healthy_threshold: 'optional(number)',
    unhealthy_threshold: 'optional(number)',
  });
}

/** What the table of a protocol says of its health check, in the words of a module. */
export function tableCheck(check: HealthCheck): Record<string, unknown> {
  const { protocol, interval, timeout, healthyThreshold, unhealthyThreshold } = check;
  return { protocol, interval, timeout, healthy_threshold: healthyThreshold, unhealthy_threshold: unhealthyThreshold };
}

const CODE = '[2-5][0-9][0-9]';
const MATCHER = new RegExp(`^${CODE}(-${CODE})?(,${CODE}(-${CODE})?)*$`);

type Bound = 'interval' | 'timeout' | 'threshold';

const BOUNDS: Readonly<Record<Bound, readonly [min: number, max: number]>> = {
  interval: [limit('aws.healthCheckIntervalMin').value, limit('aws.healthCheckIntervalMax').value],
  timeout: [limit('aws.healthCheckTimeoutMin').value, limit('aws.healthCheckTimeoutMax').value],
  threshold: [limit('aws.healthCheckThresholdMin').value, limit('aws.healthCheckThresholdMax').value],
};

/** What can be wrong with the parts of a health check by themselves; none where there is no health check. */
export function checkParts(cloud: Cloud, check: string, where: string): readonly (readonly Rule[])[] {
  const part = (name: string): string => `try(${check}.${name}, null)`;
  const bounded = (name: string, bound: Bound): readonly Rule[] =>
    wholeRules(part(name), `${where}.${name}`, ...BOUNDS[bound]);
  return [
    wordRules(part('protocol'), `${where}.protocol`, CHECKS[cloud].protocols),
    wholeRules(part('port'), `${where}.port`, 1, HIGHEST_PORT),
    pathRules(part('path'), `${where}.path`),
    matcherRules(part('matcher'), `${where}.matcher`),
    ...(CHECKS[cloud].host ? [checkHostRules(part('host'), `${where}.host`)] : []),
    bounded('interval', 'interval'),
    bounded('timeout', 'timeout'),
    bounded('healthy_threshold', 'threshold'),
    bounded('unhealthy_threshold', 'threshold'),
  ];
}

function pathRules(path: string, where: string): readonly Rule[] {
  return [
    {
      when: unlessNull(path, `!${matches(/^\/[!-~]*$/, path)} || length(${path}) > ${MAX_PATH}`),
      say: `${where}, \${${shown(path)}}, is not the path of a health check. Write a path that begins with /, without spaces.`,
    },
  ];
}

/** A name alone: no TLS hello holds an address. */
function checkHostRules(host: string, where: string): readonly Rule[] {
  return [{ when: `${host} == null`, say: '' }, ...checkedHostRules(host, where)];
}

function matcherRules(matcher: string, where: string): readonly Rule[] {
  const reversed = `anytrue([for part in split(",", ${matcher}) : try(tonumber(split("-", part)[0]) > tonumber(split("-", part)[1]), false)])`;
  const expected = 'is not a list of status codes from 200 to 599. Write 200, 200,302 or 200-399 as a text.';
  return [
    ...formRules(matcher, where, MATCHER, expected),
    { when: unlessNull(matcher, reversed), say: `${where}, \${${shown(matcher)}}, ${expected}` },
  ];
}

/**
 * What does not fit together in one health check, as the inventory's check has it. A target without one of its own is not
 * blamed for that of all.
 *
 * @param own an expression of the target's own, or null
 * @param all an expression of the one of all targets, or null
 */
export function checkTogether(cloud: Cloud, own: string, all: string, where: string): readonly (readonly Rule[])[] {
  const given = (name: string): string => `try(${own}.${name}, null) != null`;
  const value = (name: string, otherwise: string): string =>
    `coalesce(try(${own}.${name}, null), try(${all}.${name}, null), ${otherwise})`;
  const interval = value('interval', `${PLAIN_CHECK.interval}`);
  const timeout = value('timeout', `${PLAIN_CHECK.timeout}`);
  const protocol = value('protocol', `"${PLAIN_CHECK.protocol}"`);
  const plain = `${protocol} == "TCP"`;
  const checked = CHECKS[cloud].protocols.includes('none') ? `${protocol} != "none" && ` : '';
  const meaningless = (name: string): readonly Rule[] => [
    {
      when: `${given(name)} && ${plain}`,
      say: `${where}.${name} has a meaning only with protocol HTTP or HTTPS; this health check is TCP. Add protocol = "HTTP" (or "HTTPS"), or remove ${name}.`,
    },
  ];
  return [
    [
      {
        when: `${checked}(${given('interval')} || ${given('timeout')}) && ${timeout} > ${interval}`,
        say: `${where} has a timeout of \${${timeout}} s, which is longer than the interval of \${${interval}} s. Set timeout to at most interval.`,
      },
    ],
    meaningless('path'),
    meaningless('matcher'),
    ...(CHECKS[cloud].host ? [meaningless('host')] : []),
  ];
}
