import {
  type Finding,
  HIGHEST_PORT,
  type LockedRouter,
  type LockedTarget,
  type RetiredPort,
  type Router,
  type Target,
} from '../model';
import { balancerWords } from './cloud';
import type { Draft } from './draft';
import { count, error, shortList, targetPath, warning } from './findings';
import type { OpenShard } from './open-shard';
import { type Obstacle, obstacleWords, PortBook } from './ports';
import { releaseCommand } from './release';

/** A port, and how it was given. */
export interface GivenPort {
  readonly listenerPort: number;
  readonly portFrom?: 'listenPort' | 'preserve';
}

/** The ports of a router: of every target with a place, and those that are retired now. */
export interface PortAssignment {
  readonly ports: ReadonlyMap<string, GivenPort>;
  readonly retired: readonly RetiredPort[];
  readonly findings: readonly Finding[];
}

/**
 * Gives ports. Those of the lock stay, but for an edited `listenPort`; then come the ports that the file asks for, then
 * those that `preserve` asks for, then base-port.
 * @param placed the new targets, in the order of the file
 */
export function assignPorts(
  { router, rules, locked, matches, shards }: Draft,
  placed: readonly (readonly [Target, OpenShard])[],
): PortAssignment {
  const book = new PortBook(router.basePort, {
    balancerWords: (key) => balancerWords(router.cloud, key),
    reserved: rules.reservedPorts,
  });
  const ports = new Map<string, GivenPort>();
  const findings: Finding[] = [];
  const retired: RetiredPort[] = [...(locked?.retired ?? [])];
  const asking: Asking[] = [];

  for (const [name, entry] of matches.removed) retired.push(retiredPort(name, entry));
  for (const target of router.targets) {
    const entry = matches.existing.get(target.name);
    if (entry === undefined) continue;
    if (target.listenPort !== undefined && target.listenPort !== entry.listenerPort) {
      retired.push(retiredPort(target.name, entry));
      asking.push({ target, balancer: shards.balancerOf(entry.shard) });
    } else {
      const given = givenPort(entry);
      ports.set(target.name, given);
      book.hold(shards.balancerOf(entry.shard), entry.listenerPort, { target: target.name, ...given });
    }
  }
  for (const port of retired) book.retire(shards.balancerOf(port.shard), port);
  const newcomers = placed.map(([target, shard]) => ({ target, balancer: shard.balancer.key }));
  asking.push(...newcomers.filter(({ target }) => target.listenPort !== undefined));

  for (const { target, balancer } of asking) {
    const listenerPort = target.listenPort ?? target.port;
    const obstacle = book.obstacle(balancer, listenerPort);
    if (obstacle !== undefined) findings.push(refused(router.name, target, listenerPort, obstacle, retired));
    give(book, ports, { target, balancer }, { listenerPort, portFrom: 'listenPort' });
  }
  const unasked = newcomers.filter(({ target }) => target.listenPort === undefined);
  const rest = router.portStrategy === 'preserve' ? preserve(router.name, unasked, book, ports, findings) : unasked;
  findings.push(...fromBasePort(router, rest, { book, ports, retired }));
  return { ports, retired, findings: [...findings, ...comeBack(router.name, locked, unasked, ports)] };
}

interface Asking {
  readonly target: Target;
  /** The key of its load balancer. */
  readonly balancer: string;
}

function give(book: PortBook, ports: Map<string, GivenPort>, { target, balancer }: Asking, given: GivenPort): void {
  ports.set(target.name, given);
  book.hold(balancer, given.listenerPort, { target: target.name, ...given });
}

function givenPort({ listenerPort, portFrom }: LockedTarget): GivenPort {
  return portFrom === undefined ? { listenerPort } : { listenerPort, portFrom };
}

function retiredPort(target: string, entry: LockedTarget): RetiredPort {
  return { shard: entry.shard, target, ...givenPort(entry) };
}

/** Gives targets their own ports where they are free. @returns the targets that base-port must serve */
function preserve(
  router: string,
  asking: readonly Asking[],
  book: PortBook,
  ports: Map<string, GivenPort>,
  findings: Finding[],
): readonly Asking[] {
  return asking.filter((one) => {
    const { target, balancer } = one;
    const obstacle = book.obstacle(balancer, target.port);
    if (obstacle === undefined) {
      give(book, ports, one, { listenerPort: target.port, portFrom: 'preserve' });
      return false;
    }
    const message = `${target.name} cannot listen on its own port ${target.port}: ${obstacleWords(obstacle)}; base-port chooses one`;
    findings.push(
      warning('PLR2203', targetPath(router, target.name), message, 'Set `listenPort` to choose the port yourself.'),
    );
    return true;
  });
}

function fromBasePort(
  router: Router,
  asking: readonly Asking[],
  { book, ports, retired }: { book: PortBook; ports: Map<string, GivenPort>; retired: readonly RetiredPort[] },
): readonly Finding[] {
  const left: string[] = [];
  for (const one of asking) {
    const listenerPort = book.lowestFree();
    if (listenerPort === undefined) left.push(one.target.name);
    else give(book, ports, one, { listenerPort });
  }
  const [first] = left;
  if (first === undefined) return [];
  const message = `no port from basePort ${router.basePort} to ${HIGHEST_PORT} is free for ${count(left.length, 'new target')} (${shortList(left)}); ports in use, retired ones and every listenPort of ${router.name} are not free`;
  const inUse = new Set([...ports.values()].map(({ listenerPort }) => listenerPort));
  const releasable = retired
    .map(({ listenerPort }) => listenerPort)
    .find((port) => port >= router.basePort && !inUse.has(port));
  const release =
    releasable === undefined
      ? ''
      : ` Or release a retired port that no client dials any more: \`privatelink-router lock release ${router.name} ${releasable}\`.`;
  const fix = `Lower \`basePort\`, or use a second router.${release}`;
  return [error('PLR2204', targetPath(router.name, first), message, fix)];
}

function refused(
  router: string,
  target: Target,
  port: number,
  obstacle: Obstacle,
  all: readonly RetiredPort[],
): Finding {
  const path = targetPath(router, target.name, 'listenPort');
  const message = `listenPort ${port} of ${target.name} is not free: ${obstacleWords(obstacle)}`;
  const shard = 'shard' in obstacle ? obstacle.shard : undefined;
  return shard !== undefined
    ? error(
        'PLR2201',
        path,
        message,
        `Choose another port. To use this one again, run \`lock\` and \`terraform apply\` without this \`listenPort\`, make sure that no client dials it any more, and free it with \`${releaseCommand(router, port, all, shard)}\`.`,
      )
    : error('PLR2202', path, message, 'Choose another port.');
}

/** A name that was removed before is a new target: whoever expects the old port must hear of it. */
function comeBack(
  router: string,
  locked: LockedRouter | undefined,
  newcomers: readonly Asking[],
  ports: ReadonlyMap<string, GivenPort>,
): readonly Finding[] {
  const retired = locked?.retired ?? [];
  const before = new Map(retired.map((one) => [one.target, one]));
  return newcomers.flatMap(({ target }) => {
    const last = before.get(target.name);
    const now = ports.get(target.name)?.listenerPort;
    if (last === undefined || now === undefined) return [];
    const old = last.listenerPort;
    return [
      warning(
        'PLR2104',
        targetPath(router, target.name),
        `${target.name} was removed before and comes back as a new target: port ${old} that it had stays retired, it gets ${now}`,
        `If it must have ${old} again, set \`listenPort: ${old}\` and run \`${releaseCommand(router, old, retired, last.shard)}\` instead of \`lock\`.`,
      ),
    ];
  });
}
