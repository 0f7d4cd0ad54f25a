import type { Namespace } from './namespace';
import {
  DIRECT,
  ENDPOINT,
  FORWARDER_ADDRESSES,
  FORWARDERS,
  type ForwarderName,
  HOST_ADDRESSES,
  type HostName,
  NAT_ADDRESSES,
} from './network';

/**
 * The hop that stands for the Private Link Service and its load balancer: a port is open only when a rule says so, new
 * connections go to the forwarders in turn, the source becomes an address of the NAT subnet, and a flow without a packet
 * for too long is forgotten: what comes after it is dropped without a word.
 */
export class PrivateLink {
  private constructor(private readonly namespace: Namespace) {}

  public static async start(namespace: Namespace): Promise<PrivateLink> {
    const link = new PrivateLink(namespace);
    await namespace.nft(`
      table ip link {
        set open { type inet_service; }
        map direct { type inet_service : ipv4_addr . inet_service; }
        ${FORWARDERS.map((name) => `set only_${name} { type ipv4_addr; }`).join('\n        ')}
        chain prerouting {
          type nat hook prerouting priority dstnat;
          ${FORWARDERS.map((name) => `ip daddr @only_${name} tcp dport @open dnat to ${FORWARDER_ADDRESSES[name]}`).join('\n          ')}
          ip daddr ${ENDPOINT} tcp dport @open dnat ip to numgen inc mod ${FORWARDERS.length} map { ${IN_TURN} }
          ip daddr ${DIRECT} dnat ip to tcp dport map @direct
        }
        chain postrouting {
          type nat hook postrouting priority srcnat;
          iifname "eth0" oifname "eth1" snat to ${NAT_ADDRESSES[0]}-${NAT_ADDRESSES.at(-1)}
        }
        chain forgotten {
          counter drop
        }
        chain arriving {
          type filter hook prerouting priority mangle;
          ct state invalid goto forgotten
        }
      }`);
    await link.cutIdleAfter();
    await namespace.sysctl({
      'net.ipv4.ip_forward': 1,
      // A packet of a flow that is not known opens none.
      'net.netfilter.nf_conntrack_tcp_loose': 0,
      'net.netfilter.nf_conntrack_tcp_be_liberal': 1,
    });
    return link;
  }

  /** The load balancer's rules for these listener ports. */
  public async open(ports: readonly number[]): Promise<void> {
    if (ports.length === 0) return;
    await this.namespace.nft(`add element ip link open { ${ports.join(', ')} }`);
  }

  public async close(ports: readonly number[]): Promise<void> {
    if (ports.length === 0) return;
    await this.namespace.nft(`delete element ip link open { ${ports.join(', ')} }`);
  }

  /**
   * New connections go to these forwarders from now on, all of them in turn or a single one. Elements come and then go, and no
   * rule or element takes another's place: meanwhile a packet may meet neither, and the hop itself would refuse the connection.
   */
  public async balance(forwarders: readonly ForwarderName[]): Promise<void> {
    const only = forwarders.length === 1 ? forwarders[0] : undefined;
    if (only !== undefined) await this.namespace.nft(`add element ip link only_${only} { ${ENDPOINT} }`);
    const others = FORWARDERS.filter((name) => name !== only);
    await this.namespace.nft(others.map((name) => `flush set ip link only_${name}`).join('\n'));
  }

  /** A port of `DIRECT` leads to a host past the forwarders. */
  public async direct(port: number, host: HostName, hostPort: number): Promise<void> {
    await this.namespace.nft(`add element ip link direct { ${port} : ${HOST_ADDRESSES[host]} . ${hostPort} }`);
  }

  /** For how many seconds an established flow is known without a packet; without an argument as long as any test takes. */
  public async cutIdleAfter(seconds = DEFAULT_IDLE_SECONDS): Promise<void> {
    await this.namespace.sysctl({ 'net.netfilter.nf_conntrack_tcp_timeout_established': seconds });
  }

  /** How many packets came for flows that were not known any more. */
  public async forgotten(): Promise<number> {
    const rules = await this.namespace.must(['nft', 'list', 'chain', 'ip', 'link', 'forgotten']);
    return Number(/packets (\d+)/.exec(rules)?.[1]);
  }

  /** True while the hop knows a flow from this client port to the address. */
  public async knows(clientPort: number, address: string = ENDPOINT): Promise<boolean> {
    const args = ['-L', '-p', 'tcp', '--orig-src', CLIENT_ADDRESS, '--orig-dst', address, '--orig-port-src'];
    const flows = await this.namespace.must(['conntrack', ...args, String(clientPort)]);
    return flows.includes(`sport=${clientPort} `);
  }
}

const IN_TURN = FORWARDERS.map((name, index) => `${index} : ${FORWARDER_ADDRESSES[name]}`).join(', ');
const DEFAULT_IDLE_SECONDS = 7200;
const CLIENT_ADDRESS = '10.90.0.10';
