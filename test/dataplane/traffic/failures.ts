import { expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { revisionOf } from '../support/forwarder';
import { at, type Lab, type LabTarget, TARGETS } from '../support/lab';
import { FORWARDERS } from '../support/network';
import { until } from '../support/until';

const ANSWERED: readonly (readonly [LabTarget, 'alpha' | 'gamma'])[] = [
  ['stock', 'alpha'],
  ['ledger', 'gamma'],
  ['fixed', 'gamma'],
];

/** Programs and machines that die come back by themselves. */
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

  it('forwards again after a loss of power, without anybody who applies anything', async () => {
    const { forwarders, link } = lab();
    const [first] = forwarders;
    await link.balance(['fw2']);
    await first?.machine.powerOff();
    await lab().answeredBy('alpha', at('stock'));
    await first?.machine.powerOn();
    await link.balance(['fw1']);
    for (const [name, host] of ANSWERED) await lab().answeredBy(host, at(name));
    const [forwarder] = forwarders;
    if (forwarder === undefined) throw new Error('there is no forwarder');
    const revision = revisionOf(lab().render(TARGETS).apply);
    await until('the first forwarder to be ready', async () => (await lab().runs(forwarder)) === revision);
    await link.balance(FORWARDERS);
  });
}
