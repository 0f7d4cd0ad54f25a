/** Something that not every engine can do. */
export type Capability =
  | 'healthChecks'
  | 'keepAlives'
  | 'perTargetIdleTimeout'
  | 'severalAddresses'
  | 'severalHosts'
  | 'backup'
  | 'connectionLog'
  | 'metrics'
  | 'stockImage';

/** A capability in people's words. */
interface CapabilityWords {
  /** Two or three words, for a list of several. */
  readonly short: string;
  /** What it is, for a sentence. */
  readonly what: string;
  /** What its absence means, one or two sentences. */
  readonly without: string;
}

/** The words that `plan` and the checks print. */
export const CAPABILITIES: Readonly<Record<Capability, CapabilityWords>> = {
  healthChecks: {
    short: 'health checks',
    what: 'active health checks of each target',
    without: 'A target is tried whenever a client connects; nothing asks in between whether it is well.',
  },
  keepAlives: {
    short: 'keep-alives of its own',
    what: 'keep-alive packets of its own to both sides',
    without:
      'The kernel forwards the packets and adds none: client or target must send keep-alives sooner than the private endpoint before the machines forgets an idle session.',
  },
  perTargetIdleTimeout: {
    short: 'an idle timeout for each target',
    what: 'an idle timeout for each target',
    without: 'The longest idleTimeout of the targets holds for all of them.',
  },
  severalAddresses: {
    short: 'several addresses of a name',
    what: 'several addresses of a name at once',
    without: 'One address of each name is used, and kept as long as DNS still answers with it.',
  },
  severalHosts: {
    short: 'several hosts of a target',
    what: 'several hosts of one target',
    without: 'A target has one host; clients need a target for each, or a name that has the addresses of all.',
  },
  backup: {
    short: 'hosts kept back',
    what: 'hosts that are kept back until none of the others answers',
    without: 'Every host of a target gets sessions.',
  },
  connectionLog: {
    short: 'a connection log',
    what: 'a log line for each connection: target, client, bytes, duration, why it ended',
    without: 'Changes of addresses are logged; single connections are not.',
  },
  metrics: {
    short: 'metrics',
    what: 'Prometheus metrics, for the machine itself and for the networks of metrics.from',
    without: 'There is no metrics endpoint; the monitoring of the cloud shows the load balancer and the machines.',
  },
  stockImage: {
    short: 'a stock image',
    what: 'a stock image that has it already',
    without: 'The package must come from the internet (nat), a mirror, or the image.',
  },
};
