import { afterEach, expect, it } from 'vitest';
import { target } from '../../forwarder/render';
import { at, type Lab, TARGETS, type Targets } from '../support/lab';
import { ENDPOINT, FORWARDERS, HOST_ADDRESSES } from '../support/network';
import { until } from '../support/until';

/** Below the ports of everything that comes and goes; each one's target leads somewhere else. */
const LEAVING = 10060;
const MOVING = 10061;
const LINGERING = 10062;
const WANDERING = 10063;
const PORTS = [LEAVING, MOVING, LINGERING, WANDERING];
/** Alpha and beta listen there for these tests alone, so that no other target leads to the same place. */
const OWN_PORT = 7100;
const SESSIONS = 10;

/** What a target leaves behind ends when its drain is over, and nothing else does. */
export function sessionsDrain(lab: () => Lab): void {
  afterEach(async () => {
    const { names, network, hosts, link } = lab();
    await network.comeBack('alpha');
    for (const name of ['alpha', 'beta'] as const) await hosts[name].tell('unserve', { port: OWN_PORT });
    await names.recover();
    await lab().apply();
    await link.close(PORTS);
    await link.balance(FORWARDERS);
    await lab().answeredByEach('alpha', at('stock').port);
  });

  const serve = async () => {
    const { hosts, link } = lab();
    for (const name of ['alpha', 'beta'] as const) await hosts[name].tell('serve', { name, port: OWN_PORT });
    await link.open(PORTS);
  };
  const ids = (name: string, count = SESSIONS) => Array.from({ length: count }, (_, n) => `${name} ${n}`);
  const dial = async (name: string, port: number, count = SESSIONS) => {
    for (const id of ids(name, count)) {
      await lab().client.tell('dial', { id, host: ENDPOINT, port });
      await lab().client.tell('say', { id, line: 'before' });
    }
  };
  const goOn = async (host: string, name: string, count = SESSIONS) => {
    for (const id of ids(name, count)) {
      expect(
        await lab()
          .client.tell('say', { id, line: 'after' })
          .catch((error) => `${id}: ${error}`),
      ).toBe(`${host} after`);
    }
  };
  /** The kernel resets a session with its next packet, so that each is asked; a proxy's have ended by themselves. */
  const end = async (name: string, count = SESSIONS) => {
    for (const id of ids(name, count)) {
      await until(`${id} to end`, async () => {
        const said = await lab()
          .client.tell('say', { id, line: 'still' })
          .catch(() => undefined);
        return said === undefined;
      });
      await lab().client.tell('hangUp', { id });
    }
  };

  it('ends the sessions of what was removed or moved, each when its own drain is over, and no other through three reloads', async () => {
    const { client } = lab();
    await serve();
    const leaving = target(LEAVING, 'ledger.corp.example', 7000, { drain: 1 });
    const moving = target(MOVING, HOST_ADDRESSES.alpha, OWN_PORT, { drain: 1 });
    const lingering = target(LINGERING, 'ledger.corp.example', 7000, { drain: 3600 });
    await lab().apply({ ...TARGETS, leaving, moving, lingering });
    await dial('leaving', LEAVING);
    await dial('stock', at('stock').port);
    await dial('ledger', at('ledger').port);
    await dial('moving', MOVING, 3);
    await dial('lingering', LINGERING, 1);
    const othersGoOn = async () => {
      await goOn('alpha', 'stock');
      await goOn('gamma', 'ledger');
      await goOn('gamma', 'lingering', 1);
    };

    await lab().apply({ ...TARGETS, moving });
    await end('leaving');
    await othersGoOn();
    await goOn('alpha', 'moving', 3);

    // The port that closed is another target's now, and the listener that stays leads elsewhere.
    const elsewhere = { host: HOST_ADDRESSES.beta, host_port: OWN_PORT };
    const next: Targets = {
      ...TARGETS,
      newcomer: target(LEAVING, elsewhere.host, elsewhere.host_port, { drain: 1 }),
      moving: target(MOVING, elsewhere.host, elsewhere.host_port, { drain: 1 }),
    };
    await lab().apply(next);
    await dial('newcomer', LEAVING, 3);
    await dial('moved', MOVING, 3);
    await end('moving', 3);
    await othersGoOn();
    await goOn('beta', 'newcomer', 3);
    await goOn('beta', 'moved', 3);

    await lab().apply();
    await end('newcomer', 3);
    await end('moved', 3);
    await othersGoOn();
    for (const id of [...ids('stock'), ...ids('ledger'), ...ids('lingering', 1)]) await client.tell('hangUp', { id });
  });

  it.each(['lives on', 'died'])(
    'ends the sessions with an address that DNS no longer names, whose host %s',
    async (fate) => {
      const { client, names, network } = lab();
      await serve();
      // A name for each: one whose addresses come and go is given more time.
      const host = `wandering-${fate.replace(' ', '-')}.corp.example`;
      await names.resolve(host, [HOST_ADDRESSES.alpha]);
      await lab().apply({ ...TARGETS, wandering: target(WANDERING, host, OWN_PORT, { drain: 1 }) });
      await lab().answeredByEach('alpha', WANDERING);
      await dial('left', WANDERING, 3);
      await dial('stays', at('ledger').port, 3);
      if (fate === 'died') await network.vanish('alpha');
      await names.resolve(host, [HOST_ADDRESSES.beta]);
      await lab().answeredByEach('beta', WANDERING);
      await dial('new', WANDERING, 3);
      await end('left', 3);
      await network.comeBack('alpha');
      await goOn('gamma', 'stays', 3);
      await goOn('beta', 'new', 3);
      for (const id of [...ids('stays', 3), ...ids('new', 3)]) await client.tell('hangUp', { id });
    },
  );
}
