import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AZURE } from './support/account/clouds';
import { AccountApi, CLIENT_ID, CLIENT_SECRET } from './support/account/server';
import { Azure, LOCATION, RESOURCE_GROUP, SUBSCRIPTION } from './support/azure';
import { azureCommand } from './support/azure-command-line';

const ACCOUNT = '1c0ffee0-b46c-432b-b0a7-814217701909';
const NCCS = '/network-connectivity-configs';
const NETWORK = `/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}/providers/Microsoft.Network`;
const BALANCER = `${NETWORK}/loadBalancers/lb`;
const SERVICE = `${NETWORK}/privateLinkServices/pls`;

type Json = Record<string, unknown>;

describe('the account API of Databricks on Azure, with the Private Link Services of the stand-in', () => {
  let folder = '';
  let azure: Azure;
  let api: AccountApi;
  let token = '';

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'plr-azure-account-'));
    azure = new Azure((endpoint, state) => api.endpointSettled(endpoint, state));
    await azure.start(folder);
    api = new AccountApi({
      accountId: ACCOUNT,
      kind: AZURE,
      cloud: azure,
      workspaces: { 1001: LOCATION, 1002: 'westeurope' },
    });
    await api.start();
    const Authorization = `Basic ${Buffer.from(`${CLIENT_ID}:${CLIENT_SECRET}`).toString('base64')}`;
    const signed = await fetch(`${api.url}/oidc/accounts/${ACCOUNT}/v1/token`, {
      method: 'POST',
      headers: { Authorization },
    });
    token = String(((await signed.json()) as Json).access_token);
    serve({});
  });

  afterEach(async () => {
    await api.stop();
    await azure.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** A Private Link Service on a load balancer, as a router makes it. */
  function serve(more: Json): void {
    const { subnetId, natSubnetId } = azure.seedNetwork();
    const place = { location: LOCATION };
    azure.write(BALANCER, {
      ...place,
      sku: { name: 'Standard' },
      properties: { frontendIPConfigurations: [{ name: 's1', properties: { subnet: { id: subnetId } } }] },
    });
    azure.write(SERVICE, {
      ...place,
      properties: {
        loadBalancerFrontendIpConfigurations: [{ id: `${BALANCER}/frontendIPConfigurations/s1` }],
        ipConfigurations: [{ name: 'nat-1', properties: { primary: true, subnet: { id: natSubnetId } } }],
        visibility: { subscriptions: ['*'] },
        ...(more as object),
      },
    });
  }

  async function call(method: string, path: string, body?: Json): Promise<{ status: number; body: Json }> {
    const response = await fetch(`${api.url}/api/2.0/accounts/${ACCOUNT}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: (await response.json()) as Json };
  }

  async function rules(): Promise<string> {
    const { body } = await call('POST', NCCS, { name: 'analytics', region: LOCATION });
    return `${NCCS}/${body.network_connectivity_config_id}/private-endpoint-rules`;
  }

  async function rule(): Promise<string> {
    const list = await rules();
    const { body } = await call('POST', list, { resource_id: SERVICE, domain_names: ['db.acme-data.com'] });
    return `${list}/${body.rule_id}`;
  }

  async function stateOf(path: string, state: string): Promise<Json> {
    await expect.poll(async () => (await call('GET', path)).body.connection_state).toBe(state);
    return (await call('GET', path)).body;
  }

  const connections = () => azure.inventory().privateLinkServices[0]?.connections ?? [];

  it('makes an endpoint whose connection waits, and follows what becomes of it', async () => {
    const path = await rule();
    const { endpoint_name: endpoint } = await stateOf(path, 'PENDING');
    expect(connections()).toEqual([{ endpoint, status: 'Pending' }]);
    azure.decide(String(endpoint), 'Approved');
    await stateOf(path, 'ESTABLISHED');
    azure.decide(String(endpoint), 'Rejected');
    await stateOf(path, 'REJECTED');
    azure.disconnect(String(endpoint));
    await stateOf(path, 'DISCONNECTED');
    expect(connections()).toEqual([]);
  });

  it('is connected at once where its subscription is approved unasked', async () => {
    serve({ autoApproval: { subscriptions: ['*'] } });
    await stateOf(await rule(), 'ESTABLISHED');
  });

  it('fails where the service is not visible to Databricks', async () => {
    serve({ visibility: { subscriptions: ['aaaaaaaa-0000-4000-8000-00000000000a'] } });
    expect(await stateOf(await rule(), 'CREATE_FAILED')).toMatchObject({
      error_message: expect.stringContaining('not visible'),
    });
  });

  it('takes the connection along where a rule that never carried traffic is deleted', async () => {
    const path = await rule();
    await stateOf(path, 'PENDING');
    await call('DELETE', path);
    expect(connections()).toEqual([]);
  });

  it('disconnects where a rule expires', async () => {
    const path = await rule();
    await stateOf(path, 'PENDING');
    await api.setRuleState(SERVICE, 'EXPIRED');
    expect(connections()).toMatchObject([{ status: 'Disconnected' }]);
  });

  it.each<[string, Json]>([
    ['the alias', { resource_id: 'pls.6a1c.eastus2.azure.privatelinkservice' }],
    ['the load balancer', { resource_id: BALANCER }],
    ['a service of AWS', { endpoint_service: 'com.amazonaws.vpce.us-east-2.vpce-svc-0a1b2c3d' }],
    ['a group', { resource_id: SERVICE, group_id: 'x' }],
    ['a name of private use', { resource_id: SERVICE, domain_names: ['db.corp.internal'] }],
  ])('refuses a rule with %s', async (_what, body) => {
    const { status } = await call('POST', await rules(), { domain_names: ['db.acme-data.com'], ...body });
    expect(status).toBe(400);
  });

  it('binds workspaces of its location only', async () => {
    const [, , id] = (await rules()).split('/');
    const bind = (workspace: number) =>
      call('PATCH', `/workspaces/${workspace}?update_mask=network_connectivity_config_id`, {
        network_connectivity_config_id: id,
      });
    expect((await bind(1001)).status).toBe(200);
    expect((await bind(1002)).status).toBe(400);
  });

  it("understands az's commands for connections, and no others", async () => {
    const path = await rule();
    await stateOf(path, 'PENDING');
    const connections = azure.show(SERVICE)?.properties.privateEndpointConnections;
    const made = (connections as { name: string; id: string }[] | undefined)?.[0];
    const az = 'az network private-link-service connection';
    const place = `--subscription ${SUBSCRIPTION} --resource-group ${RESOURCE_GROUP} --service-name pls --name ${made?.name}`;
    const wrong = [
      `${az} approve --ids ${made?.id}`,
      `${az} update --ids ${made?.id}`,
      `${az} update --connection-status Fine --ids ${made?.id}`,
      `${az} delete --force --ids ${made?.id}`,
      `${az} delete --ids ${SERVICE}`,
      `${az} delete --ids ${made?.id}x`,
      `az network private-endpoint-connection delete --ids ${made?.id}`,
      `${az} delete ${place.replace(RESOURCE_GROUP, 'rg-other')}`,
    ];
    for (const command of wrong) expect(() => azureCommand(azure, command), command).toThrow();
    azureCommand(azure, `${az} update --connection-status Approved ${place}`);
    await stateOf(path, 'ESTABLISHED');
    azureCommand(azure, `${az} delete --ids "${made?.id}"`);
    await stateOf(path, 'DISCONNECTED');
  });
});
