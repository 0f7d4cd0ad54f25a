/** The typed resources of the Databricks provider. */
export { MwsNccBinding } from '@cdktf/provider-databricks/lib/mws-ncc-binding';
export { MwsNccPrivateEndpointRule } from '@cdktf/provider-databricks/lib/mws-ncc-private-endpoint-rule';
export { MwsNetworkConnectivityConfig } from '@cdktf/provider-databricks/lib/mws-network-connectivity-config';
export { DatabricksProvider } from '@cdktf/provider-databricks/lib/provider';
