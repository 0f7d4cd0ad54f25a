import { expect, it } from 'vitest';
import { ENGINES, type Engine } from '../../../src/forwarder';
import { revisionOf } from '../support/forwarder';
import { at, type Lab, TARGETS } from '../support/lab';
import { FORWARDERS } from '../support/network';
import { until } from '../support/until';

/** What an update of the engine replaces on disk: its program, for nftables the one that its refresher runs in. */
const PROGRAM: Readonly<Record<Engine, string>> = {
  haproxy: '/usr/sbin/haproxy',
  nginx: '/usr/sbin/nginx',
  nftables: '/usr/bin/python3',
};
/** An engine whose restart ends sessions; the others take up a new program beside them. */
const LEAVES: Engine = 'nginx';
const LEAVING = '/run/privatelink-router/leaving';
/** Takes up at once what was replaced; the waits are those of a lab. */
const TAKE_UP = [
  'env',
  'PLR_NOTICE=2',
  'PLR_SESSIONS_END_WITHIN=1',
  'python3',
  '-B',
  '/etc/privatelink-router/updates.py',
  '--now',
];

/** What a security update replaced on disk is taken up, and nobody on another machine notices. */
export function updatesTakeEffect(lab: () => Lab): void {
  it('takes up a program that was replaced, one that does not run never, and no dial and no other machine notices', async () => {
    const { client, engine, forwarders, link } = lab();
    const [first, second] = forwarders;
    if (first === undefined || second === undefined) throw new Error('there are two forwarders');
    const { service } = ENGINES[engine];
    const program = (await first.machine.must(['readlink', '-f', PROGRAM[engine]])).trim();
    const runs = async (forwarder: typeof first): Promise<string> => {
      const [pid] = await forwarder.processesOf(service);
      return (await forwarder.machine.must(['readlink', `/proc/${pid}/exe`])).trim();
    };
    const untouched = await second.processesOf(service);

    // Sessions that must live are on the second machine; new ones come to both.
    await link.balance(['fw2']);
    await client.tell('startLoad', { id: 'updates', ...at('stock'), kept: 4 });
    await until('sessions on the second machine', async () => {
      return (await client.tell('load', { id: 'updates' })).exchanges > 8;
    });
    await link.balance(FORWARDERS);

    await first.machine.must(['cp', '-p', program, `${program}.good`]);
    if (engine !== 'nftables') {
      const broken = 'printf "#!/bin/sh\\nexit 1\\n" >"$0.new" && chmod 755 "$0.new" && mv "$0.new" "$0"';
      await first.machine.must(['sh', '-c', broken, program]);
      expect(await runs(first)).toBe(`${program} (deleted)`);
      const { code, stdout } = await first.machine.run(TAKE_UP);
      expect(code, stdout).toBe(1);
      expect(await runs(first)).toBe(`${program} (deleted)`);
    }
    await first.machine.must(['mv', `${program}.good`, program]);
    expect(await runs(first)).toBe(`${program} (deleted)`);

    const taking = first.machine.run(TAKE_UP);
    if (engine === LEAVES) {
      await until('the first machine to leave', () => first.machine.exists(LEAVING));
      // What the load balancer does when the ready port says so.
      await link.balance(['fw2']);
    }
    const { code, stdout, stderr } = await taking;
    expect({ code, words: code === 0 ? '' : stdout + stderr }).toEqual({ code: 0, words: '' });
    expect(await runs(first)).toBe(program);
    expect(first.machine.exists(LEAVING)).toBe(false);
    const revision = revisionOf(lab().render(TARGETS).apply);
    await until('the first machine to be ready', async () => (await lab().runs(first)) === revision);
    await link.balance(FORWARDERS);
    await lab().answeredByEach('alpha', at('stock').port);

    expect(await second.processesOf(service)).toEqual(untouched);
    const { lost, completed } = await client.tell('stopLoad', { id: 'updates' });
    expect(lost).toEqual([]);
    expect(completed).toBeGreaterThan(8);
  });
}
