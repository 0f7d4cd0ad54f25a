import {
  backupNames,
  type Cloud,
  compareText,
  defined,
  domainsOf,
  hostNames,
  hostsOf,
  type LockedRouter,
  type LockedTarget,
  oneOrAll,
  type PlannedRouter,
  plannedRetired,
  type ServedBackend,
  servedBackends,
  sharedRoute,
} from '../model';
import type { Values } from './values';

/** A router laid out for comparison: everything that its plan and its lock say, each thing in one place. */
export interface RouterView {
  readonly cloud: Cloud;
  /** What no shard, pool or target has of its own. */
  readonly settings: Values;
  /** By key, `p1`. */
  readonly pools: Readonly<Record<string, Values>>;
  /** By key, `s1`; those that are being served or emptied, not those that are gone. */
  readonly shards: Readonly<Record<string, Values>>;
  /** By name. */
  readonly targets: Readonly<Record<string, TargetView>>;
  readonly retired: PlannedRouter['retired'];
}

/** A target as plan and lock show it. */
export interface TargetView {
  readonly locked: LockedTarget;
  /** True where a listener answers for it. */
  readonly served: boolean;
  /** What both a plan and a lock know of it. */
  readonly known: Values;
  /** What only the plan of a target that is served knows; undefined where no plan could be made of it. */
  readonly own?: Values;
}

/**
 * A router from its plan, with what only the lock knows: disabled targets. The parts of the plan are taken over whole,
 * so that what is added to it one day is compared as well.
 */
export function viewOfPlan(planned: PlannedRouter, locked: LockedRouter | undefined): RouterView {
  const { name: _name, cloud, shards, retired, ...rest } = planned;
  const { pools = [], ...settings } = 'pools' in rest ? rest : { ...rest, pools: undefined };
  const listening = new Map(
    shards.flatMap((shard) =>
      servedBackends(shard).map((served) => [served.backend.target, viewOf(shard.key, served)]),
    ),
  );
  const reserved = new Set(shards.flatMap((shard) => shard.reserved.map(({ target }) => target)));
  const targets = Object.entries(locked?.targets ?? {}).map(([name, entry]) => {
    const view = listening.get(name);
    if (view === undefined) {
      // A target that the lock has and the plan neither serves nor reserves was not readable, and is served all the same.
      const unread = settings.teardown !== 'destroy' && !reserved.has(name);
      return [name, unread ? { locked: entry, served: true, known: placeOf(entry) } : unserved(entry)] as const;
    }
    return [name, { locked: entry, served: true, ...view }] as const;
  });
  return {
    cloud,
    settings,
    pools: byKey(pools),
    shards: byKey<{ readonly key: string }>(
      shards.map(({ listeners: _listeners, reserved: _reserved, ...shard }) => shard),
    ),
    targets: Object.fromEntries(targets),
    retired,
  };
}

/** What a plan knows of a target that is served: its listener's and its backend's values, under the words of the lock. */
function viewOf(shard: string, { listener, backend }: ServedBackend): Required<Pick<TargetView, 'known' | 'own'>> {
  const { port: listenerPort, forwarderPort, backends: _backends, ...ofListener } = listener;
  const { target: _target, hosts, port, domains, ...ofBackend } = backend;
  const backup = backupNames(hosts);
  return {
    known: {
      shard,
      listenerPort,
      ...defined({ forwarderPort }),
      host: oneOrAll(hostNames(hosts)),
      port,
      domain: oneOrAll(domains),
      ...defined({ route: sharedRoute(listener.route), path: backend.path }),
    },
    own: {
      ...ofListener,
      literal: oneOrAll(hosts.map(({ literal }) => literal)),
      ...(backup.length === 0 ? {} : { backup }),
      ...ofBackend,
    },
  };
}

/** A router from its entry in a lock alone: what a lock keeps, under the words of the plan. */
export function viewOfLock(locked: LockedRouter): RouterView {
  const { cloud, teardown, network, azure, unprotected, acceleratedPools = [] } = locked;
  const gone = teardown === 'destroy';
  const deletionProtection = unprotected !== true && teardown === undefined;
  const shards = Object.entries(locked.shards).filter(([, { state }]) => !gone && state !== 'removed');
  const keys = new Set(shards.flatMap(([, { pool }]) => pool ?? []));
  const targets = Object.entries(locked.targets).map(([name, entry]) => {
    if (gone) return [name, unserved(entry)] as const;
    const { route = 'tcp', path, addresses } = entry;
    const own = { route, ...defined({ path, addresses }) };
    return [name, { locked: entry, served: true, known: placeOf(entry), own }] as const;
  });
  return {
    cloud,
    settings: {
      deletionProtection,
      ...defined({ teardown, aws: network, azure }),
    },
    pools: Object.fromEntries(
      [...keys].sort(compareText).map((key) => [key, { acceleratedNetworking: acceleratedPools.includes(key) }]),
    ),
    shards: Object.fromEntries(
      shards.map(([key, { state, ...shard }]) => [
        key,
        { ...shard, deletionProtection: deletionProtection && state === undefined },
      ]),
    ),
    targets: Object.fromEntries(targets),
    retired: locked.retired.map(plannedRetired),
  };
}

function unserved(locked: LockedTarget): TargetView {
  return { locked, served: false, known: placeOf(locked) };
}

function placeOf(locked: LockedTarget): Values {
  const { shard, listenerPort, forwarderPort, port, route, path } = locked;
  return {
    shard,
    listenerPort,
    ...defined({ forwarderPort }),
    host: oneOrAll(hostsOf(locked)),
    port,
    domain: oneOrAll(domainsOf(locked)),
    ...defined({ route, path }),
  };
}

function byKey<T extends { readonly key: string }>(list: readonly T[]): Readonly<Record<string, Values>> {
  return Object.fromEntries(list.map(({ key, ...rest }) => [key, rest]));
}
