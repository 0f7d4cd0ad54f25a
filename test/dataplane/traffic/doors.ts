import { expect, it } from 'vitest';
import { FORWARDER_PORTS } from '../../../src/forwarder';
import { revisionOf } from '../support/forwarder';
import { type Lab, TARGETS } from '../support/lab';
import { NAT_ADDRESSES, PROBE_ADDRESS } from '../support/network';

const LISTENERS = Object.values(TARGETS).map(({ port }) => port);
const ANSWERING = [TARGETS.stock.port, TARGETS.ledger.port, TARGETS.fixed.port];
/** Ports around everything that anybody could have opened: services, listeners, targets, our own, the last ones. */
const RANGES = [
  [1, 1100],
  [3000, 3500],
  [5400, 5500],
  [6900, 8100],
  [9900, 10200],
  [60900, 61200],
  [65500, 65535],
] as const;

/** Nothing is open that need not be, and what is open is open to those who need it. */
export function doorsAreFew(lab: () => Lab): void {
  it('answers at the listed ports only', async () => {
    const { forwarders, hop } = lab();
    const ports = RANGES.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, index) => from + index));
    for (const { address } of forwarders) {
      const open = await hop.tell('scan', { host: address, ports, from: NAT_ADDRESSES[1] });
      // At our own ports a connection may be taken and closed again; what they say is looked at below.
      const others = open.filter((port) => port !== FORWARDER_PORTS.health && port !== FORWARDER_PORTS.ready);
      // A closed port of a target is closed here too where the kernel forwards to it.
      const listed = LISTENERS.filter((port) => port !== TARGETS['broken-db'].port);
      expect(others.filter((port) => port !== TARGETS['broken-db'].port)).toEqual(listed);
    }
  });

  it('lets no program listen at any other port, on any address but loopback', async () => {
    const own = [FORWARDER_PORTS.health, FORWARDER_PORTS.ready];
    const programs = lab().engine === 'nftables' ? own : [...LISTENERS, ...own];
    for (const { machine } of lab().forwarders) {
      const text = await machine.must(['ss', '-H', '-l', '-n', '-t', '-u']);
      const places = text
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/)[4] ?? '')
        .filter((place) => !/^(127\.|\[::1\])/.test(place));
      const ports = new Set(places.map((place) => Number(place.slice(place.lastIndexOf(':') + 1))));
      expect([...ports].sort((a, b) => a - b)).toEqual(programs.sort((a, b) => a - b));
    }
  });

  it('serves the NAT subnet, and neither another machine of the network nor the probes', async () => {
    const { forwarders, hop, stranger } = lab();
    for (const { address } of forwarders) {
      for (const port of ANSWERING) {
        const ask = { host: address, port, line: 'hello' };
        for (const from of NAT_ADDRESSES) {
          expect(await hop.tell('askOnce', { ...ask, from })).toMatch(/^(alpha|gamma) hello$/);
        }
        const refused = /ECONNREFUSED|ECONNRESET|EPIPE|ended|closed/;
        await expect(stranger.tell('askOnce', ask)).rejects.toThrow(refused);
        await expect(hop.tell('askOnce', { ...ask, from: PROBE_ADDRESS })).rejects.toThrow(refused);
      }
    }
  });

  it('answers health probes, and nobody else who asks for them', async () => {
    const { forwarders } = lab();
    for (const forwarder of forwarders) {
      const { address } = forwarder;
      expect(await lab().probe(address, FORWARDER_PORTS.health)).toBeDefined();
      expect(await lab().runs(forwarder)).toBe(revisionOf(lab().render().apply));
      for (const port of [FORWARDER_PORTS.health, FORWARDER_PORTS.ready, FORWARDER_PORTS.metrics]) {
        expect(await lab().probe(address, port, NAT_ADDRESSES[0]), String(port)).toBeUndefined();
      }
    }
  });

  it('shows its counters to itself and to the networks of metrics.from, and to nobody else', async () => {
    const { engine, forwarders, network } = lab();
    const url = (address: string): string => `http://${address}:${FORWARDER_PORTS.metrics}/metrics`;
    const curl = (address: string, ...more: string[]): string[] => [
      ...['curl', '--silent', '--fail', '--max-time', '5', ...more],
      url(address),
    ];
    const scraped = async (address: string): Promise<string> =>
      (await network.at('stranger').run(curl(address))).stdout;
    // A machine has Python, and no curl.
    const program = 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1], timeout=5).read().decode())';
    const measures = /^haproxy_frontend_bytes_in_total\{proxy="ledger"\} \d+$/m;
    for (const { machine, address } of forwarders) {
      expect(await scraped(address)).toBe('');
      if (engine !== 'haproxy') continue;
      expect(await machine.must(['python3', '-c', program, url('127.0.0.1')])).toMatch(measures);
    }
    if (engine !== 'haproxy') return;
    const asked = lab().render(TARGETS, engine, { metrics_from: ['10.91.0.66/32'] });
    await Promise.all(forwarders.map((forwarder) => forwarder.mustApply(asked.apply)));
    try {
      for (const { machine, address } of forwarders) {
        expect(await scraped(address)).toMatch(measures);
        expect(await machine.must(['python3', '-c', program, url('127.0.0.1')])).toMatch(measures);
        for (const from of [...NAT_ADDRESSES, PROBE_ADDRESS]) {
          const { stdout } = await network.at('link').run(curl(address, '--interface', from));
          expect(stdout, from).toBe('');
        }
      }
    } finally {
      await lab().apply();
    }
    for (const { address } of forwarders) expect(await scraped(address)).toBe('');
  });

  it('forwards nothing else through its machine', async () => {
    const { network, forwarders, stranger } = lab();
    // A neighbour that takes the forwarder for a router gets nowhere.
    const [first] = forwarders;
    await network.at('stranger').must(['ip', 'route', 'add', '10.92.0.13/32', 'via', first?.address ?? '']);
    const asked = stranger.tell('askOnce', { host: '10.92.0.13', port: 7000, line: 'hello' });
    const answer = await Promise.race([
      asked.catch((error: Error) => error.message),
      lab()
        .client.tell('crowd', { host: '10.90.0.100', port: TARGETS.ledger.port, count: 50 })
        .then(() => 'nothing'),
    ]);
    expect(answer).not.toContain('gamma');
    await network.at('stranger').must(['ip', 'route', 'del', '10.92.0.13/32']);
  });
}
