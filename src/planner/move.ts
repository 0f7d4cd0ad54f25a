import {
  compareShards,
  type Finding,
  type Inventory,
  type Lock,
  type LockedRouter,
  type LockedTarget,
  type RetiredPort,
  suggestion,
} from '../model';
import type { ShardRoom } from './balancers';
import { balancerWords, lockedRoom } from './cloud';
import { balancerOf, type Destination, destination, heldPorts, nextShard, stayingOn } from './destination';
import { count, error, listed, routerPath, targetPath, warning } from './findings';
import { lockedRouter } from './locked';
import { type LockEdit, unknownRouter } from './release';

type Entry = readonly [string, LockedTarget];

/**
 * Moves targets to another shard, or to the next new one. Listener ports stay, the old places are retired where the load
 * balancer is another one; all targets of a domain move together. Errors: an unknown router (PLR2801) or target
 * (PLR2811), a shard that takes none (PLR2812), a domain torn apart (PLR2813), no room (PLR2814), a port that is taken
 * there (PLR2815), a shard left empty (PLR2816). A move within a pool carries a warning (PLR2817). The region's limits
 * are the planner's to hold when it plans with the new lock.
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
  if (unknown.length > 0)
    return { findings: unknown.map((name) => unknownTarget(router, name, Object.keys(locked.targets))) };
  const moving = Object.entries(locked.targets).filter(([name]) => names.includes(name));
  const wrong = shardErrors(locked, router, moving, shard);
  if (wrong.length > 0) return { findings: wrong };
  const stated = inventory.routers.find(({ name }) => name === router)?.limits ?? {};
  const room = lockedRoom(locked, stated);
  const to = destination(locked, moving, shard, room);
  const findings = [
    ...tornDomains(locked, router, moving),
    ...noRoom(locked, router, moving, to, room),
    ...takenPorts(locked, router, moving, to),
    ...leftEmpty(locked, router, moving),
  ];
  if (findings.length > 0) return { findings };
  const moved = { ...locked, ...movedParts(locked, moving, to) };
  return {
    lock: { ...lock, routers: { ...lock.routers, [router]: moved } },
    findings: withinPool(locked, router, moving, to),
  };
}

function unknownTarget(router: string, target: string, known: readonly string[]): Finding {
  const has = known.length === 0 ? 'it has none' : `it has ${listed(known)}`;
  const message = `there is no target ${target} of ${router} in the lock; ${has}.${suggestion(target, known)}`;
  return error(
    'PLR2811',
    targetPath(router, target),
    message,
    'Correct the name, or run `privatelink-router lock` first.',
  );
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
  to: Destination,
  room: ShardRoom,
): readonly Finding[] {
  const staying = stayingOn(locked, moving, to.balancer);
  const there = staying.filter(([, { shard }]) => shard === to.shard);
  const domains = new Set([...there, ...moving].map(([, { domain }]) => domain)).size;
  const listeners = staying.length + moving.length;
  const refuse = (where: string, what: string): readonly Finding[] => [
    error('PLR2814', routerPath(router), `${where} of ${router} would have ${what}`, 'Choose another shard.'),
  ];
  if (listeners > room.listeners) {
    return refuse(balancerWords(locked.cloud, to.balancer), `${listeners} listeners, allowed are ${room.listeners}`);
  }
  return domains > room.domains ? refuse(`shard ${to.shard}`, `${domains} domains, allowed are ${room.domains}`) : [];
}

function takenPorts(
  locked: LockedRouter,
  router: string,
  moving: readonly Entry[],
  to: Destination,
): readonly Finding[] {
  const held = heldPorts(locked, moving, to.balancer);
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
        `${name} keeps its port ${listenerPort} when it moves, but on ${balancerWords(locked.cloud, to.balancer)} ${why}`,
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

/** On one load balancer the old rule and the new one meet, and Terraform knows no order between them. */
function withinPool(
  locked: LockedRouter,
  router: string,
  moving: readonly Entry[],
  { shard, balancer }: Destination,
): readonly Finding[] {
  const staying = moving.filter(([, { shard: old }]) => balancerOf(locked, old) === balancer).map(([name]) => name);
  if (staying.length === 0) return [];
  return [
    warning(
      'PLR2817',
      routerPath(router),
      `${count(staying.length, 'target')} (${listed(staying)}) of ${router} go to shard ${shard} of the same pool ${balancer} and keep their ports`,
      'Apply closes each rule on the old frontend and opens it on the new one, and Azure takes a port once on a load balancer: where it refuses the new rule because the old one still stands, run `terraform apply` again.',
    ),
  ];
}

/** The parts of a router's entry that a move changes. Rules follow their targets; the planner then sorts out who is enabled. */
function movedParts(
  locked: LockedRouter,
  moving: readonly Entry[],
  { shard, balancer }: Destination,
): Pick<LockedRouter, 'pools' | 'shards' | 'targets' | 'retired'> {
  const gone = new Set(moving.map(([, { domain }]) => domain));
  const targets = { ...locked.targets };
  // A target group is on one load balancer only: the one on the other shard is new and has a name of ours.
  for (const [name, { targetGroupName: _old, ...target }] of moving) targets[name] = { ...target, shard };
  // Within a pool the port goes on leading to the target: nobody else can get it.
  const leaving = moving.filter(([, { shard: old }]) => balancerOf(locked, old) !== balancer);
  const retired = leaving.map(([target, { shard: old, listenerPort, portFrom }]): RetiredPort => {
    return { shard: old, listenerPort, target, ...(portFrom === undefined ? {} : { portFrom }) };
  });
  const { pools } = locked;
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
    ...(pools === undefined ? {} : { pools: [...new Set([...pools, balancer])] }),
    shards: {
      ...shards,
      [shard]: {
        ...(pools === undefined ? {} : { pool: balancer }),
        ...shards[shard],
        domains: domainsOn(targets, shard),
      },
    },
  };
}

function domainsOn(targets: LockedRouter['targets'], shard: string): readonly string[] {
  const here = Object.values(targets).filter((target) => target.shard === shard);
  return [...new Set(here.map(({ domain }) => domain))].sort();
}
