/**
 * Ports of the forwarder machines that are ours and no target's. They stand above the ports that Linux gives to outgoing
 * connections (32768-60999), so that none of those is in the way of a listener.
 */
export const FORWARDER_PORTS = {
  /** Answers 200 as soon as a machine is set up. */
  health: 61080,
  /** Answers 200 while the engine runs a configuration. */
  ready: 61081,
  /** Metrics: on the loopback address, and for the networks that `metrics.from` names. */
  metrics: 61090,
} as const;

/**
 * Where a port of the forwarders is looked for when the port that clients dial is taken on the machines, by a listener of
 * another shard of their pool. Above the ports of outgoing connections, as ours are, and above those.
 */
export const OTHER_FORWARDER_PORTS = { lowest: 61100, highest: 65535 } as const;

/**
 * Ports that no listener behind forwarders may have, with the reason: ours, and those of the machines' own services.
 * @param refused ports that no load balancer of the cloud takes
 */
export function reservedPorts(refused: ReadonlyMap<number, string>): ReadonlyMap<number, string> {
  return new Map([
    [22, 'the forwarder machines have their own service there (SSH)'],
    [53, 'the forwarder machines have their own service there (DNS)'],
    [FORWARDER_PORTS.health, 'the health probe of the forwarder machines has it'],
    [FORWARDER_PORTS.ready, 'the readiness probe of the forwarder machines has it'],
    [FORWARDER_PORTS.metrics, 'the metrics of the forwarder machines have it'],
    ...refused,
  ]);
}
