import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LineCounter } from 'yaml';
import { layOver } from '../../src/inventory/source/overlay';
import { toPlain } from '../../src/inventory/source/plain';
import {
  type Entry,
  type MapNode,
  mapNode,
  positionOf,
  type SourceNode,
  scalarNode,
} from '../../src/inventory/source/source-node';
import { VALID } from '../corpus/mistake';
import { loadText } from './support';

type Value = string | null | { readonly [key: string]: Value };

const key = fc.constantFrom('a', 'b', 'c', 'd');
const { map: anyMap } = fc.letrec<{ value: Value; map: { [key: string]: Value } }>((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, fc.string({ maxLength: 3 }), fc.constant(null), tie('map')),
  map: fc.dictionary(key, tie('value'), { maxKeys: 4 }) as fc.Arbitrary<{ [key: string]: Value }>,
}));

function tree(value: { readonly [key: string]: Value }, file: string): MapNode {
  const place = { source: { file, lines: new LineCounter(), cuts: [] }, offset: 0 };
  const build = (one: Value): SourceNode =>
    one === null || typeof one === 'string'
      ? scalarNode(place, one)
      : mapNode(
          place,
          new Map<string, Entry>(Object.entries(one).map(([k, v]) => [k, { keyPlace: place, value: build(v) }])),
        );
  const root = build(value);
  return root.kind === 'map' ? root : mapNode(place, new Map());
}

/** Merging of maps as RFC 7396 has it, written out by its own pseudo-code. */
function patch(target: Value | undefined, over: Value): Value {
  if (over === null || typeof over === 'string') return over;
  const result: Record<string, Value> = target !== null && typeof target === 'object' ? { ...target } : {};
  for (const [name, value] of Object.entries(over)) {
    if (value === null) delete result[name];
    else result[name] = patch(result[name], value);
  }
  return result;
}

const merged = (base: MapNode, over: MapNode) => layOver(base, over).root;
const plain = (node: MapNode) => toPlain(node).plain;

describe('laying an overlay over an inventory', () => {
  it('gives what RFC 7396 gives', () => {
    fc.assert(
      fc.property(anyMap, anyMap, (base, over) => {
        expect(plain(merged(tree(base, 'base'), tree(over, 'over')))).toEqual(patch(base, over));
      }),
    );
  });

  it('an empty overlay changes nothing, and one laid over twice is one laid over once', () => {
    fc.assert(
      fc.property(anyMap, anyMap, (base, over) => {
        const below = tree(base, 'base');
        expect(plain(merged(below, tree({}, 'over')))).toEqual(plain(below));
        const once = merged(below, tree(over, 'over'));
        expect(plain(merged(once, tree(over, 'over')))).toEqual(plain(once));
      }),
    );
  });

  it('keeps for each value the file that it came from', () => {
    fc.assert(
      fc.property(anyMap, anyMap, (base, over) => {
        const check = (node: SourceNode, own: Value | undefined): void => {
          if (node.kind === 'scalar') expect(positionOf(node.place).file).toBe(own === undefined ? 'base' : 'over');
          else if (node.kind === 'map') {
            for (const [name, entry] of node.entries) {
              check(entry.value, own !== null && typeof own === 'object' ? own[name] : own);
            }
          }
        };
        check(merged(tree(base, 'base'), tree(over, 'over')), over);
      }),
    );
  });

  it('keeps the order of the base and puts what is new behind it', () => {
    const root = merged(tree({ b: 'x', a: 'x', c: 'x' }, 'base'), tree({ d: 'y', a: 'y', b: null }, 'over'));
    expect([...root.entries.keys()]).toEqual(['a', 'c', 'd']);
  });

  it('warns of a removal that removes nothing, and only of that', () => {
    const { findings } = layOver(tree({ a: 'x' }, 'base'), tree({ a: null, b: null }, 'over'));
    expect(findings.map(({ code, path }) => [code, path])).toEqual([['PLR1020', ['b']]]);
  });
});

describe('an inventory with an overlay', () => {
  it('replaces lists and values, merges maps, and removes', () => {
    const { inventory, diagnostics } = loadText(
      VALID,
      `tags: { stage: prod }
routers:
  analytics:
    basePort: 20000
    aws: { subnetIds: [subnet-0e1b2c3d4e5f60718, subnet-0f1c2d3e4f5061728, subnet-0a1c2d3e4f5061728] }
    targets:
      legacy: null
      orders-db: { host: orders.prod.example }
`,
    );
    expect(diagnostics).toEqual([]);
    const [router] = inventory?.routers ?? [];
    expect(inventory?.env).toBe('prod');
    expect(router).toMatchObject({
      basePort: 20000,
      tags: { team: 'data-platform', 'cost-center': '4711', stage: 'prod' },
    });
    expect(router?.cloud === 'aws' && router.aws.subnetIds).toHaveLength(3);
    expect(router?.targets.map(({ name }) => name)).toEqual(['orders-db', 'billing-sql', 'ledger', 'old-crm']);
    expect(router?.targets[0]).toMatchObject({
      hosts: [{ name: 'orders.prod.example' }],
      port: 5432,
      preset: 'postgres',
    });
  });

  it('of JSON is laid over JSON', () => {
    const base = JSON.stringify({
      version: 1,
      databricks: { accountId: '7a99b43c-b46c-432b-b0a7-814217701909' },
      routers: { r: {} },
    });
    const { diagnostics } = loadText(base, '{"routers": {"r": {"basePort": 0}}}', 'plr.json');
    expect(diagnostics.some(({ code, file }) => code === 'PLR1104' && file === 'plr.prod.json')).toBe(true);
  });
});
