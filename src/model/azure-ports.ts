import { HIGHEST_PORT } from './forms';

/**
 * Ports of the forwarder machines that are ours and no target's. They stand above the ports that Linux gives to outgoing
 * connections (32768-60999), so that none of those is in the way of a listener, and below 65535, which Azure refuses.
 */
export const FORWARDER_PORTS = {
  /** Answers 200 as soon as a machine is set up; the scale set's own probe. */
  health: 61080,
  /** Answers 200 while the engine runs a configuration; the probe of the targets' rules. */
  ready: 61081,
  /** Metrics: on the loopback address, and for the networks that `metrics.from` names. */
  metrics: 61090,
} as const;

/** Ports that no listener of an Azure router may have: ours, the machines' own services', and what Azure refuses. */
export const RESERVED_AZURE_PORTS: ReadonlyMap<number, string> = new Map([
  [22, 'the forwarder machines have their own service there (SSH)'],
  [53, 'the forwarder machines have their own service there (DNS)'],
  [FORWARDER_PORTS.health, 'the health probe of the forwarder machines has it'],
  [FORWARDER_PORTS.ready, 'the readiness probe of the forwarder machines has it'],
  [FORWARDER_PORTS.metrics, 'the metrics of the forwarder machines have it'],
  [HIGHEST_PORT, 'Azure refuses it as a frontend port'],
]);
