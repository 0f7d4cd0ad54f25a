import { isIP, isIPv4, isIPv6 } from 'node:net';
import { portOf } from './forms';

/** A name server that is asked over UDP, and over TCP where its answer is too long for UDP. */
export interface NameServer {
  /** IPv4 or IPv6 address, the latter without brackets. */
  readonly address: string;
  /** 1–65535. */
  readonly port: number;
}

/** The port of DNS, RFC 1035 section 4.2. */
export const DNS_PORT = 53;

/**
 * Reads a name server as `resolvers` gives it: `10.0.0.2`, `10.0.0.2:5353`, `fd00::53`, `[fd00::53]` or `[fd00::53]:5353`.
 * Undefined where the text is none of these; a name is refused since something would have to resolve it first.
 */
export function parseNameServer(text: string): NameServer | undefined {
  if (isIP(text) !== 0) return { address: text, port: DNS_PORT };
  const parts = /^\[([^\]]+)\](?::(\d+))?$/.exec(text) ?? /^([^:]+):(\d+)$/.exec(text);
  const address = parts?.[1];
  if (address === undefined) return undefined;
  const bracketed = text.startsWith('[');
  if (bracketed ? !isIPv6(address) : !isIPv4(address)) return undefined;
  const number = portOf(parts?.[2] ?? String(DNS_PORT));
  return number === undefined ? undefined : { address, port: number };
}
