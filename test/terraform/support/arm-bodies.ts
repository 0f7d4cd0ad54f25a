import type { JsonObject } from './arm/json';
import { Manager } from './arm/manager';
import { Refusal } from './arm/refusal';

export const GROUP = '/subscriptions/0a1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d/resourceGroups/rg';
export const NET = `${GROUP}/providers/Microsoft.Network`;
export const VNET = `${NET}/virtualNetworks/hub`;
export const VM = `${VNET}/subnets/vm`;
export const NAT = `${VNET}/subnets/nat`;
export const BALANCER = `${NET}/loadBalancers/lb`;
export const POOL = `${BALANCER}/backendAddressPools/forwarders`;
export const SECURITY = `${NET}/networkSecurityGroups/nsg`;
export const SERVICE = `${NET}/privateLinkServices/pls`;
export const GATEWAY = `${NET}/natGateways/nat`;
export const ADDRESS = `${NET}/publicIPAddresses/egress`;
export const SET = `${GROUP}/providers/Microsoft.Compute/virtualMachineScaleSets/set`;
export const EXTENSION = `${SET}/extensions/configuration`;

export const location = 'eastus2';

export type Change = (properties: JsonObject, resource: JsonObject) => void;

/** A resource that is accepted, with something changed. */
export function body(properties: JsonObject, change: Change = () => undefined, more: JsonObject = {}): JsonObject {
  const resource: JsonObject = { location, ...more, properties };
  change(properties, resource);
  return resource;
}

export function subnet(name: string, addressPrefix: string, more: JsonObject = {}): JsonObject {
  return { name, properties: { addressPrefix, ...more } };
}

export function network(change?: Change): JsonObject {
  return body(
    {
      addressSpace: { addressPrefixes: ['10.0.0.0/16'] },
      subnets: [
        subnet('vm', '10.0.1.0/24'),
        subnet('nat', '10.0.2.0/28', { privateLinkServiceNetworkPolicies: 'Disabled' }),
      ],
    },
    change,
  );
}

export function rule(name: string, port: number, more: JsonObject = {}): JsonObject {
  return {
    name,
    properties: {
      frontendIPConfiguration: { id: `${BALANCER}/frontendIPConfigurations/s1` },
      backendAddressPool: { id: POOL },
      probe: { id: `${BALANCER}/probes/ready` },
      protocol: 'Tcp',
      frontendPort: port,
      backendPort: port,
      ...more,
    },
  };
}

export const permanent = rule('health', 61080, { probe: { id: `${BALANCER}/probes/health` } });

export function probe(name: string, port: number, more: JsonObject = {}): JsonObject {
  return { name, properties: { protocol: 'Http', port, requestPath: '/', intervalInSeconds: 5, ...more } };
}

export function balancer(change?: Change, id = BALANCER): JsonObject {
  const frontends = ['s1', 's2', ...Array.from({ length: 8 }, (_, index) => `more-${index}`)];
  return JSON.parse(
    JSON.stringify(
      body(
        {
          frontendIPConfigurations: frontends.map((name) => ({ name, properties: { subnet: { id: VM } } })),
          backendAddressPools: [{ name: 'forwarders', properties: {} }],
          probes: [probe('health', 61080), probe('ready', 61081)],
          loadBalancingRules: [permanent, rule('port-10000', 10000), rule('port-10001', 10001)],
        },
        change,
        { sku: { name: 'Standard' } },
      ),
    ).replaceAll(BALANCER, id),
  );
}

export function service(change?: Change, frontend = 's1'): JsonObject {
  return body(
    {
      loadBalancerFrontendIpConfigurations: [{ id: `${BALANCER}/frontendIPConfigurations/${frontend}` }],
      ipConfigurations: [{ name: 'nat-1', properties: { primary: true, subnet: { id: NAT } } }],
      visibility: { subscriptions: ['*'] },
    },
    change,
  );
}

export function securityRule(name: string, priority: number, more: JsonObject = {}): JsonObject {
  return {
    name,
    properties: {
      priority,
      direction: 'Inbound',
      access: 'Allow',
      protocol: 'Tcp',
      sourcePortRange: '*',
      destinationPortRanges: ['10000-10004'],
      sourceAddressPrefix: '10.0.2.0/28',
      destinationAddressPrefix: '*',
      ...more,
    },
  };
}

export function securityGroup(...rules: readonly JsonObject[]): JsonObject {
  return body({ securityRules: rules.length === 0 ? [securityRule('clients', 110)] : rules });
}

export function scaleSet(change?: Change): JsonObject {
  return body(
    {
      upgradePolicy: {
        mode: 'Rolling',
        rollingUpgradePolicy: { maxBatchInstancePercent: 50, maxUnhealthyInstancePercent: 50 },
      },
      automaticRepairsPolicy: { enabled: true, gracePeriod: 'PT30M' },
      virtualMachineProfile: {
        osProfile: {
          adminUsername: 'forwarder',
          computerNamePrefix: 'plr1',
          customData: Buffer.from('#cloud-config\n').toString('base64'),
          linuxConfiguration: {
            disablePasswordAuthentication: true,
            ssh: {
              publicKeys: [
                { path: '/home/forwarder/.ssh/authorized_keys', keyData: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5' },
              ],
            },
          },
        },
        storageProfile: {
          imageReference: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
        },
        networkProfile: {
          healthProbe: { id: `${BALANCER}/probes/health` },
          networkInterfaceConfigurations: [
            {
              name: 'nic',
              properties: {
                primary: true,
                networkSecurityGroup: { id: SECURITY },
                ipConfigurations: [
                  {
                    name: 'primary',
                    properties: {
                      primary: true,
                      subnet: { id: VM },
                      loadBalancerBackendAddressPools: [{ id: POOL }],
                    },
                  },
                ],
              },
            },
          ],
        },
      },
    },
    change,
    { sku: { name: 'Standard_D2s_v5', capacity: 2 }, zones: ['1', '2', '3'] },
  );
}

export function extension(settings: JsonObject, more: JsonObject = {}): JsonObject {
  const kind = { publisher: 'Microsoft.Azure.Extensions', type: 'CustomScript', typeHandlerVersion: '2.1' };
  return { properties: { ...kind, settings, ...more } };
}

/** A manager that holds one of each, connected as a router's are. */
export function standing(): Manager {
  const manager = new Manager();
  put(manager, GROUP, { location });
  put(manager, VNET, network());
  put(manager, SECURITY, securityGroup());
  put(manager, BALANCER, balancer());
  put(manager, SERVICE, service());
  put(manager, SET, scaleSet());
  put(manager, EXTENSION, extension({ script: 'AAAA' }));
  return manager;
}

export function put(manager: Manager, path: string, wanted: JsonObject): void {
  manager.handle('PUT', path, structuredClone(wanted));
}

/** The code with which something is refused. */
export function refusal(work: () => void): string {
  try {
    work();
    return 'accepted';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
