import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AccountApi, CLIENT_ID, CLIENT_SECRET } from './support/account/server';

const ACCOUNT = '7a99b43c-b46c-432b-b0a7-814217701909';
const SERVICE = 'com.amazonaws.vpce.us-east-2.vpce-svc-0a1b2c3d';
const NCCS = '/network-connectivity-configs';

type Json = Record<string, unknown>;

/** A cloud that knows one endpoint service; what it is told stands in `told`. */
function cloud(told: string[]) {
  return {
    connect: async (service: string) =>
      service.endsWith('0bad') ? `there is no endpoint service ${service}` : undefined,
    settle: async (_id: string, state: string) => {
      told.push(state);
    },
  };
}

describe('the stand-in for the account API', () => {
  let api: AccountApi;
  let token = '';
  let told: string[] = [];

  beforeEach(async () => {
    told = [];
    api = new AccountApi({
      accountId: ACCOUNT,
      cloud: cloud(told),
      workspaces: {
        ...Object.fromEntries(Array.from({ length: 51 }, (_, i) => [1000 + i, 'us-east-2'])),
        9001: 'eu-west-1',
      },
    });
    await api.start();
    token = String((await signIn(`${CLIENT_ID}:${CLIENT_SECRET}`)).access_token);
  });

  afterEach(() => api.stop());

  async function signIn(credentials: string): Promise<Json> {
    const Authorization = `Basic ${Buffer.from(credentials).toString('base64')}`;
    const address = `${api.url}/oidc/accounts/${ACCOUNT}/v1/token`;
    return (await (await fetch(address, { method: 'POST', headers: { Authorization } })).json()) as Json;
  }

  async function call(
    method: string,
    path: string,
    body?: Json,
    account = ACCOUNT,
  ): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${api.url}/api/2.0/accounts/${account}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Json };
  }

  async function made(path: string, body: Json): Promise<Json> {
    const answer = await call('POST', path, body);
    expect(answer.body).not.toHaveProperty('error_code');
    return answer.body;
  }

  async function ncc(name = 'analytics', region = 'us-east-2'): Promise<string> {
    return String((await made(NCCS, { name, region })).network_connectivity_config_id);
  }

  async function rule(nccId: string, more: Json = {}): Promise<string> {
    const body = { endpoint_service: SERVICE, domain_names: ['db.acme-data.com'], ...more };
    return `${NCCS}/${nccId}/private-endpoint-rules/${(await made(`${NCCS}/${nccId}/private-endpoint-rules`, body)).rule_id}`;
  }

  async function stateOf(path: string, state: string): Promise<Json> {
    await expect.poll(async () => (await call('GET', path)).body.connection_state).toBe(state);
    return (await call('GET', path)).body;
  }

  it('lets nobody in without the secret, or to another account', async () => {
    expect(await signIn(`${CLIENT_ID}:wrong`)).toMatchObject({ error_code: 'invalid_client' });
    expect((await call('GET', NCCS, undefined, '00000000-0000-0000-0000-000000000000')).status).toBe(403);
    token = 'stolen';
    expect((await call('GET', NCCS)).status).toBe(401);
  });

  it('shows the endpoint only when it is there', async () => {
    const path = await rule(await ncc());
    const first = (await call('GET', path)).body;
    expect(first).toMatchObject({ connection_state: 'CREATING' });
    expect(first).not.toHaveProperty('vpc_endpoint_id');
    expect(await stateOf(path, 'PENDING')).toMatchObject({
      vpc_endpoint_id: expect.stringMatching(/^vpce-0[0-9a-f]{16}$/),
    });
  });

  it('follows what the owner of the service decides', async () => {
    const path = await rule(await ncc());
    const { vpc_endpoint_id } = await stateOf(path, 'PENDING');
    const tell = (state: string) =>
      fetch(api.endpointCallback, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ vpc_endpoint_id, state }),
      });
    await tell('available');
    await stateOf(path, 'ESTABLISHED');
    await tell('rejected');
    await stateOf(path, 'REJECTED');
  });

  it('fails a rule whose service does not take Databricks', async () => {
    const path = await rule(await ncc(), { endpoint_service: 'com.amazonaws.vpce.us-east-2.vpce-svc-00000bad' });
    expect(await stateOf(path, 'CREATE_FAILED')).toMatchObject({
      error_message: expect.stringContaining('no endpoint service'),
    });
  });

  it('deletes what never carried traffic, and lets the rest fade', async () => {
    const nccId = await ncc();
    const pending = await rule(nccId);
    await stateOf(pending, 'PENDING');
    expect((await call('DELETE', pending)).status).toBe(200);
    expect((await call('GET', pending)).status).toBe(404);
    expect(told).toEqual(['deleted']);

    const used = await rule(nccId);
    await stateOf(used, 'PENDING');
    await api.setRuleState(SERVICE, 'ESTABLISHED');
    expect((await call('DELETE', used)).body).toMatchObject({ deactivated: true });
    expect((await call('GET', used)).body).toMatchObject({ deactivated: true });
    expect(api.liveRules()).toEqual([]);
    // The endpoint that fades does not keep a new rule from coming.
    await rule(nccId);
  });

  it('keeps an NCC that is used', async () => {
    const nccId = await ncc();
    const path = await rule(nccId);
    await stateOf(path, 'PENDING');
    expect(await call('DELETE', `${NCCS}/${nccId}`)).toMatchObject({
      status: 400,
      body: { error_code: 'INVALID_STATE' },
    });
    await call('DELETE', path);
    const workspace = '/workspaces/1000?update_mask=network_connectivity_config_id';
    await call('PATCH', workspace, { network_connectivity_config_id: nccId });
    expect((await call('DELETE', `${NCCS}/${nccId}`)).body.message).toContain('attached to one or more workspaces');
    // An empty id does not unbind; another NCC takes the workspace over in silence.
    await call('PATCH', workspace, { network_connectivity_config_id: '' });
    expect((await call('DELETE', `${NCCS}/${nccId}`)).status).toBe(400);
    await call('PATCH', workspace, { network_connectivity_config_id: await ncc('parking') });
    expect((await call('DELETE', `${NCCS}/${nccId}`)).status).toBe(200);
  });

  it.each<[string, Json]>([
    ['no domain', { domain_names: [] }],
    ['eleven domains', { domain_names: Array.from({ length: 11 }, (_, i) => `d${i}.acme-data.com`) }],
    ['upper case', { domain_names: ['DB.acme-data.com'] }],
    ['a wildcard', { domain_names: ['*.acme-data.com'] }],
    ['an address', { domain_names: ['10.1.2.3'] }],
    ['a scheme', { domain_names: ['https://acme-data.com'] }],
    ['a port', { domain_names: ['db.acme-data.com:5432'] }],
    ['a trailing dot', { domain_names: ['db.acme-data.com.'] }],
    ['a single label', { domain_names: ['db'] }],
    ['an underscore', { domain_names: ['my_db.acme-data.com'] }],
    ['a domain twice', { domain_names: ['db.acme-data.com', 'db.acme-data.com'] }],
    ['a service of another region', { endpoint_service: 'com.amazonaws.vpce.us-west-2.vpce-svc-0a1b2c3d' }],
    ['a service that is none', { endpoint_service: 'net/plr/0a1b2c3d' }],
    ['an argument that is read-only', { vpc_endpoint_id: 'vpce-0a' }],
  ])('refuses a rule with %s', async (_what, body) => {
    const rules = `${NCCS}/${await ncc()}/private-endpoint-rules`;
    const whole = { endpoint_service: SERVICE, domain_names: ['db.acme-data.com'], ...body };
    expect((await call('POST', rules, whole)).status).toBe(400);
  });

  it('takes ten domains, and one rule for a service', async () => {
    const nccId = await ncc();
    await rule(nccId, { domain_names: Array.from({ length: 10 }, (_, i) => `d${i}.acme-data.com`) });
    const second = { endpoint_service: SERVICE, domain_names: ['other.acme-data.com'] };
    expect((await call('POST', `${NCCS}/${nccId}/private-endpoint-rules`, second)).status).toBe(409);
  });

  it('changes the domains of a rule and nothing else', async () => {
    const path = await rule(await ncc());
    const body = { domain_names: ['new.acme-data.com'], enabled: false };
    expect((await call('PATCH', `${path}?update_mask=domain_names`, body)).body).toMatchObject({
      domain_names: ['new.acme-data.com'],
      enabled: true,
    });
    expect((await call('PATCH', `${path}?update_mask=enabled`, body)).status).toBe(400);
    expect((await call('PATCH', path, body)).status).toBe(400);
  });

  it.each<[string, Json, number]>([
    ['a short name', { name: 'ab', region: 'us-east-2' }, 400],
    ['a name with a dot', { name: 'a.b.c', region: 'us-east-2' }, 400],
    ['an unknown region', { name: 'abc', region: 'us-east-9' }, 400],
    ['a name that is taken', { name: 'taken', region: 'us-east-2' }, 409],
  ])('refuses an NCC with %s', async (_what, body, status) => {
    await ncc('taken');
    expect((await call('POST', NCCS, body)).status).toBe(status);
  });

  it('holds its quotas', async () => {
    const ids = [];
    for (let index = 0; index < 10; index += 1) ids.push(await ncc(`ncc-${index}`));
    expect((await call('POST', NCCS, { name: 'ncc-10', region: 'us-east-2' })).status).toBe(400);
    const [first = '', second = ''] = ids;
    for (let index = 0; index < 30; index += 1) {
      const service = `com.amazonaws.vpce.us-east-2.vpce-svc-${String(10_000_000 + index)}`;
      await rule(index % 2 === 0 ? first : second, { endpoint_service: service });
    }
    const next = { endpoint_service: SERVICE, domain_names: ['db.acme-data.com'] };
    expect((await call('POST', `${NCCS}/${first}/private-endpoint-rules`, next)).body.error_code).toBe(
      'QUOTA_EXCEEDED',
    );
    const bind = (id: number) =>
      call('PATCH', `/workspaces/${id}?update_mask=network_connectivity_config_id`, {
        network_connectivity_config_id: first,
      });
    for (let id = 1000; id < 1050; id += 1) expect((await bind(id)).status).toBe(200);
    expect((await bind(1050)).body.error_code).toBe('QUOTA_EXCEEDED');
  });

  it('refuses to bind a workspace of another region, or one that there is not', async () => {
    const body = { network_connectivity_config_id: await ncc() };
    const bind = (id: number) => call('PATCH', `/workspaces/${id}?update_mask=network_connectivity_config_id`, body);
    expect((await bind(9001)).status).toBe(400);
    expect((await bind(7)).status).toBe(404);
  });
});
