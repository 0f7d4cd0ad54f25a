import type { Finding, LockedRouter, Target } from '../model';
import type { MovingTarget } from './destination';
import { domainsPath } from './domain-groups';
import { error, shortList, targetPath } from './findings';
import type { OpenShard } from './open-shard';

/** A pin, or none, as a target of the inventory has it. */
export function pinWords(pin: string | undefined): string {
  return pin === undefined ? 'no pin' : `\`shard: ${pin}\``;
}

/** The pins of targets that are to move, by name: as the inventory has them now, else those of the shards that they leave. */
export function wantedPins(
  locked: LockedRouter,
  targets: readonly Target[],
  moving: readonly MovingTarget[],
): ReadonlyMap<string, string | undefined> {
  const wanted = new Map(
    targets.map(({ name, renamedFrom, pin }) => [
      Object.hasOwn(locked.targets, name) ? name : (renamedFrom ?? name),
      pin,
    ]),
  );
  return new Map(
    moving.map(([name, { shard }]) => [name, wanted.has(name) ? wanted.get(name) : locked.shards[shard]?.pin]),
  );
}

/** Why new targets of one pin cannot go where one of their domains stands: that shard is for others. */
export function otherPin(router: string, group: readonly Target[], homes: readonly OpenShard[]): Finding | undefined {
  const [first] = group;
  const [home] = homes;
  if (first === undefined || home === undefined || home.pin === first.pin) return undefined;
  const domain = group.flatMap(({ domains }) => domains).find((one) => stands(home, one));
  return error(
    'PLR2307',
    first.pin === undefined ? domainsPath(router, first) : targetPath(router, first.name, 'shard'),
    `${shortList(group.map(({ name }) => name))} of ${router} ${group.length > 1 ? 'have' : 'has'} ${pinWords(first.pin)}, and the domain ${domain} stands on shard ${home.key}, whose targets have ${pinWords(home.pin)}`,
    `Give ${group.length > 1 ? 'them' : 'it'} ${home.pin === undefined ? 'no `shard:`' : pinWords(home.pin)}, or a \`domain:\` that no other shard has.`,
  );
}

function stands({ domains, lastDomains }: OpenShard, domain: string): boolean {
  return domains.has(domain) || lastDomains.includes(domain);
}
