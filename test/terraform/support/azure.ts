import { join } from 'node:path';
import type { EndpointCloud } from './account/state';
import { CLIENT, SECRET, TENANT } from './arm/front-door';
import { readId } from './arm/ids';
import { type JsonObject, object, objects, reference, text, texts } from './arm/json';
import type { Resource } from './arm/kind';
import { extensionsOf, type Machine } from './arm/machines';
import { type ConnectionStatus, newConnection, statusOf, withStatus } from './arm/private-link-services';
import { Refusal } from './arm/refusal';
import { SCALE_SET } from './arm/scale-sets';
import { type ArmCall, ArmServer } from './arm/server';
import { listOf } from './arm/store';
import { interfacesOf } from './arm/users';

/** The fake cloud's subscription, the resource group that exists in it, and where it is. */
export const SUBSCRIPTION = '0a1b2c3d-4e5f-4a6b-8c7d-0e1f2a3b4c5d';
export const RESOURCE_GROUP = 'rg-plr';
export const LOCATION = 'eastus2';
/** Databricks' own subscription, from which its endpoints come. */
const DATABRICKS_SUBSCRIPTION = 'dddddddd-0000-4000-8000-00000000000d';

export interface SeededNetwork {
  readonly subnetId: string;
  readonly natSubnetId: string;
  readonly subnetCidr: string;
  readonly natSubnetCidr: string;
}

/** What the fake cloud holds of the things that routers make. */
export interface AzureInventory {
  readonly loadBalancers: readonly {
    readonly name: string;
    /** The private address of each frontend, by its name. */
    readonly frontends: Readonly<Record<string, string>>;
    /** `frontend:port->port probe`, by name; ports 0 stand for all. */
    readonly rules: Readonly<Record<string, string>>;
    readonly probes: Readonly<Record<string, number>>;
  }[];
  readonly privateLinkServices: readonly {
    readonly id: string;
    readonly name: string;
    readonly alias: string;
    /** Names of the frontends that it stands on. */
    readonly frontends: readonly string[];
    readonly natAddresses: number;
    readonly visibility: readonly string[];
    readonly autoApproval: readonly string[];
    readonly connections: readonly { readonly endpoint: string; readonly status: string }[];
  }[];
  readonly scaleSets: readonly {
    readonly name: string;
    readonly size: string;
    readonly zones: readonly string[];
    /** The settings of each extension, by name. */
    readonly extensions: Readonly<Record<string, JsonObject>>;
    readonly machines: readonly Readonly<Machine>[];
    readonly accelerated: boolean;
    readonly upgradesImages: boolean;
    readonly forwardsPackets: boolean;
  }[];
  readonly securityGroups: readonly {
    readonly name: string;
    /** `100 Inbound Allow Tcp AzureLoadBalancer -> 61080,61081`, by priority. */
    readonly rules: readonly string[];
  }[];
  /** Ids of everything else: networks, public addresses, NAT gateways, deployments. */
  readonly others: readonly string[];
}

function byName<Value>(resources: readonly JsonObject[], value: (one: JsonObject) => Value): Record<string, Value> {
  return Object.fromEntries(resources.map((one) => [text(one.name), value(one)]));
}

function lastName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

function ruleText({ properties: p }: Resource): string {
  const either = (one: string, many: string): string =>
    (text(p[one]) === '' ? [...texts(p[many])].sort() : [text(p[one])]).join();
  const source = either('sourceAddressPrefix', 'sourceAddressPrefixes');
  const ports = either('destinationPortRange', 'destinationPortRanges');
  return `${p.priority} ${p.direction} ${p.access} ${p.protocol} ${source} -> ${ports}`;
}

/** Azure, as far as routers need it: the stand-in of its Resource Manager, and what happens outside Terraform. */
export class Azure implements EndpointCloud {
  private readonly server = new ArmServer();
  private readonly settled: (endpoint: string, state: string) => void;
  private authority = '';

  /** `settled`: told what the owner of a service did with an endpoint's connection. */
  public constructor(settled: (endpoint: string, state: string) => void) {
    this.settled = settled;
    this.server.onChange = () => this.tell();
  }

  /** Starts it; `folder`: where the CA's certificate is kept. */
  public async start(folder: string): Promise<void> {
    this.authority = join(folder, 'azure-ca.pem');
    await this.server.start(this.authority);
    this.write(`/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}`, { location: LOCATION });
  }

  public async stop(): Promise<void> {
    await this.server.stop();
  }

  /** What leads the provider here, as a user of a private cloud would set it; nothing where it was not started. */
  public environment(): NodeJS.ProcessEnv {
    if (this.server.url === '') return {};
    return {
      ARM_METADATA_HOSTNAME: this.server.url.replace('https://', ''),
      ARM_TENANT_ID: TENANT,
      ARM_CLIENT_ID: CLIENT,
      ARM_CLIENT_SECRET: SECRET,
      ARM_USE_CLI: 'false',
      SSL_CERT_FILE: this.authority,
    };
  }

  /** A network that exists, with a subnet for machines and one for NAT addresses. */
  public seedNetwork(): SeededNetwork {
    const id = `${groupPath()}/Microsoft.Network/virtualNetworks/vnet-hub`;
    const [subnetCidr, natSubnetCidr] = ['10.60.1.0/24', '10.60.2.0/27'];
    this.write(id, {
      location: LOCATION,
      properties: {
        addressSpace: { addressPrefixes: ['10.60.0.0/16'] },
        subnets: [
          { name: 'forwarders', properties: { addressPrefix: subnetCidr, defaultOutboundAccess: false } },
          {
            name: 'private-link',
            properties: {
              addressPrefix: natSubnetCidr,
              defaultOutboundAccess: false,
              privateLinkServiceNetworkPolicies: 'Disabled',
            },
          },
        ],
      },
    });
    return {
      subnetId: `${id}/subnets/forwarders`,
      natSubnetId: `${id}/subnets/private-link`,
      subnetCidr,
      natSubnetCidr,
    };
  }

  /** Databricks makes a private endpoint to a service. */
  public async connect(serviceId: string, endpoint: string): Promise<string | undefined> {
    return this.connectFrom(DATABRICKS_SUBSCRIPTION, serviceId, endpoint);
  }

  /** Somebody makes a private endpoint to a service: undefined, or why not. */
  public connectFrom(subscription: string, serviceId: string, endpoint: string): string | undefined {
    const service = this.server.manager.store.find(serviceId);
    if (service === undefined) return `there is no private link service ${serviceId}`;
    const endpointId = `/subscriptions/${subscription}/resourceGroups/endpoints/providers/Microsoft.Network/privateEndpoints/${endpoint}`;
    try {
      const made = newConnection(service, endpointId, 'a private endpoint of the tests');
      const list = listOf(service, 'privateEndpointConnections');
      service.properties.privateEndpointConnections = [...list, made];
    } catch (error) {
      if (error instanceof Refusal) return error.message;
      throw error;
    }
    // The caller knows its endpoint only after this answer.
    setImmediate(() => this.tell());
    return undefined;
  }

  /** Databricks' side of a connection has changed. */
  public async settle(endpoint: string, state: 'deleted' | 'expired' | 'rejected'): Promise<void> {
    for (const service of this.services()) {
      const connections = listOf(service, 'privateEndpointConnections');
      service.properties.privateEndpointConnections =
        state === 'deleted'
          ? connections.filter((one) => endpointOf(one) !== endpoint)
          : connections.map((one) => (endpointOf(one) === endpoint ? withStatus(one, 'Disconnected', state) : one));
    }
    this.known.delete(endpoint);
  }

  /** The owner of a service decides about an endpoint, by hand. */
  public decide(endpoint: string, status: ConnectionStatus): void {
    for (const service of this.services()) {
      service.properties.privateEndpointConnections = listOf(service, 'privateEndpointConnections').map((one) =>
        endpointOf(one) === endpoint ? withStatus(one, status, 'by hand') : one,
      );
    }
    this.tell();
  }

  /** The endpoint of a service's connection, by their names; undefined where there is none. */
  public connection(serviceName: string, connectionName: string): string | undefined {
    const service = this.services().find(({ name }) => name === serviceName);
    const found = service && listOf(service, 'privateEndpointConnections').find(({ name }) => name === connectionName);
    return found && endpointOf(found);
  }

  /** The owner of a service deletes an endpoint's connection. */
  public disconnect(endpoint: string): void {
    for (const service of this.services()) {
      service.properties.privateEndpointConnections = listOf(service, 'privateEndpointConnections').filter(
        (one) => endpointOf(one) !== endpoint,
      );
    }
    this.tell();
  }

  /** What stands in the resource group. */
  public inventory(): AzureInventory {
    const { store, scaleSets } = this.server.manager;
    const all = (type: string): readonly Resource[] => [...store.all(type)].sort((a, b) => (a.name < b.name ? -1 : 1));
    return {
      loadBalancers: all('Microsoft.Network/loadBalancers').map((one) => ({
        name: one.name,
        frontends: byName(listOf(one, 'frontendIPConfigurations'), (f) => text(object(f.properties).privateIPAddress)),
        probes: byName(listOf(one, 'probes'), (probe) => Number(object(probe.properties).port)),
        rules: byName(listOf(one, 'loadBalancingRules'), (rule) => {
          const p = object(rule.properties);
          const frontend = lastName(reference(p.frontendIPConfiguration));
          return `${frontend}:${p.frontendPort}->${p.backendPort} ${lastName(reference(p.probe))}`;
        }),
      })),
      privateLinkServices: all('Microsoft.Network/privateLinkServices').map((one) => ({
        id: one.id,
        name: one.name,
        alias: text(one.properties.alias),
        frontends: objects(one.properties.loadBalancerFrontendIpConfigurations).map((f) => lastName(reference(f))),
        natAddresses: listOf(one, 'ipConfigurations').length,
        visibility: texts(object(one.properties.visibility).subscriptions),
        autoApproval: texts(object(one.properties.autoApproval).subscriptions),
        connections: listOf(one, 'privateEndpointConnections').map((connection) => ({
          endpoint: endpointOf(connection),
          status: statusOf(connection),
        })),
      })),
      scaleSets: all(SCALE_SET).map((one) => ({
        name: one.name,
        size: text(object(one.sku).name),
        zones: [...texts(one.zones)].sort(),
        extensions: byName(extensionsOf(one), (extension) => object(object(extension.properties).settings)),
        machines: structuredClone(scaleSets.fleet(one).machines),
        accelerated: interfacesOf(one).some((nic) => object(nic.properties).enableAcceleratedNetworking === true),
        upgradesImages:
          object(object(one.properties.upgradePolicy).automaticOSUpgradePolicy).enableAutomaticOSUpgrade === true,
        forwardsPackets: interfacesOf(one).some((nic) => object(nic.properties).enableIPForwarding === true),
      })),
      securityGroups: all('Microsoft.Network/networkSecurityGroups').map((one) => ({
        name: one.name,
        rules: listOf(one, 'securityRules')
          .sort((a, b) => Number(a.properties.priority) - Number(b.properties.priority))
          .map(ruleText),
      })),
      others: [
        ...all('Microsoft.Network/virtualNetworks'),
        ...all('Microsoft.Network/natGateways'),
        ...all('Microsoft.Network/publicIPAddresses'),
        ...all('Microsoft.Resources/deployments'),
      ].map(({ id }) => id),
    };
  }

  /** Ids of all that stands, the resource group and the seeded network apart. */
  public leftovers(): readonly string[] {
    const { loadBalancers, privateLinkServices, scaleSets, securityGroups, others } = this.inventory();
    const named = [...loadBalancers, ...privateLinkServices, ...scaleSets, ...securityGroups].map(({ name }) => name);
    return [...named, ...others.filter((id) => !id.endsWith('/vnet-hub'))];
  }

  /** A resource as a GET shows it. */
  public show(id: string): Resource | undefined {
    return this.server.manager.store.show(id);
  }

  /** Puts a resource there, as somebody else's Terraform would. */
  public write(path: string, body: JsonObject): void {
    const id = readId(path);
    if (id === undefined) throw new Error(`${path} is no id`);
    this.server.manager.store.write(id, body);
  }

  /** The changing calls since the start or the last `clearLog`. */
  public changes(): readonly ArmCall[] {
    return this.server.log().filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  }

  public clearLog(): void {
    this.server.clearLog();
  }

  /** What went wrong in the stand-in itself. */
  public defects(): string {
    return this.server.defects;
  }

  private readonly known = new Map<string, string>();

  /** Tells of each connection whose status is another than last time. */
  private tell(): void {
    const now = new Map(
      this.services().flatMap((service) =>
        listOf(service, 'privateEndpointConnections').map((one) => [endpointOf(one), statusOf(one)] as const),
      ),
    );
    for (const endpoint of [...this.known.keys()].filter((one) => !now.has(one))) {
      this.known.delete(endpoint);
      this.settled(endpoint, 'deleted');
    }
    for (const [endpoint, status] of now) {
      if (this.known.get(endpoint) === status) continue;
      this.known.set(endpoint, status);
      if (status === 'Approved') this.settled(endpoint, 'available');
      if (status === 'Rejected') this.settled(endpoint, 'rejected');
    }
  }

  private services(): readonly Resource[] {
    return this.server.manager.store.all('Microsoft.Network/privateLinkServices');
  }
}

function endpointOf(connection: Resource): string {
  return lastName(reference(connection.properties.privateEndpoint));
}

function groupPath(): string {
  return `/subscriptions/${SUBSCRIPTION}/resourceGroups/${RESOURCE_GROUP}/providers`;
}
