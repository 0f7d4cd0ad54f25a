import ipaddr from 'ipaddr.js';
import { sortAddresses } from '../model';
import type { RefusedAddress } from './resolution';

/** Addresses behind which a cloud hands out credentials or runs its own services; each lies in a range that is refused anyway. */
const CLOUD_SERVICES: Readonly<Record<string, string>> = {
  '169.254.169.254': 'instance metadata',
  '169.254.170.2': 'container credentials',
  '169.254.169.253': "the cloud's own name server",
  '169.254.169.123': "the cloud's own time server",
  '168.63.129.16': "the cloud's own host service",
};

/** ipaddr.js' names of ranges in the words of a message. */
const RANGE_WORDS: Readonly<Record<string, string>> = {
  unicast: 'public',
  linkLocal: 'link-local',
  loopback: 'loopback',
  multicast: 'multicast',
  broadcast: 'broadcast',
  unspecified: 'unspecified',
  reserved: 'reserved',
};

/** RFC 1918 and RFC 6598 (100.64.0.0/10): what a load balancer inside a VPC may have as a target. */
const ALLOWED_RANGES: ReadonlySet<string> = new Set(['private', 'carrierGradeNat']);

/** What is wrong with an IPv4 address as a target, or undefined where it may be one. */
function refusedRange(address: string): string | undefined {
  const range = ipaddr.IPv4.parse(address).range();
  if (ALLOWED_RANGES.has(range)) return undefined;
  return CLOUD_SERVICES[address] ?? RANGE_WORDS[range] ?? 'public';
}

/** Parts the addresses of an answer into those that may be targets and those that may not, each sorted and unique. */
export function sift(addresses: readonly string[]): {
  readonly allowed: readonly string[];
  readonly refused: readonly RefusedAddress[];
} {
  const allowed: string[] = [];
  const refused: RefusedAddress[] = [];
  for (const address of sortAddresses(addresses)) {
    const range = refusedRange(address);
    if (range === undefined) allowed.push(address);
    else refused.push({ address, range });
  }
  return { allowed, refused };
}
