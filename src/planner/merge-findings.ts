import {
  anyClash,
  clash,
  type Finding,
  type Lock,
  type LockedRouter,
  type LockedTarget,
  lockedSelectors,
  type RetiredPort,
} from '../model';
import { routerPath, shortList, targetPath, warning } from './findings';
import { lockedRouter } from './locked';
import { moveCommand } from './move-checks';
import { releaseCommand } from './release';

interface Places {
  readonly base: Lock;
  readonly sides: readonly Lock[];
  /** The lock after planning. */
  readonly after: Lock;
  readonly reference: string;
}

/** Every target that has another place than a side had given it: one of the base that stays, or one that had to give way. */
export function placesTold({ base, sides, after, reference }: Places): readonly Finding[] {
  return Object.entries(after.routers).flatMap(([router, entry]) =>
    Object.entries(entry.targets).flatMap(([name, now]) => {
      const before = lockedRouter(base, router);
      const theirs = sides
        .flatMap((side) => own(lockedRouter(side, router)?.targets, name) ?? [])
        .find((one) => !samePlace(one, now) && !isOld(before, name, one));
      if (theirs === undefined) return [];
      const stays = Object.values(before?.targets ?? {}).some(
        (one) => samePlace(one, now) && anyClash(lockedSelectors(one), lockedSelectors(now)),
      );
      return [
        stays
          ? staysWhereItWas({ router, name, now, theirs, reference })
          : gaveWay({ router, name, now, theirs, reference }, whyOf(entry, name, theirs)),
      ];
    }),
  );
}

function own<T>(map: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}

function samePlace(
  a: Pick<LockedTarget, 'shard' | 'listenerPort'>,
  b: Pick<LockedTarget, 'shard' | 'listenerPort'>,
): boolean {
  return a.shard === b.shard && a.listenerPort === b.listenerPort;
}

/** A place that the base itself has given up since: the side only has not heard of it. */
function isOld(base: LockedRouter | undefined, name: string, place: LockedTarget): boolean {
  return base?.retired.some((port) => port.target === name && samePlace(port, place)) === true;
}

interface Told {
  readonly router: string;
  readonly name: string;
  readonly now: LockedTarget;
  readonly theirs: LockedTarget;
  readonly reference: string;
}

const at = ({ shard, listenerPort }: LockedTarget): string => `port ${listenerPort} of shard ${shard}`;

function staysWhereItWas({ router, name, now, theirs, reference }: Told): Finding {
  const moved = now.shard !== theirs.shard && now.listenerPort === theirs.listenerPort;
  return warning(
    'PLR2819',
    targetPath(router, name),
    `${name} stays at ${at(now)}, as ${reference} has it; the lock that is merged had it at ${at(theirs)}`,
    moved
      ? `If it is to go there, run \`${moveCommand(router, [name], theirs.shard)}\` after this.`
      : `Clients dial port ${now.listenerPort}. If it is to have port ${theirs.listenerPort}, set \`listenPort\`.`,
  );
}

function gaveWay({ router, name, now, theirs, reference }: Told, why: string): Finding {
  return warning(
    'PLR2818',
    targetPath(router, name),
    `${name} gets ${at(now)}; the lock that is merged had given it ${at(theirs)}, but ${why}`,
    `Clients of ${name} dial port ${now.listenerPort}. If it is the lock that is merged that has been applied, and not that of ${reference}, name its branch with --base instead.`,
  );
}

function whyOf(entry: LockedRouter, name: string, theirs: LockedTarget): string {
  const holder = Object.entries(entry.targets).find(
    ([other, one]) =>
      other !== name &&
      one.listenerPort === theirs.listenerPort &&
      anyClash(lockedSelectors(one), lockedSelectors(theirs)),
  );
  if (holder !== undefined) return `${holder[0]} has that port`;
  const retired = entry.retired.find(
    (one) => one.listenerPort === theirs.listenerPort && anyClash([one], lockedSelectors(theirs)),
  );
  return retired === undefined ? 'there it does not fit' : `that port is retired (it last reached ${retired.target})`;
}

/** Retired ports of the base that every side lacks: somebody released them, and nobody has heard of it there. */
export function releasesUndone(
  base: LockedRouter,
  sides: readonly LockedRouter[],
  router: string,
  reference: string,
): readonly Finding[] {
  if (sides.length === 0) return [];
  // Where a side still has a target at the place, it only has not heard that the base retired the port.
  const knows = (side: LockedRouter, port: RetiredPort): boolean =>
    side.retired.some((one) => samePlace(one, port) && clash(one, port)) ||
    Object.values(side.targets).some((one) => samePlace(one, port) && anyClash([port], lockedSelectors(one)));
  const released = base.retired.filter((port) => !sides.some((side) => knows(side, port)));
  if (released.length === 0) return [];
  const commands = [...new Set(released.map((one) => releaseCommand(router, one, base.retired)))];
  const ports = [...new Set(released.map(({ listenerPort }) => String(listenerPort)))];
  return [
    warning(
      'PLR2820',
      routerPath(router),
      `retired in the lock of ${reference} and not in the one that is merged: ports ${shortList(ports)} of ${router}; they stay retired`,
      `If they were released on purpose, release them again after this: ${shortList(commands.map((command) => `\`${command}\``))}.`,
    ),
  ];
}
