import { CAPABILITIES, type Capability, ENGINES } from '../../forwarder';
import { limitValue } from '../../limits';
import { type Engine, RESERVED_AZURE_PORTS, type ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding, quote, warningAt } from '../findings';
import { DEFAULT_IMAGE, DEFAULT_INSTANCES, DEFAULT_SIZE } from '../schema/azure';
import type { WrittenRouter } from '../schema/inventory';
import { meantAt } from '../shape/key-faults';
import { PRESETS } from '../tables/presets';
import { isArmSize } from '../values/azure/names';
import { isNetwork, parseNetwork } from '../values/cidr';
import type { Check, CheckContext, Loose, RouterView } from './context';
import { listedTwice } from './targets';

type WrittenAzure = Loose<NonNullable<WrittenRouter['azure']>>;
type WrittenForwarder = NonNullable<WrittenAzure['forwarder']>;

/** The machines of each router of Azure, and what their engine cannot do. */
export const checkForwarder: Check = function* (context) {
  for (const router of context.routers) {
    const { azure } = router.written;
    if (router.cloud !== 'azure' || azure === undefined) continue;
    const path = [...router.path, 'azure', 'forwarder'];
    const forwarder = azure.forwarder ?? {};
    yield* reservedPorts(router);
    yield* machines(path, forwarder, azure);
    yield* listedTwice([...path, 'ssh', 'from'], forwarder.ssh?.from, context);
    yield* image(path, forwarder, context);
    // An engine that is broken may have been meant to be any of them.
    if (
      forwarder.engine === undefined &&
      (context.has([...path, 'engine']) || (azure.forwarder === undefined && context.has(path)))
    )
      continue;
    const engine = forwarder.engine ?? 'haproxy';
    yield* egress(path, forwarder, engine, context);
    yield* withoutHealthChecks(router, engine, context);
    yield* withoutIdleTimeouts(router, engine, context);
    yield* withoutKeepAlives(router, engine);
  }
};

function lacks(engine: Engine, capability: Capability): boolean {
  return !ENGINES[engine].capabilities[capability];
}

/** The engines that can do something, as a sentence lists them. */
function able(capability: Capability): string {
  return (Object.keys(ENGINES) as Engine[]).filter((engine) => !lacks(engine, capability)).join(' or ');
}

function* reservedPorts({ targets }: RouterView): Iterable<InventoryFinding> {
  for (const { path, written } of targets) {
    const reserved = written.listenPort === undefined ? undefined : RESERVED_AZURE_PORTS.get(written.listenPort);
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

/** Publishers whose images the bootstrap is written for, and words of those that it cannot run on. */
const PUBLISHERS = { tried: ['canonical', 'debian'], windows: /^microsoft(windows|sqlserver|visualstudio)/i } as const;

function* image(path: ValuePath, forwarder: WrittenForwarder, context: CheckContext): Iterable<InventoryFinding> {
  const key = [...path, 'image'];
  const parts = ['publisher', 'offer', 'sku'] as const;
  const has = (part: string): boolean => context.has([...key, part]);
  if (context.has(key) && forwarder.image === undefined) return;
  const given = [...parts, 'version'].filter(has);
  const [first] = given;
  if (has('id') && first !== undefined) {
    const reason = fault(
      'PLR1110',
      'An image is named by its id, or by publisher, offer and sku, not by both.',
      'Remove the id, or the others.',
    );
    yield errorAt([...key, first], reason);
    return;
  }
  if (has('id')) return;
  const meant = meantAt(context.root, key);
  const missing = parts.filter((part) => !has(part));
  if (context.has(key) && missing.length > 0) {
    if (meant.some((part) => part === 'id' || missing.some((one) => one === part))) return;
    const reason = fault(
      'PLR1102',
      first === undefined
        ? 'The image has neither an id nor publisher, offer and sku.'
        : `The image lacks its ${missing.join(' and ')}.`,
      first === undefined
        ? 'Add id: or publisher:, offer: and sku:.'
        : `Add ${missing.map((part) => `${part}:`).join(' and ')}.`,
    );
    yield errorAt([...key, missing[0] ?? 'id'], reason);
    return;
  }
  yield* platform(path, forwarder, context);
}

function* platform(path: ValuePath, forwarder: WrittenForwarder, context: CheckContext): Iterable<InventoryFinding> {
  const { publisher, sku } = { ...DEFAULT_IMAGE, ...forwarder.image };
  const at = [...path, 'image', 'publisher'];
  if (PUBLISHERS.windows.test(publisher ?? '')) {
    const reason = fault(
      'PLR1615',
      `${quote(publisher ?? '')} publishes images of Windows; the forwarder runs on Debian or Ubuntu.`,
      'Remove image for Ubuntu 24.04 LTS, or name an image of Debian or Ubuntu.',
    );
    yield errorAt(at, reason);
    return;
  }
  if (publisher !== undefined && !PUBLISHERS.tried.some((known) => known === publisher.toLowerCase())) {
    const reason = fault(
      'PLR1615',
      `Whether the images of ${quote(publisher)} are a Debian or Ubuntu with cloud-init, which the machines are set up for, is not known here.`,
      'Make sure that apt and cloud-init are on the image, or remove image for Ubuntu 24.04 LTS.',
    );
    yield warningAt(at, reason);
  }
  const size = forwarder.size ?? DEFAULT_SIZE;
  if (context.has([...path, 'size']) && forwarder.size === undefined) return;
  const arm = /arm64/i.test(sku ?? '');
  if (sku === undefined || isArmSize(size) === arm) return;
  const reason = fault(
    'PLR1613',
    arm
      ? `The image ${quote(sku)} is for Arm processors; machines of the size ${size} have others.`
      : `Machines of the size ${size} have Arm processors; the image ${quote(sku)} is for others.`,
    arm
      ? 'Choose a size with a p behind the number of cores, such as Standard_D2ps_v5.'
      : 'Choose a size without the p, or an image for arm64.',
  );
  yield errorAt(forwarder.size === undefined ? [...path, 'image', 'sku'] : [...path, 'size'], reason);
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

function* withoutHealthChecks(router: RouterView, engine: Engine, context: CheckContext): Iterable<InventoryFinding> {
  if (!lacks(engine, 'healthChecks')) return;
  const { what, without } = CAPABILITIES.healthChecks;
  for (const path of [router.path, ...router.targets.map((target) => target.path)]) {
    if (!context.has([...path, 'healthCheck'])) continue;
    const reason = fault(
      'PLR1621',
      `The engine ${engine} has no ${what}. ${without}`,
      `Remove healthCheck, or use engine: ${able('healthChecks')}.`,
    );
    yield errorAt([...path, 'healthCheck'], reason, { at: 'key' });
  }
}

function* withoutIdleTimeouts(router: RouterView, engine: Engine, context: CheckContext): Iterable<InventoryFinding> {
  if (!lacks(engine, 'perTargetIdleTimeout')) return;
  const { what, without } = CAPABILITIES.perTargetIdleTimeout;
  for (const { path } of router.targets) {
    if (!context.has([...path, 'idleTimeout'])) continue;
    const reason = fault(
      'PLR1621',
      `The engine ${engine} has no ${what}. ${without}`,
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
    `The engine ${engine} sends no keep-alives, Private Link cuts sessions that are idle for ${idle} s, and ${cut.join(', ')} send none before that on their own.`,
    `Set keep-alives of clients or servers under ${idle} s, or use engine: ${able('keepAlives')}.`,
  );
  yield warningAt([...router.path, 'azure', 'forwarder', 'engine'], reason);
}
