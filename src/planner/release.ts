import {
  defined,
  type Finding,
  type Lock,
  type LockedRouter,
  type LockedTarget,
  lockedSelectors,
  nameAndPath,
  type RetiredPort,
  suggestion,
} from '../model';
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
 * Frees a retired port, or a retired name of a shared listener, so that it may be given out again: on one shard, or on every
 * shard of the router where it is retired. Errors: an unknown router (PLR2801), a port or name that is not retired, or not there
 * (PLR2802), a port of which several names are retired (PLR2804). Success carries a warning (PLR2803), since the lock cannot know
 * whether the removal was applied.
 * @param shard default every shard
 * @param name with its path after it where it has one, `api.example.com/orders`; default the one name that is retired there
 */
export function releasePort(lock: Lock, router: string, port: number, shard?: string, name?: string): LockEdit {
  const locked = lockedRouter(lock, router);
  if (locked === undefined) return { findings: [unknownRouter(lock, router)] };
  const there = locked.retired.filter(
    (retired) => retired.listenerPort === port && (shard === undefined || retired.shard === shard),
  );
  const freed = name === undefined ? there : there.filter((one) => nameAndPath(one) === name);
  if (freed.length === 0) {
    return {
      findings: [there.length === 0 ? notRetired(locked, router, port, shard) : otherNames(router, port, there, name)],
    };
  }
  if (name === undefined && new Set(freed.map(nameAndPath)).size > 1) {
    return { findings: [severalNames(router, port, freed)] };
  }
  const retired = locked.retired.filter((one) => !freed.includes(one));
  const last = freed.map((one) => `${one.target} on ${one.shard}`);
  const where = shard === undefined ? router : `shard ${shard} of ${router}`;
  const [of = ''] = freed.map(nameAndPath);
  const [what, meets] =
    of === '' ? [`port ${port}`, `port ${port}`] : [`the name ${of} of port ${port}`, `one name of port ${port}`];
  return {
    lock: { ...lock, routers: { ...lock.routers, [router]: { ...locked, retired } } },
    findings: [
      warning(
        'PLR2803',
        routerPath(router),
        `${what} of ${where} is free again; it last reached ${shortList(last)}`,
        `\`terraform apply\` must have run since that target was removed: otherwise two ${of === '' ? 'listeners' : 'targets'} would meet on ${meets}. No client may dial it any more: it would reach the next target.`,
      ),
    ],
  };
}

/** What a port has instead of the name that was given. */
function otherNames(router: string, port: number, there: readonly RetiredPort[], name = ''): Finding {
  const names = there.map(nameAndPath).filter((one) => one !== '');
  return error(
    'PLR2802',
    routerPath(router),
    names.length === 0
      ? `port ${port} of ${router} is retired whole: it led to one target, not to names`
      : `the name ${name} is not retired on port ${port} of ${router}; retired there are ${shortList(names)}`,
    names.length === 0 ? 'Leave the name away.' : 'Give a name that is retired, with its path where it has one.',
  );
}

function severalNames(router: string, port: number, freed: readonly RetiredPort[]): Finding {
  const names = [...new Set(freed.map((one) => (one.name === undefined ? 'the whole port' : nameAndPath(one))))];
  const [first] = freed.filter((one) => one.name !== undefined);
  return error(
    'PLR2804',
    routerPath(router),
    `on port ${port} of ${router} ${names.length} names are retired: ${shortList(names)}`,
    `Give the one to free, such as \`${releaseCommand(router, first ?? { listenerPort: port, shard: '' }, [])}\`.`,
  );
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

/** What of a target that leaves its place the lock goes on to keep: its port, or its names on the one that it shared. */
export function retiredPorts(target: string, locked: LockedTarget): readonly RetiredPort[] {
  const { shard, listenerPort, forwarderPort, portFrom } = locked;
  return lockedSelectors(locked).map((selector) => ({
    shard,
    listenerPort,
    ...defined({ forwarderPort }),
    target,
    ...selector,
    ...defined({ portFrom }),
  }));
}

/** What a release is of. */
type Released = Pick<RetiredPort, 'listenerPort' | 'shard' | 'name' | 'path'>;

/**
 * The command that frees a retired port or name, as a user types it; with the shard where it is retired on others too, so
 * that nobody frees those along with it.
 */
export function releaseCommand(router: string, released: Released, retired: readonly RetiredPort[]): string {
  const { listenerPort: port, shard } = released;
  const name = nameAndPath(released);
  const elsewhere = retired.some(
    (one) => one.listenerPort === port && one.shard !== shard && (name === '' || nameAndPath(one) === name),
  );
  return `privatelink-router lock release ${router} ${port}${name === '' ? '' : ` ${name}`}${elsewhere ? ` --shard ${shard}` : ''}`;
}
