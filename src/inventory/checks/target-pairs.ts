import { errorAt, fault, type InventoryFinding } from '../findings';
import type { Check, CheckContext, RouterView, TargetView } from './context';

/**
 * What two targets of one router cannot both have. Two may have the same hosts and port where each has domains of its own
 * that the other lacks: what is behind them tells names apart, and a target takes no more names than a rule; or another path
 * with the route `http`. Hosts that are kept back make no other destination: sessions go to the rest, and only without those to
 * them. Ports and old names are the planner's: it knows their shards, and the lock.
 */
export const checkTargetPairs: Check = function* (context) {
  for (const router of context.routers) {
    yield* sameEnds(router, context);
  }
};

function* sameEnds(router: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const known = new Map<string, TargetView[]>();
  for (const target of router.targets) {
    const { path, written, hosts, port } = target;
    if (port === undefined) continue;
    const names = hosts.flatMap(({ host, backup }) => (backup ? [] : [host.name])).sort();
    const end = names.map((name) => `${name}:${port}`).join(', ');
    const earlier = known.get(end) ?? [];
    known.set(end, [...earlier, target]);
    const before = earlier.find((other) => !toldApart(other, target));
    if (before !== undefined) {
      const where = context.where(before.path);
      const reason = fault(
        'PLR1221',
        `${end} ${names.length === 1 ? 'is' : 'are'} the target ${before.name} already (${where}).`,
        'Remove one of the two; clients can share a target, which may have several `domains:`.',
      );
      yield errorAt([...path, written.hosts === undefined ? 'host' : 'hosts'], reason);
    }
  }
}

/** Whether requests tell them apart by their paths, or each names its own domains, and none of the other's. */
function toldApart(one: TargetView, other: TargetView): boolean {
  const byPath = one.written.route === 'http' && other.written.route === 'http';
  if (byPath && one.written.path !== other.written.path) return true;
  const names = new Set(one.domains.map(({ host }) => host.name));
  return one.ownDomains && other.ownDomains && !other.domains.some(({ host }) => names.has(host.name));
}
