import { isIPv4 } from 'node:net';
import { FORWARDER_PORTS } from '../../forwarder';
import { DNS_PORT, type PlannedAzureRouter, type PlannedPool, parseNameServer } from '../../model';
import type { Admission } from '../admission';
import type { Endpoint } from '../endpoint';
import type { Flow, Hop, Purpose } from '../hop';
import { ARCHIVE_PORTS, HTTPS_PORT, SSH_PORT } from './forwarder-rules';
import { admittedBy, forwardersOf } from './machines';

type Kind = Extract<Purpose, { readonly pool: string }>['kind'];

const UNGUARDED: readonly Admission[] = [{ kind: 'unguarded' }];

/** The port of the metadata service, which speaks HTTP. */
const METADATA_PORT = 80;

/** What the machines of a pool need or offer beside the targets. */
export function machineFlows(router: PlannedAzureRouter, pool: PlannedPool): readonly Flow[] {
  const flow = (kind: Kind, ...hops: Flow['hops']): Flow => ({ purpose: { kind, pool: pool.key }, hops });
  return [
    ...inbound(router, pool).map(([kind, hop]) => flow(kind, hop)),
    ...nameLookups(router, pool).map((hop) => flow('name-lookup', hop)),
    ...packages(router, pool).map((hops) => flow('packages', ...hops)),
    ...(router.azure.forwarder.runCommand === undefined ? [] : [flow('run-command', runCommand(pool))]),
    flow(
      'metadata',
      outward(pool, { kind: 'metadata-service' }, METADATA_PORT, { owner: 'cloud', admittedBy: UNGUARDED }),
    ),
  ];
}

/** A step from the machines to something, readable and free where nothing else is said. */
function outward(
  pool: PlannedPool,
  to: Endpoint,
  port: number,
  rest: Pick<Hop, 'owner' | 'admittedBy'> & Partial<Hop>,
): Hop {
  const plain = { protocol: 'tcp', encryptedBy: 'nobody', limits: [], payer: 'nobody' } as const;
  return { from: forwardersOf(pool), to, port, ...plain, ...rest };
}

/** What is asked of the machines: by Azure's probes, by people, by scrapers. */
function inbound(router: PlannedAzureRouter, pool: PlannedPool): readonly (readonly [Kind, Hop])[] {
  const { loadBalancing, forwarder } = router.azure;
  const { ssh, metrics } = forwarder;
  const hop = (from: Endpoint, port: number, rest: Pick<Hop, 'admittedBy'> & Partial<Hop>): Hop => ({
    owner: 'router',
    from,
    to: forwardersOf(pool),
    port,
    protocol: 'tcp',
    encryptedBy: 'nobody',
    limits: [],
    payer: 'nobody',
    ...rest,
  });
  const probe = (port: number): readonly [Kind, Hop] => [
    'probe',
    hop({ kind: 'probes' }, port, { admittedBy: admittedBy(pool, 'probes') }),
  ];
  const networks = (cidrs: readonly string[] = []): readonly Endpoint[] =>
    cidrs.length === 0 ? [] : [{ kind: 'networks', cidrs }];
  return [
    probe(FORWARDER_PORTS.health),
    // With ha-ports the only rule of the load balancer has the scale set's own probe.
    ...(loadBalancing === 'per-target' ? [probe(FORWARDER_PORTS.ready)] : []),
    ...networks(ssh?.from).map((from): [Kind, Hop] => [
      'login',
      hop(from, SSH_PORT, { admittedBy: admittedBy(pool, 'ssh'), encryptedBy: 'ssh' }),
    ]),
    ...networks(metrics?.from).map((from): [Kind, Hop] => [
      'metrics',
      hop(from, FORWARDER_PORTS.metrics, { admittedBy: admittedBy(pool, 'metrics') }),
    ]),
  ];
}

/** Names are asked for over UDP; a long answer comes over TCP. */
function nameLookups(router: PlannedAzureRouter, pool: PlannedPool): readonly Hop[] {
  const ask = (to: Endpoint, port: number, rest: Pick<Hop, 'owner' | 'admittedBy'>): readonly Hop[] =>
    (['udp', 'tcp'] as const).map((protocol) => outward(pool, to, port, { protocol, ...rest }));
  const given = router.resolvers.flatMap((resolver) => {
    const { address, port } = parseNameServer(resolver) ?? { address: resolver, port: DNS_PORT };
    return ask({ kind: 'name-server', address }, port, {
      owner: 'network',
      admittedBy: admittedBy(pool, 'resolvers'),
    });
  });
  const within = (
    of: 'virtual-network' | 'private-networks' | 'network-settings',
    rule: 'dns-network' | 'dns-private' | 'dns-servers',
  ) => ask({ kind: 'name-servers', of }, DNS_PORT, { owner: 'network', admittedBy: admittedBy(pool, rule) });
  return [
    ...given,
    ...ask({ kind: 'name-servers', of: 'cloud' }, DNS_PORT, { owner: 'cloud', admittedBy: UNGUARDED }),
    ...within('virtual-network', 'dns-network'),
    ...within('private-networks', 'dns-private'),
    // A network of our own gives its machines none.
    ...(router.azure.network.addressSpace === undefined ? within('network-settings', 'dns-servers') : []),
  ];
}

/** Where the engine and security updates come from, each way a chain of hops. */
function packages(router: PlannedAzureRouter, pool: PlannedPool): readonly Flow['hops'][] {
  const { egress } = router.azure.forwarder;
  if (egress.mirror !== undefined) return [[toMirror(pool, egress.mirror)]];
  if (egress.kind !== 'nat') return [];
  const gateway: Endpoint = { kind: 'nat-gateway', name: router.names.natGateway };
  return ARCHIVE_PORTS.map((port) => {
    const encryptedBy = port === HTTPS_PORT ? 'sender' : 'nobody';
    const toGateway = outward(pool, gateway, port, {
      owner: 'router',
      admittedBy: admittedBy(pool, 'packages'),
      encryptedBy,
      payer: 'router-account',
    });
    const toArchives: Hop = {
      ...toGateway,
      owner: 'network',
      from: gateway,
      to: { kind: 'package-archives' },
      admittedBy: UNGUARDED,
    };
    return [toGateway, toArchives];
  });
}

function toMirror(pool: PlannedPool, mirror: string): Hop {
  const { protocol, hostname: host, port } = new URL(mirror);
  const secure = protocol === 'https:';
  const standard = secure ? HTTPS_PORT : 80;
  return outward(pool, { kind: 'package-mirror', host, literal: isIPv4(host) }, port === '' ? standard : Number(port), {
    owner: 'network',
    admittedBy: admittedBy(pool, 'mirror'),
    encryptedBy: secure ? 'sender' : 'nobody',
  });
}

/** The answers of Run Command go over Azure's public addresses. */
function runCommand(pool: PlannedPool): Hop {
  return outward(pool, { kind: 'cloud-services' }, HTTPS_PORT, {
    owner: 'cloud',
    admittedBy: admittedBy(pool, 'run-command'),
    encryptedBy: 'sender',
  });
}
