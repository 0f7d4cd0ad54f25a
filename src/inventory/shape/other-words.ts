import type { ValuePath } from '../../model';
import { type Fault, fault, quote } from '../findings';
import { type MapNode, nodeAt } from '../source/source-node';
import { keyMeant } from '../tables/key-aliases';
import { presetsMeant } from '../tables/preset-aliases';

/** What is said of a key that other tools have, and the key of ours that it means. */
export interface OtherWord {
  readonly reason: Fault;
  readonly meant?: string;
}

/** A key that is known elsewhere, in the place of one of ours; undefined where this program knows nothing of it. */
export function otherWord(root: MapNode, path: ValuePath, key: string): OtherWord | undefined {
  const place = placeOf(path);
  if (place === undefined) return undefined;
  const plain = key.toLowerCase().replace(/[-_\s]/g, '');
  if (place === 'target' && plain === 'protocol') return { reason: protocolFault(textAt(root, [...path, key])) };
  if (place === 'target' && plain === 'sni') return { reason: SNI, meant: 'route' };
  if (place !== 'top' && NAME_KEYS.has(plain)) return { reason: nameFault(place, key) };
  if (place !== 'top' && plain === 'targettype') return { reason: TARGET_TYPE };
  const meant = keyMeant(place, key);
  if (meant === undefined) return undefined;
  const there = nodeAt(root, [...path, meant]) !== undefined;
  const message = `There is no key ${quote(key)} here; it is called ${meant}${there ? ', which stands here already' : ''}.`;
  return { reason: fault('PLR1101', message, there ? 'Remove it.' : `Write ${meant}.`), meant };
}

function placeOf(path: ValuePath): 'top' | 'router' | 'target' | undefined {
  if (path.length === 0) return 'top';
  if (path[0] !== 'routers') return undefined;
  if (path.length === 2) return 'router';
  return path.length === 4 && path[2] === 'targets' ? 'target' : undefined;
}

/** Keys that say how the thing is called; here the key of its map says it. */
const NAME_KEYS: ReadonlySet<string> = new Set(['name', 'servicename', 'routername', 'targetname', 'label']);

function nameFault(place: 'router' | 'target', key: string): Fault {
  return fault(
    'PLR1101',
    `There is no key ${quote(key)} here; a ${place} is named by the key that it stands under.`,
    `Remove it, and rename the ${place} itself if another name is meant.`,
  );
}

const SNI = fault(
  'PLR1101',
  'There is no key "sni" here; targets told apart by the name in the TLS hello have the route sni, and the name is their domain.',
  'Write route: sni.',
);

const TARGET_TYPE = fault(
  'PLR1101',
  'There is no key for the type of a target here; targets are reached by address, as `ip` has it elsewhere.',
  'Remove it.',
);

const TCP = 'Remove the key; the protocol of the health check is healthCheck: { protocol: … }.';

/** What is said of `protocol` at a target, by its value: listeners are TCP, and pass on whatever it carries. */
function protocolFault(value: string | undefined): Fault {
  const plain = value?.toUpperCase() ?? '';
  if (NOT_TCP.has(plain)) {
    const message = `protocol: ${plain} is not available; the listeners of a router are TCP.`;
    return fault('PLR1119', message, NOT_TCP.get(plain) ?? TCP);
  }
  const [preset] = presetsMeant(value ?? '');
  const message = 'A target has no protocol; the listeners of a router are TCP, and pass on whatever it carries.';
  if (preset === undefined || ['http', 'https'].includes(preset)) return fault('PLR1119', message, TCP);
  return fault('PLR1119', message, `Write preset: ${preset}, or remove the key.`);
}

/** Protocols of load balancers beside TCP, and what to do where one of them is wanted. */
const NOT_TCP: ReadonlyMap<string, string> = new Map([
  ['TLS', 'Remove the key; TLS passes through a TCP listener to the target, whose certificate clients see.'],
  ['SSL', 'Remove the key; TLS passes through a TCP listener to the target, whose certificate clients see.'],
  ['UDP', 'Remove the target; what speaks UDP alone cannot be reached by a router.'],
  ['QUIC', 'Remove the target; what speaks UDP alone cannot be reached by a router.'],
  ['TCP_UDP', 'Remove the key; the target is reached by TCP, and not by UDP.'],
  ['TCP_QUIC', 'Remove the key; the target is reached by TCP, and not by UDP.'],
  ['ICMP', 'Remove the target; a router passes TCP on.'],
]);

function textAt(root: MapNode, path: ValuePath): string | undefined {
  const node = nodeAt(root, path)?.node;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
