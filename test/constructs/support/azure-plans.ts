import type {
  AzurePlace,
  Forwarder,
  PlannedAzureRouter,
  PlannedAzureShard,
  PlannedBackend,
  PlannedListener,
  PlannedPool,
} from '../../../src/model';
import { type BackendChange, TCP_CHECK } from './plans';

/** Hand-made plans of Azure: valid in every part, to be changed where a test cares. */

const VNET =
  '/subscriptions/2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-hub';

const FORWARDER: Forwarder = {
  engine: 'haproxy',
  instances: 2,
  size: 'Standard_D2s_v5',
  zones: ['1', '2', '3'],
  image: { publisher: 'Canonical', offer: 'ubuntu-24_04-lts', sku: 'server', version: 'latest' },
  egress: { kind: 'nat' },
};

export const PLACE: AzurePlace = {
  subscriptionId: '2f1c8a34-5b7e-4d0f-9c26-8e3a71b5d940',
  location: 'eastus2',
  resourceGroupName: 'rg-plr',
  network: { subnetId: `${VNET}/subnets/forwarders`, natSubnetId: `${VNET}/subnets/private-link` },
  natAddresses: 1,
  visibility: ['*'],
  autoApproval: [],
  loadBalancing: 'per-target',
  forwarder: FORWARDER,
};

/** A place whose forwarder differs in these. */
export function placeWith(forwarder: Partial<Forwarder>, change: Partial<AzurePlace> = {}): AzurePlace {
  return { ...PLACE, ...change, forwarder: { ...FORWARDER, ...forwarder } };
}

export function azureListener(target: string, port: number, change: BackendChange = {}): PlannedListener {
  const { host, literal = false, domain, ...rest } = change;
  const backend: PlannedBackend = {
    target,
    hosts: [{ name: host ?? `${target}.corp.example`, literal }],
    port: 5432,
    domains: [domain ?? `${target}.corp.example`],
    idleTimeout: 3600,
    drain: 10,
    healthCheck: TCP_CHECK,
    ...rest,
  };
  return { port, route: 'tcp', backends: [backend] };
}

export function azureShard(
  number: number,
  listeners: readonly PlannedListener[],
  change: Partial<PlannedAzureShard> = {},
): PlannedAzureShard {
  const domains = [...new Set(listeners.flatMap(({ backends: [{ domains: own }] }) => own))].sort();
  return {
    key: `s${number}`,
    name: `analytics-eus2-${number}`,
    deletionProtection: false,
    pool: 'p1',
    frontendName: `s${number}`,
    privateLinkServiceName: `plr-analytics-eus2-${number}-5555666${number}`,
    domains: domains.length === 0 ? ['emptied.corp.example'] : domains,
    listeners,
    reserved: [],
    ...change,
  };
}

function poolOf(key: string, shards: readonly PlannedAzureShard[]): PlannedPool {
  const number = key.slice(1);
  return {
    key,
    name: `analytics-eus2-pool-${number}`,
    shards: shards.map((shard) => shard.key),
    deletionProtection: shards.some((shard) => shard.deletionProtection),
    loadBalancerName: `plr-analytics-eus2-${number}-aaaa000${number}`,
    securityGroupName: `plr-analytics-eus2-${number}-bbbb000${number}`,
    scaleSetName: `plr-analytics-eus2-${number}-cccc000${number}`,
    computerNamePrefix: `plrabc12${number}`,
    acceleratedNetworking: true,
  };
}

/** A router with a pool for each that its shards name. */
export function azureRouter(
  shards: readonly PlannedAzureShard[],
  change: Partial<PlannedAzureRouter> = {},
): PlannedAzureRouter {
  const keys = [...new Set(shards.map((shard) => shard.pool))].sort();
  return {
    name: 'analytics-eus2',
    deployment: 'analytics-eus2',
    cloud: 'azure',
    azure: PLACE,
    resolvers: [],
    names: {
      virtualNetwork: 'plr-analytics-eus2-dddd0001',
      natGateway: 'plr-analytics-eus2-eeee0001',
      publicIp: 'plr-analytics-eus2-ffff0001',
    },
    databricks: {
      accountId: 'c3d1f0a6-7e52-4b8c-a94f-25d6087e1b39',
      host: 'https://accounts.azuredatabricks.net',
    },
    ncc: { name: 'analytics-eus2', workspaceIds: ['6543210987654321'] },
    approval: 'terraform',
    deletionProtection: false,
    tags: { team: 'data-platform' },
    pools: keys.map((key) =>
      poolOf(
        key,
        shards.filter((shard) => shard.pool === key),
      ),
    ),
    shards,
    retired: [],
    limits: { 'azure.customDataSize': 65535, 'azure.extensionScriptSize': 262144 },
    ...change,
  };
}

/** Five targets on one shard. */
export function fiveAzureTargets(): PlannedListener[] {
  return [
    azureListener('orders-db', 10000),
    azureListener('billing-sql', 10001, { port: 1433 }),
    azureListener('ledger', 10002, { port: 1521 }),
    azureListener('crm', 10003, { port: 3306, host: '10.40.7.12', literal: true }),
    azureListener('events', 10007, { port: 9094 }),
  ];
}
