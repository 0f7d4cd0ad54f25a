/** One mistake in an inventory that is right otherwise, and what has to be said of it. */
export interface Mistake {
  readonly name: string;
  /** The one code of the one finding. */
  readonly code: string;
  readonly severity?: 'error' | 'warning';
  /** Which room finds it: `check` needs the files alone, `planner` the plan of them too. */
  readonly stage?: 'check' | 'planner';
  /** The valid inventory that is changed. Default: `VALID`. */
  readonly base?: string;
  /**
   * Changes of the valid inventory, each a text that stands in it once and what stands there instead. `#!` ends the line
   * that the finding has to name; where it cannot stand, `line` says which.
   */
  readonly edits: readonly (readonly [from: string, to: string])[];
  readonly line?: number;
  readonly env?: string;
  /** The overlay of `env`; its own `#!` says that the finding has to name the overlay. */
  readonly overlay?: string;
  /** The whole text instead of the edited one. */
  readonly text?: string | Uint8Array;
  /** The file's name, where its ending matters. */
  readonly file?: string;
  /** The file's permissions. Default: those of a new file. */
  readonly mode?: number;
}

/** The text with the edits made. An edit that does not fit once is a mistake of the corpus itself. */
export function edited(text: string, edits: Mistake['edits']): string {
  return edits.reduce((before, [from, to]) => {
    if (before.split(from).length !== 2) throw new Error(`"${from}" does not stand once in the inventory.`);
    return before.replace(from, () => to);
  }, text);
}

/** The line that `#!` ends, from 1; undefined where there is none. */
export function markedLine(text: string): number | undefined {
  const index = text.split('\n').findIndex((line) => line.trimEnd().endsWith('#!'));
  return index < 0 ? undefined : index + 1;
}

/** An inventory without any mistake and without any warning. */
export const VALID = `version: 1
tags:
  team: data-platform
terraform:
  backend:
    s3:
      bucket: acme-tfstate
      key: "plr/{env}/{router}.tfstate"
      region: us-east-2
databricks:
  accountId: 7a99b43c-b46c-432b-b0a7-814217701909
  host: https://accounts.cloud.databricks.com
limits:
  endpointsUsed: 2
  loadBalancersPerRegion: 60
routers:
  analytics:
    aws:
      accountId: "123456789012"
      assumeRole:
        roleArn: arn:aws:iam::123456789012:role/network-deploy
        sessionName: plr-session
        externalId: acme-1
      region: us-east-2
      vpcId: vpc-0a1b2c3d4e5f60718
      subnetIds:
        - subnet-0a1b2c3d4e5f60718
        - subnet-0b1c2d3e4f5061728
    ncc:
      name: analytics-use2
      workspaceIds:
        - 1234567890123456
        - 2345678901234567
    basePort: 10000
    portStrategy: base-port
    dns: synth
    resolvers:
      - 10.0.0.2
    approval: terraform
    deletionProtection: true
    tags:
      cost-center: "4711"
    idleTimeout: 350
    healthCheck:
      interval: 20
      timeout: 10
    targets:
      orders-db:
        host: orders.corp.example
        port: 5432
        preset: postgres
        securityGroupIds:
          - sg-0a1b2c3d4e5f60718
      billing-sql:
        host: sql01.corp.example
        port: 1433
        preset: sqlserver
        listenPort: 14330
      ledger: ledger.corp.example:1521
      legacy:
        host: 10.40.7.12
        port: 3050
        domain: legacy.corp.example
        healthCheck:
          protocol: TCP
          interval: 10
          timeout: 5
          healthyThreshold: 3
          unhealthyThreshold: 3
      old-crm:
        host: crm.corp.example
        port: 3306
        enabled: false
  reporting:
    aws:
      accountId: "210987654321"
      profile: reporting
      region: eu-west-1
      vpcId: vpc-0b1b2c3d4e5f60718
      subnetIds:
        - subnet-0c1b2c3d4e5f60718
        - subnet-0d1c2d3e4f5061728
    ncc:
      id: 11111111-2222-4333-8444-555555555555
      workspaceIds:
        - 3456789012345678
    targets:
      crm: crm-eu.corp.example:3306
`;
