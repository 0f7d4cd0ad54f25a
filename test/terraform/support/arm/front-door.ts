import type { JsonObject } from './json';
import { LOCATIONS } from './store';

/** Who calls: a service principal with a secret. */
export const TENANT = '11111111-1111-4111-8111-111111111111';
export const CLIENT = '22222222-2222-4222-8222-222222222222';
export const SECRET = 'test-secret';
const OBJECT = '33333333-3333-4333-8333-333333333333';

/** What a client reads first: where everything of this cloud is. All of it is here. */
export function metadata(base: string, version: string): JsonObject {
  const host = base.replace('https://', '');
  if (version === '2018-01-01') {
    return { cloudEndpoint: { public: { endpoint: host, locations: LOCATIONS } } };
  }
  const suffixes = [
    ...['acrLoginServer', 'attestationEndpoint', 'azureDataLakeStoreFileSystem', 'azureFrontDoorEndpointSuffix'],
    ...['keyVaultDns', 'mariadbServerEndpoint', 'mhsmDns', 'mysqlServerEndpoint', 'postgresqlServerEndpoint'],
    ...['sqlServerHostname', 'storage', 'storageSyncEndpointSuffix', 'synapseAnalytics'],
  ];
  const services = [
    ...['activeDirectoryDataLake', 'appInsightsResourceId', 'attestationResourceId', 'batch', 'gallery', 'graph'],
    ...['graphAudience', 'logAnalyticsResourceId', 'media', 'microsoftGraphResourceId', 'ossrDbmsResourceId', 'portal'],
    ...['sqlManagement', 'synapseAnalyticsResourceId', 'vmImageAliasDoc'],
  ];
  return {
    ...Object.fromEntries(services.map((name) => [name, `${base}/${name}`])),
    name: 'AzureCloud',
    resourceManager: `${base}/`,
    authentication: { loginEndpoint: base, audiences: [`${base}/`], tenant: 'common', identityProvider: 'AAD' },
    suffixes: Object.fromEntries(suffixes.map((name) => [name, `${name.toLowerCase()}.example`])),
  };
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The answer to a client that shows its secret: an unsigned token, of which the provider reads who it is. */
export function token(base: string, form: URLSearchParams): JsonObject | undefined {
  if (form.get('client_id') !== CLIENT || form.get('client_secret') !== SECRET) return undefined;
  const now = Math.floor(Date.now() / 1000);
  const claims = { aud: base, iss: base, iat: now, nbf: now - 60, exp: now + 86_400, oid: OBJECT, sub: OBJECT };
  const access_token = [
    part({ alg: 'none', typ: 'JWT' }),
    part({ ...claims, appid: CLIENT, tid: TENANT, idtyp: 'app', roles: [] }),
    'c2ln',
  ].join('.');
  return { token_type: 'Bearer', expires_in: 86_400, ext_expires_in: 86_400, access_token };
}

export function subscription(id: string): JsonObject {
  return {
    id: `/subscriptions/${id}`,
    subscriptionId: id,
    tenantId: TENANT,
    displayName: 'stand-in',
    state: 'Enabled',
    subscriptionPolicies: {
      locationPlacementId: 'Public_2014-09-01',
      quotaId: 'PayAsYouGo_2014-09-01',
      spendingLimit: 'Off',
    },
  };
}

/** A resource provider, registered, with the versions of its types that a client may ask in. */
export function resourceProvider(subscriptionId: string, namespace: string): JsonObject {
  const types = ['privateLinkServices', 'privateLinkServices/privateEndpointConnections', 'loadBalancers'];
  return {
    id: `/subscriptions/${subscriptionId}/providers/${namespace}`,
    namespace,
    registrationState: 'Registered',
    resourceTypes: types.map((resourceType) => ({ resourceType, apiVersions: ['2024-05-01'], locations: LOCATIONS })),
  };
}
