import { type LockedRouter, lockedForwarderPort, type RetiredPort, type ValuePath } from '../model';
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

/** Ports that two targets have: of a shard, of the forwarders of a pool, or of the router where base-port gave them. */
export function portsTwice(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const places = new Map<string, Owner>();
  const forwarders = new Map<string, Owner>();
  const byBasePort = new Map<number, Owner>();
  const anywhere = new Map<number, Owner>();
  return targetsOf(router, path).flatMap(([target, owner]) => {
    const { shard, listenerPort, portFrom } = target;
    const forwarder = forwarderOf(router, target);
    const here = places.get(placeOf(target));
    const behind = forwarder === undefined ? undefined : forwarders.get(forwarder.key);
    const elsewhere = portFrom === undefined ? anywhere.get(listenerPort) : byBasePort.get(listenerPort);
    places.set(placeOf(target), here ?? owner);
    if (forwarder !== undefined) forwarders.set(forwarder.key, behind ?? owner);
    anywhere.set(listenerPort, anywhere.get(listenerPort) ?? owner);
    if (portFrom === undefined) byBasePort.set(listenerPort, byBasePort.get(listenerPort) ?? owner);
    const other = here ?? elsewhere ?? behind;
    if (other === undefined) return [];
    const both = `both ${other.name} and ${owner.name} have`;
    const message =
      here !== undefined
        ? `${both} port ${listenerPort} of shard ${shard}`
        : elsewhere !== undefined
          ? `port ${listenerPort} was given by base-port and so belongs to one target of the router, but ${both} it`
          : `${both} ${forwarder?.words ?? ''}`;
    return [{ code: 'PLR3006', path: owner.path, other: other.path, message, fix: MERGE_WITH_BASE }];
  });
}

/** Ports that are retired and in use at once, or retired twice: of a shard, or of the forwarders of a pool. */
export function retiredPorts(router: LockedRouter, path: ValuePath): readonly LockFinding[] {
  const targets = targetsOf(router, path);
  const inUse = new Map(targets.map(([target, owner]) => [placeOf(target), owner]));
  const forwarding = new Map(targets.map(([target, owner]) => [forwarderOf(router, target)?.key, owner]));
  const seen = new Map<string, ValuePath>();
  const seenForwarding = new Map<string, ValuePath>();
  return router.retired.flatMap((retired, index): readonly LockFinding[] => {
    const at = [...path, 'retired', index];
    const place = placeOf(retired);
    const forwarder = forwarderOf(router, retired);
    const words = `port ${retired.listenerPort} of shard ${retired.shard}`;
    const found =
      conflict(retired, at, words, seen.get(place), inUse.get(place)) ??
      (forwarder === undefined
        ? undefined
        : conflict(retired, at, forwarder.words, seenForwarding.get(forwarder.key), forwarding.get(forwarder.key)));
    seen.set(place, seen.get(place) ?? at);
    if (forwarder !== undefined) seenForwarding.set(forwarder.key, seenForwarding.get(forwarder.key) ?? at);
    return found === undefined ? [] : [found];
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
