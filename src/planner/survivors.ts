import type { Finding, LockedTarget, Router, Target } from '../model';
import type { OpenBalancer, ShardRoom } from './balancers';
import { balancerWords } from './cloud';
import { error, listed, routerPath, targetPath } from './findings';
import type { OpenShard, ShardBook } from './shards';

/**
 * Gives the targets that the lock knows their places again. A place never changes; so a new domain must fit where the
 * target is. Domains that stay come first: what the file says in another order decides nothing.
 */
export function seatSurvivors(
  router: Router,
  survivors: ReadonlyMap<string, LockedTarget>,
  book: ShardBook,
  room: ShardRoom,
): readonly Finding[] {
  const changed: (readonly [Target, OpenShard, LockedTarget])[] = [];
  for (const target of router.targets) {
    const entry = survivors.get(target.name);
    const shard = entry === undefined ? undefined : book.open.get(entry.shard);
    if (entry === undefined || shard === undefined) continue;
    // Known before any domain is looked for: a shard without an enabled target keeps the domains that it had last.
    shard.enabled ||= target.enabled;
    if (entry.domain === target.domain) book.seat(target, shard);
    else changed.push([target, shard, entry]);
  }
  const findings: Finding[] = [];
  for (const [target, shard, entry] of changed) {
    const home = book.homeOf(target.domain);
    const path = targetPath(router.name, target.name, 'domain');
    if (home !== undefined && home !== shard) {
      findings.push(livesElsewhere(router.name, target, shard, home, path));
    } else if (!book.hasDomainRoom(shard, target.domain)) {
      findings.push(noDomainRoom(router.name, target, shard, room, entry.domain, path));
    }
    book.seat(target, shard);
  }
  if (findings.length > 0) return findings;
  const shards = [...book.open.values()];
  const balancers = [...new Set(shards.map(({ balancer }) => balancer))];
  return [
    ...balancers.flatMap((balancer) => overfull(router, balancer, room)),
    ...shards.flatMap((shard) => tooManyDomains(router.name, shard, room)),
  ];
}

function livesElsewhere(
  router: string,
  target: Target,
  shard: OpenShard,
  home: OpenShard,
  path: Finding['path'],
): Finding {
  const who =
    home.targets.length > 0
      ? `which stands on shard ${home.key} with ${listed(home.targets.filter((t) => t.domain === target.domain).map((t) => t.name)) || 'its rule'}`
      : `which the rule of the emptied shard ${home.key} keeps`;
  return error(
    'PLR2302',
    path,
    `${target.name} is on shard ${shard.key} and its new domain is ${target.domain}, ${who}; a domain stands on one shard`,
    `Give it a \`domain:\` of its own, give the target a new name (it then is a new target with a new port), or run \`privatelink-router lock move ${router} ${target.name} --shard ${home.key}\` with the old domain still in place.`,
  );
}

function noDomainRoom(
  router: string,
  target: Target,
  shard: OpenShard,
  room: ShardRoom,
  old: string,
  path: Finding['path'],
): Finding {
  return error(
    'PLR2303',
    path,
    `${target.name} is on shard ${shard.key}, whose rule has all ${room.domains} domains that it may have; its new domain ${target.domain} does not fit`,
    `Keep ${old} as its \`domain:\`, use a domain that the shard has, give the target a new name (it then is a new target with a new port), or run \`privatelink-router lock move ${router} ${target.name} --shard …\` with the old domain still in place.`,
  );
}

const OVERFULL_FIX = 'Move targets to another shard with `privatelink-router lock move`, or remove some.';

/** A lock that holds more than a load balancer may: it was made with other limits, or edited. */
function overfull(
  { name, cloud }: Router,
  { key, listeners, shards }: OpenBalancer,
  room: ShardRoom,
): readonly Finding[] {
  const over =
    listeners > room.listeners
      ? `${listeners} targets, allowed are ${room.listeners}`
      : `${shards.length} shards, allowed are ${room.shards}`;
  if (listeners <= room.listeners && shards.length <= room.shards) return [];
  const message = `${balancerWords(cloud, key)} of ${name} has ${over}`;
  return [error('PLR2301', routerPath(name), message, OVERFULL_FIX)];
}

/** A lock whose shard has more domains than its rule may. */
function tooManyDomains(router: string, { key, domains }: OpenShard, room: ShardRoom): readonly Finding[] {
  if (domains.size <= room.domains) return [];
  const message = `shard ${key} of ${router} has ${domains.size} domains, allowed are ${room.domains}`;
  return [error('PLR2303', routerPath(router), message, OVERFULL_FIX)];
}
