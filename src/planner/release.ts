import { defined, type Finding, type Lock, type LockedRouter, type RetiredPort, suggestion } from '../model';
import { error, routerPath, shortList, warning } from './findings';
import { lockedRouter } from './locked';

/** An edited lock and what to heed, or why it cannot be. */
export type LockEdit =
  | {
      readonly lock: Lock;
      readonly findings: readonly Finding[];
      /** What there is to say once it is planned, of the lock that came of it. @default nothing */
      readonly told?: (after: Lock) => readonly Finding[];
    }
  | { readonly findings: readonly Finding[] };

/** A router as `lock release` and `lock move` were given it, which the lock does not know. */
export function unknownRouter(lock: Lock, router: string): Finding {
  const known = Object.keys(lock.routers);
  const has = known.length === 0 ? 'the lock has no router' : `the lock has ${shortList(known)}`;
  return error(
    'PLR2801',
    routerPath(router),
    `there is no router ${router} in the lock; ${has}.${suggestion(router, known)}`,
    'Correct the name.',
  );
}

/**
 * Frees a retired port so that it may be given out again: on one shard, or on every shard of the router where it is
 * retired. Errors: an unknown router (PLR2801), a port that is not retired, or not there (PLR2802). Success carries a
 * warning (PLR2803), since the lock cannot know whether the removal was applied.
 * @param shard default every shard
 */
export function releasePort(lock: Lock, router: string, port: number, shard?: string): LockEdit {
  const locked = lockedRouter(lock, router);
  if (locked === undefined) return { findings: [unknownRouter(lock, router)] };
  const here = (retired: RetiredPort): boolean =>
    retired.listenerPort === port && (shard === undefined || retired.shard === shard);
  const freed = locked.retired.filter(here);
  if (freed.length === 0) return { findings: [notRetired(locked, router, port, shard)] };
  const retired = locked.retired.filter((one) => !here(one));
  const last = freed.map((one) => `${one.target} on ${one.shard}`);
  const where = shard === undefined ? router : `shard ${shard} of ${router}`;
  return {
    lock: { ...lock, routers: { ...lock.routers, [router]: { ...locked, retired } } },
    findings: [
      warning(
        'PLR2803',
        routerPath(router),
        `port ${port} of ${where} is free again; it last reached ${shortList(last)}`,
        `\`terraform apply\` must have run since that target was removed: otherwise two listeners would meet on port ${port}. No client may dial it any more: it would reach the next target.`,
      ),
    ],
  };
}

function notRetired(locked: LockedRouter, router: string, port: number, shard: string | undefined): Finding {
  const elsewhere = locked.retired.filter(({ listenerPort }) => listenerPort === port).map((one) => one.shard);
  const user = Object.entries(locked.targets).find(
    ([, one]) => one.listenerPort === port && (shard === undefined || one.shard === shard),
  )?.[0];
  const ports = locked.retired.map(({ listenerPort }) => String(listenerPort));
  const why = user === undefined ? 'no target ever had it, or it was released before' : `${user} has it`;
  const retired = ports.length === 0 ? `${router} has no retired port` : `retired are ${shortList(ports)}`;
  const message =
    elsewhere.length > 0
      ? `port ${port} of ${router} is not retired on shard ${shard}; it is on ${shortList(elsewhere)}`
      : `port ${port} of ${router} is not retired: ${why}; ${retired}`;
  return error(
    'PLR2802',
    routerPath(router),
    message,
    elsewhere.length > 0 ? 'Give a shard where it is retired.' : 'Give a port that is retired.',
  );
}

/** The port of a target that leaves its place, as the lock goes on to keep it. */
export function retiredPort(
  target: string,
  { shard, listenerPort, forwarderPort, portFrom }: Omit<RetiredPort, 'target'>,
): RetiredPort {
  return { shard, listenerPort, ...defined({ forwarderPort }), target, ...defined({ portFrom }) };
}

/**
 * The command that frees a retired port, as a user types it; with the shard where the port is retired on others too, so
 * that nobody frees those along with it.
 */
export function releaseCommand(router: string, port: number, retired: readonly RetiredPort[], shard: string): string {
  const elsewhere = retired.some((one) => one.listenerPort === port && one.shard !== shard);
  return `privatelink-router lock release ${router} ${port}${elsewhere ? ` --shard ${shard}` : ''}`;
}
