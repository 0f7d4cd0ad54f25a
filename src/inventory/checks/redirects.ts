import { sharedRoute, shortList } from '../../model';
import { fault, type InventoryFinding, warningAt } from '../findings';
import { PRESETS } from '../tables/presets';
import type { RouterView, TargetView } from './context';

/** Protocols whose servers send clients on to other hosts: each once for each router, since a cluster is one thing to think of. */
export function* redirects(router: RouterView): Iterable<InventoryFinding> {
  const warned = new Set<string>();
  for (const target of router.targets) {
    const { preset } = target.written;
    if (preset === undefined || warned.has(preset) || PRESETS.get(preset)?.warning === undefined) continue;
    warned.add(preset);
    const finding = preset === 'kafka' ? kafka(router) : presetWarning(target, preset);
    if (finding !== undefined) yield finding;
  }
}

function presetWarning({ path }: TargetView, preset: string): InventoryFinding {
  const reason = fault(
    'PLR1226',
    PRESETS.get(preset)?.warning ?? '',
    'Make a target of each host that the servers advertise.',
  );
  return warningAt([...path, 'preset'], reason);
}

/**
 * A Kafka client goes on to the host and port that a broker advertises, which are the broker's own unless told otherwise.
 * So a broker whose listener port is its own port, and whose domain is its host, needs nothing; one whose listener port is
 * written may advertise that one, which only its owner knows; and one whose port the planner gives out most likely does not.
 */
function kafka(router: RouterView): InventoryFinding | undefined {
  const brokers = router.targets.filter(({ written }) => written.preset === 'kafka' && written.enabled !== false);
  const given = brokers.filter((broker) => broker.written.listenPort === undefined && !keepsItsPort(broker, router));
  const [first] = given;
  if (first !== undefined) {
    const names = given.map(({ name }) => name);
    const reason = fault(
      'PLR1250',
      `Kafka clients go on to the host and port that each broker advertises, by default its own; the listener ports of ${shortList(names)} are given out, so that this works only where the broker advertises the one that \`plan\` shows.`,
      'Let each broker advertise its domain and a listener port of its own, such as 9000 + broker id (advertised.listeners; on MSK custom.advertised.listeners), and write that port as listenPort.',
    );
    return warningAt([...first.path, 'preset'], reason);
  }
  const unsure = brokers.find((broker) => !advertisedByDefault(broker));
  return unsure && presetWarning(unsure, 'kafka');
}

function advertisedByDefault({ written, hosts: [{ host }], port, domains }: TargetView): boolean {
  return (written.listenPort ?? port) === port && domains.some((domain) => domain.host.name === host.name);
}

/** On a port that names share a target keeps its own; with `preserve` too, where no other one wants it. */
function keepsItsPort({ name, port, written: own }: TargetView, { written, targets }: RouterView): boolean {
  return (
    sharedRoute(own.route ?? 'tcp') !== undefined ||
    (written.portStrategy === 'preserve' &&
      !targets.some((other) => other.name !== name && (other.written.listenPort ?? other.port) === port))
  );
}
