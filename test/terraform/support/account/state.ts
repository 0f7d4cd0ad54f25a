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
  readonly endpoint_service: string;
  readonly creation_time: number;
  readonly enabled: boolean;
  domain_names: readonly string[];
  connection_state: ConnectionState;
  updated_time: number;
  deactivated: boolean;
  deactivated_at?: number;
  vpc_endpoint_id?: string;
  error_message?: string;
}

export interface Workspace {
  readonly workspace_id: number;
  readonly workspace_name: string;
  readonly workspace_status: 'RUNNING';
  readonly aws_region: string;
  network_connectivity_config_id?: string;
}

/** What the account holds. Deactivated rules stay: their endpoint lives on for days and counts. */
export interface AccountState {
  readonly accountId: string;
  readonly nccs: Map<string, Ncc>;
  readonly rules: Map<string, Rule>;
  readonly workspaces: Map<string, Workspace>;
}

/** What the stand-in needs of the cloud in which the endpoint services live. */
export interface EndpointCloud {
  /** Databricks makes an endpoint to the service: undefined, or why it cannot. */
  connect(service: string, vpcEndpointId: string, principal: string): Promise<string | undefined>;
  /** Databricks' side of the connection has changed. */
  settle(vpcEndpointId: string, state: 'deleted' | 'expired' | 'rejected'): Promise<void>;
}

/** Quotas as documented (pl-to-internal-network): by region and account, except the last two. */
export const QUOTAS = {
  nccsPerRegion: 10,
  endpointsPerRegion: 30,
  workspacesPerNcc: 50,
  domainsPerRule: 10,
} as const;
