import { isIPv6 } from 'node:net';
import { domainToASCII } from 'node:url';
import { type Fault, fault, quote } from '../findings';
import { addressFault, looksLikeIPv4, malformedIPv4 } from './address';
import { connectionFault, type HostKey, srvRecordFault } from './connection-fault';
import { oddCharacterFault } from './odd-characters';

/** A host that can be used: lower case, without the dot at the end, international letters as punycode. */
export interface Host {
  readonly name: string;
  /** An IPv4 address, nothing to resolve. */
  readonly literal: boolean;
  /** Written with letters outside ASCII. */
  readonly international: boolean;
}

/** A name has at most 253 characters, a label 63 (RFC 1035, 2.3.4). */
const MAX_NAME = 253;
const MAX_LABEL = 63;

/**
 * The host that a text stands for, or what is wrong with it. Upper case and one dot at the end are normalised.
 *
 * @param key what the fixes call it, `host` or `domain`
 */
export function parseHost(text: string, key: HostKey = 'host'): Host | Fault {
  // Before anything looks at it more closely: some of the patterns below take long on very long texts.
  return connectionFault(text, key, isName) ?? parseName(text);
}

function isName(text: string): boolean {
  return isHost(parseName(text));
}

function parseName(text: string): Host | Fault {
  if (text.length > 4 * MAX_NAME) return tooLong(text.length);
  const shape = shapeFault(text);
  if (shape !== undefined) return shape;
  if (looksLikeIPv4(text)) {
    return malformedIPv4(text) ?? addressFault(text) ?? { name: text, literal: true, international: false };
  }
  const international = /[^\u0020-\u007e]/.test(text);
  const lower = text.toLowerCase();
  const name = (international || lower.includes('xn--') ? toAscii(lower) : lower).replace(/\.$/, '');
  if (name === '') {
    return fault(
      'PLR1213',
      `${quote(text)} is no international domain name.`,
      'Write the name as DNS has it, `xn--…`.',
    );
  }
  return nameFault(name, text) ?? { name, literal: false, international };
}

/** True where parseHost found a host. */
export function isHost(result: Host | Fault): result is Host {
  return 'name' in result;
}

/** What people write around a host, and what only looks like one. Each has its own answer. */
function shapeFault(text: string): Fault | undefined {
  const shown = quote(text);
  if (text.trim() === '')
    return fault('PLR1107', 'The text is empty; a host is expected.', 'Write the name of the host.');
  const odd = oddCharacterFault(text) ?? srvRecordFault(text);
  if (odd !== undefined) return odd;
  if (text.includes('*')) {
    return fault(
      'PLR1203',
      `${shown} is a wildcard; only exact names can be reached.`,
      'List each host as a target of its own.',
    );
  }
  const bare = text.replace(/^\[/, '').replace(/\](:\d+)?$/, '');
  if (isIPv6(bare) || /^\[?[\da-f]*:[\da-f:.%]*:[\da-f:.%]*\]?(:\d+)?$/i.test(text)) return ipv6Fault(shown);
  if (text.includes('\\')) {
    return fault(
      'PLR1204',
      `${shown} names an instance behind a backslash; a host is a name alone.`,
      `${writeName(text.split('\\')[0])}, and the instance's own port as port.`,
    );
  }
  if (text.includes('@')) {
    return fault('PLR1204', `${shown} holds "@"; a host is a name alone.`, `${writeName(text.split('@').at(-1))}.`);
  }
  if (text.includes('/')) {
    return fault(
      'PLR1204',
      `${shown} holds "/"; a host is a name alone.`,
      /^[\d.]+\/\d+$/.test(text)
        ? 'A target is one address, not a network.'
        : `${writeName(text.split('/')[0])}, without a path.`,
    );
  }
  return undefined;
}

/** The name in a longer text, where it is one. */
function writeName(text = ''): string {
  return /^[\w.-]+$/.test(text) && isName(text) ? `Write ${text.toLowerCase()}` : 'Write the host alone';
}

function ipv6Fault(shown: string): Fault {
  return fault(
    'PLR1209',
    `${shown} is an IPv6 address; a router reaches its targets over IPv4.`,
    'Use the IPv4 address, or a name that has an A record.',
  );
}

function nameFault(name: string, text: string): Fault | undefined {
  const shown = quote(text);
  const odd = /[^a-z\d._-]/.exec(name);
  if (odd !== null) {
    return fault(
      'PLR1204',
      `${shown} holds ${quote(odd[0])}; a host has letters, digits, hyphens and dots.`,
      'Correct the name.',
    );
  }
  if (name.length > MAX_NAME) return tooLong(name.length);
  const labels = name.split('.');
  for (const label of labels) {
    const what = labelFault(label);
    if (what !== undefined) return fault('PLR1205', `${shown} has ${what}.`, 'Correct the name.');
  }
  const last = labels.at(-1) ?? '';
  if (/^\d+$/.test(last)) {
    return fault('PLR1205', `${shown} ends in a number; the last part of a host name is not one.`, 'Correct the name.');
  }
  if (labels.length === 1) {
    return fault(
      'PLR1208',
      `${shown} has no dot; a name of one label means something else on each machine.`,
      'Write the fully qualified name, such as db.corp.example.',
    );
  }
  if (last === 'localhost') {
    return fault('PLR1211', `${shown} is the machine that asks, whichever that is.`, 'Use the name of the target.');
  }
  return undefined;
}

function tooLong(length: number): Fault {
  return fault('PLR1206', `The name has ${length} characters; at most ${MAX_NAME} are allowed.`, 'Use a shorter name.');
}

function labelFault(label: string): string | undefined {
  if (label === '') return 'an empty part between two dots';
  if (label.length > MAX_LABEL) return `a part of ${label.length} characters; at most ${MAX_LABEL} are allowed`;
  if (label.startsWith('-') || label.endsWith('-')) return 'a part that begins or ends with a hyphen';
  return undefined;
}

/** UTS 46 as browsers apply it; empty where the name is not one. What turns into an address was not meant as a name. */
function toAscii(text: string): string {
  const ascii = domainToASCII(text);
  return looksLikeIPv4(ascii) ? '' : ascii;
}

/** Suffixes that no public registry will ever give out (RFC 6762 appendix G, RFC 6761, RFC 8375, ICANN's `.internal`). */
export const PRIVATE_SUFFIXES: readonly string[] = [
  'internal',
  'local',
  'localdomain',
  'corp',
  'home',
  'lan',
  'intranet',
  'private',
  'mail',
  'home.arpa',
];

/** The private-use suffix of a name, or undefined. */
export function privateSuffix(name: string): string | undefined {
  return PRIVATE_SUFFIXES.find((suffix) => name.endsWith(`.${suffix}`));
}
