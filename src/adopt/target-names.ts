import { NAME_FORM } from '../model';
import type { FoundTarget } from './found-targets';

/**
 * Names for found targets, each once: what tells the names of their target groups apart, else the first part of the host,
 * else the listener port.
 */
export function targetNames(
  targets: readonly FoundTarget[],
  given: ReadonlyMap<FoundTarget, string>,
  hosts: ReadonlyMap<FoundTarget, string>,
  loadBalancer: string,
): ReadonlyMap<FoundTarget, string> {
  const names = new Map(given);
  const taken = new Set(given.values());
  const prefix = commonPrefix(
    targets.map(({ group }) => group.values.name),
    loadBalancer,
  );
  for (const found of targets) {
    if (names.has(found)) continue;
    const host = hosts.get(found);
    const candidates = [
      nameOf(found.group.values.name.slice(prefix.length)),
      ...(host === undefined ? [] : [nameOf(host.split('.')[0] ?? ''), nameOf(`${host.split('.')[0]}-${found.port}`)]),
      `port-${found.listenerPort}`,
    ];
    const name = candidates.find((one) => NAME_FORM.test(one) && !taken.has(one)) ?? `listener-${found.listenerPort}`;
    taken.add(name);
    names.set(found, name);
  }
  return names;
}

/** What all names begin with, up to a hyphen. One alone is compared with that of its load balancer. */
function commonPrefix(names: readonly string[], loadBalancer: string): string {
  const [first = ''] = names;
  if (names.length === 1) {
    return [`${loadBalancer}-tg-`, `${loadBalancer}-`].find((prefix) => first.startsWith(prefix)) ?? '';
  }
  let length = 0;
  while (length < first.length && names.every((name) => name[length] === first[length])) length += 1;
  return first.slice(0, first.lastIndexOf('-', length - 1) + 1);
}

/** As names of targets and routers are written; what a generated name ends in is no word of anybody's. */
export function nameOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);
}
