import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type AccountCloud, AWS } from './clouds';
import { ApiError, refuse } from './errors';
import { createNcc, deleteNcc, findNcc, showNcc } from './nccs';
import { Rules, rulesOf, serviceOf } from './rules';
import type { AccountState, ConnectionState, EndpointCloud, Rule } from './state';
import { bindWorkspace, findWorkspace } from './workspaces';

export const CLIENT_ID = 'test-client';
export const CLIENT_SECRET = 'test-secret';

/** One request that a provider made, the stand-in's own door excepted. */
export interface Call {
  readonly method: string;
  /** Without the account's prefix: `/network-connectivity-configs/…`. */
  readonly path: string;
  readonly query: string;
  readonly body: unknown;
  readonly status: number;
  /** The refusal's words. */
  readonly error?: string;
}

export interface AccountOptions {
  readonly accountId: string;
  /** Where its workspaces and endpoints are; AWS unless told otherwise. */
  readonly kind?: AccountCloud;
  readonly cloud: EndpointCloud;
  /** Workspaces by id, with their region. */
  readonly workspaces: Readonly<Record<string, string>>;
}

/** A stand-in for the account API of Databricks: OAuth tokens, NCCs, private endpoint rules, bindings of workspaces. */
export class AccountApi {
  public readonly state: AccountState;
  public url = '';
  private readonly rules: Rules;
  private readonly server: Server;
  private readonly tokens = new Set<string>();
  private calls: Call[] = [];

  public constructor(options: AccountOptions) {
    const { kind = AWS } = options;
    this.state = {
      accountId: options.accountId,
      cloud: kind,
      nccs: new Map(),
      rules: new Map(),
      workspaces: new Map(
        Object.entries(options.workspaces).map(([id, region]) => [
          id,
          {
            workspace_id: Number(id),
            workspace_name: `ws-${id}`,
            workspace_status: 'RUNNING',
            [kind.workspaceRegion]: region,
          },
        ]),
      ),
    };
    this.rules = new Rules(this.state, options.cloud);
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  public async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    this.url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  public async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.rules.idle();
  }

  /** Where the strict moto tells that the owner of a service accepted or rejected an endpoint. */
  public get endpointCallback(): string {
    return `${this.url}/_tests/endpoint`;
  }

  /** Every call since the start or the last `clearLog`, in the order of their answers. */
  public log(): readonly Call[] {
    return this.calls;
  }

  /** The calls that change something, as `METHOD /path`. */
  public changes(): readonly Call[] {
    return this.calls.filter((call) => call.method !== 'GET' && !call.path.startsWith('/oidc'));
  }

  public clearLog(): void {
    this.calls = [];
  }

  /** The rules that are there and not fading, by their first domain. */
  public liveRules(): readonly Rule[] {
    return [...this.state.rules.values()].filter((rule) => !rule.deactivated);
  }

  /** The cloud tells what became of an endpoint: `available`, `rejected` or `deleted`. */
  public endpointSettled(endpoint: string, state: string): void {
    this.rules.endpointSettled(endpoint, state);
  }

  /** What happens outside Terraform, to the live rule of a service. */
  public async setRuleState(service: string, state: ConnectionState): Promise<void> {
    const rule = this.liveRules().find((candidate) => serviceOf(candidate) === service);
    if (rule === undefined) throw new Error(`there is no live rule for ${service}`);
    await this.rules.setState(rule, state);
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    // The SDK sends its token request chunked; Node's own parser puts it together.
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url ?? '/', this.url);
    const method = request.method ?? 'GET';
    const json = (request.headers['content-type'] ?? '').includes('json') && text !== '';
    let status = 200;
    let answer: object;
    let body: Record<string, unknown> = {};
    try {
      body = json ? JSON.parse(text) : {};
      answer = await this.route(method, url, body, request);
    } catch (error) {
      const known = error instanceof ApiError ? error : new ApiError(500, 'INTERNAL_ERROR', String(error));
      status = known.status;
      answer = { error_code: known.code, message: known.message };
    }
    if (!url.pathname.startsWith('/_tests')) {
      this.calls.push({
        method,
        path: url.pathname.replace(`/api/2.0/accounts/${this.state.accountId}`, ''),
        query: url.search,
        body: json ? body : undefined,
        status,
        ...(status >= 400 ? { error: (answer as { message: string }).message } : {}),
      });
    }
    response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(answer));
  }

  private route(
    method: string,
    url: URL,
    body: Record<string, unknown>,
    request: IncomingMessage,
  ): object | Promise<object> {
    const path = url.pathname;
    if (path === '/_tests/endpoint') {
      this.rules.endpointSettled(String(body.vpc_endpoint_id), String(body.state));
      return {};
    }
    if (path === '/.well-known/databricks-config') {
      return {
        oidc_endpoint: `${this.url}/oidc/accounts/{account_id}`,
        host_type: 'account',
        cloud: this.state.cloud.name,
      };
    }
    if (path.startsWith('/oidc/')) return this.sign(path, request);
    const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
    if (!this.tokens.has(token))
      refuse('Credential was not sent or was of an unsupported type', 'UNAUTHENTICATED', 401);
    const prefix = `/api/2.0/accounts/${this.state.accountId}`;
    if (!path.startsWith(`${prefix}/`)) refuse(`No API found for '${method} ${path}'`, 'PERMISSION_DENIED', 403);
    return this.api(method, path.slice(prefix.length), body, url.searchParams.get('update_mask') ?? '');
  }

  private sign(path: string, request: IncomingMessage): object {
    const base = `${this.url}/oidc/accounts/${this.state.accountId}`;
    if (!path.startsWith(`/oidc/accounts/${this.state.accountId}/`)) refuse('account not found', 'NOT_FOUND', 404);
    if (path.endsWith('/.well-known/oauth-authorization-server')) {
      return { authorization_endpoint: `${base}/v1/authorize`, token_endpoint: `${base}/v1/token` };
    }
    const credentials = Buffer.from((request.headers.authorization ?? '').replace(/^Basic /, ''), 'base64').toString();
    if (credentials !== `${CLIENT_ID}:${CLIENT_SECRET}`) refuse('Client authentication failed', 'invalid_client', 401);
    const token = `tok-${randomUUID()}`;
    this.tokens.add(token);
    return { access_token: token, token_type: 'Bearer', expires_in: 3600, scope: 'all-apis' };
  }

  private api(method: string, path: string, body: Record<string, unknown>, mask: string): object | Promise<object> {
    const [, collection, id = '', part, ruleId = ''] = path.split('/');
    const state = this.state;
    if (collection === 'workspaces' && id !== '') {
      if (method === 'GET') return findWorkspace(state, id);
      if (method === 'PATCH') return bindWorkspace(state, id, body, mask);
    }
    if (collection === 'network-connectivity-configs') {
      if (id === '') {
        if (method === 'POST') return showNcc(state, createNcc(state, body));
        if (method === 'GET') return { items: [...state.nccs.values()].map((ncc) => showNcc(state, ncc)) };
      } else if (part === undefined) {
        if (method === 'GET') return showNcc(state, findNcc(state, id));
        if (method === 'DELETE') {
          deleteNcc(state, id);
          return {};
        }
      } else if (part === 'private-endpoint-rules') {
        if (method === 'POST') return this.rules.create(id, body);
        if (method === 'GET' && ruleId === '')
          return { items: rulesOf(state, findNcc(state, id).network_connectivity_config_id) };
        if (method === 'GET') return this.rules.show(id, ruleId);
        if (method === 'PATCH') return this.rules.update(id, ruleId, body, mask);
        if (method === 'DELETE') return this.rules.delete(id, ruleId);
      }
    }
    return refuse(`No API found for '${method} ${path}'`, 'ENDPOINT_NOT_FOUND', 404);
  }
}
