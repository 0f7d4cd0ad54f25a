import {
  compareText,
  domainsOf,
  type Finding,
  type LockedRouter,
  type LockedTarget,
  type Router,
  type Target,
} from '../model';
import { balancerWords } from './cloud';
import { domainGroups, domainsAsWritten, domainsIn, domainsPath } from './domain-groups';
import { error, routerPath, shortList } from './findings';
import { listenerKey } from './listener-key';
import { type MoveAdvice, moveAdvice, moveAnywhere } from './move-advice';
import type { OpenBalancer, OpenShard, ShardRoom } from './open-shard';
import type { ShardBook } from './shards';

/**
 * Gives the targets that the lock knows their places again. A place never changes; so a new domain must fit where the
 * target is. Domains that stay come first: what the file says in another order decides nothing.
 */
export function seatExistingTargets(
  router: Router,
  locked: LockedRouter | undefined,
  existing: ReadonlyMap<string, LockedTarget>,
  book: ShardBook,
  room: ShardRoom,
): readonly Finding[] {
  const changed: (readonly [Target, OpenShard, LockedTarget])[] = [];
  for (const target of router.targets) {
    const entry = existing.get(target.name);
    const shard = entry === undefined ? undefined : book.open.get(entry.shard);
    if (entry === undefined || shard === undefined) continue;
    // Known before any domain is looked for: a shard without an enabled target keeps the domains that it had last.
    shard.enabled ||= target.enabled;
    const before = domainsOf(entry);
    if (target.domains.join() === before.join()) book.seat(target, shard, listenerKey(target, entry));
    else {
      changed.push([target, shard, entry]);
      for (const domain of target.domains) if (before.includes(domain)) book.settle(domain, shard);
    }
  }
  if (locked === undefined) return [];
  const findings: Finding[] = [];
  const elsewhere: Elsewhere[] = [];
  for (const [target, shard, entry] of changed) {
    const old = domainsOf(entry);
    const domain = target.domains.find((one) => (book.homeOf(one) ?? shard) !== shard);
    const home = domain === undefined ? undefined : book.homeOf(domain);
    if (domain !== undefined && home !== undefined) {
      elsewhere.push({ target, shard, entry, domain, home, old });
      continue;
    }
    if (!book.hasDomainRoom(shard, book.newDomains(shard, target.domains))) {
      findings.push(noDomainRoom({ router, locked, target, shard, room, old }));
    }
    book.seat(target, shard, listenerKey(target, entry));
  }
  findings.push(...livesElsewhere(router, locked, elsewhere));
  // Only now: a target on the wrong shard must not make that shard its domain's home for the next one.
  for (const { target, shard, entry } of elsewhere) book.seat(target, shard, listenerKey(target, entry));
  if (findings.length > 0) return findings;
  const shards = [...book.open.values()];
  const balancers = [...new Set(shards.map(({ balancer }) => balancer))];
  return [
    ...balancers.flatMap((balancer) => overfull(router, locked, balancer, room)),
    ...shards.flatMap((shard) => tooManyDomains(router, locked, shard, room)),
  ];
}

/** A target whose new domain stands on another shard. */
interface Elsewhere {
  readonly target: Target;
  readonly shard: OpenShard;
  readonly entry: LockedTarget;
  /** The new domain. */
  readonly domain: string;
  readonly home: OpenShard;
  /** The domains that it had. */
  readonly old: readonly string[];
}

/** One finding for each target; all targets of a domain have one remedy, since they go there together. */
function livesElsewhere(router: Router, locked: LockedRouter, all: readonly Elsewhere[]): readonly Finding[] {
  const remedies = new Map<string, MoveAdvice>();
  return all.map(({ target, shard, domain, home, old }) => {
    const { name } = target;
    const together = all.filter((one) => one.target.domains.includes(domain)).map((one) => one.target.name);
    const remedy = remedies.get(domain) ?? moveAdvice(router, locked, together, home.key);
    remedies.set(domain, remedy);
    const others = home.targets.filter((one) => one.domains.includes(domain) && !together.includes(one.name));
    const who =
      others.length > 0
        ? `which stands on shard ${home.key} with ${shortList(others.map((one) => one.name))}`
        : `which the rule of the emptied shard ${home.key} keeps`;
    return error(
      'PLR2302',
      domainsPath(router.name, target),
      `${name} is on shard ${shard.key} and its new domain is ${domain}, ${who}; a domain stands on one shard`,
      `${moveWords(remedy, `to shard ${home.key}`)} Otherwise keep \`${domainsAsWritten(old)}\`, or give it another one that no other shard has.`,
    );
  });
}

/** What to do with a move, as the first sentences of a fix. */
function moveWords(advice: MoveAdvice | undefined, where: string): string {
  if (advice === undefined) return 'No shard takes it.';
  if (!('command' in advice)) return `\`lock move\` cannot take it ${where}: ${advice.refusal}.`;
  const { command, empties } = advice;
  const left = empties.length === 0 ? '' : `; ${shortList(empties)} is then empty and can be taken away`;
  return `Run \`${command}\` with the inventory as it is now: listener ports stay${left}.`;
}

interface Crowded {
  readonly router: Router;
  readonly locked: LockedRouter;
  readonly target: Target;
  readonly shard: OpenShard;
  readonly room: ShardRoom;
  readonly old: readonly string[];
}

function noDomainRoom({ router, locked, target, shard, room, old }: Crowded): Finding {
  const together = domainGroups(router.targets).find((group) => group.includes(target)) ?? [];
  const names = together.map(({ name }) => name);
  const come = target.domains.filter((domain) => !shard.domains.has(domain));
  const known = names.filter((name) => isLocked(router, locked, name));
  return error(
    'PLR2303',
    domainsPath(router.name, target),
    `${target.name} is on shard ${shard.key}, whose rule has all ${room.domains} domains that it may have; its new ${come.length > 1 ? 'domains' : 'domain'} ${shortList(come)} ${come.length > 1 ? 'do' : 'does'} not fit`,
    `${moveWords(moveAnywhere(router, locked, known), 'anywhere')} Otherwise keep \`${domainsAsWritten(old)}\`, or use a domain that the shard has.`,
  );
}

function isLocked({ targets }: Router, locked: LockedRouter, name: string): boolean {
  const renamedFrom = targets.find((target) => target.name === name)?.renamedFrom;
  return (
    Object.hasOwn(locked.targets, name) || (renamedFrom !== undefined && Object.hasOwn(locked.targets, renamedFrom))
  );
}

/** A lock that holds more than a load balancer may: it was made with other limits, or edited. */
function overfull(
  router: Router,
  locked: LockedRouter,
  { key, listeners, shards }: OpenBalancer,
  room: ShardRoom,
): readonly Finding[] {
  if (listeners <= room.listeners && shards.length <= room.shards) return [];
  const crowded = listeners > room.listeners;
  const over = crowded
    ? `${listeners} listeners, allowed are ${room.listeners}`
    : `${shards.length} shards, allowed are ${room.shards}`;
  const message = `${balancerWords(router.cloud, key)} of ${router.name} has ${over}`;
  const many = crowded ? listeners - room.listeners : Number.POSITIVE_INFINITY;
  const fix = makeRoom(router, locked, shards, (groups) => groups.flat().length >= many);
  return [error('PLR2301', routerPath(router.name), message, fix)];
}

/** A lock whose shard has more domains than its rule may. */
function tooManyDomains(router: Router, locked: LockedRouter, shard: OpenShard, room: ShardRoom): readonly Finding[] {
  const { key, domains } = shard;
  if (domains.size <= room.domains) return [];
  const message = `shard ${key} of ${router.name} has ${domains.size} domains, allowed are ${room.domains}`;
  const many = domains.size - room.domains;
  const fix = makeRoom(router, locked, [shard], (groups) => domainsIn(groups.flat()).length >= many);
  return [error('PLR2303', routerPath(router.name), message, fix)];
}

/**
 * The move that takes the fewest domains away, the last ones by name; else what is left to do.
 * @param enough whether these groups of targets, each with its domains, are enough
 */
function makeRoom(
  router: Router,
  locked: LockedRouter,
  shards: readonly OpenShard[],
  enough: (groups: readonly (readonly Target[])[]) => boolean,
): string {
  const all = shards.flatMap(({ targets }) => targets);
  const first = ([target]: readonly Target[]): string => target?.domains[0] ?? '';
  const candidates = domainGroups(all).sort((a, b) => compareText(first(b), first(a)));
  const groups: (readonly Target[])[] = [];
  for (const group of candidates) {
    if (enough(groups)) break;
    groups.push(group);
  }
  const names = groups.flat().map(({ name }) => name);
  const advice = enough(groups) ? moveAnywhere(router, locked, names.sort()) : undefined;
  return advice !== undefined && 'command' in advice
    ? `Run \`${advice.command}\`, or remove targets.`
    : 'Remove targets of it; where they are still wanted, add them under new names with a `domain:` of their own.';
}
