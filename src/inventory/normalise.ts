import {
  type Backend,
  type DatabricksAccount,
  defined,
  type Inventory,
  type Ncc,
  type Router,
  type Target,
} from '../model';
import { consoleOfRouter } from './checks/accounts';
import type { Loose, RouterView, TargetView } from './checks/context';
import { effectiveCheck } from './checks/health-check';
import { awsPlace, azurePlace } from './places';
import type { WrittenInventory } from './schema/inventory';
import { DEFAULT_BASE_PORT } from './schema/router';
import { NO_PRESET, PRESETS } from './tables/presets';
import { defaultAccountHost } from './values/account-host';

/** The inventory with every default filled in. The routers have to be free of errors. */
export function normalise(
  written: Loose<WrittenInventory>,
  views: readonly RouterView[],
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

function routerOf(view: RouterView, inventory: Loose<WrittenInventory>): Router {
  const { written } = view;
  const { aws, azure } = written;
  const common = {
    name: view.name,
    databricks: accountOf(view, inventory),
    ncc: nccOf(written.ncc),
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
  return view.cloud === 'azure' && azure !== undefined
    ? { ...common, cloud: 'azure', azure: azurePlace(azure) }
    : { ...common, cloud: 'aws', aws: awsPlace(aws) };
}

function nccOf(ncc: RouterView['written']['ncc']): Ncc {
  const workspaceIds = ncc?.workspaceIds ?? [];
  return ncc?.id !== undefined ? { id: ncc.id.toLowerCase(), workspaceIds } : { name: ncc?.name ?? '', workspaceIds };
}

/** The target's own words win over the router's, and those over the protocol's table. */
function targetOf({ name, written, host, port, domain }: TargetView, { written: router, cloud }: RouterView): Target {
  const table = PRESETS.get(written.preset ?? '') ?? NO_PRESET;
  const idleTimeout = cloud === 'azure' ? table.forwarderIdleTimeout : table.idleTimeout;
  const maxConnections = written.maxConnections ?? router.maxConnections;
  return {
    name,
    host: host.name,
    literal: host.literal,
    port: port ?? 0,
    route: written.route ?? 'tcp',
    domain: domain?.name ?? '',
    enabled: written.enabled ?? true,
    dns: cloud === 'azure' ? 'runtime' : (written.dns ?? router.dns ?? 'plan'),
    ...defined({ preset: written.preset, listenPort: written.listenPort, renamedFrom: written.renamedFrom }),
    idleTimeout: written.idleTimeout ?? router.idleTimeout ?? idleTimeout,
    ...defined({ maxConnections }),
    drain: written.drain ?? router.drain ?? table.drain,
    healthCheck: effectiveCheck(written.healthCheck, router.healthCheck, table.healthCheck),
    securityGroupIds: written.securityGroupIds ?? [],
  };
}
