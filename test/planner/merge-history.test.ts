import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import { parseSides } from '../../src/lock/sides';
import { hasErrors, type Lock, type LockedRouter, type RetiredPort, type Router, type Target } from '../../src/model';
import { mergeLocks, planRouting } from '../../src/planner';
import { runs } from '../support/runs';
import { applyStep, inventoryOf, START, type Step, steps, type World } from './history';

const folder = mkdtempSync(join(tmpdir(), 'plr-merges-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What git makes of a lock on two branches, in one of its styles. */
function merged(ancestor: Lock, ours: Lock, theirs: Lock, style: readonly string[]): string {
  const files = { ours, ancestor, theirs };
  for (const [name, lock] of Object.entries(files)) writeFileSync(join(folder, name), serializeLock(lock));
  const { error } = spawnSync('git', ['merge-file', ...style, 'ours', 'ancestor', 'theirs'], { cwd: folder });
  if (error !== undefined) throw error;
  return readFileSync(join(folder, 'ours'), 'utf8');
}

/** The inventory as people merge it: what one side changed, of what both changed the base's, and both sides' new targets. */
function mergedRouter(ancestor: Router, base: Router, side: Router): Router {
  const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
  const keys = [...new Set([...Object.keys(base), ...Object.keys(side)])] as (keyof Router)[];
  const values = keys.map((key) => [key, same(base[key], ancestor[key]) ? side[key] : base[key]] as const);
  const before = new Map(ancestor.targets.map((one) => [one.name, one]));
  const [ours, theirs] = [base, side].map(({ targets }) => new Map(targets.map((one) => [one.name, one])));
  const renames = new Set(base.targets.flatMap(({ renamedFrom }) => renamedFrom ?? []));
  const kept = base.targets.flatMap((one): Target[] => {
    const old = before.get(one.name);
    const other = theirs?.get(one.name);
    if (old !== undefined && other === undefined) return [];
    return [same(one, old) && other !== undefined ? other : one];
  });
  const added = side.targets.flatMap((one): Target[] => {
    if (ours?.has(one.name) === true || before.has(one.name)) return [];
    const { renamedFrom, ...rest } = one;
    return renamedFrom === undefined || renames.has(renamedFrom) ? [rest] : [one];
  });
  return { ...(Object.fromEntries(values) as unknown as Router), targets: [...kept, ...added] };
}

/** Goes on from a world; a step that is an error is taken back, as a user would. */
function live(start: World, all: readonly Step[]): World {
  return all.reduce((world, step) => {
    const next = applyStep(world, step).world;
    const planned = planRouting({ inventory: inventoryOf(next), lock: next.lock });
    return hasErrors(planned.findings) ? world : { router: next.router, lock: planned.lock };
  }, start);
}

const entryOf = (lock: Lock): LockedRouter | undefined => lock.routers.analytics;
const place = ({ shard, listenerPort }: { readonly shard: string; readonly listenerPort: number }): string =>
  `${shard}:${listenerPort}`;

const forwarded = (one: Pick<RetiredPort, 'shard' | 'listenerPort' | 'forwarderPort'>): string =>
  `${place(one)} by ${one.forwarderPort ?? 'the same'}`;

interface Branches {
  readonly ancestor: World;
  readonly base: World;
  readonly side: World;
  /** The merged inventory. */
  readonly router: Router;
}

/** What must hold of every merge. */
function holdMerge({ ancestor, base, side, router }: Branches, lock: Lock): void {
  const text = serializeLock(lock);
  expect(parseLock(text, 'x').diagnostics).toEqual([]);
  const again = planRouting({ inventory: inventoryOf({ router, lock }), lock });
  expect(hasErrors(again.findings), JSON.stringify(again.findings)).toBe(false);
  expect(serializeLock(again.lock)).toBe(text);
  const [before, after] = [entryOf(base.lock), entryOf(lock)];
  const moved = router.targets.filter((one) => {
    const old = before?.targets[one.name] ?? before?.targets[one.renamedFrom ?? ''];
    const now = after?.targets[one.name];
    return old !== undefined && (now === undefined || forwarded(old) !== forwarded(now));
  });
  expect(moved.filter(({ listenPort }) => listenPort === undefined)).toEqual([]);
  const known = new Set([...(after?.retired ?? []), ...Object.values(after?.targets ?? {})].map(place));
  // What the base has released since is free: the other side only has not heard of it.
  const held = new Set((before?.retired ?? []).map(place));
  const released = new Set((entryOf(ancestor.lock)?.retired ?? []).map(place).filter((one) => !held.has(one)));
  for (const { lock: one } of [base, side]) {
    const entry = entryOf(one);
    const lost = (entry?.retired ?? []).filter((port) => !released.has(place(port)) && !known.has(place(port)));
    expect(lost, 'retired ports that nobody knows any more').toEqual([]);
    expect(Object.keys(after?.shards ?? {})).toEqual(expect.arrayContaining(Object.keys(entry?.shards ?? {})));
    expect(after?.pools ?? []).toEqual(expect.arrayContaining([...(entry?.pools ?? [])]));
  }
  const generations = Object.entries(before?.shards ?? {}).filter(
    ([key, { generation }]) =>
      after?.shards[key]?.state !== 'removed' && (after?.shards[key]?.generation ?? 0) < (generation ?? 0),
  );
  expect(generations).toEqual([]);
}

const RUNS = runs(8);

describe.each(['aws', 'per-target'] as const)('two branches of a random history: %s', (kind) => {
  it('become one lock that is sound, moves nothing of the base and plans the same again', { timeout: 240_000 }, () => {
    const cloud = kind === 'aws' ? 'aws' : 'azure';
    const tally = { merges: 0, conflicts: 0, contradictions: 0, refused: new Map<string, number>() };
    const branch = steps(cloud).map((all) => all.slice(0, 8));
    fc.assert(
      fc.property(steps(cloud), branch, branch, fc.nat(5), (first, one, two, flags) => {
        const ancestor = live(START[kind], first);
        const [base, side] = [live(ancestor, one), live(ancestor, two)];
        const style = [[], ['--diff3'], ['--zdiff3']][flags % 3] ?? [];
        const [ours, theirs] = flags < 3 ? [base, side] : [side, base];
        const text = merged(ancestor.lock, ours.lock, theirs.lock, style);
        if (text.includes('<<<<<<<')) tally.conflicts += 1;
        else if (parseLock(text, 'x').lock === undefined) tally.contradictions += 1;
        const { sides, diagnostics } = parseSides(text, 'x');
        expect(diagnostics).toEqual([]);
        const router = mergedRouter(ancestor.router, base.router, side.router);
        const inventory = inventoryOf({ router, lock: base.lock });
        const edit = mergeLocks({ base: base.lock, sides: sides ?? [], inventory, reference: 'main' });
        if (!('lock' in edit)) throw new Error('a merge is no error');
        const planned = planRouting({ inventory, lock: edit.lock });
        const errors = planned.findings.filter(({ severity }) => severity === 'error');
        // What the merged inventory asks for is refused, as it is without any merge.
        const alone = planRouting({ inventory, lock: base.lock }).findings.filter(
          ({ severity }) => severity === 'error',
        );
        for (const { code } of errors) tally.refused.set(code, (tally.refused.get(code) ?? 0) + 1);
        if (alone.length === 0) expect(errors.map(({ code, message, fix }) => `${code} ${message} ${fix}`)).toEqual([]);
        if (errors.length > 0) return;
        tally.merges += 1;
        holdMerge({ ancestor, base, side, router }, planned.lock);
        edit.told?.(planned.lock);
      }),
      { numRuns: RUNS, seed: 4711, endOnFailure: true },
    );
    expect(tally.merges).toBeGreaterThan(RUNS / 2);
    expect(tally.conflicts).toBeGreaterThan(RUNS / 4);
  });
});
