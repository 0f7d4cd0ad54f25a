import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Namespace } from './namespace';
import type { Trust } from './trust';

const RELAY = join(__dirname, 'relay-process.ts');
/** Where Debian itself is, for a machine whose apt says nothing else. */
const DEBIAN = 'http://deb.debian.org';

/** The archives that this machine's apt uses, by the last part of their address. */
function archives(): Readonly<Record<string, string>> {
  const found: Record<string, string> = { debian: `${DEBIAN}/debian`, 'debian-security': `${DEBIAN}/debian-security` };
  const { stdout } = spawnSync('apt-get', ['indextargets', '--format', '$(REPO_URI)'], { encoding: 'utf8' });
  for (const address of (stdout ?? '').split('\n')) {
    const name = /^https?:\/\/.*\/(debian|debian-security)\/?$/.exec(address)?.[1];
    if (name !== undefined) found[name] = address.replace(/\/$/, '');
  }
  return found;
}

/** An archive of packages inside the virtual network: it has what this machine's own apt can reach. */
export class PackageMirror {
  /** Every path that was asked for. */
  public readonly asked: string[] = [];
  private readonly server: Server;
  private readonly archives = archives();

  private constructor(private readonly trust: Trust | undefined) {
    const serve = (request: IncomingMessage, response: ServerResponse): void => {
      this.serve(request, response).catch(() => response.destroy());
    };
    this.server = trust === undefined ? createServer(serve) : createSecureServer(trust.server, serve);
  }

  /**
   * @param folder for the socket between the namespace and the world outside
   * @param trust where it speaks https and signs its lists itself
   */
  public static async start(
    namespace: Namespace,
    folder: string,
    address: string,
    trust?: Trust,
  ): Promise<PackageMirror> {
    const mirror = new PackageMirror(trust);
    const port = trust === undefined ? '80' : '443';
    const socket = join(folder, `mirror-${port}.sock`);
    mirror.server.listen(socket);
    await once(mirror.server, 'listening');
    const relay = namespace.start([process.execPath, '--import', 'tsx', RELAY, address, port, socket], {
      stdin: 'pipe',
    });
    if (relay.stdout === null) throw new Error('the relay has no output');
    await once(relay.stdout, 'data');
    return mirror;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    const closed = new Promise((resolve) => this.server.close(resolve));
    await closed;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = request.url ?? '/';
    this.asked.push(path);
    const [, name = '', rest = ''] = /^\/([a-z-]+)(\/.*)$/.exec(path) ?? [];
    const archive = this.archives[name];
    if (archive === undefined) {
      response.writeHead(404).end();
      return;
    }
    const answer = await fetch(`${archive}${rest}`);
    if (this.trust !== undefined && answer.ok && rest.endsWith('/InRelease')) {
      response.end(this.trust.signed(await answer.text()));
      return;
    }
    const length = answer.headers.get('content-length');
    response.writeHead(answer.status, length === null ? {} : { 'content-length': length });
    if (answer.body === null) response.end();
    else await pipeline(Readable.fromWeb(answer.body as never), response);
  }
}
