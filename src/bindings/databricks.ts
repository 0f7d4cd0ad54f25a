/** The typed resources and data sources of the Databricks provider. */
export { DataDatabricksMwsNetworkConnectivityConfig } from '@cdktf/provider-databricks/lib/data-databricks-mws-network-connectivity-config';
export { DataDatabricksMwsNetworkConnectivityConfigs } from '@cdktf/provider-databricks/lib/data-databricks-mws-network-connectivity-configs';
export { MwsNccBinding } from '@cdktf/provider-databricks/lib/mws-ncc-binding';
export { MwsNccPrivateEndpointRule } from '@cdktf/provider-databricks/lib/mws-ncc-private-endpoint-rule';
export { MwsNetworkConnectivityConfig } from '@cdktf/provider-databricks/lib/mws-network-connectivity-config';
export { DatabricksProvider } from '@cdktf/provider-databricks/lib/provider';
