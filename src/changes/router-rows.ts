import type { ClientNotice } from '../model';
import { listChange, type Rows } from './row';
import type { Values } from './values';

/** Machines that go take their sessions with them; one more takes none. */
function fewerMachines({ instances: from }: Values, { instances: to }: Values): ClientNotice {
  return Number(to) < Number(from) ? 'interrupted' : 'nothing';
}

/** Azure begins at once where the image has a newer version; machines that stay as they are interrupt nobody. */
function newUpgrades(_from: Values, { imageUpgrades }: Values): ClientNotice {
  return imageUpgrades === true ? 'interrupted' : 'nothing';
}

/** A subnet more is added in place; one that goes replaces the load balancers. */
function lostSubnet({ subnetIds: from }: Values, { subnetIds: to }: Values): ClientNotice {
  return listChange(from, to).gone.length > 0 ? 'interrupted' : 'nothing';
}

/** The NAT gateway is also the way to a target on the internet. */
function lostGateway({ kind: from }: Values, { kind: to }: Values): ClientNotice {
  return from === 'nat' && to !== 'nat' ? 'interrupted' : 'nothing';
}

/** What takes a router's protection off in the same step. */
const STEP = ['teardown', 'deletion protection'];

/** Another place makes another router: its services, and every endpoint with them, are made anew. */
const ELSEWHERE = { change: 'replaced', clients: 'lose access' } as const;

/** Where machines are changed one after the other, the sessions on each are cut once. */
const MACHINES = { about: 'machines', clients: 'interrupted' } as const;

/** What a change of a router's own settings is. */
export const ROUTER_ROWS: Rows = {
  deployment: { what: 'deployment', ...ELSEWHERE },
  env: { what: 'environment', clients: 'nothing', follows: ['deployment'] },
  teardown: {
    what: 'teardown',
    // The step that destroys is told of each shard and each target too.
    clients: (_from, { teardown }) => (teardown === 'destroy' ? 'lose access' : 'nothing'),
  },
  deletionProtection: { what: 'deletion protection', clients: 'nothing', follows: ['teardown'] },
  approval: { what: 'approval', clients: 'nothing' },
  tags: { what: 'tags', clients: 'nothing' },
  backend: { what: 'backend', clients: 'nothing', hidden: true },
  limits: { what: 'limits', clients: 'nothing' },
  principal: { what: 'principal', clients: 'nothing', follows: ['region', 'govcloud'] },
  'databricks.accountId': { what: 'Databricks account', about: 'ncc', ...ELSEWHERE },
  'databricks.host': { what: 'Databricks account host', about: 'ncc', clients: 'nothing', follows: ['govcloud'] },
  ncc: { what: 'network connectivity configuration', about: 'ncc', change: 'replaced', clients: 'interrupted' },
  // Who makes an NCC changes nothing of it.
  'ncc.router': {
    what: 'router that makes the NCC',
    about: 'ncc',
    clients: 'nothing',
    follows: ['network connectivity configuration'],
  },
  // It stays in Databricks: Terraform knows nothing of it any more.
  forgetsNcc: {
    what: 'NCC that Terraform forgets',
    about: 'ncc',
    clients: 'nothing',
    follows: ['network connectivity configuration'],
  },
  // Databricks keeps a workspace bound until it is bound elsewhere.
  'ncc.workspaceIds': { what: 'workspaces', about: 'ncc', clients: 'nothing' },
  'aws.accountId': { what: 'AWS account', ...ELSEWHERE },
  'aws.region': { what: 'region', ...ELSEWHERE },
  'aws.vpcId': { what: 'VPC', change: 'replaced', clients: 'interrupted' },
  'aws.subnetIds': { what: 'subnets', clients: lostSubnet },
  'aws.govcloud': { what: 'govcloud', clients: 'nothing' },
  'aws.profile': { what: 'profile', clients: 'nothing' },
  'aws.assumeRole': { what: 'role', clients: 'nothing' },
  'azure.subscriptionId': { what: 'subscription', ...ELSEWHERE },
  'azure.tenantId': { what: 'tenant', clients: 'nothing' },
  'azure.location': { what: 'location', ...ELSEWHERE },
  'azure.resourceGroupName': { what: 'resource group', ...ELSEWHERE },
  'azure.network': { what: 'network', ...ELSEWHERE },
  'azure.network.subnetId': { what: 'subnet', ...MACHINES },
  'azure.natSubnetId': { what: 'network', ...ELSEWHERE },
  'azure.addressSpace': { what: 'network', ...ELSEWHERE },
  'azure.natAddresses': { what: 'NAT addresses', clients: 'nothing' },
  'azure.visibility': { what: 'visibility', clients: 'nothing' },
  'azure.autoApproval': { what: 'automatic approval', clients: 'nothing' },
  'azure.loadBalancing': { what: 'load balancing', ...ELSEWHERE },
  'azure.zones': { what: 'zones', ...ELSEWHERE },
  'azure.forwarder.zones': { what: 'zones', ...ELSEWHERE },
  'azure.forwarder.engine': { what: 'engine', ...MACHINES },
  'azure.forwarder.instances': { what: 'instances', about: 'machines', clients: fewerMachines },
  'azure.forwarder.size': { what: 'size', ...MACHINES },
  'azure.forwarder.image': { what: 'image', ...MACHINES },
  'azure.forwarder.imageUpgrades': { what: 'image upgrades', about: 'machines', clients: newUpgrades },
  'azure.forwarder.egress.signingKey': {
    what: 'signingKey of the mirror',
    about: 'machines',
    clients: 'nothing',
    hidden: true,
  },
  'azure.forwarder.egress.caCertificate': {
    what: 'caCertificate of the mirror',
    about: 'machines',
    clients: 'nothing',
    hidden: true,
  },
  'azure.forwarder.metrics': { what: 'metrics', about: 'machines', clients: 'nothing' },
  'azure.forwarder.runCommand': { what: 'runCommand', about: 'machines', clients: 'nothing' },
  // These two travel with the configuration: nothing is restarted that holds a session.
  // Machines that exist stay as they are until they are replaced.
  'azure.forwarder.encryptionAtHost': { what: 'encryption at host', about: 'machines', clients: 'nothing' },
  'azure.forwarder.ssh': { what: 'ssh', about: 'machines', clients: 'nothing' },
  'azure.forwarder.egress': { what: 'egress', about: 'machines', clients: lostGateway },
  'azure.forwarder.maintenance': { what: 'maintenance', about: 'machines', clients: 'nothing', follows: ['egress'] },
  resolvers: { what: 'resolvers', about: 'machines', clients: 'nothing' },
  names: { what: 'names', change: 'replaced', clients: 'interrupted', follows: ['deployment'] },
};

/** What a change of a pool's own values is. A pool that comes or goes is told by itself. */
export const POOL_ROWS: Rows = {
  name: { what: 'name', clients: 'nothing', follows: ['deployment'] },
  shards: { what: 'shards', clients: 'nothing', follows: ['shard'] },
  deletionProtection: { what: 'deletion protection', clients: 'nothing', follows: STEP },
  loadBalancerName: { what: 'load balancer', ...ELSEWHERE },
  securityGroupName: { what: 'security group', change: 'replaced', clients: 'interrupted' },
  scaleSetName: { what: 'scale set', change: 'replaced', clients: 'interrupted' },
  computerNamePrefix: { what: 'scale set', change: 'replaced', clients: 'interrupted' },
  // By hand alone, with all machines of the pool deallocated meanwhile.
  acceleratedNetworking: { what: 'accelerated networking', clients: 'interrupted' },
};

/** What a change of a shard's own values is. A shard that comes or goes is told by itself. */
export const SHARD_ROWS: Rows = {
  name: { what: 'name', clients: 'nothing', follows: ['deployment'] },
  // The domains of a rule are those of its targets; where one of these is told, so is what clients notice.
  domains: { what: 'domains', clients: 'nothing', follows: ['target', 'domain', 'enabled', 'listener port'] },
  // A shard keeps its pin: another one is only in a lock that was edited.
  pin: { what: 'pin', clients: 'nothing' },
  deletionProtection: { what: 'deletion protection', clients: 'nothing', follows: STEP },
  generation: { what: 'load balancer', change: 'replaced', clients: 'interrupted' },
  loadBalancerName: { what: 'load balancer', change: 'replaced', clients: 'interrupted' },
  securityGroupName: { what: 'security group', change: 'replaced', clients: 'interrupted', follows: ['load balancer'] },
  pool: { what: 'pool', ...ELSEWHERE },
  frontendName: { what: 'frontend', ...ELSEWHERE },
  privateLinkServiceName: { what: 'Private Link Service', ...ELSEWHERE },
};
