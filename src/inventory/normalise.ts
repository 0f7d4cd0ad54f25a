import {
  type Backend,
  type Cloud,
  compareText,
  type DatabricksAccount,
  type DnsMode,
  defined,
  type Inventory,
  type Ncc,
  type OfCloud,
  type Router,
  type Target,
} from '../model';
import { consoleOfRouter } from './checks/accounts';
import type { Loose, PlacedRouterView, RouterView, TargetView } from './checks/context';
import { effectiveCheck } from './checks/health-check';
import { awsPlace, azurePlace } from './places';
import type { WrittenInventory } from './schema/inventory';
import { DEFAULT_BASE_PORT } from './schema/router';
import { CLOUD_FACTS } from './tables/clouds';
import { NO_PRESET, PRESETS, type Preset } from './tables/presets';
import { defaultAccountHost } from './values/account-host';

/** The inventory with every default filled in. The routers have to be free of errors. */
export function normalise(
  written: Loose<WrittenInventory>,
  views: readonly PlacedRouterView[],
  env: string | undefined,
): Inventory {
  const backend = backendOf(written);
  return {
    version: 1,
    ...defined({ env, backend }),
    routers: views.map((view) => routerOf(view, written)),
  };
}

/** The account of a router: its own whole, or the inventory's. */
function accountOf(view: RouterView, written: Loose<WrittenInventory>): DatabricksAccount {
  const stated = view.written.databricks ?? written.databricks;
  return {
    accountId: (stated?.accountId ?? '').toLowerCase(),
    host: (stated?.host ?? defaultAccountHost(consoleOfRouter(view))).replace(/\/$/, ''),
  };
}

function backendOf(written: Loose<WrittenInventory>): Backend | undefined {
  const entry = Object.entries(written.terraform?.backend ?? {})[0];
  return entry && { type: entry[0], config: entry[1] ?? {} };
}

/** The router with its place, by the cloud that this is in. */
const PLACED: {
  readonly [C in Cloud]: (
    common: Omit<OfCloud<Router, C>, 'cloud' | C>,
    written: RouterView['written'],
  ) => OfCloud<Router, C>;
} = {
  aws: (common, { aws }) => ({ ...common, cloud: 'aws', aws: awsPlace(aws) }),
  azure: (common, { azure }) => ({ ...common, cloud: 'azure', azure: azurePlace(azure ?? {}) }),
};

function routerOf(view: PlacedRouterView, inventory: Loose<WrittenInventory>): Router {
  const { written } = view;
  const common = {
    name: view.name,
    databricks: accountOf(view, inventory),
    ncc: nccOf(written.ncc, inventory),
    basePort: written.basePort ?? DEFAULT_BASE_PORT,
    portStrategy: written.portStrategy ?? 'base-port',
    approval: written.approval ?? 'terraform',
    ...defined({ teardown: written.teardown }),
    shardTeardown: Object.fromEntries(
      Object.entries(written.shards ?? {}).flatMap(([shard, step]) => (step?.teardown ? [[shard, step.teardown]] : [])),
    ),
    deletionProtection: written.deletionProtection ?? true,
    ...(view.sharedDomain !== undefined && { sharedDomain: view.sharedDomain.name }),
    resolvers: written.resolvers ?? [],
    tags: view.tags,
    limits: view.limits,
    targets: view.targets.map((target) => targetOf(target, view)),
  } as const;
  return PLACED[view.cloud](common, written);
}

/** The NCC of another router goes by the name that this router gives it. */
function nccOf(ncc: RouterView['written']['ncc'], { routers }: Loose<WrittenInventory>): Ncc {
  const workspaceIds = ncc?.workspaceIds ?? [];
  if (ncc?.id !== undefined) return { id: ncc.id.toLowerCase(), workspaceIds };
  if (ncc?.existing !== undefined) return { existing: ncc.existing, workspaceIds };
  if (ncc?.router === undefined) return { name: ncc?.name ?? '', workspaceIds };
  const owner = Object.hasOwn(routers ?? {}, ncc.router) ? routers?.[ncc.router] : undefined;
  return { existing: owner?.ncc?.name ?? '', router: ncc.router, workspaceIds };
}

/** How long a preset lets a session rest, by what cuts it: the listener, or the forwarder. */
const IDLE_TIMEOUT: Readonly<Record<Cloud, (preset: Pick<Preset, 'idleTimeout' | 'forwarderIdleTimeout'>) => number>> =
  {
    aws: ({ idleTimeout }) => idleTimeout,
    azure: ({ forwarderIdleTimeout }) => forwarderIdleTimeout,
  };

/** Who resolves a target's host: as it says, or its router, where the cloud has that; otherwise the cloud's own default. */
function dnsOf(cloud: Cloud, ...stated: readonly (DnsMode | undefined)[]): DnsMode {
  const { dns } = CLOUD_FACTS[cloud];
  return stated.find((mode) => mode !== undefined && dns.includes(mode)) ?? dns[0];
}

/** The order of the file decides nothing: sorted, so that another one changes no byte. */
function namesOf(domains: TargetView['domains']): Target['domains'] {
  const [first = '', ...others] = [...new Set(domains.map(({ host }) => host.name))].sort(compareText);
  return [first, ...others];
}

/** Neither does that of its hosts; those that are kept back take over in theirs. */
function hostsOf(views: TargetView['hosts']): Target['hosts'] {
  const hosts = views.map(({ host: { name, literal }, backup }) => ({ name, literal, ...defined({ backup }) }));
  const [first, ...others] = hosts.filter(({ backup }) => !backup).sort((a, b) => compareText(a.name, b.name));
  return [first ?? { name: '', literal: false }, ...others, ...hosts.filter(({ backup }) => backup)];
}

/** The target's own words win over the router's, and those over the protocol's table. */
function targetOf(
  { name, written, hosts, port, domains }: TargetView,
  { written: router, cloud }: PlacedRouterView,
): Target {
  const table = PRESETS.get(written.preset ?? '') ?? NO_PRESET;
  const maxConnections = written.maxConnections ?? router.maxConnections;
  return {
    name,
    hosts: hostsOf(hosts),
    port: port ?? 0,
    route: written.route ?? 'tcp',
    domains: namesOf(domains),
    enabled: written.enabled ?? true,
    dns: dnsOf(cloud, written.dns, router.dns),
    ...defined({
      preset: written.preset,
      listenPort: written.listenPort,
      pin: written.shard,
      path: written.path,
      renamedFrom: written.renamedFrom,
    }),
    idleTimeout: written.idleTimeout ?? router.idleTimeout ?? IDLE_TIMEOUT[cloud](table),
    ...defined({ maxConnections }),
    drain: written.drain ?? router.drain ?? table.drain,
    healthCheck: effectiveCheck(written.healthCheck, router.healthCheck, table.healthCheck),
    ...labelsOf(written),
    securityGroupIds: written.securityGroupIds ?? [],
  };
}

/** What a target says of itself; a map of no tags says nothing. */
function labelsOf({
  owner,
  description,
  tags = {},
}: TargetView['written']): Pick<Target, 'owner' | 'description' | 'tags'> {
  return defined({ owner, description, tags: Object.keys(tags).length === 0 ? undefined : tags });
}
