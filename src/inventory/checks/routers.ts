import type { ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import { nodeAt } from '../source/source-node';
import { CLOUD_FACTS } from '../tables/clouds';
import type { Check, CheckContext, RouterView } from './context';
import { listedTwice } from './targets';

/** Each router by itself, as it is in every cloud: NCC, name servers, targets. */
export const checkRouters: Check = function* (context) {
  if (context.has(['routers']) && isEmpty(context, ['routers'])) {
    yield errorAt(['routers'], fault('PLR1113', 'There is no router.', 'Add a router.'));
  }
  for (const router of context.routers) {
    yield* ncc(router, context);
    yield* resolvers(router, context);
    if (isEmpty(context, [...router.path, 'targets'])) {
      const reason = fault(
        'PLR1320',
        'The router has no target.',
        'Add one, or take the router away with `teardown: prepare`.',
      );
      yield warningAt([...router.path, 'targets'], reason);
    }
  }
};

/** How an NCC is given, one of them. */
const WAYS = ['name', 'id', 'existing', 'router'] as const;

function* ncc({ written, path }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const key = [...path, 'ncc'];
  if (nodeAt(context.root, key)?.node.kind !== 'map') return;
  const [given, another] = WAYS.filter((way) => context.has([...key, way]));
  const named = context.has([...key, 'name']);
  if (another !== undefined) {
    const reason = fault(
      'PLR1110',
      `An NCC is given by its name (a new one), by its id or its existing name (one that exists), or by the router that makes it; here are ${given} and ${another}.`,
      'Remove one of the two.',
    );
    yield errorAt([...key, another], reason);
  } else if (given === undefined && written.ncc !== undefined && !isMisspelt(context, key)) {
    const reason = fault(
      'PLR1102',
      'The NCC has no name, id, existing or router.',
      'Add name: for a new NCC, id: or existing: for one that exists, or router: for that of another router.',
    );
    yield errorAt([...key, 'name'], reason);
  } else if (given === 'router' && context.has([...key, 'workspaceIds'])) {
    const reason = fault(
      'PLR1110',
      'The workspaces of an NCC stand at the router that makes it, and this router uses the NCC of another one.',
      `Move them to workspaceIds of ${written.ncc?.router ?? 'that router'}.`,
    );
    yield errorAt([...key, 'workspaceIds'], reason);
  }
  if (named && another === undefined && !context.has([...key, 'workspaceIds']) && !isMisspelt(context, key)) {
    const reason = fault(
      'PLR1102',
      'The key "workspaceIds" is missing here: the workspaces that are bound to the NCC.',
      'Add workspaceIds: a list.',
    );
    yield errorAt([...key, 'workspaceIds'], reason);
  }
  const ids = written.ncc?.workspaceIds;
  yield* listedTwice([...key, 'workspaceIds'], ids, context);
  if (named && ids?.length === 0) {
    const reason = fault(
      'PLR1319',
      'No workspace is bound to the NCC: nobody reaches the targets.',
      'List the ids of the workspaces.',
    );
    yield warningAt([...key, 'workspaceIds'], reason);
  }
}

/** A key that the NCC does not know is reported already, and is most likely the one that is missing. */
function isMisspelt(context: CheckContext, key: ValuePath): boolean {
  const node = nodeAt(context.root, key)?.node;
  return node?.kind === 'map' && [...node.entries.keys()].some((name) => ![...WAYS, 'workspaceIds'].includes(name));
}

function* resolvers({ written, path, targets, cloud }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  const key = [...path, 'resolvers'];
  yield* listedTwice(key, written.resolvers, context);
  if (cloud === undefined) return;
  // A mode of another cloud is told as such, and whoever wrote it meant that hosts are resolved.
  const modes = [CLOUD_FACTS[cloud].dns[0], written.dns, ...targets.map((target) => target.written.dns)];
  const used = modes.some((mode) => mode === 'synth' || mode === 'runtime');
  // A mode that is broken, here or in a target that is, may have been meant to be synth.
  const all = nodeAt(context.root, [...path, 'targets'])?.node;
  const unsure =
    (written.dns === undefined && context.has([...path, 'dns'])) ||
    (all?.kind === 'map' && all.entries.size > targets.length);
  if (written.resolvers !== undefined && written.resolvers.length > 0 && !used && !unsure) {
    const reason = fault(
      'PLR1309',
      'Name servers are asked for `dns: synth` only; this router has none.',
      'Set dns: synth, or remove resolvers.',
    );
    yield warningAt(key, reason);
  }
}

function isEmpty(context: CheckContext, path: ValuePath): boolean {
  const node = nodeAt(context.root, path)?.node;
  return node?.kind === 'map' && node.entries.size === 0;
}
