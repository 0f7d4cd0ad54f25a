import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limit } from '../../src/limits';
import { diffLocks, serializeLock } from '../../src/lock';
import { hasErrors } from '../../src/model';
import { type PlanningResult, planRouting } from '../../src/planner';
import { RUNS_FACTOR, runs } from '../support/runs';
import { NamesGone, namesAreStable } from './aws-invariants';
import { azureNamesAreStable } from './azure-invariants';
import { applyStep, inventoryOf, START, type Step, steps, type World } from './history';
import { type Accepted, holdInvariants } from './invariants';

/** What happened to the steps of all histories of a kind, so that a test can demand that everything was really tried. */
class Tally {
  public readonly accepted = new Map<Step['kind'], number>();
  public readonly refused = new Map<string, number>();
  public readonly states = new Map<string, number>();
  public readonly generations = new Map<string, number>();
  public readonly pools = new Map<number, number>();
  /** Moves within a pool, to another pool, and to another shard of a cloud without pools. */
  public readonly moves = new Map<string, number>();
  /** The most shards and listeners that a load balancer had. */
  public fullest = { shards: 0, listeners: 0 };

  public note(world: World, { lock, plan }: PlanningResult): void {
    const entry = lock.routers[world.router.name];
    for (const shard of Object.values(entry?.shards ?? {})) {
      count(this.states, shard.state ?? 'in use');
      count(this.generations, String(shard.generation ?? 0));
    }
    const [planned] = plan.routers;
    if (planned?.cloud !== 'azure') return;
    count(this.pools, planned.pools.length);
    for (const { key, shards } of planned.pools) {
      const own = planned.shards.filter(({ pool }) => pool === key);
      const listeners = own.reduce((sum, shard) => sum + shard.listeners.length + shard.reserved.length, 0);
      const { fullest } = this;
      this.fullest = {
        shards: Math.max(fullest.shards, shards.length),
        listeners: Math.max(fullest.listeners, listeners),
      };
    }
  }

  public noteMove({ lock: before, router }: World, { lock: after }: World, moved: ReadonlySet<string>): void {
    const poolOf = (lock: World['lock'], target: string): string => {
      const entry = lock.routers[router.name];
      return entry?.shards[entry.targets[target]?.shard ?? '']?.pool ?? 'none';
    };
    for (const target of moved) {
      const [from, to] = [poolOf(before, target), poolOf(after, target)];
      count(this.moves, from === 'none' ? 'without pools' : from === to ? 'within a pool' : 'to another pool');
    }
  }
}

function count<T>(counts: Map<T, number>, key: T): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Goes on after each step with the plan it gave; a step that is an error is taken back, as a user would. */
function live(start: World, history: readonly Step[], tally: Tally): void {
  let world: World = start;
  let last: Accepted | undefined;
  const names = new NamesGone();
  for (const step of history) {
    const { world: next, moved } = applyStep(world, step);
    if (next === world) continue;
    const result = planRouting({ inventory: inventoryOf(next), lock: next.lock });
    if (hasErrors(result.findings)) {
      for (const { code, severity } of result.findings) if (severity === 'error') count(tally.refused, code);
      continue;
    }
    count(tally.accepted, step.kind);
    tally.noteMove(world, next, moved);
    const now: Accepted = { world: next, result };
    holdInvariants(now);
    if (next.router.cloud === 'aws') {
      namesAreStable(last, now);
      names.hold(now);
    } else {
      azureNamesAreStable(last, now);
    }
    changesAreTrue(world, now, moved);
    tally.note(next, result);
    last = now;
    world = { router: next.router, lock: result.lock };
  }
}

/** What `plan` would show is what happened: nothing untold, and nothing moved that was not meant to. */
function changesAreTrue(before: World, { world, result }: Accepted, moved: ReadonlySet<string>): void {
  const changes = diffLocks(before.lock, result.lock);
  const targets = (lock: World['lock']): string => {
    const { targets: all = {}, shards = {} } = lock.routers[world.router.name] ?? {};
    return JSON.stringify(Object.entries(all).map((one) => [one, shards[one[1].shard]?.generation]));
  };
  expect(changes.length === 0).toBe(targets(before.lock) === targets(result.lock));
  const asked = new Map(world.router.targets.map(({ name, listenPort }) => [name, listenPort]));
  for (const { change, target, to } of changes) {
    if (change !== 'moved') continue;
    const own = moved.has(target) || asked.get(target) === to.listenerPort;
    expect(own, `${target} moved, and nobody asked for it`).toBe(true);
  }
}

const ANY_STEPS: readonly Step['kind'][] = [
  'add',
  'remove',
  'rename',
  'forgetRenames',
  'enable',
  'host',
  'port',
  'domain',
  'listenPort',
  'basePort',
  'strategy',
  'limits',
  'shuffle',
  'teardown',
  'empty',
  'takeAway',
  'move',
  'release',
  'protection',
];
const ANY_REFUSALS = ['PLR2201', 'PLR2202', 'PLR2302', 'PLR2401', 'PLR2502', 'PLR2503', 'PLR2504'];

function demand({ accepted, refused, states }: Tally, kinds: readonly Step['kind'][], codes: readonly string[]): void {
  for (const kind of kinds) expect(accepted.get(kind) ?? 0, kind).toBeGreaterThan(0);
  for (const code of codes) expect([...refused.keys()], code).toContain(code);
  for (const state of ['prepare', 'removed']) expect(states.get(state) ?? 0, state).toBeGreaterThan(0);
}

/** With so many times as many histories as by default, everything that can happen has happened. */
const MANY = RUNS_FACTOR >= 5;

/** Few histories cannot have met everything, but most of it: a history that does nothing proves nothing. */
function demandFew({ accepted, refused }: Tally): void {
  expect(accepted.size).toBeGreaterThan(ANY_STEPS.length / 2);
  expect(refused.size).toBeGreaterThan(1);
}

describe('long histories of a router of AWS', () => {
  const tally = new Tally();

  it('keep every promise of the lock', () => {
    const property = fc.property(steps('aws'), (history) => live(START.aws, history, tally));
    fc.assert(property, { numRuns: runs(16), seed: 20_260_801 });
  });

  it('tried every kind of step, met most kinds of refusal, and took shards away', () => {
    if (!MANY) return demandFew(tally);
    demand(tally, [...ANY_STEPS, 'subnets', 'vpc'], [...ANY_REFUSALS, 'PLR2303', 'PLR2511']);
    for (const generation of ['1', '2', '3']) {
      expect(tally.generations.get(generation) ?? 0, `generation ${generation}`).toBeGreaterThan(10);
    }
    expect(tally.moves.get('without pools')).toBeGreaterThan(10);
  });
});

describe.each([
  ['per-target', { shards: 8, pools: 3 }],
  ['ha-ports', { shards: 1, pools: 8 }],
] as const)('long histories of a router of Azure, %s', (loadBalancing, most) => {
  const tally = new Tally();

  it('keep every promise of the lock', () => {
    const property = fc.property(steps('azure'), (history) => live(START[loadBalancing], history, tally));
    fc.assert(property, { numRuns: runs(2), seed: 1 });
  });

  it('tried every kind of step, met most kinds of refusal, filled pools and took shards away', () => {
    if (!MANY) return demandFew(tally);
    demand(tally, [...ANY_STEPS, 'natAddresses', 'engine'], [...ANY_REFUSALS, 'PLR2521', 'PLR2522']);
    expect(tally.fullest.shards).toBe(most.shards);
    expect(Math.max(...tally.pools.keys())).toBeGreaterThanOrEqual(most.pools);
    expect(tally.moves.get('to another pool')).toBeGreaterThan(0);
    if (loadBalancing === 'per-target') {
      expect(tally.fullest.listeners).toBe(limit('azure.rulesPerNetworkInterface').value - 1);
      expect(tally.moves.get('within a pool')).toBeGreaterThan(0);
      expect([...tally.refused.keys()]).toContain('PLR2301');
    } else {
      expect(tally.fullest.listeners).toBeGreaterThan(limit('azure.rulesPerNetworkInterface').value);
    }
  });
});

it.each(['aws', 'azure'] as const)('histories are the same for the same input: %s', (cloud) => {
  const history = fc.sample(steps(cloud), { numRuns: 2, seed: 4 });
  const run = (): string[] =>
    history.map((one) => {
      let world: World = START[cloud === 'aws' ? 'aws' : 'per-target'];
      for (const step of one) {
        const next = applyStep(world, step).world;
        const result = planRouting({ inventory: inventoryOf(next), lock: next.lock });
        if (!hasErrors(result.findings)) world = { router: next.router, lock: result.lock };
      }
      return serializeLock(world.lock);
    });
  expect(run()).toEqual(run());
});
