import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLocks, serializeLock } from '../../src/lock';
import { hasErrors } from '../../src/model';
import { planRouting } from '../../src/planner';
import { applyStep, inventoryOf, START, type Step, steps, type World } from './history';
import { type Accepted, holdInvariants, NamesGone, namesAreStable } from './invariants';

/** What happened to the steps of all histories, so that a test can demand that every kind was really tried. */
const accepted = new Map<Step['kind'], number>();
const refused = new Map<string, number>();
const states = new Map<string, number>();
const generations = new Map<string, number>();

function note(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** Goes on after each step with the plan it gave; a step that is an error is taken back, as a user would. */
function live(history: readonly Step[]): void {
  let world: World = START;
  let last: Accepted | undefined;
  const names = new NamesGone();
  for (const step of history) {
    const { world: next, moved } = applyStep(world, step);
    if (next === world) continue;
    const result = planRouting({ inventory: inventoryOf(next), lock: next.lock });
    if (hasErrors(result.findings)) {
      for (const { code, severity } of result.findings) if (severity === 'error') note(refused, code);
      continue;
    }
    note(accepted, step.kind);
    const now: Accepted = { world: next, result };
    holdInvariants(now);
    namesAreStable(last, now);
    names.hold(now);
    changesAreTrue(world, now, moved);
    for (const shard of Object.values(result.lock.routers[next.router.name]?.shards ?? {})) {
      note(states, shard.state ?? 'in use');
      note(generations, String(shard.generation ?? 0));
    }
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

describe('long histories', () => {
  it('keep every promise of the lock', () => {
    fc.assert(fc.property(steps, live), { numRuns: 80, seed: 20_260_801, interruptAfterTimeLimit: 50_000 });
  });

  it('tried every kind of step, met most kinds of refusal, and took shards away', () => {
    const kinds: Step['kind'][] = ['add', 'remove', 'rename', 'forgetRenames', 'enable', 'host', 'port', 'domain'];
    kinds.push(
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
      'subnets',
      'vpc',
      'protection',
    );
    for (const kind of kinds) expect(accepted.get(kind) ?? 0, kind).toBeGreaterThan(10);
    const met = [...refused.keys()];
    for (const code of ['PLR2201', 'PLR2202', 'PLR2303', 'PLR2401', 'PLR2502', 'PLR2503', 'PLR2504', 'PLR2511']) {
      expect(met, code).toContain(code);
    }
    for (const state of ['prepare', 'removed']) expect(states.get(state) ?? 0, state).toBeGreaterThan(10);
    for (const generation of ['1', '2', '3']) {
      expect(generations.get(generation) ?? 0, `generation ${generation}`).toBeGreaterThan(10);
    }
  });

  it('are the same for the same input', () => {
    const history = fc.sample(steps, { numRuns: 20, seed: 4 });
    const run = (): string[] =>
      history.map((one) => {
        let world: World = START;
        for (const step of one) {
          const next = applyStep(world, step).world;
          const result = planRouting({ inventory: inventoryOf(next), lock: next.lock });
          if (!hasErrors(result.findings)) world = { router: next.router, lock: result.lock };
        }
        return serializeLock(world.lock);
      });
    expect(run()).toEqual(run());
  });
});
