import { FORWARDER_PORTS } from '../../forwarder';
import { DNS_PORT } from '../../model';

/** Who speaks to the forwarders, or is spoken to by them. A rule takes addresses and no host names. */
export type RulePeer =
  | 'probes'
  | 'nat-subnet'
  | 'ssh-networks'
  | 'metrics-networks'
  | 'virtual-network'
  | 'private-networks'
  | 'network-name-servers'
  | 'resolvers'
  | 'anywhere'
  | 'literal-targets'
  | 'internet'
  | 'mirror'
  | 'cloud-services';

/** Ports that the router's plan gives: of listeners, of targets and their checks, of `resolvers`, of the mirror. */
export type PlannedPorts = 'listeners' | 'named-targets' | 'literal-targets' | 'resolvers' | 'mirror';

/** One rule of the security group of a pool's machines that admits something. */
export interface ForwarderRule {
  readonly name: string;
  readonly direction: 'Inbound' | 'Outbound';
  /** Our order of the rules of each direction, within Azure's 100 to 4096. */
  readonly priority: number;
  readonly protocol: 'tcp' | 'any';
  readonly peer: RulePeer;
  readonly ports: readonly number[] | PlannedPorts;
  /** What has to be chosen, or the rule is not there. A rule without a peer or a port is not there either. @default nothing */
  readonly with?: 'nat-gateway' | 'run-command';
}

/** The port of SSH. */
export const SSH_PORT = 22;
/** The ports of archives of packages. */
export const ARCHIVE_PORTS = [80, 443] as const;
/** What Azure's services speak, the one that carries the answers of Run Command among them. */
export const HTTPS_PORT = 443;

/**
 * Who may speak to the machines: Azure's probes to the probes' ports, the NAT subnet to the ports in use, people and scrapers
 * from the networks that the inventory names. And to whom they may speak: name servers, targets, and where their packages come
 * from. Where the inventory or the network gives an address, the rule names it; where it gives a host, which may have any address
 * tomorrow, the rule names the port.
 *
 * Azure's own services on the host (168.63.129.16: DNS, DHCP, the machines' agent; 169.254.169.254: metadata) pass no rule
 * unless one has their tag, and the clock is the host's: neither needs one.
 */
export const FORWARDER_RULES = [
  {
    name: 'probes',
    direction: 'Inbound',
    priority: 100,
    protocol: 'tcp',
    peer: 'probes',
    ports: [FORWARDER_PORTS.health, FORWARDER_PORTS.ready],
  },
  {
    name: 'clients',
    direction: 'Inbound',
    priority: 110,
    protocol: 'tcp',
    peer: 'nat-subnet',
    ports: 'listeners',
  },
  { name: 'ssh', direction: 'Inbound', priority: 120, protocol: 'tcp', peer: 'ssh-networks', ports: [SSH_PORT] },
  {
    name: 'metrics',
    direction: 'Inbound',
    priority: 130,
    protocol: 'tcp',
    peer: 'metrics-networks',
    ports: [FORWARDER_PORTS.metrics],
  },
  // A service tag stands alone in a rule.
  {
    name: 'dns-network',
    direction: 'Outbound',
    priority: 100,
    protocol: 'any',
    peer: 'virtual-network',
    ports: [DNS_PORT],
  },
  {
    name: 'dns-private',
    direction: 'Outbound',
    priority: 110,
    protocol: 'any',
    peer: 'private-networks',
    ports: [DNS_PORT],
  },
  {
    name: 'dns-servers',
    direction: 'Outbound',
    priority: 120,
    protocol: 'any',
    peer: 'network-name-servers',
    ports: [DNS_PORT],
  },
  {
    name: 'resolvers',
    direction: 'Outbound',
    priority: 130,
    protocol: 'any',
    peer: 'resolvers',
    ports: 'resolvers',
  },
  {
    name: 'targets',
    direction: 'Outbound',
    priority: 140,
    protocol: 'tcp',
    peer: 'anywhere',
    ports: 'named-targets',
  },
  {
    name: 'addresses',
    direction: 'Outbound',
    priority: 150,
    protocol: 'tcp',
    peer: 'literal-targets',
    ports: 'literal-targets',
  },
  {
    name: 'packages',
    direction: 'Outbound',
    priority: 160,
    protocol: 'tcp',
    peer: 'internet',
    ports: ARCHIVE_PORTS,
    with: 'nat-gateway',
  },
  { name: 'mirror', direction: 'Outbound', priority: 170, protocol: 'tcp', peer: 'mirror', ports: 'mirror' },
  {
    name: 'run-command',
    direction: 'Outbound',
    priority: 180,
    protocol: 'tcp',
    peer: 'cloud-services',
    ports: [HTTPS_PORT],
    with: 'run-command',
  },
] as const satisfies readonly ForwarderRule[];

/** The name of a rule, so that a misspelt one does not compile. */
export type ForwarderRuleName = (typeof FORWARDER_RULES)[number]['name'];
