import type { Target, TargetHost } from './inventory';

/** What a target's hosts are called, in their order, without those that are kept back. */
export function hostNames([first, ...others]: readonly [TargetHost, ...TargetHost[]]): readonly [string, ...string[]] {
  return [first.name, ...others.flatMap(({ name, backup }) => (backup ? [] : [name]))];
}

/** What those are called that are kept back until none of the others answers, in the order in which they take over. */
export function backupNames(hosts: readonly TargetHost[]): readonly string[] {
  return hosts.flatMap(({ name, backup }) => (backup ? [name] : []));
}

/** All hosts of a target in one text, for people and for who compares. */
export function hostsInOne(hosts: readonly TargetHost[]): string {
  return hosts.map(({ name, backup }) => (backup ? `${name} (backup)` : name)).join(', ');
}

/** A name that somebody has to resolve. */
export interface NameToResolve {
  readonly host: string;
  /** The other hosts of its target, sorted; absent: it is the only one. */
  readonly beside?: readonly string[];
}

/** The hosts of a target that are no addresses. */
export function namesToResolve({ hosts }: Pick<Target, 'hosts'>): readonly NameToResolve[] {
  return hosts.flatMap(({ name, literal }) => {
    const beside = hosts.flatMap((one) => (one.name === name ? [] : [one.name]));
    return literal ? [] : [{ host: name, ...(beside.length === 0 ? {} : { beside }) }];
  });
}
