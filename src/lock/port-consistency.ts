import {
  anyClash,
  type LockedRouter,
  lockedForwarderPort,
  lockedSelectors,
  nameAndPath,
  type RetiredPort,
  type Selector,
  type ValuePath,
} from '../model';
import { type LockFinding, MERGE_WITH_BASE } from './diagnostics';
import { type Owner, targetsOf } from './owners';

/** What clients dial, in use or retired, and what forwarders listen on for it. */
type Listener = Pick<RetiredPort, 'shard' | 'listenerPort' | 'forwarderPort'>;

/** What two listeners of a router cannot both be. */
function placeOf({ shard, listenerPort }: Listener): string {
  return `${shard}:${listenerPort}`;
}

/** What two listeners of a pool cannot both have: the port of its forwarders. Undefined where there are no forwarders. */
function forwarderOf({ shards, pools }: LockedRouter, listener: Listener): { key: string; words: string } | undefined {
  const pool = pools === undefined ? undefined : shards[listener.shard]?.pool;
  if (pool === undefined) return undefined;
  const port = lockedForwarderPort(listener);
  return { key: `${pool}:${port}`, words: `port ${port} of the forwarders of pool ${pool}` };
}

/** Who has a port or some of its names, at a place that the books know. */
interface Claim {
  readonly owner: Owner;
  readonly selectors: readonly Selector[];
  /** Those with the same one may share what they have. */
  readonly listener: string;
}

/** Notes a claim. @returns one that was there before and that this one cannot stand beside */
function claim(book: Map<string, Claim[]>, key: string, one: Claim): Claim | undefined {
  const there = book.get(key) ?? [];
  book.set(key, [...there, one]);
  return there.find((other) => meets(one, other));
}

/** Whether two claims contradict each other: they are of two listeners, or one name is in both. */
function meets(one: Claim, other: Claim): boolean {
  return one.listener !== other.listener || anyClash(one.selectors, other.selectors);
}

/**
 * Ports that two targets have, or names of a shared one: of a shard, of the forwarders of a pool, or of the router where base-port
 * gave them.
 */
export function portsTwice(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const places = new Map<string, Claim[]>();
  const forwarders = new Map<string, Claim[]>();
  const byBasePort = new Map<number, Owner>();
  const anywhere = new Map<number, Owner>();
  return targetsOf(router, path).flatMap(([target, owner]) => {
    const { shard, listenerPort, portFrom } = target;
    const forwarder = forwarderOf(router, target);
    const own: Claim = { owner, selectors: lockedSelectors(target), listener: placeOf(target) };
    const here = claim(places, placeOf(target), own)?.owner;
    const behind = forwarder === undefined ? undefined : claim(forwarders, forwarder.key, own)?.owner;
    const elsewhere = portFrom === undefined ? anywhere.get(listenerPort) : byBasePort.get(listenerPort);
    anywhere.set(listenerPort, anywhere.get(listenerPort) ?? owner);
    if (portFrom === undefined) byBasePort.set(listenerPort, byBasePort.get(listenerPort) ?? owner);
    const other = here ?? elsewhere ?? behind;
    if (other === undefined) return [];
    const both = `both ${other.name} and ${owner.name} have`;
    const names = own.selectors.map(nameAndPath).filter((name) => name !== '');
    const of = names.length === 0 ? '' : `names of `;
    const message =
      here !== undefined
        ? `${both} ${of}port ${listenerPort} of shard ${shard}`
        : elsewhere !== undefined
          ? `port ${listenerPort} was given by base-port and so belongs to one target of the router, but ${both} it`
          : `${both} ${forwarder?.words ?? ''}`;
    return [{ code: 'PLR3006', path: owner.path, other: other.path, message, fix: MERGE_WITH_BASE }];
  });
}

/** Ports or names that are retired and in use at once, or retired twice: of a shard, or of the forwarders of a pool. */
export function retiredPorts(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const inUse = new Map<string, Claim[]>();
  const forwarding = new Map<string, Claim[]>();
  for (const [target, owner] of targetsOf(router, path)) {
    const own: Claim = { owner, selectors: lockedSelectors(target), listener: placeOf(target) };
    claim(inUse, placeOf(target), own);
    const forwarder = forwarderOf(router, target);
    if (forwarder !== undefined) claim(forwarding, forwarder.key, own);
  }
  const seen = new Map<string, Claim[]>();
  const seenForwarding = new Map<string, Claim[]>();
  return router.retired.flatMap((retired, index): readonly LockFinding[] => {
    const at = [...path, 'retired', index];
    const place = placeOf(retired);
    const own: Claim = { owner: { name: retired.target, path: at }, selectors: [retired], listener: place };
    const forwarder = forwarderOf(router, retired);
    const user = (book: Map<string, Claim[]>, key: string): Owner | undefined =>
      book.get(key)?.find((other) => meets(own, other))?.owner;
    const name = nameAndPath(retired);
    const words = `${name === '' ? '' : `the name ${name} of `}port ${retired.listenerPort} of shard ${retired.shard}`;
    const twice = claim(seen, place, own);
    const found = conflict(retired, at, words, twice?.owner.path, user(inUse, place));
    const behind =
      forwarder === undefined
        ? undefined
        : conflict(
            retired,
            at,
            forwarder.words,
            claim(seenForwarding, forwarder.key, own)?.owner.path,
            user(forwarding, forwarder.key),
          );
    const finding = found ?? behind;
    return finding === undefined ? [] : [finding];
  });
}

/** @param before where the port is retired already @param owner who has it */
function conflict(
  { target }: RetiredPort,
  path: ValuePath,
  what: string,
  before: ValuePath | undefined,
  owner: Owner | undefined,
): LockFinding | undefined {
  const same = { code: 'PLR3008', path, fix: MERGE_WITH_BASE } as const;
  if (before !== undefined) return { ...same, other: before, message: `${what} is retired twice` };
  if (owner === undefined) return undefined;
  return {
    ...same,
    other: owner.path,
    message: `${what} is retired (it last reached ${target}), and ${owner.name} has it`,
  };
}
