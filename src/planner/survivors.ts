import type { Finding, LockedTarget, Router, Target } from '../model';
import { error, listed, routerPath, targetPath } from './findings';
import type { OpenShard, ShardBook, ShardRoom } from './shards';

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
    if (entry.domain === target.domain) book.seat(target, shard);
    else changed.push([target, shard, entry]);
  }
  const findings: Finding[] = [];
  for (const [target, shard, entry] of changed) {
    const home = book.homeOf(target.domain);
    const path = targetPath(router.name, target.name, 'domain');
    if (home !== undefined && home !== shard) {
      findings.push(livesElsewhere(router.name, target, shard, home, path));
    } else if (!shard.domains.has(target.domain) && !book.hasDomainRoom(shard)) {
      findings.push(noDomainRoom(router.name, target, shard, room, entry.domain, path));
    }
    book.seat(target, shard);
  }
  if (findings.length > 0) return findings;
  return [...book.open.values()].flatMap((shard) => overfull(router.name, shard, room));
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

/** A lock that holds more than a shard may: it was made with other limits, or edited. */
function overfull(router: string, shard: OpenShard, room: ShardRoom): readonly Finding[] {
  const { targets, domains, key } = shard;
  const over =
    targets.length > room.listeners
      ? (['PLR2301', `${targets.length} targets, allowed are ${room.listeners}`] as const)
      : (['PLR2303', `${domains.size} domains, allowed are ${room.domains}`] as const);
  if (targets.length <= room.listeners && domains.size <= room.domains) return [];
  const fix = 'Move targets to another shard with `privatelink-router lock move`, or remove some.';
  return [error(over[0], routerPath(router), `shard ${key} of ${router} has ${over[1]}`, fix)];
}
