import {
  defined,
  type Finding,
  groupBy,
  hostsOf,
  type Inventory,
  type Lock,
  type LockedRouter,
  namesToResolve,
  type Router,
  sortAddresses,
  type Target,
} from '../model';
import { shortList, targetPath, warning } from './findings';
import { lockedRouter } from './locked';

/** Addresses of hosts as somebody resolved them: by host, or by `addressKey` where the answer holds for one router alone. */
export type Resolutions = ReadonlyMap<string, readonly string[]>;

/** The key of a host's addresses as the name servers of one router gave them; two routers may see a name differently. */
export function addressKey(router: string, host: string): string {
  return `${router}/${host}`;
}

/** A host of `dns: synth` that a router needs resolved. */
interface HostToResolve {
  readonly router: string;
  readonly host: string;
  /** The enabled targets that have this host, in the order of the file. */
  readonly targets: readonly string[];
  /** Name servers to choose from, as the router gives them; empty: the machine's own. */
  readonly resolvers: readonly string[];
  /** The other hosts of these targets, sorted; absent: they have this one alone. */
  readonly beside?: readonly string[];
}

/**
 * The hosts whose addresses `lock` has to find: those of enabled targets with `dns: synth` that the lock knows no
 * addresses of, or with `refresh` all of them. By router and host, in the order of the file.
 */
export function hostsToResolve(
  inventory: Inventory,
  lock: Lock,
  options: { readonly refresh: boolean },
): readonly HostToResolve[] {
  return inventory.routers.flatMap((router) => {
    if (router.teardown === 'destroy') return [];
    const known = knownAddresses(lockedRouter(lock, router.name));
    const asked = router.targets
      .filter((target) => needsAddresses(target) && target.enabled && (!known.has(keyOf(target)) || options.refresh))
      .flatMap((target) => namesToResolve(target).map((name) => ({ ...name, target: target.name })));
    return [...groupBy(asked, ({ host, beside = [] }) => JSON.stringify([host, ...beside])).values()].flatMap(
      ([first, ...others]) =>
        first === undefined
          ? []
          : [
              {
                router: router.name,
                host: first.host,
                targets: [first, ...others].map(({ target }) => target),
                resolvers: router.resolvers,
                ...defined({ beside: first.beside }),
              },
            ],
    );
  });
}

/** True where the addresses of a target stand in the lock. */
export function needsAddresses(target: Target): boolean {
  return target.dns === 'synth' && target.hosts.some(({ literal }) => !literal);
}

/** Finds the addresses of a target's names: this run's resolutions first, then what the lock knows. */
export function addressBook(
  router: Router,
  locked: LockedRouter | undefined,
  resolutions: Resolutions,
): (target: Target) => readonly string[] {
  const known = knownAddresses(locked);
  return (target) => {
    const found = namesToResolve(target).map(
      ({ host }) => resolutions.get(addressKey(router.name, host)) ?? resolutions.get(host) ?? [],
    );
    // Of some of the hosts alone the lock would look as if it knew all of them.
    return found.every((one) => one.length > 0) ? sortAddresses(found.flat()) : (known.get(keyOf(target)) ?? []);
  };
}

/** The lock has the addresses of all hosts of a target together, so that they hold for the same hosts alone. */
function keyOf({ hosts }: Target): string {
  return hostsKey(hosts.map(({ name }) => name));
}

function hostsKey(hosts: readonly string[]): string {
  return [...hosts].sort().join(' ');
}

function knownAddresses(locked: LockedRouter | undefined): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.values(locked?.targets ?? {}).flatMap(({ addresses, ...target }) =>
      addresses === undefined || addresses.length === 0
        ? []
        : [[hostsKey(hostsOf(target)), sortAddresses(addresses)] as const],
    ),
  );
}

/** One warning for each host whose addresses nobody found yet; a listener without any reaches nothing. */
export function unknownAddresses(router: Router, locked: LockedRouter): readonly Finding[] {
  const missing = router.targets.filter((target) => {
    const entry = Object.hasOwn(locked.targets, target.name) ? locked.targets[target.name] : undefined;
    return target.enabled && needsAddresses(target) && entry !== undefined && entry.addresses === undefined;
  });
  const byHost = groupBy(
    missing.flatMap((target) => namesToResolve(target).map((name) => ({ ...name, target: target.name }))),
    ({ host }) => host,
  );
  return [...byHost].map(([host, named]) =>
    warning(
      'PLR2601',
      targetPath(router.name, named[0]?.target ?? '', named[0]?.beside === undefined ? 'host' : 'hosts'),
      `the lock has no address of ${host} (dns: synth) for ${shortList(named.map(({ target }) => target))}; a listener without one reaches nothing`,
      'Run `privatelink-router lock` where the name can be resolved: it asks for new and changed hosts.',
    ),
  );
}
