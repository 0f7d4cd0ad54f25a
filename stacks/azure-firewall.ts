import { terraformValue } from '../src/constructs';
import { ENGINES } from '../src/forwarder';
import { backendsOf, compareText, type PlannedAzureRouter, type PlannedBackend } from '../src/model';

/** One thing that the forwarders have to reach. */
export type FirewallDestination = {
  /** For people: `target erp`, `name server`, `package mirror`. */
  readonly purpose: string;
  readonly protocol: 'tcp' | 'udp';
  /** A name or an address. */
  readonly destination: string;
  readonly port: number;
};

const DNS_PORT = 53;

/** What firewalls between forwarders and targets have to admit, targets first and by name. */
export function firewallDestinations(router: PlannedAzureRouter): FirewallDestination[] {
  const { engine, egress } = router.azure.forwarder;
  const checked = ENGINES[engine].capabilities.healthChecks;
  const targets = router.shards
    .flatMap(backendsOf)
    .sort((a, b) => compareText(a.target, b.target))
    .flatMap((one) => ofTarget(one, checked));
  return terraformValue([
    ...targets,
    ...router.resolvers.flatMap(ofNameServer),
    ...(egress.mirror === undefined ? [] : [ofMirror(egress.mirror)]),
  ]);
}

/** The target's port, and the one on which the engine asks for its health. */
function ofTarget({ target, hosts, port, healthCheck }: PlannedBackend, checked: boolean): FirewallDestination[] {
  const ports = checked && healthCheck.port !== undefined ? [port, healthCheck.port] : [port];
  return hosts.flatMap(({ name }) =>
    [...new Set(ports)].map((one) => ({
      purpose: `target ${target}`,
      protocol: 'tcp' as const,
      destination: name,
      port: one,
    })),
  );
}

/** A long answer comes over TCP. */
function ofNameServer(resolver: string): FirewallDestination[] {
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d+))?$/.exec(resolver) ?? [];
  const destination = bracketed ?? plain ?? resolver;
  return (['udp', 'tcp'] as const).map((protocol) => ({
    purpose: 'name server',
    protocol,
    destination,
    port: port === undefined ? DNS_PORT : Number(port),
  }));
}

function ofMirror(mirror: string): FirewallDestination {
  const { protocol, hostname, port } = new URL(mirror);
  const standard = protocol === 'https:' ? 443 : 80;
  return {
    purpose: 'package mirror',
    protocol: 'tcp',
    destination: hostname,
    port: port === '' ? standard : Number(port),
  };
}
