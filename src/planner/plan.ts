import {
  backendsOf,
  byCloud,
  type CloudTable,
  compareText,
  type Finding,
  type Inventory,
  type Lock,
  type LockedRouter,
  type PlannedRouter,
  type RoutingPlan,
} from '../model';
import { addressBook, type Resolutions, unknownAddresses } from './addresses';
import { ruleCost } from './azure/cost';
import { pinCost } from './azure/pin-cost';
import { type Budget, Budgets } from './budgets';
import { nameCollisions } from './collisions';
import { type Draft, openDraft, type Removal } from './draft';
import { error } from './findings';
import { lockedRouter } from './locked';
import { lockRouter } from './locked-router';
import { placeNew } from './placement';
import { plannedRouter, removedRouter } from './planned-router';
import { assignPorts } from './port-assignment';
import { stateSize } from './state-size';
import { emptied } from './teardown';

/** What a plan is made of. */
interface PlanningInput {
  readonly inventory: Inventory;
  readonly lock: Lock;
  /** Routers that the file names but that have errors: their entries in the lock stay as they are. @default none */
  readonly brokenRouters?: ReadonlySet<string>;
  /** Addresses of hosts with `dns: synth`, by host or by `addressKey(router, host)`. @default none: the lock's are used */
  readonly resolutions?: Resolutions;
}

/** A plan, the lock that goes with it, and what there is to say. With an error among the findings neither may be used. */
export interface PlanningResult {
  readonly plan: RoutingPlan;
  readonly lock: Lock;
  readonly findings: readonly Finding[];
}

/**
 * Decides where each target goes: shard, listener port, names, addresses. A target that the lock knows keeps its shard
 * and port; a new one gets a place in the order of the file. The same input gives the same plan, and planning again with
 * the new lock changes nothing. Takes time in proportion to the number of targets.
 */
export function planRouting(input: PlanningInput): PlanningResult {
  const { inventory, lock, brokenRouters = new Set(), resolutions = new Map() } = input;
  const opened = inventory.routers.map((router) => openDraft(router, lock));
  const drafts = opened.flatMap((one) => ('draft' in one ? [one.draft] : []));
  const removals = opened.flatMap((one) => ('removal' in one ? [one.removal] : []));
  const budgets = openBudgets(drafts);
  const exceeded = budgets.exceeded();

  const outcomes = [
    ...drafts.map((draft) => finish(inventory, draft, budgets.ofShards(draft.router), resolutions)),
    ...removals.map((removal) => remove(inventory, removal)),
  ].sort((a, b) => compareText(a.planned.name, b.planned.name));
  const planned = outcomes.map((outcome) => outcome.planned);
  const absent = absentRouters(inventory, lock, brokenRouters);
  const findings = [
    ...outcomes.flatMap((outcome) => outcome.findings),
    ...(exceeded.length > 0 ? exceeded : targetBudgets(budgets, planned, inventory)),
    ...nameCollisions(planned),
    ...absent.findings,
  ];
  const routers = [...outcomes.map(({ planned: { name }, locked }) => [name, locked] as const), ...absent.kept]
    .flatMap(([name, locked]) => (locked === undefined ? [] : [[name, locked] as const]))
    .sort(([a], [b]) => compareText(a, b));
  const stated = new Map(inventory.routers.map((router) => [router.name, router.limits]));
  // What a plan costs, in money or time, is news only where it can be applied.
  const costs = findings.some(({ severity }) => severity === 'error')
    ? []
    : planned.flatMap((router) => [
        ...byCloud(COSTS, router, lockedRouter(lock, router.name)),
        ...stateSize(router, stated.get(router.name) ?? {}),
      ]);
  return {
    plan: { routers: planned },
    lock: { version: 1, routers: Object.fromEntries(routers) },
    findings: [...findings, ...costs],
  };
}

/** What there is to say of the price of a router. */
const COSTS: CloudTable<PlannedRouter, [locked: LockedRouter | undefined], readonly Finding[]> = {
  aws: () => [],
  azure: (router, locked) => [...ruleCost(router, locked), ...pinCost(router, locked)],
};

interface Outcome {
  readonly planned: PlannedRouter;
  readonly locked: LockedRouter | undefined;
  readonly findings: readonly Finding[];
}

/** The shards that exist already count before any router asks for a new one. */
function openBudgets(drafts: readonly Draft[]): Budgets {
  const budgets = new Budgets(drafts.map((draft) => draft.router));
  for (const { router, shards } of drafts) {
    for (const budget of budgets.ofShards(router)) budget.taken += shards.open.size;
  }
  return budgets;
}

function finish(inventory: Inventory, draft: Draft, budgets: readonly Budget[], resolutions: Resolutions): Outcome {
  const { router, rules, locked: before, matches, newcomers, shards } = draft;
  const placement = placeNew(router, newcomers, shards, budgets, rules.room, rules.words.crowded);
  const ports = assignPorts(draft, placement.placed);
  const addressesOf = addressBook(router, before, resolutions);
  const locked = lockRouter(draft, { ports: ports.ports, retired: ports.retired, addressesOf });
  const planned = plannedRouter(inventory, draft, locked);
  // A refused target has a place that is not known here: its shard only looks empty.
  const mayWarn = router.teardown === undefined && matches.refused.size === 0;
  const empty = mayWarn ? emptiedShards(draft, planned) : [];
  const findings = [
    ...draft.findings,
    ...placement.findings,
    ...ports.findings,
    ...unknownAddresses(router, locked),
    ...empty,
  ];
  return { planned, locked, findings };
}

function emptiedShards({ router, rules, shards }: Draft, { deployment }: PlannedRouter): readonly Finding[] {
  return [...shards.open.values()]
    .filter((shard) => shard.targets.length === 0 && shard.state === undefined)
    .map((shard) => emptied(router, shard.key, `${deployment}-${shard.number}`, rules.words.remains));
}

/** A router of which only the removal is planned: ports and shards stay in the lock, in case that it comes back. */
function remove(inventory: Inventory, removal: Removal): Outcome {
  const planned = removedRouter(inventory, removal);
  const { locked, findings } = removal;
  return { planned, locked: locked === undefined ? undefined : { ...locked, teardown: 'destroy' }, findings };
}

function targetBudgets(budgets: Budgets, planned: readonly PlannedRouter[], inventory: Inventory): readonly Finding[] {
  const byName = new Map(planned.map((router) => [router.name, router]));
  for (const router of inventory.routers) {
    for (const budget of budgets.ofTargets(router)) {
      for (const shard of byName.get(router.name)?.shards ?? []) {
        budget.taken += backendsOf(shard).length + shard.reserved.length;
      }
    }
  }
  return budgets.exceeded();
}

/** Routers of the lock that the inventory does not have: kept where their errors hide them, dropped where torn down. */
function absentRouters(
  inventory: Inventory,
  lock: Lock,
  brokenRouters: ReadonlySet<string>,
): { readonly kept: readonly (readonly [string, LockedRouter])[]; readonly findings: readonly Finding[] } {
  const present = new Set(inventory.routers.map((router) => router.name));
  const absent = Object.entries(lock.routers).filter(([name]) => !present.has(name));
  const kept = absent.filter(([name, { teardown }]) => brokenRouters.has(name) || teardown !== 'destroy');
  const findings = kept
    .filter(([name]) => !brokenRouters.has(name))
    .map(([name]) =>
      error(
        'PLR2001',
        ['routers'],
        `${name} is in the lock, but not in the inventory; what it made still exists`,
        `Put ${name} back with \`teardown: prepare\`, run \`privatelink-router lock\` and apply; then set \`teardown: destroy\`, apply, and remove it.`,
      ),
    );
  return { kept, findings };
}
