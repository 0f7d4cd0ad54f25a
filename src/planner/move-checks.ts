import {
  anyClash,
  balancerOf,
  compareShards,
  compareText,
  domainsOf,
  type Finding,
  type LockedRouter,
  lockedForwarderPort,
  lockedSelectors,
  type Selector,
  suggestion,
} from '../model';
import { balancerWords } from './cloud';
import type { Destination, MovingTarget } from './destination';
import { error, routerPath, shortList, targetPath, warning } from './findings';
import { lockedListenerKey, newListeners } from './listener-key';
import type { ShardRoom } from './open-shard';
import { pinWords } from './pins';
import { type Obstacle, obstacleWords } from './ports';
import { releaseCommand } from './release';
import { nextShard } from './shards';

/** The command that moves targets, as a user types it. */
export function moveCommand(router: string, targets: readonly string[], shard: string): string {
  return `privatelink-router lock move ${router} ${targets.join(' ')} --shard ${shard}`;
}

export function unknownTarget(router: string, target: string, known: readonly string[]): Finding {
  const has = known.length === 0 ? 'it has none' : `it has ${shortList(known)}`;
  const message = `there is no target ${target} of ${router} in the lock; ${has}.${suggestion(target, known)}`;
  return error(
    'PLR2811',
    targetPath(router, target),
    message,
    'Correct the name, or run `privatelink-router lock` first if the target is new.',
  );
}

/** Why a shard cannot take targets. @param pins those of the moving targets, by name */
export function shardErrors(
  locked: LockedRouter,
  router: string,
  moving: readonly MovingTarget[],
  shard: string,
  pins: ReadonlyMap<string, string | undefined>,
): readonly Finding[] {
  const [pin, ...others] = new Set(pins.values());
  const refuse = (why: string): readonly Finding[] => {
    const open = Object.keys(locked.shards).filter(
      (key) => locked.shards[key]?.state === undefined && locked.shards[key]?.pin === pin,
    );
    const allowed = `allowed are ${[...open.sort(compareShards), `${nextShard(locked)} (a new one)`].join(', ')}`;
    return [error('PLR2812', routerPath(router), `${why}; ${allowed}`, 'Choose another shard.')];
  };
  const there = moving.filter(([, target]) => target.shard === shard).map(([name]) => name);
  if (there.length > 0) return refuse(`${shortList(there)} of ${router} is on shard ${shard} already`);
  if (others.length > 0) {
    const who = [...pins].map(([name, one]) => `${name} (${pinWords(one)})`);
    const message = `${shortList(who)} of ${router} share no shard, since their pins differ`;
    return [error('PLR2812', routerPath(router), message, 'Move the targets of one pin at a time.')];
  }
  if (shard === nextShard(locked)) return [];
  const target = Object.hasOwn(locked.shards, shard) ? locked.shards[shard] : undefined;
  if (target === undefined) return refuse(`${router} has no shard ${shard}`);
  if (target.state === 'removed') return refuse(`shard ${shard} of ${router} was taken away`);
  if (target.state === 'prepare') return refuse(`shard ${shard} of ${router} is being taken away`);
  return target.pin === pin
    ? []
    : refuse(
        `shard ${shard} of ${router} is for targets with ${pinWords(target.pin)}, and ${shortList([...pins.keys()])} ${pins.size > 1 ? 'have' : 'has'} ${pinWords(pin)}`,
      );
}

export function tornDomains(
  locked: LockedRouter,
  router: string,
  moving: readonly MovingTarget[],
  shard: string,
): readonly Finding[] {
  const domains = new Set(moving.flatMap(([, one]) => domainsOf(one)));
  const names = new Set(moving.map(([name]) => name));
  const left = Object.entries(locked.targets).filter(
    ([name, one]) => domainsOf(one).some((domain) => domains.has(domain)) && !names.has(name) && one.shard !== shard,
  );
  if (left.length === 0) return [];
  const missing = left.map(
    ([name, one]) =>
      `${name} (${domainsOf(one)
        .filter((domain) => domains.has(domain))
        .join(', ')})`,
  );
  const message = `targets of one domain live on one shard; left behind would be ${shortList(missing)}`;
  const all = [...names, ...left.map(([name]) => name)].sort(compareText);
  return [error('PLR2813', routerPath(router), message, `Move these too: \`${moveCommand(router, all, shard)}\`.`)];
}

export function noRoom(
  locked: LockedRouter,
  router: string,
  moving: readonly MovingTarget[],
  { shard, shards }: Destination,
  room: ShardRoom,
): readonly Finding[] {
  const domains = new Set([...shard.domains, ...moving.flatMap(([, one]) => domainsOf(one))]).size;
  const refuse = (where: string, what: string): readonly Finding[] => [
    error('PLR2814', routerPath(router), `${where} of ${router} would have ${what}`, 'Choose another shard.'),
  ];
  const coming = moving.map(([, target]) => lockedListenerKey(target));
  if (!shards.hasListenerRoom(shard, coming)) {
    const listeners = shard.balancer.listeners + newListeners(coming, shard.sharedListeners);
    return refuse(
      balancerWords(locked.cloud, shard.balancer.key),
      `${listeners} listeners, allowed are ${room.listeners}`,
    );
  }
  return domains > room.domains ? refuse(`shard ${shard.key}`, `${domains} domains, allowed are ${room.domains}`) : [];
}

export function takenPorts(
  { retired }: LockedRouter,
  router: string,
  moving: readonly MovingTarget[],
  { shard: { key }, ports }: Destination,
): readonly Finding[] {
  const together: (readonly [name: string, port: number, selectors: readonly Selector[]])[] = [];
  return moving.flatMap(([name, target]) => {
    const { listenerPort } = target;
    const selectors = lockedSelectors(target);
    const rival = together.find(([, port, theirs]) => port === listenerPort && anyClash(theirs, selectors))?.[0];
    const obstacle = ports.inUse(key, listenerPort, selectors);
    together.push([name, listenerPort, selectors]);
    if (obstacle === undefined && rival === undefined) return [];
    const why = obstacle === undefined ? `on shard ${key} ${rival} would bring it too` : obstacleWords(obstacle);
    return [
      error(
        'PLR2815',
        targetPath(router, name),
        `${name} keeps its port ${listenerPort} when it moves, but ${why}`,
        `Choose another shard, or change \`listenPort\`; a retired port is freed with \`${releaseCommand(router, released(listenerPort, key, obstacle), retired)}\`.`,
      ),
    ];
  });
}

function released(
  listenerPort: number,
  shard: string,
  obstacle: Obstacle | undefined,
): Parameters<typeof releaseCommand>[1] {
  return { listenerPort, shard, ...(obstacle?.kind === 'retired' ? obstacle.selector : {}) };
}

/** A rule cannot be without a domain, and a domain that moves away cannot stay in the old one. */
export function leftEmpty(locked: LockedRouter, router: string, moving: readonly MovingTarget[]): readonly Finding[] {
  const names = new Set(moving.map(([name]) => name));
  const staying = new Set(
    Object.entries(locked.targets).flatMap(([name, { shard }]) => (names.has(name) ? [] : [shard])),
  );
  const empty = [...new Set(moving.map(([, { shard }]) => shard))].filter((shard) => !staying.has(shard));
  const inUse = new Set(Object.values(locked.targets).flatMap(domainsOf));
  return empty
    .filter((shard) => locked.shards[shard]?.domains.every((domain) => inUse.has(domain)))
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

/**
 * Azure takes a port of the machines once on a load balancer, and Terraform makes the rule on the new frontend without
 * waiting for the one on the old frontend to go: so the old rule keeps its port, and the new one has another.
 * @param moved the targets as the lock has them after the move
 */
export function withinPool(
  locked: LockedRouter,
  router: string,
  moving: readonly MovingTarget[],
  { shard: { key, balancer } }: Destination,
  moved: LockedRouter['targets'],
): readonly Finding[] {
  const staying = moving.filter(([, { shard }]) => balancerOf(shard, locked.shards[shard]) === balancer.key);
  if (staying.length === 0) return [];
  const names = staying.map(([name]) => name);
  const ports = staying.map(([name, entry]) => `${name}: ${lockedForwarderPort(moved[name] ?? entry)}`);
  return [
    warning(
      'PLR2817',
      routerPath(router),
      `shard ${key} is on pool ${balancer.key}, as the shards are that ${shortList(names)} of ${router} leave: clients go on dialling the same ports, and the forwarders listen on other ones (${shortList(ports)}), since old rules may still be there when the new ones are made`,
      'Where a security group or a firewall of your own guards the forwarders, let it admit these ports before you apply; otherwise there is nothing to do.',
    ),
  ];
}
