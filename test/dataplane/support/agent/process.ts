import { get } from 'node:http';
import { createInterface } from 'node:readline';
import { Connection, dialled } from './connection';
import { crowd, Load } from './load';
import { GREETINGS, type Order, type Orders } from './protocol';
import { Target } from './target';
import { endFirst, endLast, transfer } from './transfers';

/**
 * One host's programs, targets and clients alike, in a process of their own inside the host's network namespace. Each line
 * of its input is an order as JSON with a number, each line of its output the answer to one; it ends with its input.
 */
/** How many ports are tried at once. */
const AT_ONCE = 100;
/** For how long a health probe waits, in milliseconds. */
const PROBE_LIMIT = 2000;

const targets = new Map<number, Target>();
const connections = new Map<string, Connection>();
const loads = new Map<string, Load>();

function kept<T>(things: ReadonlyMap<string, T>, id: string): T {
  const thing = things.get(id);
  if (thing === undefined) throw new Error(`there is no ${id}`);
  return thing;
}

const ACTIONS: { readonly [O in Order]: (ask: Orders[O]['ask']) => Promise<Orders[O]['answer']> } = {
  async serve({ name, port }) {
    const target = new Target(name);
    await target.listen(port);
    targets.set(port, target);
    return null;
  },
  async unserve({ port }) {
    await targets.get(port)?.close();
    targets.delete(port);
    return null;
  },
  async dial({ id, host, port, keepAliveSeconds, from }) {
    const options = {
      ...(keepAliveSeconds === undefined ? {} : { keepAliveSeconds }),
      ...(from === undefined ? {} : { from }),
    };
    const connection = await Connection.dial({ host, port }, options);
    connections.set(id, connection);
    connection.socket.write(`${GREETINGS.echo}\n`);
    return { localPort: connection.localPort };
  },
  say: async ({ id, line }) => kept(connections, id).say(line),
  state: async ({ id }) => kept(connections, id).state,
  async hangUp({ id }) {
    kept(connections, id).hangUp();
    connections.delete(id);
    return null;
  },
  async askOnce({ host, port, line, from }) {
    const connection = await Connection.dial({ host, port }, from === undefined ? {} : { from });
    try {
      connection.socket.write(`${GREETINGS.echo}\n`);
      return await connection.say(line);
    } finally {
      connection.hangUp();
    }
  },
  probe: ({ host, port, from }) =>
    new Promise((resolve) => {
      const asked = get({ host, port, localAddress: from, agent: false, timeout: PROBE_LIMIT }, (answer) => {
        answer.resume().on('close', () => resolve(answer.statusCode ?? 0));
      });
      asked.on('timeout', () => asked.destroy()).on('error', () => resolve(0));
    }),
  async scan({ host, ports, from }) {
    const open: number[] = [];
    for (let start = 0; start < ports.length; start += AT_ONCE) {
      const found = await Promise.all(
        ports.slice(start, start + AT_ONCE).map(async (port) => {
          const socket = await dialled({ host, port }, from).catch(() => undefined);
          socket?.destroy();
          return socket === undefined ? [] : [port];
        }),
      );
      open.push(...found.flat());
    }
    return open;
  },
  transfer,
  endFirst,
  endLast,
  crowd,
  async startLoad({ id, host, port, kept: count }) {
    loads.set(id, new Load({ host, port }, count));
    return null;
  },
  load: async ({ id }) => kept(loads, id).report(),
  async stopLoad({ id }) {
    const report = await kept(loads, id).stop();
    loads.delete(id);
    return report;
  },
};

async function obey<O extends Order>(number: number, order: O, ask: Orders[O]['ask']): Promise<void> {
  const answer = await ACTIONS[order](ask).then(
    (result) => ({ number, result }),
    (error: NodeJS.ErrnoException) => ({ number, failure: error.code ?? error.message }),
  );
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const { number, order, ask } = JSON.parse(line) as { number: number; order: Order; ask: never };
    void obey(number, order, ask);
  })
  .on('close', () => process.exit(0));
