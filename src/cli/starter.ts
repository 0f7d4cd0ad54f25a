import type { Cloud } from '../model';

/**
 * The starter that `init` writes. It passes `check` as it stands, with example values; each value that is the user's
 * own is marked.
 * @param schema the schema's path or address as seen from the inventory, for editors
 * @param cloud where its router stands
 */
export function starterText(schema: string, cloud: Cloud): string {
  const { backend, account, router } = PARTS[cloud];
  return `# yaml-language-server: $schema=${schema}
#
# The inventory of privatelink-router: every database and API that Databricks shall reach in private.
# Replace the values marked "yours", list your targets, then:
#
#   privatelink-router check     says what is wrong, if anything is; needs no credentials
#   privatelink-router plan      shows where each target goes
#   privatelink-router synth     writes the lock (commit it) and the Terraform
version: 1

# Tags of every cloud resource. Optional.
tags:
  team: data-platform                                # yours

# Where Terraform keeps its state. {router} and {env} are filled in. Without a backend the state is a local file,
# which does for a first try and not for a team.
# terraform:
#   backend:
#     ${backend}

databricks:
  # Account console, ${account}, at the top right: the account ID.
  accountId: 00000000-0000-4000-8000-000000000000    # yours

routers:
${router}`;
}

const AWS_ROUTER = `  # One router is one deployment in one VPC: its own load balancers, its own Terraform state.
  # Anybody who reaches a router's endpoint reaches all its targets, so give what must stay apart a router of its own.
  analytics:
    aws:
      accountId: "123456789012"                      # yours; in quotes, it may begin with 0
      region: us-east-2                              # yours: the region of the workspaces
      vpcId: vpc-0a1b2c3d4e5f60718                   # yours: from here the targets must be reachable
      subnetIds:                                     # yours: two or more, in different zones
        - subnet-0a1b2c3d4e5f60718
        - subnet-0b1c2d3e4f5061728
      # profile: network                             # or assumeRole: { roleArn: ... }; else Terraform's own way

    # The network connectivity configuration that is made for it, and the workspaces that use it.
    ncc:
      name: analytics
      workspaceIds: [1234567890123456]               # yours: the number after ?o= in a workspace's address

    targets:
      # name: what you call it, for good. Clients dial its host, at the listener port that \`plan\` shows.
      orders-db:
        host: orders.cluster-c1a2b3c4d5e6.us-east-2.rds.amazonaws.com
        preset: postgres                             # port 5432 and fitting timeouts
      billing-sql:
        host: sql01.corp.acme.com
        port: 1433
        preset: sqlserver
      # A literal address needs a domain, which is the name that clients dial.
      legacy:
        host: 10.40.7.12
        port: 3050
        domain: legacy.corp.acme.com
`;

const VNET =
  '/subscriptions/00000000-0000-4000-8000-000000000001/resourceGroups/rg-network/providers/Microsoft.Network/virtualNetworks/vnet-data';

const AZURE_ROUTER = `  # One router is one deployment in one virtual network: load balancer, Private Link Services and the machines that
  # forward, with a Terraform state of its own. Anybody who reaches a router's endpoint reaches all its targets, so give
  # what must stay apart a router of its own.
  analytics:
    azure:
      location: eastus2                              # yours: the location of the workspaces
      resourceGroupName: rg-privatelink-router       # yours: it has to exist
      # Two subnets of one virtual network from which the targets can be reached, both yours: one for machines and load
      # balancer, and a small one (/28) for the Private Link Services, with its network policies for those off.
      # \`az network vnet subnet show --resource-group RG --vnet-name VNET --name SUBNET --query id\` prints an id.
      subnetId: ${VNET}/subnets/forwarders
      natSubnetId: ${VNET}/subnets/private-link
      # For a trial, a small network of our own instead of the two subnets:
      # subscriptionId: 00000000-0000-4000-8000-000000000001
      # network: { addressSpace: 10.20.0.0/24 }
      forwarder:
        engine: haproxy                              # or nginx, or nftables; \`plan\` says what each lacks
        instances: 2
        size: Standard_D2s_v5
        # How the machines come by the engine: nat is the internet, by a NAT gateway that is made for the subnet.
        egress: nat                                  # or image, or { mirror: "http://apt.corp.acme.com/ubuntu" }

    # Name servers that know the targets. Default: those of the virtual network.
    # resolvers: [10.0.0.53]

    # The network connectivity configuration that is made for it, and the workspaces that use it.
    ncc:
      name: analytics
      workspaceIds: [1234567890123456]               # yours: the number after adb- in a workspace's address

    targets:
      # name: what you call it, for good. Clients dial its host, at the listener port that \`plan\` shows.
      erp:
        host: sql01.corp.acme.com
        preset: sqlserver                            # port 1433 and fitting timeouts
      parts-api:
        host: parts.corp.acme.com
        port: 443
        healthCheck: { protocol: HTTPS, path: /health }
      # A literal address needs a domain, which is the name that clients dial.
      legacy:
        host: 10.40.7.12
        port: 3050
        domain: legacy.corp.acme.com
`;

/** What differs from cloud to cloud. */
const PARTS: Readonly<Record<Cloud, { readonly backend: string; readonly account: string; readonly router: string }>> =
  {
    aws: {
      backend: 's3: { bucket: acme-tfstate, key: "privatelink-router/{router}.tfstate", region: us-east-2 }',
      account: 'https://accounts.cloud.databricks.com',
      router: AWS_ROUTER,
    },
    azure: {
      backend:
        'azurerm: { storage_account_name: acmetfstate, container_name: tfstate, key: "privatelink-router/{router}.tfstate" }',
      account: 'https://accounts.azuredatabricks.net',
      router: AZURE_ROUTER,
    },
  };
