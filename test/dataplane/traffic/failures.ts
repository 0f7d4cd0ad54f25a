import { expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { at, type Lab, type LabTarget } from '../support/lab';
import { FORWARDERS, HOST_ADDRESSES, NAME_SERVER, NAT_ADDRESSES } from '../support/network';
import { until } from '../support/until';

const ANSWERED: readonly (readonly [LabTarget, 'alpha' | 'gamma'])[] = [
  ['stock', 'alpha'],
  ['ledger', 'gamma'],
  ['fixed', 'gamma'],
];

/** Another address under which the network's name server is reached. */
const OTHER_NAME_SERVER = '10.92.0.77';

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

  it('follows name servers that change after a loss of power, the first time already', async () => {
    const { names, network } = lab();
    const [forwarder] = lab().forwarders;
    if (forwarder === undefined) throw new Error('there is no forwarder');
    const { port } = at('stock');
    const answeredBy = (host: 'alpha' | 'beta') =>
      until(`the first forwarder to be answered by ${host}`, async () => {
        const asked = { host: forwarder.address, port, line: 'hello', from: NAT_ADDRESSES[1] };
        return (await lab().hop.tell('askOnce', asked)) === `${host} hello`;
      });
    await lab().link.balance(['fw2']);
    await forwarder.machine.powerOff();
    await forwarder.machine.powerOn();
    await lab().answeredByEach('alpha', port);
    await lab().link.balance(FORWARDERS);
    const rule = `ip daddr ${OTHER_NAME_SERVER} dnat to ${NAME_SERVER}`;
    const chain = `chain dial {\n type nat hook prerouting priority dstnat;\n ${rule}\n}`;
    const input = `table ip other {\n${chain}\n}\n`;
    await network.at('dns').must(['ip', 'address', 'add', `${OTHER_NAME_SERVER}/24`, 'dev', 'eth0']);
    await network.at('dns').must(['nft', '-f', '-'], { input });
    await network.at('fw1').must(['ip', 'route', 'add', 'blackhole', `${NAME_SERVER}/32`]);
    try {
      forwarder.machine.write('/etc/resolv.conf', `nameserver ${OTHER_NAME_SERVER}\n`);
      await names.resolve('stock.corp.example', [HOST_ADDRESSES.beta]);
      await answeredBy('beta');
    } finally {
      await network.at('fw1').must(['ip', 'route', 'del', 'blackhole', `${NAME_SERVER}/32`]);
      forwarder.machine.write('/etc/resolv.conf', `nameserver ${NAME_SERVER}\n`);
      await names.resolve('stock.corp.example', [HOST_ADDRESSES.alpha]);
      await answeredBy('alpha');
      await network.at('dns').must(['nft', 'delete', 'table', 'ip', 'other']);
      await network.at('dns').must(['ip', 'address', 'del', `${OTHER_NAME_SERVER}/24`, 'dev', 'eth0']);
    }
  });
}
