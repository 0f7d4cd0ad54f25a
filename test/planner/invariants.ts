import { expect } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { limit, limitValue, usedValue } from '../../src/limits';
import { parseLock, serializeLock } from '../../src/lock';
import { hasErrors, type LockedRouter, type LockedTarget, type PlannedRouter } from '../../src/model';
import { type PlanningResult, planRouting } from '../../src/planner';
import { inventoryOf, shuffled, type World } from './history';

const NO_ENTRY: LockedRouter = { cloud: 'aws', shards: {}, targets: {}, retired: [] };

/** A world, and what a plan that is free of errors made of it. */
export interface Accepted {
  readonly world: World;
  readonly result: PlanningResult;
}

function entryOf({ lock }: { readonly lock: World['lock'] }, name: string): LockedRouter {
  return lock.routers[name] ?? NO_ENTRY;
}

function plannedOf({ plan }: PlanningResult): PlannedRouter {
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
  limitsHold(world, plannedOf(result), after);
  planningAgainChangesNothing(now);
  orderDecidesNothing(now);
  domainsAreAtHome(plannedOf(result));
  namesAreSound(plannedOf(result));
  lockRoundTrips(result);
  generationsFollowTheNetwork(world, before, after);
}

/**
 * A load balancer is replaced exactly where a subnet goes or the VPC changes, and then each of the router's is, once and
 * with its protection off before and now; otherwise none is.
 */
function generationsFollowTheNetwork(world: World, before: LockedRouter, after: LockedRouter): void {
  const { network } = before;
  const { vpcId, subnetIds } = world.router.aws;
  const stay = (network?.subnetIds ?? []).every((id) => subnetIds.includes(id));
  const replaces = network !== undefined && (network.vpcId !== vpcId || !stay);
  const staying = Object.entries(before.shards).filter(([key]) => after.shards[key]?.state !== 'removed');
  for (const [key, { generation = 0 }] of staying) {
    expect(after.shards[key]?.generation ?? 0, `generation of ${key}`).toBe(generation + (replaces ? 1 : 0));
  }
  if (replaces && staying.length > 0) {
    expect([before.unprotected, world.router.deletionProtection]).toEqual([true, false]);
  }
  for (const [key, { generation }] of Object.entries(after.shards)) {
    if (before.shards[key] === undefined) expect(generation, `generation of ${key}, which is new`).toBeUndefined();
  }
  expect(after.network).toEqual({
    accountId: world.router.aws.accountId,
    region: world.router.aws.region,
    vpcId,
    subnetIds: [...subnetIds].sort(),
  });
  expect(after.unprotected ?? false).toBe(!world.router.deletionProtection);
}

function origin(world: World, before: LockedRouter, name: string): readonly [string, LockedTarget] | undefined {
  const own = before.targets[name];
  if (own !== undefined) return [name, own];
  const old = world.router.targets.find((one) => one.name === name)?.renamedFrom;
  const entry = old === undefined ? undefined : before.targets[old];
  return old === undefined || entry === undefined ? undefined : [old, entry];
}

function survivorsStay(world: World, before: LockedRouter, after: LockedRouter): void {
  for (const one of world.router.targets) {
    const now = after.targets[one.name];
    expect(now, `${one.name} has a place`).toBeDefined();
    const then = origin(world, before, one.name)?.[1];
    if (then === undefined || now === undefined) continue;
    expect(now.shard, `shard of ${one.name}`).toBe(then.shard);
    expect(now.listenerPort, `port of ${one.name}`).toBe(one.listenPort ?? then.listenerPort);
  }
}

function retiredPortsStay(world: World, before: LockedRouter, after: LockedRouter): void {
  const place = (one: { shard: string; listenerPort: number }): string => `${one.shard}:${one.listenerPort}`;
  const retired = new Set(after.retired.map(place));
  for (const port of before.retired) expect(retired, 'retired ports stay retired').toContain(place(port));
  const kept = new Set(Object.values(after.targets).map(place));
  for (const [name, then] of Object.entries(before.targets)) {
    if (!kept.has(place(then))) expect(retired, `port of ${name}, which is gone`).toContain(place(then));
  }
  const everRetired = new Set(before.retired.map(({ listenerPort }) => listenerPort));
  for (const [name, now] of Object.entries(after.targets)) {
    expect(retired, `port of ${name}`).not.toContain(place(now));
    const isNew = origin(world, before, name) === undefined;
    if (isNew && now.portFrom === undefined) expect(everRetired).not.toContain(now.listenerPort);
  }
}

function portsAreUnique(after: LockedRouter): void {
  const entries = Object.values(after.targets);
  const places = entries.map(({ shard, listenerPort }) => `${shard}:${listenerPort}`);
  expect(new Set(places).size, 'ports of a shard').toBe(places.length);
  for (const { listenerPort, portFrom } of entries) {
    if (portFrom !== undefined) continue;
    const same = entries.filter((other) => other.listenerPort === listenerPort);
    expect(same.length, `base-port gave ${listenerPort} once in the router`).toBe(1);
  }
}

function limitsHold(world: World, planned: PlannedRouter, after: LockedRouter): void {
  const { limits } = world.router;
  const perShard = new Map<string, number>();
  for (const { shard } of Object.values(after.targets)) perShard.set(shard, (perShard.get(shard) ?? 0) + 1);
  for (const [shard, number] of perShard) {
    expect(number, `listeners of ${shard}`).toBeLessThanOrEqual(limitValue('aws.listenersPerLoadBalancer', limits));
  }
  for (const { key, listeners, reserved, domains } of planned.shards) {
    expect(listeners.length + reserved.length, `targets of ${key}`).toBe(perShard.get(key) ?? 0);
    expect(domains.length, `domains of ${key}`).toBeGreaterThan(0);
    expect(domains.length, `domains of ${key}`).toBeLessThanOrEqual(limitValue('databricks.domainsPerRule', limits));
  }
  const endpoints = planned.shards.length + usedValue('databricks.endpointsPerRegion', limits);
  expect(endpoints).toBeLessThanOrEqual(limitValue('databricks.endpointsPerRegion', limits));
}

function planningAgainChangesNothing({ world, result }: Accepted): void {
  const again = planRouting({ inventory: inventoryOf(world), lock: result.lock });
  expect(hasErrors(again.findings), JSON.stringify(again.findings)).toBe(false);
  expect(serializeLock(again.lock)).toBe(serializeLock(result.lock));
  expect(again.plan).toEqual(result.plan);
}

function orderDecidesNothing({ world, result }: Accepted): void {
  const inventory = inventoryOf(world);
  const other = { ...world.router, targets: shuffled(world.router.targets, 7) };
  const again = planRouting({ inventory: { ...inventory, routers: [other] }, lock: result.lock });
  expect(serializeLock(again.lock)).toBe(serializeLock(result.lock));
  expect(again.plan).toEqual(result.plan);
}

function domainsAreAtHome(planned: PlannedRouter): void {
  const domains = planned.shards.flatMap((shard) => shard.domains);
  expect(new Set(domains).size, 'a domain stands in one rule').toBe(domains.length);
  for (const { domains: rule, listeners } of planned.shards) {
    const wanted = new Set(listeners.map(({ domain }) => domain));
    if (wanted.size > 0) expect([...wanted].sort()).toEqual(rule);
    expect([...rule].sort()).toEqual(rule);
  }
}

function namesAreSound(planned: PlannedRouter): void {
  const groups = planned.shards.flatMap((shard) => shard.listeners.map(({ targetGroupName }) => targetGroupName));
  const balancers = planned.shards.map(({ loadBalancerName }) => loadBalancerName);
  for (const names of [groups, balancers]) {
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) {
      expect(name).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(name.length).toBeLessThanOrEqual(limit('aws.nameLength').value);
    }
  }
}

function lockRoundTrips(result: PlanningResult): void {
  const text = serializeLock(result.lock);
  const parsed = parseLock(text, 'lock.json');
  expect(parsed.diagnostics).toEqual([]);
  expect(parsed.lock).toEqual(result.lock);
}

/** Names that no later load balancer or target group of a history may take again. */
export class NamesGone {
  private readonly gone = new Set<string>();
  private balancers = new Map<string, string>();
  private groups: ReadonlySet<string> = new Set();

  /** Where a load balancer is replaced, none of its names and those of its groups ever comes back. */
  public hold({ result }: Accepted): void {
    const { shards } = plannedOf(result);
    const groups = new Set(shards.flatMap(({ listeners }) => listeners.map(({ targetGroupName }) => targetGroupName)));
    for (const { key, loadBalancerName, listeners } of shards) {
      const old = this.balancers.get(key);
      if (old !== undefined && old !== loadBalancerName) {
        this.gone.add(old);
        for (const { targetGroupName } of listeners) expect(this.groups).not.toContain(targetGroupName);
      }
      expect(this.gone, `the load balancer's name of ${key}`).not.toContain(loadBalancerName);
      this.balancers.set(key, loadBalancerName);
    }
    this.groups = groups;
  }
}

/** Load balancers and target groups keep their names as long as nothing changes that replaces them; a rename does not. */
export function namesAreStable(before: Accepted | undefined, now: Accepted): void {
  if (before === undefined) return;
  const shardOf = ({ world, result }: Accepted, key: string): string =>
    `${key}/${entryOf(result, world.router.name).shards[key]?.generation ?? 0}`;
  const groupOf = (accepted: Accepted): Map<string, string> =>
    new Map(
      plannedOf(accepted.result).shards.flatMap(({ key, listeners }) =>
        listeners.map(({ port, listenerPort, targetGroupName }) => {
          return [JSON.stringify([shardOf(accepted, key), listenerPort, port]), targetGroupName] as const;
        }),
      ),
    );
  const then = groupOf(before);
  for (const [identity, name] of groupOf(now)) {
    const old = then.get(identity);
    if (old !== undefined) expect(name, identity).toBe(old);
  }
  const balancers = new Map(
    plannedOf(before.result).shards.map((shard) => [shardOf(before, shard.key), shard.loadBalancerName]),
  );
  for (const { key, loadBalancerName } of plannedOf(now.result).shards) {
    expect(loadBalancerName).toBe(balancers.get(shardOf(now, key)) ?? loadBalancerName);
  }
}
