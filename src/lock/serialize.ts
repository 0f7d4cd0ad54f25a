import {
  comparePools,
  compareRetired,
  compareShards,
  compareText,
  type Lock,
  type LockedAzure,
  type LockedNetwork,
  type LockedRouter,
  type LockedShard,
  type LockedTarget,
  type RetiredPort,
  sortedEntries,
} from '../model';

/**
 * The lock as text: the same bytes for the same lock. Keys are sorted, and each target, each retired port and each domain
 * of a rule has a line of its own, so that git merges what two branches add unless both add at the same place, and a
 * conflict there can be settled line by line. A router's place and its pools have one line each: two branches that change
 * one of them in two ways are in conflict.
 */
export function serializeLock(lock: Lock): string {
  const known = TEXTS.get(lock);
  if (known !== undefined) return known;
  const written = lockText(lock);
  TEXTS.set(lock, written);
  return written;
}

/** A lock never changes, and its text is wanted to compare it and again to write it. */
const TEXTS = new WeakMap<Lock, string>();

function lockText(lock: Lock): string {
  const routers = sortedEntries(lock.routers).map(([name, router]) => entry(name, routerText(router)));
  return `${block('{', ['"version": 1', `"routers": ${block('{', routers, '}')}`], '}')}\n`;
}

function routerText(router: LockedRouter): string {
  return block(
    '{',
    [
      entry('cloud', text(router.cloud)),
      ...(router.teardown === undefined ? [] : [entry('teardown', text(router.teardown))]),
      ...(router.ncc === undefined ? [] : [entry('ncc', text(router.ncc))]),
      ...(router.network === undefined ? [] : [entry('network', network(router.network))]),
      ...(router.azure === undefined ? [] : [entry('azure', azure(router.azure))]),
      ...(router.pools === undefined ? [] : [entry('pools', inline([...router.pools].sort(comparePools)))]),
      ...(router.acceleratedPools === undefined
        ? []
        : [entry('acceleratedPools', inline([...router.acceleratedPools].sort(comparePools)))]),
      ...(router.unprotected === undefined ? [] : [entry('unprotected', 'true')]),
      entry(
        'shards',
        block(
          '{',
          sortedEntries(router.shards, compareShards).map(([key, s]) => entry(key, shard(s))),
          '}',
        ),
      ),
      entry(
        'targets',
        block(
          '{',
          sortedEntries(router.targets).map(([name, t]) => entry(name, target(t))),
          '}',
        ),
      ),
      entry('retired', block('[', [...router.retired].sort(compareRetired).map(retired), ']')),
    ],
    '}',
  );
}

function network({ accountId, region, vpcId, subnetIds }: LockedNetwork): string {
  return line({ accountId, region, vpcId, subnetIds: [...subnetIds].sort(compareText) });
}

function azure(value: LockedAzure): string {
  const { subscriptionId, location, resourceGroupName, natSubnetId, addressSpace, natAddresses, loadBalancing } = value;
  const zones = [...value.zones].sort(compareText);
  return line({
    subscriptionId,
    location,
    resourceGroupName,
    natSubnetId,
    addressSpace,
    natAddresses,
    zones,
    loadBalancing,
  });
}

function shard(value: LockedShard): string {
  const domains = entry('domains', block('[', [...value.domains].sort(compareText).map(text), ']'));
  return block(
    '{',
    [
      ...(value.pool === undefined ? [] : [entry('pool', text(value.pool))]),
      ...(value.pin === undefined ? [] : [entry('pin', text(value.pin))]),
      ...(value.state === undefined ? [] : [entry('state', text(value.state))]),
      ...(value.generation === undefined ? [] : [entry('generation', String(value.generation))]),
      ...(value.loadBalancerName === undefined ? [] : [entry('loadBalancerName', text(value.loadBalancerName))]),
      ...(value.securityGroupName === undefined ? [] : [entry('securityGroupName', text(value.securityGroupName))]),
      domains,
    ],
    '}',
  );
}

function target(value: LockedTarget): string {
  const { shard: key, listenerPort, forwarderPort, host, port, domain, route, path } = value;
  const { portFrom, bornAs, targetGroupName, addresses } = value;
  const hosts = value.hosts && [...value.hosts].sort(compareText);
  const domains = value.domains && [...value.domains].sort(compareText);
  return line({
    shard: key,
    listenerPort,
    forwarderPort,
    host,
    hosts,
    port,
    domain,
    domains,
    route,
    path,
    portFrom,
    bornAs,
    targetGroupName,
    addresses,
  });
}

function retired(value: RetiredPort): string {
  const { shard: key, listenerPort, forwarderPort, target: last, route, name, path, portFrom } = value;
  return line({ shard: key, listenerPort, forwarderPort, target: last, route, name, path, portFrom });
}

/** A map on one line, absent values left out. */
function line(values: Readonly<Record<string, unknown>>): string {
  const entries = Object.entries(values).filter(([, value]) => value !== undefined);
  return `{ ${entries.map(([key, value]) => entry(key, inline(value))).join(', ')} }`;
}

function inline(value: unknown): string {
  return Array.isArray(value) ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]` : JSON.stringify(value);
}

function text(value: string): string {
  return JSON.stringify(value);
}

function entry(key: string, value: string): string {
  return `${text(key)}: ${value}`;
}

/** Items on lines of their own, indented; the empty block on one line. */
function block(open: string, items: readonly string[], close: string): string {
  if (items.length === 0) return open + close;
  return `${open}\n${items.map((item) => `  ${item.replaceAll('\n', '\n  ')}`).join(',\n')}\n${close}`;
}
