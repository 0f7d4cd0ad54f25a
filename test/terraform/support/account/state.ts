import type { AccountCloud } from './clouds';

/** The states of a private endpoint rule; only ESTABLISHED carries traffic. */
export type ConnectionState =
  | 'CREATING'
  | 'PENDING'
  | 'ESTABLISHED'
  | 'REJECTED'
  | 'DISCONNECTED'
  | 'EXPIRED'
  | 'CREATE_FAILED';

export interface Ncc {
  readonly network_connectivity_config_id: string;
  readonly account_id: string;
  readonly name: string;
  readonly region: string;
  readonly creation_time: number;
  readonly updated_time: number;
}

export interface Rule {
  readonly rule_id: string;
  readonly account_id: string;
  readonly network_connectivity_config_id: string;
  /** AWS: the endpoint service's name. */
  readonly endpoint_service?: string;
  /** Azure: the Private Link Service's id. */
  readonly resource_id?: string;
  readonly creation_time: number;
  readonly enabled: boolean;
  domain_names: readonly string[];
  connection_state: ConnectionState;
  updated_time: number;
  deactivated: boolean;
  deactivated_at?: number;
  vpc_endpoint_id?: string;
  endpoint_name?: string;
  error_message?: string;
}

export interface Workspace {
  readonly workspace_id: number;
  readonly workspace_name: string;
  readonly workspace_status: 'RUNNING';
  readonly aws_region?: string;
  readonly location?: string;
  network_connectivity_config_id?: string;
}

/** What the account holds. Deactivated rules stay: their endpoint lives on for days and counts. */
export interface AccountState {
  readonly accountId: string;
  readonly cloud: AccountCloud;
  readonly nccs: Map<string, Ncc>;
  readonly rules: Map<string, Rule>;
  readonly workspaces: Map<string, Workspace>;
}

/** What the stand-in needs of the cloud in which the endpoint services live. */
export interface EndpointCloud {
  /** Databricks makes an endpoint to the service: undefined, or why it cannot. `region`: the NCC's. */
  connect(service: string, endpoint: string, region: string): Promise<string | undefined>;
  /** Databricks' side of the connection has changed. */
  settle(endpoint: string, state: 'deleted' | 'expired' | 'rejected'): Promise<void>;
}

/** Quotas as documented (pl-to-internal-network): by region and account, except the last two. */
export const QUOTAS = {
  nccsPerRegion: 10,
  workspacesPerNcc: 50,
  domainsPerRule: 10,
} as const;
