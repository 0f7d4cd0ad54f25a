import { describe, expect, it } from 'vitest';
import { inventoryCodes } from '../../../src/errors/inventory-codes';
import { corpusFolder, found } from '../load';
import { AZURE_NEIGHBOURS } from './azure-neighbours';
import { FILE_NEIGHBOURS } from './file-neighbours';
import type { Neighbour } from './neighbour';
import { ROUTER_NEIGHBOURS } from './router-neighbours';
import { SHAPE_NEIGHBOURS } from './shape-neighbours';
import { TAG_NEIGHBOURS } from './tag-neighbours';
import { TARGET_NEIGHBOURS } from './target-neighbours';

const NEIGHBOURS: readonly Neighbour[] = [
  ...FILE_NEIGHBOURS,
  ...SHAPE_NEIGHBOURS,
  ...TARGET_NEIGHBOURS,
  ...ROUTER_NEIGHBOURS,
  ...TAG_NEIGHBOURS,
  ...AZURE_NEIGHBOURS,
];

describe('the legal neighbours of what is refused', () => {
  const load = corpusFolder();

  it.each(NEIGHBOURS.map((one) => [one.code, one.name, one] as const))('%s: %s', (_code, _name, one) => {
    const { loaded } = load(one);
    const said = found(loaded, one.stage ?? 'planner').map(({ code, message }) => `${code} ${message}`);
    expect(
      said.map((text) => text.slice(0, 7)),
      said.join('\n'),
    ).toEqual(one.warnings ?? []);
    expect(loaded.brokenRouters.size).toBe(0);
    expect(loaded.inventory?.routers.length).toBeGreaterThan(0);
    if (one.target === undefined) return;
    const [path, values] = one.target;
    const [router, target] = path.split('.');
    const targets = loaded.inventory?.routers.find(({ name }) => name === router)?.targets;
    expect(targets?.find(({ name }) => name === target)).toMatchObject(values);
  });

  it('belong to codes, and have names of their own', () => {
    expect(NEIGHBOURS.filter(({ code }) => !Object.hasOwn(inventoryCodes, code))).toEqual([]);
    const names = NEIGHBOURS.map(({ code, name }) => `${code} ${name}`);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  it('are there for every code of the inventory', () => {
    const covered = new Set(NEIGHBOURS.map(({ code }) => code));
    expect(Object.keys(inventoryCodes).filter((code) => !covered.has(code))).toEqual([]);
  });
});
