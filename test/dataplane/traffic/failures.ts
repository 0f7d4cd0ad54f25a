import { expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { at, type Lab, type LabTarget } from '../support/lab';
import { until } from '../support/until';

const ANSWERED: readonly (readonly [LabTarget, 'alpha' | 'gamma'])[] = [
  ['stock', 'alpha'],
  ['ledger', 'gamma'],
  ['fixed', 'gamma'],
];

/** Programs that die come back by themselves. */
export function failuresHeal(lab: () => Lab): void {
  it('brings back every program of its own that is killed', async () => {
    const { forwarders, engine } = lab();
    const [first] = forwarders;
    for (const unit of [...ENGINES[engine].units, 'privatelink-router-health.service']) {
      const before = await first?.processesOf(unit);
      expect(before, unit).toHaveLength(1);
      await first?.machine.must(['systemctl', 'kill', '--signal=KILL', unit]);
      await until(`${unit} to run again`, async () => {
        const now = await first?.processesOf(unit);
        return now?.length === 1 && now[0] !== before?.[0];
      });
      for (const [name, host] of ANSWERED) await lab().answeredByEach(host, at(name).port);
    }
  });
}
