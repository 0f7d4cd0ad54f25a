import { type Finding, type Lock, suggestion } from '../model';
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
 * Frees a retired port, on every shard of the router where it is retired, so that it may be given out again. Errors: an
 * unknown router (PLR2801), a port that is not retired (PLR2802). Success carries a warning (PLR2803), since the lock
 * cannot know whether the removal was applied.
 */
export function releasePort(lock: Lock, router: string, port: number): LockEdit {
  const locked = lockedRouter(lock, router);
  if (locked === undefined) return { findings: [unknownRouter(lock, router)] };
  const freed = locked.retired.filter((retired) => retired.listenerPort === port);
  if (freed.length === 0) {
    const user = Object.entries(locked.targets).find(([, { listenerPort }]) => listenerPort === port)?.[0];
    const ports = locked.retired.map(({ listenerPort }) => String(listenerPort));
    const why = user === undefined ? 'no target ever had it, or it was released before' : `${user} has it`;
    const retired = ports.length === 0 ? `${router} has no retired port` : `retired are ${shortList(ports)}`;
    const message = `port ${port} of ${router} is not retired: ${why}; ${retired}`;
    return { findings: [error('PLR2802', routerPath(router), message, 'Give a port that is retired.')] };
  }
  const retired = locked.retired.filter(({ listenerPort }) => listenerPort !== port);
  const last = freed.map(({ target, shard }) => `${target} on ${shard}`);
  return {
    lock: { ...lock, routers: { ...lock.routers, [router]: { ...locked, retired } } },
    findings: [
      warning(
        'PLR2803',
        routerPath(router),
        `port ${port} of ${router} is free again; it last reached ${shortList(last)}`,
        `\`terraform apply\` must have run since that target was removed: otherwise two listeners would meet on port ${port}. No client may dial it any more: it would reach the next target.`,
      ),
    ],
  };
}
