import { isIP, isIPv4, isIPv6 } from 'node:net';
import { PIN_FORM, portOf } from '../../model';
import { type Fault, fault, quote } from '../findings';
import { isHost, parseHost } from './host';

/** Says what is wrong with a text, or nothing. */
export type Judge = (text: string) => Fault | undefined;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const NIL_UUID = /^[0-]+$/;

export const hostForm: Judge = (text) => {
  const host = parseHost(text);
  return isHost(host) ? undefined : host;
};

export const domainForm: Judge = (text) => {
  const host = parseHost(text, 'domain');
  // Any literal address is no domain, whatever else may be wrong with it.
  const literal = isHost(host) ? host.literal : ['PLR1209', 'PLR1210', 'PLR1211', 'PLR1212'].includes(host.code);
  if (literal && isIP(text.replace(/[[\]]/g, '')) !== 0) {
    return fault(
      'PLR1218',
      `${quote(text)} is an address; Databricks registers names only.`,
      'Write a name that clients dial.',
    );
  }
  if (!isHost(host)) return host;
  return host.name.includes('_') ? underscoreInDomain(text) : undefined;
};

export function underscoreInDomain(text: string): Fault {
  return fault(
    'PLR1207',
    `${quote(text)} holds an underscore; Databricks registers names of letters, digits, hyphens and dots.`,
    'Give the target a `domain:` of its own without underscores.',
  );
}

/** A pin's name could otherwise be taken for the key of a shard, which the planner gives. */
export const pinForm: Judge = (text) =>
  PIN_FORM.test(text)
    ? undefined
    : fault(
        'PLR1109',
        `${quote(text)} cannot name a pin: lower-case letters, digits and hyphens, a letter first, at most 63 characters, and no key of a shard or pool such as s2 or p1.`,
        'Choose another name: targets with the same one share shards that hold no others. Which shard that is, the planner decides.',
      );

export const accountIdForm: Judge = (text) =>
  /^\d{12}$/.test(text) && !/^0+$/.test(text)
    ? undefined
    : fault(
        'PLR1303',
        `${quote(text)} is not an AWS account id, which has 12 digits.`,
        'Write all 12 digits, in quotes.',
      );

/** Ids of AWS resources: a prefix and 8 (of old) or 17 hexadecimal digits, lower case. */
export function resourceIdForm(prefix: 'vpc' | 'subnet' | 'sg', what: string): Judge {
  const form = new RegExp(`^${prefix}-([0-9a-f]{8}|[0-9a-f]{17})$`);
  return (text) =>
    form.test(text)
      ? undefined
      : fault(
          'PLR1304',
          `${quote(text)} is not the id of a ${what}: ${prefix}- and 8 or 17 hexadecimal digits in lower case.`,
          `Copy the id of the ${what} from the AWS console.`,
        );
}

const ownGroupForm = resourceIdForm('sg', 'security group');

/** A security group by its id, with the account before it where that is another one, as AWS writes it: `210987654321/sg-0a1b2c3d`. */
export const securityGroupForm: Judge = (text) => {
  const [, account, id] = /^([^/]*)\/(.*)$/.exec(text) ?? [];
  if (account === undefined || id === undefined) return ownGroupForm(text);
  return accountIdForm(account) ?? ownGroupForm(id);
};

const ROLE_ARN = /^arn:(aws|aws-us-gov|aws-cn):iam::(\d{12}):role\/([\w+=,.@-]+\/)*[\w+=,.@-]{1,64}$/;

export const roleArnForm: Judge = (text) =>
  ROLE_ARN.test(text)
    ? undefined
    : fault(
        'PLR1306',
        `${quote(text)} is not the ARN of a role: arn:aws:iam::123456789012:role/name.`,
        'Copy the ARN of the role from the AWS console.',
      );

/** Partition and account of a role's ARN. */
export function roleOwner(arn: string): { partition: string; accountId: string } | undefined {
  const parts = ROLE_ARN.exec(arn);
  return parts === null ? undefined : { partition: parts[1] ?? '', accountId: parts[2] ?? '' };
}

/** A text of these characters and this length. The first of the two faults is told. */
export function textForm(what: string, characters: RegExp, allowed: string, min: number, max: number): Judge {
  return (text) => {
    if (text.length >= min && text.length <= max && characters.test(text)) return undefined;
    return fault('PLR1116', `${quote(text)} is not ${what}: ${min} to ${max} of ${allowed}.`, 'Correct the text.');
  };
}

export const databricksAccountForm: Judge = (text) =>
  UUID.test(text) && !NIL_UUID.test(text)
    ? undefined
    : fault(
        'PLR1310',
        `${quote(text)} is not the id of a Databricks account, a UUID of 32 hexadecimal digits.`,
        /^\d{12}$/.test(text)
          ? 'This looks like an AWS account id; the Databricks one stands at the top right of the account console.'
          : 'Copy it from the top right of the account console.',
      );

export const nccNameForm: Judge = (text) =>
  /^[0-9a-zA-Z_-]{3,30}$/.test(text)
    ? undefined
    : fault(
        'PLR1312',
        `${quote(text)} (${text.length} characters) is no name of an NCC: 3 to 30 letters, digits, hyphens and underscores.`,
        'Shorten or correct the name.',
      );

export const nccIdForm: Judge = (text) => {
  if (UUID.test(text) && !NIL_UUID.test(text)) return undefined;
  const own = text.split('/').at(-1) ?? '';
  const composite = text.includes('/') && UUID.test(own);
  return fault(
    'PLR1313',
    `${quote(text)} is not the id of an NCC, a UUID.`,
    composite
      ? `Write the part after the slash, ${own}.`
      : 'Copy the network connectivity configuration id from the account console.',
  );
};

const WORKSPACE_MAX = 9_223_372_036_854_775_807n;

export const workspaceIdForm: Judge = (text) =>
  /^[1-9]\d{0,18}$/.test(text) && BigInt(text) <= WORKSPACE_MAX
    ? undefined
    : fault(
        'PLR1314',
        `${quote(text)} is not the id of a workspace, a whole number in plain decimal digits.`,
        'Copy the digits after `o=` from the address of the workspace.',
      );

export const resolverForm: Judge = (text) => {
  const [, bracketed, bracketPort] = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? [];
  const [, plain, plainPort] = /^([^:]+):(\d+)$/.exec(text) ?? [];
  const address = bracketed ?? plain ?? text;
  const port = bracketPort ?? plainPort;
  const known = bracketed === undefined ? isIPv4(address) || (plain === undefined && isIPv6(address)) : isIPv6(address);
  if (known && (port === undefined || portOf(port) !== undefined)) return undefined;
  return fault(
    'PLR1308',
    `${quote(text)} is not the address of a name server: 10.0.0.2, 10.0.0.2:5353, fd00::53 or [fd00::53]:5353.`,
    'Write the address of the name server, not its name.',
  );
};

export const shardNameForm = /^s[1-9]\d{0,5}$/;

export const checkPathForm: Judge = (text) =>
  /^\/[!-~]{0,1023}$/.test(text)
    ? undefined
    : fault(
        'PLR1229',
        `${quote(text)} is not the path of a health check.`,
        'Write a path that begins with "/", without spaces.',
      );

/** A name alone: no TLS hello holds an address. */
export const checkHostForm: Judge = (text) => {
  const host = parseHost(text);
  if (!isHost(host)) return host;
  return host.literal
    ? fault(
        'PLR1229',
        `${quote(text)} is an address; a health check names the host that it asks for.`,
        'Write the name that the target answers to, or remove host: the domain is sent.',
      )
    : undefined;
};

/** AWS takes one code, several with commas, or a range, from 200 to 599 for network load balancers. */
export const matcherForm: Judge = (text) => {
  const parts = text.split(',');
  const good = parts.every((part) => {
    const [, from, to] = /^([2-5]\d\d)(?:-([2-5]\d\d))?$/.exec(part) ?? [];
    return from !== undefined && (to === undefined || Number(from) <= Number(to));
  });
  return good
    ? undefined
    : fault(
        'PLR1229',
        `${quote(text)} is not a list of status codes from 200 to 599.`,
        'Write "200", "200,302" or "200-399", in quotes.',
      );
};
