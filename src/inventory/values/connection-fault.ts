import { HIGHEST_PORT, holdsCredential, mayHoldPair, NOT_SHOWN } from '../../model';
import { type Fault, fault, quote } from '../findings';
import { parseConnection } from './connection/connection';
import type { Connection, End } from './connection/end';
import { portListFault } from './port-list';

/** Where a host is expected: a target's host, which has a port beside it, or a domain, which has none. */
export type HostKey = 'host' | 'domain';

/** More hosts than this are counted and not named. */
const NAMED = 12;

/** Longer than what anybody connects with; what is longer is not looked into. */
const MAX_CONNECTION = 4096;

/**
 * What to say of a connection string where a host is expected, and which host and port to write; undefined where the text
 * is none. Only hosts that could stand there are named, and nothing that may be a password.
 *
 * @param isName whether a text could stand where the host is expected
 */
export function connectionFault(text: string, key: HostKey, isName: (text: string) => boolean): Fault | undefined {
  const ports = /^[^:@/\s]+:([\d,-]+)$/.exec(text)?.[1];
  const several = ports === undefined ? undefined : portListFault(ports);
  if (several !== undefined) return several;
  const found = text.length > MAX_CONNECTION ? undefined : parseConnection(text.trim());
  if (found === undefined) return undefined;
  const ends = found.ends.every(({ host }) => isName(host)) ? found.ends : [];
  const shown = mayHoldPair(text) ? NOT_SHOWN : quote(text);
  const [only, another] = ends;
  const parting = partingWords(text);
  if (found.srv !== undefined) return srvFault(found.srv, shown, only, parting);
  if (another !== undefined) {
    return fault(
      'PLR1236',
      `${shown} names ${ends.length} hosts; a target has one.`,
      `${targets(ends, key)}${parting}`,
    );
  }
  const advice = only === undefined ? unknownEnd(found, key) : `Write ${end(only, key)}.`;
  return fault(codeOf(found), `${shown} is ${found.what}; a ${key} is a name alone.`, `${advice}${parting}`);
}

function codeOf({ kind }: Connection): 'PLR1201' | 'PLR1202' | 'PLR1234' {
  if (kind === 'url') return 'PLR1201';
  return kind === 'port' ? 'PLR1202' : 'PLR1234';
}

function partingWords(text: string): string {
  return holdsCredential(text)
    ? ' A password or token has no place in an inventory: replace it where others could read it.'
    : '';
}

function end({ host, port }: End, key: HostKey): string {
  const name = host.toLowerCase().replace(/\.$/, '');
  return `${key}: ${name}${port === undefined || key === 'domain' ? '' : `, port: ${port}`}`;
}

function targets(ends: readonly End[], key: HostKey): string {
  if (ends.length > NAMED) return 'Write a target for each host.';
  return `Write a target for each: ${ends.map((one) => end(one, key)).join('; ')}.`;
}

function unknownEnd({ kind }: Connection, key: HostKey): string {
  if (key === 'domain') return 'Write the fully qualified name that clients dial, without port, path and user.';
  return kind === 'port'
    ? `Write the fully qualified name as host:, and the port, a number from 1 to ${HIGHEST_PORT}, as port:.`
    : 'Write the fully qualified name in it as host:, and its port as port:, without path and user.';
}

/** A name with SRV records need not have an address: drivers look the members up and connect to those. */
function srvFault(service: string, shown: string, only: End | undefined, parting: string): Fault {
  const record = `_${service}._tcp.${only?.host ?? 'NAME'}`;
  return fault(
    'PLR1235',
    `${shown} names ${only?.host ?? 'a host'}, whose SRV records list the members; it need not have an address of its own.`,
    `Look the members up with \`nslookup -type=SRV ${record}\`, and write a target for each.${parting}`,
  );
}

/** `_mongodb._tcp.cluster0.example.net`: a name of SRV records itself. */
export function srvRecordFault(text: string): Fault | undefined {
  if (!/^_[\w-]+\._(tcp|udp)\./i.test(text)) return undefined;
  return fault(
    'PLR1235',
    `${quote(text)} is the name of SRV records, which has no address.`,
    'Look the members up with `nslookup -type=SRV` and this name, and write a target for each.',
  );
}
