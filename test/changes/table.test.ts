import { describe, expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import { POOL_ROWS, ROUTER_ROWS, SHARD_ROWS } from '../../src/changes/router-rows';
import { rowOf } from '../../src/changes/row';
import { TARGET_ROWS } from '../../src/changes/target-rows';
import { isMap, type Values } from '../../src/changes/values';
import { viewOfLock, viewOfPlan } from '../../src/changes/view';
import { type PlannedRouter, servedBackends } from '../../src/model';
import { VALID_AZURE } from '../corpus/azure-inventory';
import { VALID } from '../corpus/mistake';
import { accepted, documentOf, type Planned } from './deployment';

const AWS = accepted(
  documentOf(VALID.replace('- sg-0a1b', '- 210987654321/sg-0a1b2c3d4e5f60719\n          - sg-0a1b')),
);
const AZURE = accepted(documentOf(VALID_AZURE));

function paths(values: Values, way: readonly string[] = []): (readonly string[])[] {
  return Object.entries(values).flatMap(([key, value]) =>
    isMap(value) ? paths(value, [...way, key]) : [[...way, key]],
  );
}

/** Paths of a subject's values that no row knows. */
function unknown(values: Values, rows: Parameters<typeof rowOf>[0]): string[] {
  return paths(values)
    .filter((path) => !rowOf(rows, path).known)
    .map((path) => path.join('.'));
}

/** Flattens what is known and own of each target, so that each value is asked for. */
function unknownOf(view: ReturnType<typeof viewOfLock>): string[] {
  return [
    ...unknown(view.settings, ROUTER_ROWS),
    ...Object.values(view.pools).flatMap((pool) => unknown(pool, POOL_ROWS)),
    ...Object.values(view.shards).flatMap((shard) => unknown(shard, SHARD_ROWS)),
    ...Object.values(view.targets).flatMap(({ known, own = {} }) => unknown({ ...known, ...own }, TARGET_ROWS)),
  ];
}

describe('the table of what can change', () => {
  it.each([
    ['AWS', AWS],
    ['Azure', AZURE],
  ])('knows every value of a plan and a lock of %s', (_cloud, { plan, lock }) => {
    expect(plan.routers.length).toBeGreaterThan(0);
    for (const router of plan.routers) {
      const locked = lock.routers[router.name];
      expect(unknownOf(viewOfPlan(router, locked))).toEqual([]);
      if (locked !== undefined) expect(unknownOf(viewOfLock(locked))).toEqual([]);
    }
  });
});

/** The plan with one router as the function leaves it. */
function withRouter({ plan, lock }: Planned, change: (router: PlannedRouter) => object): Planned {
  return { lock, plan: { routers: plan.routers.map((one) => ({ ...one, ...change(one) })) as PlannedRouter[] } };
}

describe('a value that no row knows', () => {
  it('is told of a router, a shard and a target, by its path, with caution', () => {
    const after = withRouter(AWS, ({ shards }) => ({
      novelty: { deep: 7 },
      shards: shards.map((shard) => ({
        ...shard,
        novelty: true,
        listeners: shard.listeners.map((listener) => ({
          ...listener,
          novelty: 'x',
          backends: listener.backends.map((backend) => ({ ...backend, oddity: 'y' })),
        })),
      })),
    }));
    const told = compareDeployments(AWS, after);
    const own = told.filter(({ about, router }) => about !== 'target' && router === 'analytics');
    expect(own).toMatchObject([
      {
        about: 'router',
        change: 'changed',
        clients: 'interrupted',
        what: 'novelty',
        from: {},
        to: { novelty: { deep: 7 } },
      },
      { about: 'shard', change: 'changed', clients: 'interrupted', what: 'novelty', to: { novelty: true } },
    ]);
    for (const what of ['novelty', 'oddity']) {
      expect(told.filter((one) => one.about === 'target' && one.what === what).length).toBeGreaterThan(3);
    }
  });

  it('is told where a backend has one host or one domain more', () => {
    const after = withRouter(AWS, ({ shards }) => ({
      shards: shards.map((shard) => ({
        ...shard,
        listeners: servedBackends(shard).map(({ listener, backend }) => ({
          ...listener,
          backends: [
            {
              ...backend,
              hosts: [...backend.hosts, { name: 'second.corp.example', literal: false }],
              domains: [...backend.domains, 'second.example'],
            },
          ],
        })),
      })),
    }));
    const told = compareDeployments(AWS, after).filter(({ about }) => about === 'target');
    expect(new Set(told.map(({ what }) => what))).toEqual(new Set(['host', 'domain']));
    for (const { what, to } of told) {
      expect(to[what]).toEqual([expect.any(String), what === 'host' ? 'second.corp.example' : 'second.example']);
    }
  });

  it('is told where the plan only writes its keys in another order', () => {
    const after = withRouter(AWS, (router) => Object.fromEntries(Object.entries(router).reverse()));
    const turned = {
      ...after,
      plan: { routers: after.plan.routers.map((one) => Object.fromEntries(Object.entries(one).reverse())) },
    };
    const told = compareDeployments(AWS, turned as unknown as Planned);
    expect(told).toHaveLength(AWS.plan.routers.length);
    expect(told[0]).toMatchObject({ about: 'router', clients: 'nothing', what: 'order of keys' });
  });
});

describe('two plans of one deployment', () => {
  it('differ in nothing where they are the same, and tell each other’s changes both ways', () => {
    for (const one of [AWS, AZURE]) {
      expect(compareDeployments(one, structuredClone(one))).toEqual([]);
      const nothing = { lock: { version: 1 as const, routers: {} }, plan: { routers: [] } };
      const added = compareDeployments(nothing, one);
      const removed = compareDeployments(one, nothing);
      expect(added.every(({ change, clients }) => change === 'added' && clients === 'nothing')).toBe(true);
      expect(removed.every(({ change }) => change === 'removed')).toBe(true);
      expect(removed[0]?.clients).toBe('lose access');
    }
  });

  it('tell nothing twice, and never a value that may hold a credential', () => {
    const document = documentOf(VALID);
    document.tags.team = 'postgres://admin:hunter2@db.corp.example/x';
    const changes = compareDeployments(AWS, accepted(document, AWS.lock));
    expect(JSON.stringify(changes)).not.toContain('hunter2');
    const keys = changes.map(({ router, about, target, shard, what }) =>
      JSON.stringify([router, about, target, shard, what]),
    );
    expect(new Set(keys).size).toBe(keys.length);
    expect(changes.map(({ what }) => what)).toContain('tags');
  });
});
