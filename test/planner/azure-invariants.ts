import { expect } from 'vitest';
import { OTHER_FORWARDER_PORTS, reservedPorts } from '../../src/forwarder';
import { limit } from '../../src/limits';
import {
  AZURE_REFUSED_PORTS,
  type AzureRouter,
  comparePools,
  type LockedRouter,
  lockedForwarderPort,
  type PlannedAzureRouter,
  type PlannedRouter,
} from '../../src/model';
import { type Accepted, plannedOf } from './invariants';

function azureOf(planned: PlannedRouter): PlannedAzureRouter {
  if (planned.cloud !== 'azure') throw new Error('a router of another cloud');
  return planned;
}

/** What must hold of every accepted plan of a router of Azure. */
export function holdAzureInvariants(
  router: AzureRouter,
  before: LockedRouter,
  after: LockedRouter,
  planned: PlannedRouter,
): void {
  poolsStay(before, after);
  poolsAreWhole(azureOf(planned), after);
  poolsFit(router, azureOf(planned), after);
  portsAreNotReserved(after);
  forwardersAreUnique(router, after);
  portsAreForwarded(azureOf(planned), after);
  placeIsPinned(router, before, after);
  namesAreSound(azureOf(planned));
}

/** A shard never changes its pool, no pool is forgotten, and one that was left by every shard gets none again. */
function poolsStay(before: LockedRouter, after: LockedRouter): void {
  for (const [key, { pool }] of Object.entries(before.shards)) expect(after.shards[key]?.pool, key).toBe(pool);
  expect(after.pools).toEqual([...(after.pools ?? [])].sort(comparePools));
  expect(after.pools).toEqual(expect.arrayContaining([...(before.pools ?? [])]));
  const left = (before.pools ?? []).filter(
    (pool) => !Object.values(before.shards).some((shard) => shard.pool === pool && shard.state !== 'removed'),
  );
  for (const [key, { pool }] of Object.entries(after.shards)) {
    if (before.shards[key] === undefined) expect(left, `the pool of ${key}, which is new`).not.toContain(pool);
  }
}

/** The plan has each pool that has a shard, with its shards, and no other. */
function poolsAreWhole(planned: PlannedAzureRouter, after: LockedRouter): void {
  const open = Object.entries(after.shards).filter(([, { state }]) => state !== 'removed');
  const pools = new Set(open.map(([, { pool }]) => pool));
  expect(planned.pools.map(({ key }) => key)).toEqual((after.pools ?? []).filter((pool) => pools.has(pool)));
  for (const { key, shards, deletionProtection } of planned.pools) {
    const own = planned.shards.filter(({ pool }) => pool === key);
    expect(shards).toEqual(own.map((shard) => shard.key));
    expect(deletionProtection, `protection of ${key}`).toBe(own.some((shard) => shard.deletionProtection));
  }
  expect(planned.shards.map(({ key }) => key)).toEqual(open.map(([key]) => key));
}

function poolsFit({ azure }: AzureRouter, planned: PlannedAzureRouter, after: LockedRouter): void {
  const haPorts = azure.loadBalancing === 'ha-ports';
  const services = haPorts ? 1 : limit('azure.privateLinkServicesPerLoadBalancer').value;
  for (const { key, shards } of planned.pools) {
    expect(shards.length, `shards of ${key}`).toBeLessThanOrEqual(services);
    const targets = Object.values(after.targets).filter(({ shard }) => after.shards[shard]?.pool === key);
    // One rule more is the scale set's own.
    if (!haPorts) expect(targets.length, key).toBeLessThan(limit('azure.rulesPerNetworkInterface').value);
  }
}

function portsAreNotReserved(after: LockedRouter): void {
  const ports = Object.values(after.targets).map(({ listenerPort }) => listenerPort);
  expect(ports.filter((port) => reservedPorts(AZURE_REFUSED_PORTS).has(port))).toEqual([]);
}

/** No two listeners of a pool, in use or retired, share a port of its machines; another port than their own only where they must. */
function forwardersAreUnique({ azure }: AzureRouter, after: LockedRouter): void {
  const all = [...Object.values(after.targets), ...after.retired];
  const ports = all.map((one) => `${after.shards[one.shard]?.pool}:${lockedForwarderPort(one)}`);
  expect(new Set(ports).size, 'ports of the forwarders of a pool').toBe(ports.length);
  const others = all.flatMap(({ forwarderPort }) => forwarderPort ?? []);
  if (azure.loadBalancing === 'ha-ports') expect(others).toEqual([]);
  const { lowest } = OTHER_FORWARDER_PORTS;
  const wrong = others.filter((port) => port < lowest || reservedPorts(AZURE_REFUSED_PORTS).has(port));
  expect(wrong, 'other ports of the forwarders').toEqual([]);
}

/** The plan has the forwarders' port of each listener, where it is another one. */
function portsAreForwarded({ shards }: PlannedAzureRouter, after: LockedRouter): void {
  const planned = shards.flatMap(({ listeners }) =>
    listeners.flatMap(({ forwarderPort, backends }) => backends.map(({ target }) => [target, forwarderPort])),
  );
  const served = new Map(planned.map(([target, port]) => [target, port]));
  const wrong = Object.entries(after.targets).filter(
    ([name, { forwarderPort }]) => served.has(name) && served.get(name) !== forwarderPort,
  );
  expect(wrong).toEqual([]);
}

function placeIsPinned({ azure }: AzureRouter, before: LockedRouter, after: LockedRouter): void {
  expect(after.azure).toMatchObject({
    subscriptionId: azure.subscriptionId,
    location: azure.location,
    natAddresses: azure.natAddresses,
    loadBalancing: azure.loadBalancing,
  });
  if (before.azure === undefined) return;
  const { natAddresses, ...pinned } = before.azure;
  expect(after.azure).toMatchObject(pinned);
  expect(after.azure?.natAddresses).toBeGreaterThanOrEqual(natAddresses);
  expect(after.unprotected).toBeUndefined();
}

function namesOf({ pools, shards }: PlannedAzureRouter): ReadonlyMap<string, readonly string[]> {
  const names = new Map<string, readonly string[]>();
  for (const { key, loadBalancerName, securityGroupName, scaleSetName, computerNamePrefix } of pools) {
    names.set(key, [loadBalancerName, securityGroupName, scaleSetName, computerNamePrefix]);
  }
  for (const { key, privateLinkServiceName } of shards) names.set(key, [privateLinkServiceName]);
  return names;
}

function namesAreSound(planned: PlannedAzureRouter): void {
  const names = [...namesOf(planned).values()].flat();
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/);
  for (const { scaleSetName, computerNamePrefix } of planned.pools) {
    expect(scaleSetName.length).toBeLessThanOrEqual(limit('azure.scaleSetNameLength').value);
    expect(computerNamePrefix.length).toBeLessThanOrEqual(limit('azure.computerNamePrefixLength').value);
  }
}

/** Pools and shards keep their names as long as they live. */
export function azureNamesAreStable(before: Accepted | undefined, now: Accepted): void {
  if (before === undefined) return;
  const then = namesOf(azureOf(plannedOf(before.result)));
  for (const [key, names] of namesOf(azureOf(plannedOf(now.result)))) expect(names).toEqual(then.get(key) ?? names);
}
