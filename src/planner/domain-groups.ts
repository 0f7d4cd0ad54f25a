import type { Target, ValuePath } from '../model';
import { targetPath } from './findings';

/** The domains of targets, each once, in their order. */
export function domainsIn(targets: readonly Pick<Target, 'domains'>[]): readonly string[] {
  return [...new Set(targets.flatMap(({ domains }) => domains))];
}

/**
 * Targets that stay together, since a domain stands on one shard: those that share a domain, those that share one with
 * them, and so on. Groups and targets are in the order in which they came.
 */
export function domainGroups<T extends Pick<Target, 'domains'>>(targets: readonly T[]): T[][] {
  const groupOf = new Map<string, T[]>();
  for (const target of targets) {
    const [group = [], ...others] = new Set(
      target.domains.flatMap((domain) => [groupOf.get(domain) ?? []]).filter(some),
    );
    group.push(target, ...others.flat());
    for (const domain of others.length > 0 ? domainsIn(group) : target.domains) groupOf.set(domain, group);
  }
  const order = new Map(targets.map((target, index) => [target, index]));
  const place = (target: T | undefined): number => (target === undefined ? 0 : (order.get(target) ?? 0));
  const groups = [...new Set(groupOf.values())].map((group) => group.sort((a, b) => place(a) - place(b)));
  return groups.sort(([a], [b]) => place(a) - place(b));
}

function some(group: readonly unknown[]): boolean {
  return group.length > 0;
}

/** The place of a target's domains in the inventory. */
export function domainsPath(router: string, { name, domains }: Pick<Target, 'name' | 'domains'>): ValuePath {
  return targetPath(router, name, domains.length === 1 ? 'domain' : 'domains');
}

/** Domains as a target of the inventory has them. */
export function domainsAsWritten(domains: readonly string[]): string {
  return domains.length === 1 ? `domain: ${domains[0]}` : `domains: [${domains.join(', ')}]`;
}
