import type { Cloud, DnsMode, ValuePath } from '../../model';
import { errorAt, fault, type InventoryFinding } from '../findings';
import { meantAt } from '../shape/key-faults';
import { nodeAt } from '../source/source-node';
import type { Check, CheckContext, RouterView } from './context';

/** Which cloud each router stands in, and that it asks for nothing that its cloud does not have. */
export const checkClouds: Check = function* (context) {
  for (const router of context.routers) {
    yield* oneCloud(router.path, context);
    if (router.cloud === undefined) continue;
    yield* dnsModes(router, router.cloud);
    if (router.cloud === 'azure') yield* awsOnly(router, context);
    else yield* azureOnly(router, context);
  }
};

function* oneCloud(path: ValuePath, context: CheckContext): Iterable<InventoryFinding> {
  const [aws, azure] = [context.has([...path, 'aws']), context.has([...path, 'azure'])];
  if (aws && azure) {
    const reason = fault(
      'PLR1110',
      'A router stands in one cloud; aws and azure stand here both.',
      'Remove one of the two (in an overlay: set it to null), and make a second router for the other cloud.',
    );
    yield errorAt([...path, addedByOverlay([...path, 'aws'], context) ? 'aws' : 'azure'], reason, { at: 'key' });
  } else if (!aws && !azure && !meantAt(context.root, path).some((key) => key === 'aws' || key === 'azure')) {
    const reason = fault(
      'PLR1102',
      'The router says nowhere in which cloud it stands: neither aws nor azure is here.',
      'Add aws: with accountId, region, vpcId and subnetIds, or azure: with location, resourceGroupName, subnetId and natSubnetId.',
    );
    yield errorAt([...path, 'aws'], reason);
  }
}

/** Where an overlay brings the second cloud, it is the one to blame. */
function addedByOverlay(path: ValuePath, { root }: CheckContext): boolean {
  return nodeAt(root, path)?.keyPlace?.source.file !== root.place.source.file;
}

/** The modes of each cloud, the default first. */
const DNS_MODES: Readonly<Record<Cloud, readonly DnsMode[]>> = { aws: ['plan', 'synth'], azure: ['runtime'] };

function* dnsModes({ path, written, targets }: RouterView, cloud: Cloud): Iterable<InventoryFinding> {
  const modes = [
    { path: [...path, 'dns'], mode: written.dns },
    ...targets.map((target) => ({ path: [...target.path, 'dns'], mode: target.written.dns })),
  ];
  for (const { path: at, mode } of modes) {
    if (mode === undefined || DNS_MODES[cloud].includes(mode)) continue;
    const reason =
      cloud === 'aws'
        ? fault(
            'PLR1118',
            `dns: ${mode} is for routers on Azure, whose forwarder resolves hosts itself; on AWS dns is plan or synth.`,
            'Write dns: plan or dns: synth, or remove the key.',
          )
        : fault(
            'PLR1118',
            `dns: ${mode} is for routers on AWS; on Azure the forwarder resolves hosts itself, and dns is runtime.`,
            'Write dns: runtime, or remove the key.',
          );
    yield errorAt(at, reason);
  }
}

/** Keys that have a meaning behind AWS's load balancer alone, and what to say of each. */
const AWS_KEYS = {
  securityGroupIds:
    "security groups of targets are AWS's; on Azure their own network security groups admit the subnet of the machines",
} as const;

function* awsOnly({ path, targets }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
  for (const key of Object.keys(AWS_KEYS) as (keyof typeof AWS_KEYS)[]) {
    for (const place of [path, ...targets.map((target) => target.path)]) {
      if (!context.has([...place, key])) continue;
      const reason = fault('PLR1118', `${key} is a key of routers on AWS: ${AWS_KEYS[key]}.`, `Remove ${key}.`);
      yield errorAt([...place, key], reason, { at: 'key' });
    }
  }
}

/** What a network load balancer, and its health check, do not have. */
function* azureOnly({ path, targets }: RouterView, context: CheckContext): Iterable<InventoryFinding> {
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
