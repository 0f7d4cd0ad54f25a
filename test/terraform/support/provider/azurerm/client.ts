import { readFileSync } from 'node:fs';
import { type RequestOptions, request } from 'node:https';
import { ProviderError } from '../kind';
import { object, text, type Values } from './shape';

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: Values;
}

export interface ClientSettings {
  readonly subscriptionId: string;
  readonly tenantId: string;
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new ProviderError(`building the client: ${name} is not set`);
  return value;
}

/** Azure Resource Manager, asked as the real provider asks it: metadata, a token for a secret, long-running operations. */
export class ArmClient {
  public readonly subscriptionId: string;
  public readonly tenantId: string;
  private readonly base: string;
  private readonly authority: Buffer | undefined;
  private token: Promise<string> | undefined;
  private readonly queues = new Map<string, Promise<unknown>>();

  public constructor({ subscriptionId, tenantId }: ClientSettings) {
    this.base = `https://${required('ARM_METADATA_HOSTNAME')}`;
    this.subscriptionId = subscriptionId || required('ARM_SUBSCRIPTION_ID');
    this.tenantId = tenantId || required('ARM_TENANT_ID');
    const file = process.env.SSL_CERT_FILE;
    this.authority = file === undefined ? undefined : readFileSync(file);
  }

  /** Locations as the cloud's metadata list them. */
  public async locations(): Promise<readonly string[]> {
    const { body } = await this.send('GET', '/metadata/endpoints?api-version=2018-01-01', {}, '');
    return (object(object(body.cloudEndpoint).public).locations ?? []) as readonly string[];
  }

  /** A resource, or undefined where there is none. */
  public async get(id: string): Promise<Values | undefined> {
    const reply = await this.ask('GET', id);
    if (reply.status === 404) return undefined;
    return this.checked(reply, `retrieving ${id}`).body;
  }

  /** Makes or replaces a resource, and waits until it is done. */
  public async put(id: string, body: Values, what = 'creating/updating'): Promise<void> {
    await this.done(this.checked(await this.ask('PUT', id, body), `${what} ${id}`));
  }

  public async patch(id: string, body: Values): Promise<void> {
    await this.done(this.checked(await this.ask('PATCH', id, body), `updating ${id}`));
  }

  public async post(id: string, body: Values): Promise<Values> {
    const reply = this.checked(await this.ask('POST', id, body), id);
    await this.done(reply);
    return reply.body;
  }

  /** Deletes a resource; one that is gone already is fine. */
  public async remove(id: string): Promise<void> {
    const reply = await this.ask('DELETE', id);
    if (reply.status !== 404) await this.done(this.checked(reply, `deleting ${id}`));
  }

  /** One after the other: writes that begin with a read of the same thing. */
  public locked<Result>(id: string, work: () => Promise<Result>): Promise<Result> {
    const key = id.toLowerCase();
    const turn = (this.queues.get(key) ?? Promise.resolve()).then(work, work);
    this.queues.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  private checked(reply: Reply, what: string): Reply {
    if (reply.status < 300) return reply;
    const { code, message } = object(reply.body.error);
    throw new ProviderError(`${what}: unexpected status ${reply.status} with error: ${code}: ${message}`);
  }

  private async done(reply: Reply): Promise<void> {
    const operation = text(reply.headers['azure-asyncoperation'] as string);
    for (let status = 'InProgress'; operation !== '' && status !== 'Succeeded'; ) {
      const { body } = this.checked(await this.ask('GET', operation.slice(this.base.length)), operation);
      status = text(body.status);
      if (['Failed', 'Canceled'].includes(status)) {
        throw new ProviderError(`polling after ${operation}: ${JSON.stringify(body.error)}`);
      }
    }
  }

  private async ask(method: string, path: string, body?: Values): Promise<Reply> {
    this.token ??= this.signIn();
    const separator = path.includes('?') ? '&' : '?';
    const headers = { Authorization: `Bearer ${await this.token}`, 'Content-Type': 'application/json' };
    return this.send(
      method,
      `${path}${separator}api-version=2024-05-01`,
      headers,
      body === undefined ? '' : JSON.stringify(body),
    );
  }

  private async signIn(): Promise<string> {
    const form = new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: required('ARM_CLIENT_ID'),
      client_secret: required('ARM_CLIENT_SECRET'),
      scope: `${this.base}/.default`,
    });
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    const { status, body } = await this.send('POST', `/${this.tenantId}/oauth2/v2.0/token`, headers, form.toString());
    if (status !== 200) throw new ProviderError(`building account: could not acquire access token: ${body.error}`);
    return text(body.access_token);
  }

  private send(method: string, path: string, headers: Record<string, string>, data: string): Promise<Reply> {
    const options: RequestOptions = {
      method,
      headers: { ...headers, 'Content-Length': Buffer.byteLength(data) },
      ...(this.authority === undefined ? {} : { ca: this.authority }),
    };
    return new Promise((resolve, reject) => {
      const sent = request(`${this.base}${path}`, options, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('end', () => {
          const answer = Buffer.concat(chunks).toString('utf8');
          const body = answer === '' ? {} : (JSON.parse(answer) as Values);
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body });
        });
      });
      sent.once('error', reject);
      sent.end(data);
    });
  }
}
