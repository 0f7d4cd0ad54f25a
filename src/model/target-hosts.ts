import type { Target, TargetHost } from './inventory';

/** What a target's hosts are called, in their order. */
export function hostNames([first, ...others]: readonly [TargetHost, ...TargetHost[]]): readonly [string, ...string[]] {
  return [first.name, ...others.map(({ name }) => name)];
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
