import { mayHoldPair, NOT_SHOWN } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding, quote } from '../findings';
import { targetSchema } from '../schema/target';
import { isHost, parseHost } from '../values/host';
import { keyWithoutSpace, missingSpace } from '../values/missing-space';
import { withOddCharacters } from '../values/odd-characters';
import { portListFault } from '../values/port-list';
import { mapEach, mapEntry } from './change-map';
import {
  type Entry,
  listNode,
  type MapNode,
  mapNode,
  OddNumber,
  type ScalarNode,
  type SourceNode,
  scalarNode,
} from './source-node';

/**
 * Writes short forms out, file by file and before overlays are laid over, so that an overlay can change one key of a
 * target that the base wrote as `name: host:port`, and `healthCheck: none` goes with the rest of a base's health check. Ids of workspaces, and zones, become texts, exact however large they are.
 * A short form that is none is reported and taken out.
 */
export function expandShortForms(root: MapNode): {
  readonly root: MapNode;
  readonly findings: readonly InventoryFinding[];
} {
  const findings: InventoryFinding[] = [];
  const expanded = mapEntry(root, 'routers', (routers) =>
    mapEach(routers, (router, name) => {
      const targets = mapEntry(router, 'targets', (all) =>
        mapEach(all, (target, key) => {
          if (target.kind !== 'scalar' || typeof target.value !== 'string') return withoutCheck(target);
          const result = expandTarget(target, target.value);
          if ('kind' in result) return result;
          findings.push(errorAt(['routers', name, 'targets', key], result, { place: target.place }));
          return undefined;
        }),
      );
      const ncc = mapEntry(withoutCheck(targets), 'ncc', (ncc) => mapEntry(ncc, 'workspaceIds', exactIds));
      return mapEntry(ncc, 'azure', (azure) =>
        mapEntry(azure, 'forwarder', (forwarder) => mapEntry(forwarder, 'zones', exactIds)),
      );
    }),
  );
  return { root: expanded.kind === 'map' ? expanded : root, findings };
}

/** `healthCheck: none`, written out. */
function withoutCheck(node: SourceNode): SourceNode {
  return mapEntry(node, 'healthCheck', (check) =>
    check.kind === 'scalar' && check.value === 'none'
      ? mapNode(check.place, new Map<string, Entry>([['protocol', { keyPlace: check.place, value: check }]]))
      : check,
  );
}

/** The keys of a target; a map whose colons have no space behind them is one text. */
const KEYS = Object.keys(targetSchema.shape);

function expandTarget(node: ScalarNode, text: string): MapNode | Fault {
  const cut = keyWithoutSpace(text, KEYS);
  if (cut !== undefined) return missingSpace(cut, text);
  const [, host, port] = /^([^:]+):(\d+)$/.exec(text) ?? [];
  if (host === undefined || port === undefined || host.includes(',')) return noShortForm(text);
  const number = Number(port);
  const plain = String(number) === port && Number.isSafeInteger(number);
  return mapNode(
    node.place,
    new Map<string, Entry>([
      ['host', { keyPlace: node.place, value: scalarNode(node.place, host) }],
      ['port', { keyPlace: node.place, value: scalarNode(node.place, plain ? number : new OddNumber(port, number)) }],
    ]),
  );
}

/** What somebody wrote in the place of the short form: a connection string, an IPv6 address, a host without a port. */
function noShortForm(text: string): Fault {
  const ports = portListFault(text.slice(text.lastIndexOf(':') + 1));
  if (ports !== undefined && text.indexOf(':') === text.lastIndexOf(':') && text.includes(':')) return ports;
  const whole = parseHost(text);
  if (!isHost(whole) && SAYS_MORE.has(whole.code)) return whole;
  const got = text.includes(':') ? 'is not host:port' : 'has no port';
  const reason = fault(
    'PLR1111',
    `${mayHoldPair(text) ? NOT_SHOWN : quote(text)} ${got}; the short form of a target is host:port.`,
    'Write ledger.corp.example:1521, or a map with host: and port: (or a preset).',
  );
  return withOddCharacters(reason, text);
}

/** Codes that tell more of a text than that it is no short form. */
const SAYS_MORE: ReadonlySet<string> = new Set(['PLR1201', 'PLR1209', 'PLR1234', 'PLR1235', 'PLR1236']);

/** Ids of more than 15 digits are more than JavaScript's numbers hold: their text is what counts. */
function exactIds(ids: SourceNode): SourceNode {
  if (ids.kind !== 'list') return ids;
  return listNode(
    ids.place,
    ids.items.map((id) => {
      if (id.kind !== 'scalar') return id;
      const { value } = id;
      const exact = value instanceof OddNumber ? value.text : value;
      return typeof exact === 'number' || (typeof exact === 'string' && value instanceof OddNumber)
        ? scalarNode(id.place, String(exact))
        : id;
    }),
  );
}
