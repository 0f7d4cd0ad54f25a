import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import { serverWithAuthority } from '../provider/certificate';
import { metadata, resourceProvider, subscription, token } from './front-door';
import { type JsonObject, object } from './json';
import { type Answer, Manager } from './manager';
import { Refusal } from './refusal';
import { LOCATIONS } from './store';

/** One request that was answered, tokens and metadata apart. */
export interface ArmCall {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The refusal's code. */
  readonly error?: string;
}

/** Azure Resource Manager over HTTPS, with a CA of this run. */
export class ArmServer {
  public readonly manager = new Manager();
  public url = '';
  /** What went wrong in the stand-in itself: empty where all went well. */
  public defects = '';
  /** Told of every answered change, with its path. */
  public onChange: (method: string, path: string) => void = () => undefined;
  private readonly server: Server;
  private readonly authority: string;
  private readonly tokens = new Set<string>();
  private calls: ArmCall[] = [];

  public constructor() {
    const { authority, certificate, key } = serverWithAuthority();
    this.authority = authority;
    this.server = createServer({ key, cert: certificate }, (request, response) => void this.serve(request, response));
  }

  /** `authorityFile`: where the CA is written, for `SSL_CERT_FILE`. */
  public async start(authorityFile: string): Promise<void> {
    writeFileSync(authorityFile, this.authority);
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    if (!this.server.listening) return;
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Every call since the start or the last `clearLog`, in the order of their answers. */
  public log(): readonly ArmCall[] {
    return this.calls;
  }

  public clearLog(): void {
    this.calls = [];
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const raw = Buffer.concat(chunks).toString('utf8');
    const url = new URL((request.url ?? '/').replace(/^\/+/, '/'), this.url);
    const path = decodeURIComponent(url.pathname).replace(/\/+/g, '/');
    const method = request.method ?? 'GET';
    let answer: Answer;
    let error: string | undefined;
    try {
      answer = this.front(method, path, url, raw) ?? this.behind(method, path, raw, request);
    } catch (thrown) {
      const refusal = thrown instanceof Refusal ? thrown : new Refusal('StandInDefect', String(thrown), 500);
      if (refusal !== thrown) this.defects += `${method} ${path}: ${(thrown as Error).stack ?? thrown}\n`;
      error = refusal.code;
      const { code, message } = refusal;
      answer = { status: refusal.status, body: { error: { code, message, details: [] } } };
    }
    if (path.toLowerCase().startsWith('/subscriptions/') && !/\/operations\//.test(path)) {
      this.calls.push({ method, path, status: answer.status, ...(error === undefined ? {} : { error }) });
    }
    if (method !== 'GET' && answer.status < 300) this.onChange(method, path);
    this.reply(response, answer, path);
  }

  private reply(response: ServerResponse, { status, body, slow }: Answer, path: string): void {
    const data = body === undefined ? '' : JSON.stringify(body);
    const [, id] = path.split('/subscriptions/');
    const operation = `${this.url}/subscriptions/${id?.split('/')[0]}/operations/${randomUUID()}?api-version=2024-05-01`;
    response.writeHead(status, {
      ...(data === '' ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
      'Content-Length': Buffer.byteLength(data),
      'x-ms-request-id': randomUUID(),
      ...(slow === true && status !== 204 ? { 'Azure-AsyncOperation': operation, 'Retry-After': '0' } : {}),
    });
    response.end(data);
  }

  /** What is asked before anybody has signed in. */
  private front(method: string, path: string, url: URL, raw: string): Answer | undefined {
    if (path === '/metadata/endpoints') {
      return { status: 200, body: metadata(this.url, url.searchParams.get('api-version') ?? '') };
    }
    if (!/\/oauth2(\/v2\.0)?\/token$/.test(path) || method !== 'POST') return undefined;
    const body = token(this.url, new URLSearchParams(raw));
    if (body === undefined) return { status: 401, body: { error: 'invalid_client' } };
    this.tokens.add(String(body.access_token));
    return { status: 200, body };
  }

  private behind(method: string, path: string, raw: string, request: IncomingMessage): Answer {
    const bearer = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (!this.tokens.has(bearer)) {
      throw new Refusal('AuthenticationFailed', "Authentication failed. The 'Authorization' header is missing.", 401);
    }
    const [, id = '', what, name] =
      /^\/subscriptions\/([^/]+)(?:\/(locations|providers|operations)(?:\/([^/]+))?)?$/i.exec(path) ?? [];
    switch (id === '' ? undefined : what?.toLowerCase()) {
      case 'locations':
        return { status: 200, body: { value: LOCATIONS.map((place) => ({ name: place, displayName: place })) } };
      case 'providers':
        return name === undefined
          ? {
              status: 200,
              body: { value: ['Microsoft.Network', 'Microsoft.Compute'].map((one) => resourceProvider(id, one)) },
            }
          : { status: 200, body: resourceProvider(id, name) };
      case 'operations':
        // Here every operation is done when it is answered.
        return { status: 200, body: { status: 'Succeeded' } };
      default:
    }
    if (id !== '') return { status: 200, body: subscription(id) };
    return this.manager.handle(method, path, object(raw === '' ? {} : (JSON.parse(raw) as JsonObject)));
  }
}
