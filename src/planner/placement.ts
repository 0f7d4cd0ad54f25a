import { compareShards, type Finding, type Router, type Target } from '../model';
import { type Budget, budgetRemedy, budgetWords, left } from './budgets';
import { domainGroups, domainsIn, domainsPath } from './domain-groups';
import { count, error, shortList, targetPath } from './findings';
import { listenerKey, newListeners } from './listener-key';
import type { OpenShard, ShardRoom } from './open-shard';
import { otherPin } from './pins';
import type { ShardBook } from './shards';

/** Where new targets go. */
export interface Placement {
  /** In the order of the file. */
  readonly placed: readonly (readonly [Target, OpenShard])[];
  readonly findings: readonly Finding[];
}

/**
 * Finds a shard for the new targets that share domains, which stay together: the one that a domain stands on, else the
 * first with room for all of them, else a new one; domains come in the order of the file, those that have a shard
 * before those that look for one. What has no place is reported once for each thing that is full.
 * @param crowdedWords how a shard is named whose listeners are all taken, by the cloud
 */
export function placeNew(
  router: Router,
  targets: readonly Target[],
  book: ShardBook,
  budgets: readonly Budget[],
  room: ShardRoom,
  crowdedWords: (shard: OpenShard) => string,
): Placement {
  const places = new Map<Target, OpenShard>();
  const withoutShard = new Set<Target>();
  const findings: Finding[] = [];
  const groups = domainGroups(targets).map((group) => ({ group, domains: domainsIn(group) }));
  const atHome = groups.filter(({ domains }) => homesOf(domains, book).length > 0);
  const looking = groups.filter(({ domains }) => homesOf(domains, book).length === 0);
  for (const { group, domains } of [...atHome, ...looking]) {
    const homes = homesOf(domains, book);
    const torn = tornApart(router.name, group, domains, homes, book, room) ?? otherPin(router.name, group, homes);
    if (torn !== undefined) {
      findings.push(torn);
      continue;
    }
    const shard = homes[0] ?? shardFor(group, domains.length, book, budgets, room);
    if (shard === undefined) {
      for (const target of group) withoutShard.add(target);
    } else if (shard.state === 'prepare') {
      findings.push(...group.map((target) => goingAway(router.name, target, shard)));
    } else {
      const crowded = group.filter((target) => {
        const listener = listenerKey(target);
        if (!book.hasListenerRoom(shard, [listener])) return true;
        book.seat(target, shard, listener);
        places.set(target, shard);
        return false;
      });
      findings.push(...full(router.name, domains, crowded, crowdedWords(shard), room));
    }
  }
  const unplaced = targets.filter((target) => withoutShard.has(target));
  const [first] = unplaced;
  const spent = budgets.find((budget) => left(budget) === 0);
  if (first !== undefined && spent !== undefined) findings.push(noShard(router.name, first, unplaced, spent));
  const placed = targets.flatMap((target) => {
    const shard = places.get(target);
    return shard === undefined ? [] : [[target, shard] as const];
  });
  return { placed, findings };
}

/** The shards that domains stand on, each once. */
function homesOf(domains: readonly string[], book: ShardBook): readonly OpenShard[] {
  return [...new Set(domains.flatMap((domain) => book.homeOf(domain) ?? []))];
}

/** Why targets that share domains have no shard together: several hold these domains, or none can hold all of them. */
function tornApart(
  router: string,
  group: readonly Target[],
  domains: readonly string[],
  homes: readonly OpenShard[],
  book: ShardBook,
  room: ShardRoom,
): Finding | undefined {
  const [first] = group;
  const [home] = homes;
  if (first === undefined) return undefined;
  const who = `${shortList(group.map(({ name }) => name))} of ${router}`;
  const refuse = (why: string): Finding =>
    error(
      'PLR2305',
      domainsPath(router, first),
      `${who} would have the domains ${shortList(domains)} on one shard, and ${why}`,
      'Write another target of the same host and port with some of the `domains:`, so that no domain ties them together.',
    );
  if (homes.length > 1) {
    const where = homes.map(({ key }) => key).sort(compareShards);
    return refuse(`they stand on ${shortList(where)} already`);
  }
  if (home === undefined) {
    return domains.length > room.domains ? refuse(`a rule has ${room.domains} at most`) : undefined;
  }
  return book.hasDomainRoom(home, book.newDomains(home, domains))
    ? undefined
    : refuse(`the rule of shard ${home.key}, where some of them stand, has ${room.domains} at most`);
}

/** A shard for a new group of targets, which have one pin: more of them than any shard holds fill the first with room. */
function shardFor(
  group: readonly Target[],
  domains: number,
  book: ShardBook,
  budgets: readonly Budget[],
  room: ShardRoom,
): OpenShard | undefined {
  const all = group.map((target) => listenerKey(target));
  const wanted = newListeners(all, new Set()) > room.listeners ? all.slice(0, 1) : all;
  const pin = group[0]?.pin;
  const found = book.withRoom(wanted, domains, pin);
  if (found !== undefined) return found;
  if (budgets.some((budget) => left(budget) <= 0)) return undefined;
  for (const budget of budgets) budget.taken += 1;
  return book.grow(newListeners(wanted, new Set()), pin);
}

function goingAway(router: string, target: Target, shard: OpenShard): Finding {
  return error(
    'PLR2304',
    domainsPath(router, target),
    `${target.name} has the domain ${shortList(target.domains.filter((domain) => shard.lastDomains.includes(domain)))}, which the rule of shard ${shard.key} keeps while that shard is being taken away`,
    `Finish the teardown of shard ${shard.key} first, or drop its \`teardown\` so that it takes targets again.`,
  );
}

function full(
  router: string,
  domains: readonly string[],
  targets: readonly Target[],
  shard: string,
  room: ShardRoom,
): readonly Finding[] {
  const [first] = targets;
  if (first === undefined) return [];
  const names = targets.map((target) => target.name);
  return [
    error(
      'PLR2301',
      targetPath(router, first.name),
      `${count(names.length, 'new target')} with the ${domains.length > 1 ? 'domains' : 'domain'} ${shortList(domains)} (${shortList(names)}) do not fit: ${domains.length > 1 ? 'these stand' : 'the domain stands'} on ${shard}, which has all ${room.listeners} listeners that it may have, disabled targets included`,
      'Give them a `domain:` of their own: they then go to another shard.',
    ),
  ];
}

function noShard(router: string, first: Target, unplaced: readonly Target[], budget: Budget): Finding {
  const names = unplaced.map((target) => target.name);
  return error(
    budget.code,
    targetPath(router, first.name),
    `${count(names.length, 'new target')} of ${router} (${shortList(names)}) would need another shard, and no more fits: allowed are ${budgetWords(budget)}`,
    budgetRemedy(budget),
  );
}
