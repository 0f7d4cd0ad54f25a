import fc from 'fast-check';
import { expect, it } from 'vitest';
import { APPLY_TEMPLATE, BOOTSTRAP_TEMPLATE } from '../../src/forwarder';
import { runs } from '../support/runs';
import { renderEach, type TargetVariables, target, variables } from './render';
import { describeWithPrograms } from './tools';

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
/** Arbitrary texts, those that are nearly right, and single characters put into a right one. */
function candidates(right: string): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string({ unit: 'binary', maxLength: 80 }),
    fc.stringMatching(/^[a-z0-9.\-/:]{0,70}$/),
    fc.constantFrom(...DIRECTIVES),
    fc
      .tuple(fc.constantFrom(...SPECIAL), fc.nat(right.length))
      .map(([character, place]) => right.slice(0, place) + character + right.slice(place)),
  );
}

interface Slot {
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

function configured(targets: Readonly<Record<string, TargetVariables>>, more: Readonly<Record<string, unknown>> = {}) {
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

function windowSlot(template: string): Slot {
  const with_ = (start: string) => configured({}, { maintenance: { days: ['sun'], start, hours: 4 } });
  return { template, right: '23:59', with: with_, allowed: /^[0-2]\d:[0-5]\d$/ };
}

const APPLY = { engine: 'haproxy', packages: ['haproxy'], files: {}, ports: [1], ready_port: 2 };
/** A key as the inventory takes it; its comment stays behind. */
const KEY = `ssh-ed25519 ${'A'.repeat(68)}`;

const SLOTS: Readonly<Record<string, Slot>> = {
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

/** What is made of the texts in other places: a server's name carries a hash of its host, the script one of everything. */
function withoutHashes(text: string): string {
  return text.replace(/\b[ah][0-9a-f]{8}(?:[0-9a-f]{8})?\b/g, 'HASH').replace(/\b[0-9a-f]{64}\b/g, 'HASH');
}

describeWithPrograms([], 'a text from outside', () => {
  it.each(Object.entries(SLOTS))('%s: is refused, or stands there as it is and nothing else changes', (_, slot) => {
    const shown = slot.shown ?? ((text: string) => text);
    const texts = fc.sample(candidates(slot.right), { numRuns: runs(25), seed: 7 }).filter((text) => text !== '');
    const [right, ...made] = renderEach(slot.template, [slot.right, ...texts].map(slot.with));
    expect(right).toContain(slot.right);
    const parts = withoutHashes(right ?? '').split(slot.right);
    const refused = made.filter((text) => text === null).length;
    expect(refused).toBeGreaterThan(texts.length / 4);
    for (const [i, text] of texts.entries()) {
      const rendering = made[i] ?? null;
      if (!slot.allowed.test(text)) expect({ text, rendering }).toEqual({ text, rendering: null });
      else if (rendering !== null) expect(withoutHashes(rendering)).toBe(parts.join(shown(text)));
    }
  });

  const resolvers = ['10.0.0.4', '10.0.0.4:53', 'fd00::1', '[fd00::1]:53'];

  it.each(['unbound.conf.tftpl', 'targets.json.tftpl'])('a name server of %s is an address', (name) => {
    const with_ = (text: string) => configured({ db: target(1, 'db.corp.example', 1) }, { resolvers: [text] });
    const texts = [...resolvers, ...fc.sample(candidates('10.0.0.4'), { numRuns: runs(40), seed: 7 })];
    const made = renderEach(name, texts.map(with_));
    expect(made.slice(0, resolvers.length).filter((text) => text === null)).toEqual([]);
    const taken = texts.filter((_, i) => made[i] !== null);
    expect(taken.filter((text) => !/^[0-9a-fA-F.:[\]]+$/.test(text))).toEqual([]);
    const lines = new Set(made.flatMap((text) => (text === null ? [] : [text.split('\n').length])));
    expect(lines.size).toBe(1);
  });

  it('an engine and an egress are one of those that there are', () => {
    const engines = renderEach(
      APPLY_TEMPLATE,
      ['haproxy', 'nginx', 'nftables', 'squid', "haproxy'; reboot; '"].map((engine) => ({ ...APPLY, engine })),
    );
    expect(engines.map((text) => text !== null)).toEqual([true, true, true, false, false]);
    for (const template of ['packages.sh.tftpl', 'setup.sh.tftpl']) {
      const egress = renderEach(
        template,
        ['nat', 'mirror', 'image', 'none', 'all', 'nat"; reboot'].map((text) =>
          configured({}, { packages: [], egress: text }),
        ),
      );
      expect(egress.map((text) => text !== null)).toEqual([true, true, true, true, false, false]);
    }
  });

  it('a port and a time are numbers', () => {
    const with_ = (port: unknown) =>
      configured({ db: { ...target(1, 'db.corp.example', 1), port } as TargetVariables });
    for (const template of ['haproxy.cfg.tftpl', 'nginx.conf.tftpl']) {
      const made = renderEach(template, [10000, '10000', '1;', '1\n2', 'x', null].map(with_));
      expect(made.map((text) => text !== null)).toEqual([true, true, false, false, false, false]);
    }
  });
});
