import type { AwsPlace, Backend, DatabricksAccount, Inventory, Ncc, Router, Target } from '../model';
import type { Loose, RouterView, TargetView } from './checks/context';
import { effectiveCheck } from './checks/health-check';
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
    ...(env !== undefined && { env }),
    ...(backend !== undefined && { backend }),
    databricks: account(written, views),
    routers: views.map(routerOf),
  };
}

function account(written: Loose<WrittenInventory>, views: readonly RouterView[]): DatabricksAccount {
  const govcloud = views.find((view) => view.written.aws?.region !== undefined)?.written.aws?.govcloud;
  return {
    accountId: (written.databricks?.accountId ?? '').toLowerCase(),
    host: (written.databricks?.host ?? defaultAccountHost(govcloud)).replace(/\/$/, ''),
  };
}

function backendOf(written: Loose<WrittenInventory>): Backend | undefined {
  const entry = Object.entries(written.terraform?.backend ?? {})[0];
  return entry && { type: entry[0], config: entry[1] ?? {} };
}

function routerOf(view: RouterView): Router {
  const { written } = view;
  const { aws } = written;
  return {
    name: view.name,
    cloud: 'aws',
    aws: placeOf(aws),
    ncc: nccOf(written.ncc),
    basePort: written.basePort ?? DEFAULT_BASE_PORT,
    portStrategy: written.portStrategy ?? 'base-port',
    approval: written.approval ?? 'terraform',
    ...(written.teardown !== undefined && { teardown: written.teardown }),
    shardTeardown: Object.fromEntries(
      Object.entries(written.shards ?? {}).flatMap(([shard, step]) => (step?.teardown ? [[shard, step.teardown]] : [])),
    ),
    deletionProtection: written.deletionProtection ?? true,
    ...(view.sharedDomain !== undefined && { sharedDomain: view.sharedDomain.name }),
    resolvers: written.resolvers ?? [],
    tags: view.tags,
    limits: view.limits,
    targets: view.targets.map((target) => targetOf(target, view)),
  };
}

function placeOf(aws: RouterView['written']['aws']): AwsPlace {
  const role = aws?.assumeRole;
  return {
    accountId: aws?.accountId ?? '',
    region: aws?.region ?? '',
    ...(aws?.govcloud !== undefined && { govcloud: aws.govcloud }),
    vpcId: aws?.vpcId ?? '',
    subnetIds: aws?.subnetIds ?? [],
    ...(aws?.profile !== undefined && { profile: aws.profile }),
    ...(role?.roleArn !== undefined && {
      assumeRole: {
        roleArn: role.roleArn,
        ...(role.sessionName !== undefined && { sessionName: role.sessionName }),
        ...(role.externalId !== undefined && { externalId: role.externalId }),
      },
    }),
  };
}

function nccOf(ncc: RouterView['written']['ncc']): Ncc {
  const workspaceIds = ncc?.workspaceIds ?? [];
  return ncc?.id !== undefined ? { id: ncc.id.toLowerCase(), workspaceIds } : { name: ncc?.name ?? '', workspaceIds };
}

/** The target's own words win over the router's, and those over the protocol's table. */
function targetOf({ name, written, host, port, domain }: TargetView, { written: router }: RouterView): Target {
  const table = PRESETS.get(written.preset ?? '') ?? NO_PRESET;
  return {
    name,
    host: host.name,
    literal: host.literal,
    port: port ?? 0,
    route: written.route ?? 'tcp',
    domain: domain?.name ?? '',
    enabled: written.enabled ?? true,
    dns: written.dns ?? router.dns ?? 'plan',
    ...(written.preset !== undefined && { preset: written.preset }),
    ...(written.listenPort !== undefined && { listenPort: written.listenPort }),
    ...(written.renamedFrom !== undefined && { renamedFrom: written.renamedFrom }),
    idleTimeout: written.idleTimeout ?? router.idleTimeout ?? table.idleTimeout,
    deregistrationDelay: written.deregistrationDelay ?? router.deregistrationDelay ?? table.deregistrationDelay,
    healthCheck: effectiveCheck(written.healthCheck, router.healthCheck, table.healthCheck),
    securityGroupIds: written.securityGroupIds ?? [],
  };
}
