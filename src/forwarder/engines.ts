import type { Engine, Route } from '../model';
import type { Capability } from './capabilities';

export type { Engine } from '../model';

/** A file that an engine needs on the machine: a template of this folder, and the path where the rendered text goes. */
interface ForwarderFile {
  /** Name of a file in this folder. Every one is rendered by `templatefile` with the same configuration variables. */
  readonly template: string;
  /** Absolute path on the machine. */
  readonly path: string;
}

/** Everything that sets one engine apart from the others. */
interface EngineTraits {
  /** Debian's and Ubuntu's packages, installed only where they are missing. */
  readonly packages: readonly string[];
  readonly files: readonly ForwarderFile[];
  /** The systemd unit of the engine itself; `journalctl -u` on it shows the connections. */
  readonly service: string;
  /** Every systemd unit that the engine brings and that runs all the time, `service` included. */
  readonly units: readonly string[];
  readonly capabilities: Readonly<Record<Capability, boolean>>;
  /** By what a listener of it can choose a backend. */
  readonly routes: readonly Route[];
  /** Addresses of one name that it has room for. @default as many as it takes at all */
  readonly addressesPerName?: number;
}

/**
 * Addresses of one name that HAProxy uses, servers of its server-template: twice as many as the DNS of a cloud gives. Each
 * takes 2 MB at 299 targets. Source: https://github.com/haproxy/haproxy/blob/v2.8.0/doc/configuration.txt, read 2026-11-29.
 */
export const ADDRESSES_PER_NAME = 16;

/** Folder on the machine of everything that Terraform configures. */
const CONFIGURATION = '/etc/privatelink-router';
const UNITS = '/etc/systemd/system';

function unitFile(template: string, unit: string): ForwarderFile {
  return { template, path: `${UNITS}/${unit}` };
}

/**
 * What makes a machine of a cloud's image a forwarder: cloud-init lays these files on a new machine, the apply script on
 * every running one. Their templates see the settings of the machine alone, nothing of the targets.
 */
export const SETUP_FILES: readonly ForwarderFile[] = [
  { template: 'setup.sh.tftpl', path: `${CONFIGURATION}/setup.sh` },
  { template: 'packages.sh.tftpl', path: `${CONFIGURATION}/packages.sh` },
  { template: 'setup-sysctl.conf.tftpl', path: '/etc/sysctl.d/60-privatelink-router.conf' },
  { template: 'setup-journald.conf', path: '/etc/systemd/journald.conf.d/60-privatelink-router.conf' },
  { template: 'setup-rsyslog.conf', path: '/etc/rsyslog.d/10-privatelink-router.conf' },
  { template: 'setup-resolved.conf', path: '/etc/systemd/resolved.conf.d/60-privatelink-router.conf' },
  { template: 'setup-needrestart.conf', path: '/etc/needrestart/conf.d/60-privatelink-router.conf' },
  { template: 'setup-apt.conf.tftpl', path: '/etc/apt/apt.conf.d/60-privatelink-router' },
  { template: 'mirror-key.asc.tftpl', path: `${CONFIGURATION}/mirror-key.asc` },
  { template: 'mirror-ca.pem.tftpl', path: `${CONFIGURATION}/mirror-ca.pem` },
  { template: 'setup-sshd.conf', path: '/etc/ssh/sshd_config.d/10-privatelink-router.conf' },
  { template: 'ssh-keys.tftpl', path: `${CONFIGURATION}/ssh-keys.forwarder` },
  { template: 'health.py.tftpl', path: `${CONFIGURATION}/health.py` },
  { template: 'name-servers-changed.sh', path: `${CONFIGURATION}/name-servers-changed.sh` },
  unitFile('health.service', 'privatelink-router-health.service'),
  unitFile('name-servers.path', 'privatelink-router-name-servers.path'),
  unitFile('name-servers.service', 'privatelink-router-name-servers.service'),
  { template: 'updates.py', path: `${CONFIGURATION}/updates.py` },
  { template: 'updates.json.tftpl', path: `${CONFIGURATION}/updates.json` },
  unitFile('updates.service', 'privatelink-router-updates.service'),
  unitFile('updates.timer.tftpl', 'privatelink-router-updates.timer'),
];

/** What every machine has beside its engine, whichever that is: spread into each engine's own lists below. */
const MACHINE: Pick<EngineTraits, 'files' | 'units'> = {
  files: [
    ...SETUP_FILES,
    { template: 'sizing.sh.tftpl', path: `${CONFIGURATION}/sizing.sh` },
    { template: 'leaving.json.tftpl', path: `${CONFIGURATION}/leaving.json` },
    { template: 'leaving.py', path: `${CONFIGURATION}/leaving.py` },
    { template: 'leaving_events.py', path: `${CONFIGURATION}/leaving_events.py` },
    { template: 'leaving_flows.py', path: `${CONFIGURATION}/leaving_flows.py` },
    { template: 'leaving_machine.py', path: `${CONFIGURATION}/leaving_machine.py` },
    unitFile('leaving.service', 'privatelink-router-leaving.service'),
  ],
  units: ['privatelink-router-leaving.service'],
};

/** What ends the sessions that a removed target leaves in the processes of a proxy. */
const DRAIN: Pick<EngineTraits, 'files' | 'units'> = {
  files: [
    ...['drain.py', 'drain_backends.py', 'drain_leaving.py', 'drain_sockets.py', 'refresh_dns.py'].map((template) => ({
      template,
      path: `${CONFIGURATION}/${template}`,
    })),
    { template: 'targets.json.tftpl', path: `${CONFIGURATION}/targets.json` },
    unitFile('drain.service', 'privatelink-router-drain.service'),
  ],
  units: ['privatelink-router-drain.service'],
};

/** What answers the questions of a proxy on its own machine. */
const UNBOUND: Pick<EngineTraits, 'files' | 'units'> = {
  files: [
    // Where Ubuntu's AppArmor profile lets unbound read.
    { template: 'unbound.conf.tftpl', path: '/etc/unbound/privatelink-router.conf' },
    { template: 'name-servers.sh', path: `${CONFIGURATION}/name-servers.sh` },
    unitFile('unbound.service', 'privatelink-router-unbound.service'),
  ],
  units: ['privatelink-router-unbound.service'],
};

/** What each engine needs and can do; the one place that knows. */
export const ENGINES: Readonly<Record<Engine, EngineTraits>> = {
  haproxy: {
    packages: ['haproxy', 'unbound'],
    files: [
      { template: 'haproxy.cfg.tftpl', path: `${CONFIGURATION}/haproxy.cfg` },
      { template: 'haproxy-state.py', path: `${CONFIGURATION}/haproxy-state.py` },
      ...UNBOUND.files,
      unitFile('haproxy.service', 'privatelink-router-haproxy.service'),
      unitFile('haproxy-state.service', 'privatelink-router-haproxy-state.service'),
      ...DRAIN.files,
      ...MACHINE.files,
    ],
    service: 'privatelink-router-haproxy.service',
    units: [
      ...UNBOUND.units,
      'privatelink-router-haproxy.service',
      'privatelink-router-haproxy-state.service',
      ...DRAIN.units,
      ...MACHINE.units,
    ],
    capabilities: {
      healthChecks: true,
      keepAlives: true,
      perTargetIdleTimeout: true,
      severalAddresses: true,
      severalHosts: true,
      backup: true,
      connectionLog: true,
      metrics: true,
      stockImage: false,
    },
    routes: ['tcp', 'sni', 'http'],
    addressesPerName: ADDRESSES_PER_NAME,
  },
  nginx: {
    packages: ['nginx', 'libnginx-mod-stream', 'unbound'],
    files: [
      { template: 'nginx.conf.tftpl', path: `${CONFIGURATION}/nginx.conf` },
      ...UNBOUND.files,
      { template: 'nginx-features.sh', path: `${CONFIGURATION}/nginx-features.sh` },
      { template: 'nginx-names.py', path: `${CONFIGURATION}/nginx-names.py` },
      unitFile('nginx-names.service', 'privatelink-router-nginx-names.service'),
      unitFile('nginx.service', 'privatelink-router-nginx.service'),
      ...DRAIN.files,
      ...MACHINE.files,
    ],
    service: 'privatelink-router-nginx.service',
    units: [
      ...UNBOUND.units,
      'privatelink-router-nginx-names.service',
      'privatelink-router-nginx.service',
      ...DRAIN.units,
      ...MACHINE.units,
    ],
    capabilities: {
      healthChecks: false,
      keepAlives: true,
      perTargetIdleTimeout: true,
      severalAddresses: true,
      // It asks DNS while it runs only for the one name of a variable; the names of an upstream group it asks at its start.
      severalHosts: false,
      backup: false,
      connectionLog: true,
      metrics: false,
      stockImage: false,
    },
    routes: ['tcp'],
  },
  nftables: {
    packages: ['nftables', 'python3'],
    files: [
      { template: 'nftables.nft.tftpl', path: `${CONFIGURATION}/nftables.nft` },
      { template: 'targets.json.tftpl', path: `${CONFIGURATION}/targets.json` },
      ...[
        'refresh.py',
        'refresh_dns.py',
        'refresh_files.py',
        'refresh_kernel.py',
        'refresh_ready.py',
        'drain_leaving.py',
      ].map((template) => ({
        template,
        path: `${CONFIGURATION}/${template}`,
      })),
      unitFile('nftables.service', 'privatelink-router-nftables.service'),
      ...MACHINE.files,
    ],
    service: 'privatelink-router-nftables.service',
    units: ['privatelink-router-nftables.service', ...MACHINE.units],
    capabilities: {
      healthChecks: false,
      keepAlives: false,
      perTargetIdleTimeout: false,
      severalAddresses: false,
      severalHosts: false,
      backup: false,
      connectionLog: false,
      metrics: false,
      stockImage: true,
    },
    routes: ['tcp'],
  },
};

/** The script that brings a configuration to a running machine: checks, swaps, reloads, verifies, goes back. */
export const APPLY_TEMPLATE = 'apply.sh.tftpl';

/** The cloud-init document of a new machine. */
export const BOOTSTRAP_TEMPLATE = 'bootstrap.yaml.tftpl';

/** Every file of this folder that a stack needs beside its `cdk.tf.json`, sorted, each once. */
export const TEMPLATE_FILES: readonly string[] = [
  ...new Set([
    APPLY_TEMPLATE,
    BOOTSTRAP_TEMPLATE,
    ...Object.values(ENGINES).flatMap(({ files }) => files.map(({ template }) => template)),
  ]),
].sort();
