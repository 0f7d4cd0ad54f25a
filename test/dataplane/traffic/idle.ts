import { afterEach, expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { Capture } from '../support/capture';
import { at, KEEP_ALIVE, type Lab, LINK_IDLE, PAST_THE_FORWARDERS } from '../support/lab';
import { until } from '../support/until';

/** Six minutes in the lab's time, in keep-alive packets: one more than must have come by then. */
const PACKETS_IN_SIX_MINUTES = (360 / 240) * (LINK_IDLE / KEEP_ALIVE) + 1;

function isKeepAlive(packet: string): boolean {
  return /Flags \[\.\].* length [01]$/.test(packet);
}

/** Private Link forgets a flow that is silent for too long; a session that is idle must not be one of them. */
export function idleSessionsLive(lab: () => Lab): void {
  afterEach(() => lab().link.cutIdleAfter());

  it('keeps idle sessions alive through six minutes of a link that forgets after four', async () => {
    const { client, network, postgres, link, engine } = lab();
    const sends = ENGINES[engine].capabilities.keepAlives;
    // Where the engine sends none, what a client sends by itself must reach the target.
    const own = sends ? {} : { keepAliveSeconds: KEEP_ALIVE };
    await link.cutIdleAfter(LINK_IDLE);
    const database = postgres.session(network.at('client'), { ...at('orders-db'), ...own });
    const server = await database.whoServes();
    const { localPort } = await client.tell('dial', { id: 'idle', ...at('stock'), ...own });
    const [, address, port] = (await client.tell('say', { id: 'idle', line: 'who' })).split(' ');
    const control = await client.tell('dial', { id: 'control', ...PAST_THE_FORWARDERS });
    await client.tell('say', { id: 'control', line: 'hello' });

    const atClient = await Capture.start(
      network.at('client'),
      'eth0',
      `tcp port ${at('stock').port} and port ${localPort}`,
    );
    const atTarget = await Capture.start(network.at('alpha'), 'eth0', `src host ${address} and tcp src port ${port}`);
    await until(
      'the link to forget a silent flow',
      async () => !(await link.knows(control.localPort, PAST_THE_FORWARDERS.host)),
    );
    for (const capture of [atClient, atTarget]) {
      await until(
        () => `keep-alive packets; seen so far:\n${capture.packets.join('\n')}`,
        () => capture.packets.length >= PACKETS_IN_SIX_MINUTES,
      );
      expect(capture.packets.filter((packet) => !isKeepAlive(packet))).toEqual([]);
      capture.stop();
    }

    expect(await client.tell('say', { id: 'idle', line: 'still here' })).toBe('alpha still here');
    expect(await database.whoServes()).toBe(server);
    await database.end();
    await client.tell('hangUp', { id: 'idle' });
    const forgotten = await link.forgotten();
    client.tell('say', { id: 'control', line: 'nobody hears this' }).catch(() => undefined);
    await until('the link to drop what comes for the silent flow', async () => (await link.forgotten()) > forgotten);
    await client.tell('hangUp', { id: 'control' });
  });

  it('loses an idle session that nobody keeps alive, where the engine says that it cannot', async ({ skip }) => {
    const { client, link, engine } = lab();
    if (ENGINES[engine].capabilities.keepAlives) skip();
    await link.cutIdleAfter(LINK_IDLE);
    const { localPort } = await client.tell('dial', { id: 'silent', ...at('stock') });
    await client.tell('say', { id: 'silent', line: 'hello' });
    await until('the link to forget the flow', async () => !(await link.knows(localPort)));
    const forgotten = await link.forgotten();
    client.tell('say', { id: 'silent', line: 'nobody hears this' }).catch(() => undefined);
    await until('the link to drop what comes', async () => (await link.forgotten()) > forgotten);
    await client.tell('hangUp', { id: 'silent' });
  });
}
