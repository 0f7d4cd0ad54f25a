import { describe, expect, it } from 'vitest';
import { OTHER_FORWARDER_PORTS, reservedPorts } from '../../src/forwarder';
import { serializeLock } from '../../src/lock';
import {
  AZURE_REFUSED_PORTS,
  type AzureRouter,
  type Lock,
  type LockedRouter,
  lockedForwarderPort,
  type RetiredPort,
  type Target,
} from '../../src/model';
import { mergeLocks, moveTargets, planRouting, releasePort, toPublicPlan } from '../../src/planner';
import { accept, azureOf, azurePlace, azureRouter, azureTarget, inventory, NOTHING, places } from './support';

const { lowest, highest } = OTHER_FORWARDER_PORTS;
const RESERVED = reservedPorts(AZURE_REFUSED_PORTS);

const pinned = (name: string, pin: string, listenPort = 443): Target => azureTarget(name, { pin, listenPort });
const of = (...targets: Target[]): AzureRouter => azureRouter({ targets });
const entryOf = (lock: Lock): LockedRouter => {
  const entry = lock.routers.analytics;
  if (entry === undefined) throw new Error('nothing was locked');
  return entry;
};
const withEntry = (entry: LockedRouter): Lock => ({ version: 1, routers: { analytics: entry } });

/** The forwarders' port of each target. */
function forwarded(lock: Lock): Record<string, number> {
  const targets = Object.entries(entryOf(lock).targets);
  return Object.fromEntries(targets.map(([name, entry]) => [name, lockedForwarderPort(entry)]));
}

function edited(edit: ReturnType<typeof releasePort>): Lock {
  if (!('lock' in edit)) throw new Error(JSON.stringify(edit.findings));
  return edit.lock;
}

const errorsOf = (one: AzureRouter, lock: Lock = NOTHING) =>
  planRouting({ inventory: inventory([one]), lock }).findings.filter(({ severity }) => severity === 'error');

describe('two shards of a pool with one listener port', () => {
  const [a, b, c] = [pinned('a', 'x'), pinned('b', 'y'), pinned('c', 'z')];
  const both = accept(of(a, b));

  it('are told apart on the machines: the second has the lowest port above those of outgoing connections', () => {
    expect(places(both.lock)).toEqual({ a: 's1:443', b: 's2:443' });
    expect(entryOf(both.lock).pools).toEqual(['p1']);
    expect(forwarded(both.lock)).toEqual({ a: 443, b: lowest });
    expect(forwarded(accept(of(a, b, c), both.lock).lock)).toEqual({ a: 443, b: lowest, c: lowest + 1 });
  });

  it('say so in the plan and in the public one, and nothing where the ports are one', () => {
    const listeners = azureOf(both).shards.map((shard) => shard.listeners.map(({ backends: _, ...rest }) => rest));
    expect(listeners).toEqual([[{ port: 443, route: 'tcp' }], [{ port: 443, forwarderPort: lowest, route: 'tcp' }]]);
    const { routers } = toPublicPlan(both.plan, { changes: [], compared: 'nothing', diagnostics: [] });
    const shown = routers.analytics?.shards.flatMap((shard) => shard.listeners.map((one) => one.forwarderPort));
    expect(shown).toEqual([undefined, lowest]);
    expect(serializeLock(both.lock).match(/forwarderPort/g)).toHaveLength(1);
  });

  it('keep their ports while the other one goes, and what went is nobody’s until its release', () => {
    const { lock } = accept(of(b), both.lock);
    expect(forwarded(lock)).toEqual({ b: lowest });
    expect(forwarded(accept(of(b, c), lock).lock)).toEqual({ b: lowest, c: lowest + 1 });
    const freed = edited(releasePort(lock, 'analytics', 443));
    expect(forwarded(accept(of(b, c), freed).lock)).toEqual({ b: lowest, c: 443 });
    const without = accept(of(a), both.lock).lock;
    expect(entryOf(without).retired).toEqual([
      { shard: 's2', listenerPort: 443, forwarderPort: lowest, target: 'b', portFrom: 'listenPort' },
    ]);
    expect(forwarded(accept(of(a, c), without).lock)).toEqual({ a: 443, c: lowest + 1 });
  });

  it('leave a listener alone whose own port is one that the forwarders gave out: it has another in turn', () => {
    const high = pinned('high', 'z', lowest);
    expect(forwarded(accept(of(a, b, high)).lock)).toEqual({ a: 443, b: lowest, high: lowest + 1 });
    expect(forwarded(accept(of(a, high, b)).lock)).toEqual({ a: 443, high: lowest, b: lowest + 1 });
  });

  it('may change to other ports: the old one stays the forwarders’ for whoever had it', () => {
    const now = of(a, pinned('b', 'y', 444));
    const { lock } = accept(now, both.lock);
    expect(forwarded(lock)).toEqual({ a: 443, b: 444 });
    expect(entryOf(lock).retired).toMatchObject([{ shard: 's2', listenerPort: 443, forwarderPort: lowest }]);
    const moved = accept(of(pinned('a', 'x', 444), b), both.lock).lock;
    expect(forwarded(moved)).toEqual({ a: 444, b: lowest });
  });

  it('are of two pools with `ha-ports`, whose machines get what is dialled, whatever an edited lock says', () => {
    const azure = azurePlace({ loadBalancing: 'ha-ports' });
    const { lock } = accept(azureRouter({ azure, targets: [a, b] }));
    expect(places(lock)).toEqual({ a: 's1:443', b: 's2:443' });
    expect(serializeLock(lock)).not.toContain('forwarderPort');
    const { b: second, ...rest } = entryOf(lock).targets;
    if (second === undefined) throw new Error('b has no place');
    const edited = withEntry({ ...entryOf(lock), targets: { ...rest, b: { ...second, forwarderPort: lowest } } });
    const again = accept(azureRouter({ azure, targets: [a, b] }), edited);
    expect(serializeLock(again.lock)).toBe(serializeLock(lock));
  });

  it('are not what `preserve` chooses: unasked, a port is one target’s in the pool', () => {
    const own = [a, b].map(({ listenPort: _, ...one }) => ({ ...one, port: 443 }));
    const { lock, findings } = accept(azureRouter({ portStrategy: 'preserve', targets: own }));
    expect(places(lock)).toEqual({ a: 's1:443', b: 's2:10000' });
    expect(findings.map(({ code, message }) => `${code} ${message}`)).toEqual([
      'PLR2203 b cannot listen on its own port 443: on shard s1 a has it; base-port chooses one',
    ]);
  });
});

describe('ports of the forwarders that are all taken', () => {
  const free = Array.from({ length: highest - lowest + 1 }, (_, index) => lowest + index).filter(
    (port) => !RESERVED.has(port),
  );
  /** A pool with `a` on s1, where each of these ports of the forwarders is retired on s2. */
  const crowded = (ports: readonly number[]): Lock => {
    const entry = entryOf(accept(of(pinned('a', 'x'), pinned('b', 'y', 444))).lock);
    const retired = ports.map((port): RetiredPort => ({ shard: 's2', listenerPort: port, target: 'old' }));
    return withEntry({ ...entry, retired });
  };
  const asks = of(pinned('a', 'x'), pinned('b', 'y', 444), pinned('c', 'y', 443));

  it('are refused with a port that can be released, and one is enough', () => {
    const lock = crowded(free);
    expect(free).toHaveLength(4435);
    const [only, ...others] = errorsOf(asks, lock);
    expect(others).toEqual([]);
    expect(only).toMatchObject({ code: 'PLR2205', path: ['routers', 'analytics', 'targets', 'c'] });
    expect(only?.message).toBe(
      'the forwarders of pool p1 of analytics listen on the ports of c for listeners of other shards, in use or retired, and none of the ports from 61100 to 65535 is free instead',
    );
    expect(only?.fix).toContain('`privatelink-router lock release analytics 61100`');
    const { lock: after } = accept(asks, edited(releasePort(lock, 'analytics', 61_100)));
    expect(forwarded(after)).toEqual({ a: 443, b: 444, c: 61_100 });
    expect(forwarded(accept(asks, crowded(free.slice(0, -1))).lock)).toMatchObject({ c: 65_534 });
    // A port that no shard of the pool has needs none of these.
    expect(errorsOf(of(pinned('a', 'x'), pinned('b', 'y', 444), pinned('c', 'y', 445)), lock)).toEqual([]);
  });

  it('refuse a move within the pool, and a merge that would have to retire one more', () => {
    const lock = crowded(free);
    const one = of(pinned('a', 'x'), pinned('b', 'y', 444), pinned('mate', 'y', 446));
    const there = accept(one, lock).lock;
    const move = moveTargets(there, inventory([of(pinned('a', 'x'), pinned('b', 'x', 444))]), 'analytics', ['b'], 's1');
    expect('lock' in move).toBe(false);
    expect(move.findings).toMatchObject([{ code: 'PLR2205', path: ['routers', 'analytics', 'targets', 'b'] }]);
    const side = withEntry({
      ...entryOf(lock),
      retired: [{ shard: 's2', listenerPort: 443, forwarderPort: 445, target: 'old' }],
    });
    const taken = {
      ...entryOf(lock),
      retired: [...entryOf(lock).retired, { shard: 's1', listenerPort: 445, target: 'x' }],
    };
    const now = inventory([of(pinned('a', 'x'), pinned('b', 'y', 444))]);
    const merge = mergeLocks({ base: withEntry(taken), sides: [side], inventory: now, reference: 'main' });
    expect(merge.findings.filter(({ severity }) => severity === 'error')).toMatchObject([{ code: 'PLR2205' }]);
  });
});

describe('two branches that gave out one port of the forwarders', () => {
  const [a, b, c] = [pinned('a', 'x'), pinned('b', 'y'), pinned('c', 'z')];
  const start = accept(of(a)).lock;
  const merged = (base: Lock, side: Lock, now: AzureRouter): Lock => {
    const edit = mergeLocks({ base, sides: [side], inventory: inventory([now]), reference: 'main' });
    return accept(now, edited(edit)).lock;
  };

  it('keep both places: the base’s target keeps its port, and the other one gets another behind the same listener', () => {
    const base = accept(of(a, b), start).lock;
    const side = accept(of(a, azureTarget('other'), c), start).lock;
    expect([places(base).b, places(side).c]).toEqual(['s2:443', 's3:443']);
    expect([forwarded(base).b, forwarded(side).c]).toEqual([lowest, lowest]);
    const lock = merged(base, side, of(a, b, azureTarget('other'), c));
    expect(places(lock)).toMatchObject({ a: 's1:443', b: 's2:443', c: 's3:443' });
    expect(forwarded(lock)).toMatchObject({ a: 443, b: lowest, c: lowest + 1 });
  });

  it('keep what is retired on either, under a port that nobody has', () => {
    const two = accept(of(a, b), start).lock;
    // The base released b's old place and gave its port to another shard; the side has it retired still.
    const gone = accept(of(a), two).lock;
    const base = accept(of(a, c), edited(releasePort(gone, 'analytics', 443))).lock;
    expect(forwarded(base)).toEqual({ a: 443, c: lowest });
    const lock = merged(base, gone, of(a, c));
    expect(forwarded(lock)).toEqual({ a: 443, c: lowest });
    expect(entryOf(lock).retired).toEqual([
      { shard: 's2', listenerPort: 443, forwarderPort: lowest + 1, target: 'b', portFrom: 'listenPort' },
    ]);
  });
});
