import { afterAll, beforeAll, expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { target } from '../../forwarder/render';
import { type Forwarder, revisionOf } from '../support/forwarder';
import { type Lab, TARGETS } from '../support/lab';
import { NAT_ADDRESSES } from '../support/network';
import { until } from '../support/until';

const FULL = target(10060, 'ledger.corp.example', 7000, { max_connections: 40 });
/** What a machine with so little memory has room for, and the share of one target in it. */
const SMALL = { kib: 300 * 1024, sessions: 500, share: 400 };
const REFUSED = /ECONNREFUSED|ECONNRESET|EPIPE|ended|closed/;

/** A target that takes all it may leaves the others, and the ready port, what they need. */
export function roomIsLeft(lab: () => Lab): void {
  let first: Forwarder;
  let apply: string;
  let flood = 0;

  beforeAll(async () => {
    const [forwarder] = lab().forwarders;
    if (forwarder === undefined) throw new Error('there is no forwarder');
    first = forwarder;
    apply = lab().render({ ...TARGETS, full: FULL }).apply;
    await first.mustApply(apply);
  });
  afterAll(() => lab().apply());

  const from = (turn: number) => ({ from: NAT_ADDRESSES[turn % NAT_ADDRESSES.length] ?? NAT_ADDRESSES[0] });

  /** Opens so many sessions at once. @returns the ids of those that a target answers on; the others are gone */
  async function opened(port: number, count: number): Promise<string[]> {
    flood += 1;
    const tried = Array.from({ length: count }, async (_, turn): Promise<string[]> => {
      const id = `flood-${flood}-${turn}`;
      try {
        await lab().hop.tell('dial', { id, host: first.address, port, ...from(turn) });
        return (await lab().hop.tell('say', { id, line: 'held' })).endsWith(' held') ? [id] : [];
      } catch {
        return [];
      }
    });
    return (await Promise.all(tried)).flat();
  }

  const hangUp = (ids: readonly string[]) => Promise.all(ids.map((id) => lab().hop.tell('hangUp', { id })));

  const answer = (port: number) => lab().hop.tell('askOnce', { host: first.address, port, line: 'hello', ...from(0) });

  async function othersAnswer(ports: readonly number[]): Promise<void> {
    for (const port of ports) expect(await answer(port)).toMatch(/^(alpha|gamma) hello$/);
    for (let turn = 0; turn < 10; turn += 1) expect(await lab().runs(first)).toBe(revisionOf(apply));
  }

  it('refuses at once what is beyond the limit of a target, and serves every other one', async () => {
    await lab().answeredByEach('gamma', TARGETS.ledger.port);
    await until('the target to be served', async () => (await answer(FULL.port)) === 'gamma hello');
    const held = await until('all that may be open to be open', async () => {
      const ids = await opened(FULL.port, FULL.max_connections);
      if (ids.length === FULL.max_connections) return ids;
      await hangUp(ids);
      return undefined;
    });
    for (let turn = 0; turn < 5; turn += 1) await expect(answer(FULL.port)).rejects.toThrow(REFUSED);
    await othersAnswer([TARGETS.stock.port, TARGETS.ledger.port, TARGETS.fixed.port]);
    for (const id of held) expect(await lab().hop.tell('say', { id, line: 'still' })).toBe('gamma still');
    await hangUp(held);
    await until('the target to take sessions again', async () => (await answer(FULL.port)) === 'gamma hello');
  });

  it('has room for other targets when one takes all it may, and for the ready port when nothing else is left', async ({
    skip,
  }) => {
    // The kernel's table is the whole machine's, and a lab's machines share it.
    if (lab().engine === 'nftables') skip();
    const { service } = ENGINES[lab().engine];
    const drop = `/etc/systemd/system/${service}.d/small.conf`;
    first.machine.write('/etc/small', `MemTotal: ${SMALL.kib} kB\n`);
    first.machine.write(drop, '[Service]\nEnvironment=PLR_MEMINFO=/etc/small\n');
    await first.machine.must(['systemctl', 'daemon-reload']);
    await first.machine.must(['systemctl', 'restart', service]);
    try {
      await lab().answeredByEach('gamma', TARGETS.ledger.port);
      const one = await opened(TARGETS.ledger.port, SMALL.sessions + 100);
      // Workers that share the sessions share them nearly evenly.
      expect(one.length).toBeLessThanOrEqual(SMALL.share);
      expect(one.length).toBeGreaterThan(SMALL.share * 0.8);
      await othersAnswer([TARGETS.stock.port, TARGETS.fixed.port]);
      const other = await opened(TARGETS.stock.port, SMALL.sessions);
      expect(one.length + other.length).toBeLessThanOrEqual(SMALL.sessions);
      await expect(answer(TARGETS.fixed.port)).rejects.toThrow(REFUSED);
      await othersAnswer([]);
      await hangUp([...one, ...other]);
      await until('sessions to be taken again', async () => (await answer(TARGETS.fixed.port)) === 'gamma hello');
    } finally {
      await first.machine.must(['rm', '-r', '/etc/small', `/etc/systemd/system/${service}.d`]);
      await first.machine.must(['systemctl', 'daemon-reload']);
      await first.machine.must(['systemctl', 'restart', service]);
    }
    await until('the machine to be as it was', async () => (await lab().runs(first)) === revisionOf(apply));
  });
}
