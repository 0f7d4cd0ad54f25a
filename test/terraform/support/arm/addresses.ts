import ipaddr from 'ipaddr.js';
import { demand } from './refusal';

type Range = readonly [ipaddr.IPv4 | ipaddr.IPv6, number];

function parse(prefix: string): Range | undefined {
  // Four parts: the library takes short forms, and Azure does not.
  const wellFormed = /^(\d+(\.\d+){3}|[0-9a-fA-F:]*:[0-9a-fA-F:.]*)\/\d+$/.test(prefix);
  return wellFormed && ipaddr.isValidCIDR(prefix) ? ipaddr.parseCIDR(prefix) : undefined;
}

function number(address: ipaddr.IPv4 | ipaddr.IPv6): bigint {
  return address.toByteArray().reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
}

function bounds([address, length]: Range): { readonly first: bigint; readonly last: bigint } {
  const size = 1n << BigInt((address.kind() === 'ipv4' ? 32 : 128) - length);
  const first = (number(address) / size) * size;
  return { first, last: first + size - 1n };
}

/** A prefix that Azure takes for a network: well formed, and without host bits. */
export function demandPrefix(prefix: string, owner: string): Range {
  const range = parse(prefix);
  demand(
    range !== undefined,
    'InvalidCIDRNotation',
    `The address prefix ${prefix} in ${owner} has an invalid CIDR notation.`,
  );
  demand(
    bounds(range).first === number(range[0]),
    'InvalidCIDRNotation',
    `The address prefix ${prefix} in ${owner} has an invalid CIDR notation: it has host bits.`,
  );
  return range;
}

export function isPrefix(text: string): boolean {
  return parse(text) !== undefined || (/^[0-9.]+$/.test(text) && ipaddr.IPv4.isValidFourPartDecimal(text));
}

export function within(inner: Range, outer: Range): boolean {
  const [a, b] = [bounds(inner), bounds(outer)];
  return inner[0].kind() === outer[0].kind() && a.first >= b.first && a.last <= b.last;
}

export function overlap(left: Range, right: Range): boolean {
  const [a, b] = [bounds(left), bounds(right)];
  return left[0].kind() === right[0].kind() && a.first <= b.last && b.first <= a.last;
}

/** Refuses a static address outside its subnet, or one that Azure keeps: the first four and the last. */
export function demandUsable(address: string, prefix: string, user: string): void {
  const range = demandPrefix(prefix, user);
  const given = ipaddr.isValid(address) ? ipaddr.parse(address) : undefined;
  const { first, last } = bounds(range);
  const inside =
    given !== undefined && given.kind() === range[0].kind() && number(given) >= first && number(given) <= last;
  demand(
    inside,
    'PrivateIPAddressNotInSubnet',
    `Private static IP address ${address} of ${user} does not belong to the range of subnet prefix ${prefix}.`,
  );
  demand(
    number(given) - first >= 4n && number(given) !== last,
    'PrivateIPAddressInReservedRange',
    `Private static IP address ${address} of ${user} falls within reserved IP range of subnet prefix ${prefix}.`,
  );
}

/** The address that is `offset` above the first one of a subnet of IPv4. */
export function addressAt(prefix: string, offset: number): string {
  const { first } = bounds(demandPrefix(prefix, prefix));
  const value = Number(first) + offset;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join('.');
}
