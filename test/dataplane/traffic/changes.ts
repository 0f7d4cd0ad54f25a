import { expect, it } from 'vitest';
import { target } from '../../forwarder/render';
import { changingTargets, FIRST_PORT } from '../support/changing-targets';
import { at, type Lab, TARGETS } from '../support/lab';
import { ENDPOINT } from '../support/network';

const CHANGES = 20;

/** Changes of the configuration reach the running forwarders, and who is not concerned does not notice. */
export function changesDropNothing(lab: () => Lab): void {
  it(`drops no connection of an unchanged target in ${CHANGES} changes under load`, async () => {
    const { client, link, network, postgres } = lab();
    const session = postgres.session(network.at('client'), at('orders-db'));
    const server = await session.whoServes();
    await client.tell('startLoad', { id: 'stock', ...at('stock'), kept: 8 });
    await client.tell('startLoad', { id: 'ledger', ...at('ledger'), kept: 8 });
    for (let step = 1; step <= CHANGES; step += 1) {
      await lab().apply(changingTargets(step));
      const port = FIRST_PORT + step;
      await link.open([port]);
      await lab().answeredBy('gamma', { host: ENDPOINT, port });
      await link.close([port]);
    }
    await lab().apply();
    expect(await session.whoServes()).toBe(server);
    await session.end();
    for (const [id, host] of [
      ['stock', 'alpha'],
      ['ledger', 'gamma'],
    ] as const) {
      const { lost, answeredBy, exchanges, completed } = await client.tell('stopLoad', { id });
      expect(lost).toEqual([]);
      expect(Object.keys(answeredBy)).toEqual([host]);
      expect(Math.min(exchanges, completed)).toBeGreaterThan(CHANGES);
    }
  });

  it('closes what was removed', async () => {
    const { client, link, forwarders } = lab();
    const port = FIRST_PORT;
    await lab().apply({ ...TARGETS, passing: target(port, 'ledger.corp.example', 7000) });
    await link.open([port]);
    await lab().answeredBy('gamma', { host: ENDPOINT, port });
    await lab().apply();
    for (const { address } of forwarders) {
      const asked = lab().hop.tell('askOnce', { host: address, port, line: 'hello' });
      await expect(asked).rejects.toThrow('ECONNREFUSED');
    }
    await link.close([port]);
    expect(await client.tell('askOnce', { ...at('ledger'), line: 'hello' })).toBe('gamma hello');
  });
}
