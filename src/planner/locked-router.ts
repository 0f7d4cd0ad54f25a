import {
  compareRetired,
  compareShards,
  compareText,
  defined,
  hostNames,
  type LockedRouter,
  type LockedShard,
  type LockedTarget,
  lockedDomains,
  lockedHosts,
  type RetiredPort,
  sharedRoute,
  type Target,
} from '../model';
import { needsAddresses } from './addresses';
import type { Draft } from './draft';
import type { OpenShard } from './open-shard';
import type { GivenPort } from './port-assignment';
import { ruleDomains } from './shards';
import { keptGroupName, keptShardNames } from './taken-over';

/** What a router's entry in the lock is made of, beside its draft. */
export interface Decisions {
  readonly ports: ReadonlyMap<string, GivenPort>;
  readonly retired: readonly RetiredPort[];
  readonly addressesOf: (target: Target) => readonly string[];
}

/** The router's entry in the lock as it should be, every list and map in order. */
export function lockRouter(draft: Draft, decisions: Decisions): LockedRouter {
  const { router, shards } = draft;
  const origins = originsOf(draft);
  const targets = new Map<string, LockedTarget>();
  for (const shard of shards.open.values()) {
    for (const target of shard.targets) {
      const given = decisions.ports.get(target.name);
      if (given !== undefined) {
        targets.set(target.name, {
          ...lockTarget(target, shard, given, origins.get(target.name), decisions),
          ...keptGroupName(draft, target, shard),
        });
      }
    }
  }
  return {
    cloud: router.cloud,
    ...defined({ teardown: router.teardown, ncc: nccOf(draft) }),
    ...draft.rules.lockedPlace(shards),
    shards: sorted(lockShards(draft), compareShards),
    targets: sorted(targets, compareText),
    retired: [...decisions.retired].sort(compareRetired),
  };
}

/**
 * A router that was locked before it took its NCC from elsewhere may have made one: the lock of a router that makes its NCC
 * does not say so, and to forget what a state does not have changes nothing.
 */
function nccOf({ router: { ncc }, locked }: Draft): LockedRouter['ncc'] {
  if (ncc.name !== undefined) return undefined;
  if (ncc.id !== undefined || locked?.ncc !== undefined) return locked?.ncc;
  return locked === undefined ? 'given' : 'forgotten';
}

function lockTarget(
  target: Target,
  shard: OpenShard,
  { listenerPort, forwarderPort, portFrom }: GivenPort,
  origin: string | undefined,
  { addressesOf }: Decisions,
): LockedTarget {
  const addresses = needsAddresses(target) ? addressesOf(target) : [];
  return {
    shard: shard.key,
    listenerPort,
    ...defined({ forwarderPort }),
    ...lockedHosts(hostNames(target.hosts)),
    port: target.port,
    ...lockedDomains(target.domains),
    ...defined({ route: sharedRoute(target.route), path: target.path, portFrom }),
    ...(origin === undefined || origin === target.name ? {} : { bornAs: origin }),
    ...(addresses.length === 0 ? {} : { addresses }),
  };
}

/**
 * The name that each target's resources derive from: the one that it was first made under, unique in the router. A new
 * target whose name a renamed one was born with gets a number, since two target groups of one name cannot be.
 */
function originsOf({ router, locked, matches, newcomers }: Draft): ReadonlyMap<string, string> {
  const before = Object.entries(locked?.targets ?? {}).map(([name, { bornAs }]) => bornAs ?? name);
  const taken = new Set(before);
  const names = new Set(router.targets.map((target) => target.name));
  const origins = new Map<string, string>();
  for (const [name, { bornAs }] of matches.existing) origins.set(name, bornAs ?? name);
  for (const { name } of newcomers) {
    let origin = name;
    for (let number = 2; taken.has(origin) || (origin !== name && names.has(origin)); number += 1) {
      origin = `${name}-${number}`;
    }
    taken.add(origin);
    origins.set(name, origin);
  }
  return origins;
}

function lockShards(draft: Draft): ReadonlyMap<string, LockedShard> {
  const { locked, states, shards, generations } = draft;
  const result = new Map<string, LockedShard>();
  for (const key of Object.keys(locked?.shards ?? {})) {
    if (states.get(key) === 'removed') result.set(key, { ...poolOf(locked, key), state: 'removed', domains: [] });
  }
  for (const shard of shards.open.values()) {
    const generation = generations.get(shard.key) ?? 0;
    result.set(shard.key, {
      ...(shards.balancers.pooled ? { pool: shard.balancer.key } : {}),
      ...defined({ pin: shard.pin, state: shard.state }),
      domains: ruleDomains(shard),
      ...(generation === 0 ? {} : { generation }),
      ...keptShardNames(draft, shard),
    });
  }
  return result;
}

/** The pool of a shard that is gone: the ports of its forwarders stay taken there, with its retired ones. */
function poolOf(locked: LockedRouter | undefined, shard: string): Pick<LockedShard, 'pool'> {
  const pool = locked?.shards[shard]?.pool;
  return pool === undefined ? {} : { pool };
}

function sorted<T>(map: ReadonlyMap<string, T>, compare: (a: string, b: string) => number): Record<string, T> {
  return Object.fromEntries([...map].sort(([a], [b]) => compare(a, b)));
}
