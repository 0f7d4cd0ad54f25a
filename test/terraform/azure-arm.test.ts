import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CLIENT, SECRET, TENANT } from './support/arm/front-door';
import { type JsonObject, object, objects } from './support/arm/json';
import type { Manager } from './support/arm/manager';
import { ArmServer } from './support/arm/server';
import {
  ADDRESS,
  BALANCER,
  balancer,
  body,
  EXTENSION,
  extension,
  GATEWAY,
  GROUP,
  location,
  network,
  POOL,
  put,
  refusal,
  rule,
  SECURITY,
  SERVICE,
  SET,
  scaleSet,
  securityGroup,
  service,
  standing,
  subnet,
  VM,
  VNET,
} from './support/arm-bodies';

describe('the stand-in of Azure Resource Manager', () => {
  let manager: Manager;

  beforeEach(() => {
    manager = standing();
  });

  function get(path: string): JsonObject {
    return manager.handle('GET', path, {}).body ?? {};
  }

  it('takes what it holds once more', () => {
    for (const [path, wanted] of [
      [VNET, network()],
      [SECURITY, securityGroup()],
      [BALANCER, balancer()],
      [SERVICE, service()],
      [SET, scaleSet()],
      [EXTENSION, extension({ script: 'AAAA' })],
    ] as const) {
      expect(
        refusal(() => put(manager, path, wanted)),
        path,
      ).toBe('accepted');
      expect(
        refusal(() => put(manager, path, get(path))),
        `${path} as it is shown`,
      ).toBe('accepted');
    }
  });

  it.each([
    ['a network', VNET, 'InUseSubnetCannotBeDeleted'],
    ['a subnet', VM, 'InUseSubnetCannotBeDeleted'],
    ['a security group', SECURITY, 'InUseNetworkSecurityGroupCannotBeDeleted'],
    ['a load balancer', BALANCER, 'LoadBalancerInUseByPrivateLinkService'],
    ['a backend pool', POOL, 'InUseBackendAddressPoolCannotBeDeleted'],
  ])('keeps %s that is in use', (_what, path, code) => {
    expect(refusal(() => manager.handle('DELETE', path, {}))).toBe(code);
  });

  it('keeps a NAT gateway and its address while they are in use', () => {
    put(manager, ADDRESS, body({ publicIPAllocationMethod: 'Static' }));
    put(manager, GATEWAY, body({ publicIpAddresses: [{ id: ADDRESS }] }));
    put(manager, VM, subnet('vm', '10.0.1.0/24', { natGateway: { id: GATEWAY } }));
    expect(refusal(() => manager.handle('DELETE', GATEWAY, {}))).toBe('InUseNatGatewayCannotBeDeleted');
    expect(refusal(() => manager.handle('DELETE', ADDRESS, {}))).toBe('PublicIPAddressCannotBeDeleted');
    expect(get(GATEWAY)).toMatchObject({ properties: { subnets: [{ id: VM }] } });
  });

  it('lets eight services stand on a load balancer', () => {
    for (let index = 0; index < 7; index += 1) put(manager, `${SERVICE}-${index}`, service(undefined, `more-${index}`));
    expect(refusal(() => put(manager, `${SERVICE}-8`, service(undefined, 'more-7')))).toBe(
      'PrivateLinkServicesPerLoadBalancerLimitReached',
    );
  });

  it('lets a rule for all ports stand alone', () => {
    const alone = balancer((p) => {
      p.loadBalancingRules = [rule('all', 0, { protocol: 'All' })];
    }, `${BALANCER}-3`);
    expect(refusal(() => put(manager, `${BALANCER}-3`, alone))).toBe('accepted');
  });

  it('shows who refers to whom', () => {
    expect(get(`${BALANCER}/probes/ready`)).toMatchObject({
      properties: {
        loadBalancingRules: [10000, 10001].map((port) => ({ id: `${BALANCER}/loadBalancingRules/port-${port}` })),
      },
    });
    expect(get(`${BALANCER}/frontendIPConfigurations/s1`)).toMatchObject({
      properties: { privateLinkService: { id: SERVICE } },
    });
    expect(objects(object(get(POOL).properties).backendIPConfigurations)).toHaveLength(2);
  });

  it('keeps its case, and does not care about the one of a request', () => {
    expect(get(BALANCER.toUpperCase().replace('/SUBSCRIPTIONS/', '/subscriptions/'))).toMatchObject({ id: BALANCER });
  });

  it('brings a changed configuration to every machine, and changed custom data to new ones only', () => {
    const fleet = () => manager.scaleSets.fleet(manager.store.find(SET) ?? expect.fail('no scale set'));
    const before = structuredClone(fleet().machines);
    put(manager, EXTENSION, extension({ script: 'BBBB' }));
    manager.handle('PATCH', SET, {
      sku: { name: 'Standard_D2s_v5', capacity: 3 },
      properties: { virtualMachineProfile: { osProfile: { customData: 'QUJD' } } },
    });
    const after = fleet().machines;
    expect(after.map(({ vmId }) => vmId).slice(0, 2)).toEqual(before.map(({ vmId }) => vmId));
    expect(after.map(({ customData }) => customData === 'QUJD')).toEqual([false, false, true]);
    expect(after.map(({ settings }) => settings.configuration)).toEqual(Array(3).fill({ script: 'BBBB' }));
    expect(after.map(({ runs }) => runs.configuration)).toEqual([2, 2, 1]);
    expect(JSON.stringify(get(SET))).not.toContain('customData');
  });

  it('gives a machine a new disk where the image changes', () => {
    manager.handle('PATCH', SET, {
      properties: {
        virtualMachineProfile: {
          storageProfile: {
            imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: '1.2.3' },
          },
        },
      },
    });
    const { machines } = manager.scaleSets.fleet(manager.store.find(SET) ?? expect.fail('no scale set'));
    expect(machines.map(({ reimages, runs }) => [reimages, runs.configuration])).toEqual([
      [1, 2],
      [1, 2],
    ]);
  });

  describe('over HTTPS', () => {
    let folder = '';
    let server: ArmServer;

    beforeEach(async () => {
      folder = mkdtempSync(join(tmpdir(), 'plr-arm-'));
      server = new ArmServer();
      await server.start(join(folder, 'ca.pem'));
    });

    afterEach(async () => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    function ask(
      method: string,
      path: string,
      headers: Record<string, string>,
      data = '',
    ): Promise<{ status: number; body: JsonObject; retry: unknown }> {
      const ca = readFileSync(join(folder, 'ca.pem'));
      return new Promise((resolve, reject) => {
        const sent = request(`${server.url}${path}`, { method, headers, ca }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part;
          });
          response.once('end', () =>
            resolve({
              status: response.statusCode ?? 0,
              body: text === '' ? {} : JSON.parse(text),
              retry: response.headers['retry-after'],
            }),
          );
        });
        sent.once('error', reject);
        sent.end(data);
      });
    }

    async function token(secret: string): Promise<{ status: number; body: JsonObject }> {
      const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: CLIENT, client_secret: secret });
      return ask('POST', `/${TENANT}/oauth2/v2.0/token`, {}, form.toString());
    }

    it('lets nobody in without the secret', async () => {
      expect((await token('wrong')).status).toBe(401);
      expect((await ask('GET', GROUP, { Authorization: 'Bearer stolen' })).status).toBe(401);
    });

    it('answers with an operation that is done at once', async () => {
      const { body: signed } = await token(SECRET);
      const headers = { Authorization: `Bearer ${signed.access_token}`, 'Content-Type': 'application/json' };
      await ask('PUT', `${GROUP}?api-version=2024-05-01`, headers, JSON.stringify({ location }));
      const made = await ask('PUT', `${VNET}?api-version=2024-05-01`, headers, JSON.stringify(network()));
      expect(made).toMatchObject({ status: 201, retry: '0' });
      expect((await ask('GET', `${VNET}?api-version=2024-05-01`, headers)).body).toMatchObject({ id: VNET });
      const unknown = await ask('GET', `${GROUP}/providers/Microsoft.Sql/servers/x?api-version=1`, headers);
      expect(unknown).toMatchObject({ status: 404 });
      expect(server.log().map(({ method, status }) => [method, status])).toEqual([
        ['PUT', 201],
        ['PUT', 201],
        ['GET', 200],
        ['GET', 404],
      ]);
      expect(server.defects).toBe('');
    });
  });
});
