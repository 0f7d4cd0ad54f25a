import { describe, expect, it } from 'vitest';
import { limit } from '../../src/limits';
import { diffLocks, parseLock, serializeLock } from '../../src/lock';
import type { Lock, LockedRouter, Router, Target } from '../../src/model';
import { mergeLocks, moveTargets, planRouting, releasePort } from '../../src/planner';
import {
  accept,
  azureOf,
  azureRouter,
  azureTarget,
  azureTargets,
  inventory,
  NOTHING,
  places,
  type TargetValues,
} from './support';

const sni = (name: string, over: TargetValues = {}): Target => azureTarget(name, { port: 443, route: 'sni', ...over });
const http = (name: string, over: TargetValues = {}): Target =>
  azureTarget(name, { port: 8080, route: 'http', ...over });
const tcp = (name: string, over: TargetValues = {}): Target => azureTarget(name, over);
const of = (...targets: Target[]): Router => azureRouter({ targets });
const entry = (lock: Lock): LockedRouter => lock.routers.analytics as LockedRouter;
const wrong = (one: Router, lock: Lock = NOTHING) =>
  planRouting({ inventory: inventory([one]), lock })
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ code, message, path, fix }) => ({ code, message, at: path.slice(3).join('.'), fix }));
const listeners = (one: Router, lock?: Lock) =>
  azureOf(accept(one, lock)).shards.map((shard) =>
    shard.listeners.map(({ port, route, forwarderPort, backends }) => ({
      port,
      route,
      ...(forwarderPort === undefined ? {} : { forwarderPort }),
      targets: backends.map(({ target }) => target),
    })),
  );

describe('targets of a shared route', () => {
  it('listen on their own port together, by target, beside those that have one for themselves', () => {
    const one = of(sni('b'), tcp('db'), sni('a'), http('w', { listenPort: 80 }), http('v', { listenPort: 80 }));
    expect(listeners(one)).toEqual([
      [
        { port: 80, route: 'http', targets: ['v', 'w'] },
        { port: 443, route: 'sni', targets: ['a', 'b'] },
        { port: 10000, route: 'tcp', targets: ['db'] },
      ],
    ]);
  });

  it('have route and path in the lock, which is read again as it was', () => {
    const { lock } = accept(of(sni('a'), http('o', { domains: ['api.example'], path: '/orders' })));
    expect(entry(lock).targets).toMatchObject({
      a: { listenerPort: 443, route: 'sni', portFrom: 'preserve' },
      o: { listenerPort: 8080, route: 'http', path: '/orders', domain: 'api.example' },
    });
    const text = serializeLock(lock);
    expect(parseLock(text, 'lock.json')).toEqual({ lock, diagnostics: [] });
    expect(
      serializeLock(accept(of(sni('a'), http('o', { domains: ['api.example'], path: '/orders' })), lock).lock),
    ).toBe(text);
  });

  it('fill shards of ten names, each with a port 443 of its own on the forwarders of one pool', () => {
    const all = Array.from({ length: 25 }, (_, index) => sni(`t-${index}`));
    const { lock } = accept(of(...all));
    expect(new Set(Object.values(places(lock)))).toEqual(new Set(['s1:443', 's2:443', 's3:443']));
    expect(listeners(of(...all)).flat()).toMatchObject([
      { port: 443 },
      { port: 443, forwarderPort: 61100 },
      { port: 443, forwarderPort: 61101 },
    ]);
    expect(entry(lock).pools).toEqual(['p1']);
    const [first] = all;
    expect(listeners(of(...all.slice(1), ...(first === undefined ? [] : [first])), lock)).toEqual(
      listeners(of(...all)),
    );
  });

  it('count as one listener of their pool', () => {
    const most = limit('azure.rulesPerNetworkInterface').value - 2;
    const shared = Array.from({ length: 9 }, (_, index) => sni(`t-${index}`));
    const alone = azureTargets('db', most, { domains: ['one.example'] });
    expect(entry(accept(of(...shared, ...alone)).lock).pools).toEqual(['p1']);
    const one = tcp('more', { domains: ['one.example'] });
    expect(entry(accept(of(...shared, ...alone, one)).lock).pools).toEqual(['p1', 'p2']);
  });

  it('keep their port and place when the port of their host changes', () => {
    const { lock } = accept(of(sni('a'), sni('b')));
    expect(places(accept(of(sni('a', { port: 8443 }), sni('b')), lock).lock)).toEqual(places(lock));
  });
});

describe('what cannot meet on a port', () => {
  it('is one name twice, with the same path', () => {
    expect(
      wrong(of(sni('a', { domains: ['x.example'] }), sni('b', { domains: ['x.example', 'y.example'] }))),
    ).toMatchObject([
      {
        code: 'PLR2202',
        at: 'b.route',
        message: 'b cannot listen on port 443 with route sni: on shard s1 a has the name x.example there',
      },
    ]);
    expect(
      wrong(
        of(
          http('a', { domains: ['x.example'], path: '/a' }),
          http('b', { domains: ['x.example'], path: '/a', listenPort: 8080 }),
        ),
      ),
    ).toMatchObject([
      { code: 'PLR2202', at: 'a.route', message: expect.stringContaining('b has the name x.example/a there') },
    ]);
    const apart = of(
      http('a', { domains: ['x.example'], path: '/a' }),
      http('b', { domains: ['x.example'], path: '/a/b' }),
      http('c', { domains: ['x.example'] }),
    );
    expect(listeners(apart)).toMatchObject([[{ targets: ['a', 'b', 'c'] }]]);
  });

  it('is another route', () => {
    expect(wrong(of(sni('a'), http('b', { listenPort: 443 }))).map(({ message }) => message)).toEqual([
      'a cannot listen on port 443 with route sni: on shard s1 b has it with route http',
    ]);
    const { lock } = accept(of(sni('a')));
    expect(wrong(of(sni('a'), tcp('b', { listenPort: 443 })), lock).map(({ message }) => message)).toEqual([
      'listenPort 443 of b is not free: on shard s1 a has it with route sni',
    ]);
    expect(wrong(of(sni('a'), http('b', { listenPort: 443 })), lock).map(({ message }) => message)).toEqual([
      'listenPort 443 of b is not free for route http: on shard s1 a has it with route sni',
    ]);
    expect(wrong(of(tcp('b', { listenPort: 443 }), sni('a'))).map(({ message }) => message)).toEqual([
      'a cannot listen on port 443 with route sni: on shard s1 b has it',
    ]);
  });
});

describe('a name of a shared port', () => {
  const { lock } = accept(of(sni('a'), sni('b')));
  const gone = accept(of(sni('a')), lock).lock;

  it('is retired with its target, and free again after its release', () => {
    expect(entry(gone).retired).toEqual([
      { shard: 's1', listenerPort: 443, target: 'b', route: 'sni', name: 'b.corp.example', portFrom: 'preserve' },
    ]);
    expect(parseLock(serializeLock(gone), 'lock.json')).toEqual({ lock: gone, diagnostics: [] });
    const other = of(sni('a'), sni('c', { domains: ['b.corp.example'] }));
    expect(wrong(other, gone)).toMatchObject([
      {
        code: 'PLR2201',
        message:
          'c cannot listen on port 443 with route sni: on shard s1 the name b.corp.example is retired there and last reached b',
        fix: expect.stringContaining('`privatelink-router lock release analytics 443 b.corp.example`'),
      },
    ]);
    const freed = releasePort(gone, 'analytics', 443, undefined, 'b.corp.example');
    if (!('lock' in freed)) throw new Error('nothing was released');
    expect(places(accept(other, freed.lock).lock)).toEqual({ a: 's1:443', c: 's1:443' });
  });

  it('keeps no other name from the port', () => {
    expect(places(accept(of(sni('a'), sni('c')), gone).lock)).toEqual({ a: 's1:443', c: 's1:443' });
  });

  it('is retired as well when its target gives it up', () => {
    const renamed = accept(of(sni('a', { domains: ['new.example'] }), sni('b')), lock).lock;
    expect(entry(renamed).retired).toMatchObject([{ target: 'a', name: 'a.corp.example' }]);
    const pathed = accept(of(http('o', { path: '/a' })), accept(of(http('o'))).lock).lock;
    expect(entry(pathed).retired).toMatchObject([{ target: 'o', name: 'o.corp.example' }]);
    expect(entry(pathed).retired[0]).not.toHaveProperty('path');
  });

  it('keeps the port from a target that wants it whole', () => {
    const empty = accept(of(), gone).lock;
    expect(wrong(of(tcp('d', { listenPort: 443 })), empty)).toMatchObject([
      {
        code: 'PLR2201',
        message: expect.stringContaining('on shard s1 names of it are retired (a.corp.example, last reached a)'),
      },
    ]);
  });

  it('has to be named where several are retired', () => {
    const empty = accept(of(), lock).lock;
    expect(releasePort(empty, 'analytics', 443).findings).toMatchObject([
      { code: 'PLR2804', message: 'on port 443 of analytics 2 names are retired: a.corp.example, b.corp.example' },
    ]);
    expect(releasePort(empty, 'analytics', 443, undefined, 'c.example').findings).toMatchObject([{ code: 'PLR2802' }]);
    expect(releasePort(gone, 'analytics', 443).findings).toMatchObject([{ code: 'PLR2803' }]);
  });
});

describe('a target that changes its route', () => {
  it('keeps its port, its names and its listener', () => {
    const { lock } = accept(of(tcp('a', { port: 443, listenPort: 443 })));
    const shared = accept(of(sni('a', { listenPort: 443 })), lock);
    expect(entry(shared.lock)).toMatchObject({ targets: { a: { listenerPort: 443, route: 'sni' } }, retired: [] });
    const back = accept(of(tcp('a', { port: 443, listenPort: 443 })), shared.lock);
    expect(serializeLock(back.lock)).toBe(serializeLock(lock));
    expect(diffLocks(lock, shared.lock)).toMatchObject([{ target: 'a', change: 'changed', to: { route: 'sni' } }]);
  });

  it('keeps the port that base-port gave, to which nobody else comes', () => {
    const { lock } = accept(of(tcp('a', { port: 443 })));
    const shared = accept(of(sni('a')), lock).lock;
    expect(places(shared)).toEqual({ a: 's1:10000' });
    expect(wrong(of(sni('a'), sni('b', { listenPort: 10000 })), shared)).toMatchObject([{ code: 'PLR2202' }]);
  });

  it('is refused where others share the port, or their names are retired on it', () => {
    const { lock } = accept(of(sni('a'), sni('b')));
    expect(wrong(of(tcp('a', { port: 443 }), sni('b')), lock)).toMatchObject([
      {
        code: 'PLR2202',
        at: 'a.route',
        message: 'a cannot have port 443 with route tcp: on shard s1 b has it with route sni',
      },
    ]);
    expect(wrong(of(http('a'), sni('b')), lock)).toMatchObject([{ code: 'PLR2202', at: 'a.route' }]);
    const gone = accept(of(sni('a')), lock).lock;
    expect(wrong(of(tcp('a', { port: 443 })), gone)).toMatchObject([{ code: 'PLR2201', at: 'a.route' }]);
  });
});

describe('a move of targets that share a port', () => {
  it('takes their names along and retires them where they were', () => {
    const all = [sni('a'), sni('b'), sni('c', { pin: 'x' })];
    const { lock } = accept(of(...all));
    const now = of(sni('a'), sni('b', { pin: 'x' }), sni('c', { pin: 'x' }));
    const moved = moveTargets(lock, inventory([now]), 'analytics', ['b'], 's2');
    if (!('lock' in moved)) throw new Error(JSON.stringify(moved.findings));
    const { lock: after } = accept(now, moved.lock);
    expect(places(after)).toEqual({ a: 's1:443', b: 's2:443', c: 's2:443' });
    expect(entry(after).retired).toMatchObject([
      { shard: 's1', listenerPort: 443, target: 'b', name: 'b.corp.example' },
    ]);
    expect(entry(after).targets.b?.forwarderPort).toBe(entry(after).targets.c?.forwarderPort);
  });
});

describe('targets that share a port, and what happens later', () => {
  const { lock: base } = accept(of(sni('a'), sni('b')));

  it('keep port and names under a new name, and retire nothing', () => {
    const renamed = accept(of(sni('a'), sni('new', { domains: ['b.corp.example'], renamedFrom: 'b' })), base).lock;
    expect(places(renamed)).toEqual({ a: 's1:443', new: 's1:443' });
    expect(entry(renamed).retired).toEqual([]);
    expect(entry(renamed).targets.new).toMatchObject({ bornAs: 'b', route: 'sni' });
  });

  it('of two branches meet on the port, and what either retired stays retired', () => {
    const ours = accept(of(sni('a'), sni('c')), base).lock;
    const theirs = accept(of(sni('a'), sni('b'), sni('d')), base).lock;
    const now = of(sni('a'), sni('c'), sni('d'));
    const merged = mergeLocks({ base: theirs, sides: [ours], inventory: inventory([now]), reference: 'main' });
    if (!('lock' in merged)) throw new Error(JSON.stringify(merged.findings));
    const { lock: after } = accept(now, merged.lock);
    expect(places(after)).toEqual({ a: 's1:443', c: 's1:443', d: 's1:443' });
    expect(entry(after).retired).toMatchObject([{ target: 'b', name: 'b.corp.example' }]);
    const told = 'told' in merged ? (merged.told?.(after) ?? []) : [];
    expect([...merged.findings, ...told].map(({ code }) => code)).toEqual([]);
  });

  it('of two branches keep a name for the target that the base gave it to', () => {
    const one = (name: string): Target => sni(name, { domains: ['x.example'] });
    const ours = accept(of(sni('a'), sni('b'), one('c')), base).lock;
    const theirs = accept(of(sni('a'), sni('b'), one('d')), base).lock;
    const now = of(sni('a'), sni('b'), one('c'), one('d'));
    const merged = mergeLocks({ base: theirs, sides: [ours], inventory: inventory([now]), reference: 'main' });
    if (!('lock' in merged)) throw new Error(JSON.stringify(merged.findings));
    expect(Object.keys(entry(merged.lock).targets)).toEqual(['a', 'b', 'd']);
    expect(wrong(now, merged.lock)).toMatchObject([{ code: 'PLR2202', at: 'c.route' }]);
  });

  it('of one branch give way to the base, and are told so beside others that the base has on the port', () => {
    const { lock: before } = accept(of(sni('a')));
    const ours = accept(of(sni('a'), tcp('c')), before).lock;
    const theirs = accept(of(sni('a'), tcp('d')), before).lock;
    const now = of(sni('a'), sni('c'), tcp('d'));
    const merged = mergeLocks({ base: theirs, sides: [ours], inventory: inventory([now]), reference: 'main' });
    if (!('lock' in merged)) throw new Error(JSON.stringify(merged.findings));
    const { lock: after } = accept(now, merged.lock);
    expect(places(after)).toEqual({ a: 's1:443', c: 's1:443', d: 's1:10000' });
    expect(merged.told?.(after)).toMatchObject([
      { code: 'PLR2818', message: expect.stringContaining('c gets port 443 of shard s1') },
    ]);
  });
});
