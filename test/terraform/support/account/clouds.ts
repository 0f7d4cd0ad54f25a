import { randomUUID } from 'node:crypto';
import { refuse } from './errors';

/** What differs between the accounts of the two clouds. */
export interface AccountCloud {
  /** As the discovery document says it. */
  readonly name: 'AWS' | 'Azure';
  readonly regions: readonly string[];
  /** The field of a workspace that names its region. */
  readonly workspaceRegion: 'aws_region' | 'location';
  /** The field of a rule that names the service, and the one that belongs to the other cloud. */
  readonly serviceField: 'endpoint_service' | 'resource_id';
  /** The field of a rule that names the endpoint, once there is one. */
  readonly endpointField: 'vpc_endpoint_id' | 'endpoint_name';
  /** The list of rules in an NCC. */
  readonly rulesField: 'aws_private_endpoint_rules' | 'azure_private_endpoint_rules';
  readonly defaultRules: object;
  readonly endpointsPerRegion: number;
  /** Refuses what cannot be a service of an NCC's region. */
  demandService(service: string, region: string): void;
  /** Refuses a domain that this cloud does not take. */
  demandDomain(domain: string): void;
  newEndpoint(nccId: string): string;
}

const AWS_SERVICE = /^com\.amazonaws\.vpce\.([a-z0-9-]+)\.vpce-svc-[0-9a-f]{8,17}$/;
const AZURE_SERVICE =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[^/]+\/providers\/Microsoft\.Network\/privateLinkServices\/[^/]+$/;
/** Last labels that are of private use, which Azure's rules do not take. */
const PRIVATE_USE = /\.(internal|local|localhost|test|invalid|example|corp|home|lan|private)$/;

export const AWS: AccountCloud = {
  name: 'AWS',
  regions: [
    ...['us-east-1', 'us-east-2', 'us-west-1', 'us-west-2', 'ca-central-1', 'sa-east-1', 'us-gov-west-1'],
    ...['eu-west-1', 'eu-west-2', 'eu-west-3', 'eu-central-1', 'eu-north-1'],
    ...['ap-south-1', 'ap-southeast-1', 'ap-southeast-2', 'ap-northeast-1', 'ap-northeast-2'],
  ],
  workspaceRegion: 'aws_region',
  serviceField: 'endpoint_service',
  endpointField: 'vpc_endpoint_id',
  rulesField: 'aws_private_endpoint_rules',
  defaultRules: { aws_stable_ip_rule: { cidr_blocks: ['18.97.134.192/26', '44.234.192.32/28'] } },
  endpointsPerRegion: 30,
  demandService(service, region) {
    const match = AWS_SERVICE.exec(service);
    if (match === null) refuse(`endpoint_service '${service}' is not a valid VPC endpoint service name`);
    else if (match[1] !== region) refuse(`endpoint_service '${service}' is not in the NCC's region, ${region}`);
  },
  demandDomain: () => undefined,
  newEndpoint: () => `vpce-0${randomUUID().replaceAll('-', '').slice(0, 16)}`,
};

export const AZURE: AccountCloud = {
  name: 'Azure',
  regions: ['eastus', 'eastus2', 'westus2', 'centralus', 'westeurope', 'northeurope', 'uksouth'],
  workspaceRegion: 'location',
  serviceField: 'resource_id',
  endpointField: 'endpoint_name',
  rulesField: 'azure_private_endpoint_rules',
  defaultRules: { azure_service_endpoint_rule: { subnets: [], target_services: ['AZURE_BLOB_STORAGE'] } },
  endpointsPerRegion: 100,
  demandService(service) {
    if (!AZURE_SERVICE.test(service)) {
      refuse(
        `resource_id '${service}' is not the id of a private link service: neither an alias nor a load balancer will do`,
      );
    }
  },
  demandDomain(domain) {
    if (PRIVATE_USE.test(domain)) refuse(`domain name '${domain}' has a top-level domain of private use`);
  },
  newEndpoint: (nccId) => `databricks-${nccId}-pe-${randomUUID().slice(0, 8)}`,
};
