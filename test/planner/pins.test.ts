import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../src/lock';
import type { Lock, LockedRouter, Router, Target } from '../../src/model';
import { mergeLocks, moveTargets, planRouting, toPublicPlan } from '../../src/planner';
import { PLAIN, renderPlan, renderPlanMarkdown } from '../../src/reports';
import { runs } from '../support/runs';
import { accept, codes, inventory, NOTHING, places, router, target, targets } from './support';

const pinned = (name: string, pin: string, over: Partial<Target> = {}): Target => target(name, { pin, ...over });
const entry = (lock: Lock): LockedRouter => lock.routers.analytics as LockedRouter;
const pins = (lock: Lock): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(entry(lock).shards).map(([key, { pin }]) => [key, pin]));
const wrong = (one: Router, lock: Lock = NOTHING) =>
  planRouting({ inventory: inventory([one]), lock }).findings.filter(({ severity }) => severity === 'error');

describe('targets with a pin', () => {
  it('share shards that hold no others, while both kinds of shards have room', () => {
    const all = [target('a'), pinned('b', 'x'), target('c'), pinned('d', 'y'), pinned('e', 'x')];
    const { lock, plan } = accept(router({ targets: all }));
    expect(places(lock)).toEqual({ a: 's1:10000', b: 's2:10001', c: 's1:10002', d: 's3:10003', e: 's2:10004' });
    expect(pins(lock)).toEqual({ s1: undefined, s2: 'x', s3: 'y' });
    expect(plan.routers[0]?.shards.map(({ pin }) => pin)).toEqual([undefined, 'x', 'y']);
    const shown = toPublicPlan(plan, { changes: [], compared: 'nothing', diagnostics: [] });
    expect(shown.routers.analytics?.shards.map(({ pin }) => pin)).toEqual([null, 'x', 'y']);
  });

  it('are shown with their pin in the text, the comment and the lock', () => {
    const { lock, plan } = accept(router({ targets: [target('a'), pinned('b', 'x')] }));
    const text = renderPlan(plan, [], PLAIN);
    expect(text).toContain('analytics-1 (s1): ');
    expect(text).toContain('analytics-2 (s2, pin x): ');
    const comment = renderPlanMarkdown({ plan, changes: [], compared: 'plans', diagnostics: [] });
    expect(comment).toMatch(/^\| s1 \|/m);
    expect(comment).toMatch(/^\| s2 \(pin x\) \|/m);
    const written = serializeLock(lock);
    expect(written.match(/"pin"/g)).toHaveLength(1);
    expect(parseLock(written, 'lock.json').lock).toEqual(lock);
    expect(parseLock(written.replace('"pin": "x"', '"pin": "s2"'), 'lock.json').lock).toBeUndefined();
  });

  it('have one listenPort on a shard each', () => {
    const brokers = [1, 2, 3].map((id) => pinned(`broker-${id}`, `broker-${id}`, { listenPort: 9094 }));
    const { lock } = accept(router({ targets: brokers }));
    expect(places(lock)).toEqual({ 'broker-1': 's1:9094', 'broker-2': 's2:9094', 'broker-3': 's3:9094' });
    expect(codes(router({ targets: brokers.map(({ pin: _, ...one }) => one) }))).toEqual(['PLR2202', 'PLR2202']);
  });

  it('open another shard of the pin where one is full', () => {
    const { lock } = accept(router({ targets: [...targets('t', 11, { pin: 'x' }), target('a')] }));
    expect(pins(lock)).toEqual({ s1: 'x', s2: 'x', s3: undefined });
    expect(places(lock)).toMatchObject({ 't-10': 's2:10010', a: 's3:10011' });
  });

  it('leave their shard to their pin when they go', () => {
    const { lock } = accept(router({ targets: [target('a'), pinned('b', 'x')] }));
    const emptied = accept(router({ targets: [target('a')] }), lock).lock;
    const more = accept(router({ targets: [target('a'), ...targets('t', 12)] }), emptied).lock;
    expect(pins(more)).toEqual({ s1: undefined, s2: 'x', s3: undefined });
    expect(Object.values(entry(more).targets).map(({ shard }) => shard)).not.toContain('s2');
    expect(places(accept(router({ targets: [target('a'), pinned('c', 'x')] }), emptied).lock).c).toBe('s2:10002');
  });
});

describe('a domain and pins', () => {
  it('is refused to targets of several pins, once', () => {
    const shared = { domains: ['one.example'] as const };
    const all = [pinned('a', 'x', shared), pinned('b', 'y', shared), target('c', shared)];
    const findings = wrong(router({ targets: all }));
    expect(findings).toMatchObject([{ code: 'PLR2307', path: ['routers', 'analytics', 'targets', 'b', 'shard'] }]);
    expect(findings[0]?.message).toContain('a (`shard: x`), b (`shard: y`), c (no pin)');
  });

  it('is refused to a new target of another pin than the shard where it stands, emptied too', () => {
    const { lock } = accept(router({ targets: [target('a'), pinned('b', 'x')] }));
    const late = target('late', { domains: ['b.corp.example'] });
    expect(wrong(router({ targets: [target('a'), pinned('b', 'x'), late] }), lock).map(({ code }) => code)).toEqual([
      'PLR2307',
    ]);
    const emptied = accept(router({ targets: [target('a')] }), lock).lock;
    const findings = wrong(router({ targets: [target('a'), late] }), emptied);
    expect(findings.map(({ code }) => code)).toEqual(['PLR2307']);
    expect(findings[0]?.message).toContain('the domain b.corp.example stands on shard s2');
  });
});

describe('a pin that changes', () => {
  const before = [...targets('t', 3), pinned('b', 'x')];
  const { lock } = accept(router({ targets: before }));
  const pin = (names: readonly string[], value: string | undefined): Router =>
    router({
      targets: before.map(({ pin: old, ...one }) => {
        const now = names.includes(one.name) ? value : old;
        return now === undefined ? one : { ...one, pin: now };
      }),
    });

  it.each([
    ['is set', ['t-0'], 'x', 's2'],
    ['is set to a new one', ['t-0', 't-1'], 'y', 's3'],
  ])('is refused where it %s, and the move that is advised works', (_, names, value, shard) => {
    const now = pin(names, value);
    const findings = wrong(now, lock);
    expect(findings.map(({ code }) => code)).toEqual(names.map(() => 'PLR2306'));
    const command = `privatelink-router lock move analytics ${names.join(' ')} --shard ${shard}`;
    for (const { fix } of findings) expect(fix).toContain(`\`${command}\``);
    const edit = moveTargets(lock, inventory([now]), 'analytics', names, shard);
    if (!('lock' in edit)) throw new Error(edit.findings.map(({ message }) => message).join());
    const after = accept(now, edit.lock);
    expect(entry(after.lock).shards[shard]?.pin).toBe(value);
    for (const name of names) expect(entry(after.lock).targets[name]?.shard).toBe(shard);
  });

  it('is refused without a command where the shard would be left empty, or several change', () => {
    const [alone] = wrong(pin(['b'], undefined), lock);
    expect(alone).toMatchObject({ code: 'PLR2306' });
    expect(alone?.fix).toContain('`lock move` cannot take b');
    const several = router({
      targets: [pinned('t-0', 'y'), pinned('t-1', 'z'), ...before.slice(2)],
    });
    for (const { fix } of wrong(several, lock)) {
      expect(fix).toContain('Change one pin at a time');
      expect(fix).not.toContain('privatelink-router lock move');
    }
  });

  it('keeps its place under a new name, and is refused there with another pin', () => {
    const rename = (value: string): Router =>
      router({ targets: [...targets('t', 3), pinned('c', value, { renamedFrom: 'b', domains: ['b.corp.example'] })] });
    expect(places(accept(rename('x'), lock).lock)).toMatchObject({ c: 's2:10003' });
    expect(wrong(rename('y'), lock).map(({ code }) => code)).toEqual(['PLR2306']);
  });

  it('does not let `lock move` take a target to a shard of another pin', () => {
    const move = (names: readonly string[], shard: string) =>
      moveTargets(lock, inventory([router({ targets: before })]), 'analytics', names, shard);
    expect(move(['t-0'], 's2')).toMatchObject({ findings: [{ code: 'PLR2812' }] });
    expect(move(['t-0'], 's2').findings[0]?.message).toContain('allowed are s1, s3 (a new one)');
    expect(move(['t-0', 'b'], 's3')).toMatchObject({ findings: [{ code: 'PLR2812' }] });
    // Of a target that the inventory no longer has, the lock says the pin.
    const gone = moveTargets(lock, inventory([router()]), 'analytics', ['t-0'], 's3');
    expect('lock' in gone && gone.lock.routers.analytics?.shards.s3).toEqual({ domains: ['t-0.corp.example'] });
  });
});

describe('a merge', () => {
  it('gives a target of a side another shard where its own has another pin in the base, and leaves the rest', () => {
    const c = pinned('c', 'y', { listenPort: 15000 });
    const start = accept(router({ targets: [target('a')] })).lock;
    const base = accept(router({ targets: [target('a'), pinned('b', 'x')] }), start).lock;
    const side = accept(router({ targets: [target('a'), c, target('e'), target('d')] }), start).lock;
    const now = router({ targets: [target('a'), pinned('b', 'x'), c, target('e'), target('d')] });
    const merged = mergeLocks({ base, sides: [side], inventory: inventory([now]), reference: 'main' });
    if (!('lock' in merged)) throw new Error('no merge');
    const { lock } = accept(now, merged.lock);
    expect(pins(lock)).toEqual({ s1: undefined, s2: 'x', s3: 'y' });
    expect(places(lock)).toMatchObject({ b: 's2:10001', c: 's3:15000', d: 's1:10002' });
  });

  it('keeps a shard of a pin that only the side has', () => {
    const start = accept(router({ targets: [target('a')] })).lock;
    const now = router({ targets: [target('a'), pinned('c', 'y')] });
    const side = accept(now, start).lock;
    const merged = mergeLocks({ base: start, sides: [side], inventory: inventory([now]), reference: 'main' });
    expect('lock' in merged && merged.lock.routers.analytics?.shards).toEqual(entry(side).shards);
  });
});

const PINS = [undefined, 'x', 'y', 'z'];

/** Whether a target asks for a port: that of three others, of other pins. */
const asks = (number: number): boolean => Math.floor(number / 4) % 5 === 0;

/** What a target is, by its number: its pin, its domain (shared by those of one pin), its port. */
function numbered(number: number): Target {
  const pin = PINS[number % PINS.length];
  const domain = number % 3 === 0 ? `d${number % 24}-${pin}.example` : `t${number}.example`;
  return target(`t${number}`, {
    domains: [domain],
    ...(pin === undefined ? {} : { pin }),
    ...(asks(number) ? { listenPort: 20_000 + Math.floor(number / 4) } : {}),
  });
}

it('no shard mixes pins, nobody moves when others come and go, and ports are given out once', () => {
  const inventories = fc.array(fc.uniqueArray(fc.nat(120), { maxLength: 60, size: 'max' }), {
    minLength: 2,
    maxLength: 6,
  });
  const property = fc.property(inventories, (all) => {
    let lock = NOTHING;
    const known = new Set<number>();
    for (const wanted of all) {
      const before = places(lock);
      // Whoever asks for a port that is retired is refused.
      const numbers = wanted.filter((one) => !asks(one) || !known.has(one) || before[`t${one}`] !== undefined);
      for (const one of numbers) known.add(one);
      const now = router({ targets: numbers.map(numbered) });
      const result = accept(now, lock);
      lock = result.lock;
      const after = places(lock);
      const shards = entry(lock).shards;
      for (const one of now.targets) {
        expect(shards[entry(lock).targets[one.name]?.shard ?? '']?.pin).toBe(one.pin);
        if (before[one.name] !== undefined) expect(after[one.name]).toBe(before[one.name]);
      }
      const given = Object.values(entry(lock).targets);
      expect(new Set(given.map(({ shard, listenerPort }) => `${shard}:${listenerPort}`)).size).toBe(given.length);
      const unasked = given.filter(({ portFrom }) => portFrom === undefined).map(({ listenerPort }) => listenerPort);
      expect(new Set(unasked).size).toBe(unasked.length);
      expect(accept(now, lock).lock).toEqual(lock);
    }
  });
  fc.assert(property, { numRuns: runs(40) });
});
