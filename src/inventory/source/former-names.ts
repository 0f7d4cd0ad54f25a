import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import { FORMER_NAMES } from '../tables/former-names';
import { mapEach, mapEntry, rebuilt } from './change-map';
import type { Entry, MapNode, SourceNode } from './source-node';

/**
 * Gives keys of routers and targets that an earlier version called otherwise the name that they have now, file by file and
 * before overlays are laid over: an overlay with one name wins over a base with the other, and `null` removes either. Each
 * is hinted at; both names in one map are a mistake, and the present one is kept.
 */
export function withPresentNames(root: MapNode): {
  readonly root: MapNode;
  readonly findings: readonly InventoryFinding[];
} {
  const findings: InventoryFinding[] = [];
  const renamed = mapEntry(root, 'routers', (routers) =>
    mapEach(routers, (router, name) =>
      mapEntry(renameIn(router, ['routers', name], findings), 'targets', (targets) =>
        mapEach(targets, (target, key) => renameIn(target, ['routers', name, 'targets', key], findings)),
      ),
    ),
  );
  return { root: renamed.kind === 'map' ? renamed : root, findings };
}

function renameIn(node: SourceNode, path: ValuePath, findings: InventoryFinding[]): SourceNode {
  if (node.kind !== 'map' || ![...node.entries.keys()].some((key) => FORMER_NAMES.has(key))) return node;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of node.entries) {
    const present = FORMER_NAMES.get(key);
    if (present === undefined) {
      entries.set(key, entry);
    } else if (node.entries.has(present)) {
      findings.push(errorAt([...path, key], bothNames(key, present), { place: entry.keyPlace }));
    } else {
      findings.push(warningAt([...path, key], formerName(key, present), { place: entry.keyPlace }));
      entries.set(present, entry);
    }
  }
  return rebuilt(node, entries);
}

function formerName(key: string, present: string) {
  return fault(
    'PLR1121',
    `${key} is called ${present} now. It is read as ${present}.`,
    `Write ${present} in its place.`,
  );
}

function bothNames(key: string, present: string) {
  return fault(
    'PLR1110',
    `${key} is the former name of ${present}, and both stand here.`,
    `Remove ${key}, and let ${present} say which of the two values is meant.`,
  );
}
