import { CLOUDS } from '../model';
import { type Deployment, inWords } from './environments';
import { errorAt, fault, type InventoryFinding, warningAt } from './findings';
import { type MapNode, nodeAt, placeAt, positionOf } from './source/source-node';
import { CLOUD_FACTS } from './tables/clouds';

/** A router's NCC and what is bound to it, as far as the files say it plainly. */
interface Bound {
  readonly router: string;
  readonly by: 'id' | 'name';
  readonly ncc: string;
  /** True where the router makes it. */
  readonly made: boolean;
  /** What tells an NCC from another of the same name: region and account. */
  readonly place: string;
  readonly workspaces: readonly string[];
}

/**
 * A workspace that two environments bind to different NCCs: the second apply takes it from the first in silence, and jobs
 * of the first no longer reach its routers. Told in each of them, since each may run alone.
 */
export function* boundTwice(own: Deployment, others: readonly Deployment[]): Iterable<InventoryFinding> {
  if (!own.deployed) return;
  const mine = boundIn(own.root);
  if (mine.every(({ workspaces }) => workspaces.length === 0)) return;
  for (const other of others.filter(({ deployed }) => deployed)) {
    const theirs = new Map(boundIn(other.root).flatMap((bound) => bound.workspaces.map((id) => [id, bound] as const)));
    for (const bound of mine) {
      for (const [index, id] of bound.workspaces.entries()) {
        const before = theirs.get(id);
        if (before === undefined || sameNcc(bound, before)) continue;
        const path = ['routers', bound.router, 'ncc', 'workspaceIds', index];
        yield secondBinding(path, id, bound, before, other);
      }
    }
  }
}

function secondBinding(
  path: readonly (string | number)[],
  id: string,
  bound: Bound,
  before: Bound,
  other: Deployment,
): InventoryFinding {
  const there = ['routers', before.router, 'ncc', 'workspaceIds', before.workspaces.indexOf(id)];
  const { file, line } = positionOf(placeAt(other.root, there));
  const where = `${inWords(other.env)} (${before.router}, ${file}:${line})`;
  if (bound.by !== before.by) {
    const reason = fault(
      'PLR1329',
      `The workspace ${id} is bound to ${words(bound)} here and to ${words(before)} ${where}. A workspace has one NCC, and the files do not show whether these are one.`,
      'Where they are one, bind the workspace in the environment that makes the NCC only. Where they are two, remove the workspace from one environment.',
    );
    return warningAt(path, reason);
  }
  const reason = fault(
    'PLR1329',
    `The workspace ${id} is bound to ${words(bound)} here and to ${words(before)} ${where}. A workspace has one NCC: the environment that is applied last takes it from the other in silence.`,
    'Give each environment workspaceIds of its own, in its overlay.',
  );
  return errorAt(path, reason);
}

/** One NCC by name in two environments: both would make it, or the second apply fails. */
export function* madeTwice(own: Deployment, others: readonly Deployment[]): Iterable<InventoryFinding> {
  if (!own.deployed) return;
  const mine = boundIn(own.root).filter(({ made }) => made);
  for (const other of others.filter(({ deployed }) => deployed)) {
    const theirs = boundIn(other.root);
    for (const bound of mine) {
      const before = theirs.find((one) => one.made && sameNcc(bound, one));
      if (before === undefined) continue;
      const reason = fault(
        'PLR1330',
        `The NCC ${bound.ncc} is made by the router ${bound.router} here, and by ${before.router} ${inWords(other.env)}: two states would hold one NCC, or there would be two of one name in the region.`,
        `Give each environment a name of its own in its overlay, or let one environment make the NCC and the others use it by \`ncc: { existing: … }\`.`,
      );
      yield warningAt(['routers', bound.router, 'ncc', 'name'], reason);
    }
  }
}

/** The inventory itself, free of errors beside its overlays and never deployed: a run that forgets --env would deploy it. */
export function* deployableBase(own: Deployment, others: readonly Deployment[]): Iterable<InventoryFinding> {
  const overlays = others.flatMap(({ env = [] }) => env);
  if (own.env !== undefined || own.deployed || overlays.length === 0 || routersOf(own.root).length === 0) return;
  const reason = fault(
    'PLR1331',
    `The inventory is complete without an overlay: a run that forgets --env makes one more deployment beside ${overlays.join(', ')}.`,
    'Leave to the overlays what each environment has of its own, such as accountId, vpcId or subscriptionId: then a run without --env is refused. If it is a deployment too, run `privatelink-router lock` without --env and commit its lock.',
  );
  yield warningAt(['routers'], reason, { at: 'key' });
}

function words({ by, ncc }: Bound): string {
  return by === 'id' ? `the NCC with the id ${ncc}` : `the NCC ${ncc}`;
}

function sameNcc(a: Bound, b: Bound): boolean {
  return a.by === b.by && a.ncc === b.ncc && (a.by === 'id' || a.place === b.place);
}

function routersOf(root: MapNode): readonly string[] {
  const routers = nodeAt(root, ['routers'])?.node;
  return routers?.kind === 'map' ? [...routers.entries.keys()] : [];
}

function boundIn(root: MapNode): readonly Bound[] {
  return routersOf(root).flatMap((router): readonly Bound[] => {
    const at = ['routers', router];
    // What a router takes from another one of its inventory is told there.
    const given = ['id', 'name', 'existing'].map((way) => textAt(root, [...at, 'ncc', way]));
    const [id, name, existing] = given;
    const ncc = id?.toLowerCase() ?? name ?? existing;
    if (ncc === undefined || given.filter((one) => one !== undefined).length > 1) return [];
    const [region] = CLOUDS.flatMap((cloud) => textAt(root, [...at, cloud, CLOUD_FACTS[cloud].regionKey]) ?? []);
    const account = textAt(root, [...at, 'databricks', 'accountId']) ?? textAt(root, ['databricks', 'accountId']);
    const list = nodeAt(root, [...at, 'ncc', 'workspaceIds'])?.node;
    const items = list?.kind === 'list' ? list.items : [];
    return [
      {
        router,
        by: id === undefined ? 'name' : 'id',
        ncc,
        made: name !== undefined,
        place: `${region} ${account?.toLowerCase()}`,
        workspaces: items.map((item) => (item.kind === 'scalar' ? String(item.value) : '')),
      },
    ];
  });
}

function textAt(root: MapNode, path: readonly string[]): string | undefined {
  const node = nodeAt(root, path)?.node;
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;
}
