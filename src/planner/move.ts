import {
  type AzurePlace,
  byCloud,
  type CloudTable,
  defined,
  domainsOf,
  type Finding,
  type Inventory,
  type Lock,
  type LockedRouter,
  lockedDomains,
  type RetiredPort,
  type Router,
  type Target,
} from '../model';
import { acceleratedPools } from './azure/acceleration';
import { lockedOtherPorts, lockedRoom } from './cloud';
import { type Destination, destination, type MovingTarget } from './destination';
import { noForwarderPort } from './forwarder-ports';
import { lockedRouter } from './locked';
import { leftEmpty, noRoom, shardErrors, takenPorts, tornDomains, unknownTarget, withinPool } from './move-checks';
import { wantedPins } from './pins';
import { type LockEdit, retiredPorts, unknownRouter } from './release';

/** What a pool that a move begins is made by, where a cloud has pools. */
const PLACES: CloudTable<Router, [], { readonly azure?: AzurePlace }> = {
  aws: () => ({}),
  azure: ({ azure }) => ({ azure }),
};

/**
 * Moves targets to another shard, or to the next new one. Listener ports stay, and the old places are retired; all targets
 * of a domain move together. The domains are those that the inventory gives them now,
 * so that a target can change its domain and follow it in one step. Errors: an unknown router (PLR2801) or target
 * (PLR2811), a shard that takes none or not their pin (PLR2812), a domain torn apart (PLR2813), no room (PLR2814), a port that is taken
 * there (PLR2815), a shard left empty (PLR2816), no port left for the forwarders of the pool (PLR2205). A move within a pool carries a warning (PLR2817). The region's limits
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
  const now = inventory.routers.find(({ name }) => name === router);
  const move = moveInRouter(
    locked,
    {
      name: router,
      limits: now?.limits ?? {},
      targets: now?.targets ?? [],
      ...(now !== undefined && byCloud(PLACES, now)),
    },
    targets,
    shard,
  );
  if (!('locked' in move)) return move;
  return { lock: { ...lock, routers: { ...lock.routers, [router]: move.locked } }, findings: move.findings };
}

/** The same for one router's entry. @param router the router as the inventory has it now */
export function moveInRouter(
  entry: LockedRouter,
  router: Pick<Router, 'name' | 'limits' | 'targets'> & { readonly azure?: AzurePlace },
  targets: readonly string[],
  shard: string,
):
  | { readonly locked: LockedRouter; readonly findings: readonly Finding[] }
  | { readonly findings: readonly Finding[] } {
  const { name } = router;
  const names = [...new Set(targets)];
  const unknown = names.filter((one) => !Object.hasOwn(entry.targets, one));
  if (unknown.length > 0)
    return { findings: unknown.map((one) => unknownTarget(name, one, Object.keys(entry.targets))) };
  const locked = withWantedDomains(entry, router.targets);
  const moving = Object.entries(locked.targets).filter(([one]) => names.includes(one));
  const pins = wantedPins(locked, router.targets, moving);
  const wrong = shardErrors(locked, name, moving, shard, pins);
  if (wrong.length > 0) return { findings: wrong };
  const room = lockedRoom(locked, router.limits);
  const to = destination(locked, moving, shard, pins.values().next().value, room);
  const findings = [
    ...tornDomains(locked, name, moving, shard),
    ...noRoom(locked, name, moving, to, room),
    ...takenPorts(locked, name, moving, to),
    ...leftEmpty(locked, name, moving),
  ];
  if (findings.length > 0) return { findings };
  const { targets: moved, unforwarded } = movedTargets(moving, to);
  const range = lockedOtherPorts(locked);
  if (range !== undefined && unforwarded.length > 0) {
    const poolOf = (key: string): string => to.shards.balancerOf(key);
    const full = { router: name, pool: to.shard.balancer.key, poolOf, range, retired: entry.retired };
    return { findings: [noForwarderPort(full, unforwarded)] };
  }
  return {
    locked: movedRouter(entry, locked, moved, to, router.azure),
    findings: withinPool(locked, name, moving, to, moved),
  };
}

/** The entry with the domains that its targets have in the inventory: what the planner holds against each other next. */
function withWantedDomains(locked: LockedRouter, targets: readonly Target[]): LockedRouter {
  const wanted = new Map<string, Target['domains']>();
  for (const { name, renamedFrom, domains } of targets) {
    const old = Object.hasOwn(locked.targets, name) ? name : renamedFrom;
    if (old !== undefined) wanted.set(old, domains);
  }
  const entries = Object.entries(locked.targets).map(([name, entry]) => {
    const { domain: _domain, domains: _domains, ...rest } = entry;
    return [name, { ...rest, ...lockedDomains(wanted.get(name) ?? domainsOf(entry)) }] as const;
  });
  return { ...locked, targets: Object.fromEntries(entries) };
}

/**
 * Targets in their new places. The forwarders listen on a port that is free while the old place is retired: a rule that is
 * still on the old frontend, and one that is already on the new frontend of the same load balancer, share none.
 */
function movedTargets(
  moving: readonly MovingTarget[],
  { shard: { key: shard }, forwarders }: Destination,
): { readonly targets: LockedRouter['targets']; readonly unforwarded: readonly string[] } {
  const unforwarded: string[] = [];
  const targets = moving.map(([name, target]) => {
    // A target group is on one load balancer only: the one on the other shard is new and has a name of ours.
    const { targetGroupName: _group, forwarderPort: _port, ...rest } = target;
    const forwarder = forwarders.give({ shard, listenerPort: target.listenerPort });
    if (forwarder === undefined) unforwarded.push(name);
    return [name, { ...rest, shard, ...forwarder }] as const;
  });
  return { targets: Object.fromEntries(targets), unforwarded };
}

/** The entry after a move. Rules follow their targets; the planner then sorts out who is enabled. */
function movedRouter(
  entry: LockedRouter,
  wanted: LockedRouter,
  moved: LockedRouter['targets'],
  { shard: { key: shard, balancer, pin } }: Destination,
  azure: AzurePlace | undefined,
): LockedRouter {
  const targets = { ...entry.targets, ...moved };
  const retired = Object.keys(moved).flatMap((name): readonly RetiredPort[] => {
    const left = entry.targets[name];
    return left === undefined ? [] : retiredPorts(name, left);
  });
  const { pools } = entry;
  const elsewhere = (key: string): ReadonlySet<string> =>
    new Set(
      Object.entries(wanted.targets).flatMap(([name, one]) => (targets[name]?.shard === key ? [] : domainsOf(one))),
    );
  const shards = Object.fromEntries(
    Object.entries(entry.shards).map(([key, value]) => {
      const away = elsewhere(key);
      const left = value.domains.filter((domain) => !away.has(domain));
      return [
        key,
        value.state === undefined ? { ...value, domains: left.length > 0 ? left : domainsOn(targets, key) } : value,
      ];
    }),
  );
  return {
    ...entry,
    targets,
    retired: [...entry.retired, ...retired],
    ...(pools === undefined ? {} : poolsWith(azure, [...new Set([...pools, balancer.key])], entry)),
    shards: {
      ...shards,
      [shard]: {
        ...(pools === undefined ? {} : { pool: balancer.key }),
        ...defined({ pin }),
        ...shards[shard],
        domains: domainsOn(targets, shard),
      },
    },
  };
}

/** A pool that the move begins is made as the planner would make it. */
function poolsWith(
  azure: AzurePlace | undefined,
  pools: readonly string[],
  locked: LockedRouter,
): Pick<LockedRouter, 'pools' | 'acceleratedPools'> {
  const accelerated = acceleratedPools(azure?.forwarder.size, pools, locked);
  return { pools, ...(accelerated.length === 0 ? {} : { acceleratedPools: accelerated }) };
}

function domainsOn(targets: LockedRouter['targets'], shard: string): readonly string[] {
  const here = Object.values(targets).filter((target) => target.shard === shard);
  return [...new Set(here.flatMap(domainsOf))].sort();
}
