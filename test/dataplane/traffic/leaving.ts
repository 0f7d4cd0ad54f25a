import { afterEach, beforeEach, expect, it } from 'vitest';
import { ENGINES, FORWARDER_PORTS } from '../../../src/forwarder';
import { revisionOf } from '../support/forwarder';
import { at, type Lab } from '../support/lab';
import {
  FORWARDER_ADDRESSES,
  FORWARDERS,
  type ForwarderName,
  HOST_ADDRESSES,
  NAME_SERVER,
  OTHER_NAME_SERVER,
} from '../support/network';
import { ProbingBalancer } from '../support/probing-balancer';
import { until } from '../support/until';

/** `PLR_LEAVING=all` does with every engine also what takes long and does not depend on the engine. */
const ALL = process.env.PLR_LEAVING === 'all';
/** Sessions that a test holds open on each machine. */
const HELD = 2;
/** Milliseconds: ten seconds before its event an engine stops, and by then the load balancer has long noticed. */
const SHORT_NOTICE = 25_000;
const MARKER = '/run/privatelink-router/leaving';
/** What ends a session that was closed or reset, as a client meets it. */
const OVER = /ended|closed|ECONNRESET|EPIPE/;

/** What a machine answers itself about its ready port. */
const ASK_READY = `import urllib.request
answer = urllib.request.urlopen("http://127.0.0.1:${FORWARDER_PORTS.ready}/")
print(answer.status, answer.read().decode().strip())`;

/** How long something took, for docs/operating.md: told, never judged. */
function tell(lab: Lab, what: string, since: number): void {
  process.stdout.write(`leaving, ${lab.engine}: ${what} ${((Date.now() - since) / 1000).toFixed(1)} s\n`);
}

/** Machines come and go under load: new connections find one that stays, and sessions there never notice. */
export function machinesLeave(lab: () => Lab): void {
  let balancer: ProbingBalancer;
  /** The sessions that each machine carries, by id. */
  const held: Record<ForwarderName, string[]> = { fw1: [], fw2: [] };
  let dialled = 0;
  beforeEach(async () => {
    balancer = new ProbingBalancer(lab());
    for (const name of FORWARDERS) await balancer.sees(name, 'ready');
    await hold();
    await dialAlways();
  });
  afterEach(async () => {
    await lab().network.plugIn('fw2');
    await balancer.stop();
    for (const name of FORWARDERS) await hangUp(name);
  });

  /** Opens sessions until each machine carries some. */
  async function hold(): Promise<void> {
    const { client } = lab();
    while (FORWARDERS.some((name) => held[name].length < HELD)) {
      dialled += 1;
      const id = `held-${dialled}`;
      await client.tell('dial', { id, ...at('ledger') });
      const [, from] = (await client.tell('say', { id, line: 'who' })).split(' ');
      const name = FORWARDERS.find((one) => FORWARDER_ADDRESSES[one] === from);
      if (name === undefined) throw new Error(`${id} came from ${from}`);
      held[name].push(id);
    }
  }

  const dialAlways = () => lab().client.tell('startLoad', { id: 'new', ...at('stock'), kept: 0 });

  /** Ends the steady dials. @returns what was lost; there were some that were not */
  async function dialsLost(): Promise<readonly string[]> {
    const { completed } = await lab().client.tell('load', { id: 'new' });
    await until('more dials', async () => (await lab().client.tell('load', { id: 'new' })).completed > completed + 20);
    const { lost } = await lab().client.tell('stopLoad', { id: 'new' });
    return lost;
  }

  /** Each session of the machine that stays is alive, and each gets its own answer. */
  async function goOn(name: ForwarderName): Promise<void> {
    for (const id of held[name]) {
      const line = `still here ${id}`;
      expect(await lab().client.tell('say', { id, line }), id).toBe(`gamma ${line}`);
    }
  }

  async function hangUp(name: ForwarderName): Promise<void> {
    for (const id of held[name].splice(0)) await lab().client.tell('hangUp', { id });
  }

  const forwarder = (name: ForwarderName) => {
    const found = lab().forwarders[FORWARDERS.indexOf(name)];
    if (found === undefined) throw new Error(`there is no ${name}`);
    return found;
  };

  it('leaves when Azure is going to delete it: sends new connections elsewhere, waits for its sessions, says so', async () => {
    const { metadata, engine } = lab();
    const announced = Date.now();
    const event = await metadata.announce('Terminate', 'fw2');
    await balancer.sees('fw2', 'leaving');
    tell(lab(), 'an event announced, no new connection after', announced);
    // The balancer has noticed, and its sessions go on as if nothing were.
    await goOn('fw2');
    await goOn('fw1');
    expect(metadata.isAcknowledged(event)).toBe(false);
    // The machine itself, which an apply asks, still says what runs.
    const own = await forwarder('fw2').machine.must(['python3', '-c', ASK_READY]);
    expect(own.trim()).toBe(`200 ready ${revisionOf(lab().render().apply)}`);
    // With one rule for all ports the load balancer asks the other port.
    expect(await lab().probe(FORWARDER_ADDRESSES.fw2, FORWARDER_PORTS.health)).toBeUndefined();
    expect(await lab().probe(FORWARDER_ADDRESSES.fw1, FORWARDER_PORTS.health)).toBe('healthy');
    const hungUp = Date.now();
    await hangUp('fw2');
    await until('the event to be acknowledged', () => metadata.isAcknowledged(event));
    tell(lab(), 'its last session over, the event acknowledged after', hungUp);
    const { stdout } = await forwarder('fw2').machine.run(['systemctl', 'is-active', ENGINES[engine].service]);
    expect(stdout.trim()).toBe('inactive');
    await goOn('fw1');
    expect(await dialsLost()).toEqual([]);
    // It does not happen after all.
    await dialAlways();
    await metadata.withdraw(event);
    await balancer.sees('fw2', 'ready');
    expect(forwarder('fw2').machine.exists(MARKER)).toBe(false);
    await lab().answeredByEach('alpha', at('stock').port);
    expect(await dialsLost()).toEqual([]);
    await goOn('fw1');
  });

  it('ends what is still open before the time of an event comes, and not before it has drained', async ({ skip }) => {
    const { client, metadata, engine } = lab();
    // The kernel forwards whether anything runs; a proxy's sockets close with it.
    if (engine !== 'nftables' && !ALL) skip();
    const event = await metadata.announce('Reboot', 'fw2', SHORT_NOTICE);
    await balancer.sees('fw2', 'leaving');
    const [first = ''] = held.fw2;
    let early = false;
    await until('its sessions to end', async () => {
      const acknowledged = metadata.isAcknowledged(event);
      const answer = await client.tell('say', { id: first, line: 'still here' }).catch((error: Error) => error.message);
      if (answer !== 'gamma still here') {
        expect(answer).toMatch(OVER);
        return true;
      }
      early ||= acknowledged;
      return false;
    });
    expect(early).toBe(false);
    await until('the event to be acknowledged', () => metadata.isAcknowledged(event));
    await goOn('fw1');
    expect(await dialsLost()).toEqual([]);
    await metadata.withdraw(event);
    await balancer.sees('fw2', 'ready');
  });

  it('stays at an event of another machine, and at a freeze, which sessions outlive', async () => {
    const { metadata } = lab();
    const events = [await metadata.announce('Terminate', 'another'), await metadata.announce('Freeze', 'fw1')];
    await metadata.seenByAll();
    for (const name of FORWARDERS) {
      expect(forwarder(name).machine.exists(MARKER), name).toBe(false);
      await balancer.sees(name, 'ready');
      await goOn(name);
    }
    for (const event of events) {
      expect(metadata.isAcknowledged(event)).toBe(false);
      await metadata.withdraw(event);
    }
    expect(await dialsLost()).toEqual([]);
  });

  it('loses only its own sessions when the engine crashes, and is back', async () => {
    const { client, engine } = lab();
    const crashed = Date.now();
    await forwarder('fw2').machine.must(['systemctl', 'kill', '--signal=KILL', ENGINES[engine].service]);
    // The kernel forwards whether the refresher of nftables runs or not.
    if (engine === 'nftables') await goOn('fw2');
    else {
      for (const id of held.fw2) {
        await expect(client.tell('say', { id, line: 'hello' }), id).rejects.toThrow(OVER);
      }
    }
    await goOn('fw1');
    await client.tell('stopLoad', { id: 'new' });
    await lab().answeredByEach('alpha', at('stock').port);
    tell(lab(), 'the engine crashed, answers again after', crashed);
    for (const name of FORWARDERS) await balancer.sees(name, 'ready');
    await dialAlways();
    expect(await dialsLost()).toEqual([]);
  });

  it('is missed for as long as the probes need when it loses its power, and forwards again when it is back', async () => {
    const { client, network } = lab();
    const { machine } = forwarder('fw2');
    // A dial that the machine took with it would wait for many minutes: those that follow are looked at.
    await client.tell('stopLoad', { id: 'new' });
    const lost = Date.now();
    await network.unplug('fw2');
    await machine.powerOff();
    await balancer.sees('fw2', 'leaving');
    tell(lab(), 'the machine lost its power, no new connection goes there after', lost);
    await dialAlways();
    await goOn('fw1');
    expect(await dialsLost()).toEqual([]);
    await dialAlways();
    await network.plugIn('fw2');
    const powered = Date.now();
    await machine.powerOn();
    await balancer.sees('fw2', 'ready');
    tell(lab(), 'the machine has power again, ready after', powered);
    await goOn('fw1');
    expect(await dialsLost()).toEqual([]);
    expect(await lab().runs(forwarder('fw2'))).toBe(revisionOf(lab().render().apply));
    await lab().answeredByEach('alpha', at('stock').port);
  });

  it('leaves before an orderly reboot, and comes back by itself', async ({ skip }) => {
    if (!ALL) skip();
    const { machine } = forwarder('fw2');
    const down = machine.shutDown();
    await balancer.sees('fw2', 'leaving');
    await goOn('fw2');
    await goOn('fw1');
    await hangUp('fw2');
    await down;
    await goOn('fw1');
    await machine.powerOn();
    await balancer.sees('fw2', 'ready');
    await goOn('fw1');
    expect(await dialsLost()).toEqual([]);
    await lab().answeredByEach('alpha', at('stock').port);
  });

  it('is replaced, one machine after the other: reimaged, then scaled in and out, and no dial fails', async ({
    skip,
  }) => {
    if (lab().engine !== 'haproxy' && !ALL) skip();
    const { metadata } = lab();
    const join = async (name: ForwarderName, other: ForwarderName): Promise<void> => {
      const begun = Date.now();
      await lab().replace(name);
      // It is set up, and nothing is configured yet.
      await goOn(other);
      await forwarder(name).mustApply(lab().render().apply);
      await balancer.sees(name, 'ready');
      tell(lab(), 'a new machine takes connections after', begun);
      await goOn(other);
      await hold();
    };
    const down = forwarder('fw1').machine.shutDown();
    await balancer.sees('fw1', 'leaving');
    await goOn('fw1');
    await hangUp('fw1');
    await down;
    await join('fw1', 'fw2');

    const event = await metadata.announce('Terminate', 'fw2');
    await balancer.sees('fw2', 'leaving');
    await goOn('fw2');
    await hangUp('fw2');
    await until('the event to be acknowledged', () => metadata.isAcknowledged(event));
    await forwarder('fw2').machine.powerOff();
    await metadata.withdraw(event);
    await join('fw2', 'fw1');
    expect(await dialsLost()).toEqual([]);
    await lab().answeredByEach('alpha', at('stock').port);
  });

  it('follows a network that gets other name servers, and no session notices', async () => {
    const { names } = lab();
    const others = await lab().startNames(OTHER_NAME_SERVER);
    await others.resolve('stock.corp.example', [HOST_ADDRESSES.beta]);
    for (const { machine } of lab().forwarders) machine.write('/etc/resolv.conf', `nameserver ${OTHER_NAME_SERVER}\n`);
    await names.fallSilent();
    await lab().answeredByEach('beta', at('stock').port);
    for (const name of FORWARDERS) await goOn(name);
    expect(await dialsLost()).toEqual([]);
    await names.recover();
    for (const { machine } of lab().forwarders) machine.write('/etc/resolv.conf', `nameserver ${NAME_SERVER}\n`);
    await lab().answeredByEach('alpha', at('stock').port);
    for (const name of FORWARDERS) await goOn(name);
  });
}
