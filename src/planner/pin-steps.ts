import type { Finding, LockedRouter, Router, Target } from '../model';
import { domainGroups, domainsIn } from './domain-groups';
import { error, shortList, targetPath } from './findings';
import { moveAnywhere } from './move-advice';
import { pinWords } from './pins';
import type { Matches } from './renames';

/** What the pins of a router's targets forbid before any place is given. */
export interface PinSteps {
  readonly findings: readonly Finding[];
  /** New targets that share a domain with one that has an error here: they get no place, so that one mistake gives one finding. */
  readonly unplaced: ReadonlySet<string>;
}

/** A target whose pin is not that of the shard where it is. */
interface Changed {
  readonly target: Target;
  readonly shard: string;
  /** The pin of the shard. */
  readonly old: string | undefined;
}

/** Targets that share a domain must have one pin, and a target that the lock knows that of its shard. */
export function pinSteps(router: Router, locked: LockedRouter | undefined, { existing }: Matches): PinSteps {
  const findings: Finding[] = [];
  const unplaced = new Set<string>();
  const changed: Changed[] = [];
  for (const group of domainGroups(router.targets)) {
    const torn = new Set(group.map(({ pin }) => pin)).size > 1;
    const wrong = torn ? [] : group.flatMap((target) => changedPin(target, locked, existing));
    if (torn) findings.push(...severalPins(router.name, group));
    changed.push(...wrong);
    if (torn || wrong.length > 0) for (const { name } of group) if (!existing.has(name)) unplaced.add(name);
  }
  if (locked !== undefined) findings.push(...changedPins(router, locked, changed));
  return { findings, unplaced };
}

function changedPin(target: Target, locked: LockedRouter | undefined, existing: Matches['existing']): Changed[] {
  const shard = existing.get(target.name)?.shard;
  const entry = shard === undefined ? undefined : locked?.shards[shard];
  if (shard === undefined || entry === undefined || entry.pin === target.pin) return [];
  return [{ target, shard, old: entry.pin }];
}

function severalPins(router: string, group: readonly Target[]): readonly Finding[] {
  const first = group[0];
  const odd =
    group.find(({ pin }) => pin !== undefined && pin !== first?.pin) ?? group.find(({ pin }) => pin !== undefined);
  if (odd === undefined) return [];
  const who = group.map(({ name, pin }) => `${name} (${pinWords(pin)})`);
  const shared = domainsIn(group).filter((one) => group.filter(({ domains }) => domains.includes(one)).length > 1);
  return [
    error(
      'PLR2307',
      targetPath(router, odd.name, 'shard'),
      `${shortList(who)} of ${router} share the ${shared.length > 1 ? 'domains' : 'domain'} ${shortList(shared)}; a domain stands on one shard, and targets of several pins share none`,
      'Give all of them the same `shard:`, or each pin domains of its own.',
    ),
  ];
}

/** One finding for each target; those that change to one pin go together, so that one command settles them. */
function changedPins(router: Router, locked: LockedRouter, changed: readonly Changed[]): readonly Finding[] {
  const wanted = [...new Set(changed.map(({ target }) => target.pin))];
  const remedies = new Map(wanted.map((pin) => [pin, remedyOf(router, locked, changed, pin)]));
  return changed.map(({ target: { name, pin }, shard, old }) =>
    error(
      'PLR2306',
      targetPath(router.name, name, ...(pin === undefined ? [] : ['shard'])),
      `${name} has ${pinWords(pin)}, and shard ${shard}, where it is, is for targets with ${pinWords(old)}; a target keeps its shard`,
      `${wanted.length > 1 ? 'Change one pin at a time. ' : ''}${remedies.get(pin) ?? ''} Otherwise ${old === undefined ? 'drop `shard:`' : `keep ${pinWords(old)}`}, or write the target under a new name with a \`domain:\` of its own.`,
    ),
  );
}

/** What to do about all targets that change to one pin, as the first sentence of a fix. */
function remedyOf(router: Router, locked: LockedRouter, changed: readonly Changed[], pin: string | undefined): string {
  const names = changed.filter(({ target }) => target.pin === pin).map(({ target }) => target.name);
  const advice = moveAnywhere(router, locked, names);
  if (advice === undefined || !('command' in advice))
    return `\`lock move\` cannot take ${shortList(names)} to another shard.`;
  const alone = new Set(changed.map(({ target }) => target.pin)).size === 1;
  return alone
    ? `Run \`${advice.command}\` with the inventory as it is now: listener ports stay, and sessions through the old shard end.`
    : `With only that one changed, \`lock move\` takes ${shortList(names)} to shard ${advice.shard}.`;
}
