import { errorAt, fault, type InventoryFinding } from '../findings';
import type { Check, CheckContext, RouterView } from './context';

/** What two targets of one router cannot both have. Ports and old names are the planner's: it knows their shards, and the lock. */
export const checkTargetPairs: Check = function* (context) {
  for (const router of context.routers) {
    yield* sameEnds(router, context);
  }
};

function* sameEnds(router: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<string, string>();
  for (const { name, path, host, port } of router.targets) {
    if (port === undefined) continue;
    const end = `${host.name}:${port}`;
    const before = first.get(end);
    if (before === undefined) first.set(end, name);
    else {
      const where = context.where([...router.path, 'targets', before]);
      const reason = fault(
        'PLR1221',
        `${end} is the target ${before} already (${where}).`,
        'Remove one of the two; clients can share a target.',
      );
      yield errorAt([...path, 'host'], reason);
    }
  }
}
