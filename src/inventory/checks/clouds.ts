import { CLOUDS, type Cloud, type DnsMode, type Route, type ValuePath } from '../../model';
import { errorAt, type Fault, fault, type InventoryFinding } from '../findings';
import { meantAt } from '../shape/key-faults';
import { cloudsAt } from '../source/cloud-at';
import { nodeAt } from '../source/source-node';
import { CLOUD_FACTS } from '../tables/clouds';
import { withoutRoute } from '../tables/route-aliases';
import type { Check, CheckContext, RouterView, TargetView } from './context';

/** Which cloud each router stands in, and that it asks for nothing that its cloud does not have. */
export const checkClouds: Check = function* (context) {
  for (const router of context.routers) {
    yield* oneCloud(router.path, context);
    if (router.cloud === undefined) continue;
    yield* dnsModes(router, router.cloud);
    yield* routes(router, router.cloud);
    yield* NOT_HERE[router.cloud](router, context);
  }
};

function* oneCloud(path: ValuePath, context: CheckContext): Iterable<InventoryFinding> {
  const named = cloudsAt(context.root, path);
  if (named.length > 1) {
    const reason = fault(
      'PLR1110',
      `A router stands in one cloud; ${named.join(' and ')} stand here ${named.length === 2 ? 'both' : 'all'}.`,
      'Remove one of the two (in an overlay: set it to null), and make a second router for the other cloud.',
    );
    const second = named.find((cloud) => addedByOverlay([...path, cloud], context)) ?? named.at(-1) ?? '';
    yield errorAt([...path, second], reason, { at: 'key' });
  } else if (named.length === 0 && !CLOUDS.some((cloud) => meantAt(context.root, path).includes(cloud))) {
    const reason = fault(
      'PLR1102',
      `The router says nowhere in which cloud it stands: neither ${CLOUDS.join(' nor ')} is here.`,
      `Add ${CLOUDS.map((cloud) => `${cloud}: with ${CLOUD_FACTS[cloud].needs}`).join(', or ')}.`,
    );
    yield errorAt([...path, CLOUDS[0]], reason);
  }
}

/** Where an overlay brings the second cloud, it is the one to blame. */
function addedByOverlay(path: ValuePath, { root }: CheckContext): boolean {
  return nodeAt(root, path)?.keyPlace?.source.file !== root.place.source.file;
}

/** What to say of a mode that the cloud does not have. */
const WRONG_MODE: Readonly<Record<Cloud, (mode: DnsMode) => Fault>> = {
  aws: (mode) =>
    fault(
      'PLR1118',
      `dns: ${mode} is for routers on Azure, whose forwarder resolves hosts itself; on AWS dns is plan or synth.`,
      'Write dns: plan or dns: synth, or remove the key.',
    ),
  azure: (mode) =>
    fault(
      'PLR1118',
      `dns: ${mode} is for routers on AWS; on Azure the forwarder resolves hosts itself, and dns is runtime.`,
      'Write dns: runtime, or remove the key.',
    ),
};

function* dnsModes({ path, written, targets }: RouterView, cloud: Cloud): Iterable<InventoryFinding> {
  const modes = [
    { path: [...path, 'dns'], mode: written.dns },
    ...targets.map((target) => ({ path: [...target.path, 'dns'], mode: target.written.dns })),
  ];
  for (const { path: at, mode } of modes) {
    if (mode === undefined || CLOUD_FACTS[cloud].dns.includes(mode)) continue;
    yield errorAt(at, WRONG_MODE[cloud](mode));
  }
}

/** What to say of a route that the cloud does not have. Azure has all. */
const WRONG_ROUTE: Readonly<Record<Cloud, (route: Route, written: TargetView['written']) => Fault>> = {
  aws: (route, written) =>
    fault(
      'PLR1118',
      `route: ${route} needs forwarders, which routers on AWS do not have; their load balancers tell targets apart by port alone.`,
      `${withoutRoute(written)}; or make one target of a layer-7 proxy of yours, which has all the names as domains.`,
    ),
  azure: (route) => fault('PLR1118', `route: ${route} is not a route of routers on Azure.`, 'Remove route.'),
};

function* routes({ targets }: RouterView, cloud: Cloud): Iterable<InventoryFinding> {
  for (const { path, written } of targets) {
    if (written.route === undefined || CLOUD_FACTS[cloud].routes.includes(written.route)) continue;
    yield errorAt([...path, 'route'], WRONG_ROUTE[cloud](written.route, written));
  }
}

/** What routers of a cloud cannot have, though those of others can. */
const NOT_HERE: Readonly<Record<Cloud, (router: RouterView, context: CheckContext) => Iterable<InventoryFinding>>> = {
  aws: notOnAws,
  azure: notOnAzure,
};

/** Keys that have a meaning behind AWS's load balancer alone, and what to say of each. */
const AWS_KEYS = {
  securityGroupIds:
    "security groups of targets are AWS's; on Azure their own network security groups admit the subnet of the machines",
} as const;

/** The same of keys that routers of Azure have and their targets do not. */
const AWS_TARGET_KEYS = {
  tags: "on Azure no resource is one target's alone, the load balancer and the machines are shared by all",
} as const;

function* notOnAzure({ path, targets }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  for (const key of Object.keys(AWS_KEYS) as (keyof typeof AWS_KEYS)[]) {
    for (const place of [path, ...targets.map((target) => target.path)]) {
      if (!context.has([...place, key])) continue;
      const reason = fault('PLR1118', `${key} is a key of routers on AWS: ${AWS_KEYS[key]}.`, `Remove ${key}.`);
      yield errorAt([...place, key], reason, { at: 'key' });
    }
  }
  for (const key of Object.keys(AWS_TARGET_KEYS) as (keyof typeof AWS_TARGET_KEYS)[]) {
    for (const target of targets) {
      const at = [...target.path, key];
      if (!context.has(at)) continue;
      const message = `${key} of a target is a key of routers on AWS: ${AWS_TARGET_KEYS[key]}.`;
      yield errorAt(at, fault('PLR1118', message, `Write ${key} at the router, or remove them.`), { at: 'key' });
    }
  }
}

/** What a network load balancer, and its health check, do not have. */
function* notOnAws({ path, targets }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  for (const target of targets) yield* heldBack(target.path, context);
  for (const place of [path, ...targets.map((target) => target.path)]) {
    if (context.has([...place, 'maxConnections'])) {
      const reason = fault(
        'PLR1118',
        'maxConnections is a key of routers on Azure: it bounds what a forwarder keeps in its memory; a load balancer of AWS has no such bound.',
        'Remove maxConnections.',
      );
      yield errorAt([...place, 'maxConnections'], reason, { at: 'key' });
    }
    yield* switchedOff([...place, 'healthCheck', 'protocol'], context);
    const at = [...place, 'healthCheck', 'host'];
    if (!context.has(at)) continue;
    const reason = fault(
      'PLR1118',
      'host in a health check is a key of routers on Azure; a network load balancer of AWS sends the address that it probes, and nothing sets another.',
      'Remove host.',
    );
    yield errorAt(at, reason, { at: 'key' });
  }
}

function* heldBack(target: ValuePath, context: CheckContext): Iterable<InventoryFinding> {
  if (!context.has([...target, 'backup'])) return;
  const reason = fault(
    'PLR1118',
    'backup is a key of routers on Azure: their forwarders keep hosts back; a target group of AWS sends sessions to every address that answers.',
    'Remove backup, or move its hosts to hosts, which share the sessions.',
  );
  yield errorAt([...target, 'backup'], reason, { at: 'key' });
}

function* switchedOff(at: ValuePath, { root }: CheckContext): Iterable<InventoryFinding> {
  const protocol = nodeAt(root, at)?.node;
  if (protocol?.kind !== 'scalar' || protocol.value !== 'none') return;
  const reason = fault(
    'PLR1118',
    'A health check is switched off on Azure only; a network load balancer of AWS checks every target group.',
    'Remove the health check for the default, a TCP connection now and then, or give it a longer interval.',
  );
  yield errorAt(at, reason);
}
