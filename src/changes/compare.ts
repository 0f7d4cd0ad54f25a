import {
  CHANGE_SUBJECTS,
  CLIENT_NOTICES,
  compareText,
  type Lock,
  type LockedRouter,
  nameAndPath,
  type PlanChange,
  type PlannedRouter,
  type RoutingPlan,
} from '../model';
import { type Candidate, changesOf, type Subject, told, withoutFollowers } from './candidates';
import { placeOf, placesOf } from './places';
import { POOL_ROWS, ROUTER_ROWS, SHARD_ROWS } from './router-rows';
import { type RouterPair, servesAny, targetChanges } from './targets';
import { same, type Values } from './values';
import { type RouterView, viewOfLock, viewOfPlan } from './view';

/** What is compared: a lock, and the plan that goes with it where it is known. */
export interface Deployment {
  readonly lock: Lock;
  readonly plan?: RoutingPlan;
}

/**
 * What changes between two deployments, the worst for clients first. With both plans nothing is left out: where the plans
 * of a router differ in a single character, at least one change is told, and so it is where the emitted Terraform does,
 * which is made of the plan alone. Where one of the plans is not known, the locks are compared, and what they do not keep
 * is not seen.
 */
export function compareDeployments(before: Deployment, after: Deployment): PlanChange[] {
  const names = new Set([before, after].flatMap((one) => [...routersOf(one)]));
  return [...names]
    .sort(compareText)
    .flatMap((router) => routerChanges(router, before, after))
    .sort(worstFirst);
}

function worstFirst(a: PlanChange, b: PlanChange): number {
  return (
    CLIENT_NOTICES.indexOf(a.clients) - CLIENT_NOTICES.indexOf(b.clients) ||
    compareText(a.router, b.router) ||
    CHANGE_SUBJECTS.indexOf(a.about) - CHANGE_SUBJECTS.indexOf(b.about) ||
    compareText(a.target ?? a.shard ?? a.pool ?? '', b.target ?? b.shard ?? b.pool ?? '') ||
    compareText(a.what, b.what)
  );
}

function routersOf({ lock, plan }: Deployment): readonly string[] {
  return [...Object.keys(lock.routers), ...(plan?.routers ?? []).map(({ name }) => name)];
}

interface Side {
  readonly planned: PlannedRouter | undefined;
  readonly locked: LockedRouter | undefined;
}

function sideOf(router: string, { lock, plan }: Deployment): Side {
  return {
    planned: plan?.routers.find(({ name }) => name === router),
    locked: Object.hasOwn(lock.routers, router) ? lock.routers[router] : undefined,
  };
}

function routerChanges(router: string, before: Deployment, after: Deployment): readonly PlanChange[] {
  const [old, now] = [sideOf(router, before), sideOf(router, after)];
  // A router that a plan does not have and its lock does was not planned, because of its errors.
  const planned = [before, after].every(({ plan }) => plan !== undefined) && [old, now].every(isPlannedOrAbsent);
  const view = planned ? fullView : lockView;
  const changes = pairChanges({ router, before: view(old), after: view(now) });
  if (changes.length > 0) return changes;
  const cloud = (now.planned ?? now.locked ?? old.planned ?? old.locked)?.cloud;
  if (cloud === undefined) return [];
  const subject: Subject = { router, cloud, about: 'router' };
  if (planned && !same(old.planned, now.planned)) return [orderChange(subject, 'order of keys')];
  if (same(old.locked, now.locked)) return [];
  const kept = pairChanges({ router, before: lockView(old), after: lockView(now) });
  return kept.length > 0 ? kept.map((change) => ({ ...change, clients: 'nothing' })) : [orderChange(subject, 'lock')];
}

function isPlannedOrAbsent({ planned, locked }: Side): boolean {
  return planned !== undefined || locked === undefined;
}

function fullView({ planned, locked }: Side): RouterView | undefined {
  return planned === undefined ? undefined : viewOfPlan(planned, locked);
}

function lockView({ locked }: Side): RouterView | undefined {
  return locked === undefined ? undefined : viewOfLock(locked);
}

/** The bytes differ, and nothing that Terraform or a client could tell. */
function orderChange(subject: Subject, what: string): PlanChange {
  return told(subject, { change: 'changed', clients: 'nothing', what, from: {}, to: {} }).change;
}

function pairChanges(pair: RouterPair): readonly PlanChange[] {
  const { router, before, after } = pair;
  const cloud = (after ?? before)?.cloud;
  if (cloud === undefined) return [];
  const subject: Subject = { router, cloud, about: 'router' };
  return withoutFollowers([
    ...ownChanges(subject, before, after),
    ...partChanges(pair, 'shards'),
    ...partChanges(pair, 'pools'),
    ...targetChanges(pair),
    ...retiredPorts(subject, before, after),
  ]);
}

/** What becomes of the router itself. One that leaves takes its clients with it as soon as its state is destroyed. */
function ownChanges(
  subject: Subject,
  before: RouterView | undefined,
  after: RouterView | undefined,
): readonly Candidate[] {
  if (before === undefined && after !== undefined) {
    const to = { cloud: after.cloud };
    return [told(subject, { change: 'added', clients: 'nothing', what: 'router', from: {}, to })];
  }
  if (before !== undefined && after === undefined) {
    const clients = servesAny(before) ? 'lose access' : 'nothing';
    return [told(subject, { change: 'removed', clients, what: 'router', from: { cloud: before.cloud }, to: {} })];
  }
  if (before === undefined || after === undefined) return [];
  const another = before.cloud === after.cloud ? [] : [cloudChange(subject, before, after)];
  return [...another, ...changesOf(subject, ROUTER_ROWS, before.settings, after.settings).map(destroying)];
}

function cloudChange(subject: Subject, before: RouterView, after: RouterView): Candidate {
  const [from, to] = [{ cloud: before.cloud }, { cloud: after.cloud }];
  return told(subject, { change: 'replaced', clients: 'lose access', what: 'cloud', from, to });
}

/** The last step of a teardown is no change in place. */
function destroying(candidate: Candidate): Candidate {
  const { change } = candidate;
  return change.what === 'teardown' && change.to.teardown === 'destroy'
    ? { ...candidate, change: { ...change, change: 'destroyed' } }
    : candidate;
}

/** What a part of a router is called, and what is known of its values. */
const PARTS = {
  shards: { about: 'shard', key: 'shard', rows: SHARD_ROWS },
  pools: { about: 'machines', key: 'pool', rows: POOL_ROWS },
} as const;

/** What becomes of a router's shards or pools: they come, go, or differ. */
function partChanges({ router, before, after }: RouterPair, part: keyof typeof PARTS): readonly Candidate[] {
  // A router that leaves the configuration destroys nothing by itself.
  if (after === undefined) return [];
  const old: Readonly<Record<string, Values>> = before?.[part] ?? {};
  const now: Readonly<Record<string, Values>> = after[part];
  const { about, key: name, rows } = PARTS[part];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((key): readonly Candidate[] => {
    const subject: Subject = { router, cloud: after.cloud, about, [name]: key };
    const [from, to] = [old[key], now[key]];
    if (from === undefined) {
      return [told(subject, { change: 'added', clients: 'nothing', what: name, from: {}, to: {} })];
    }
    const shards =
      part === 'shards' ? [key] : Object.keys(before?.shards ?? {}).filter((one) => poolOf(before, one) === key);
    const dialled = shards.some((one) => servesAny(before, one));
    if (to === undefined) {
      const clients = dialled ? 'lose access' : 'nothing';
      return [told(subject, { change: 'destroyed', clients, what: name, from: {}, to: {} })];
    }
    return changesOf(subject, rows, from, to, dialled);
  });
}

function poolOf(view: RouterView | undefined, shard: string): unknown {
  return view?.shards[shard]?.pool;
}

/** Ports that nothing keeps any more, and those that are kept without a target that has left them. */
function retiredPorts(
  subject: Subject,
  before: RouterView | undefined,
  after: RouterView | undefined,
): readonly Candidate[] {
  if (before === undefined || after === undefined) return [];
  const held = Object.values(before.targets).flatMap(({ locked }) => placesOf(locked));
  const old = new Set([...before.retired.map(placeOf), ...held]);
  const now = new Set(after.retired.map(placeOf));
  const freed = before.retired.filter((port) => !now.has(placeOf(port))).map(inWords);
  const kept = after.retired.filter((port) => !old.has(placeOf(port))).map(inWords);
  if (freed.length + kept.length === 0) return [];
  const [from, to] = [freed.length === 0 ? {} : { ports: freed }, kept.length === 0 ? {} : { ports: kept }];
  return [told(subject, { change: 'changed', clients: 'nothing', what: 'retired ports', from, to })];
}

function inWords({ listenerPort, target, ...selector }: RouterView['retired'][number]): string {
  return [listenerPort, nameAndPath(selector), `(${target})`].filter((part) => part !== '').join(' ');
}
