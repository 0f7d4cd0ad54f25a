import { CAPABILITIES, type Capability, ENGINES, enginesWith, reservedPorts } from '../../forwarder';
import { limitValue } from '../../limits';
import { AZURE_REFUSED_PORTS, type Engine, type ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, warningAt } from '../findings';
import { DEFAULT_ENGINE, DEFAULT_INSTANCES } from '../schema/forwarder';
import type { WrittenRouter } from '../schema/inventory';
import { meantAt } from '../shape/key-faults';
import { PRESETS } from '../tables/presets';
import { isNetwork, parseNetwork } from '../values/cidr';
import type { Check, CheckContext, Loose, RouterView } from './context';
import { withoutRoutes } from './engine-routes';
import { imageFindings, type WrittenForwarder } from './image';
import { roomForConnections } from './room';
import { sizeFindings } from './size';
import { listedTwice } from './targets';

type WrittenAzure = Loose<NonNullable<WrittenRouter['azure']>>;

/** The machines of each router of Azure, and what their engine cannot do. */
export const checkForwarder: Check = function* (context) {
  for (const router of context.routers) {
    const { azure } = router.written;
    if (azure === undefined) continue;
    const path = [...router.path, 'azure', 'forwarder'];
    const forwarder = azure.forwarder ?? {};
    yield* withoutReservedPorts(router);
    yield* machines(path, forwarder, azure);
    yield* sizeFindings(path, forwarder.size);
    yield* logins(path, forwarder, context);
    yield* listedTwice([...path, 'metrics', 'from'], forwarder.metrics?.from, context);
    yield* certificateOfNothing(path, forwarder);
    yield* imageFindings(path, forwarder, context);
    // An engine that is broken may have been meant to be any of them.
    if (
      forwarder.engine === undefined &&
      (context.has([...path, 'engine']) || (azure.forwarder === undefined && context.has(path)))
    )
      continue;
    const engine = forwarder.engine ?? DEFAULT_ENGINE;
    yield* egress(path, forwarder, engine, context);
    yield* maintenance(path, forwarder, context);
    yield* withoutHealthChecks(router, engine, context);
    yield* withoutHostKeys(router, engine, context);
    yield* withoutRoutes(router, engine);
    yield* withoutMetrics(path, engine, context);
    yield* withoutIdleTimeouts(router, engine, context);
    yield* withoutKeepAlives(router, engine);
    yield* roomForConnections(router, engine, forwarder.size);
  }
};

function lacks(engine: Engine, capability: Capability): boolean {
  return !ENGINES[engine].capabilities[capability];
}

/** The engines that can do something, as a sentence lists them. */
function able(capability: Capability): string {
  return enginesWith(capability).join(' or ');
}

const RESERVED = reservedPorts(AZURE_REFUSED_PORTS);

function* withoutReservedPorts({ targets }: RouterView): Iterable<InventoryFinding> {
  for (const { path, written } of targets) {
    const reserved = written.listenPort === undefined ? undefined : RESERVED.get(written.listenPort);
    if (reserved === undefined) continue;
    const reason = fault(
      'PLR1611',
      `No listener of a router on Azure can have the port ${written.listenPort}: ${reserved}.`,
      'Choose another port, or leave listenPort away and let the planner choose.',
    );
    yield errorAt([...path, 'listenPort'], reason);
  }
}

function* machines(path: ValuePath, forwarder: WrittenForwarder, azure: WrittenAzure): Iterable<InventoryFinding> {
  const instances = forwarder.instances ?? DEFAULT_INSTANCES;
  if (instances === 1) {
    const reason = fault(
      'PLR1612',
      'One machine is no spare: while it is repaired or gets a new image, nothing is reached.',
      `Set instances to ${DEFAULT_INSTANCES} or more, unless this is a trial.`,
    );
    yield warningAt([...path, 'instances'], reason);
  }
  const space = azure.network?.addressSpace;
  const network = space === undefined ? undefined : parseNetwork(space);
  if (network === undefined || !isNetwork(network)) return;
  // Half of the network is the machines'; Azure keeps five addresses of each subnet, and the load balancer has one.
  const room = network.size / 2 - 6;
  if (instances <= room) return;
  const reason = fault(
    'PLR1612',
    `${instances} machines do not fit into the network ${space}: its first half has room for ${room}.`,
    'Give the network a larger addressSpace, or set fewer instances.',
  );
  yield errorAt([...path, 'instances'], reason);
}

/** A key admits nobody by itself: port 22 is open to the networks of `from` alone. */
function* logins(path: ValuePath, { ssh }: WrittenForwarder, context: CheckContext): Iterable<InventoryFinding> {
  const at = [...path, 'ssh'];
  yield* listedTwice([...at, 'from'], ssh?.from, context);
  if (ssh?.publicKey === undefined || (ssh.from ?? []).length > 0) return;
  // A list that is broken was meant to admit somebody.
  if (ssh.from === undefined && (context.has([...at, 'from']) || meantAt(context.root, at).includes('from'))) return;
  const reason = fault(
    'PLR1619',
    'A key is given, and no network: the SSH server runs on every machine, and nobody reaches it.',
    'Add from: with the networks of those who log in, or remove ssh.',
  );
  yield warningAt(at, reason, { at: 'key' });
}

function* egress(
  path: ValuePath,
  forwarder: WrittenForwarder,
  engine: Engine,
  context: CheckContext,
): Iterable<InventoryFinding> {
  const at = [...path, 'egress'];
  if (forwarder.egress === 'none' && lacks(engine, 'stockImage')) {
    const reason = fault(
      'PLR1616',
      `With egress: none nothing is installed, and ${engine} is not on the stock image; ${able('stockImage')} is.`,
      `Use engine: ${able('stockImage')}, or egress: nat, image or a mirror.`,
    );
    yield errorAt(at, reason);
  }
  if (forwarder.egress === 'image' && !context.has([...path, 'image', 'id'])) {
    const stock = lacks(engine, 'stockImage') ? '' : ', or egress: none, since the stock image has this engine';
    const reason = fault(
      'PLR1616',
      `With egress: image the image has ${engine} already, but no image of that kind is named.`,
      `Add image: { id: … } of an image that has ${engine}${stock}.`,
    );
    yield errorAt(at, reason);
  }
}

/** A window in which nothing would be installed. */
function* maintenance(path: ValuePath, forwarder: WrittenForwarder, context: CheckContext): Iterable<InventoryFinding> {
  const at = [...path, 'maintenance'];
  if (!context.has(at)) return;
  yield* listedTwice([...at, 'days'], forwarder.maintenance?.days, context);
  if (forwarder.egress !== 'image' && forwarder.egress !== 'none') return;
  const reason = fault(
    'PLR1627',
    `With egress: ${forwarder.egress} the machines reach no archive, so there is nothing to install in a window.`,
    'Remove maintenance; updates come with the next image.',
  );
  yield errorAt(at, reason, { at: 'key' });
}

function* withoutHealthChecks(router: RouterView, engine: Engine, context: CheckContext): Iterable<InventoryFinding> {
  if (!lacks(engine, 'healthChecks')) return;
  const { what, without } = CAPABILITIES.healthChecks;
  for (const path of [router.path, ...router.targets.map((target) => target.path)]) {
    if (!context.has([...path, 'healthCheck'])) continue;
    const reason = fault(
      'PLR1621',
      `The engine ${engine} does not have ${what}. ${without}`,
      `Remove healthCheck, or use engine: ${able('healthChecks')}.`,
    );
    yield errorAt([...path, 'healthCheck'], reason, { at: 'key' });
  }
}

/** Keys of a target's hosts that need an engine which can do it, and what to do without. */
const HOST_KEYS = {
  hosts: { needs: 'severalHosts', instead: 'Write one host' },
  backup: { needs: 'backup', instead: 'Remove backup' },
} as const satisfies Readonly<Record<string, { readonly needs: Capability; readonly instead: string }>>;

function* withoutHostKeys(router: RouterView, engine: Engine, context: CheckContext): Iterable<InventoryFinding> {
  for (const [key, { needs, instead }] of Object.entries(HOST_KEYS)) {
    if (!lacks(engine, needs)) continue;
    const { what, without } = CAPABILITIES[needs];
    for (const { path } of router.targets) {
      if (!context.has([...path, key])) continue;
      const reason = fault(
        'PLR1621',
        `The engine ${engine} does not have ${what}. ${without}`,
        `${instead}, or use engine: ${able(needs)}.`,
      );
      yield errorAt([...path, key], reason, { at: 'key' });
    }
  }
}

function* withoutMetrics(path: ValuePath, engine: Engine, context: CheckContext): Iterable<InventoryFinding> {
  if (!lacks(engine, 'metrics') || !context.has([...path, 'metrics'])) return;
  const { what, without } = CAPABILITIES.metrics;
  const reason = fault(
    'PLR1621',
    `The engine ${engine} does not have ${what}. ${without}`,
    `Remove metrics, or use engine: ${able('metrics')}.`,
  );
  yield errorAt([...path, 'metrics'], reason, { at: 'key' });
}

/** A certificate says who may speak for the mirror, and over http nobody proves anything. */
function* certificateOfNothing(path: ValuePath, { egress }: WrittenForwarder): Iterable<InventoryFinding> {
  const mirror = typeof egress === 'object' ? egress.mirror : undefined;
  if (typeof mirror !== 'object' || mirror.caCertificate === undefined || mirror.url === undefined) return;
  if (mirror.url.startsWith('https:')) return;
  const reason = fault(
    'PLR1618',
    'The mirror has a caCertificate, and its address begins with http://, where no certificate is asked for.',
    'Write https:// in the address, or remove caCertificate.',
  );
  yield errorAt([...path, 'egress', 'mirror', 'caCertificate'], reason, { at: 'key' });
}

function* withoutIdleTimeouts(router: RouterView, engine: Engine, context: CheckContext): Iterable<InventoryFinding> {
  if (!lacks(engine, 'perTargetIdleTimeout')) return;
  const { what, without } = CAPABILITIES.perTargetIdleTimeout;
  for (const { path } of router.targets) {
    if (!context.has([...path, 'idleTimeout'])) continue;
    const reason = fault(
      'PLR1621',
      `The engine ${engine} does not have ${what}. ${without}`,
      `Set idleTimeout once at the router, or use engine: ${able('perTargetIdleTimeout')}.`,
    );
    yield errorAt([...path, 'idleTimeout'], reason, { at: 'key' });
  }
}

/** Said once for all targets: whose sessions go on being cut, whatever the forwarder's own timer says. */
function* withoutKeepAlives(router: RouterView, engine: Engine): Iterable<InventoryFinding> {
  if (!lacks(engine, 'keepAlives')) return;
  const idle = limitValue('azure.privateLinkIdleTimeout', {});
  const presets = new Set(router.targets.flatMap(({ written }) => written.preset ?? []));
  const cut = [...presets].filter((preset) => (PRESETS.get(preset)?.keepAlive ?? 0) > idle);
  if (cut.length === 0) return;
  const reason = fault(
    'PLR1622',
    `The engine ${engine} sends no keep-alives, Private Link cuts sessions that are idle for ${idle} s, and those of ${cut.join(', ')} carry none before that.`,
    `Set keep-alives of clients or servers under ${idle} s, or use engine: ${able('keepAlives')}.`,
  );
  yield warningAt([...router.path, 'azure', 'forwarder', 'engine'], reason);
}
