import { expect } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { limitValue, usedValue } from '../../src/limits';
import { parseLock, serializeLock } from '../../src/lock';
import {
  backendsOf,
  hasErrors,
  type LockedRouter,
  type LockedTarget,
  type PlannedRouter,
  type RetiredPort,
} from '../../src/model';
import { type PlanningResult, planRouting } from '../../src/planner';
import { holdAwsInvariants } from './aws-invariants';
import { holdAzureInvariants } from './azure-invariants';
import { inventoryOf, shuffled, type World } from './history';

/** The same on both clouds, where nobody states another. */
const DOMAINS = limitValue('databricks.domainsPerRule', {});

/** A world, and what a plan that is free of errors made of it. */
export interface Accepted {
  readonly world: World;
  readonly result: PlanningResult;
}

export function entryOf({ lock }: { readonly lock: World['lock'] }, name: string): LockedRouter {
  return lock.routers[name] ?? { cloud: 'aws', shards: {}, targets: {}, retired: [] };
}

export function plannedOf({ plan }: PlanningResult): PlannedRouter {
  const [planned] = plan.routers;
  if (planned === undefined) throw new Error('no router was planned');
  return planned;
}

/** Everything that must hold of every accepted plan, whatever came before. */
export function holdInvariants(now: Accepted): void {
  const { world, result } = now;
  const before = entryOf(world, world.router.name);
  const after = entryOf(result, world.router.name);
  for (const { code } of result.findings) expect(Object.keys(CATALOGUE)).toContain(code);
  survivorsStay(world, before, after);
  retiredPortsStay(world, before, after);
  portsAreUnique(after);
  endpointsFit(world, plannedOf(result));
  rulesAreWhole(plannedOf(result), after);
  planningAgainChangesNothing(now);
  orderDecidesNothing(now);
  domainsAreAtHome(plannedOf(result));
  lockRoundTrips(result);
  if (world.router.cloud === 'aws') holdAwsInvariants(world.router, before, after, plannedOf(result));
  else holdAzureInvariants(world.router, before, after, plannedOf(result));
}

function origin(world: World, before: LockedRouter, name: string): readonly [string, LockedTarget] | undefined {
  const own = before.targets[name];
  if (own !== undefined) return [name, own];
  const old = world.router.targets.find((one) => one.name === name)?.renamedFrom;
  const entry = old === undefined ? undefined : before.targets[old];
  return old === undefined || entry === undefined ? undefined : [old, entry];
}

/** One demand for all of them: histories hold many targets, and each demand takes its time. */
function survivorsStay(world: World, before: LockedRouter, after: LockedRouter): void {
  const wrong = world.router.targets.filter((one) => {
    const now = after.targets[one.name];
    const then = origin(world, before, one.name)?.[1];
    if (now === undefined || then === undefined) return now === undefined;
    if (now.shard !== then.shard || now.listenerPort !== (one.listenPort ?? then.listenerPort)) return true;
    return now.listenerPort === then.listenerPort && now.forwarderPort !== then.forwarderPort;
  });
  expect(wrong, 'targets without a place, or with another one').toEqual([]);
}

function retiredPortsStay(world: World, before: LockedRouter, after: LockedRouter): void {
  const forwarded = (one: RetiredPort): string => `${placeOf(one)} by ${one.forwarderPort ?? 'the same'}`;
  const stays = new Set(after.retired.map(forwarded));
  expect(before.retired.filter((port) => !stays.has(forwarded(port)))).toEqual([]);
  const retired = new Set(after.retired.map(placeOf));
  const kept = new Set(Object.values(after.targets).map(placeOf));
  const gone = Object.values(before.targets).filter((then) => !kept.has(placeOf(then)));
  const missing = [...before.retired, ...gone].filter((port) => !retired.has(placeOf(port)));
  expect(missing, 'ports that are retired, or whose target is gone').toEqual([]);
  const everRetired = new Set(before.retired.map(({ listenerPort }) => listenerPort));
  const taken = Object.entries(after.targets).filter(([name, now]) => {
    const isNew = origin(world, before, name) === undefined;
    const fromRetired = isNew && now.portFrom === undefined && everRetired.has(now.listenerPort);
    return fromRetired || retired.has(placeOf(now));
  });
  expect(taken, 'targets with a retired port').toEqual([]);
}

/** What listeners must differ in, in use or retired. */
function placeOf({ shard, listenerPort }: { readonly shard: string; readonly listenerPort: number }): string {
  return `${shard}:${listenerPort}`;
}

function portsAreUnique(after: LockedRouter): void {
  const entries = Object.values(after.targets);
  const places = entries.map(placeOf);
  expect(new Set(places).size, 'ports of a shard').toBe(places.length);
  const retired = after.retired.map(placeOf);
  expect(new Set([...places, ...retired]).size, 'ports in use and retired').toBe(places.length + retired.length);
  const times = new Map<number, number>();
  for (const { listenerPort } of entries) times.set(listenerPort, (times.get(listenerPort) ?? 0) + 1);
  const shared = entries.filter((one) => one.portFrom === undefined && (times.get(one.listenerPort) ?? 0) > 1);
  expect(shared, 'ports that base-port gave and that somebody else has too').toEqual([]);
}

function endpointsFit({ router }: World, planned: PlannedRouter): void {
  const id = router.cloud === 'aws' ? 'databricks.endpointsPerRegion' : 'databricks.endpointsPerRegionAzure';
  const endpoints = planned.shards.length + usedValue(id, router.limits);
  expect(endpoints).toBeLessThanOrEqual(limitValue(id, router.limits));
}

function rulesAreWhole(planned: PlannedRouter, after: LockedRouter): void {
  for (const { key, listeners, reserved, domains } of planned.shards) {
    const locked = Object.values(after.targets).filter(({ shard }) => shard === key);
    expect(listeners.length + reserved.length, `targets of ${key}`).toBe(locked.length);
    expect(domains.length, `domains of ${key}`).toBeGreaterThan(0);
    expect(domains.length, `domains of ${key}`).toBeLessThanOrEqual(DOMAINS);
  }
}

function planningAgainChangesNothing({ world, result }: Accepted): void {
  const again = planRouting({ inventory: inventoryOf(world), lock: result.lock });
  expect(hasErrors(again.findings), JSON.stringify(again.findings)).toBe(false);
  expect(serializeLock(again.lock)).toBe(serializeLock(result.lock));
  expect(JSON.stringify(again.plan)).toBe(JSON.stringify(result.plan));
}

function orderDecidesNothing({ world, result }: Accepted): void {
  const inventory = inventoryOf(world);
  const other = { ...world.router, targets: shuffled(world.router.targets, 7) };
  const again = planRouting({ inventory: { ...inventory, routers: [other] }, lock: result.lock });
  expect(serializeLock(again.lock)).toBe(serializeLock(result.lock));
  expect(JSON.stringify(again.plan)).toBe(JSON.stringify(result.plan));
}

function domainsAreAtHome(planned: PlannedRouter): void {
  const domains = planned.shards.flatMap((shard): readonly string[] => shard.domains);
  expect(new Set(domains).size, 'a domain stands in one rule').toBe(domains.length);
  for (const shard of planned.shards) {
    const { domains: rule } = shard;
    const wanted = new Set(backendsOf(shard).flatMap(({ domains }) => domains));
    if (wanted.size > 0) expect([...wanted].sort()).toEqual(rule);
    expect([...rule].sort()).toEqual(rule);
  }
}

function lockRoundTrips(result: PlanningResult): void {
  const text = serializeLock(result.lock);
  const parsed = parseLock(text, 'lock.json');
  expect(parsed.diagnostics).toEqual([]);
  expect(parsed.lock === undefined ? undefined : serializeLock(parsed.lock)).toBe(text);
}
