import { describe, expect, it } from 'vitest';
import { compareDeployments } from '../../src/changes';
import { loadInventory } from '../../src/inventory';
import { EMPTY_LOCK } from '../../src/lock';
import { planRouting } from '../../src/planner';
import { AZURE_MISTAKES } from '../corpus/azure-mistakes';
import { FORWARDER_MISTAKES } from '../corpus/forwarder-mistakes';
import { INVENTORY_MISTAKES } from '../corpus/inventory-mistakes';
import { edited, VALID } from '../corpus/mistake';
import { withFiles } from '../inventory/support';
import { accepted, documentOf } from './deployment';

const MISTAKES = [...INVENTORY_MISTAKES, ...AZURE_MISTAKES, ...FORWARDER_MISTAKES];

/** An inventory with a mistake, read with what is wrong in it, as the base of a comparison is. */
function readBroken({ text, base = VALID, edits, file = 'plr.yaml' }: (typeof MISTAKES)[number]) {
  const content = text ?? edited(base, edits).replaceAll('#!', '');
  return withFiles({ [file]: content }, (cwd) => loadInventory({ file, cwd, withBroken: true }));
}

describe('an inventory that the checks refuse, as the base of a comparison', () => {
  const present = accepted(documentOf(VALID));

  it('is planned and compared as far as it can be read, whatever is wrong in it', () => {
    let compared = 0;
    for (const mistake of MISTAKES) {
      const { inventory, brokenRouters } = readBroken(mistake);
      if (inventory === undefined) continue;
      const { plan, lock } = planRouting({ inventory, lock: EMPTY_LOCK, brokenRouters });
      expect(() => compareDeployments({ plan, lock }, present), mistake.name).not.toThrow();
      compared += 1;
    }
    expect(compared).toBeGreaterThan(MISTAKES.length / 2);
  });

  it('has its routers in the plan, also those that have the mistake', () => {
    const mistake = MISTAKES.find(({ code }) => code === 'PLR1211');
    expect(mistake).toBeDefined();
    if (mistake === undefined) return;
    const { inventory, brokenRouters, diagnostics } = readBroken(mistake);
    expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
    expect(brokenRouters.size).toBe(0);
    expect(inventory?.routers.length).toBeGreaterThan(0);
  });
});
