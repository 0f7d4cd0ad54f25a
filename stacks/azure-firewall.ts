import { terraformValue } from '../src/constructs';
import { flowsOf, type Hop } from '../src/flows';
import { compareText, type PlannedAzureRouter } from '../src/model';

/** One thing that the forwarders have to reach. */
export type FirewallDestination = {
  /** For people: `target erp`, `name server`, `package mirror`. */
  readonly purpose: string;
  readonly protocol: 'tcp' | 'udp';
  /** A name or an address. */
  readonly destination: string;
  readonly port: number;
};

/** What firewalls between forwarders and targets have to admit, each once: targets first and by name. */
export function firewallDestinations(router: PlannedAzureRouter): FirewallDestination[] {
  const hops = flowsOf(router)
    .flatMap((flow): readonly Hop[] => flow.hops)
    .filter(({ from }) => from.kind === 'forwarders');
  const targets = hops.flatMap((hop) =>
    hop.to.kind === 'target' ? [row(`target ${hop.to.target}`, hop.to.host, hop)] : [],
  );
  return terraformValue(
    distinct([...targets.sort((a, b) => compareText(a.purpose, b.purpose)), ...hops.flatMap(service)]),
  );
}

/** A service of the network that the machines ask; none for what is reached past those firewalls. */
function service(hop: Hop): readonly FirewallDestination[] {
  if (hop.to.kind === 'name-server') return [row('name server', hop.to.address, hop)];
  return hop.to.kind === 'package-mirror' ? [row('package mirror', hop.to.host, hop)] : [];
}

function row(purpose: string, destination: string, { protocol, port }: Hop): FirewallDestination {
  return { purpose, protocol, destination, port };
}

/** Pools ask the same name servers, and most health checks their target's own port. */
function distinct(rows: readonly FirewallDestination[]): FirewallDestination[] {
  return [...new Map(rows.map((one) => [JSON.stringify(one), one])).values()];
}
