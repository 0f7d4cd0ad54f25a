import type { Processes } from '../../terraform/support/processes';
import { Namespace } from './namespace';

/** The forwarders' machines, as a scale set numbers them. */
export const FORWARDERS = ['fw1', 'fw2'] as const;
export type ForwarderName = (typeof FORWARDERS)[number];

/** The hosts that targets name. */
export const HOSTS = ['alpha', 'beta', 'gamma'] as const;
export type HostName = (typeof HOSTS)[number];

/** The private endpoint's address, which a client dials. */
export const ENDPOINT = '10.90.0.100';
/** An address of the same hop that leads to a target without a forwarder between: what figures are compared with. */
export const DIRECT = '10.90.0.101';
/** The subnet of the Private Link Service's NAT addresses: what a forwarder sees its clients come from. */
export const NAT_SUBNET = '10.91.1.0/28';
export const NAT_ADDRESSES = ['10.91.1.4', '10.91.1.5'] as const;
/** Where Azure's health probes come from. */
export const PROBE_ADDRESS = '168.63.129.16';
/** The name server of the virtual network. */
export const NAME_SERVER = '10.92.0.53';
/** Where a second one would be, when a test starts it. */
export const OTHER_NAME_SERVER = '10.92.0.54';
/** Where each machine finds the cloud's own word about it. */
export const METADATA_ADDRESS = '169.254.169.254';

export const FORWARDER_ADDRESSES: Readonly<Record<ForwarderName, string>> = { fw1: '10.91.0.4', fw2: '10.91.0.5' };
export const HOST_ADDRESSES: Readonly<Record<HostName, string>> = {
  alpha: '10.92.0.11',
  beta: '10.92.0.12',
  gamma: '10.92.0.13',
};

/** Neighbours of the virtual network's router: address with prefix and gateway. */
const NEIGHBOURS: Readonly<Record<string, readonly [string, string]>> = {
  link: [`${NAT_ADDRESSES[0]}/28`, '10.91.1.1'],
  fw1: [`${FORWARDER_ADDRESSES.fw1}/24`, '10.91.0.1'],
  fw2: [`${FORWARDER_ADDRESSES.fw2}/24`, '10.91.0.1'],
  stranger: ['10.91.0.66/24', '10.91.0.1'],
  alpha: [`${HOST_ADDRESSES.alpha}/24`, '10.92.0.1'],
  beta: [`${HOST_ADDRESSES.beta}/24`, '10.92.0.1'],
  gamma: [`${HOST_ADDRESSES.gamma}/24`, '10.92.0.1'],
  dns: [`${NAME_SERVER}/24`, '10.92.0.1'],
};

/** `client` — `link` (the Private Link Service and the load balancer) — `vnet` — everybody else. */
export type Place = 'client' | 'vnet' | 'link' | 'stranger' | 'dns' | ForwarderName | HostName;

/**
 * The way from a client to its targets, each host a network namespace: the client sees the private endpoint alone, the
 * `link` hop translates it to an address of the NAT subnet, `vnet` routes between the subnets of the virtual network and
 * the network beyond it. `stranger` is a machine of the virtual network that has no business with the forwarders.
 */
export class Network {
  private readonly places: Readonly<Record<Place, Namespace>>;
  private readonly vanished = new Set<HostName>();

  private constructor(places: Readonly<Record<Place, Namespace>>) {
    this.places = places;
  }

  public static async create(processes: Processes): Promise<Network> {
    const names: readonly Place[] = ['client', 'vnet', 'link', 'stranger', 'dns', ...FORWARDERS, ...HOSTS];
    const made = await Promise.all(names.map(async (name) => [name, await Namespace.create(processes, name)] as const));
    const network = new Network(Object.fromEntries(made) as Record<Place, Namespace>);
    await network.wire();
    return network;
  }

  public at(place: Place): Namespace {
    return this.places[place];
  }

  /** From now on a host takes every packet and answers none, as a machine does that lost its power. */
  public async vanish(host: HostName): Promise<void> {
    await this.at('vnet').must(['ip', 'route', 'add', 'blackhole', `${HOST_ADDRESSES[host]}/32`]);
    this.vanished.add(host);
  }

  /** From now on no packet comes from a machine or reaches it, as when its power is gone. */
  public async unplug(machine: ForwarderName): Promise<void> {
    await this.at('vnet').must(['ip', 'link', 'set', `to-${machine}`, 'down']);
  }

  public async plugIn(machine: ForwarderName): Promise<void> {
    await this.at('vnet').must(['ip', 'link', 'set', `to-${machine}`, 'up']);
  }

  /** The host is back, its connections as they were. */
  public async comeBack(host: HostName): Promise<void> {
    if (!this.vanished.delete(host)) return;
    await this.at('vnet').must(['ip', 'route', 'del', 'blackhole', `${HOST_ADDRESSES[host]}/32`]);
  }

  /**
   * Makes two ways from the private link to a host equally long: what goes to the host itself is routed by one machine,
   * what a forwarder carries goes through the other, and `vnet` is crossed once on each.
   */
  public async makeEqual(router: ForwarderName, forwarder: ForwarderName, host: HostName): Promise<void> {
    const addresses = FORWARDER_ADDRESSES;
    await this.at('link').must(['ip', '-batch', '-'], {
      input: [
        `route replace ${addresses[forwarder]}/32 dev eth1 scope link`,
        `route replace ${HOST_ADDRESSES[host]}/32 via ${addresses[router]} dev eth1 onlink`,
      ].join('\n'),
    });
    await this.at(host).must(['ip', '-batch', '-'], {
      input: [
        `route replace ${addresses[forwarder]}/32 dev eth0 scope link`,
        `route replace ${NAT_SUBNET} via ${addresses[router]} dev eth0 onlink`,
      ].join('\n'),
    });
    await this.at(router).sysctl({
      'net.ipv4.ip_forward': 1,
      'net.ipv4.conf.all.send_redirects': 0,
      'net.ipv4.conf.eth0.send_redirects': 0,
    });
  }

  private async wire(): Promise<void> {
    const { client, link, vnet } = this.places;
    await vnet.must(['ip', '-batch', '-'], {
      input: [
        'link add br0 type bridge',
        'link set br0 up',
        ...['10.91.0.1/24', '10.91.1.1/28', '10.92.0.1/24'].map((address) => `address add ${address} dev br0`),
      ].join('\n'),
    });
    await vnet.sysctl({
      'net.ipv4.ip_forward': 1,
      'net.ipv4.conf.all.send_redirects': 0,
      'net.ipv4.conf.br0.send_redirects': 0,
    });
    for (const [name, [address, gateway]] of Object.entries(NEIGHBOURS)) {
      const { pid } = this.places[name as Place];
      const device = name === 'link' ? 'eth1' : 'eth0';
      await vnet.must([
        'ip',
        'link',
        'add',
        `to-${name}`,
        'type',
        'veth',
        'peer',
        'name',
        device,
        'netns',
        String(pid),
      ]);
      await vnet.must(['ip', 'link', 'set', `to-${name}`, 'master', 'br0', 'up']);
      await this.places[name as Place].must(['ip', '-batch', '-'], {
        input: `address add ${address} dev ${device}\nlink set ${device} up\nroute add default via ${gateway}`,
      });
    }
    await client.must(['ip', '-batch', '-'], {
      input: [
        `link add eth0 type veth peer name eth0 netns ${link.pid}`,
        'address add 10.90.0.10/24 dev eth0',
        'link set eth0 up',
      ].join('\n'),
    });
    await link.must(['ip', '-batch', '-'], {
      input: [
        ...['10.90.0.1/24', `${ENDPOINT}/24`, `${DIRECT}/24`].map((address) => `address add ${address} dev eth0`),
        'link set eth0 up',
        ...NAT_ADDRESSES.slice(1).map((address) => `address add ${address}/28 dev eth1`),
        `address add ${PROBE_ADDRESS}/32 dev lo`,
      ].join('\n'),
    });
    await vnet.must(['ip', 'route', 'add', `${PROBE_ADDRESS}/32`, 'via', NAT_ADDRESSES[0]]);
    await vnet.must(['ip', 'address', 'add', `${METADATA_ADDRESS}/32`, 'dev', 'lo']);
    await this.places.dns.must(['ip', 'address', 'add', `${OTHER_NAME_SERVER}/24`, 'dev', 'eth0']);
  }
}
