import type { Finding, Router, Target } from '../model';
import { type Budget, budgetRemedy, budgetWords, left } from './budgets';
import { count, error, listed, targetPath } from './findings';
import type { OpenShard, ShardBook, ShardRoom } from './shards';

/** Where new targets go. */
export interface Placement {
  readonly placed: readonly (readonly [Target, OpenShard])[];
  readonly findings: readonly Finding[];
}

/**
 * Finds a shard for each new target, in the order of the file: the one that its domain stands on, else the first with
 * room, else a new one. What has no place is reported once for each thing that is full.
 */
export function placeNew(
  router: Router,
  targets: readonly Target[],
  book: ShardBook,
  budgets: readonly Budget[],
  room: ShardRoom,
): Placement {
  const placed: (readonly [Target, OpenShard])[] = [];
  const crowded = new Map<string, { readonly shard: OpenShard; readonly targets: Target[] }>();
  const homeless: Target[] = [];
  const findings: Finding[] = [];
  for (const target of targets) {
    const home = book.homeOf(target.domain);
    if (home?.state === 'prepare') {
      findings.push(goingAway(router.name, target, home));
    } else if (home !== undefined && !book.hasListenerRoom(home)) {
      const group = crowded.get(target.domain) ?? { shard: home, targets: [] };
      group.targets.push(target);
      crowded.set(target.domain, group);
    } else {
      const shard = home ?? book.withRoom() ?? grown(book, budgets);
      if (shard === undefined) {
        homeless.push(target);
        continue;
      }
      book.seat(target, shard);
      placed.push([target, shard]);
    }
  }
  for (const [domain, group] of crowded) findings.push(...full(router.name, domain, group, room));
  const [first] = homeless;
  const spent = budgets.find((budget) => left(budget) === 0);
  if (first !== undefined && spent !== undefined) findings.push(noShard(router.name, first, homeless, spent));
  return { placed, findings };
}

function grown(book: ShardBook, budgets: readonly Budget[]): OpenShard | undefined {
  if (budgets.some((budget) => left(budget) <= 0)) return undefined;
  for (const budget of budgets) budget.taken += 1;
  return book.grow();
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
  { shard, targets }: { readonly shard: OpenShard; readonly targets: readonly Target[] },
  room: ShardRoom,
): readonly Finding[] {
  const [first] = targets;
  if (first === undefined) return [];
  const names = targets.map((target) => target.name);
  return [
    error(
      'PLR2301',
      targetPath(router, first.name),
      `${count(names.length, 'new target')} with the domain ${domain} (${listed(names)}) do not fit: the domain stands on shard ${shard.key}, which has all ${room.listeners} listeners that it may have, disabled targets included`,
      'Give them a `domain:` of their own: they then go to another shard.',
    ),
  ];
}

function noShard(router: string, first: Target, homeless: readonly Target[], budget: Budget): Finding {
  const names = homeless.map((target) => target.name);
  return error(
    budget.code,
    targetPath(router, first.name),
    `${count(names.length, 'new target')} of ${router} (${listed(names)}) would need another shard, and no more fits: allowed are ${budgetWords(budget)}`,
    budgetRemedy(budget),
  );
}
