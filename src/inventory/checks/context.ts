import type { Cloud, ValuePath } from '../../model';
import type { InventoryFinding } from '../findings';
import type { WrittenInventory, WrittenRouter, WrittenTarget } from '../schema/inventory';
import { cloudAt } from '../source/cloud-at';
import { type MapNode, nodeAt, placeAt, positionOf } from '../source/source-node';
import { CLOUD_FACTS } from '../tables/clouds';
import { PRESETS } from '../tables/presets';
import { type Host, isHost, parseHost } from '../values/host';

/** A map of which any key may be missing, because it was broken and is left out of all further checks. */
export type Loose<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Loose<T[K]> | undefined }
    : T;

/** A target whose every value passed the schema. */
export interface TargetView {
  readonly name: string;
  readonly path: ValuePath;
  readonly written: WrittenTarget;
  /** What the target leads to, in the order of the file. */
  readonly hosts: readonly [HostView, ...HostView[]];
  /** Undefined: neither written nor known by the preset. */
  readonly port: number | undefined;
  /** Its domains in the order of the file. Empty: an address without one. */
  readonly domains: readonly DomainView[];
  /** True where the target names its domains itself. */
  readonly ownDomains: boolean;
}

/** A host of a target. */
export interface HostView {
  readonly host: Host;
  /** Where it stands. */
  readonly path: ValuePath;
  /** Under backup. */
  readonly backup?: true;
}

/** A name that clients dial. */
interface DomainView {
  readonly host: Host;
  /** Where it stands: the target's own key, the router's shared name, or the host. */
  readonly path: ValuePath;
}

export interface RouterView {
  readonly name: string;
  readonly path: ValuePath;
  readonly written: Loose<Omit<WrittenRouter, 'targets'>>;
  /** The cloud that the router names; undefined where it names none, or several. */
  readonly cloud: Cloud | undefined;
  /** Region of AWS or location of Azure. */
  readonly region: string | undefined;
  /** The inventory's stated limits and the router's own, which win. */
  readonly limits: Readonly<Record<string, number>>;
  /** The inventory's tags and the router's own, which win. */
  readonly tags: Readonly<Record<string, string>>;
  readonly sharedDomain: Host | undefined;
  /** Those that passed the schema, in the order of the file. */
  readonly targets: readonly TargetView[];
}

/** A router of which it is known where it stands. */
export interface PlacedRouterView extends RouterView {
  readonly cloud: Cloud;
}

export function isPlaced(router: RouterView): router is PlacedRouterView {
  return router.cloud !== undefined;
}

/** What the checks of meaning look at: the tree as it stands in the files, and the values that passed the schema. */
export interface CheckContext {
  readonly root: MapNode;
  readonly env: string | undefined;
  readonly written: Loose<WrittenInventory>;
  readonly routers: readonly RouterView[];
  /** True where the files have a value at this path, broken or not. */
  has(path: ValuePath): boolean;
  /** `file:line` of a value, for messages that name two places. */
  where(path: ValuePath): string;
}

/** One kind of check. */
export type Check = (context: CheckContext) => Iterable<InventoryFinding>;

/** Lays out what the checks of meaning need, once. */
export function checkContext(root: MapNode, written: Loose<WrittenInventory>, env: string | undefined): CheckContext {
  return {
    root,
    env,
    written,
    routers: Object.entries(written.routers ?? {}).map(([name, router]) =>
      routerView(name, router ?? {}, written, root),
    ),
    has: (path) => nodeAt(root, path) !== undefined,
    where: (path) => {
      const { file, line } = positionOf(placeAt(root, path));
      return `${file}:${line}`;
    },
  };
}

/** Where a router stands within its cloud. */
function regionOf(cloud: Cloud | undefined, own: RouterView['written']): string | undefined {
  if (cloud === undefined) return undefined;
  const place: { readonly region?: string | undefined; readonly location?: string | undefined } | undefined =
    own[cloud];
  return place?.[CLOUD_FACTS[cloud].regionKey];
}

function routerView(
  name: string,
  router: Loose<WrittenRouter>,
  written: Loose<WrittenInventory>,
  root: MapNode,
): RouterView {
  const path = ['routers', name];
  const cloud = cloudAt(root, path);
  const { targets = {}, ...own } = router;
  const { regions: _regions, ...stated } = written.limits ?? {};
  const shared = typeof own.domains === 'object' ? host(own.domains.shared) : undefined;
  const views: TargetView[] = [];
  for (const [targetName, target] of Object.entries(targets)) {
    const view = targetView(targetName, [...path, 'targets', targetName], target as WrittenTarget, shared, path);
    if (view !== undefined) views.push(view);
  }
  return {
    name,
    path,
    written: own,
    cloud,
    region: regionOf(cloud, own),
    limits: numbers({ ...stated, ...own.limits }),
    tags: { ...written.tags, ...own.tags } as Record<string, string>,
    sharedDomain: shared,
    targets: views,
  };
}

function targetView(
  name: string,
  path: ValuePath,
  written: WrittenTarget,
  shared: Host | undefined,
  routerPath: ValuePath,
): TargetView | undefined {
  const [own, ...others] = [
    ...at(host(written.host), [...path, 'host']),
    ...(written.hosts ?? []).flatMap((text, index) => at(host(text), [...path, 'hosts', index])),
    ...(written.backup ?? []).flatMap((text, index) =>
      at(host(text), [...path, 'backup', index]).map((view) => ({ ...view, backup: true as const })),
    ),
  ];
  if (own === undefined) return undefined;
  const explicit =
    written.domains?.flatMap((text, index) => at(host(text), [...path, 'domains', index])) ??
    at(host(written.domain), [...path, 'domain']);
  const fallback =
    shared === undefined
      ? written.hosts === undefined && !own.host.literal
        ? [own]
        : []
      : at(shared, [...routerPath, 'domains', 'shared']);
  return {
    name,
    path,
    written,
    hosts: [own, ...others],
    port: written.port ?? PRESETS.get(written.preset ?? '')?.port,
    domains: explicit.length > 0 ? explicit : fallback,
    ownDomains: explicit.length > 0,
  };
}

function at(name: Host | undefined, path: ValuePath): readonly DomainView[] {
  return name === undefined ? [] : [{ host: name, path }];
}

function host(text: string | undefined): Host | undefined {
  if (text === undefined) return undefined;
  const parsed = parseHost(text);
  return isHost(parsed) ? parsed : undefined;
}

function numbers(stated: object): Record<string, number> {
  return Object.fromEntries(
    Object.entries(stated).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
  );
}
