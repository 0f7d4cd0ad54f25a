import { type ChildProcess, spawn } from 'node:child_process';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A program that runs for a whole test file, and what it has said. */
export interface Running {
  readonly child: ChildProcess;
  /** Standard output and error, in the order of their coming. */
  words: string;
}

const started: ChildProcess[] = [];
const folders: string[] = [];

/** Ends everything that the test file has started. */
export function endAfterwards(): void {
  afterAll(async () => {
    await Promise.all(
      started.splice(0).map(async (child) => {
        if (child.exitCode !== null || child.signalCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
}

/** A folder for this test file's configurations and sockets; everybody may enter, since engines change their user. */
export function engineFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'plr-engine-'));
  folders.push(folder);
  return folder;
}

export function start(program: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const path = `${process.env.PATH ?? ''}:/usr/sbin:/sbin`;
  const child = spawn(program, [...args], {
    env: { ...process.env, PATH: path, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  const running: Running = { child, words: '' };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      running.words += text;
    });
  }
  return running;
}

/** Below the ports that Linux gives to outgoing connections: nobody else takes one between here and the engine's start. */
const PORTS = { first: 20_000, count: 10_000 } as const;

/** A port that nobody has, neither by TCP nor by UDP: that it is free for the one says nothing of the other. */
export async function freePort(): Promise<number> {
  for (let attempt = 1; ; attempt += 1) {
    const port = PORTS.first + Math.floor(Math.random() * PORTS.count);
    const tcp = createServer().listen(port);
    const udp = createSocket('udp4').bind(port);
    try {
      await Promise.all([once(tcp, 'listening'), once(udp, 'listening')]);
      return port;
    } catch (error) {
      if (attempt === 50) throw error;
    } finally {
      await Promise.allSettled([new Promise((done) => tcp.close(done)), closed(udp)]);
    }
  }
}

/** Closes a socket that may never have opened. */
async function closed(socket: Socket): Promise<void> {
  await new Promise<void>((done) => {
    try {
      socket.close(() => done());
    } catch {
      done();
    }
  });
}

/**
 * HAProxy with a rendered configuration, as whoever runs the tests: without its user, its jail and its paths. The state
 * that it starts with is what stands in the folder.
 *
 * @param cache where its name server listens
 * @param more `args`: those that a test gives in place of one process in the foreground
 */
export function startHaproxy(
  folder: string,
  configuration: string,
  cache: number,
  more: { readonly env?: Readonly<Record<string, string>>; readonly args?: readonly string[] } = {},
): Running {
  writeHaproxy(folder, configuration, cache);
  const state = join(folder, 'haproxy.state');
  if (!existsSync(state)) writeFileSync(state, '');
  return start('haproxy', [...(more.args ?? ['-db']), '-f', join(folder, 'haproxy.cfg')], more.env);
}

/** The configuration for who runs the tests, where HAProxy finds it when it reloads. */
export function writeHaproxy(folder: string, configuration: string, cache: number): void {
  const text = configuration
    .replace('nameserver cache 127.0.0.1:53', `nameserver cache 127.0.0.1:${cache}`)
    .replace(/^ {4}(user|group|chroot) .*\n/gm, '')
    .replaceAll('/run/privatelink-router-haproxy/admin.sock', join(folder, 'admin.sock'))
    .replaceAll('/var/lib/privatelink-router/haproxy.state', join(folder, 'haproxy.state'));
  writeFileSync(join(folder, 'haproxy.cfg'), text);
}

/** The cache beside an engine, on another port. */
export function startUnbound(folder: string, configuration: string, port: number): Running {
  const text = configuration
    .replace(/^ {4}port: 53$/m, `    port: ${port}`)
    .replace(/^ {4}username: .*$/m, '    username: ""')
    .replace(/^ {4}directory: .*$/m, `    directory: "${folder}"`);
  const file = join(folder, `unbound-${port}.conf`);
  writeFileSync(file, text);
  return start('unbound', ['-d', '-c', file]);
}

/** Says something to a port of this machine. @returns what comes back until the connection ends; nothing where it is refused */
export async function dial(port: number, words = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setTimeout(5000, () => socket.destroy());
  let heard = '';
  socket.on('data', (bytes) => {
    heard += bytes.toString();
  });
  socket.on('error', () => undefined);
  if (words !== '') socket.write(words);
  await once(socket, 'close').catch(() => undefined);
  return heard;
}
