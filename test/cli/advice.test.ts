import { createSocket } from 'node:dgram';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import dnsPacket from 'dns-packet';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/errors';
import { OTHER_FORWARDER_PORTS } from '../../src/forwarder';
import type { Diagnostic } from '../../src/model';
import { inventoryText, Scratch, THREE } from './harness';
import { diagnosticsOf, runInProcess } from './in-process';
import { recommendingCodes } from './recommended';

const FILE = 'privatelink-router.yaml';
const LOCK = 'privatelink-router.lock.json';
const scratch = new Scratch();
afterAll(() => scratch.remove());

const home = process.cwd();
let folder = '';
/** The commands that a scenario has run as they were recommended. */
let followed: string[] = [];
beforeEach(() => {
  folder = scratch.folder();
  followed = [];
  process.chdir(folder);
});
afterEach(() => process.chdir(home));

type Targets = Readonly<Record<string, string>>;

const read = (): string => readFileSync(join(folder, LOCK), 'utf8');
const put = (text: string): void => writeFileSync(join(folder, LOCK), text);
const write = (targets: Targets, keys: readonly string[] = []): void =>
  writeFileSync(join(folder, FILE), inventoryText(targets, keys));

/** Runs something that the scenario needs, and demands that it works. */
async function lock(...args: readonly string[]): Promise<void> {
  const { code, err } = await runInProcess('lock', ...args);
  expect(code, err).toBe(0);
}

async function locked(targets: Targets, keys: readonly string[] = []): Promise<void> {
  write(targets, keys);
  await lock();
}

const commandsIn = (text: string): readonly string[] =>
  [...text.matchAll(/`privatelink-router ([^`]+)`/g)].map(([, command = '']) => command);

/** Runs a recommended command as it is printed, but for REF, and demands that it works. */
async function follow(command: string): Promise<void> {
  const { code, err } = await runInProcess(...command.replace(/\bREF\b/, 'base.lock.json').split(' '));
  expect(code, `${command}: ${err}`).toBe(0);
  followed.push(command);
}

/** Runs every command of a fix in its order. */
async function followAll({ fix }: Diagnostic): Promise<void> {
  for (const command of commandsIn(fix)) await follow(command);
}

const AZURE = (place: readonly string[] = [], targets: Targets = THREE): string =>
  `${[
    'version: 1',
    'databricks: { accountId: 7a99b43c-b46c-432b-b0a7-814217701909 }',
    'routers:',
    '  analytics:',
    '    azure:',
    '      subscriptionId: 2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
    '      resourceGroupName: rg',
    '      network: { addressSpace: 10.20.0.0/24 }',
    ...(place.length > 0 ? place : ['location: eastus2']).map((line) => `      ${line}`),
    '    ncc: { name: analytics, workspaceIds: [1234567890123456] }',
    '    targets:',
    ...Object.entries(targets).map(([name, target]) => `      ${name}: ${target}`),
  ].join('\n')}\n`;

const many = (number: number, more = ''): Targets =>
  Object.fromEntries(
    Array.from({ length: number }, (_, i) => [`t${i}`, `{ host: t${i}.corp.acme.com, port: 5432${more} }`]),
  );

function without(lockText: string, router: string): string {
  const value = JSON.parse(lockText) as { routers: Record<string, unknown> };
  const { [router]: _, ...routers } = value.routers;
  return JSON.stringify({ ...value, routers });
}

/** A lock that two branches made, and a base that is sound. */
async function spoilt(edit: (text: string) => string, targets: Targets = THREE): Promise<void> {
  await locked(targets);
  writeFileSync(join(folder, 'base.lock.json'), read());
  const text = edit(read());
  expect(text).not.toBe(read());
  put(text);
}

const line = (name: string): RegExp => new RegExp(`^.*"${name}": \\{ .*$`, 'm');

async function retiredLedger(): Promise<void> {
  await locked(THREE);
  const { ledger: _, ...rest } = THREE;
  await locked(rest);
}

/** What the name server answers. */
let answer = '10.1.2.3';
let nameServer = '';

/** A name server that answers everything with one private address, but names that begin with `bad`. */
async function withNameServer(work: () => Promise<void>): Promise<void> {
  answer = '10.1.2.3';
  const server = createSocket('udp4');
  server.on('message', (message, peer) => {
    const { id, questions = [] } = dnsPacket.decode(message);
    const answers = questions.flatMap(({ name, type }) =>
      type === 'A' && !name.startsWith('bad') ? [{ type: 'A' as const, name, ttl: 60, data: answer }] : [],
    );
    const flags = questions.some(({ name }) => name.startsWith('bad')) ? 0x8183 : 0x8180;
    server.send(
      dnsPacket.encode({ type: 'response', id: id ?? 0, flags, questions, answers }),
      peer.port,
      peer.address,
    );
  });
  await new Promise<void>((done) => server.bind(0, '127.0.0.1', done));
  try {
    nameServer = `127.0.0.1:${server.address().port}`;
    await work();
  } finally {
    server.close();
  }
}

interface Scenario {
  /** Makes inventory and lock so that `raise` finds the code. */
  readonly setup: () => Promise<void> | void;
  /** @default check */
  readonly raise?: readonly string[];
  /** Does what the fix says, with every command in it. @default every command, in its order */
  readonly does?: (told: Diagnostic) => Promise<void>;
  /** Something beside inventory and lock that has to last while the scenario runs. */
  readonly around?: (work: () => Promise<void>) => Promise<void>;
}

const TEARDOWN = 'teardown:';
const synthesized = (host = 'db'): void =>
  write({ db: `${host}.corp.acme.com:5432` }, ['dns: synth', `resolvers: ["${nameServer}"]`]);

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  PLR1001: { setup: () => undefined },
  PLR1006: {
    setup: () => writeFileSync(join(folder, FILE), ''),
    does: async (told) => {
      rmSync(join(folder, FILE));
      await followAll(told);
    },
  },
  PLR1024: {
    setup: () => {
      const sides = '<<<<<<< HEAD\nversion: 1\n=======\nversion: 1\n>>>>>>> b\n';
      writeFileSync(join(folder, FILE), inventoryText(THREE).replace('version: 1\n', sides));
    },
    does: async (told) => {
      write(THREE);
      await followAll(told);
    },
  },
  PLR1331: {
    setup: () => {
      write(THREE);
      const own = 'routers: { analytics: { ncc: { name: analytics-dev, workspaceIds: [2234567890123456] } } }\n';
      writeFileSync(join(folder, 'privatelink-router.dev.yaml'), own);
    },
    raise: ['check', '--all-envs'],
  },
  PLR2001: {
    setup: async () => {
      await locked(THREE);
      writeFileSync(join(folder, FILE), inventoryText(THREE).replaceAll('analytics', 'other'));
    },
    does: async ({ fix }) => {
      const other =
        inventoryText(THREE).split('routers:\n')[1]?.replaceAll('analytics', 'other').replace('[1234', '[2234') ?? '';
      const both = (step: string): void =>
        writeFileSync(join(folder, FILE), `${inventoryText(THREE, [`${TEARDOWN} ${step}`])}${other}`);
      both('prepare');
      for (const command of commandsIn(fix)) await follow(command);
      both('destroy');
      await lock();
      writeFileSync(join(folder, FILE), inventoryText(THREE).replaceAll('analytics', 'other'));
      await lock();
    },
  },
  PLR2002: {
    setup: async () => {
      await locked(THREE);
      write(THREE, [`${TEARDOWN} destroy`]);
    },
    does: async (told) => {
      write(THREE, [`${TEARDOWN} prepare`]);
      await followAll(told);
      write(THREE, [`${TEARDOWN} destroy`]);
      await lock();
    },
  },
  PLR2104: {
    setup: async () => {
      await retiredLedger();
      write(THREE);
    },
    does: async (told) => {
      write({ ...THREE, ledger: '{ host: ledger.corp.acme.com, port: 1521, listenPort: 10002 }' });
      await followAll(told);
      expect(read()).toContain('"listenerPort": 10002, "host": "ledger');
    },
  },
  PLR2201: {
    setup: async () => {
      await retiredLedger();
      const { ledger: _, ...rest } = THREE;
      write({ ...rest, next: '{ host: next.corp.acme.com, port: 1521, listenPort: 10002 }' });
    },
    does: async (told) => {
      const wanted = readFileSync(join(folder, FILE), 'utf8');
      writeFileSync(join(folder, FILE), wanted.replace(', listenPort: 10002', ''));
      await lock();
      await followAll(told);
      writeFileSync(join(folder, FILE), wanted);
      await lock();
    },
  },
  PLR2204: {
    setup: async () => {
      const end = ['basePort: 65534'];
      await locked({ a: 'a.corp.acme.com:1', b: 'b.corp.acme.com:1' }, end);
      await locked({ a: 'a.corp.acme.com:1' }, end);
      write({ a: 'a.corp.acme.com:1', c: 'c.corp.acme.com:1' }, end);
    },
  },
  PLR2205: {
    setup: async () => {
      const asks = (name: string, port: number, shard: string): Targets => ({
        [name]: `{ host: ${name}.corp.acme.com, port: 1, listenPort: ${port}, shard: ${shard} }`,
      });
      const two = { ...asks('a', 443, 'x'), ...asks('b', 444, 'y') };
      writeFileSync(join(folder, FILE), AZURE([], two));
      await lock();
      const { lowest, highest } = OTHER_FORWARDER_PORTS;
      const ports = Array.from({ length: highest - lowest }, (_, index) => lowest + index);
      const retired = ports.map((port) => `{ "shard": "s2", "listenerPort": ${port}, "target": "old" }`);
      put(read().replace('"retired": []', `"retired": [${retired.join(', ')}]`));
      writeFileSync(join(folder, FILE), AZURE([], { ...two, ...asks('c', 443, 'y') }));
    },
  },
  PLR2301: {
    setup: async () => {
      const shared = ', domain: a.corp.acme.com';
      await locked({ ...many(49, shared), other: 'other.corp.acme.com:1' });
      put(read().replace(line('other'), (all) => `${all}\n${all.replaceAll('other', 'zz').replace('10049', '10050')}`));
      write({ ...many(49, shared), other: 'other.corp.acme.com:1', zz: 'zz.corp.acme.com:1' });
    },
  },
  PLR2302: {
    setup: async () => {
      await locked(many(12));
      write(many(12), ['domains: { shared: data.acme.com }']);
    },
    does: async ({ fix }) => {
      for (const command of new Set(commandsIn(fix))) await follow(command);
    },
  },
  PLR2303: {
    setup: async () => {
      const mate = (domain: string): Targets => ({ mate: `{ host: mate.corp.acme.com, port: 1, domain: ${domain} }` });
      await locked({ ...many(10), ...mate('t3.corp.acme.com') });
      write({ ...many(10), ...mate('eleventh.acme.com') });
    },
  },
  PLR2306: {
    setup: async () => {
      await locked(many(3));
      write({ ...many(1), ...Object.fromEntries(Object.entries(many(3, ', shard: brokers')).slice(1)) });
    },
    does: async ({ fix }) => {
      for (const command of new Set(commandsIn(fix))) await follow(command);
    },
  },
  PLR2504: {
    setup: async () => {
      await locked(many(11));
      await locked(many(10));
      write(many(10), ['shards: { s2: { teardown: destroy } }']);
    },
    does: async (told) => {
      write(many(10), ['shards: { s2: { teardown: prepare } }']);
      await followAll(told);
      write(many(10), ['shards: { s2: { teardown: destroy } }']);
      await lock();
    },
  },
  PLR2511: {
    setup: async () => {
      await locked(THREE);
      writeFileSync(join(folder, FILE), inventoryText(THREE).replace(', subnet-0b1c2d3e4f5061728', ''));
    },
    does: async ({ fix }) => {
      const smaller = readFileSync(join(folder, FILE), 'utf8');
      const [synth = '', last = ''] = commandsIn(fix);
      write(THREE, ['deletionProtection: false']);
      await follow(synth);
      writeFileSync(join(folder, FILE), smaller.replace('    ncc:', '    deletionProtection: false\n    ncc:'));
      await runInProcess('synth');
      writeFileSync(join(folder, FILE), smaller);
      await runInProcess('synth');
      // The other way out: nothing was ever applied.
      put(without(read(), 'analytics'));
      await follow(last);
    },
  },
  PLR2512: {
    setup: async () => {
      await locked(THREE, ['deletionProtection: false']);
      const text = inventoryText(THREE, ['deletionProtection: false']);
      writeFileSync(join(folder, FILE), text.replace(', subnet-0b1c2d3e4f5061728', ''));
    },
    does: async (told) => {
      put(without(read(), 'analytics'));
      await followAll(told);
    },
  },
  PLR2513: {
    setup: async () => {
      await locked(THREE);
      writeFileSync(join(folder, FILE), inventoryText(THREE).replace('us-east-2', 'us-east-1'));
    },
    does: async (told) => {
      put(without(read(), 'analytics'));
      await followAll(told);
    },
  },
  PLR2521: {
    setup: async () => {
      writeFileSync(join(folder, FILE), AZURE());
      await lock();
      writeFileSync(join(folder, FILE), AZURE(['location: westeurope']));
    },
    does: async (told) => {
      put(without(read(), 'analytics'));
      await followAll(told);
    },
  },
  PLR2523: {
    setup: async () => {
      await locked(THREE);
      writeFileSync(join(folder, FILE), AZURE());
    },
    does: async (told) => {
      put(without(read(), 'analytics'));
      await followAll(told);
    },
  },
  PLR2601: { around: withNameServer, setup: () => synthesized() },
  PLR2801: {
    setup: () => write(THREE),
    raise: ['lock', 'release', 'analytics', '10000'],
    does: () => follow('lock'),
  },
  PLR2811: {
    setup: async () => {
      await locked(many(11));
      write({ ...many(11), later: '{ host: later.corp.acme.com, port: 1, domain: t3.corp.acme.com }' });
    },
    raise: ['lock', 'move', 'analytics', 't3', 'later', '--shard', 's2'],
    does: async (told) => {
      await followAll(told);
      await lock('move', 'analytics', 't3', 'later', '--shard', 's2');
    },
  },
  PLR2804: {
    setup: async () => {
      const api = (name: string): Targets => ({ [name]: `{ host: ${name}.corp.acme.com, preset: https, route: sni }` });
      writeFileSync(join(folder, FILE), AZURE([], { ...api('a'), ...api('b'), ...api('c') }));
      await lock();
      writeFileSync(join(folder, FILE), AZURE([], api('a')));
      await lock();
    },
    raise: ['lock', 'release', 'analytics', '443'],
  },
  PLR2813: {
    setup: () => locked({ ...many(11), mate: '{ host: mate.corp.acme.com, port: 1, domain: t3.corp.acme.com }' }),
    raise: ['lock', 'move', 'analytics', 't3', '--shard', 's2'],
  },
  PLR2815: {
    setup: async () => {
      await locked(many(12));
      await lock('move', 'analytics', 't3', '--shard', 's2');
    },
    raise: ['lock', 'move', 'analytics', 't3', '--shard', 's1'],
    does: async (told) => {
      await followAll(told);
      await lock('move', 'analytics', 't3', '--shard', 's1');
    },
  },
  PLR2819: {
    setup: async () => {
      await locked(many(12));
      writeFileSync(join(folder, 'base.lock.json'), read());
      await lock('move', 'analytics', 't3', '--shard', 's2');
    },
    raise: ['lock', '--base', 'base.lock.json'],
  },
  PLR2820: {
    setup: async () => {
      await retiredLedger();
      writeFileSync(join(folder, 'base.lock.json'), read());
      await lock('release', 'analytics', '10002');
    },
    raise: ['lock', '--base', 'base.lock.json'],
  },
  PLR3001: {
    setup: () =>
      spoilt((text) => text.replace(line('ledger'), (all) => `<<<<<<< HEAD\n${all}\n=======\n${all}\n>>>>>>> b`)),
  },
  PLR3002: { setup: () => spoilt((text) => text.slice(0, 200)), does: takenBack },
  PLR3004: {
    setup: () => spoilt((text) => text.replace('"listenerPort": 10000', '"listenerPort": 0')),
    does: takenBack,
  },
  PLR3005: {
    setup: () => spoilt((text) => text.replace(line('ledger'), (all) => `${all.replace(/,$/, '')},\n${all}`)),
  },
  PLR3006: { setup: () => spoilt((text) => text.replace('"listenerPort": 10002', '"listenerPort": 10001')) },
  PLR3007: { setup: () => spoilt((text) => text.replace('"ledger": { "shard": "s1"', '"ledger": { "shard": "s7"')) },
  PLR3008: {
    setup: () =>
      spoilt((text) =>
        text.replace('"retired": []', '"retired": [{ "shard": "s1", "listenerPort": 10001, "target": "x" }]'),
      ),
  },
  PLR3009: {
    setup: () =>
      spoilt(
        (text) =>
          text.replace('"t3": { "shard": "s1"', '"t3": { "shard": "s2"').replaceAll('"domain": "t3', '"domain": "t4'),
        many(11),
      ),
  },
  PLR3010: {
    setup: () => spoilt((text) => text.replace('"domain": "ledger.corp.acme.com"', '$&, "bornAs": "orders-db"')),
  },
  PLR3011: { setup: () => spoilt((text) => text.replace(/"domains": \[[^\]]*\]/, '"domains": []')) },
  PLR3014: {
    setup: async () => {
      writeFileSync(join(folder, FILE), AZURE());
      await lock();
      writeFileSync(join(folder, 'base.lock.json'), read());
      put(read().replace('"pools": ["p1"]', '"pools": ["p2"]'));
    },
  },
  PLR3015: {
    setup: () => spoilt((text) => text.replaceAll('"domain": "', '"targetGroupName": "taken", "domain": "')),
  },
  PLR3016: {
    setup: () => spoilt((text) => `<<<<<<< HEAD\n${text}`),
    raise: ['lock', '--base', 'base.lock.json'],
    does: takenBack,
  },
  PLR4031: {
    around: withNameServer,
    setup: () => synthesized('bad'),
    raise: ['check', '--resolve'],
    does: async () => {
      synthesized();
      await follow('lock');
    },
  },
  PLR4032: {
    around: withNameServer,
    setup: async () => {
      synthesized();
      await lock();
      answer = '10.1.2.4';
    },
    raise: ['check', '--resolve'],
  },
  PLR9001: {
    setup: async () => {
      await locked(THREE);
      write({ ...THREE, next: 'next.corp.acme.com:1' });
    },
    raise: ['check', '--frozen'],
  },
};

/** Version control has the lock that was sound. */
async function takenBack(told: Diagnostic): Promise<void> {
  put(readFileSync(join(folder, 'base.lock.json'), 'utf8'));
  await followAll(told);
}

describe('every command that a fix or docs/errors.md recommends', () => {
  it('has a scenario here that raises its code and follows it', () => {
    expect(recommendingCodes().length).toBeGreaterThan(20);
    expect(Object.keys(SCENARIOS).sort()).toEqual(recommendingCodes());
  });

  it.each(Object.entries(SCENARIOS))(
    '%s: works, and nothing is left to complain about',
    { timeout: 60_000 },
    async (code, scenario) => {
      const { setup, raise = ['check'], does = followAll, around = (work: () => Promise<void>) => work() } = scenario;
      await around(async () => {
        await setup();
        const told = (await diagnosticsOf(...raise)).find((one) => one.code === code);
        if (told === undefined)
          throw new Error(
            `${raise.join(' ')} does not raise ${code}: ${JSON.stringify(await diagnosticsOf(...raise))}`,
          );
        await does(told);
        expect(followed, told.fix).toEqual(expect.arrayContaining([...commandsIn(told.fix)]));
        const kinds = followed.map((command) => kindOf(command));
        for (const command of commandsIn(CATALOGUE[code]?.explanation ?? '')) expect(kinds).toContain(kindOf(command));
        const after = await diagnosticsOf(
          'check',
          ...raise.slice(1).filter((word) => raise[0] === 'check' && word.startsWith('-')),
        );
        expect(after.filter((one) => one.severity === 'error' || one.code === code)).toEqual([]);
      });
    },
  );
});

/** `lock`, `lock release`, `lock --base`: what a command does, whatever it is done to. */
function kindOf(command: string): string {
  const [first = '', second = ''] = command.split(' ');
  return /^(?:release|move|--base|--refresh)$/.test(second) ? `${first} ${second}` : first;
}
