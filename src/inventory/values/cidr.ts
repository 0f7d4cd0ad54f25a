import { isIPv4, isIPv6 } from 'node:net';
import { type Fault, fault, quote } from '../findings';
import { addressNumber, isPrivateRange } from './address';

/** A network of IPv4: its first address as a number, how many follow, and the length of its prefix. */
export interface Network {
  readonly first: number;
  readonly size: number;
  readonly prefix: number;
}

/** The network that a text writes, or what is wrong with it: form, or bits behind the prefix that are not 0. */
export function parseNetwork(text: string): Network | Fault {
  const [, address = '', bits = ''] = /^([^/]*)\/(\d{1,3})$/.exec(text) ?? [];
  if (isIPv6(address) || isIPv6(text)) {
    return fault('PLR1606', `${quote(text)} is a network of IPv6; machines and services of a router are IPv4.`, FIX);
  }
  if (isIPv4(text)) {
    return fault(
      'PLR1606',
      `${quote(text)} is an address without the length of a network.`,
      `Write ${text}/32 for this address alone.`,
    );
  }
  const prefix = Number(bits);
  if (!isIPv4(address) || bits === '' || prefix > 32 || bits !== String(prefix)) {
    return fault('PLR1606', `${quote(text)} is not a network: an IPv4 address, a slash and 0 to 32.`, FIX);
  }
  const size = 2 ** (32 - prefix);
  const value = addressNumber(address);
  const first = value - (value % size);
  if (first !== value) {
    return fault(
      'PLR1606',
      `${quote(text)} is an address inside a network; a network of /${prefix} begins at ${addressText(first)}.`,
      `Write ${addressText(first)}/${prefix}, if that is what is meant.`,
    );
  }
  return { first, size, prefix };
}

const FIX = 'Write a network such as 10.20.0.0/24.';

/** True where parseNetwork found a network. */
export function isNetwork(result: Network | Fault): result is Network {
  return 'prefix' in result;
}

/** The networks that logins may come from: any but all of them. */
export function loginSourceFault(text: string): Fault | undefined {
  const network = parseNetwork(text);
  if (!isNetwork(network)) return network;
  return network.prefix === 0
    ? fault('PLR1607', `${quote(text)} is every address there is.`, 'Name the networks of the people who log in.')
    : undefined;
}

/** The networks that metrics may be read from: private ones. */
export function scraperSourceFault(text: string): Fault | undefined {
  const network = parseNetwork(text);
  if (!isNetwork(network)) return network;
  if (isPrivateRange(network.first, network.first + network.size - 1)) return undefined;
  return fault(
    'PLR1607',
    `${quote(text)} is not private; metrics are read from within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.`,
    'Name the networks of the scrapers.',
  );
}

/** Shortest and longest prefix of a network of our own: half of a /26 holds 27 machines, a quarter of it 11 NAT addresses; nobody needs more than a /16 for a trial. */
const OWN_PREFIX = { min: 16, max: 26 } as const;

/** The address space of a network of our own: private, not too small for both subnets. */
export function addressSpaceFault(text: string): Fault | undefined {
  const network = parseNetwork(text);
  if (!isNetwork(network)) return isIPv4(text) ? { ...network, fix: FIX } : network;
  if (!isPrivateRange(network.first, network.first + network.size - 1)) {
    return fault(
      'PLR1606',
      `${quote(text)} is not private: a network of our own lies within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.`,
      'Choose a private network that nothing else uses.',
    );
  }
  if (network.prefix >= OWN_PREFIX.min && network.prefix <= OWN_PREFIX.max) return undefined;
  return fault(
    'PLR1606',
    `${quote(text)} is too ${network.prefix < OWN_PREFIX.min ? 'large' : 'small'}: a network of our own has a prefix of /${OWN_PREFIX.min} to /${OWN_PREFIX.max}.`,
    'Write a network such as 10.20.0.0/24.',
  );
}

/** An address as people write it. */
function addressText(value: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
