import { ADDRESS_RANGES } from '../inventory';
import { listed, NOT_SHOWN } from '../model';
import { matches, type Rule, shown } from './problems';

/** A name has at most 253 characters (RFC 1035, 2.3.4). */
const MAX_NAME = 253;

const NUMBER = '(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])';

/** A well-formed IPv4 address. */
export const IPV4 = new RegExp(`^(${NUMBER}\\.){3}${NUMBER}$`);

/** What is meant as an IPv4 address, well-formed or not. */
const LIKE_IPV4 = /^([0-9.]+|0[xX][0-9a-fA-F]+(\.(0[xX][0-9a-fA-F]+|[0-9]+))*)$/;

/**
 * What can be wrong with a host, in the order in which the inventory's check looks: a name, or a private address.
 *
 * @param text an expression of the host, which may be null
 * @param where a template that says where it stands, `targets[${i}].host`
 */
export function hostRules(text: string, where: string): readonly Rule[] {
  return [...shapeRules(text, where), ...addressRules(text, where, LIKE_IPV4), ...nameRules(text, where)];
}

/** What can be wrong with a domain: a name that Databricks registers. */
export function domainRules(text: string, where: string): readonly Rule[] {
  const say = rule(text, where);
  return [
    ...shapeRules(text, where),
    say(matches(LIKE_IPV4, text), 'is an address; Databricks registers names only. Write the name that clients dial.'),
    ...nameRules(text, where),
    say(
      matches(/_/, text),
      'holds an underscore; Databricks registers names of letters, digits, hyphens and dots. Write such a name.',
    ),
  ];
}

/** What can be wrong with the host that a health check asks for: a name, whoever registers it. */
export function checkedHostRules(text: string, where: string): readonly Rule[] {
  const say = rule(text, where);
  return [
    ...shapeRules(text, where),
    say(matches(LIKE_IPV4, text), 'is an address; a health check names the host that it asks for. Write a name.'),
    ...nameRules(text, where),
  ];
}

/** What can be wrong with a text that has to be a private IPv4 address. */
export function privateAddressRules(text: string, where: string): readonly Rule[] {
  const say = rule(text, where);
  return [
    { when: `${text} == null`, say: `${where} is null; a private IPv4 address is expected.` },
    say(
      `!${matches(LIKE_IPV4, text)}`,
      'is not an IPv4 address; where an address belongs, no name can stand. Write it as 10.40.7.12.',
    ),
    ...addressRules(text, where, LIKE_IPV4),
  ];
}

/** Signs of a user, a parameter or a password in a text that was meant as a host. */
const CREDENTIAL = /[@=]|%(40|3[dD])|:[^0-9/:]/;

/** The text, unless it may hold a credential, which no message repeats. */
function shownHost(text: string): string {
  return `${matches(CREDENTIAL, text)} ? ${JSON.stringify(NOT_SHOWN)} : ${shown(text)}`;
}

function rule(text: string, where: string): (when: string, what: string) => Rule {
  return (when, what) => ({ when, say: `${where}, \${${shownHost(text)}}, ${what}` });
}

function shapeRules(text: string, where: string): Rule[] {
  const say = rule(text, where);
  return [
    { when: `${text} == null`, say: `${where} is null; a host is expected.` },
    { when: `trimspace(${text}) == ""`, say: `${where} is empty; a host is expected.` },
    say(
      matches(/[\s\p{Cf}\p{Z}\p{Cc}]/u, text),
      'holds a space or an invisible character. Remove it; one host stands alone.',
    ),
    say(matches(/^[a-zA-Z][a-zA-Z0-9+.-]*:\/\//, text), 'is a URL; a host is a name without a scheme. Write the name.'),
    say(matches(/[*]/, text), 'is a wildcard; only exact names can be reached. List each host by itself.'),
    say(
      matches(/^\[?[0-9a-fA-F]*:[0-9a-fA-F:.%]*:[0-9a-fA-F:.%]*\]?(:[0-9]+)?$/, text),
      'is an IPv6 address; a router reaches its targets over IPv4. Use the IPv4 address, or a name that has an A record.',
    ),
    say(matches(/^[jJ][dD][bB][cC]:/, text), 'is a JDBC URL; a host is a name alone. Write the host out of it.'),
    say(matches(/:/, text), 'holds a port; a host is a name alone. Write the port where the port belongs.'),
    say(matches(/,/, text), 'lists several hosts. Write one host, and the others by themselves.'),
    say(matches(/\\/, text), 'names an instance behind a backslash; a host is a name alone. Write the host alone.'),
    say(matches(/[/@]/, text), 'holds / or @; a host is a name alone. Leave path, network length and user away.'),
  ];
}

function addressRules(text: string, where: string, like: RegExp): Rule[] {
  const say = rule(text, where);
  const isAddress = matches(like, text);
  const ours = ADDRESS_RANGES.filter(({ kind }) => kind === 'private');
  const within = ({ cidr }: { readonly cidr: string }): string => {
    const [base = '', bits = ''] = cidr.split('/');
    return `try(cidrhost("\${${text}}/${bits}", 0) == "${base}", false)`;
  };
  const allowed = ours.map(({ cidr }) => cidr);
  return [
    say(
      `${isAddress} && !${matches(IPV4, text)}`,
      'is not an IPv4 address: four numbers from 0 to 255 without leading zeros, with dots between them. Write it as 10.40.7.12.',
    ),
    ...ADDRESS_RANGES.filter(({ kind }) => kind !== 'private').map((range) =>
      say(`${isAddress} && ${within(range)}`, `is ${range.kind}, which no target has. Use its private one.`),
    ),
    say(
      `${isAddress} && !anytrue([${ours.map(within).join(', ')}])`,
      `is a public address; targets are private: ${listed(allowed, 'or')}. Use the private address.`,
    ),
  ];
}

function nameRules(text: string, where: string): Rule[] {
  const say = rule(text, where);
  const isName = `!${matches(LIKE_IPV4, text)}`;
  const name = `trimsuffix(${text}, ".")`;
  return [
    say(matches(/[^ -~]/, text), 'holds letters outside ASCII. Write the name as DNS has it, xn--….'),
    say(
      matches(/[^a-zA-Z0-9._-]/, text),
      'holds a character that no host has: letters, digits, hyphens and dots are allowed. Correct the name.',
    ),
    {
      when: `length(${name}) > ${MAX_NAME}`,
      say: `${where} has \${length(${name})} characters; at most ${MAX_NAME} are allowed. Use a shorter name.`,
    },
    say(matches(/(^\.|\.\.|\.$|^$)/, name), 'has an empty part between two dots. Correct the name.'),
    say(matches(/[^.]{64}/, name), 'has a part of more than 63 characters. Correct the name.'),
    say(matches(/(^|\.)-|-(\.|$)/, name), 'has a part that begins or ends with a hyphen. Correct the name.'),
    say(`${isName} && ${matches(/(^|\.)[0-9]+$/, name)}`, 'ends in a number; the last part of a host name is not one.'),
    say(
      `${isName} && !${matches(/\./, name)}`,
      'has no dot; a name of one label means something else on each machine. Write the fully qualified name.',
    ),
    say(
      matches(/(^|\.)[lL][oO][cC][aA][lL][hH][oO][sS][tT]$/, name),
      'is the machine that asks, whichever that is. Use the name of the target.',
    ),
  ];
}
