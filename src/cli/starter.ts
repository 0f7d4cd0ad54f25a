/**
 * The starter that `init` writes. It passes `check` as it stands, with example values; each value that is the user's
 * own is marked.
 * @param schema the schema's path or address as seen from the inventory, for editors
 */
export function starterText(schema: string): string {
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
#     s3: { bucket: acme-tfstate, key: "privatelink-router/{router}.tfstate", region: us-east-2 }

databricks:
  # Account console, at the top right: the account ID.
  accountId: 00000000-0000-4000-8000-000000000000    # yours

routers:
  # One router is one deployment in one VPC: its own load balancers, its own Terraform state.
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
}
