import { isIPv4 } from 'node:net';
import { PRIVATE_RANGES } from '../../model';
import { type Fault, fault, quote } from '../findings';

/** What the addresses of a machine itself are called. */
export const LOOPBACK = 'a loopback address';

/**
 * Where an IPv4 address belongs, as it stands after "is"; only `private` can be a target. Order matters: the first range
 * that holds it counts. By IANA's registry of special-purpose addresses (RFC 6890), read 2026-11-29.
 */
const RANGES: readonly (readonly [cidr: string, kind: string])[] = [
  ...PRIVATE_RANGES.map((cidr) => [cidr, 'private'] as const),
  ['169.254.169.254/32', 'the address of the metadata service'],
  ['169.254.0.0/16', 'a link-local address'],
  ['127.0.0.0/8', LOOPBACK],
  ['0.0.0.0/8', 'an address that means the machine or network itself'],
  ['192.0.0.0/24', 'an address reserved for protocols'],
  ['192.0.2.0/24', 'an address reserved for documentation'],
  ['198.51.100.0/24', 'an address reserved for documentation'],
  ['203.0.113.0/24', 'an address reserved for documentation'],
  ['198.18.0.0/15', 'an address reserved for benchmarks'],
  ['224.0.0.0/4', 'a multicast address'],
  ['255.255.255.255/32', 'the broadcast address'],
  ['240.0.0.0/4', 'a reserved address'],
];

/** The same for those who have to say it in another language. */
export const ADDRESS_RANGES: readonly { readonly cidr: string; readonly kind: string }[] = RANGES.map(
  ([cidr, kind]) => ({
    cidr,
    kind,
  }),
);

const PARSED = RANGES.map(([cidr, kind]) => {
  const [base = '', bits = '32'] = cidr.split('/');
  const size = 2 ** (32 - Number(bits));
  return { from: addressNumber(base), to: addressNumber(base) + size, kind };
});

/** Why an IPv4 address (well-formed) is no target, or undefined where it is private. */
export function addressFault(address: string): Fault | undefined {
  const value = addressNumber(address);
  const range = PARSED.find(({ from, to }) => value >= from && value < to);
  if (range?.kind === 'private') return undefined;
  if (range === undefined) {
    return fault(
      'PLR1210',
      `${address} is a public address; targets are private: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10.`,
      'Use the private address of the target, or a name that resolves to it.',
    );
  }
  return fault(
    'PLR1211',
    `${address} is ${range.kind}, which no target has.`,
    'Use the private address of the target, or a name that resolves to it.',
  );
}

/**
 * Ranges in which no name server answers. Public addresses and those of documentation are not among them: whether one
 * answers there is not ours to say.
 */
export const UNREACHABLE_RANGES = ADDRESS_RANGES.filter(({ kind }) =>
  [
    LOOPBACK,
    'an address that means the machine or network itself',
    'a link-local address',
    'the address of the metadata service',
    'a multicast address',
    'the broadcast address',
    'a reserved address',
  ].includes(kind),
);

/** What an IPv4 address (well-formed) at which no name server answers is, or undefined. */
export function unreachableKind(address: string): string | undefined {
  const value = addressNumber(address);
  const { kind } = PARSED.find(({ from, to }) => value >= from && value < to) ?? {};
  return UNREACHABLE_RANGES.some((range) => range.kind === kind) ? kind : undefined;
}

/** True for a text that is meant as an IPv4 address, well-formed or not: no host name consists of digits and dots. */
export function looksLikeIPv4(text: string): boolean {
  return /^[\d.]+$/.test(text) || /^(0x[\da-f]+)(\.(0x[\da-f]+|\d+))*$/i.test(text);
}

/** Why a text that looks like an IPv4 address is none, or undefined. */
export function malformedIPv4(text: string): Fault | undefined {
  if (isIPv4(text)) return undefined;
  return fault(
    'PLR1212',
    `${quote(text)} is not an IPv4 address: four numbers from 0 to 255 without leading zeros, with dots between them.`,
    'Write it as 10.40.7.12, or use a name.',
  );
}

/** An IPv4 address (well-formed) as a number. */
export function addressNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** True where all addresses from the first to the last lie in one private range. */
export function isPrivateRange(first: number, last: number): boolean {
  return PARSED.some(({ from, to, kind }) => kind === 'private' && first >= from && last < to);
}
