import fc from 'fast-check';
import { APPLY_TEMPLATE, BOOTSTRAP_TEMPLATE } from '../../src/forwarder';
import { type TargetVariables, target, variables } from './render';

/** Characters that end a word, a line, a text or a block somewhere: in HAProxy, nginx, unbound, nft, sh, YAML or JSON. */
const SPECIAL = [...' \t\n\r\0\'"`\\#;{}()[]<>|&$%*?!~,:=@^+/.-_'];
const DIRECTIVES = [
  'a\n    server evil 10.0.0.1:1',
  'a; include /etc/passwd',
  "a'; rm -rf /; '",
  'x}\nserver { listen 1; proxy_pass 10.0.0.1:1; }',
  'a"\nforward-addr: 10.9.9.9',
  '${' + 'path.module}',
  '%{ for x in y }',
  '$(reboot)',
  'a\\',
  'db\u0085evil',
  'db\u2028evil',
  'BASE64\nreboot\n',
  '10.0.0.0/8 } ; flush ruleset',
];
/** Texts for a slot: arbitrary texts, those that are nearly right, and single characters put into a right one. */
export function candidates(right: string): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.stringMatching(/^[a-z0-9.\-/:]{0,70}$/),
    fc.constantFrom(...DIRECTIVES),
    fc
      .tuple(fc.constantFrom(...SPECIAL), fc.nat(right.length))
      .map(([character, place]) => right.slice(0, place) + character + right.slice(place)),
  );
}

export interface Slot {
  readonly template: string;
  /** What stands in the place otherwise, a text that stands nowhere else in the rendering. */
  readonly right: string;
  readonly with: (text: string) => Readonly<Record<string, unknown>>;
  /** Texts that a template may take, and no others. */
  readonly allowed: RegExp;
  /** How the text stands in the rendering; itself where nothing is said. */
  readonly shown?: (text: string) => string;
}

const HOST = /^(?=.{1,253}$)[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?$/;
const CIDR = /^\d{1,3}(\.\d{1,3}){3}\/\d{1,2}$/;

export function configured(
  targets: Readonly<Record<string, TargetVariables>>,
  more: Readonly<Record<string, unknown>> = {},
) {
  return { ...variables('haproxy', targets), ...more };
}

function hostSlot(template: string): Slot {
  const with_ = (host: string) => configured({ db: { ...target(10000, 'x', 5432), host, literal: false } });
  return { template, right: 'right.corp.example', with: with_, allowed: HOST };
}

function nameSlot(template: string): Slot {
  const with_ = (name: string) => configured({ [name]: target(10000, '10.0.0.1', 5432) });
  return { template, right: 'right-name', with: with_, allowed: /^[a-z][a-z0-9-]{0,62}$/ };
}

function literalSlot(template: string): Slot {
  const with_ = (host: string) => configured({ db: { ...target(10000, 'x', 5432), host, literal: true } });
  return { template, right: '10.99.98.97', with: with_, allowed: /^\d{1,3}(\.\d{1,3}){3}$/ };
}

function listSlot(template: string, variable: 'clients' | 'probes' | 'metrics_from'): Slot {
  const with_ = (text: string) => configured({ db: target(1, '10.0.0.1', 1) }, { [variable]: [text] });
  return { template, right: '10.99.98.0/24', with: with_, allowed: CIDR };
}

function checkSlot(
  right: string,
  key: 'path' | 'matcher' | 'host',
  allowed: RegExp,
  shown?: (text: string) => string,
): Slot {
  const with_ = (text: string) =>
    configured({
      db: target(1, '10.0.0.1', 1, {
        check: { protocol: 'HTTPS', path: '/', matcher: '200', host: 'a.example', [key]: text },
      }),
    });
  return { template: 'haproxy.cfg.tftpl', right, with: with_, allowed, ...(shown === undefined ? {} : { shown }) };
}

/** A word of a target that shares its port. */
function sharedSlot(
  right: string,
  key: 'names' | 'path',
  allowed: RegExp,
  template = 'haproxy.cfg.tftpl',
  shown = (text: string) => text,
): Slot {
  const shared = { route: 'http' as const, names: ['fixed.corp.example'], path: '' };
  const with_ = (text: string) =>
    configured({ db: target(1, '10.0.0.1', 1, { ...shared, [key]: key === 'names' ? [text] : text }) });
  return { template, right, with: with_, allowed, shown };
}

const PATH = /^(\/\.*[A-Za-z0-9_~:@+=-][A-Za-z0-9._~:@+=-]*)+$/;

function windowSlot(template: string): Slot {
  const with_ = (start: string) => configured({}, { maintenance: { days: ['sun'], start, hours: 4 } });
  return { template, right: '23:59', with: with_, allowed: /^[0-2]\d:[0-5]\d$/ };
}

export const APPLY = { engine: 'haproxy', packages: ['haproxy'], files: {}, ports: [1], ready_port: 2 };
/** A key as the inventory takes it; its comment stays behind. */
const KEY = `ssh-ed25519 ${'A'.repeat(68)}`;

export const SLOTS: Readonly<Record<string, Slot>> = {
  'a target of haproxy': nameSlot('haproxy.cfg.tftpl'),
  'a target of nginx': nameSlot('nginx.conf.tftpl'),
  'a target of nftables': nameSlot('targets.json.tftpl'),
  'a host of haproxy': hostSlot('haproxy.cfg.tftpl'),
  'a host of nginx': hostSlot('nginx.conf.tftpl'),
  'a host of nftables': hostSlot('targets.json.tftpl'),
  'a host of haproxy with an underscore before it': {
    ...hostSlot('unbound.conf.tftpl'),
    right: '_right.corp.example',
    // Other hosts are no matter of the cache's.
    with: (host) =>
      configured({ db: { ...target(10000, 'x', 5432), host: `_${host.replace(/^_/, '')}`, literal: false } }),
    shown: (host) => `_${host.replace(/^_/, '')}`,
  },
  'an address of haproxy': literalSlot('haproxy.cfg.tftpl'),
  'an address of nginx': literalSlot('nginx.conf.tftpl'),
  'an address of nftables': literalSlot('targets.json.tftpl'),
  'a client of haproxy': listSlot('haproxy.cfg.tftpl', 'clients'),
  'a client of nginx': listSlot('nginx.conf.tftpl', 'clients'),
  'a client of nftables': listSlot('nftables.nft.tftpl', 'clients'),
  'a probe of haproxy': listSlot('haproxy.cfg.tftpl', 'probes'),
  'a probe of nginx': listSlot('nginx.conf.tftpl', 'probes'),
  'a probe of nftables': listSlot('targets.json.tftpl', 'probes'),
  'the path of a check': checkSlot('/right-path', 'path', /^\/[!-~]*$/, (text) => text.replaceAll("'", '%27')),
  'the matcher of a check': checkSlot('211-233', 'matcher', /^[1-5]\d\d(-[1-5]\d\d)?(,[1-5]\d\d(-[1-5]\d\d)?)*$/),
  'the host of a check': checkSlot('right.corp.example', 'host', HOST),
  'a name of a shared port': sharedSlot('right.corp.example', 'names', HOST),
  'a path of a shared port': sharedSlot('/right/path', 'path', PATH),
  'a name of a shared port, for the drain': sharedSlot('right.corp.example', 'names', HOST, 'targets.json.tftpl'),
  'a path of a shared port, for the drain': sharedSlot('/right/path', 'path', PATH, 'targets.json.tftpl'),
  'a package of the apply script': {
    template: APPLY_TEMPLATE,
    right: 'right-package',
    with: (text) => ({ ...APPLY, packages: [text] }),
    allowed: /^[a-z0-9][a-z0-9.+-]*$/,
  },
  'a path of the apply script': {
    template: APPLY_TEMPLATE,
    right: '/etc/right/path.conf',
    with: (text) => ({ ...APPLY, files: { [text]: 'H4sI' } }),
    allowed: /^\/etc(\/[a-z0-9][a-z0-9._-]*)+$/,
  },
  'a mirror of the packages': {
    template: 'packages.sh.tftpl',
    right: 'http://right.corp.example/debian',
    with: (text) => configured({}, { egress: 'mirror', mirror: text }),
    allowed: /^https?:\/\/[A-Za-z0-9.-]+(:\d{1,5})?(\/[A-Za-z0-9._~-]+)*\/?$/,
  },
  'a network of the scrapers': listSlot('haproxy.cfg.tftpl', 'metrics_from'),
  'the key of a mirror': {
    template: 'mirror-key.asc.tftpl',
    right: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEright\n=abcd\n-----END PGP PUBLIC KEY BLOCK-----\n',
    with: (text) => configured({}, { egress: 'mirror', mirror_key: text }),
    allowed: /^-----BEGIN PGP PUBLIC KEY BLOCK-----\n[ -~\n]*-----END PGP PUBLIC KEY BLOCK-----\n$|^$/,
    shown: (text) => `${text.trim()}\n`,
  },
  'the authority of a mirror': {
    template: 'mirror-ca.pem.tftpl',
    right: '-----BEGIN CERTIFICATE-----\nMIIBright\n-----END CERTIFICATE-----\n',
    with: (text) => configured({}, { egress: 'mirror', mirror_ca: text }),
    allowed: /^(-----BEGIN CERTIFICATE-----\n[A-Za-z0-9+/=\n]+-----END CERTIFICATE-----\n+)+$|^$/,
    shown: (text) => `${text.trim()}\n`,
  },
  'a package of the set-up': {
    template: 'setup.sh.tftpl',
    right: 'right-package',
    with: (text) => configured({}, { packages: [text] }),
    allowed: /^[a-z0-9][a-z0-9.+-]*$/,
  },
  'a probe of the health service': listSlot('health.py.tftpl', 'probes'),
  'a key of the set-up': {
    template: 'ssh-keys.tftpl',
    right: KEY,
    with: (text) => configured({}, { ssh_key: text }),
    allowed: /^ssh-(rsa|ed25519) +[A-Za-z0-9+/]+={0,2}($| )/,
    shown: (text) => /^\S+ +[A-Za-z0-9+/]+={0,2}/.exec(text)?.[0] ?? '',
  },
  'a day of the updates': {
    template: 'updates.timer.tftpl',
    right: 'sat',
    with: (text) => configured({}, { maintenance: { days: [text], start: '01:00', hours: 4 } }),
    allowed: /^(mon|tue|wed|thu|fri|sat|sun)$/,
  },
  'the begin of the updates, for the timer': windowSlot('updates.timer.tftpl'),
  'the begin of the updates': windowSlot('updates.json.tftpl'),
  'a path of the bootstrap': {
    template: BOOTSTRAP_TEMPLATE,
    right: '/etc/right/path.conf',
    with: (text) => ({ files: { [text]: 'H4sI' } }),
    allowed: /^\/etc(\/[a-z0-9][a-z0-9._-]*)+$/,
  },
};
