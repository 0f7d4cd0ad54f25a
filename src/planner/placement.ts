import { type Finding, groupBy, type Router, type Target } from '../model';
import { type Budget, budgetRemedy, budgetWords, left } from './budgets';
import { count, error, listed, targetPath } from './findings';
import type { OpenShard, ShardRoom } from './open-shard';
import type { ShardBook } from './shards';

/** Where new targets go. */
export interface Placement {
  /** In the order of the file. */
  readonly placed: readonly (readonly [Target, OpenShard])[];
  readonly findings: readonly Finding[];
}

/**
 * Finds a shard for the new targets of each domain, which stay together: the one that the domain stands on, else the
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
  const groups = [...groupBy(targets, ({ domain }) => domain)];
  const atHome = groups.filter(([domain]) => book.homeOf(domain) !== undefined);
  const looking = groups.filter(([domain]) => book.homeOf(domain) === undefined);
  for (const [domain, group] of [...atHome, ...looking]) {
    const shard = book.homeOf(domain) ?? shardFor(group.length, book, budgets, room);
    if (shard === undefined) {
      for (const target of group) withoutShard.add(target);
    } else if (shard.state === 'prepare') {
      findings.push(...group.map((target) => goingAway(router.name, target, shard)));
    } else {
      const crowded = group.filter((target) => {
        if (!book.hasListenerRoom(shard)) return true;
        book.seat(target, shard);
        places.set(target, shard);
        return false;
      });
      findings.push(...full(router.name, domain, crowded, crowdedWords(shard), room));
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

/** A shard for a new domain with this many targets: more of them than any shard holds fill the first with room. */
function shardFor(
  targets: number,
  book: ShardBook,
  budgets: readonly Budget[],
  room: ShardRoom,
): OpenShard | undefined {
  const wanted = targets > room.listeners ? 1 : targets;
  const found = book.withRoom(wanted);
  if (found !== undefined) return found;
  if (budgets.some((budget) => left(budget) <= 0)) return undefined;
  for (const budget of budgets) budget.taken += 1;
  return book.grow(wanted);
}

function goingAway(router: string, target: Target, shard: OpenShard): Finding {
  return error(
    'PLR2304',
    targetPath(router, target.name, 'domain'),
    `${target.name} has the domain ${target.domain}, which the rule of shard ${shard.key} keeps while that shard is being taken away`,
    `Finish the teardown of shard ${shard.key} first, or drop its \`teardown\` so that it takes targets again.`,
  );
}

function full(
  router: string,
  domain: string,
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
      `${count(names.length, 'new target')} with the domain ${domain} (${listed(names)}) do not fit: the domain stands on ${shard}, which has all ${room.listeners} listeners that it may have, disabled targets included`,
      'Give them a `domain:` of their own: they then go to another shard.',
    ),
  ];
}

function noShard(router: string, first: Target, unplaced: readonly Target[], budget: Budget): Finding {
  const names = unplaced.map((target) => target.name);
  return error(
    budget.code,
    targetPath(router, first.name),
    `${count(names.length, 'new target')} of ${router} (${listed(names)}) would need another shard, and no more fits: allowed are ${budgetWords(budget)}`,
    budgetRemedy(budget),
  );
}
