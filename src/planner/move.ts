import { limitValue } from '../limits';
import {
  compareShards,
  type Finding,
  type Inventory,
  type Lock,
  type LockedRouter,
  type LockedTarget,
  type RetiredPort,
  shardNumber,
} from '../model';
import { error, listed, routerPath, targetPath } from './findings';
import { lockedRouter } from './locked';
import { type LockEdit, unknownRouter } from './release';

type Entry = readonly [string, LockedTarget];

/**
 * Moves targets to another shard, or to the next new one. Listener ports stay, the old places are retired; all targets
 * of a domain move together. Errors: an unknown router (PLR2801) or target (PLR2811), a shard that takes none (PLR2812),
 * a domain torn apart (PLR2813), no room (PLR2814), a port that is taken there (PLR2815), a shard left empty (PLR2816).
 * The region's limits are the planner's to hold when it plans with the new lock.
 */
export function moveTargets(
  lock: Lock,
  inventory: Inventory,
  router: string,
  targets: readonly string[],
  shard: string,
): LockEdit {
  const locked = lockedRouter(lock, router);
  if (locked === undefined) return { findings: [unknownRouter(lock, router)] };
  const names = [...new Set(targets)];
  const unknown = names.filter((name) => !Object.hasOwn(locked.targets, name));
  if (unknown.length > 0) return { findings: unknown.map((name) => unknownTarget(router, name)) };
  const moving = Object.entries(locked.targets).filter(([name]) => names.includes(name));
  const wrong = shardErrors(locked, router, moving, shard);
  if (wrong.length > 0) return { findings: wrong };
  const stated = inventory.routers.find(({ name }) => name === router)?.limits ?? {};
  const findings = [
    ...tornDomains(locked, router, moving),
    ...noRoom(locked, router, moving, shard, stated),
    ...takenPorts(locked, router, moving, shard),
    ...leftEmpty(locked, router, moving),
  ];
  if (findings.length > 0) return { findings };
  const moved = { ...locked, ...movedParts(locked, moving, shard) };
  return { lock: { ...lock, routers: { ...lock.routers, [router]: moved } }, findings: [] };
}

function unknownTarget(router: string, target: string): Finding {
  const message = `there is no target ${target} of ${router} in the lock`;
  return error(
    'PLR2811',
    targetPath(router, target),
    message,
    'Correct the name, or run `privatelink-router lock` first.',
  );
}

function nextShard(locked: LockedRouter): string {
  return `s${Math.max(0, ...Object.keys(locked.shards).map(shardNumber)) + 1}`;
}

function shardErrors(
  locked: LockedRouter,
  router: string,
  moving: readonly Entry[],
  shard: string,
): readonly Finding[] {
  const refuse = (why: string): readonly Finding[] => {
    const open = Object.keys(locked.shards).filter((key) => locked.shards[key]?.state === undefined);
    const allowed = `allowed are ${[...open.sort(compareShards), `${nextShard(locked)} (a new one)`].join(', ')}`;
    return [error('PLR2812', routerPath(router), `${why}; ${allowed}`, 'Choose another shard.')];
  };
  const there = moving.filter(([, target]) => target.shard === shard).map(([name]) => name);
  if (there.length > 0) return refuse(`${listed(there)} of ${router} is on shard ${shard} already`);
  if (shard === nextShard(locked)) return [];
  const target = Object.hasOwn(locked.shards, shard) ? locked.shards[shard] : undefined;
  if (target === undefined) return refuse(`${router} has no shard ${shard}`);
  if (target.state === 'removed') return refuse(`shard ${shard} of ${router} was taken away`);
  return target.state === 'prepare' ? refuse(`shard ${shard} of ${router} is being taken away`) : [];
}

function tornDomains(locked: LockedRouter, router: string, moving: readonly Entry[]): readonly Finding[] {
  const domains = new Set(moving.map(([, { domain }]) => domain));
  const names = new Set(moving.map(([name]) => name));
  const left = Object.entries(locked.targets).filter(([name, { domain }]) => domains.has(domain) && !names.has(name));
  if (left.length === 0) return [];
  const missing = left.map(([name, { domain }]) => `${name} (${domain})`);
  const message = `targets of one domain live on one shard; left behind would be ${listed(missing)}`;
  return [error('PLR2813', routerPath(router), message, `Move these too: ${left.map(([name]) => name).join(' ')}`)];
}

function noRoom(
  locked: LockedRouter,
  router: string,
  moving: readonly Entry[],
  shard: string,
  stated: Readonly<Record<string, number>>,
): readonly Finding[] {
  const there = Object.values(locked.targets).filter((target) => target.shard === shard);
  const all = [...there, ...moving.map(([, target]) => target)];
  const domains = new Set(all.map(({ domain }) => domain)).size;
  const listeners = limitValue('aws.listenersPerLoadBalancer', stated);
  const domainLimit = limitValue('databricks.domainsPerRule', stated);
  const refuse = (what: string): readonly Finding[] => [
    error('PLR2814', routerPath(router), `shard ${shard} of ${router} would have ${what}`, 'Choose another shard.'),
  ];
  if (all.length > listeners) return refuse(`${all.length} listeners, allowed are ${listeners}`);
  return domains > domainLimit ? refuse(`${domains} domains, allowed are ${domainLimit}`) : [];
}

function takenPorts(locked: LockedRouter, router: string, moving: readonly Entry[], shard: string): readonly Finding[] {
  const held = new Map<number, string>();
  for (const [name, target] of Object.entries(locked.targets)) {
    if (target.shard === shard) held.set(target.listenerPort, `${name} has it`);
  }
  for (const retired of locked.retired) {
    if (retired.shard === shard)
      held.set(retired.listenerPort, `it is retired there and last reached ${retired.target}`);
  }
  const together = new Map<number, string>();
  return moving.flatMap(([name, { listenerPort }]) => {
    const rival = together.get(listenerPort);
    const why = held.get(listenerPort) ?? (rival === undefined ? undefined : `${rival} would bring it too`);
    together.set(listenerPort, name);
    if (why === undefined) return [];
    return [
      error(
        'PLR2815',
        targetPath(router, name),
        `${name} keeps its port ${listenerPort} when it moves, but on shard ${shard} ${why}`,
        `Choose another shard, or change \`listenPort\`; a retired port is freed with \`privatelink-router lock release ${router} ${listenerPort}\`.`,
      ),
    ];
  });
}

function leftEmpty(locked: LockedRouter, router: string, moving: readonly Entry[]): readonly Finding[] {
  const names = new Set(moving.map(([name]) => name));
  const staying = new Set(
    Object.entries(locked.targets).flatMap(([name, { shard }]) => (names.has(name) ? [] : [shard])),
  );
  const empty = [...new Set(moving.map(([, { shard }]) => shard))].filter((shard) => !staying.has(shard));
  return empty
    .sort(compareShards)
    .map((shard) =>
      error(
        'PLR2816',
        routerPath(router),
        `shard ${shard} of ${router} would be left without a target, and its rule would keep a domain that moves away`,
        'Leave the targets of one domain there, or remove the targets and add them under new names.',
      ),
    );
}

/** The parts of a router's entry that a move changes. Rules follow their targets; the planner then sorts out who is enabled. */
function movedParts(
  locked: LockedRouter,
  moving: readonly Entry[],
  shard: string,
): Pick<LockedRouter, 'shards' | 'targets' | 'retired'> {
  const gone = new Set(moving.map(([, { domain }]) => domain));
  const targets = { ...locked.targets };
  for (const [name, target] of moving) targets[name] = { ...target, shard };
  const retired = moving.map(([target, { shard: old, listenerPort, portFrom }]): RetiredPort => {
    return { shard: old, listenerPort, target, ...(portFrom === undefined ? {} : { portFrom }) };
  });
  const shards = Object.fromEntries(
    Object.entries(locked.shards).map(([key, value]) => {
      const left = value.domains.filter((domain) => !gone.has(domain));
      return [
        key,
        value.state === undefined ? { ...value, domains: left.length > 0 ? left : domainsOn(targets, key) } : value,
      ];
    }),
  );
  return {
    targets,
    retired: [...locked.retired, ...retired],
    shards: { ...shards, [shard]: { ...shards[shard], domains: domainsOn(targets, shard) } },
  };
}

function domainsOn(targets: LockedRouter['targets'], shard: string): readonly string[] {
  const here = Object.values(targets).filter((target) => target.shard === shard);
  return [...new Set(here.map(({ domain }) => domain))].sort();
}
