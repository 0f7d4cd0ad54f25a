import { hostNames, listed, type Target } from '../model';
import { type AdoptFinding, refused } from './findings';
import type { FoundTarget } from './found-targets';
import type { ResourcesByType } from './resource-types';

/** What is known from outside of the state. */
export interface Known {
  /** Hosts by listener port, as the user gave them, lower case. */
  readonly hosts: ReadonlyMap<number, string>;
  /** The targets of the user's own inventory. @default none */
  readonly targets?: readonly Target[];
}

/** What a found target is to be called and where it leads, as far as that is known for certain. */
export interface Identity {
  /** Absent: neither the state nor the user says it. Of several hosts of the inventory the first. */
  readonly host?: string;
  /** The target of the user's inventory that it is. */
  readonly target?: Target;
}

/** Words of the state by which somebody may know a target: keys of its resources, names, tags. */
function wordsOf({ listener, group, attachments }: FoundTarget): readonly string[] {
  const keys = [listener, group, ...attachments].map(({ resource }) => resource.key);
  const tags = [listener, group].flatMap(({ resource }) => Object.values(tagsOf(resource.values.tags)));
  return [...keys, group.values.name, ...tags].flatMap((word) =>
    typeof word === 'string' ? [word.toLowerCase()] : [],
  );
}

function tagsOf(tags: unknown): Readonly<Record<string, unknown>> {
  return typeof tags === 'object' && tags !== null ? (tags as Readonly<Record<string, unknown>>) : {};
}

/**
 * Where each found target leads. What the user gives counts first, then the user's inventory, then the names that the old
 * configuration resolved itself. Two answers are none: nothing is guessed.
 */
export function identify(
  targets: readonly FoundTarget[],
  records: ResourcesByType['addressRecords'],
  known: Known,
): { readonly identities: ReadonlyMap<FoundTarget, Identity>; readonly findings: readonly AdoptFinding[] } {
  const identities = new Map<FoundTarget, Identity>();
  const findings: AdoptFinding[] = [];
  const owners = new Map<Target, FoundTarget>();
  for (const found of targets) {
    const given = known.hosts.get(found.listenerPort);
    const target = known.targets === undefined ? undefined : inventoryTarget(found, known.targets, given);
    const owner = target === undefined ? undefined : owners.get(target);
    if (target !== undefined && owner !== undefined) {
      findings.push(sameTarget(found, target, owner));
    } else if (target !== undefined) {
      owners.set(target, found);
      identities.set(found, { host: target.hosts[0].name, target });
    } else {
      const host = given ?? resolvedHost(found, records);
      identities.set(found, host === undefined ? {} : { host });
    }
  }
  const ports = new Set(targets.map(({ listenerPort }) => listenerPort));
  const unknown = [...known.hosts.keys()].filter((port) => !ports.has(port));
  if (unknown.length > 0) {
    findings.push(
      refused(
        'PLR9110',
        '',
        `--host names the listener ${unknown.length === 1 ? 'port' : 'ports'} ${listed(unknown)}, which the load balancer does not have; it has ${listed([...ports])}`,
        'Write the listener port before the `=`, not the target’s own.',
      ),
    );
  }
  return { identities, findings };
}

/**
 * The target of the inventory that a listener is: of the targets with its port the one that asks for its listener port;
 * else the only one that the state knows by its host, its name or its address.
 */
function inventoryTarget(found: FoundTarget, targets: readonly Target[], host: string | undefined): Target | undefined {
  const samePort = targets.filter(({ port }) => port === found.port);
  const asking = samePort.filter(({ listenPort }) => listenPort === found.listenerPort);
  if (asking.length > 0) return only(asking);
  const unasking = samePort.filter(({ listenPort }) => listenPort === undefined);
  if (host !== undefined) return only(unasking.filter((target) => hostNames(target.hosts).includes(host)));
  const words = wordsOf(found);
  const says = (text: string): boolean => words.some((word) => word === text || word.endsWith(`-${text}`));
  for (const fits of [
    (target: Target) => target.hosts.some(({ name }) => words.includes(name)),
    (target: Target) => says(target.name),
    (target: Target) => target.hosts.some(({ name, literal }) => literal && found.addresses.includes(name)),
  ]) {
    const fitting = unasking.filter(fits);
    if (fitting.length > 0) return only(fitting);
  }
  return undefined;
}

/** The host that the old configuration itself resolved to these addresses; of several the one that the state calls the target by. */
function resolvedHost(found: FoundTarget, records: ResourcesByType['addressRecords']): string | undefined {
  const hosts = (fits: (addresses: readonly string[]) => boolean): readonly string[] => [
    ...new Set(
      records
        .filter(({ values }) => fits(values.addrs ?? []))
        .map(({ values }) => values.host.toLowerCase().replace(/\.$/, '')),
    ),
  ];
  const same = hosts(
    (addresses) =>
      addresses.length === found.addresses.length && addresses.every((one) => found.addresses.includes(one)),
  );
  const words = wordsOf(found);
  const named = (candidates: readonly string[]): readonly string[] => candidates.filter((host) => words.includes(host));
  // The last look-up may have been after the last registration: one address in common and the name are enough.
  const near = hosts((addresses) => addresses.some((one) => found.addresses.includes(one)));
  return only(named(near)) ?? only(same);
}

function only<T>(items: readonly T[]): T | undefined {
  return items.length === 1 ? items[0] : undefined;
}

function sameTarget(found: FoundTarget, target: Target, owner: FoundTarget): AdoptFinding {
  return refused(
    'PLR9110',
    found.listener.resource.address,
    `the listeners on port ${owner.listenerPort} and ${found.listenerPort} both lead to ${hostNames(target.hosts).join(', ')}:${target.port}, which is one target of the inventory, ${target.name}`,
    `Write a target for each, with the \`listenPort\` that it has.`,
  );
}
