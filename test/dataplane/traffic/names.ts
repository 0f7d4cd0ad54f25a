import { afterEach, expect, it } from 'vitest';
import { ENGINES } from '../../../src/forwarder';
import { target } from '../../forwarder/render';
import { at, type Lab, TARGETS } from '../support/lab';
import { ENDPOINT, FORWARDERS, HOST_ADDRESSES } from '../support/network';
import { until } from '../support/until';

const STOCK = 'stock.corp.example';
/** Begins as names of SRV records do, and is a name like others. */
const DUAL = '_dual.corp.example';
/** Nobody is there. */
const SIX = 'fd00:92::12';
const SELDOM = 'seldom.corp.example';
/** Questions without an answer that make an outage: more than there are names, so that each was asked for in vain. */
const UNANSWERED = 10;
/** The first question from each port of the machine to its own cache never arrives: nginx asks each further one from the same port. */
const LOSE_FIRST_QUESTIONS = `
  table ip losing {
    set met { type inet_service; flags dynamic; }
    chain first {
      type filter hook input priority 0;
      iifname "lo" udp dport 53 udp sport != @met add @met { udp sport } counter drop
    }
  }`;
/** What nginx says of a session that lasted for seconds. */
const WAITED = /target=stock .* duration_s=([5-9]|\d\d)\.\d+ /;

/** What HAProxy would start with. */
function kept(forwarder: Lab['forwarders'][number] | undefined): string {
  return forwarder?.machine.read('/var/lib/privatelink-router/haproxy.state') ?? '';
}

/** Names are followed while the forwarder runs, and DNS may fail without anybody noticing. */
export function namesAreFollowed(lab: () => Lab): void {
  afterEach(async () => {
    const { names, network, link } = lab();
    await names.recover();
    await names.resolve(STOCK, [HOST_ADDRESSES.alpha]);
    await network.comeBack('alpha');
    await link.balance(FORWARDERS);
    await lab().answeredByEach('alpha', at('stock').port);
  });

  it('follows a host that moves, on every forwarder, and no other session notices', async () => {
    const { client, names } = lab();
    await client.tell('dial', { id: 'other', ...at('ledger') });
    await client.tell('say', { id: 'other', line: 'before' });
    await names.resolve(STOCK, [HOST_ADDRESSES.beta]);
    await lab().answeredByEach('beta', at('stock').port);
    expect(await client.tell('say', { id: 'other', line: 'after' })).toBe('gamma after');
    await client.tell('hangUp', { id: 'other' });
  });

  it('leaves a host that died for the one that DNS names', async () => {
    const { names, network } = lab();
    await network.vanish('alpha');
    await names.resolve(STOCK, [HOST_ADDRESSES.beta]);
    await lab().answeredByEach('beta', at('stock').port);
  });

  it('stays with IPv4 where a name has both kinds of addresses, also while DNS fails for IPv4 alone', async () => {
    const { client, names, link } = lab();
    const port = 10071;
    await names.set({ [DUAL]: { a: [HOST_ADDRESSES.alpha], aaaa: [SIX], ttl: 1 } });
    await lab().apply({ ...TARGETS, dual: target(port, DUAL, 7000) });
    await link.open([port]);
    await lab().answeredByEach('alpha', port);
    await names.set({ [DUAL]: { a: [HOST_ADDRESSES.alpha], aaaa: [SIX], ttl: 1, failures: 'A' } });
    await client.tell('startLoad', { id: 'dual', host: ENDPOINT, port, kept: 3 });
    const begin = names.asked;
    await until('questions without an answer', () => names.asked >= begin + UNANSWERED);
    const { lost, answeredBy } = await client.tell('stopLoad', { id: 'dual' });
    expect(lost).toEqual([]);
    expect(Object.keys(answeredBy)).toEqual(['alpha']);
    await link.close([port]);
    await lab().apply();
  });

  it.each(['fallSilent', 'answerFailure'] as const)(
    'goes on as before during an outage of DNS (%s), even after a crash, and follows DNS again afterwards',
    async (trouble) => {
      const { client, names, forwarders, engine } = lab();
      await client.tell('startLoad', { id: 'outage', ...at('stock'), kept: 3 });
      // A worker of nginx may hold the answer before the last one for a second.
      const elsewhere = ({ answeredBy: { alpha: _, ...others } }: { answeredBy: Readonly<Record<string, number>> }) =>
        JSON.stringify(others);
      let settled = await client.tell('load', { id: 'outage' });
      await until('every process to know where the host is', async () => {
        const now = await client.tell('load', { id: 'outage' });
        if (elsewhere(now) !== elsewhere(settled)) settled = now;
        return now.completed >= settled.completed + 60;
      });
      await names[trouble]();
      const begin = names.asked;
      await until('questions without an answer', () => names.asked >= begin + UNANSWERED);
      const before = await client.tell('load', { id: 'outage' });
      await until('more traffic', async () => {
        const { completed } = await client.tell('load', { id: 'outage' });
        return completed >= before.completed + 30;
      });
      const report = await client.tell('stopLoad', { id: 'outage' });
      expect(report.lost).toEqual([]);
      expect(elsewhere(report)).toEqual(elsewhere(settled));

      const [first] = forwarders;
      // HAProxy's addresses are kept every few seconds: the crash comes after the last change was.
      await until('the addresses to be kept', () => engine !== 'haproxy' || kept(first).includes(HOST_ADDRESSES.alpha));
      await first?.machine.must(['systemctl', 'kill', '--signal=KILL', ENGINES[engine].service]);
      await lab().answeredByEach('alpha', at('stock').port);
      await lab().answeredByEach('gamma', at('ledger').port);

      await names.recover();
      await names.resolve(STOCK, [HOST_ADDRESSES.beta]);
      await lab().answeredByEach('beta', at('stock').port);
    },
  );

  it('loses no dial where a question about its name is lost, as at a restart of the cache', async ({ skip }) => {
    const { client, engine, forwarders, network } = lab();
    // The others ask beside their sessions, and no dial waits for an answer.
    if (engine !== 'nginx') skip();
    const [first] = forwarders;
    const since = `--since=@${Math.floor(Date.now() / 1000)}`;
    const journal = ['journalctl', '--no-pager', '-q', '-o', 'cat', '-t', 'privatelink_router_nginx', since];
    await lab().link.balance(['fw1']);
    await network.at('fw1').nft(LOSE_FIRST_QUESTIONS);
    try {
      await client.tell('startLoad', { id: 'lost', ...at('stock'), kept: 0 });
      await until('the end of a dial that waited for its name', async () => {
        return WAITED.test((await first?.machine.must(journal)) ?? '');
      });
    } finally {
      await network.at('fw1').nft('delete table ip losing');
    }
    expect((await client.tell('stopLoad', { id: 'lost' })).lost).toEqual([]);
  });

  it('knows the names of targets that nobody had dialled before an outage', async () => {
    const { names, forwarders } = lab();
    const port = 10070;
    await lab().apply({ ...TARGETS, seldom: target(port, SELDOM, 7000) });
    for (const { address } of forwarders) {
      await until(`${address} to ask for the name`, () => names.askersOf(SELDOM).has(address));
    }
    // The last answer is on its way; it is there when a later question has been answered.
    await lab().answeredByEach('gamma', at('ledger').port);
    await names.fallSilent();
    const begin = names.asked;
    await until('questions without an answer', () => names.asked >= begin + UNANSWERED);
    await lab().answeredByEach('gamma', port);
    await names.recover();
    await lab().apply();
  });
}
