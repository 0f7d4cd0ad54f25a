import { expect, it } from 'vitest';
import { target } from '../../forwarder/render';
import { at, type Lab, TARGETS } from '../support/lab';
import { ENDPOINT } from '../support/network';

const EVIL_PORT = 10066;
const CHOSEN_PORT = 10060;

/** Text that would be code in one of the languages if it were not refused. */
const CODE: readonly (readonly [where: 'name' | 'host', text: string])[] = [
  ['name', `x\n  bind *:${EVIL_PORT}`],
  ['name', `x; } server { listen ${EVIL_PORT}; return pwned; } #`],
  ['name', `x }\nadd element ip privatelink_router targets { ${EVIL_PORT} : 10.92.0.13 . 7000 }`],
  ['name', '$(touch /tmp/pwned)'],
  ['name', "x' ; touch /tmp/pwned ; '"],
  ['name', '${file("/etc/passwd")}'],
  ['host', `ledger.corp.example:7000\n  server evil 10.92.0.13:7000 # `],
  ['host', `ledger.corp.example:7000; } server { listen ${EVIL_PORT}; proxy_pass 10.92.0.13:7000; } #`],
  ['host', '10.92.0.13 . 7000 }\n}\nflush ruleset\n#'],
  ['host', '`touch /tmp/pwned`'],
  ['host', '"\nBASE64\ntouch /tmp/pwned\n'],
];

/** Names that mean something to an engine, and are names all the same. */
const WORDS = [
  'global',
  'defaults',
  'listen',
  'server',
  'include',
  'map',
  'targets',
  'dead',
  'closed',
  'ending',
  'clients',
  'stats',
];

/** What a user calls a target is never read as anything else. */
export function namesAreNames(lab: () => Lab): void {
  it.each(CODE)('does not render a %s that would be code: %j', (where, text) => {
    const [name, host] = where === 'name' ? [text, 'ledger.corp.example'] : ['new', text];
    expect(() => lab().render({ ...TARGETS, [name]: { ...target(CHOSEN_PORT, host, 7000), literal: false } })).toThrow(
      /templatefile|regex|template/i,
    );
  });

  it('takes words of the engines for the names that they are', async () => {
    const named = WORDS.map((word, index) => [word, target(CHOSEN_PORT + index, 'ledger.corp.example', 7000)] as const);
    const ports = named.map(([, { port }]) => port);
    await lab().apply({ ...TARGETS, ...Object.fromEntries(named) });
    await lab().link.open(ports);
    for (const port of ports) await lab().answeredBy('gamma', { host: ENDPOINT, port });
    await lab().link.close(ports);
    await lab().apply();
    expect(await lab().client.tell('askOnce', { ...at('stock'), line: 'hello' })).toBe('alpha hello');
  });
}
