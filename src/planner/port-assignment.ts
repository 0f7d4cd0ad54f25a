import {
  defined,
  type Finding,
  groupBy,
  HIGHEST_PORT,
  type LockedRouter,
  type LockedTarget,
  type RetiredPort,
  type Router,
  selectorsOf,
  type Target,
} from '../model';
import type { Draft } from './draft';
import { count, error, shortList, targetPath, warning } from './findings';
import { ForwarderPorts, noForwarderPort } from './forwarder-ports';
import type { OpenShard } from './open-shard';
import { keptPortRefused, refused } from './port-refusals';
import { type Holder, obstacleWords, PortBook } from './ports';
import { releaseCommand, retiredPorts } from './release';
import { dialledAnew, namesGivenUp } from './routes';

/** A listener port, how it was given, and the forwarders' port for it where that is another. */
export type GivenPort = Pick<LockedTarget, 'listenerPort' | 'portFrom' | 'forwarderPort'>;

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
  const balancerOf = (shard: string): string => shards.balancerOf(shard);
  const books: Books = {
    listeners: new PortBook(router.basePort, { balancerOf, reserved: rules.reservedPorts }),
    forwarders: new ForwarderPorts(rules.otherPorts, balancerOf),
    ports: new Map(),
    unforwarded: [],
  };
  const { listeners, forwarders, ports } = books;
  const findings: Finding[] = [];
  const retired: RetiredPort[] = [...(locked?.retired ?? [])];
  const asking: Asking[] = [];
  const anew: (readonly [Target, LockedTarget])[] = [];

  for (const [name, entry] of matches.removed) retired.push(...retiredPorts(name, entry));
  for (const target of router.targets) {
    const entry = matches.existing.get(target.name);
    if (entry === undefined) continue;
    if (target.listenPort !== undefined && target.listenPort !== entry.listenerPort) {
      retired.push(...retiredPorts(target.name, entry));
      asking.push({ target, shard: entry.shard });
    } else {
      const { listenerPort, portFrom } = entry;
      ports.set(target.name, { listenerPort, ...defined({ portFrom }), ...forwarders.keep(entry) });
      retired.push(...namesGivenUp(target, entry));
      if (dialledAnew(target, entry)) anew.push([target, entry]);
      else listeners.hold(entry.shard, listenerPort, holderOf(target, entry));
    }
  }
  for (const port of retired) {
    listeners.retire(port);
    forwarders.keep(port);
  }
  for (const [target, entry] of anew) {
    const { shard, listenerPort } = entry;
    const obstacle = listeners.inUse(shard, listenerPort, selectorsOf(target));
    if (obstacle !== undefined) {
      findings.push(keptPortRefused({ router: router.name, target, port: listenerPort, obstacle, retired }));
    }
    listeners.hold(shard, listenerPort, holderOf(target, entry));
  }
  const newcomers = placed.map(([target, { key: shard }]) => ({ target, shard }));
  asking.push(...newcomers.filter(({ target }) => target.listenPort !== undefined));
  const ofRoute = newcomers.filter(({ target }) => target.listenPort === undefined && target.route !== 'tcp');

  for (const one of [...asking, ...ofRoute]) {
    const { target, shard } = one;
    const listenerPort = target.listenPort ?? target.port;
    const obstacle = listeners.obstacle(shard, listenerPort, selectorsOf(target));
    if (obstacle !== undefined) {
      findings.push(refused({ router: router.name, target, port: listenerPort, obstacle, retired }));
    }
    // What shares a port has its own, as with `preserve`, unless it says another.
    give(books, one, { listenerPort, portFrom: target.listenPort === undefined ? 'preserve' : 'listenPort' });
  }
  const unasked = newcomers.filter(({ target }) => target.listenPort === undefined && target.route === 'tcp');
  const rest = router.portStrategy === 'preserve' ? preserve(router.name, unasked, books, findings) : unasked;
  findings.push(...fromBasePort(router, rest, books, retired));
  const { otherPorts } = rules;
  if (otherPorts !== undefined) {
    const all = { router: router.name, range: otherPorts, poolOf: balancerOf, retired: locked?.retired ?? [] };
    for (const [pool, full] of groupBy(books.unforwarded, ({ shard }) => balancerOf(shard))) {
      findings.push(
        noForwarderPort(
          { ...all, pool },
          full.map(({ target }) => target.name),
        ),
      );
    }
  }
  return { ports, retired, findings: [...findings, ...comeBack(router.name, locked, unasked, ports)] };
}

/** What is given while a router is planned. */
interface Books {
  readonly listeners: PortBook;
  readonly forwarders: ForwarderPorts;
  readonly ports: Map<string, GivenPort>;
  /** Those for whose listener the forwarders have no port left. */
  readonly unforwarded: Asking[];
}

interface Asking {
  readonly target: Target;
  /** The key of its shard. */
  readonly shard: string;
}

function give({ listeners, forwarders, ports, unforwarded }: Books, asking: Asking, given: GivenPort): void {
  const { target, shard } = asking;
  const { listenerPort } = given;
  listeners.hold(shard, listenerPort, holderOf(target, given));
  const forwarder = forwarders.give({ shard, listenerPort });
  if (forwarder === undefined) unforwarded.push(asking);
  ports.set(target.name, { ...given, ...forwarder });
}

function holderOf(target: Target, { portFrom }: Pick<LockedTarget, 'portFrom'>): Holder {
  return { target: target.name, ...defined({ portFrom }), selectors: selectorsOf(target) };
}

/** Gives targets their own ports where they are free. @returns the targets that base-port must serve */
function preserve(router: string, asking: readonly Asking[], books: Books, findings: Finding[]): readonly Asking[] {
  return asking.filter((one) => {
    const { target, shard } = one;
    const obstacle = books.listeners.obstacleUnasked(shard, target.port, selectorsOf(target));
    if (obstacle === undefined) {
      give(books, one, { listenerPort: target.port, portFrom: 'preserve' });
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
  books: Books,
  retired: readonly RetiredPort[],
): readonly Finding[] {
  const left: string[] = [];
  for (const one of asking) {
    const listenerPort = books.listeners.lowestFree();
    if (listenerPort === undefined) left.push(one.target.name);
    else give(books, one, { listenerPort });
  }
  const [first] = left;
  if (first === undefined) return [];
  const message = `no port from basePort ${router.basePort} to ${HIGHEST_PORT} is free for ${count(left.length, 'new target')} (${shortList(left)}); ports in use, retired ones and every listenPort of ${router.name} are not free`;
  const inUse = new Set([...books.ports.values()].map(({ listenerPort }) => listenerPort));
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

/** A name that was removed before is a new target: whoever expects the old port must hear of it. */
function comeBack(
  router: string,
  locked: LockedRouter | undefined,
  newcomers: readonly Asking[],
  ports: ReadonlyMap<string, GivenPort>,
): readonly Finding[] {
  const retired = locked?.retired ?? [];
  // Of names that are retired on a shared port the target is told where it asks for them.
  const before = new Map(retired.filter(({ route }) => route === undefined).map((one) => [one.target, one]));
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
        `If it must have ${old} again, set \`listenPort: ${old}\` and run \`${releaseCommand(router, { listenerPort: old, shard: last.shard }, retired)}\` instead of \`lock\`.`,
      ),
    ];
  });
}
