import { afterEach, expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { at, CLOSED_PORT, type Lab } from '../support/lab';
import { DIRECT, HOST_ADDRESSES } from '../support/network';

/** However a connection ends that nobody serves: at its beginning, or before its first answer. */
const REFUSED = /ECONNREFUSED|ECONNRESET|EPIPE|ended|closed/;

/** A target that does not answer is refused at once, and is nobody else's trouble. */
export function deadTargetsAreRefused(lab: () => Lab): void {
  afterEach(async () => {
    const { names, network } = lab();
    await network.comeBack('beta');
    await names.resolve('broken.corp.example', [HOST_ADDRESSES.gamma]);
  });

  it('refuses a target whose port is closed while others go on, and serves it when it is back', async () => {
    const { client, hosts } = lab();
    await client.tell('startLoad', { id: 'others', ...at('ledger'), kept: 3 });
    for (let turn = 0; turn < 10; turn += 1) {
      const asked = client.tell('askOnce', { ...at('broken-db'), line: 'hello' });
      await expect(asked).rejects.toThrow(REFUSED);
    }
    await hosts.gamma.tell('serve', { name: 'gamma', port: CLOSED_PORT });
    await lab().answeredBy('gamma', at('broken-db'));
    await hosts.gamma.tell('unserve', { port: CLOSED_PORT });
    const { lost, completed } = await client.tell('stopLoad', { id: 'others' });
    expect(lost).toEqual([]);
    expect(completed).toBeGreaterThan(0);
  });

  it('refuses a host that says nothing long before the client would give up by itself', async ({ skip }) => {
    const { client, hosts, names, network, link, engine } = lab();
    // The kernel forwards the question as it is; nobody is there to give up.
    if (ENGINES[engine].service === ENGINES.nftables.service) skip();
    await hosts.beta.tell('serve', { name: 'beta', port: CLOSED_PORT });
    await names.resolve('broken.corp.example', [HOST_ADDRESSES.beta]);
    await lab().answeredByEach('beta', at('broken-db').port);
    await link.direct(CLOSED_PORT, 'beta', CLOSED_PORT);
    await client.tell('startLoad', { id: 'others', ...at('ledger'), kept: 3 });
    await network.vanish('beta');
    let direct = 'still waiting';
    const past = client
      .tell('askOnce', { host: DIRECT, port: CLOSED_PORT, line: 'hello' })
      .catch((error: Error) => error.message)
      .then((end) => {
        direct = end;
      });
    const asked = client.tell('askOnce', { ...at('broken-db'), line: 'hello' });
    await expect(asked).rejects.toThrow(REFUSED);
    expect(direct).toBe('still waiting');
    const { lost } = await client.tell('stopLoad', { id: 'others' });
    expect(lost).toEqual([]);
    await network.comeBack('beta');
    await past;
    expect(direct).toBe('beta hello');
    await lab().answeredBy('beta', at('broken-db'));
    await hosts.beta.tell('unserve', { port: CLOSED_PORT });
  });
}
