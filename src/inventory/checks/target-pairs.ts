import { errorAt, fault, type InventoryFinding, quote } from '../findings';
import type { Check, CheckContext, RouterView } from './context';

/** What two targets of one router cannot both have. */
export const checkTargetPairs: Check = function* (context) {
  for (const router of context.routers) {
    yield* sameEnds(router, context);
    yield* sameListenPorts(router, context);
    yield* renames(router, context);
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

function* sameListenPorts(router: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const first = new Map<number, string>();
  for (const { name, path, written } of router.targets) {
    if (written.listenPort === undefined) continue;
    const before = first.get(written.listenPort);
    if (before === undefined) first.set(written.listenPort, name);
    else {
      const where = context.where([...router.path, 'targets', before, 'listenPort']);
      const reason = fault(
        'PLR1222',
        `The listener port ${written.listenPort} is taken by ${before} (${where}).`,
        'Choose another port, or leave listenPort away and let the planner choose.',
      );
      yield errorAt([...path, 'listenPort'], reason);
    }
  }
}

function* renames(router: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const claimed = new Map<string, string>();
  for (const { name, path, written } of router.targets) {
    const old = written.renamedFrom;
    if (old === undefined) continue;
    const before = claimed.get(old);
    let message: string | undefined;
    if (old === name) message = `The target is called ${quote(old)} now; that cannot be its old name.`;
    else if (context.has([...router.path, 'targets', old])) {
      message = `${quote(old)} still stands in the inventory (${context.where([...router.path, 'targets', old])}).`;
    } else if (before !== undefined) message = `${quote(old)} is claimed by ${before} already.`;
    if (message !== undefined) {
      const reason = fault('PLR1233', message, 'Remove renamedFrom, or correct the name.');
      yield errorAt([...path, 'renamedFrom'], reason);
    }
    claimed.set(old, name);
  }
}
