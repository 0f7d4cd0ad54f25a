import { LIMITS, limitValue } from '../limits';
import {
  deploymentName,
  type Finding,
  type Inventory,
  type LockedRouter,
  type LockedTarget,
  type PlannedListener,
  type PlannedRouter,
  type PlannedShard,
  type Router,
  type Target,
} from '../model';
import { needsAddresses } from './addresses';
import { filledBackend } from './backend';
import type { Draft } from './draft';
import { listed, targetPath, warning } from './findings';
import { loadBalancerName, type ShardNames, securityGroupName, targetGroupName } from './names';
import { principalOf } from './principals';
import { type OpenShard, ruleDomains } from './shards';

/** The parts of a planned router that no target changes. */
export function routerFrame(inventory: Inventory, router: Router): Omit<PlannedRouter, 'shards' | 'retired'> {
  const { env, backend, databricks } = inventory;
  return {
    name: router.name,
    deployment: deploymentName(router.name, env),
    ...(env === undefined ? {} : { env }),
    cloud: router.cloud,
    aws: router.aws,
    principal: principalOf(router.aws),
    databricks,
    ncc: router.ncc,
    approval: router.approval,
    ...(router.teardown === undefined ? {} : { teardown: router.teardown }),
    deletionProtection: router.deletionProtection && router.teardown === undefined,
    tags: router.tags,
    ...(backend === undefined ? {} : { backend: filledBackend(backend, router.name, env) }),
    limits: Object.fromEntries(
      LIMITS.filter((row) => row.enforcedBy === 'terraform').map((row) => [row.id, limitValue(row.id, router.limits)]),
    ),
  };
}

/** The retired ports of a lock entry as a plan shows them. */
export function retiredOf(locked: LockedRouter | undefined): PlannedRouter['retired'] {
  return (locked?.retired ?? []).map(({ target, shard, listenerPort }) => ({ target, shard, listenerPort }));
}

/** A router as the constructs translate it. @param locked its entry in the new lock */
export function plannedRouter(inventory: Inventory, draft: Draft, locked: LockedRouter): PlannedRouter {
  const frame = routerFrame(inventory, draft.router);
  const shards = [...draft.shards.open.values()].map((shard) => plannedShard(frame, draft, locked, shard));
  return { ...frame, shards, retired: retiredOf(locked) };
}

function plannedShard(
  frame: ReturnType<typeof routerFrame>,
  draft: Draft,
  locked: LockedRouter,
  shard: OpenShard,
): PlannedShard {
  const names: ShardNames = {
    router: frame.name,
    env: frame.env,
    deployment: frame.deployment,
    shard: shard.key,
    number: shard.number,
    vpcId: frame.aws.vpcId,
    generation: locked.shards[shard.key]?.generation ?? 0,
  };
  const listeners: PlannedListener[] = [];
  const reserved: { target: string; listenerPort: number }[] = [];
  for (const target of shard.targets) {
    const entry = Object.hasOwn(locked.targets, target.name) ? locked.targets[target.name] : undefined;
    if (entry === undefined) continue;
    if (target.enabled) listeners.push(listener(target, entry, names, draft.matches.movedFrom.get(target.name)));
    else reserved.push({ target: target.name, listenerPort: entry.listenerPort });
  }
  return {
    key: shard.key,
    name: `${frame.deployment}-${shard.number}`,
    deletionProtection: frame.deletionProtection && shard.state === undefined,
    loadBalancerName: loadBalancerName(names),
    securityGroupName: securityGroupName(names),
    domains: ruleDomains(shard),
    listeners: listeners.sort(byPort),
    reserved: reserved.sort(byPort),
  };
}

function byPort(a: { readonly listenerPort: number }, b: { readonly listenerPort: number }): number {
  return a.listenerPort - b.listenerPort;
}

function listener(
  target: Target,
  entry: LockedTarget,
  names: ShardNames,
  renamedFrom: string | undefined,
): PlannedListener {
  const addresses = target.literal ? [target.host] : (entry.addresses ?? []);
  return {
    target: target.name,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    listenerPort: entry.listenerPort,
    host: target.host,
    port: target.port,
    route: target.route,
    domain: target.domain,
    resolution: target.literal || target.dns === 'synth' ? 'fixed' : 'plan',
    addresses,
    targetGroupName: targetGroupName(names, entry.bornAs ?? target.name, target.port),
    idleTimeout: target.idleTimeout,
    deregistrationDelay: target.deregistrationDelay,
    healthCheck: target.healthCheck,
    securityGroupIds: target.securityGroupIds,
  };
}

/** One warning for each host whose addresses nobody found yet; a listener without any reaches nothing. */
export function unknownAddresses(router: Router, locked: LockedRouter): readonly Finding[] {
  const hosts = new Map<string, string[]>();
  for (const target of router.targets) {
    const entry = Object.hasOwn(locked.targets, target.name) ? locked.targets[target.name] : undefined;
    if (!target.enabled || !needsAddresses(target) || entry === undefined || entry.addresses !== undefined) continue;
    const names = hosts.get(target.host);
    if (names === undefined) hosts.set(target.host, [target.name]);
    else names.push(target.name);
  }
  return [...hosts].map(([host, names]) =>
    warning(
      'PLR2601',
      targetPath(router.name, names[0] ?? '', 'host'),
      `the lock has no address of ${host} (dns: synth) for ${listed(names)}; a listener without one reaches nothing`,
      'Run `privatelink-router lock` where the name can be resolved: it asks for new and changed hosts.',
    ),
  );
}
