import { describe, expect, it } from 'vitest';
import { parseLock, serializeLock } from '../../../src/lock';
import { planRouting } from '../../../src/planner';
import { inventory, NOTHING, places } from '../../planner/support';
import { corpusFolder, found } from '../load';
import { EDIT_NEIGHBOURS } from './edit-neighbours';
import { INVENTORY_NEIGHBOURS } from './inventory-neighbours';
import { LOCK_NEIGHBOURS } from './lock-neighbours';
import { PLANNER_NEIGHBOURS } from './planner-neighbours';

describe('inventories as near as can be to what is refused', () => {
  const load = corpusFolder();

  it.each(INVENTORY_NEIGHBOURS.map((one) => [one.code, one.name, one] as const))('%s: %s', (_code, _name, one) => {
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
    const read = targets?.find(({ name }) => name === target);
    expect({ ...read, host: read?.hosts[0].name, literal: read?.hosts[0].literal }).toMatchObject(values);
  });
});

describe('routers and locks that the planner takes', () => {
  it.each(PLANNER_NEIGHBOURS.map((one) => [one.code, one.name, one] as const))('%s: %s', (_code, _name, one) => {
    const { lock = NOTHING, routers } = one;
    const result = planRouting({ inventory: inventory(routers), lock });
    const said = result.findings.map(({ code, message }) => `${code} ${message}`);
    expect(
      said.map((text) => text.slice(0, 7)),
      said.join('\n'),
    ).toEqual(one.warnings ?? []);
    const [first] = routers;
    if (one.places !== undefined) expect(places(result.lock, first?.name)).toMatchObject(one.places);
    // The lock that follows is sound, and planning with it again changes nothing.
    expect(parseLock(serializeLock(result.lock), 'x').diagnostics).toEqual([]);
    expect(planRouting({ inventory: inventory(routers), lock: result.lock }).lock).toEqual(result.lock);
  });
});

describe('edits of the lock that go through', () => {
  it.each(EDIT_NEIGHBOURS.map((one) => [one.code, one.name, one] as const))(
    '%s: %s',
    (_code, _name, { edit, warnings }) => {
      const done = edit();
      expect(
        done.findings.map(({ code }) => code),
        JSON.stringify(done.findings),
      ).toEqual(warnings ?? []);
      if (!('lock' in done)) throw new Error('there is no lock');
      expect(parseLock(serializeLock(done.lock), 'x').diagnostics).toEqual([]);
    },
  );
});

describe('locks that are read', () => {
  it.each(LOCK_NEIGHBOURS.map((one) => [one.code, one.name, one] as const))('%s: %s', (_code, _name, one) => {
    const { lock, diagnostics } = parseLock(one.text, 'x.lock.json');
    expect(diagnostics).toEqual([]);
    expect(lock).toEqual(one.lock);
  });
});
