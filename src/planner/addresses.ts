import type { Finding, Inventory, Lock, LockedRouter, Router, Target } from '../model';
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
    const targets = new Map<string, string[]>();
    for (const target of router.targets) {
      if (!needsAddresses(target) || !target.enabled || (known.has(target.host) && !options.refresh)) continue;
      const names = targets.get(target.host);
      if (names === undefined) targets.set(target.host, [target.name]);
      else names.push(target.name);
    }
    return [...targets].map(([host, names]) => ({
      router: router.name,
      host,
      targets: names,
      resolvers: router.resolvers,
    }));
  });
}

/** True where the addresses of a target stand in the lock. */
export function needsAddresses(target: Target): boolean {
  return target.dns === 'synth' && !target.literal;
}

/** Finds the addresses of hosts: this run's resolutions first, then what the lock knows. */
export function addressBook(
  router: Router,
  locked: LockedRouter | undefined,
  resolutions: Resolutions,
): (host: string) => readonly string[] {
  const known = knownAddresses(locked);
  return (host) => {
    const resolved = resolutions.get(addressKey(router.name, host)) ?? resolutions.get(host) ?? [];
    return resolved.length > 0 ? sortedAddresses(resolved) : (known.get(host) ?? []);
  };
}

function knownAddresses(locked: LockedRouter | undefined): ReadonlyMap<string, readonly string[]> {
  return new Map(
    Object.values(locked?.targets ?? {}).flatMap(({ host, addresses }) =>
      addresses === undefined || addresses.length === 0 ? [] : [[host, sortedAddresses(addresses)] as const],
    ),
  );
}

/** Unique, by number: .9 before .10. */
function sortedAddresses(addresses: readonly string[]): readonly string[] {
  return [...new Set(addresses)].sort((a, b) => asNumber(a) - asNumber(b));
}

function asNumber(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** One warning for each host whose addresses nobody found yet; a listener without any reaches nothing. */
export function unknownAddresses(router: Router, locked: LockedRouter): readonly Finding[] {
  const hosts = new Map<string, string[]>();
  for (const target of router.targets) {
    const entry = Object.hasOwn(locked.targets, target.name) ? locked.targets[target.name] : undefined;
    if (!target.enabled || !needsAddresses(target) || entry === undefined || entry.addresses !== undefined) continue;
    const names = hosts.get(target.host);
    if (names === undefined) hosts.set(target.host, [target.name]);
    else names.push(target.name);
  }
  return [...hosts].map(([host, names]) =>
    warning(
      'PLR2601',
      targetPath(router.name, names[0] ?? '', 'host'),
      `the lock has no address of ${host} (dns: synth) for ${shortList(names)}; a listener without one reaches nothing`,
      'Run `privatelink-router lock` where the name can be resolved: it asks for new and changed hosts.',
    ),
  );
}
