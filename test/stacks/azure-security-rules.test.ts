import { isIPv4 } from 'node:net';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { PlannedAzureRouter, PlannedListener } from '../../src/model';
import { azureListener, azureRouter, azureShard, placeWith } from '../constructs/support/azure-plans';
import { TCP_CHECK } from '../constructs/support/plans';
import { describeUnless } from '../terraform/support/gate';
import { lacking } from '../terraform/support/requirements';
import { rulesOf, type SecurityRule } from './support/security-rules';

type Forwarder = Parameters<typeof placeWith>[0];

/** One packet that a machine would send. */
interface Packet {
  readonly to: string;
  readonly port: number;
  readonly protocol?: 'Tcp' | 'Udp';
}

function routerWith(
  listeners: readonly PlannedListener[],
  forwarder: Forwarder = {},
  resolvers: readonly string[] = [],
): PlannedAzureRouter {
  return azureRouter([azureShard(1, listeners)], { azure: placeWith(forwarder), resolvers });
}

const PRIVATE = /^(10|172\.(1[6-9]|2\d|3[01])|192\.168|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7]))\./;

/** What a service tag stands for here: a virtual network of 10.60.0.0/16 without routes of its own. */
const TAGS: Readonly<Record<string, (address: string) => boolean>> = {
  '*': () => true,
  VirtualNetwork: (address) => address.startsWith('10.60.'),
  Internet: (address) => !PRIVATE.test(address),
  AzureCloud: (address) => address === '20.60.0.1',
};

function holds(prefix: string, address: string): boolean {
  const number = (text: string): number => text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  const [base = '', bits = '32'] = prefix.split('/');
  if (!isIPv4(base)) throw new Error(`no tag is known as ${prefix}`);
  const size = 2 ** (32 - Number(bits));
  return number(address) >= number(base) && number(address) < number(base) + size;
}

/** The rule that decides of a packet, as Azure does: the first by priority that fits. */
function decides(rules: readonly SecurityRule[], { to, port, protocol = 'Tcp' }: Packet): SecurityRule | undefined {
  return rules
    .filter(({ direction }) => direction === 'Outbound')
    .sort((a, b) => a.priority - b.priority)
    .find((rule) => {
      const prefixes = [rule.destination_address_prefix, ...rule.destination_address_prefixes].filter((one) => one);
      const ranges = [rule.destination_port_range, ...rule.destination_port_ranges].filter((one) => one);
      return (
        (rule.protocol === '*' || rule.protocol === protocol) &&
        prefixes.some((one) => TAGS[one]?.(to) ?? holds(one, to)) &&
        ranges.some((range) => {
          const [from = 0, end = from] = range === '*' ? [0, 65535] : range.split('-').map(Number);
          return port >= from && port <= end;
        })
      );
    });
}

const admits = (rules: readonly SecurityRule[], packet: Packet): boolean => decides(rules, packet)?.access === 'Allow';

const checkAt = (port: number) => ({ healthCheck: { ...TCP_CHECK, port } });

describeUnless(lacking(['terraform']), 'the security rules, as Terraform works them out', () => {
  it('leave out what no target, server or login needs', () => {
    const names = (rules: readonly SecurityRule[] | undefined): unknown => rules?.map(({ name }) => name);
    const dns = ['dns-network', 'dns-private'];
    const [none, one, other] = rulesOf([
      routerWith([], { egress: { kind: 'none' } }),
      routerWith([azureListener('a', 10000)]),
      routerWith(
        [azureListener('a', 10000, { host: '10.1.2.3', literal: true })],
        {
          egress: { kind: 'mirror', mirror: 'https://apt.corp.example:8443/ubuntu' },
          runCommand: true,
          metrics: { from: ['10.0.8.0/24'] },
        },
        ['10.0.0.53:5353', '10.0.0.54'],
      ),
    ]);
    expect(names(none)).toEqual(['probes', ...dns, 'rest', 'outbound-rest']);
    expect(names(one)).toEqual(['probes', 'clients', ...dns, 'targets', 'packages', 'rest', 'outbound-rest']);
    expect(names(other)).toEqual([
      'probes',
      'clients',
      'metrics',
      ...dns,
      'resolvers',
      'addresses',
      'mirror',
      'run-command',
      'rest',
      'outbound-rest',
    ]);
  });

  it('admit every port of every target and of its check, wherever its name leads, and the ports of no other', () => {
    const port = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 65535 }));
    const listener = fc
      .record({
        literal: fc.boolean(),
        last: fc.integer({ min: 1, max: 254 }),
        port,
        check: fc.option(port, { nil: undefined }),
      })
      .map(({ literal, last, port: own, check }) => ({
        literal,
        port: own,
        ...(literal ? { host: `10.7.0.${last}` } : {}),
        ...(check === undefined ? {} : checkAt(check)),
      }));
    const samples = fc.sample(fc.array(listener, { maxLength: 12 }), { numRuns: 10 });
    const routers = samples.map((sample) =>
      routerWith(
        sample.map((change, i) => azureListener(`t${i}`, 10000 + i, change)),
        { egress: { kind: 'none' } },
      ),
    );
    rulesOf(routers).forEach((rules, i) => {
      const listeners = routers[i]?.shards[0]?.listeners ?? [];
      const named = new Set<number>([53]);
      for (const {
        hosts: [{ name: host, literal }],
        port: own,
        healthCheck,
      } of listeners.flatMap(({ backends }) => backends)) {
        for (const one of [own, healthCheck.port ?? own]) {
          if (!literal) named.add(one);
          // A name has any address; an address is itself.
          for (const to of literal ? [host] : ['10.9.9.9', '100.64.0.9', '203.0.113.9', '10.60.1.9']) {
            expect(decides(rules, { to, port: one }), `${to}:${one}`).toMatchObject({ access: 'Allow' });
          }
        }
      }
      for (let probe = 1; probe <= 45; probe += 1) {
        expect(admits(rules, { to: '10.60.1.9', port: probe }), String(probe)).toBe(named.has(probe));
        if (probe !== 53) expect(admits(rules, { to: '203.0.113.9', port: probe })).toBe(named.has(probe));
      }
    });
  });

  it('admit packages from where they come, and nothing else of the internet', () => {
    const target = [azureListener('erp', 10000, { port: 1521 })];
    const from = (mirror: string): Forwarder => ({ egress: { kind: 'mirror', mirror } });
    const [nat, none, named, plain, literal] = rulesOf([
      routerWith(target),
      routerWith(target, { egress: { kind: 'none' } }),
      routerWith(target, from('https://nexus.corp.example:8443/repository/ubuntu')),
      routerWith(target, from('http://azure.archive.ubuntu.com/ubuntu')),
      routerWith(target, from('https://10.0.5.5/ubuntu')),
    ]);
    const open = (rules: readonly SecurityRule[] | undefined, to: string): number[] =>
      [22, 25, 53, 80, 123, 443, 1433, 1521, 3389, 8443].filter((port) => admits(rules ?? [], { to, port }));
    expect(open(nat, '203.0.113.9')).toEqual([80, 443, 1521]);
    expect(open(nat, '10.9.9.9')).toEqual([53, 1521]);
    expect(open(none, '203.0.113.9')).toEqual([1521]);
    expect(open(none, '10.60.1.9')).toEqual([53, 1521]);
    // A name of the mirror may lead to the public archive by a way of the subnet's own.
    expect(open(named, '10.9.9.9')).toEqual([53, 1521, 8443]);
    expect(open(plain, '203.0.113.9')).toEqual([80, 1521]);
    expect(open(literal, '10.0.5.5')).toEqual([53, 443, 1521]);
    expect(open(literal, '10.0.5.6')).toEqual([53, 1521]);
    expect(admits(nat ?? [], { to: '203.0.113.9', port: 443, protocol: 'Udp' })).toBe(false);
  });

  it('admit the name servers: private ones, those of the network, and those of resolvers at their port', () => {
    const [rules = []] = rulesOf(
      [routerWith([], { egress: { kind: 'none' } }, ['203.0.113.53:5353', '198.51.100.53'])],
      ['192.0.2.53'],
    );
    for (const protocol of ['Tcp', 'Udp'] as const) {
      for (const to of ['10.1.1.1', '172.31.0.1', '192.168.0.1', '100.127.0.1', '10.60.0.4', '192.0.2.53']) {
        expect(admits(rules, { to, port: 53, protocol }), to).toBe(true);
      }
      expect(admits(rules, { to: '203.0.113.53', port: 5353, protocol })).toBe(true);
      expect(admits(rules, { to: '198.51.100.53', port: 53, protocol })).toBe(true);
      expect(admits(rules, { to: '203.0.113.54', port: 53, protocol })).toBe(false);
      expect(admits(rules, { to: '192.0.2.53', port: 5353, protocol })).toBe(false);
    }
  });

  it('admit Azure’s public addresses to 443 on request, for the answers of Run Command', () => {
    const [plain = [], asked = []] = rulesOf([
      routerWith([], { egress: { kind: 'none' } }),
      routerWith([], { egress: { kind: 'none' }, runCommand: true }),
    ]);
    const open = (rules: readonly SecurityRule[]): string[] =>
      ['20.60.0.1', '203.0.113.9', '10.60.1.9'].filter((to) => admits(rules, { to, port: 443 }));
    expect(open(plain)).toEqual([]);
    expect(open(asked)).toEqual(['20.60.0.1']);
    expect(admits(asked, { to: '20.60.0.1', port: 80 })).toBe(false);
  });
});
